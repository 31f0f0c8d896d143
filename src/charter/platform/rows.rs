//! What a platform says of one cookie, brought into our form.

use super::dom::Dom;
use super::known::Known;
use super::notation::{self, Notation};
use crate::category::Category;
use crate::charter::{Declaration, Lifetime, LifetimeWord, Outcome, Party, Place, lifetime};
use crate::lexicon;
use crate::visit::StorageKind;

/// Most declarations that are read from one document.
const MAX_DECLARATIONS: usize = 20_000;
/// Longest purpose that is kept, in characters.
const LONGEST_TEXT: usize = 4_000;
/// Longest quote, as [`Place::quote`] promises.
const LONGEST_QUOTE: usize = 600;
const DAY: f64 = 86_400.0;

/// One row as a platform gives it. What it does not say is left out.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    pub(crate) name: &'a str,
    pub(crate) notation: Notation,
    /// Hosts in one text, however they are joined; or the words for who sets it.
    pub(crate) hosts: &'a str,
    pub(crate) purpose: &'a str,
    /// The site's words for the category.
    pub(crate) category: &'a str,
    /// The platform's identifier of the category.
    pub(crate) category_id: &'a str,
    /// The platform whose identifiers these are, when it is another one.
    pub(crate) vocabulary: Option<&'static Known>,
    pub(crate) lasts: Lasts<'a>,
    pub(crate) kind: Option<StorageKind>,
    pub(crate) party: Option<Party>,
    pub(crate) provider: &'a str,
    pub(crate) service: &'a str,
}

/// How a platform gives a lifetime.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lasts<'a> {
    Unsaid,
    Words(&'a str),
    Days(f64),
    Seconds(f64),
    Session,
}

impl Default for Row<'_> {
    fn default() -> Self {
        Row {
            name: "",
            notation: Notation::Plain,
            hosts: "",
            purpose: "",
            category: "",
            category_id: "",
            vocabulary: None,
            lasts: Lasts::Unsaid,
            kind: None,
            party: None,
            provider: "",
            service: "",
        }
    }
}

/// Gathers what the reader of a platform finds in one document.
pub(crate) struct Rows<'a> {
    pub(crate) known: &'static Known,
    url: &'a str,
    pub(crate) declarations: Vec<Declaration>,
    /// Language in which the platform wrote it.
    pub(crate) language: Option<String>,
    /// Region for which it holds, in the platform's words.
    pub(crate) region: Option<String>,
    /// Set when nothing was read and the document says why.
    pub(crate) refusal: Option<(Outcome, &'static str)>,
    /// True when the document has the shape that the reader knows.
    pub(crate) recognised: bool,
    /// True when the document only says where the list is.
    pub(crate) leads_on: bool,
    /// True while what is added rests on a shape that could not be checked.
    pub(crate) unverified: bool,
    table: u32,
    row: u32,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(known: &'static Known, url: &'a str) -> Rows<'a> {
        Rows {
            known,
            url,
            declarations: Vec::new(),
            language: None,
            region: None,
            refusal: None,
            recognised: false,
            leads_on: false,
            unverified: known.unverified,
            table: 0,
            row: 0,
        }
    }

    /// Begins a group of rows. The document has a shape that is known.
    pub(crate) fn group(&mut self) {
        self.recognised = true;
        self.table += 1;
        self.row = 0;
    }

    /// The document says that nothing is listed, and why; only if nothing is found elsewhere in it.
    pub(crate) fn refuse(&mut self, outcome: Outcome, reason: &'static str) {
        self.recognised = true;
        self.refusal.get_or_insert((outcome, reason));
    }

    pub(crate) fn add(&mut self, row: Row<'_>) {
        let written = notation::names(row.name, row.notation);
        if written.is_empty() || self.declarations.len() + written.len() > MAX_DECLARATIONS {
            return;
        }
        self.row += 1;
        let purpose = clean(row.purpose);
        let (hosts, others) = hosts(row.hosts);
        let (category, category_words) =
            category(row.vocabulary.unwrap_or(self.known), &clean(row.category), row.category_id);
        let provider = Some(row.provider).filter(|p| !p.is_empty()).map_or(others, clean);
        let (lasts_words, value, range) = lasts(row.lasts);
        let cells = [row.name, &provider, &hosts.join(", "), &purpose, &lasts_words];
        let headings = [self.known.name, category_words.as_str(), row.service];
        let place = Place {
            url: self.url.to_owned(),
            quote: quote(&cells),
            headings: headings.iter().filter(|h| !h.is_empty()).map(|h| (*h).to_owned()).collect(),
            table: self.table,
            row: self.row,
            fragment: String::new(),
        };
        for name in written {
            self.declarations.push(Declaration {
                name: name.name,
                pattern: name.pattern,
                kind: row.kind.unwrap_or_default(),
                category,
                category_declared: some(&category_words),
                purpose: some(&purpose),
                provider: some(&provider).or_else(|| some(&hosts.join(", "))),
                service: some(&clean(row.service)),
                hosts: hosts.clone(),
                lifetime_declared: some(&lasts_words),
                lifetime_seconds: value,
                lifetime_range: range,
                party: row.party,
                place: place.clone(),
                platform: Some(self.known.id.to_owned()),
                unverified: self.unverified || !name.exact,
                ..Declaration::default()
            });
        }
    }
}

