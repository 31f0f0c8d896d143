//! What each letter folds to, from the table that `build/letters.rs` takes out of Unicode.

use std::sync::OnceLock;

include!(concat!(env!("OUT_DIR"), "/letters.rs"));

/// The lines of [`FOLDED`].
fn lines() -> &'static [&'static str] {
    static LINES: OnceLock<Vec<&'static str>> = OnceLock::new();
    LINES.get_or_init(|| FOLDED.split('\n').collect())
}

/// Gives the characters that a letter folds to: compatibility forms taken apart (NFKD), in lower case, most accents gone.
pub(crate) fn each_folded(letter: char, mut put: impl FnMut(char)) {
    let code = u32::from(letter);
    let after = RUNS.partition_point(|(first, _)| *first <= code);
    let run = after.checked_sub(1).and_then(|at| RUNS.get(at));
    let line = run.map(|(first, line)| usize::from(*line) + (code - first) as usize);
    let end = RUNS.get(after).map_or(lines().len(), |(_, line)| usize::from(*line));
    match line.filter(|line| *line < end).and_then(|line| lines().get(line)) {
        Some(folded) => folded.chars().for_each(put),
        None if ('\u{ac00}'..='\u{d7a3}').contains(&letter) => hangul(code - 0xac00).for_each(put),
        None => put(letter),
    }
}

/// The two or three letters of a syllable of Hangul, by its number (Unicode, section 3.12).
fn hangul(syllable: u32) -> impl Iterator<Item = char> {
    let last = syllable % 28;
    let codes = [0x1100 + syllable / 588, 0x1161 + syllable % 588 / 28, 0x11a7 + last];
    codes.into_iter().take(if last == 0 { 2 } else { 3 }).filter_map(char::from_u32)
}

/// True for a mark that changes the character before it, such as an accent.
pub(crate) fn is_combining_mark(letter: char) -> bool {
    let code = u32::from(letter);
    let at = MARKS.partition_point(|(_, last)| *last < code);
    MARKS.get(at).is_some_and(|(first, _)| *first <= code)
}

#[cfg(test)]
#[allow(dead_code, reason = "it also writes the table")]
#[path = "../build/letters.rs"]
mod unicode;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_folds_as_unicode_says() {
        for letter in '\u{80}'..=char::MAX {
            let (mut ours, mut theirs) = (String::new(), String::new());
            each_folded(letter, |c| ours.push(c));
            unicode::each_folded(letter, |c| theirs.push(c));
            let theirs = unicode::written(letter).unwrap_or(theirs);
            assert_eq!(ours, theirs, "U+{:04X}", u32::from(letter));
            assert_eq!(is_combining_mark(letter), unicode::is_combining_mark(letter), "U+{:04X}", u32::from(letter));
        }
    }
}
