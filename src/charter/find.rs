//! Which link of a page leads to the charter, and why.
//!
//! Each sign adds to the score of a link: what its words name, what its address names, where it stands, what the page says
//! of it (`rel`, `hreflang`), whether it stays on the site. Words about cookies weigh more than words about privacy, these
//! more than legal notices. A word for cookies alone is also a word for biscuits: it counts in full only where sites put
//! their legal links, and a headline or a recipe, most of whose words are about something else, does not count.

mod address;
mod words;

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use self::address::{Address, decoded, parts, resolve};
use self::words::{Names, belongs, read};
use crate::charter::Party;
use crate::lexicon;
use crate::page::Page;
use crate::site;

/// Candidates given, at most.
const MOST: usize = 20;
/// Score below which a link is no candidate.
const LEAST: f64 = 15.0;
/// Longest words of a link that are kept, in characters.
const WORDS: usize = 200;
/// Parts of an address that are looked at.
const SEGMENTS: usize = 6;

/// The links of a page, as the content script collects them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct LinksOfPage {
    /// Address of the page.
    pub url: String,
    /// Language of the page, when it says so.
    pub language: Option<String>,
    /// Languages of the visitor, preferred first.
    pub visitor_languages: Vec<String>,
    /// The links, in document order.
    pub links: Vec<LinkOfPage>,
}

/// One link of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct LinkOfPage {
    /// Its words.
    pub text: String,
    /// Its address, absolute.
    pub href: String,
    /// Where it stands: `footer`, `banner`, `dialog`, `nav`, `head`, `body`.
    pub place: String,
    /// `rel` attribute.
    pub rel: String,
    /// `hreflang` attribute.
    pub hreflang: String,
}

/// A link that may lead to the charter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LinkCandidate {
    /// Address to read.
    pub url: String,
    /// The words of the link.
    pub text: String,
    /// How likely it is; higher comes first.
    pub score: f64,
    /// Why: message keys of the words files.
    pub reasons: Vec<String>,
}

/// Ranks the links that may lead to the charter, best first, at most 20. Empty when none does.
///
/// Only http(s) addresses are candidates, each document once; time grows with the number of links.
#[must_use]
pub fn charter_links(page: &LinksOfPage) -> Vec<LinkCandidate> {
    let ranking = Ranking::of(&page.url, page.language.as_deref(), &page.visitor_languages, false);
    best(page.links.iter().filter_map(|link| Some((ranking.candidate(link)?, document_of(&link.href)))))
}

/// The links of a document (a privacy policy, most often) that lead on to the charter, or to a page for each category.
///
/// `url` is the address of that document. Links back to it, and links to other privacy pages, are left out.
#[must_use]
pub fn follow_from(page: &Page, url: &str) -> Vec<LinkCandidate> {
    let ranking = Ranking::of(url, page.language.as_deref(), &[], true);
    best(page.links.iter().filter_map(|link| {
        let href = resolve(url, &link.href)?;
        let document = document_of(&href).to_owned();
        let link = LinkOfPage { text: link.text.clone(), href, ..LinkOfPage::default() };
        Some((ranking.candidate(&link)?, document))
    }))
}

/// Up to three addresses under which sites often keep their charter, for the last try: guesses, and to be shown as such.
///
/// `language` is that of the page. Nothing when `url` is no http(s) address.
#[must_use]
pub fn usual_addresses(url: &str, language: Option<&str>) -> Vec<String> {
    let Some(address) = parts(url) else { return Vec::new() };
    let mut guesses: Vec<String> = Vec::new();
    for last in lexicon::usual_addresses(&primary(language.unwrap_or_default())) {
        let guess = format!("{}/{last}", address.origin);
        if !guesses.contains(&guess) && guesses.len() < 3 {
            guesses.push(guess);
        }
    }
    guesses
}

/// The best candidate for each document, best first; the order of the page decides between equals.
fn best<D: std::hash::Hash + Eq>(candidates: impl Iterator<Item = (LinkCandidate, D)>) -> Vec<LinkCandidate> {
    let mut places: HashMap<D, usize> = HashMap::new();
    let mut found: Vec<LinkCandidate> = Vec::new();
    for (candidate, document) in candidates {
        let at = *places.entry(document).or_insert(found.len());
        match found.get_mut(at) {
            Some(known) if candidate.score > known.score => *known = candidate,
            Some(_) => {}
            None => found.push(candidate),
        }
    }
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(MOST);
    found
}

fn document_of(href: &str) -> &str {
    href.split('#').next().unwrap_or_default()
}

/// `fr` of `fr-CA`.
fn primary(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// What all links of a page are held against.
struct Ranking<'a> {
    page: Option<Address<'a>>,
    host: Option<String>,
    /// The visitor's languages, then the page's.
    languages: Vec<String>,
    /// How many of them are the visitor's.
    visitor: usize,
    /// True for the links of a charter or privacy policy.
    leads_on: bool,
}

