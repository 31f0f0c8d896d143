//! Choices that a page tells only through its own objects.

use serde_json::Value;

use super::{Record, moment};
use crate::charter::platform::PAGE_OBJECTS;
use crate::charter::platform::data::Look;
use crate::charter::platform::known::{self, Known};
use crate::visit::PageSource;

/// The choice in a copy of page objects: platform, path of the object, record.
pub(super) fn read(page: &PageSource) -> Option<(&'static Known, &'static str, Record)> {
    if page.content_type != PAGE_OBJECTS {
        return None;
    }
    let known = known::known(page.platform.as_deref()?)?;
    let (path, read): (&'static str, fn(&Value) -> Option<Record>) = match known.id {
        "osano" => ("Osano.cm", osano),
        "usercentrics" => ("__ucCmp.getConsentDetails()", usercentrics),
        "didomi" => ("Didomi.getCurrentUserStatus()", didomi),
        _ => return None,
    };
    let json: Value = serde_json::from_str(&page.text).ok()?;
    let record = read(json.get("values")?.get(path)?)?;
    Some((known, path, record))
}

/// Flags by category; they are false before any choice too, so whether anybody chose is not told.
fn osano(cm: &Value) -> Option<Record> {
    let mut record = Record::default();
    for (flag, id) in [("analytics", "ANALYTICS"), ("marketing", "MARKETING"), ("personalization", "PERSONALIZATION")] {
        if let Some(accepted) = cm.truth(flag) {
            record.put(id, accepted);
        }
    }
    (!record.accepted.is_empty() || !record.refused.is_empty()).then_some(record)
}

/// `services: {id: {name, consent: {given, type}}}`; the type is `EXPLICIT` once somebody chose.
fn usercentrics(details: &Value) -> Option<Record> {
    let mut record = Record::default();
    for (id, service) in details.get("services")?.as_object()?.iter().take(5_000) {
        let consent = service.get("consent")?;
        record.put(service.words("name").unwrap_or(id), consent.truth("given")?);
    }
    let kind = details.get("consent").and_then(|c| c.words("type"));
    record.chosen = kind.map(|kind| kind.eq_ignore_ascii_case("explicit"));
    Some(record)
}

/// `purposes: {id: {enabled}}`, `updated`.
fn didomi(status: &Value) -> Option<Record> {
    let mut record = Record { at: moment::of_json(status.get("updated")), ..Record::default() };
    for (id, purpose) in status.get("purposes")?.as_object()?.iter().take(5_000) {
        record.put(id.as_str(), purpose.truth("enabled")?);
    }
    Some(record)
}
