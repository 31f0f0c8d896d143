//! Names that are nearly a declared one: other case, other separators, one slip of the pen.
//!
//! Each declared name is filed under its letters without separators and under each of these with one letter left out; two
//! names one slip apart share such a key. So no stored name is compared with every declared one.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};

use crate::judge::case::Line;
use crate::pattern::{self, Near};

/// Declared names that were not met.
#[derive(Debug, Default)]
pub(crate) struct NearNames<'a> {
    hasher: RandomState,
    keys: HashMap<u64, Vec<&'a Line<'a>>>,
}

/// Lines kept under one key; names that crowd under it are too alike to tell which one was meant.
const MOST: usize = 8;

impl<'a> NearNames<'a> {
    /// Files lines; those with a pattern cover names in their own way and are left out.
    pub(crate) fn new(lines: impl Iterator<Item = &'a Line<'a>>) -> Self {
        let mut names = NearNames::default();
        for line in lines.filter(|line| !line.text.pattern.contains('*')) {
            for key in names.keys_of(&line.text.name) {
                let lines = names.keys.entry(key).or_default();
                if lines.len() < MOST && !lines.iter().any(|other| other.text.name == line.text.name) {
                    lines.push(line);
                }
            }
        }
        names
    }

    /// The line whose name is nearest to a stored one, if any is near.
    pub(crate) fn find(&self, name: &str) -> Option<&'a Line<'a>> {
        if self.keys.is_empty() {
            return None;
        }
        let closeness = |near: Near| match near {
            Near::Case => 0,
            Near::Separators => 1,
            Near::OneCharacter => 2,
        };
        let keys = self.keys_of(name);
        let lines = keys.iter().filter_map(|key| self.keys.get(key)).flatten();
        lines
            .filter_map(|line| Some((closeness(pattern::near(&line.text.name, name)?), line.text.name.as_str(), *line)))
            .min_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)))
            .map(|(_, _, line)| line)
    }

    fn keys_of(&self, name: &str) -> Vec<u64> {
        let bare: Vec<char> =
            name.chars().take(100).flat_map(char::to_lowercase).filter(|c| !matches!(c, '_' | '-' | '.')).collect();
        let mut keys = vec![self.hasher.hash_one(&bare)];
        let mut shorter = Vec::with_capacity(bare.len());
        for left_out in 0..bare.len() {
            shorter.clear();
            shorter.extend(bare.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, c)| *c));
            keys.push(self.hasher.hash_one(&shorter));
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}
