//! Does a declared name cover that cookie? `*` stands for any run of characters, the empty one included; everything else
//! stands for itself, case included, so that `_ga` never covers `_gat`.

use std::collections::HashMap;

/// True when the pattern covers the name. Linear in both, whatever the pattern.
#[must_use]
pub fn covers(pattern: &str, name: &str) -> bool {
    let Some((prefix, rest)) = pattern.split_once('*') else { return pattern == name };
    let Some(mut left) = name.strip_prefix(prefix) else { return false };
    let (middle, suffix) = rest.rsplit_once('*').unwrap_or(("", rest));
    let Some(inner) = left.strip_suffix(suffix) else { return false };
    left = inner;
    for part in middle.split('*').filter(|part| !part.is_empty()) {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    true
}

/// Characters of a pattern that stand for themselves.
#[must_use]
pub fn fixed_characters(pattern: &str) -> usize {
    pattern.chars().filter(|c| *c != '*').count()
}

/// True when a pattern covers so much that it declares nothing: fewer than two fixed letters or digits beside a `*`.
#[must_use]
pub fn too_broad(pattern: &str) -> bool {
    pattern.contains('*') && pattern.chars().filter(|c| c.is_alphanumeric()).count() < 2
}

/// How two different names resemble each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Near {
    /// They differ in case only.
    Case,
    /// They differ in `_`, `-` and `.` only.
    Separators,
    /// They differ in one character, among at least five.
    OneCharacter,
}

/// Whether a declared name and a stored one look like the same name written wrongly. `None` for equal names.
#[must_use]
pub fn near(declared: &str, stored: &str) -> Option<Near> {
    if declared == stored {
        return None;
    }
    let (one, other) = (declared.to_lowercase(), stored.to_lowercase());
    if one == other {
        return Some(Near::Case);
    }
    let bare = |name: &str| name.chars().filter(|c| !matches!(c, '_' | '-' | '.')).collect::<String>();
    let (one_bare, other_bare) = (bare(&one), bare(&other));
    if one_bare == other_bare && one_bare.len() >= 2 {
        return Some(Near::Separators);
    }
    one_edit(&one, &other).then_some(Near::OneCharacter)
}

/// One character more, less, other, or two neighbours swapped; digits do not count, for they number things.
fn one_edit(one: &str, other: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if a.len().min(b.len()) < 5 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (left, right) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    if left.iter().chain(right).any(char::is_ascii_digit) {
        return false;
    }
    match (left, right) {
        ([], [_]) | ([_], []) | ([_], [_]) => true,
        ([x, y], [z, w]) => x == w && y == z,
        _ => false,
    }
}

/// Many patterns, asked by name. Asking does not walk over all of them.
#[derive(Debug, Clone, Default)]
pub struct PatternIndex {
    patterns: Vec<String>,
    exact: HashMap<String, Vec<u32>>,
    /// Patterns with a `*`, by what stands before the first one.
    by_prefix: HashMap<String, Vec<u32>>,
    /// Lengths of these prefixes, shortest first.
    prefix_lengths: Vec<usize>,
    /// Patterns that begin with `*`, by what stands after the last one.
    by_suffix: HashMap<String, Vec<u32>>,
    suffix_lengths: Vec<usize>,
}

impl PatternIndex {
    /// An index of these patterns; answers are their places in this order.
    pub fn new<S: Into<String>>(patterns: impl IntoIterator<Item = S>) -> PatternIndex {
        let mut index = PatternIndex { patterns: patterns.into_iter().map(Into::into).collect(), ..Default::default() };
        for (at, pattern) in index.patterns.iter().enumerate() {
            let at = at as u32;
            match (pattern.split_once('*'), pattern.rsplit_once('*')) {
                (Some(("", _)), Some((_, suffix))) => index.by_suffix.entry(suffix.to_owned()).or_default().push(at),
                (Some((prefix, _)), _) => index.by_prefix.entry(prefix.to_owned()).or_default().push(at),
                _ => index.exact.entry(pattern.clone()).or_default().push(at),
            }
        }
        let lengths = |map: &HashMap<String, Vec<u32>>| {
            let mut list: Vec<usize> = map.keys().map(String::len).collect();
            list.sort_unstable();
            list.dedup();
            list
        };
        index.prefix_lengths = lengths(&index.by_prefix);
        index.suffix_lengths = lengths(&index.by_suffix);
        index
    }

