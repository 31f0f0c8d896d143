//! Cookie Information: a report script that hands over the declaration as markup, as Cookiebot's does.
//!
//! The two-stage shape was read in an integration; no report was seen, so what is read of it is marked as unverified.

use serde_json::Value;

use super::cookiebot;
use super::data::Data;
use super::dom::Dom;
use super::js_literal;
use super::rows::Rows;
use super::website::{Website, path};

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    site.addresses().filter(|address| path(address).ends_with("/cdreport.js")).map(Into::into).collect()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    rows.unverified = true;
    let report = js_literal::argument_of(data.script, "InjectCookieDeclaration");
    if let Some(html) = report.as_ref().and_then(Value::as_str) {
        cookiebot::declaration(Dom::parse(html).root(), rows);
    }
    for dom in &data.html {
        cookiebot::declaration(dom.root(), rows);
    }
}