/// Score and reasons of one link, as they gather.
#[derive(Default)]
struct Score {
    total: f64,
    reasons: Vec<String>,
}

impl Score {
    fn add(&mut self, points: f64, reason: &str) {
        self.total += points;
        let reason = format!("why_{reason}");
        if points > 0.0 && !self.reasons.contains(&reason) {
            self.reasons.push(reason);
        }
    }
}

impl<'a> Ranking<'a> {
    fn of(url: &'a str, language: Option<&str>, visitor: &[String], leads_on: bool) -> Ranking<'a> {
        let mut languages: Vec<String> = visitor.iter().take(10).map(|language| primary(language)).collect();
        let visitor = languages.len();
        languages.extend(language.map(primary));
        Ranking { page: parts(url), host: site::host_of(url), languages, visitor, leads_on }
    }

    /// The link as a candidate, when anything about it speaks for the charter.
    fn candidate(&self, link: &LinkOfPage) -> Option<LinkCandidate> {
        let address = parts(&link.href)?;
        if is_no_document(address.path) {
            return None;
        }
        let languages: Vec<&str> = self.languages.iter().map(String::as_str).collect();
        let words = read(&link.text, &languages);
        let path = in_path(address, &languages);
        let anchor = read(&decoded(address.fragment), &languages);
        let same_document = self.page.is_some_and(|page| page.document == address.document);
        // "Manage cookies" that stays on the page is a button; so is any link of a document to itself.
        let names_a_section = anchor.is_some_and(|a| a.names <= Names::Cookies && a.share >= 0.5);
        if same_document && (self.leads_on || !names_a_section || words.is_some_and(|w| w.names == Names::Settings)) {
            return None;
        }
        let mut score = Score::default();
        let rel = |token: &str| link.rel.split_ascii_whitespace().any(|t| t.eq_ignore_ascii_case(token));
        // Where sites put their legal links, the bare word means the charter.
        let legal_place = self.leads_on || ["footer", "banner", "dialog", "head"].contains(&link.place.as_str());
        let odd = || has_odd_parent(address);
        // The bare word beside an address that confirms it; a shop for biscuits has its own words in the address.
        let confirmed = link.place == "body" && path.is_some_and(|p| p.names <= Names::Cookies) && !odd();
        if let Some(words) = words {
            let (points, reason) = match words.names {
                Names::Charter | Names::AboutCookies if words.share >= 0.5 => (70.0, "words_charter"),
                Names::Cookies if words.share < 0.5 => (0.0, ""),
                Names::Cookies if legal_place || confirmed => (50.0, "words_cookies"),
                Names::Cookies if odd() => (10.0, "words_cookies"),
                Names::Cookies => (20.0, "words_cookies"),
                Names::Settings => (45.0, "words_settings"),
                Names::Privacy if !self.leads_on => (25.0, "words_privacy"),
                Names::Legal if !self.leads_on => (16.0, "words_legal"),
                _ => (0.0, ""),
            };
            score.add(points * words.share, reason);
        }
        if let Some(path) = path {
            let (points, reason) = match path.names {
                Names::Charter if path.share >= 0.6 => (60.0, "address_charter"),
                Names::AboutCookies if path.share >= 0.6 => (50.0, "address_charter"),
                Names::Cookies if path.share >= 0.75 && (legal_place || !odd()) => (30.0, "address_charter"),
                Names::Settings => (30.0, "address_charter"),
                Names::Privacy if !self.leads_on => (10.0, "address_privacy"),
                Names::Legal if !self.leads_on => (6.0, "address_legal"),
                _ => (0.0, ""),
            };
            score.add(points * path.share, reason);
        }
        if names_a_section {
            score.add(12.0, "anchor");
        }
        if self.leads_on && self.is_page_of_category(address, &link.text) {
            score.add(30.0, "category_page");
        }
        if rel("privacy-policy") && !self.leads_on {
            score.add(15.0, "rel_privacy");
        }
        if rel("terms-of-service") && !self.leads_on && score.total > 0.0 {
            score.add(6.0, "rel_terms");
        }
        if score.total < LEAST {
            return None;
        }
        self.circumstances(&mut score, link, address, words.and_then(|w| w.language));
        let cookies = [words, path].into_iter().flatten().any(|read| read.names <= Names::Settings);
        if !self.same_site(&link.href) {
            // A charter may lie with a sister site; somebody else's privacy policy says nothing about this one.
            if !cookies {
                return None;
            }
            score.add(-100.0, "");
            score.reasons.push("why_other_site".into());
        }
        (score.total >= LEAST).then(|| LinkCandidate {
            url: link.href.clone(),
            text: link.text.chars().take(WORDS).collect(),
            score: (score.total * 10.0).round() / 10.0,
            reasons: score.reasons,
        })
    }

    /// Place, language and form: they order candidates, but make none.
    fn circumstances(&self, score: &mut Score, link: &LinkOfPage, address: Address, spoken: Option<usize>) {
        match link.place.as_str() {
            "footer" => score.add(12.0, "place_footer"),
            "banner" => score.add(10.0, "place_banner"),
            "dialog" => score.add(10.0, "place_dialog"),
            "head" => score.add(8.0, "place_head"),
            "nav" => score.add(2.0, "place_nav"),
            _ => {}
        }
        let told =
            if link.hreflang.is_empty() { language_in_path(address.path) } else { Some(primary(&link.hreflang)) };
        match told {
            Some(told) => match self.languages.iter().position(|language| *language == told) {
                Some(place) => self.add_language(score, place),
                None if !self.languages.is_empty() => score.add(-12.0, ""),
                None => {}
            },
            None => {
                if let Some(place) = spoken {
                    self.add_language(score, place);
                }
            }
        }
        if address.path.to_ascii_lowercase().ends_with(".pdf") {
            score.add(-20.0, ""); // found, but nobody here can read it
        }
    }

    fn add_language(&self, score: &mut Score, place: usize) {
        if place < self.visitor {
            score.add(8.0 - (place as f64).min(3.0), "language_visitor");
        } else {
            score.add(4.0, "language_page");
        }
    }

    fn same_site(&self, href: &str) -> bool {
        match (&self.host, site::host_of(href)) {
            (Some(page), Some(host)) => site::party(&host, page) == Party::First,
            _ => false,
        }
    }

    /// A page below this document that names a category: `/cookies/analytics`.
    fn is_page_of_category(&self, address: Address, text: &str) -> bool {
        let below = self.page.is_some_and(|page| {
            let folder = page.path.trim_end_matches('/');
            let folder = folder
                .rsplit_once('.')
                .map_or(folder, |(stem, ending)| if ending.contains('/') { folder } else { stem });
            let rest = address.path.strip_prefix(folder).filter(|_| page.origin == address.origin && folder.len() > 1);
            rest.is_some_and(|rest| rest.len() > 1 && rest.starts_with('/'))
        });
        let last = address.path.rsplit('/').find(|segment| !segment.is_empty()).unwrap_or_default();
        below && text.len() <= WORDS && [text, &decoded(last)].iter().any(|words| lexicon::category(words).is_some())
    }
}

/// What the address names: its last part, languages and `index` left aside, or a value of its query.
fn in_path(address: Address, languages: &[&str]) -> Option<words::Reading> {
    let passed = |segment: &&str| locale(segment).is_none() && without_ending(segment) != "index";
    let last = address.path.rsplit('/').filter(|s| !s.is_empty()).take(SEGMENTS).find(passed);
    let values =
        address.query.split('&').filter_map(|pair| pair.split_once('=')).map(|(_, value)| value).take(SEGMENTS);
    let named = last.into_iter().chain(values).filter_map(|part| read(without_ending(&decoded(part)), languages));
    named.min_by(|a, b| a.names.cmp(&b.names).then(b.share.total_cmp(&a.share)))
}

/// True when a part above the last one says that the page is about something else: `/recipes/cookies`.
fn has_odd_parent(address: Address) -> bool {
    let mut segments = address.path.rsplit('/').filter(|s| !s.is_empty()).take(SEGMENTS);
    segments.next();
    segments.any(|segment| locale(segment).is_none() && !belongs(&decoded(segment)))
}

/// The language that a part of the path names: `/fr/`, `/en-gb/`.
fn language_in_path(path: &str) -> Option<String> {
    path.split('/').filter(|s| !s.is_empty()).take(3).find_map(locale).filter(|language| lexicon::is_language(language))
}

/// The language of a part such as `fr`, `pt-br`, `zh_Hant`.
fn locale(segment: &str) -> Option<String> {
    let (language, rest) = segment.split_once(['-', '_']).unwrap_or((segment, ""));
    let letters = |s: &str| s.bytes().all(|b| b.is_ascii_alphabetic());
    (language.len() == 2 && rest.len() <= 4 && rest.len() != 1 && letters(language) && letters(rest))
        .then(|| primary(segment))
}

/// A file name without its ending.
fn without_ending(segment: &str) -> &str {
    match segment.rsplit_once('.') {
        Some((stem, ending)) if (2..=5).contains(&ending.len()) && !stem.is_empty() => stem,
        _ => segment,
    }
}

/// True for files that hold no text: pictures, archives, sound, programs.
fn is_no_document(path: &str) -> bool {
    const NOT: [&str; 18] = [
        "jpg", "jpeg", "png", "gif", "svg", "webp", "ico", "zip", "gz", "mp3", "mp4", "css", "js", "exe", "dmg", "apk",
        "xml", "ics",
    ];
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_some_and(|(_, ending)| NOT.iter().any(|not| ending.eq_ignore_ascii_case(not)))
}

#[cfg(test)]
mod tests;
