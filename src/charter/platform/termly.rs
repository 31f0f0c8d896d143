//! Termly: the documents of a website lead to its cookie policy, whose list of cookies is JSON.
//!
//! Its category "performance" may mean functional or audience measurement; it is taken as functional.

use serde_json::Value;

use super::data::{Data, Look};
use super::rows::{Lasts, Row, Rows};
use super::website::{Website, id_of, path, plain_id};
use crate::lexicon;
use crate::visit::StorageKind;

const API: &str = "https://app.termly.io/api/v1/snippets/websites";

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    let Some(website) = website(site) else { return Vec::new() };
    let mut urls = Vec::new();
    for data in site.fetched() {
        let documents = data.json().list("documents").iter().filter(|d| d.words("name").is_some_and(is_cookie_policy));
        let ids = documents.filter_map(|d| id_of(d.get("uuid")));
        urls.extend(ids.map(|id| format!("{API}/{website}/documents/{id}/cookies")));
    }
    if urls.is_empty() {
        urls.push(format!("{API}/{website}"));
    }
    urls
}

/// The API's own name for the document, the same in every language.
fn is_cookie_policy(name: &str) -> bool {
    name.eq_ignore_ascii_case("cookie policy")
}

/// The identifier of the website: an attribute of the script, its `id`, or a part of the blocker's path.
fn website(site: &Website<'_>) -> Option<String> {
    let uuid = |id: &&str| id.len() == 36 && plain_id(id);
    let by_id = site.scripts().filter_map(|script| script.attributes.get("id").map(String::as_str));
    let in_path = site.addresses().filter_map(|a| path(a).strip_prefix("/resource-blocker/"));
    let id = by_id.chain(in_path.map(|p| p.trim_end_matches('/'))).find(uuid);
    site.config().or_else(|| id.map(Into::into))
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    rows.leads_on = data.json().get("documents").is_some();
    let Some(categories) = data.json().get("cookies").and_then(Value::as_object) else { return };
    for (id, list) in categories {
        rows.group();
        for cookie in list.as_array().map(Vec::as_slice).unwrap_or_default() {
            add(rows, id, cookie);
        }
    }
}

fn add(rows: &mut Rows<'_>, category_id: &str, cookie: &Value) {
    // `http_cookie`, `html_local_storage`, `pixel_tracker` and the like.
    let kind = cookie.words("tracker_type").map(|words| words.replace('_', " "));
    let kind = kind.and_then(|words| lexicon::storage(&words));
    rows.add(Row {
        name: cookie.words("name").unwrap_or_default(),
        hosts: cookie.words("domain").unwrap_or_default(),
        purpose: cookie.words("en_us").unwrap_or_default(),
        category_id,
        lasts: cookie.words("expire").map_or(Lasts::Unsaid, Lasts::Words),
        kind: Some(kind.unwrap_or(StorageKind::Cookie)),
        service: cookie.words("service").unwrap_or_default(),
        ..Row::default()
    });
}
