//! Foreign text in a file: bounded, on one line, without characters that hide or reorder other characters.

/// Longest name or host shown, in characters. Real names are below 100; browsers allow 4,096 bytes.
pub(super) const NAME: usize = 256;
/// Longest run of other words shown, in characters: that of a quoted charter line.
pub(super) const WORDS: usize = 600;

/// Foreign words as a file shows them: one line, at most `most` characters, hidden characters made visible.
pub(super) fn line(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len().min(most * 4));
    for (count, c) in text.trim().chars().enumerate() {
        if count == most {
            out.push('…');
            break;
        }
        match c {
            '\n' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\r' => {}
            _ if hides(c) => out.push_str(&visible(c)),
            _ => out.push(c),
        }
    }
    out
}

/// A character of a name that a reader would not see, written out: `[U+202E]`.
fn visible(c: char) -> String {
    format!("[U+{:04X}]", u32::from(c))
}

/// True for characters that are not seen but change what is seen: controls, bidirectional embeddings, overrides and
/// isolates, invisible operators, tags. Joiners and the two direction marks stay: ordinary words of Arabic, Persian,
/// Hebrew and Indic languages need them.
///
/// Unicode Technical Report 36, "Unicode Security Considerations", 3.5, and Unicode Standard Annex 9.
pub(super) fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{180E}' | '\u{200B}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_made_visible() {
        assert_eq!(line("a\u{202E}b\u{0}c\td", NAME), "a[U+202E]b[U+0000]c[U+0009]d");
        assert_eq!(line(" two\r\nlines ", NAME), "two lines");
        assert_eq!(line("می\u{200C}خواهم", NAME), "می\u{200C}خواهم");
    }

    #[test]
    fn long_words_are_cut_and_say_so() {
        assert_eq!(line(&"é".repeat(4096), NAME).chars().count(), NAME + 1);
        assert!(line(&"é".repeat(4096), NAME).ends_with('…'));
        assert_eq!(line(&"é".repeat(NAME), NAME), "é".repeat(NAME));
    }
}