/// Our category and the words shown for it.
///
/// Identifiers that no site can change decide. Elsewhere the site's words come first, when they say a category and nothing
/// else; then the identifier, which is only the platform's default; then words that say it among other things.
fn category(known: &Known, words: &str, id: &str) -> (Option<Category>, String) {
    let own = known.category(id);
    let by_id = own.and_then(|c| c.category);
    let shown = if words.is_empty() { own.map_or(id, |c| c.words) } else { words };
    let among =
        || if own.is_some() && words.is_empty() { None } else { lexicon::category(shown).map(|hit| hit.category) };
    let fixed = by_id.filter(|_| known.fixed);
    (fixed.or_else(|| lexicon::category_exact(words)).or(by_id).or_else(among), shown.to_owned())
}

fn some(text: &str) -> Option<String> {
    let text = text.trim();
    text.chars().any(char::is_alphanumeric).then(|| text.to_owned())
}

/// Words without markup, in one line.
pub(crate) fn clean(text: &str) -> String {
    let text = if text.contains(['<', '&']) { Dom::parse(text).root().text() } else { text.to_owned() };
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    if let Some((end, _)) = out.char_indices().nth(LONGEST_TEXT) {
        out.truncate(end);
        out.push('…');
    }
    out
}

fn quote(cells: &[&str]) -> String {
    let mut out = String::new();
    for cell in cells.iter().filter(|cell| !cell.trim().is_empty()) {
        if !out.is_empty() {
            out.push_str(" | ");
        }
        out.push_str(cell.trim());
    }
    if let Some((end, _)) = out.char_indices().nth(LONGEST_QUOTE - 1) {
        out.truncate(end);
        out.push('…');
    }
    out
}

/// Hosts in a text in which they are joined by `<br>`, commas, semicolons, bars or spaces; and the words that are none.
fn hosts(text: &str) -> (Vec<String>, String) {
    let mut hosts: Vec<String> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    let text = if text.contains('<') { Dom::parse(text).root().text() } else { text.to_owned() };
    for part in text.split(['\n', ',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        let all_hosts = part.split_whitespace().all(|word| host(word).is_some());
        if all_hosts {
            hosts.extend(part.split_whitespace().filter_map(host));
        } else if !others.iter().any(|other| other == part) {
            others.push(part.to_owned());
        }
    }
    let mut seen = std::collections::HashSet::new();
    hosts.retain(|host| seen.insert(host.clone()));
    (hosts, others.join(", "))
}

/// A host as charters may write it, without a leading dot, scheme or path; `*.` in front is kept.
fn host(word: &str) -> Option<String> {
    let word = word.split_once("://").map_or(word, |(_, rest)| rest);
    let word = word.split(['/', ':', '?']).next().unwrap_or_default().trim_start_matches('.');
    let labels = word.strip_prefix("*.").unwrap_or(word);
    let fits = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    let is = labels == "localhost" || (labels.contains('.') && labels.split('.').all(fits));
    is.then(|| word.to_lowercase())
}

/// The words of a lifetime, its value, and its range.
fn lasts(lasts: Lasts<'_>) -> (String, Option<Lifetime>, Option<[f64; 2]>) {
    match lasts {
        Lasts::Unsaid => (String::new(), None, None),
        Lasts::Session => ("session".into(), Some(Lifetime::Word(LifetimeWord::Session)), None),
        // Below a day the platform only says "less than one".
        Lasts::Days(days) if days <= 0.0 => ("0 days".into(), None, Some([0.0, DAY])),
        Lasts::Days(days) => {
            (format!("{days} {}", if days == 1.0 { "day" } else { "days" }), Some(Lifetime::Seconds(days * DAY)), None)
        }
        Lasts::Seconds(seconds) => (format!("{seconds} seconds"), Some(Lifetime::Seconds(seconds)), None),
        Lasts::Words(words) => {
            let words = clean(words);
            let reading = lifetime::parse(&words);
            (words, reading.value, reading.range)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_hosts_are_parted_and_other_words_kept() {
        for (text, expected, others) in [
            ("a.com<br/>.b.com<br>", vec!["a.com", "b.com"], ""),
            ("a.com, www.a.com", vec!["a.com", "www.a.com"], ""),
            ("a.com b.com\na.com", vec!["a.com", "b.com"], ""),
            ("Google LLC", vec![], "Google LLC"),
            ("Google, youtube.com", vec!["youtube.com"], "Google"),
            ("*.a.com; https://b.com/x", vec!["*.a.com", "b.com"], ""),
            ("n/a", vec![], "n/a"),
        ] {
            assert_eq!(hosts(text), (expected.iter().map(|h| (*h).to_owned()).collect(), others.to_owned()), "{text}");
        }
    }

    #[test]
    fn text_loses_its_markup() {
        assert_eq!(clean("Keeps <b>you</b>&nbsp;safe.<br>Always"), "Keeps you safe. Always");
        assert_eq!(clean(&"é".repeat(5_000)).chars().count(), LONGEST_TEXT + 1);
        assert_eq!(quote(&["a", "", " b "]), "a | b");
    }
}
