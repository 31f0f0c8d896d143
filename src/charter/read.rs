//! The documents of a site to one charter, and how the reading ended.

use std::collections::HashSet;

use super::{Charter, Declaration, Outcome, merge, platform, statement, walk};
use crate::lexicon;
use crate::page;
use crate::visit::{FetchFailure, FoundBy, PageSource};

/// Reads the documents of one site as one charter.
///
/// Never fails: what cannot be read is an [`Outcome`] with a reason.
#[must_use]
pub fn read_charter(pages: &[PageSource]) -> Charter {
    let mut charter = Charter::default();
    let mut reason = None;
    for source in pages {
        let ended = match source.failure {
            Some(failure) => of_failure(failure, source.found_by),
            None if source.platform.is_some() => read_platform(source, pages, &mut charter),
            None => read_page(source, &mut charter),
        };
        if outweighs(ended.0, charter.status, source.platform.is_some()) {
            charter.status = ended.0;
            reason = ended.1;
        }
    }
    charter.reason = reason.map(str::to_owned);
    merge::merge(&mut charter);
    charter
}

type Ended = (Outcome, Option<&'static str>);

/// Whether a document's end counts more than that of the likelier documents before it.
///
/// A reading always does. Without one the likeliest document speaks for the site: that a page of preferences names no
/// cookie says nothing about a charter which did not answer. A platform's list without names gives way to any document.
fn outweighs(ended: Outcome, before: Outcome, of_platform: bool) -> bool {
    match before {
        Outcome::Read => false,
        Outcome::NotFound => ended != Outcome::NotFound && !(of_platform && ended == Outcome::ListsNothing),
        _ => ended == Outcome::Read,
    }
}

/// A document that could not be had. An address that was only guessed says nothing about the site.
fn of_failure(failure: FetchFailure, found_by: FoundBy) -> Ended {
    if found_by == FoundBy::Guess {
        return (Outcome::NotFound, None);
    }
    match failure {
        FetchFailure::HttpError => (Outcome::Unreachable, Some("reason_http_error")),
        FetchFailure::Timeout => (Outcome::Unreachable, Some("reason_timeout")),
        FetchFailure::Network => (Outcome::Unreachable, Some("reason_network")),
        FetchFailure::OtherSite => (Outcome::Unreachable, Some("reason_other_site")),
        FetchFailure::Redirects => (Outcome::Unreachable, Some("reason_redirects")),
        FetchFailure::Forbidden => (Outcome::Unreachable, Some("reason_forbidden")),
        FetchFailure::Cancelled => (Outcome::Unreachable, Some("reason_cancelled")),
        FetchFailure::TooLarge => (Outcome::Unreadable, Some("reason_too_large")),
        FetchFailure::NotText => (Outcome::Unreadable, Some("reason_not_text")),
    }
}

fn read_page(source: &PageSource, charter: &mut Charter) -> Ended {
    if source.text.trim().is_empty() {
        return (Outcome::Unreadable, Some("reason_empty"));
    }
    let Ok(page) = page::parse(source) else { return (Outcome::Unreadable, Some("reason_too_large")) };
    if page.blocks.is_empty() {
        return (Outcome::Unreadable, Some("reason_no_words"));
    }
    let url = if source.final_url.is_empty() { &source.url } else { &source.final_url };
    charter.statements.get_or_insert_default().join(statement::read(&page));
    let mut found = walk::read(&page);
    for declaration in &mut found {
        declaration.place.url.clone_from(url);
    }
    let mut found = with_marked(source, found);
    let ended = if found.is_empty() { Outcome::ListsNothing } else { Outcome::Read };
    if charter.title.is_none() || (charter.declarations.is_empty() && ended == Outcome::Read) {
        charter.title = page.title.clone().or_else(|| charter.title.take());
        charter.language = language(&page).or_else(|| charter.language.take());
    }
    charter.declarations.append(&mut found);
    (ended, None)
}

/// What the page says in words, and what the marks of a consent platform in it add: names, lifetimes, hosts.
fn with_marked(source: &PageSource, mut found: Vec<Declaration>) -> Vec<Declaration> {
    let marked = platform::read_markup(source).into_iter().flat_map(|reading| reading.declarations);
    let names: HashSet<String> = found.iter().map(|declared| declared.pattern.clone()).collect();
    for marked in marked {
        if !names.contains(&marked.pattern) {
            found.push(Declaration { platform: None, ..marked });
            continue;
        }
        let same = found.iter_mut().find(|declared| {
            declared.pattern == marked.pattern && (declared.purpose.is_none() || declared.purpose == marked.purpose)
        });
        if let Some(declared) = same {
            fill(declared, marked);
        }
    }
    found
}

/// Takes what only the marks of the platform tell.
fn fill(declared: &mut Declaration, marked: Declaration) {
    if declared.category.is_none() && declared.category_declared.is_none() {
        declared.category = marked.category;
        declared.category_declared = marked.category_declared;
    }
    if declared.lifetime_declared.is_none() {
        declared.lifetime_declared = marked.lifetime_declared;
        declared.lifetime_seconds = marked.lifetime_seconds;
        declared.lifetime_range = marked.lifetime_range;
    }
    if declared.hosts.is_empty() {
        declared.hosts = marked.hosts;
    }
    declared.purpose = declared.purpose.take().or(marked.purpose);
    declared.service = declared.service.take().or(marked.service);
    declared.provider = declared.provider.take().or(marked.provider);
}

/// A document of a consent platform. One that only leads on to another says nothing.
fn read_platform(source: &PageSource, pages: &[PageSource], charter: &mut Charter) -> Ended {
    let Some(reading) = platform::read(source, pages) else { return (Outcome::NotFound, None) };
    if charter.declarations.is_empty() && reading.status == Outcome::Read {
        charter.language = reading.language.or_else(|| charter.language.take());
    }
    charter.declarations.extend(reading.declarations);
    (reading.status, reading.reason)
}

/// The language that the words of the document show, else the one that it claims.
fn language(page: &page::Page) -> Option<String> {
    let mut words = String::new();
    for block in &page.blocks {
        if let page::Block::Paragraph(text) = block {
            words.push_str(&text.plain);
            words.push('\n');
            if words.len() > 4000 {
                break;
            }
        }
    }
    lexicon::language(&words).map(|lang| lang.code().to_owned()).or_else(|| page.language.clone())
}
