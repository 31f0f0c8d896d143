//! Heads inside running text: bold words at the start of a line ("**Analytics.** We use …", "**Adform**\n These are …").

use crate::page::{MarkKind, Text};

/// Words of a head at most.
const WORDS: usize = 8;

/// Bold words that begin a line and head what follows.
pub(crate) struct Head<'a> {
    pub words: &'a str,
    /// First byte in the text.
    pub at: usize,
}

/// The heads of a text, in order.
pub(crate) fn of(text: &Text) -> Vec<Head<'_>> {
    let plain = &text.plain;
    let mut heads = Vec::new();
    for mark in text.marks.iter().filter(|mark| mark.kind == MarkKind::Strong) {
        let begins = plain[..mark.start].trim_end_matches([' ', '•', '·', '*']);
        if !(begins.is_empty() || begins.ends_with('\n')) {
            continue;
        }
        let words = plain[mark.start..mark.end].trim();
        let after = plain[mark.end..].trim_start_matches(' ');
        // The head ends with a stop, or what follows is a new sentence or nothing.
        let ends = words.ends_with(['.', ':', '：'])
            || after.is_empty()
            || after.starts_with(['\n', '.', ':', '：', '–', '—', '-', '('])
            || after.starts_with(|letter: char| {
                letter.is_uppercase() || (letter.is_alphabetic() && !letter.is_lowercase())
            });
        let words = words.trim_end_matches(['.', ':', '：', ' ']);
        if ends && !words.is_empty() && !words.contains('\n') && words.split_whitespace().count() <= WORDS {
            heads.push(Head { words, at: mark.start });
        }
    }
    heads
}
