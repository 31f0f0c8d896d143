//! The sorted tables of terms, and the one pass over a text that finds them.

use std::sync::LazyLock;

use super::{Category, Claim, Column, Hint, Link, LinkPart, Party, Span, StorageKind, Unit};
use super::{Kind, Lang};
use crate::fold::Words;

/// A term found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// First word.
    pub start: usize,
    /// Word after the last.
    pub end: usize,
    /// Its meaning. A term with several meanings gives several hits over the same words.
    pub kind: Kind,
    /// Language in which it means that.
    pub lang: Lang,
}

/// A sorted table of folded terms, put together on first use from what the build writes.
struct Table {
    terms: Vec<&'static str>,
    /// Where the meanings of each begin; one more than terms.
    firsts: Vec<usize>,
    meanings: Vec<(Kind, u8)>,
    /// Bits set for the hash of each first word, so that most words of a page are passed over at once.
    filter: Vec<u64>,
}

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

/// Codes of the languages, in order.
pub(super) fn codes() -> &'static [&'static str] {
    &CODES
}

/// The languages' own names, in the same order.
pub(super) fn own_names() -> &'static [&'static str] {
    &NAMES
}

const HASH_START: u32 = 0x811c_9dc5;

/// One step of FNV-1a.
fn hash_step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u32 {
    bytes.iter().fold(HASH_START, |hash, byte| hash_step(hash, *byte))
}

impl Table {
    /// From terms one on each line, how many meanings each has, and of each meaning the kind by its number and the language.
    fn new<N: Copy + Into<usize>>(lines: &'static str, counts: &[u8], kinds: &[N], languages: &[u8]) -> Table {
        let terms: Vec<&str> = lines.lines().collect();
        let mut filter = vec![0; 1024];
        for term in &terms {
            let bit = hash(term.split([' ', '~']).next().unwrap_or_default().as_bytes()) & 0xffff;
            filter[bit as usize / 64] |= 1_u64 << (bit % 64);
        }
        let kinds = kinds.iter().filter_map(|number| KINDS.get((*number).into()).copied());
        let mut firsts = vec![0];
        firsts.extend(counts.iter().scan(0, |end, count| {
            *end += usize::from(*count);
            Some(*end)
        }));
        Table { terms, firsts, meanings: kinds.zip(languages.iter().copied()).collect(), filter }
    }

