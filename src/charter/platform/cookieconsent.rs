//! CookieConsent of orestbida: tables in the sections of its preferences panel, with heads that the site wrote.
//!
//! Version 3 gives its configuration away; of version 2 only the shape of the configuration is known, so what is read of it
//! is marked as unverified. The names that it clears on refusal are no declaration: no visitor is told of them.

use serde_json::Value;

use super::columns;
use super::data::{Data, Look};
use super::notation::Notation;
use super::rows::{Row, Rows};
use super::website::Website;
use crate::lexicon::Column;

/// Nothing: the configuration is in the page.
pub(super) fn requests(_: &Website<'_>) -> Vec<String> {
    Vec::new()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    let language = data.object("CookieConsent.getConfig().language");
    if let Some((code, words)) = translation(language.get("translations"), language.words("default"), &data.language())
    {
        rows.recognised = true;
        rows.language = Some(code.to_owned());
        for section in words.get("preferencesModal").map(|m| m.list("sections")).unwrap_or_default() {
            if let Some(table) = section.get("cookieTable") {
                add_table(rows, section, table);
            }
        }
    }
    if let Some((code, words)) = translation(Some(data.object("cookieconsent.languages")), None, &data.language()) {
        rows.language = Some(code.to_owned());
        rows.unverified = true;
        version_2(rows, words.get("settings_modal").unwrap_or(&Value::Null));
    }
    if rows.declarations.is_empty() {
        for dom in &data.html {
            for section in dom.root().with_class("pm__section--toggle") {
                let title = section.with_class("pm__section-title").first().map(|at| at.text()).unwrap_or_default();
                for table in section.with_class("pm__section-table") {
                    columns::add_table(rows, table, &title, Notation::Plain);
                }
            }
        }
    }
}

/// The words shown: in the page's language, else the default, else the first.
fn translation<'a>(all: Option<&'a Value>, default: Option<&str>, language: &str) -> Option<(&'a String, &'a Value)> {
    let all = all?.as_object()?;
    let named = |code: &str| all.iter().find(|(key, _)| key.split('-').next() == code.split('-').next());
    named(language).or_else(|| named(default?)).or_else(|| all.iter().next())
}

fn add_table(rows: &mut Rows<'_>, section: &Value, table: &Value) {
    let Some(heads) = table.get("headers").and_then(Value::as_object) else { return };
    rows.group();
    let keys: Vec<&String> = heads.keys().collect();
    let mut meant: Vec<Option<Column>> =
        heads.iter().map(|(key, words)| columns::column(words.as_str().unwrap_or_default(), key)).collect();
    name_column(&keys, &mut meant);
    let base = Row {
        category: section.words("title").unwrap_or_default(),
        category_id: section.words("linkedCategory").unwrap_or_default(),
        ..Row::default()
    };
    for line in table.list("body") {
        let cells: Vec<&str> = keys.iter().map(|key| line.words(key).unwrap_or_default()).collect();
        columns::add(rows, &meant, &cells, base);
    }
}

/// Heads such as "Cookie" may not say that names stand below; the key `name` does.
fn name_column(keys: &[&String], meant: &mut [Option<Column>]) {
    if !meant.contains(&Some(Column::Name))
        && let Some(at) = keys.iter().position(|key| matches!(key.as_str(), "name" | "cookie" | "col1"))
    {
        meant[at] = Some(Column::Name);
    }
}

/// `cookie_table_headers: [{col1: "Name"}, …]` and `blocks: [{title, toggle: {value}, cookie_table: [{col1, …, is_regex}]}]`
fn version_2(rows: &mut Rows<'_>, modal: &Value) {
    let heads: Vec<(&String, &Value)> =
        modal.list("cookie_table_headers").iter().filter_map(Value::as_object).flatten().collect();
    let keys: Vec<&String> = heads.iter().map(|(key, _)| *key).collect();
    let mut meant: Vec<Option<Column>> =
        heads.iter().map(|(key, words)| columns::column(words.as_str().unwrap_or_default(), key)).collect();
    name_column(&keys, &mut meant);
    for block in modal.list("blocks") {
        rows.group();
        let base = Row {
            category: block.words("title").unwrap_or_default(),
            category_id: block.get("toggle").and_then(|t| t.words("value")).unwrap_or_default(),
            ..Row::default()
        };
        for line in block.list("cookie_table") {
            let cells: Vec<&str> = keys.iter().map(|key| line.words(key).unwrap_or_default()).collect();
            let notation = if line.truth("is_regex") == Some(true) { Notation::Regex } else { Notation::Plain };
            columns::add(rows, &meant, &cells, Row { notation, ..base });
        }
    }
}
