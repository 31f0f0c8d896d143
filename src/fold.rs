//! One folding rule for words, used when the word tables are built and when text is read.
//!
//! Two spellings that a reader takes for the same word fold to the same words: compatibility forms (NFKD), case, accents,
//! kinds of dash, quote and space make no difference. Charters lose accents often, and Greek capitals have none.
//! Turkish `I`, `ı`, `İ` and `i` all fold to `i`, so no language has to be known first.

use crate::letters::{each_folded, is_combining_mark};

/// One word of a folded text, and where it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte in [`Words::folded`].
    pub start: u32,
    /// Byte after the last in [`Words::folded`].
    pub end: u32,
    /// First byte in the text as given.
    pub from: u32,
    /// Byte after the last in the text as given.
    pub to: u32,
}

/// The words of a text: runs of letters, runs of digits, and single characters of scripts written without spaces.
///
/// Everything else separates. A letter next to a digit separates too (`30min` is `30 min`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The words, one space between.
    pub folded: String,
    /// Where each stands.
    pub list: Vec<Word>,
}

impl Words {
    /// Folds a text. Texts beyond 4 GB are not read past that bound.
    #[must_use]
    pub fn of(text: &str) -> Words {
        let mut words = Words { folded: String::with_capacity(text.len()), list: Vec::new() };
        let mut open = None; // class of the word being written
        for (at, letter) in text.char_indices() {
            if at > u32::MAX as usize - 8 {
                break;
            }
            if letter.is_ascii() {
                words.put(letter.to_ascii_lowercase(), at, 1, &mut open);
                continue;
            }
            let width = letter.len_utf8();
            each_folded(letter, |piece| words.put(piece, at, width, &mut open));
        }
        words
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// True when the text has no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The folded word at this place; empty beyond the end.
    #[must_use]
    pub fn word(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |w| &self.folded[w.start as usize..w.end as usize])
    }

    /// Adds one folded character that stood at byte `at` of the text.
    fn put(&mut self, letter: char, at: usize, width: usize, open: &mut Option<Class>) {
        let class = match class(letter) {
            Class::Mark => {
                // A voicing mark of kana belongs to its letter; accents are dropped.
                if matches!(letter, '\u{3099}' | '\u{309A}') && open.is_some() {
                    self.folded.push(letter);
                    self.close(at + width);
                } else if let Some(last) = self.list.last_mut().filter(|_| open.is_some()) {
                    last.to = (at + width) as u32;
                }
                return;
            }
            Class::Invisible => return,
            Class::Gap => {
                *open = None;
                return;
            }
            class => class,
        };
        if *open != Some(class) || class == Class::Alone {
            if !self.list.is_empty() {
                self.folded.push(' ');
            }
            let start = self.folded.len() as u32;
            self.list.push(Word { start, end: start, from: at as u32, to: at as u32 });
            *open = Some(class);
        }
        self.folded.push(letter);
        self.close(at + width);
    }

    fn close(&mut self, to: usize) {
        let end = self.folded.len() as u32;
        if let Some(last) = self.list.last_mut() {
            last.end = end;
            last.to = to as u32;
        }
    }
}

/// The folded words of a text, one space between.
#[must_use]
pub fn fold(text: &str) -> String {
    Words::of(text).folded
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// A character that is a word by itself.
    Alone,
    Mark,
    /// Soft hyphen, zero-width and direction marks: as if they were not there.
    Invisible,
    Gap,
}

fn class(letter: char) -> Class {
    match letter {
        'a'..='z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\0'..='\x7f' => Class::Gap,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => {
            Class::Invisible
        }
        // Kana, its length mark, Han.
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' => {
            Class::Alone
        }
        '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}' => Class::Alone,
        _ if is_combining_mark(letter) => Class::Mark,
        _ if letter.is_numeric() => Class::Digit,
        _ if letter.is_alphabetic() => Class::Letter,
        _ => Class::Gap,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_fold_to_the_same() {
        for (one, other) in [
            ("Durée de vie", "DUREE  DE\u{a0}VIE"),
            ("ΔΙΆΡΚΕΙΑ", "διάρκεια"),
            ("λειτουργίας", "ΛΕΙΤΟΥΡΓΊΑΣ"),
            ("ÇEREZLER SÜRESİ", "çerezler süresi"),
            ("YIL", "yıl"),
            ("First\u{2011}Party", "first party"),
            ("d’audience", "d'audience"),
            ("Größe", "GRÖSSE"),
            ("ﬁn", "fin"),
            ("ｃｏｏｋｉｅ", "cookie"),
            ("Coo\u{ad}kie", "cookie"),
            ("e\u{301}te\u{301}", "été"),
            ("30min.", "30 min"),
            ("٣٠ دقيقة", "30 دقيقة"),
            ("ｶﾞ", "ガ"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} and {other}");
        }
    }

    #[test]
    fn scripts_without_spaces_give_one_word_per_character() {
        assert_eq!(fold("保存期間"), "保 存 期 間");
        assert_eq!(fold("クッキー"), "ク ッ キ ー");
        assert_eq!(fold("2年間"), "2 年 間");
    }

    #[test]
    fn words_know_where_they_stood() {
        let text = "  Durée: 13\u{a0}mois";
        let words = Words::of(text);
        let seen: Vec<&str> = words.list.iter().map(|w| &text[w.from as usize..w.to as usize]).collect();
        assert_eq!(seen, ["Durée", "13", "mois"]);
        assert_eq!(words.word(2), "mois");
        assert_eq!(words.word(3), "");
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for code in 0..=0x1_ffff_u32 {
            let Some(letter) = char::from_u32(code) else { continue };
            for text in [format!("{letter}"), format!("a{letter}b"), format!("1{letter}2")] {
                let once = fold(&text);
                assert_eq!(fold(&once), once, "U+{code:04X} in {text:?}");
            }
        }
    }
}
