//! Draft of an IAB TCF vendor device-storage disclosure.
//!
//! Shape: "Vendor Device Storage & Operational Disclosures", version 1.1 (IAB Europe, December 2025). It has no place for
//! the facts of a report, so that they stand in the explanation of the site's own domain. What one visit cannot tell
//! takes the cautious value: purpose 1 (consent needed) unless the purpose is known to be exempt, no refresh.

use std::collections::BTreeMap;

use serde::Serialize;

use super::clean::{NAME, WORDS, line};
use super::speech::Speech;
use super::view::{facts, lifetime_of, totals, unseen};
use crate::category::Category;
use crate::charter::{Lifetime, LifetimeWord};
use crate::report::{ConsentNeed, Origin, Report, Row};
use crate::visit::StorageKind;

#[derive(Debug, Serialize)]
pub(super) struct Disclosure {
    disclosures: Vec<Item>,
    domains: Vec<Domain>,
}

#[derive(Debug, Serialize)]
struct Item {
    identifier: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "maxAgeSeconds")]
    max_age_seconds: Option<u64>,
    #[serde(rename = "cookieRefresh")]
    cookie_refresh: bool,
    domains: Vec<String>,
    purposes: Vec<u8>,
    #[serde(rename = "specialPurposes")]
    special_purposes: Vec<u8>,
    description: String,
}

#[derive(Debug, Serialize)]
struct Domain {
    domain: String,
    purposes: Vec<u8>,
    #[serde(rename = "specialPurposes")]
    special_purposes: Vec<u8>,
    #[serde(rename = "use")]
    usage: String,
}

/// What is stored, one record for each name, purpose and age; then the hosts that store it.
pub(super) fn disclosure(report: &Report, speech: Speech) -> Disclosure {
    let mut disclosures: Vec<Item> = Vec::new();
    let mut places = BTreeMap::new();
    let mut hosts: BTreeMap<String, (Vec<u8>, Vec<u8>)> = BTreeMap::new();
    for row in &report.rows {
        let host = line(&row.stored.host, NAME);
        if let (Some(item), false) = (item(row, speech), host.is_empty()) {
            let (purposes, special) = hosts.entry(host.clone()).or_default();
            merge(purposes, &item.purposes);
            merge(special, &item.special_purposes);
            let domain = if row.stored.kind == StorageKind::Cookie && !row.stored.host_only {
                format!("*.{host}")
            } else {
                host
            };
            let key = (
                item.identifier.clone(),
                item.kind,
                item.max_age_seconds,
                item.purposes.clone(),
                item.special_purposes.clone(),
            );
            let next = disclosures.len();
            let at = *places.entry(key).or_insert(next);
            if at == next {
                disclosures.push(item);
            }
            if !disclosures[at].domains.contains(&domain) {
                disclosures[at].domains.push(domain);
            }
        }
    }
    let site = line(&report.site.host, NAME);
    hosts.entry(site.clone()).or_default();
    let about = about(report, speech);
    let (own, others): (Vec<_>, Vec<_>) = hosts.into_iter().partition(|(host, _)| *host == site);
    let domains = own.into_iter().chain(others).filter(|(host, _)| !host.is_empty());
    let domains = domains.map(|(host, (purposes, special_purposes))| {
        let usage = if host == site { about.clone() } else { speech.text("export_tcf_host") };
        Domain { domain: host, purposes, special_purposes, usage }
    });
    Disclosure { domains: domains.collect(), disclosures }
}

/// A record; nothing for what the disclosure cannot name: an empty name, a lone wildcard, what is not stored.
fn item(row: &Row, speech: Speech) -> Option<Item> {
    let stored = &row.stored;
    let kind = match stored.kind {
        StorageKind::Cookie => "cookie",
        StorageKind::Pixel => return None,
        _ => "web",
    };
    let pattern = row.declaration.as_ref().map(|d| d.pattern.as_str()).filter(|pattern| is_wildcard(pattern));
    let identifier = line(pattern.unwrap_or(&stored.name), NAME);
    if identifier.trim_matches('*').is_empty() {
        return None;
    }
    let (mut purposes, special_purposes) = row.category.map(purposes).unwrap_or_default();
    if row.consent != ConsentNeed::NotNeeded {
        purposes.insert(0, 1);
    }
    let description = match (row.purpose_from, &row.declaration, &row.known) {
        (Origin::Charter, Some(declaration), _) => line(declaration.purpose.as_deref().unwrap_or_default(), WORDS),
        (Origin::Known, _, Some(known)) => line(speech.say(&known.function), WORDS),
        _ => String::new(),
    };
    Some(Item {
        identifier,
        kind,
        max_age_seconds: (kind == "cookie").then(|| age(lifetime_of(stored))),
        cookie_refresh: false,
        domains: Vec::new(),
        purposes,
        special_purposes,
        description: if description.is_empty() { speech.text("export_to_check") } else { description },
    })
}

/// A name with one wildcard at its start or end: the only ones that the disclosure allows.
fn is_wildcard(pattern: &str) -> bool {
    let inner = pattern.strip_suffix('*').or_else(|| pattern.strip_prefix('*'));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains('*'))
}

/// Whole seconds; 0 stands for a session cookie.
fn age(lifetime: Option<Lifetime>) -> u64 {
    match lifetime {
        // A cookie without end does not exist: browsers keep 400 days at most (RFC 6265bis, 5.5).
        Some(Lifetime::Word(LifetimeWord::Persistent)) => 400 * 86_400,
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // `as` keeps within the bounds of the type
        Some(Lifetime::Seconds(seconds)) => seconds.round().max(0.0) as u64,
        Some(Lifetime::Word(LifetimeWord::Session)) | None => 0,
    }
}

fn merge(all: &mut Vec<u8>, more: &[u8]) {
    all.extend(more);
    all.sort_unstable();
    all.dedup();
}

/// Purposes and special purposes of the Global Vendor List (TCF 2.2) that a category stands for. The framework has none
/// for what is strictly necessary or a preference, and its purpose 10 (improve services) is too wide to be claimed.
fn purposes(category: Category) -> (Vec<u8>, Vec<u8>) {
    match category {
        Category::Statistics => (vec![8, 9], vec![]),
        Category::Personalisation => (vec![5, 6, 11], vec![]),
        Category::Advertising => (vec![2, 3, 4, 7], vec![]),
        Category::Security => (vec![], vec![1]),
        Category::Necessary | Category::Preferences | Category::SocialEmbed | Category::Unclassified => {
            (vec![], vec![])
        }
    }
}

/// The facts, totals and gaps of the report in one text.
fn about(report: &Report, speech: Speech) -> String {
    let mut parts = vec![speech.text("export_tcf_draft")];
    parts.extend(
        facts(report, speech).into_iter().filter(|f| !f.value.is_empty()).map(|f| speech.pair(&f.label, &f.value)),
    );
    parts.extend(totals(report, speech).into_iter().map(|count| speech.pair(&count.label, &count.number.to_string())));
    parts.extend(unseen(report, speech).into_iter().map(|gap| speech.pair(speech.say("export_unseen"), &gap)));
    parts.join("; ")
}
