//! What a report says of the visit itself: the site, the charter's document, and what could not be seen.

use crate::charter::Charter;
use crate::charter::platform::PAGE_OBJECTS;
use crate::judge::items::Items;
use crate::report::{CharterFacts, Fetch, SiteFacts, Unseen};
use crate::site;
use crate::visit::{PageSource, Visit};

/// The page visited.
pub(crate) fn site(visit: &Visit, host: &str) -> SiteFacts {
    SiteFacts {
        url: visit.url.clone(),
        host: host.to_string(),
        registrable_domain: site::registrable_domain(host).unwrap_or(host).to_string(),
    }
}

/// The charter, and how it was come by.
pub(crate) fn charter(visit: &Visit, charter: &Charter) -> CharterFacts {
    let page = document(&visit.pages, charter);
    let text = |words: &str| (!words.is_empty()).then(|| words.to_string());
    CharterFacts {
        status: charter.status,
        reason: charter.reason.clone(),
        title: charter.title.clone(),
        url: page.and_then(|p| text(address(p))),
        language: charter.language.clone(),
        read: page.map(|p| p.fetched).filter(|at| at.is_finite() && *at > 0.0),
        sha256: page.and_then(|p| text(&p.sha256)),
        found_by: page.map(|p| p.found_by),
        link_text: page.and_then(|p| p.link_text.clone()),
        declared: charter.declarations.len() as u32,
        // Copies of page objects were not asked for.
        fetches: visit
            .pages
            .iter()
            .filter(|p| p.content_type != PAGE_OBJECTS)
            .map(|p| Fetch { url: p.url.clone(), status: p.status, failure: p.failure })
            .collect(),
    }
}

fn address(page: &PageSource) -> &str {
    if page.final_url.is_empty() { &page.url } else { &page.final_url }
}

/// The document that is called the charter: the one that declares, else the first, whose outcome is the charter's.
fn document<'a>(pages: &'a [PageSource], charter: &Charter) -> Option<&'a PageSource> {
    let first = charter.declarations.first().map(|d| d.place.url.as_str());
    let declares = first.and_then(|url| pages.iter().find(|p| address(p) == url));
    // Page objects that declare nothing are no charter.
    let mut asked = pages.iter().filter(|p| p.content_type != PAGE_OBJECTS);
    declares.or_else(|| asked.next())
}

fn note(what: &str, values: &[(&str, String)]) -> Unseen {
    Unseen { what: what.to_string(), values: values.iter().map(|(k, v)| ((*k).to_string(), v.clone())).collect() }
}

/// What this visit could not see.
pub(crate) fn unseen(visit: &Visit, items: &Items<'_>, profile_known: bool) -> Vec<Unseen> {
    let mut notes = Vec::new();
    if !profile_known {
        notes.push(note("unseen_profile", &[("profile", visit.settings.profile.clone())]));
    }
    if !visit.hidden_hosts.is_empty() {
        let mut hosts: Vec<&str> = visit.hidden_hosts.iter().map(String::as_str).collect();
        hosts.sort_unstable();
        hosts.dedup();
        notes.push(note("unseen_hidden_hosts", &[("count", hosts.len().to_string()), ("hosts", hosts.join(", "))]));
    }
    if !visit.recorded {
        notes.push(note("unseen_writes", &[]));
    } else if visit.choices.is_empty() {
        notes.push(note("unseen_choice", &[]));
    }
    if !items.refused.is_empty() {
        let mut names: Vec<&str> = items.refused.iter().map(|(seen, _)| seen.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        notes.push(note("unseen_refused", &[("count", items.refused.len().to_string()), ("names", names.join(", "))]));
    }
    notes
}
