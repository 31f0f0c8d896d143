//! Records that are lists of names with an answer each.

use super::{Decoded, Kept, Record, UNKNOWN_SHAPE, moment, value};

/// Longest list that is read.
const MOST: usize = 2_000;

/// tarteaucitron: `!gtag=true!matomo=false!youtube=wait`; `wait` was not answered.
pub(super) fn tarteaucitron<'a>(kept: &[Kept<'a>]) -> Option<(&'a str, Decoded)> {
    let item = kept.first()?;
    let text = value::text(item.value);
    let mut record = Record::default();
    let mut services = 0;
    for (service, answer) in text.split('!').filter_map(|part| part.split_once('=')).take(MOST) {
        services += 1;
        match answer.trim() {
            "true" => record.put(service, true),
            "false" => record.put(service, false),
            _ => {}
        }
    }
    if services == 0 {
        return Some((item.name, Err(UNKNOWN_SHAPE)));
    }
    record.chosen = Some(!record.accepted.is_empty() || !record.refused.is_empty());
    Some((item.name, Ok(record)))
}

/// CookieYes: `consentid:…,consent:yes,action:yes,necessary:yes,functional:no,…,lastRenewedDate:…`.
pub(super) fn cookieyes<'a>(kept: &[Kept<'a>]) -> Option<(&'a str, Decoded)> {
    let item = kept.first()?;
    let text = value::text(item.value);
    let mut record = Record::default();
    for (key, answer) in text.split(',').filter_map(|part| part.split_once(':')).take(MOST) {
        match (key.trim(), answer.trim()) {
            ("consentid" | "consent", _) => {}
            ("action", answer) => record.chosen = Some(answer == "yes"),
            ("lastRenewedDate", moment) => record.at = moment::of_text(moment),
            (category, "yes") => record.put(category, true),
            (category, "no") => record.put(category, false),
            _ => {}
        }
    }
    let known = !record.accepted.is_empty() || !record.refused.is_empty();
    Some((item.name, if known { Ok(record) } else { Err(UNKNOWN_SHAPE) }))
}

/// Complianz: one cookie for each category, `cmplz_marketing=allow`, and `cmplz_banner-status=dismissed` once answered.
pub(super) fn complianz<'a>(kept: &[Kept<'a>]) -> Option<(&'a str, Decoded)> {
    let mut record = Record::default();
    for item in kept.iter().take(MOST) {
        let Some(category) = item.name.strip_prefix("cmplz_") else { continue };
        match item.value.trim() {
            "allow" => record.put(category, true),
            "deny" => record.put(category, false),
            "dismissed" if category == "banner-status" => record.chosen = Some(true),
            _ => {}
        }
    }
    let source = kept.iter().find(|item| matches!(item.value.trim(), "allow" | "deny"))?;
    record.chosen = record.chosen.or(Some(false));
    Some((source.name, Ok(record)))
}
