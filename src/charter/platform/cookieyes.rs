//! CookieYes: names and hosts in the data of its script, names with lifetime and purpose in its panel and on policy pages.
//!
//! The rows of the panel carry labels in the site's language; their order is always name, lifetime, purpose.

use serde_json::Value;

use super::data::{Data, Look};
use super::dom::At;
use super::js_literal;
use super::rows::{Lasts, Row, Rows};
use super::website::{Website, path};

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    let is_data = |a: &&str| path(a).starts_with("/client_data/") && path(a).ends_with("/script.js");
    site.addresses().filter(is_data).map(Into::into).collect()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    for dom in &data.html {
        panel(dom.root(), rows);
        tables(dom.root(), rows);
    }
    if !rows.declarations.is_empty() {
        return;
    }
    let literal = js_literal::given_to(data.script, "_categories");
    let categories = literal.as_ref().unwrap_or(data.object("_ckyStore._categories"));
    for category in categories.as_array().map(Vec::as_slice).unwrap_or_default() {
        rows.group();
        for cookie in category.list("cookies") {
            add(rows, category.words("slug").unwrap_or_default(), cookie);
        }
    }
}

fn add(rows: &mut Rows<'_>, category_id: &str, cookie: &Value) {
    rows.add(Row {
        name: cookie.words("cookieID").unwrap_or_default(),
        hosts: cookie.words("domain").unwrap_or_default(),
        purpose: cookie.words("description").unwrap_or_default(),
        lasts: cookie.words("duration").map_or(Lasts::Unsaid, Lasts::Words),
        category_id,
        ..Row::default()
    });
}

fn panel(root: At<'_>, rows: &mut Rows<'_>) {
    for part in root.with_class("cky-accordion") {
        rows.group();
        let slug = part.attribute("id").and_then(|id| id.strip_prefix("ckyDetailCategory")).unwrap_or_default();
        let title = part.with_class("cky-accordion-btn").first().map(|at| at.text()).unwrap_or_default();
        for cookie in part.with_class("cky-cookie-des-table") {
            let values: Vec<String> =
                cookie.with_tag(&["li"]).iter().filter_map(|li| li.children().nth(1)).map(|at| at.text()).collect();
            cells(rows, &values, &title, slug);
        }
    }
}

fn tables(root: At<'_>, rows: &mut Rows<'_>) {
    let mut title = String::new();
    for part in root.find(|at| at.has_class("cky-cookie-audit-table") || matches!(at.tag(), "h2" | "h3" | "h4")) {
        if part.tag() != "table" {
            title = part.text();
            continue;
        }
        rows.group();
        for line in part.with_tag(&["tr"]) {
            let values: Vec<String> = line.with_tag(&["td"]).iter().map(|at| at.text()).collect();
            cells(rows, &values, &title, "");
        }
    }
}

fn cells(rows: &mut Rows<'_>, values: &[String], category: &str, category_id: &str) {
    let Some(name) = values.first() else { return };
    let lasts = values.get(1).filter(|v| !v.is_empty()).map_or(Lasts::Unsaid, |v| Lasts::Words(v));
    let purpose = values.get(2).map(String::as_str).unwrap_or_default();
    rows.add(Row { name, purpose, lasts, category, category_id, ..Row::default() });
}