    fn term(&self, at: usize) -> &'static str {
        self.terms.get(at).copied().unwrap_or_default()
    }

    fn meanings(&self, at: usize) -> &[(Kind, u8)] {
        match (self.firsts.get(at), self.firsts.get(at + 1)) {
            (Some(from), Some(to)) => self.meanings.get(*from..*to).unwrap_or_default(),
            _ => &[],
        }
    }

    fn may_start(&self, hash: u32) -> bool {
        let bit = hash & 0xffff;
        self.filter.get(bit as usize / 64).is_some_and(|bits| bits & (1 << (bit % 64)) != 0)
    }

    /// Place of the first term that is not before `key`.
    fn lower_bound(&self, key: &str) -> usize {
        let (mut low, mut high) = (0, self.terms.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.term(middle) < key { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// Every longest term of the wanted kinds, in order. Terms inside a longer one are left out.
pub(crate) fn hits(words: &Words, wanted: impl Fn(Kind) -> bool) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    let mut covered = 0;
    let mut best: Vec<Hit> = Vec::new();
    for start in 0..words.len() {
        best.clear();
        longest_at(words, start, &wanted, &mut best);
        if best.first().is_some_and(|hit| hit.end > covered) {
            covered = best.first().map_or(covered, |hit| hit.end);
            found.append(&mut best);
        }
    }
    found
}

/// The longest term that starts at this word, with each of its wanted meanings.
fn longest_at(words: &Words, start: usize, wanted: &impl Fn(Kind) -> bool, best: &mut Vec<Hit>) {
    let first = words.word(start);
    let mut hash = HASH_START;
    for (at, byte) in first.bytes().enumerate() {
        hash = hash_step(hash, byte);
        // Stems have at least three letters.
        if at >= 2
            && STEMS.may_start(hash)
            && let Some(stem) = first.get(..=at)
        {
            stems_at(words, start, stem, wanted, best);
        }
    }
    if !PLAIN.may_start(hash) {
        return;
    }
    let from = words.list.get(start).map_or(0, |w| w.start as usize);
    let mut at = 0;
    for end in start + 1..=words.len() {
        let to = words.list.get(end - 1).map_or(from, |w| w.end as usize);
        let key = &words.folded[from..to];
        at += PLAIN.lower_bound_from(key, at);
        let term = PLAIN.term(at);
        if term == key {
            offer(best, start, end, PLAIN.meanings(at), wanted);
            at += 1;
        }
        if !PLAIN.term(at).starts_with(key) {
            break;
        }
    }
}

impl Table {
    /// How many terms from `at` on are before `key`.
    fn lower_bound_from(&self, key: &str, at: usize) -> usize {
        if at == 0 { self.lower_bound(key) } else { self.gallop(key, at) }
    }

    /// As [`Table::lower_bound`], for a key known to stand near.
    fn gallop(&self, key: &str, at: usize) -> usize {
        let mut step = 1;
        while at + step < self.terms.len() && self.term(at + step) < key {
            step *= 2;
        }
        let (mut low, mut high) = (at, (at + step).min(self.terms.len()));
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.term(middle) < key { low = middle + 1 } else { high = middle }
        }
        low - at
    }
}

/// Terms with stems whose first word, or its stem, is `first`.
fn stems_at(words: &Words, start: usize, first: &str, wanted: &impl Fn(Kind) -> bool, best: &mut Vec<Hit>) {
    let whole = first.len() == words.word(start).len();
    let mut at = STEMS.lower_bound(first);
    while let Some(rest) = STEMS.term(at).strip_prefix(first).filter(|_| at < STEMS.terms.len()) {
        let begins = rest.starts_with('~') || (whole && rest.starts_with(' '));
        if begins {
            let mut end = start;
            let fits = STEMS.term(at).split(' ').all(|part| {
                end += 1;
                match part.strip_suffix('~') {
                    Some(stem) => words.word(end - 1).starts_with(stem),
                    None => words.word(end - 1) == part,
                }
            });
            if fits {
                offer(best, start, end, STEMS.meanings(at), wanted);
            }
        }
        at += 1;
    }
}

/// Keeps the meanings of a term when it is at least as long as what is kept.
fn offer(best: &mut Vec<Hit>, start: usize, end: usize, meanings: &[(Kind, u8)], wanted: &impl Fn(Kind) -> bool) {
    let mut fresh = meanings.iter().filter(|(kind, _)| wanted(*kind)).peekable();
    if fresh.peek().is_none() {
        return;
    }
    match best.first() {
        Some(kept) if kept.end > end => return,
        Some(kept) if kept.end < end => best.clear(),
        _ => {}
    }
    best.extend(fresh.map(|(kind, lang)| Hit { start, end, kind: *kind, lang: Lang(*lang) }));
}

/// The bytes of the text under a hit.
pub(crate) fn bytes(words: &Words, hit: &Hit) -> (usize, usize) {
    let from = words.list.get(hit.start).map_or(0, |w| w.from as usize);
    let to = words.list.get(hit.end.saturating_sub(1)).map_or(from, |w| w.to as usize);
    (from, to)
}

/// For each word, whether a term of the wanted kinds covers it.
pub(super) fn covered(words: &Words, wanted: impl Fn(Kind) -> bool) -> Vec<bool> {
    let mut list = vec![false; words.len()];
    for hit in hits(words, wanted) {
        list[hit.start..hit.end].fill(true);
    }
    list
}

/// True when a word of negation of the same language stands before the hit, at most `reach` words away in its sentence,
/// or right after it where the language puts it there.
pub(super) fn negated(words: &Words, text: &str, hit: &Hit, reach: usize) -> bool {
    let same = |other: &Hit| other.lang == hit.lang || other.lang.is_global() || hit.lang.is_global();
    let mut best = Vec::new();
    for start in (hit.start.saturating_sub(reach)..hit.start).rev() {
        let from = words.list.get(start).map_or(0, |w| w.to as usize);
        let to = words.list.get(start + 1).map_or(from, |w| w.from as usize);
        if text.get(from..to).is_some_and(|gap| gap.contains(['.', ';', ':', '!', '?', '\n', '。'])) {
            break;
        }
        best.clear();
        longest_at(words, start, &|kind| kind == Kind::Negation, &mut best);
        if best.iter().any(|n| n.end <= hit.start && same(n)) {
            return true;
        }
    }
    best.clear();
    longest_at(words, hit.end, &|kind| kind == Kind::NegationAfter, &mut best);
    best.iter().any(same)
}

/// Every single word for a unit of time, for the correction of small slips.
pub(crate) fn unit_words() -> &'static [(&'static str, Unit)] {
    static WORDS: std::sync::OnceLock<Vec<(&str, Unit)>> = std::sync::OnceLock::new();
    WORDS.get_or_init(|| {
        (0..PLAIN.terms.len())
            .filter(|at| !PLAIN.term(*at).contains(' '))
            .flat_map(|at| PLAIN.meanings(at).iter().map(move |(kind, _)| (PLAIN.term(at), *kind)))
            .filter_map(|(term, kind)| if let Kind::Unit(unit) = kind { Some((term, unit)) } else { None })
            .collect()
    })
}

/// True for the code of a language that has words here, such as `fr`.
#[must_use]
pub fn is_language(code: &str) -> bool {
    CODES.contains(&code)
}

/// Last parts of addresses under which charters often stand: those of a language first, then those of any.
#[must_use]
pub fn usual_addresses(language: &str) -> Vec<String> {
    let of = |wanted: &str| {
        let terms = (0..PLAIN.terms.len()).filter(|at| {
            let mut meanings = PLAIN.meanings(*at).iter();
            meanings.any(|(kind, lang)| *kind == Kind::UsualAddress && Lang(*lang).code() == wanted)
        });
        terms.map(|at| PLAIN.term(at).replace(' ', "-")).collect::<Vec<_>>()
    };
    let mut all = of(language);
    all.extend(of(Lang(255).code()));
    all
}
