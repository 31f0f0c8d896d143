//! Records that are JSON, plain, percent-encoded or in Base64.

use serde_json::{Map, Value};

use crate::charter::platform::data::Look;

use super::{Decoded, ENCRYPTED, Kept, Record, UNKNOWN_SHAPE, moment, value};

/// Longest list that is read.
const MOST: usize = 5_000;

type Found<'a> = Option<(&'a str, Decoded)>;

/// Decodes the first item whose name fits.
fn one<'a>(kept: &[Kept<'a>], fits: impl Fn(&str) -> bool, read: impl Fn(&Value) -> Option<Record>) -> Found<'a> {
    let item = kept.iter().find(|item| fits(item.name))?;
    let decoded = value::json(item.value).and_then(|json| read(&json)).ok_or(UNKNOWN_SHAPE);
    Some((item.name, decoded))
}

/// Strings of a list.
fn words<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = String> + 'a {
    value.list(key).iter().filter_map(Value::as_str).map(Into::into).take(MOST)
}

/// A map of names to truths.
fn truths(record: &mut Record, map: &Map<String, Value>) {
    for (name, answer) in map.iter().take(MOST) {
        if let Some(answer) = answer.as_bool() {
            record.put(name.as_str(), answer);
        }
    }
}

/// Klaro: `{"matomo": true, "youtube": false}` by service.
pub(super) fn klaro<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    one(
        kept,
        |_| true,
        |json| {
            let mut record = Record::default();
            truths(&mut record, json.as_object()?);
            Some(record)
        },
    )
}

/// CookieConsent: version 3 keeps `categories` and `consentTimestamp`, version 2 `categories` or `level` and `consent_date`.
pub(super) fn cookieconsent<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    one(
        kept,
        |_| true,
        |json| {
            let list = if json.get("categories").is_some() { "categories" } else { "level" };
            json.get(list)?.as_array()?;
            let last = ["lastConsentTimestamp", "last_consent_update", "consentTimestamp", "consent_date"];
            let at = last.iter().find_map(|key| moment::of_json(json.get(*key)));
            Some(Record { accepted: words(json, list).collect(), at, chosen: Some(true), ..Record::default() })
        },
    )
}

/// Cookie Information: `{"consents_approved": […], "consents_denied": […], "timestamp": …}`.
pub(super) fn cookieinformation<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    one(
        kept,
        |_| true,
        |json| {
            json.get("consents_approved")?;
            Some(Record {
                accepted: words(json, "consents_approved").collect(),
                refused: words(json, "consents_denied").collect(),
                at: moment::of_json(json.get("timestamp")),
                chosen: Some(true),
            })
        },
    )
}

/// iubenda: `_iub_cs-{id}` holds `{"timestamp": …, "purposes": {"1": true, "4": false}}` or `{"consent": true}`; the same name
/// with an ending holds details of it.
pub(super) fn iubenda<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    let main = |name: &str| name.strip_prefix("_iub_cs-").is_some_and(|id| !id.contains('-'));
    one(kept, main, |json| {
        let mut record = Record { at: moment::of_json(json.get("timestamp")), ..Record::default() };
        if let Some(purposes) = json.get("purposes").and_then(Value::as_object) {
            truths(&mut record, purposes);
        } else if let Some(all) = json.truth("consent") {
            record.put("consent", all);
        }
        record.chosen = Some(!record.accepted.is_empty() || !record.refused.is_empty());
        Some(record)
    })
}

/// Axeptio: `{"$$date": …, "$$completed": true, "matomo": true}` by vendor.
pub(super) fn axeptio<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    one(
        kept,
        |name| name == "axeptio_cookies",
        |json| {
            let mut record = Record {
                at: moment::of_json(json.get("$$date")),
                chosen: json.truth("$$completed"),
                ..Record::default()
            };
            let vendors: Map<String, Value> = json
                .as_object()?
                .iter()
                .filter(|(key, _)| !key.starts_with("$$"))
                .map(|(k, v)| (k.clone(), v.clone()))
                .collect();
            truths(&mut record, &vendors);
            Some(record)
        },
    )
}

