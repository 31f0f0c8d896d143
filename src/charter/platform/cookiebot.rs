//! Cookiebot: five tables in `cc.js` (also reachable as a page object once it ran), and the declaration on a policy page.
//!
//! `cc.js` answers for one referring host only, and not in every region: both refusals are told apart from an empty list.
//! That its tables are page objects could not be checked on a live page; their shape is that of `cc.js`.

use serde_json::Value;

use super::columns;
use super::data::Data;
use super::dom::At;
use super::js_literal;
use super::notation::Notation;
use super::rows::{Lasts, Row, Rows};
use super::website::{Website, host, parameter, path, plain_id};
use crate::charter::Outcome;
use crate::lexicon;
use crate::visit::StorageKind;

const TABLES: &[&str] = &[
    "cookieTableNecessary",
    "cookieTablePreference",
    "cookieTableStatistics",
    "cookieTableAdvertising",
    "cookieTableUnclassified",
];

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    // What the page itself loaded was made for this host and region.
    let mut urls: Vec<String> = site
        .addresses()
        .filter(|a| path(a).ends_with("/cc.js") || path(a).ends_with("/cdreport.js"))
        .map(Into::into)
        .collect();
    if let (Some(id), base) = (site.config().or_else(|| id_in_address(site)), base(site)) {
        let page = site.host();
        if !urls.iter().any(|url| path(url).ends_with("/cc.js")) {
            urls.push(format!("https://{base}/{id}/cc.js?referer={page}"));
        }
        if !urls.iter().any(|url| path(url).ends_with("/cdreport.js"))
            && site.addresses().any(|a| path(a).ends_with("/cd.js"))
        {
            urls.push(format!("https://{base}/{id}/cdreport.js?referer={page}"));
        }
    }
    urls
}

fn base<'a>(site: &Website<'a>) -> &'a str {
    site.addresses().map(host).find(|host| site.known.owns_host(host)).unwrap_or("consent.cookiebot.com")
}

/// The identifier in `?cbid=…` or as the first part of a path.
fn id_in_address(site: &Website<'_>) -> Option<String> {
    let in_path = |address| path(address).split('/').nth(1).filter(|part: &&str| part.len() == 36);
    let id = site.addresses().find_map(|a| parameter(a, "cbid").or_else(|| in_path(a)))?;
    plain_id(id).then(|| id.to_owned())
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    for table in TABLES {
        let name = format!("CookieConsentDialog.{table}");
        let object = data.object(&name);
        let literal = if object.is_null() { js_literal::given_to(data.script, &name) } else { None };
        if let Some(list) = literal.as_ref().unwrap_or(object).as_array() {
            rows.group();
            for row in list {
                add(rows, table, row);
            }
        }
    }
    let report = js_literal::argument_of(data.script, "InjectCookieDeclaration");
    if let Some(html) = report.as_ref().and_then(Value::as_str) {
        declaration(super::dom::Dom::parse(html).root(), rows);
    }
    for dom in &data.html {
        declaration(dom.root(), rows);
    }
    if data.script.contains("CookieConsent.setOutOfRegion") {
        rows.refuse(Outcome::NotServedHere, "reason_platform_region");
    } else if data.script.contains("cookiedomainwarning='Error") {
        rows.refuse(Outcome::NotServedHere, "reason_platform_domain");
    }
}

/// `[name, hosts, purpose, expiry, type, type number, …]`
fn add(rows: &mut Rows<'_>, table: &str, row: &Value) {
    let cell = |at: usize| row.get(at).and_then(Value::as_str).unwrap_or_default();
    let number = row.get(5).and_then(|n| n.as_u64().or_else(|| n.as_str()?.parse().ok()));
    let kind = match number {
        Some(1) => Some(StorageKind::Cookie),
        Some(2) => lexicon::storage(cell(4)).or(Some(StorageKind::LocalStorage)),
        Some(5) => Some(StorageKind::Pixel),
        _ => lexicon::storage(cell(4)),
    };
    rows.add(Row {
        name: cell(0),
        notation: Notation::Cookiebot,
        hosts: cell(1),
        purpose: cell(2),
        category_id: table,
        lasts: said(cell(3)),
        kind,
        ..Row::default()
    });
}

fn said(words: &str) -> Lasts<'_> {
    if words.is_empty() { Lasts::Unsaid } else { Lasts::Words(words) }
}

/// The declaration that Cookiebot, and Cookie Information after it, writes into a policy page: name, provider, purpose,
/// longest storage and type, under a heading for each category with the number of cookies behind it.
pub(super) fn declaration(root: At<'_>, rows: &mut Rows<'_>) {
    for part in root.with_class("CookieDeclarationType") {
        rows.group();
        if let Some(language) = part.attribute("lang").filter(|l| !l.is_empty()) {
            rows.language.get_or_insert_with(|| language.to_owned());
        }
        let head = part.with_class("CookieDeclarationTypeHeader").first().map(|head| head.text()).unwrap_or_default();
        let category = head.rsplit_once('(').map_or(head.as_str(), |(words, _)| words).trim();
        for line in part.with_tag(&["tr"]) {
            let cells: Vec<String> = line.with_class("CookieDeclarationTableCell").iter().map(|c| c.text()).collect();
            let [name, provider, purpose, expiry, kind] = cells.as_slice() else { continue };
            rows.add(Row {
                name,
                notation: Notation::Cookiebot,
                hosts: provider,
                purpose,
                category,
                lasts: said(expiry),
                kind: lexicon::storage(kind),
                ..Row::default()
            });
        }
    }
    if rows.declarations.is_empty() {
        let mut heading = String::new();
        for part in root.with_tag(&["table", "h2", "h3", "h4", "h5"]) {
            match part.tag() {
                "table" => columns::add_table(rows, part, &heading, Notation::Cookiebot),
                _ => heading = part.text(),
            }
        }
    }
}