    /// Places of all patterns that cover the name, most specific first: exact, then more fixed characters, then order.
    #[must_use]
    pub fn covering(&self, name: &str) -> Vec<usize> {
        let mut found: Vec<u32> = Vec::new();
        for length in self.prefix_lengths.iter().take_while(|length| **length <= name.len()) {
            self.keep(name.get(..*length).and_then(|key| self.by_prefix.get(key)), name, &mut found);
        }
        for length in self.suffix_lengths.iter().take_while(|length| **length <= name.len()) {
            self.keep(name.get(name.len() - length..).and_then(|key| self.by_suffix.get(key)), name, &mut found);
        }
        found.sort_by_key(|at| (usize::MAX - fixed_characters(&self.patterns[*at as usize]), *at));
        let exact = self.exact.get(name).into_iter().flatten();
        exact.chain(&found).map(|at| *at as usize).collect()
    }

    /// Places of the most specific patterns that cover the name: several when a charter declares it several times.
    #[must_use]
    pub fn best(&self, name: &str) -> Vec<usize> {
        let mut found = self.covering(name);
        let weight = |at: usize| (!self.patterns[at].contains('*'), fixed_characters(&self.patterns[at]));
        if let Some(first) = found.first().map(|at| weight(*at)) {
            found.retain(|at| weight(*at) == first);
        }
        found
    }

    fn keep(&self, places: Option<&Vec<u32>>, name: &str, found: &mut Vec<u32>) {
        let places = places.into_iter().flatten();
        found.extend(places.filter(|at| covers(&self.patterns[**at as usize], name)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_what_it_says_and_nothing_else() {
        for (pattern, name, expected) in [
            ("_ga", "_ga", true),
            ("_ga", "_gat", false),
            ("_ga", "_GA", false),
            ("_ga_*", "_ga_X1", true),
            ("_ga_*", "_gat", false),
            ("_pk_id*", "_pk_id", true),
            ("_pk_id.*.*", "_pk_id.1.abcd", true),
            ("_pk_id.*.*", "_pk_id.1", false),
            ("*_fbm_", "x_fbm_", true),
            ("tk_*r", "tk_r", true),
            ("a*a", "a", false),
            ("*", "", true),
            ("AMCV_*@AdobeOrg", "AMCV_1@AdobeOrg", true),
            ("*a*b*", "xbxa", false),
            ("*a*b*", "xaxb", true),
        ] {
            assert_eq!(covers(pattern, name), expected, "{pattern} over {name}");
        }
    }

    #[test]
    fn the_most_specific_pattern_comes_first() {
        let index = PatternIndex::new(["_ga*", "_ga_*", "_ga", "*id", "_ga", "*"]);
        assert_eq!(index.covering("_ga"), [2, 4, 0, 5]);
        assert_eq!(index.best("_ga"), [2, 4]);
        assert_eq!(index.covering("_ga_id"), [1, 0, 3, 5]);
        assert_eq!(index.best("é"), [5]);
    }

    #[test]
    fn slips_of_the_pen_are_told_apart() {
        assert_eq!(near("phpsessid", "PHPSESSID"), Some(Near::Case));
        assert_eq!(near("utma", "__utma"), Some(Near::Separators));
        assert_eq!(near("_cfuvi", "_cfuvid"), Some(Near::OneCharacter));
        assert_eq!(near("csrftoken", "csfrtoken"), Some(Near::OneCharacter));
        assert_eq!(near("session1", "session2"), None);
        assert_eq!(near("_ga", "_gat"), None);
        assert_eq!(near("_ga", "_ga"), None);
    }

    #[test]
    fn broad_patterns_are_named() {
        assert!(too_broad("*") && too_broad("_*") && too_broad("a*"));
        assert!(!too_broad("a") && !too_broad("hj*"));
    }
}
