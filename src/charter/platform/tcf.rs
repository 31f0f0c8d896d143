//! IAB TCF: vendors of the global list, and the device-storage disclosure that each vendor publishes for itself.
//!
//! A disclosure is the vendor's word, not the site's: its names say which vendor. Only vendors that the page talks to are
//! asked. The texts of the disclosures follow version 1.1; the older `domain` beside `domains` is read too.

use std::collections::HashSet;

use serde_json::Value;

use super::data::{Data, Look};
use super::known::{Known, known};
use super::rows::{Lasts, Row, Rows};
use super::website::{Website, domain, host};
use crate::charter::Outcome;
use crate::visit::StorageKind;

const VENDORS: &str = "__tcfapi.getVendorList";
/// A lifetime above a hundred years is a slip of the pen (milliseconds for seconds), not a promise.
const LONGEST: f64 = 100.0 * 365.0 * 86_400.0;

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    site.objects().map(|data| disclosures_of(site, data.object(VENDORS))).unwrap_or_default()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    disclosures(data, VENDORS, rows);
    if !data.object(VENDORS).is_null() {
        rows.refuse(Outcome::ListsNothing, "reason_platform_vendors");
    }
}

/// Vendors in either form: a list, or an object by number, possibly under `vendors`.
fn vendors(value: &Value) -> Vec<&Value> {
    let value = value.get("vendors").unwrap_or(value);
    match value {
        Value::Array(list) => list.iter().collect(),
        Value::Object(map) => map.values().collect(),
        _ => Vec::new(),
    }
}

/// The disclosures of the vendors that the page talks to.
pub(super) fn disclosures_of(site: &Website<'_>, list: &Value) -> Vec<String> {
    let contacted: HashSet<&str> = site.contacted().map(domain).collect();
    let all = vendors(list).into_iter().filter_map(|vendor| vendor.words("deviceStorageDisclosureUrl"));
    all.filter(|url| contacted.contains(domain(host(url)))).map(Into::into).collect()
}

/// The device storage that a disclosure lists; its vendor is found by the address it came from.
pub(super) fn disclosures(data: &Data<'_>, vendors_at: &str, rows: &mut Rows<'_>) {
    let Some(list) = data.json().get("disclosures").and_then(Value::as_array) else { return };
    rows.group();
    let objects = data.site.objects();
    let all = objects.as_ref().map(|objects| vendors(objects.object(vendors_at))).unwrap_or_default();
    let vendor = all.into_iter().find(|v| v.words("deviceStorageDisclosureUrl") == Some(data.url));
    let vendor = vendor.and_then(|v| v.words("name")).unwrap_or_else(|| host(data.url));
    let vocabulary = known("tcf");
    for item in list {
        let domains: Vec<&str> = item.list("domains").iter().filter_map(Value::as_str).collect();
        // "*" alone means wherever the vendor's script runs: no host at all.
        let domains: Vec<&str> =
            domains.into_iter().chain(item.words("domain")).filter(|domain| *domain != "*").collect();
        let kind = match item.words("type") {
            Some("web") => StorageKind::LocalStorage,
            Some("app") => continue,
            _ => StorageKind::Cookie,
        };
        let lasts = match item.number("maxAgeSeconds") {
            Some(0.0) if kind == StorageKind::Cookie => Lasts::Session,
            Some(seconds) if seconds > 0.0 && seconds <= LONGEST => Lasts::Seconds(seconds),
            _ => Lasts::Unsaid,
        };
        let purpose = purpose(item, vocabulary);
        rows.add(Row {
            name: item.words("identifier").unwrap_or_default(),
            hosts: &domains.join(","),
            purpose: item.words("description").unwrap_or_default(),
            category_id: &purpose,
            vocabulary,
            lasts,
            kind: Some(kind),
            provider: vendor,
            service: vendor,
            ..Row::default()
        });
    }
}

/// The purpose that weighs most: advertising before content before measurement; purpose 1 alone says nothing.
fn purpose(item: &Value, vocabulary: Option<&Known>) -> String {
    let ids = item.list("purposes").iter().filter_map(Value::as_u64).map(|id| id.to_string());
    let of = |id: &str| vocabulary?.category(id)?.category;
    ids.max_by_key(|id| of(id)).unwrap_or_default()
}
