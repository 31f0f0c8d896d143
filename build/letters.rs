//! Unicode -> `letters.rs`: what each letter folds to. The tables of Unicode take 110 kB; what folding needs of them, 35.

use std::fmt::Write as _;
use std::path::Path;

use unicode_normalization::char::decompose_compatible;

pub use unicode_normalization::char::is_combining_mark;

/// Gives the characters that a letter folds to: compatibility forms taken apart (NFKD), in lower case.
pub fn each_folded(letter: char, mut put: impl FnMut(char)) {
    decompose_compatible(letter, |part| {
        for low in part.to_lowercase() {
            decompose_compatible(low, |piece| match spelled(piece) {
                Some(plain) => plain.chars().for_each(&mut put),
                None => put(piece),
            });
        }
    });
}

/// Letters that do not decompose, as they are written where the letter is missing; digits of other scripts.
fn spelled(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ŧ' => "t",
        'þ' => "th",
        'ı' => "i",
        'ŋ' => "n",
        'ς' => "σ",
        // Used interchangeably in Romanian and Ukrainian text typed on other keyboards.
        'ґ' => "г",
        '٠' | '۰' | '०' => "0",
        '١' | '۱' | '१' => "1",
        '٢' | '۲' | '२' => "2",
        '٣' | '۳' | '३' => "3",
        '٤' | '۴' | '४' => "4",
        '٥' | '۵' | '५' => "5",
        '٦' | '۶' | '६' => "6",
        '٧' | '۷' | '७' => "7",
        '٨' | '۸' | '८' => "8",
        '٩' | '۹' | '९' => "9",
        _ => return None,
    })
}

/// What is written for a letter; nothing when it folds to itself, or is a syllable of Hangul, which arithmetic takes apart.
///
/// Accents after a letter are left out: folding drops them. The voicing marks of kana stay.
pub fn written(letter: char) -> Option<String> {
    let mut folded = String::new();
    each_folded(letter, |piece| {
        if folded.is_empty() || !is_combining_mark(piece) || matches!(piece, '\u{3099}' | '\u{309A}') {
            folded.push(piece);
        }
    });
    let hangul = ('\u{ac00}'..='\u{d7a3}').contains(&letter);
    (!hangul && folded.chars().ne([letter])).then_some(folded)
}

/// Writes `letters.rs`: runs of neighbouring letters, what each letter folds to, and ranges of combining marks.
pub fn build(out: &Path) -> Result<(), String> {
    let (mut runs, mut folded, mut marks) = (Vec::new(), Vec::new(), Vec::<(u32, u32)>::new());
    let mut next = 0;
    for letter in '\u{80}'..=char::MAX {
        let code = u32::from(letter);
        if let Some(text) = written(letter) {
            if code != next {
                runs.push((code, folded.len()));
            }
            next = code + 1;
            folded.push(text);
        }
        if is_combining_mark(letter) {
            match marks.last_mut() {
                Some((_, last)) if *last + 1 == code => *last = code,
                _ => marks.push((code, code)),
            }
        }
    }
    let mut code = String::new();
    let _ = writeln!(code, "/// First letter of a run of neighbours, and its line in [`FOLDED`].");
    let _ = writeln!(code, "static RUNS: &[(u32, u16)] = &{runs:?};");
    let _ = writeln!(code, "/// What each letter of the runs folds to, one on each line.");
    let _ = writeln!(code, "static FOLDED: &str = {:?};", folded.join("\n"));
    let _ = writeln!(code, "/// First and last of the ranges of combining marks.");
    let _ = writeln!(code, "static MARKS: &[(u32, u32)] = &{marks:?};");
    let file = out.join("letters.rs");
    std::fs::write(&file, code).map_err(|e| format!("{}: cannot be written: {e}", file.display()))
}
