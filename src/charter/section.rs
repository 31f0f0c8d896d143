//! Where the reader stands in a document: the headings above, what they say, and the words since the last of them.

use super::Party;
use super::facts::{Facts, Said};
use super::{item, service};
use crate::category::Category;
use crate::fold::Words;
use crate::lexicon::{self, Column, Hint, Kind, Link};
use crate::page::Text;

/// Level of a line that stands alone, below those of headings.
pub(crate) const LINE: u8 = 8;
/// Words of a heading beyond which it is a sentence.
const HEADING_WORDS: usize = 16;

/// The headings above the place that is read, outermost first, and the words since the last of them.
#[derive(Default)]
pub(crate) struct Scope<'a> {
    frames: Vec<Frame<'a>>,
    depth: usize,
    /// Paragraphs since the last heading, table or list, nearest last.
    above: Vec<&'a Text>,
    /// True when a table or list stands between those paragraphs and here.
    closed: bool,
    /// What the title of the document says.
    pub document: Facts,
}

struct Frame<'a> {
    level: u8,
    depth: usize,
    words: &'a str,
    facts: Facts,
}

impl<'a> Scope<'a> {
    /// A heading: ends the sections of the same and of lower rank.
    pub fn heading(&mut self, level: u8, words: &'a str, facts: Facts) {
        while self.frames.last().is_some_and(|frame| frame.depth == self.depth && frame.level >= level) {
            self.frames.pop();
        }
        self.frames.push(Frame { level, depth: self.depth, words, facts });
        self.above.clear();
        self.closed = false;
    }

    /// Goes into an item of a list; its words head what is nested in it.
    pub fn enter(&mut self, words: &'a str, facts: Facts) {
        self.depth += 1;
        self.frames.push(Frame { level: 0, depth: self.depth, words, facts });
        self.above.clear();
        self.closed = false;
    }

    /// Leaves the item entered last.
    pub fn leave(&mut self) {
        while self.frames.last().is_some_and(|frame| frame.depth >= self.depth) {
            self.frames.pop();
        }
        self.depth = self.depth.saturating_sub(1);
        self.above.clear();
        self.closed = false;
    }

    /// How many items stand around the place.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Running text. What stands right above a table speaks about it.
    pub fn paragraph(&mut self, text: &'a Text) {
        if self.closed {
            self.above.clear();
            self.closed = false;
        }
        self.above.push(text);
    }

    /// A table or list was read: the next paragraph begins anew.
    pub fn close(&mut self) {
        self.closed = true;
    }

    /// A labelled line without a name ("Provider: …") speaks for the section in which it stands.
    pub fn state(&mut self, column: Column, value: &str) {
        match self.frames.last_mut() {
            Some(frame) => state(&mut frame.facts, column, value),
            None => state(&mut self.document, column, value),
        }
    }

    /// All that is said about what is read now: the sentence above, then the headings, nearest first, then the title.
    pub fn facts(&self) -> Facts {
        let mut facts = self.sentences();
        for frame in self.frames.iter().rev() {
            facts = facts.or(&frame.facts);
        }
        facts.or(&self.document)
    }

    /// The words of the headings above, outermost first.
    pub fn headings(&self) -> Vec<String> {
        self.frames.iter().map(|frame| frame.words.trim().to_owned()).filter(|words| !words.is_empty()).collect()
    }

    /// True when the nearest heading, the one above it (the title of the page aside), or the sentence right above
    /// speaks of cookies.
    pub fn speaks_of_cookies(&self) -> bool {
        let last = self.frames.len();
        let headings = self.frames.iter().enumerate().skip(last.saturating_sub(2));
        let headings = headings.filter(|(at, frame)| at + 1 == last || frame.level != 1).map(|(_, frame)| frame.words);
        let above = self.above.last().map(|text| text.plain.as_str());
        headings.chain(above).any(lexicon::speaks_of_cookies)
    }