/// Didomi: Base64 of `{"updated": …, "purposes": {"enabled": […], "disabled": […]}, "vendors": {…}}`.
pub(super) fn didomi<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    let item = kept.first()?;
    let json = value::json_in_base64(item.value).or_else(|| value::json(item.value));
    let Some(json) = json.filter(Value::is_object) else { return Some((item.name, Err(UNKNOWN_SHAPE))) };
    let mut record = Record { at: moment::of_json(json.get("updated")), ..Record::default() };
    for part in ["purposes", "vendors"] {
        let Some(part) = json.get(part) else { continue };
        record.accepted.extend(words(part, "enabled"));
        record.refused.extend(words(part, "disabled"));
    }
    // The token exists before any choice; then nothing is in its lists.
    record.chosen = Some(!record.accepted.is_empty() || !record.refused.is_empty());
    Some((item.name, Ok(record)))
}

/// Usercentrics: version 2 keeps `uc_settings` `{"services": [{"id", "status", "history": […]}]}`, version 3 `ucData`
/// `{"consent": {"services": {"id": {"name", "consent"}}}}`; `uc_user_interaction` tells whether anybody chose.
pub(super) fn usercentrics<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    let acted = kept.iter().find(|item| item.name == "uc_user_interaction").map(|item| item.value.trim() == "true");
    let (source, decoded) = one(
        kept,
        |name| matches!(name, "uc_settings" | "ucData"),
        |json| {
            let mut record = Record::default();
            for service in json.list("services").iter().take(MOST) {
                let id = service.words("id").or_else(|| service.words("templateId"))?;
                record.put(id, service.truth("status")?);
                let last = service.list("history").last();
                record.at = latest(record.at, last.and_then(|h| moment::of_json(h.get("timestamp"))));
            }
            if let Some(services) = json.get("consent").and_then(|c| c.get("services")).and_then(Value::as_object) {
                for (id, service) in services.iter().take(MOST) {
                    record.put(service.words("name").unwrap_or(id), service.truth("consent").unwrap_or(false));
                }
            }
            let known = json.get("services").is_some() || json.get("consent").is_some();
            known.then_some(record)
        },
    )?;
    Some((source, decoded.map(|record| Record { chosen: acted, ..record })))
}

/// Termly: `TERMLY_API_CACHE` holds `TERMLY_COOKIE_CONSENT: {createdAt, value: {advertising: true, …}}`. Read in integrations.
pub(super) fn termly<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    one(
        kept,
        |_| true,
        |json| {
            let consent = json.get("TERMLY_COOKIE_CONSENT")?;
            let inner = match consent.get("value")? {
                Value::String(text) => serde_json::from_str(text).ok()?,
                other => other.clone(),
            };
            let mut record =
                Record { at: moment::of_json(consent.get("createdAt")), chosen: Some(true), ..Record::default() };
            truths(&mut record, inner.as_object()?);
            Some(record)
        },
    )
}

/// Osano: encrypted; a plain `{"ANALYTICS": "ACCEPT", "MARKETING": "DENY"}` is read if it is there.
pub(super) fn osano<'a>(kept: &[Kept<'a>]) -> Found<'a> {
    let item = kept.first()?;
    let Some(json) = value::json(item.value) else { return Some((item.name, Err(ENCRYPTED))) };
    let mut record = Record::default();
    for (id, answer) in json.as_object()?.iter().take(MOST) {
        match answer.as_str() {
            Some("ACCEPT") => record.put(id.as_str(), true),
            Some("DENY") => record.put(id.as_str(), false),
            _ => {}
        }
    }
    let known = !record.accepted.is_empty() || !record.refused.is_empty();
    Some((item.name, if known { Ok(record) } else { Err(UNKNOWN_SHAPE) }))
}

fn latest(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}
