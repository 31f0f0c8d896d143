//! Words of a purpose that point to a category.

use super::table::{bytes, hits, negated};
use super::{Hint, Kind, Lang};
use crate::fold::Words;

/// Words of a purpose that point somewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HintHit {
    /// Where they point to.
    pub hint: Hint,
    /// First byte in the text.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// True when the text says that it is not so ("no advertising").
    pub negated: bool,
}

/// Every word of a purpose text that points to a purpose, in order.
#[must_use]
pub fn hints(text: &str) -> Vec<HintHit> {
    hints_in(text, |_| true)
}

/// Every word of a purpose text that points to a purpose in one of the languages spoken, in order.
#[must_use]
pub fn hints_in(text: &str, spoken: impl Fn(Lang) -> bool) -> Vec<HintHit> {
    let words = Words::of(text);
    let mut found: Vec<HintHit> = Vec::new();
    for hit in hits(&words, |kind| matches!(kind, Kind::Hint(_))) {
        let Kind::Hint(hint) = hit.kind else { continue };
        if !hit.lang.is_global() && !spoken(hit.lang) {
            continue;
        }
        let (from, to) = bytes(&words, &hit);
        let negated = negated(&words, text, &hit, 6);
        match found.iter_mut().find(|f| f.from == from && f.hint == hint) {
            Some(known) => known.negated |= negated,
            None => found.push(HintHit { hint, from, to, negated }),
        }
    }
    found
}