    /// What the paragraphs right above say about all that follows.
    fn sentences(&self) -> Facts {
        let mut facts = Facts::default();
        for text in self.above.iter().rev().take(2) {
            let words = text.plain.as_str();
            if words.len() > 600 || !lexicon::speaks_of_cookies(words) {
                continue;
            }
            if facts.party.is_none() {
                facts.party = party_of_sentence(words);
            }
            if facts.lifetime.is_none() {
                facts.lifetime = lifetime_of_sentence(words);
            }
            let introduces = words.trim_end().ends_with([':', '：']) && words.split_whitespace().count() <= 25;
            if introduces
                && facts.category.is_none()
                && let Some(category) = only_category(words)
            {
                facts.set_category(Some(category), words);
            }
        }
        facts
    }
}

/// "All of these cookies are deleted after 13 months": one lifetime in a short paragraph about the cookies below.
fn lifetime_of_sentence(words: &str) -> Option<Said> {
    let sentence = words.split(['.', '!', '?', '\n']).map(str::trim).filter(|part| !part.is_empty());
    let mut found = sentence.filter(|part| part.split_whitespace().count() <= 30).filter_map(|part| {
        let one = item::counted_lifetimes(part) == 1 || item::whole_lifetime(part);
        (one && lexicon::speaks_of_cookies(part)).then(|| Said::new(part, None))
    });
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// "first-party cookies", "cookies of third parties": the party that a sentence gives to cookies.
pub(crate) fn party_of_sentence(words: &str) -> Option<Party> {
    let mut sentences = words.split(['.', '!', '?', '\n', '。']).filter(|part| lexicon::speaks_of_cookies(part));
    sentences.find_map(|sentence| {
        let words = Words::of(sentence);
        let near = lexicon::hits(&words, |kind| matches!(kind, Kind::Party(_))).into_iter().any(|hit| {
            hit.end - hit.start > 1
                || lexicon::hits(&words, |kind| kind == Kind::Cookie)
                    .iter()
                    .any(|cookie| cookie.start.abs_diff(hit.end) <= 1 || hit.start.abs_diff(cookie.end) <= 1)
        });
        near.then(|| lexicon::party(sentence)).flatten()
    })
}

/// "This website uses only necessary cookies": the category of all cookies of the document, and the words that say so.
pub(crate) fn only_such_cookies(words: &str) -> Option<(Category, &str)> {
    words.split(['.', '!', '?', '\n', '。']).find_map(|sentence| {
        let words = Words::of(sentence);
        let only = lexicon::hits(&words, |kind| kind == Kind::Only);
        let hit = lexicon::categories(sentence).into_iter().find(|hit| beside_cookies(sentence, hit.from, hit.to))?;
        let (first, _) = only
            .iter()
            .map(|only| lexicon::bytes(&words, only))
            .find(|(from, _)| hit.from >= *from && hit.from - *from <= 40)?;
        Some((hit.category, sentence.get(first..).unwrap_or(sentence).trim()))
    })
}

/// The category of a sentence that names exactly one.
fn only_category(words: &str) -> Option<Category> {
    let (_, words) = service::find(words);
    let hits = lexicon::categories(&words);
    let first = hits.first()?.category;
    hits.iter().all(|hit| hit.category == first).then_some(first)
}

/// Puts a labelled value where it belongs.
pub(crate) fn state(facts: &mut Facts, column: Column, value: &str) {
    let Some(words) = super::facts::said(value) else { return };
    match column {
        Column::Provider => facts.provider = Some(words),
        Column::Purpose => facts.purpose = Some(words),
        Column::Service => facts.service = Some(words),
        Column::LegalBasis => facts.legal_basis = Some(words),
        Column::Lifetime => facts.lifetime = Some(Said::new(value, None)),
        Column::Category => {
            let category = lexicon::category(value).map(|hit| hit.category);
            facts.set_category(category, value);
        }
        Column::Party => facts.party = lexicon::party(value),
        Column::Storage => facts.kind = lexicon::storage(value),
        Column::Host => {
            let hosts = super::table::hosts(value);
            if hosts.is_empty() {
                facts.provider.get_or_insert(words);
            } else {
                facts.hosts = hosts;
                facts.host_words = Some(words);
            }
        }
        Column::TypeAny => super::table::take_for_what_it_says(facts, value),
        Column::Name | Column::Value | Column::Other => {}
    }
}

/// What a heading says about all that stands under it. `among_services`: other headings of its rank name services.
pub(crate) fn heading_facts(words: &str, among_services: bool) -> Facts {
    let mut facts = Facts::default();
    let core = without_number(words);
    if core.is_empty() || core.split_whitespace().count() > HEADING_WORDS {
        return facts;
    }
    if matches!(lexicon::link(core), Some((Link::Settings, share)) if share > 0.5) {
        return facts;
    }
    let cookies = lexicon::speaks_of_cookies(core);
    let (service, rest) = service::find(core);
    facts.provider = service.filter(|_| names_service(&rest)).map(|service| with_brackets(core, service));
    if let Some(category) = category_of_heading(&rest, cookies) {
        facts.set_category(Some(category), words.trim());
    } else if among_services && facts.provider.is_none() && !cookies && service::is_proper(core) {
        facts.provider = Some(core.to_owned());
    }
    if cookies || core.split_whitespace().count() <= 3 {
        facts.party = lexicon::party(core);
    }
    if cookies && facts.category.is_none() {
        let said = Said::new(core, None);
        facts.lifetime = said.value.is_some().then_some(said);
    }
    facts
}

/// "Google Analytics (Google Ireland Limited)": the company in brackets belongs to the name.
fn with_brackets(heading: &str, service: String) -> String {
    match heading.strip_prefix(service.as_str()).map(str::trim_start) {
        Some(rest) if rest.starts_with('(') && rest.ends_with(')') => heading.to_owned(),
        _ => service,
    }
}

/// True when hardly anything but cookies and categories is said beside a service: a question about it names no provider.
fn names_service(rest: &str) -> bool {
    let rest = rest.split(['(', '[']).next().unwrap_or_default();
    let words = Words::of(rest);
    let mut said = vec![true; words.len()];
    let small = |kind| {
        matches!(kind, Kind::Cookie | Kind::Category(_) | Kind::Party(_) | Kind::Function | Kind::Joiner | Kind::By)
    };
    for hit in lexicon::hits(&words, small) {
        said[hit.start..hit.end].fill(false);
    }
    said.into_iter().filter(|said| *said).count() <= 2 && !rest.trim_end().ends_with('?')
}

/// The category that a heading names first, or points to where it names none.
fn category_of_heading(words: &str, cookies: bool) -> Option<Category> {
    let sure = lexicon::categories(words).into_iter().find(|hit| match hit.category {
        // "Other cookies" is no category; "unclassified cookies" is.
        Category::Unclassified => hit.strength >= 0.99,
        _ => hit.strength >= 0.3 || (cookies && beside_cookies(words, hit.from, hit.to)),
    });
    sure.map(|hit| hit.category).or_else(|| {
        let mut hints = lexicon::hints(words).into_iter().filter(|hit| !hit.negated);
        hints.find_map(|hit| match hit.hint {
            // "Videos from YouTube" says what is shown, not what the cookies are for.
            Hint::Purpose(Category::SocialEmbed) => None,
            Hint::Purpose(category) => Some(category),
            _ => None,
        })
    })
}

/// True when nothing but a space stands between some words and a cookie word ("cookies nécessaires au …").
fn beside_cookies(text: &str, from: usize, to: usize) -> bool {
    let words = Words::of(text);
    lexicon::hits(&words, |kind| kind == Kind::Cookie).iter().any(|hit| {
        let (start, end) = lexicon::bytes(&words, hit);
        let gap = if end <= from { text.get(end..from) } else { text.get(to..start) };
        gap.is_some_and(|gap| !gap.chars().any(char::is_alphanumeric))
    })
}

/// A heading without the number before it ("3.2 Cookies de mesure").
pub(crate) fn without_number(words: &str) -> &str {
    let words = words.trim().trim_start_matches(['•', '·', '●', '▪', '►', '-', '–', '*', ' ']);
    let number = words.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | ')' | '(' | ' ')));
    let rest = number.map_or(words, |at| &words[at..]);
    let lettered = rest.split_once([')', '.']).filter(|(head, _)| head.chars().count() == 1);
    let rest = lettered.map_or(rest, |(_, tail)| tail);
    rest.trim().trim_end_matches([':', '：']).trim()
}

/// True when a category word in a section heading is the right thing to say of a title: nothing else is said.
pub(crate) fn title_facts(title: &str) -> Facts {
    let mut facts = Facts::default();
    if let Some(category) = lexicon::category_exact(title) {
        facts.set_category(Some(category), title.trim());
    }
    facts
}
