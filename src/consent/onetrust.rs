//! OneTrust: `OptanonConsent` is a query string whose `groups` are `C0001:1,C0002:0`; `OptanonAlertBoxClosed` is the moment
//! when the banner was answered. The former is written on the first page too, before any choice.

use super::{Decoded, Kept, Record, UNKNOWN_SHAPE, moment, value};

pub(super) fn decode<'a>(kept: &[Kept<'a>]) -> Option<(&'a str, Decoded)> {
    let named = |name: &str| kept.iter().find(|item| item.name == name);
    let closed = named("OptanonAlertBoxClosed").and_then(|item| moment::of_text(&value::text(item.value)));
    let Some(item) = named("OptanonConsent") else {
        // The banner was closed, and what was chosen is not told.
        let item = kept.first()?;
        return Some((item.name, Err(UNKNOWN_SHAPE)));
    };
    let part = |name: &str| {
        let raw = item.value.split('&').find_map(|part| part.split_once('=').filter(|(key, _)| *key == name))?.1;
        Some(value::text(&raw.replace('+', " ")))
    };
    // Some servers store the whole string percent-encoded.
    if !item.value.contains('&') && item.value.contains("%26") {
        let decoded = value::text(item.value);
        let inner = [Kept { name: item.name, value: &decoded }];
        return decode(&inner).map(|(_, decoded)| (item.name, with_moment(decoded, closed)));
    }
    let mut record = Record::default();
    for group in part("groups").unwrap_or_default().split(',') {
        match group.split_once(':') {
            Some((id, "1")) => record.put(id, true),
            Some((id, "0")) => record.put(id, false),
            _ => {}
        }
    }
    if record.accepted.is_empty() && record.refused.is_empty() {
        return Some((item.name, Err(UNKNOWN_SHAPE)));
    }
    let interactions = part("interactionCount").and_then(|n| n.parse::<u32>().ok());
    record.chosen = match (closed, interactions) {
        (Some(_), _) => Some(true),
        (None, Some(count)) => Some(count > 0),
        (None, None) => None,
    };
    // `datestamp` moves with each page: it is the choice's moment only when nothing better is kept.
    record.at =
        closed.or_else(|| part("datestamp").filter(|_| record.chosen == Some(true)).and_then(|d| moment::of_text(&d)));
    Some((item.name, Ok(record)))
}

fn with_moment(decoded: Decoded, closed: Option<f64>) -> Decoded {
    decoded.map(|record| match closed {
        Some(at) => Record { at: Some(at), chosen: Some(true), ..record },
        None => record,
    })
}
