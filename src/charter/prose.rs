//! Cookies named in running text: "we use the wa_ul cookie to count visitors", "Google sets a cookie (_gcl_au)".
//!
//! Careful by design: a word of a sentence is a name only when it is written as names are and the sentence speaks of
//! cookies, or when it is a well-known name set apart by brackets or code.

use std::collections::HashSet;

use super::facts::{Facts, Said, said};
use super::item;
use super::likeness::{self, Likeness};
use super::name::{self, DeclaredName};
use super::{lifetime, section, service};
use crate::fold::Words;
use crate::known;
use crate::lexicon::{self, Kind};
use crate::page::{Mark, MarkKind, Text};
use crate::visit::StorageKind;

/// Marks of a sentence that are looked at.
const MARKS: usize = 100;
/// Brackets and quotes that set a word apart.
const AROUND: &str = "()\"'“”„«»‘’`";
/// Bytes of a sentence beyond which it is none.
const LONGEST: usize = 2000;
/// Words of a following sentence that may still tell the lifetime.
const SHORT: usize = 10;

/// A name in a sentence, and what the sentence says of it.
pub(crate) struct Mention<'a> {
    pub name: DeclaredName,
    pub facts: Facts,
    pub sentence: &'a str,
}

/// A quick look: could a name stand in this text at all?
pub(crate) fn may_name(text: &Text) -> bool {
    text.marks.iter().any(|mark| mark.kind == MarkKind::Code) || may_name_words(&text.plain)
}

fn may_name_words(words: &str) -> bool {
    words.contains('_')
        || has_quoted_word(words)
        || words.split(|letter: char| !letter.is_ascii_alphanumeric()).any(is_odd)
}

/// One word in quotes ("the 'fr' cookie").
fn has_quoted_word(text: &str) -> bool {
    text.split_whitespace().any(|run| {
        let inside =
            run.trim_matches(|letter: char| AROUND.contains(letter) || matches!(letter, '.' | ',' | ':' | ';'));
        run.starts_with(|letter: char| AROUND.contains(letter))
            && run.len() >= inside.len() + 2
            && inside.len() >= 2
            && inside.bytes().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'.'))
    })
}

/// Two capitals or more without any small letter, or small letters and capitals mixed.
fn is_odd(word: &str) -> bool {
    let mut before_small = false;
    let mut capitals = 0;
    for letter in word.bytes() {
        if letter.is_ascii_uppercase() {
            capitals += 1;
            if before_small {
                return true;
            }
        }
        before_small = letter.is_ascii_lowercase();
    }
    capitals >= 3
}

/// Names in running text.
pub(crate) fn read(text: &Text) -> Vec<Mention<'_>> {
    let mut found: Vec<Mention> = Vec::new();
    let mut known: HashSet<String> = HashSet::new();
    let sentences = sentences(&text.plain);
    for (place, (start, end)) in sentences.iter().copied().enumerate() {
        let sentence = &text.plain[start..end];
        if sentence.len() > LONGEST || !may_name_words(sentence) && text.marks.is_empty() {
            continue;
        }
        let names = names(text, start, sentence);
        let Some(last) = names.last().map(|(_, to)| *to) else { continue };
        let first = names.first().map_or(0, |(token, _)| token.at);
        let next = sentences.get(place + 1).map_or("", |(start, end)| &text.plain[*start..*end]);
        let facts = facts(sentence, first, last, next);
        for (token, _) in names {
            for name in name::names_in(token.words) {
                if known.insert(name.name.clone()) {
                    found.push(Mention { name, facts: facts.clone(), sentence: sentence.trim() });
                }
            }
        }
    }
    found
}

/// What a sentence says of the names in it, which stand between two places.
fn facts(sentence: &str, first: usize, last: usize, next: &str) -> Facts {
    let mut facts = Facts { party: section::party_of_sentence(sentence), ..Facts::default() };
    facts.provider = service::find(sentence).0;
    facts.purpose = purpose(sentence, first, last);
    for words in [sentence, next] {
        let near = words == sentence || words.split_whitespace().count() <= SHORT;
        if facts.lifetime.is_none() && near && item::counted_lifetimes(words) == 1 {
            facts.lifetime = item::only_lifetime(words).map(|words| Said::new(words, None));
        }
    }
    facts
}

/// What follows the names: after "to" and the like, or all of it when the names are what the sentence is about.
fn purpose(sentence: &str, first: usize, last: usize) -> Option<String> {
    let after = sentence[last..].trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let after = without_cookie_word(after);
    let words = Words::of(after);
    // "…, including to verify": the aim may stand after a word.
    let aim = lexicon::hits(&words, |kind| kind == Kind::Aim).first().filter(|hit| hit.start <= 1).copied();
    let after = aim.map_or(after, |hit| after.get(lexicon::bytes(&words, &hit).0..).unwrap_or(after));
    let aims = aim.is_some();
    let said_before = Words::of(&sentence[..first]);
    let small = |kind| matches!(kind, Kind::Function | Kind::Cookie | Kind::Joiner);
    let mut small_words = vec![false; said_before.len()];
    for hit in lexicon::hits(&said_before, small) {
        small_words[hit.start..hit.end].fill(true);
    }
    let subject = said_before.len() <= 3
        && small_words.iter().filter(|small| !**small).count() <= usize::from(said_before.len() > 1);
    if !(aims || subject) || words.len() < 3 {
        return None;
    }
    said(after.trim_end().trim_end_matches(['.', '。', ';']))
}

