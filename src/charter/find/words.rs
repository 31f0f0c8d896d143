//! What a few words say about the page they name: the words of a link, or a part of an address.

use crate::fold::Words;
use crate::lexicon::{Hit, Kind, Lang, Link, LinkPart, hits};

/// Words looked at; the names of charters are short, articles are not.
const MOST: usize = 64;
/// Characters looked at.
const LONGEST: usize = 400;

/// The kind of page that words name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Names {
    /// The cookie charter, by a name of the lists.
    Charter,
    /// The cookie charter, by words that together can mean nothing else: "our use of cookies".
    AboutCookies,
    /// Cookies, and nothing that tells a charter from a biscuit.
    Cookies,
    /// The dialog or page of choices.
    Settings,
    /// The privacy policy.
    Privacy,
    /// The legal notice.
    Legal,
}

/// What was read in the words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    pub names: Names,
    /// Share of the words that belong to that name, 0 to 1: low in a sentence or a headline.
    pub share: f64,
    /// Place of the words' language in the list given, when they are in one of these.
    pub language: Option<usize>,
}

/// The words of one language that were met.
#[derive(Clone, Copy, Default)]
struct Voice {
    lang: Option<Lang>,
    /// One bit for each word of the text.
    covered: u64,
    named: [bool; 4],
    parts: [bool; 4],
}

impl Voice {
    fn hear(&mut self, hit: &Hit) {
        match hit.kind {
            Kind::Link(link) | Kind::Slug(link) => self.named[link as usize] = true,
            Kind::LinkPart(part) => self.parts[part as usize] = true,
            _ => {}
        }
        for word in hit.start..hit.end.min(MOST) {
            self.covered |= 1 << word;
        }
    }

    /// Together with the words that are the same in every language.
    fn with(mut self, global: &Voice) -> Voice {
        self.covered |= global.covered;
        for at in 0..4 {
            self.named[at] |= global.named[at];
            self.parts[at] |= global.parts[at];
        }
        self
    }

    fn names(&self) -> Option<Names> {
        let [charter, settings, privacy, legal] =
            [Link::Charter, Link::Settings, Link::Privacy, Link::Legal].map(|link| self.named[link as usize]);
        let [cookie, about, choose] =
            [LinkPart::Cookie, LinkPart::About, LinkPart::Choose].map(|part| self.parts[part as usize]);
        Some(match () {
            () if charter => Names::Charter,
            () if cookie && (about || privacy || legal) && !choose => Names::AboutCookies,
            () if settings || (cookie && choose) => Names::Settings,
            () if cookie => Names::Cookies,
            () if privacy => Names::Privacy,
            () if legal => Names::Legal,
            () => return None,
        })
    }
}

/// Reads words; nothing when they name no such page. The language that explains most of the words is taken.
pub(super) fn read(text: &str, languages: &[&str]) -> Option<Reading> {
    let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
    let words = Words::of(&text[..end]);
    let wanted =
        |kind| matches!(kind, Kind::Link(_) | Kind::LinkPart(_) | Kind::Slug(_) | Kind::Function | Kind::Joiner);
    let mut global = Voice::default();
    let mut voices: Vec<Voice> = Vec::new();
    for hit in hits(&words, wanted) {
        if hit.lang.code().is_empty() {
            global.hear(&hit);
            continue;
        }
        match voices.iter_mut().find(|voice| voice.lang == Some(hit.lang)) {
            Some(voice) => voice.hear(&hit),
            None => {
                let mut voice = Voice { lang: Some(hit.lang), ..Voice::default() };
                voice.hear(&hit);
                voices.push(voice);
            }
        }
    }
    let place = |voice: &Voice| voice.lang.and_then(|lang| languages.iter().position(|wanted| *wanted == lang.code()));
    let heard = voices.iter().map(|voice| voice.with(&global)).chain([global]);
    let understood = heard.filter_map(|voice| Some((voice.names()?, voice.covered.count_ones(), place(&voice))));
    let (names, covered, language) = understood.max_by_key(|(names, covered, place)| {
        use std::cmp::Reverse;
        (*covered, Reverse(*names), place.map(Reverse))
    })?;
    // Numbers (a year, a version) are about nothing else.
    let told = (0..words.len()).filter(|at| !words.word(*at).starts_with(|c: char| c.is_numeric())).count();
    Some(Reading { names, share: (f64::from(covered) / told.max(1) as f64).min(1.0), language })
}

/// True when every word of a part of an address is one that such pages have: `legal`, `about-us`, `site`.
pub(super) fn belongs(segment: &str) -> bool {
    let words = Words::of(segment);
    let wanted = |kind| matches!(kind, Kind::Link(_) | Kind::LinkPart(_) | Kind::Slug(_) | Kind::Function);
    let mut next = 0;
    for hit in hits(&words, wanted) {
        if hit.start > next {
            return false;
        }
        next = next.max(hit.end);
    }
    next >= words.len()
}
