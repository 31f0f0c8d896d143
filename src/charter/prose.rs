//! Cookies named in running text: "we use the wa_ul cookie to count visitors".

use super::facts::Facts;
use super::likeness::{self, Likeness};
use super::name::{self, DeclaredName};
use crate::lexicon;
use crate::page::{MarkKind, Text};

/// A quick look: could a name stand in this text at all?
pub(crate) fn may_name(text: &Text) -> bool {
    text.plain.contains('_') || text.marks.iter().any(|mark| mark.kind == MarkKind::Code)
}

/// Names in running text, what their sentence says of them, and the sentence.
pub(crate) fn read(text: &Text, _context: bool) -> Vec<(DeclaredName, Facts, &str)> {
    let mut found: Vec<(DeclaredName, Facts, &str)> = Vec::new();
    for (start, end) in sentences(&text.plain) {
        let sentence = &text.plain[start..end];
        if !lexicon::speaks_of_cookies(sentence) {
            continue;
        }
        for (at, token) in tokens(sentence) {
            let code = text.marks.iter().any(|mark| {
                mark.kind == MarkKind::Code && mark.start <= start + at && mark.end >= start + at + token.len()
            });
            let likeness = likeness::of_token(token);
            if likeness < Likeness::Strong || !(token.contains('_') || code) {
                continue;
            }
            for name in name::names_in(token) {
                if found.iter().any(|(known, _, _)| known.name == name.name) {
                    continue;
                }
                let facts = Facts { party: super::section::party_of_sentence(sentence), ..Facts::default() };
                found.push((name, facts, sentence));
            }
        }
    }
    found
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

/// Runs without white space, brackets and quotes around them aside.
fn tokens(sentence: &str) -> impl Iterator<Item = (usize, &str)> {
    sentence.split_whitespace().flat_map(|run| run.split([',', '/', ';'])).filter_map(|token| {
        let token = token.trim_matches(|letter: char| {
            matches!(
                letter,
                '(' | ')' | '"' | '\'' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '.' | ':' | '`' | '?' | '!'
            )
        });
        let at = token.as_ptr() as usize - sentence.as_ptr() as usize;
        (!token.is_empty()).then_some((at, token))
    })
}
