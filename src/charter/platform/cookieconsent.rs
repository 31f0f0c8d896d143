//! CookieConsent of orestbida: tables in the sections of its preferences panel, with heads that the site wrote.
//!
//! Version 3 gives its configuration away; version 2 only writes its tables into the page. The names that version 3 clears on
//! refusal are no declaration: no visitor is told of them.

use serde_json::Value;

use super::columns;
use super::data::{Data, Look};
use super::dom::At;
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
    if rows.declarations.is_empty() {
        for dom in &data.html {
            sections(dom.root(), "pm__section--toggle", "pm__section-title", rows);
            sections(dom.root(), "c-bl", "b-tl", rows);
        }
    }
}

/// The tables in the panel itself, under the title of their section.
fn sections(root: At<'_>, section: &str, title: &str, rows: &mut Rows<'_>) {
    for part in root.with_class(section) {
        rows.recognised = true;
        let title = part.with_class(title).first().map(|at| at.text()).unwrap_or_default();
        for table in part.with_tag(&["table"]) {
            columns::add_table(rows, table, &title, Notation::Plain);
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
        && let Some(at) = keys.iter().position(|key| matches!(key.as_str(), "name" | "cookie"))
    {
        meant[at] = Some(Column::Name);
    }
}