/// The rest of a sentence after the cookie word with which it begins ("… cookie to count visits").
fn without_cookie_word(rest: &str) -> &str {
    let words = Words::of(rest);
    match lexicon::hits(&words, |kind| kind == Kind::Cookie).first().filter(|hit| hit.start == 0) {
        Some(hit) => {
            let (_, to) = lexicon::bytes(&words, hit);
            rest[to..].trim_start_matches(|letter: char| !letter.is_alphanumeric())
        }
        None => rest,
    }
}

/// A run without white space, brackets and quotes around it aside.
struct Token<'a> {
    words: &'a str,
    /// First byte in the sentence.
    at: usize,
    /// True when brackets set it apart.
    bracketed: bool,
    /// True when code or quotes set it apart.
    quoted: bool,
}

/// The tokens of a sentence that are names, and where each ends.
fn names<'a>(text: &Text, start: usize, sentence: &'a str) -> Vec<(Token<'a>, usize)> {
    let candidates: Vec<Token> = tokens(text, start, sentence)
        .into_iter()
        .filter(|token| likeness::of_token(token.words) > Likeness::Product)
        .collect();
    let plausible = |token: &Token| token.quoted || likeness::of_token(token.words) == Likeness::Strong;
    if !candidates.iter().any(plausible) {
        return Vec::new();
    }
    let cookies = cookie_places(sentence);
    candidates
        .into_iter()
        .filter(|token| is_name(token, sentence, &cookies))
        .map(|token| {
            let end = token.at + token.words.len();
            (token, end)
        })
        .collect()
}

fn is_name(token: &Token, sentence: &str, cookies: &[(usize, usize)]) -> bool {
    let strong = likeness::of_token(token.words) == Likeness::Strong;
    let marked = strong && token.words.contains('_');
    let well_known = strong && known::lookup(StorageKind::Cookie, token.words, "").is_some();
    let apart = token.quoted || token.bracketed;
    if cookies.is_empty() {
        return apart && marked && well_known;
    }
    if marked || well_known {
        return true;
    }
    let end = token.at + token.words.len();
    let beside = cookies.iter().any(|(from, to)| {
        let gap = if *to <= token.at { sentence.get(*to..token.at) } else { sentence.get(end..*from) };
        gap.is_some_and(|gap| !gap.chars().any(char::is_alphanumeric))
    });
    if !beside || has_other_meaning(token.words) {
        return false;
    }
    // A small word in quotes is often a term that is explained: something must be said of it as of a cookie.
    let told = || purpose(sentence, token.at, end).is_some() || item::counted_lifetimes(sentence) > 0;
    (strong && (token.quoted || is_written_as_name(token.words))) || (token.quoted && told())
}

/// Words that mean a party, a category, a lifetime or a kind of storage.
fn has_other_meaning(word: &str) -> bool {
    lexicon::storage(word).is_some()
        || lexicon::party(word).is_some()
        || lexicon::category(word).is_some()
        || lexicon::speaks_of_cookies(word)
        || lifetime::parse(word).is_lifetime()
}

/// Digits, or capitals inside or throughout, but neither an acronym ("GDPR cookies") nor a company ("BlaBlaCar").
fn is_written_as_name(word: &str) -> bool {
    let acronym = word.len() <= 5 && word.bytes().all(|letter| letter.is_ascii_uppercase());
    let pascal = word.starts_with(|letter: char| letter.is_ascii_uppercase())
        && word.contains(|letter: char| letter.is_ascii_lowercase());
    let odd = word.bytes().any(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase());
    odd && !acronym && !pascal
}

fn cookie_places(sentence: &str) -> Vec<(usize, usize)> {
    let words = Words::of(sentence);
    lexicon::hits(&words, |kind| kind == Kind::Cookie).iter().map(|hit| lexicon::bytes(&words, hit)).collect()
}

/// The sentences of a text.
fn sentences(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let stop = match letter {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' => letters.peek().is_none_or(|(_, next)| next.is_whitespace()),
            _ => false,
        };
        if stop {
            let end = at + letter.len_utf8();
            found.push((start, end));
            start = end;
        }
    }
    if start < text.len() {
        found.push((start, text.len()));
    }
    found
}

fn tokens<'a>(text: &Text, start: usize, sentence: &'a str) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let code = |mark: &&Mark| mark.kind == MarkKind::Code && mark.start < start + sentence.len() && mark.end > start;
    let marks: Vec<&Mark> = text.marks.iter().filter(code).take(MARKS).collect();
    for run in sentence.split_whitespace().flat_map(|run| run.split([',', '/', ';'])) {
        let words = run.trim_matches(|letter: char| AROUND.contains(letter) || matches!(letter, '.' | ':' | '?' | '!'));
        if words.is_empty() || run.contains("://") {
            continue;
        }
        let at = words.as_ptr() as usize - sentence.as_ptr() as usize;
        let code = marks.iter().any(|mark| mark.start <= start + at && mark.end >= start + at + words.len());
        let opened = run.len() > words.len() && run.starts_with(|letter: char| AROUND.contains(letter));
        let bracketed = opened && run.starts_with('(') && run.contains(')');
        tokens.push(Token { words, at, bracketed, quoted: code || (opened && !run.starts_with('(')) });
    }
    tokens
}
