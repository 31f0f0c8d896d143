//! A regular expression of JavaScript as patterns with `*`. It is never run.
//!
//! Alternatives and optional parts become several patterns; whatever matches a varying run becomes `*`. What `*` cannot
//! say (look-around, back references) ends the pattern with a `*`, and the answer says that it is not exact.

use std::iter::Peekable;
use std::str::Chars;

/// Deepest nesting of groups that is read.
const MAX_DEPTH: usize = 16;
/// Longest expression that is read.
const MAX_LENGTH: usize = 1_000;

/// Patterns that together cover what an expression matches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Patterns {
    pub(crate) patterns: Vec<String>,
    /// True when they cover nothing else, letters' case aside.
    pub(crate) exact: bool,
}

/// The patterns of an expression, at most `most` of them.
pub(crate) fn patterns(source: &str, most: usize) -> Patterns {
    let source: String = source.chars().take(MAX_LENGTH).collect();
    let mut reader = Reader { rest: source.chars().peekable(), exact: true, most };
    let mut found = reader.alternatives(0);
    if reader.rest.peek().is_some() {
        // A closing bracket without an opening one: no expression at all.
        reader.exact = false;
    }
    // An end that is not anchored may go on.
    for branch in &mut found {
        if !branch.start {
            branch.text.insert(0, '*');
        }
        if !branch.end {
            branch.text.push('*');
        }
    }
    let mut patterns: Vec<String> = Vec::new();
    for branch in found {
        if !patterns.contains(&branch.text) {
            patterns.push(branch.text);
        }
    }
    Patterns { patterns, exact: reader.exact }
}

/// One way through an expression.
#[derive(Debug, Clone, Default)]
struct Branch {
    text: String,
    /// Anchored by `^`.
    start: bool,
    /// Anchored by `$`.
    end: bool,
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    exact: bool,
    most: usize,
}

impl Reader<'_> {
    fn alternatives(&mut self, depth: usize) -> Vec<Branch> {
        let mut all = self.sequence(depth);
        while self.rest.next_if_eq(&'|').is_some() {
            let more = self.sequence(depth);
            all.extend(more);
        }
        self.bounded(all)
    }

    fn bounded(&mut self, mut all: Vec<Branch>) -> Vec<Branch> {
        if all.len() > self.most {
            self.exact = false;
            // What all of them begin with, and anything after it.
            let first = all[0].text.clone();
            let common = all.iter().fold(first, |common, branch| {
                common.chars().zip(branch.text.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
            });
            let start = all.iter().all(|b| b.start);
            all = vec![Branch { text: format!("{common}*"), start, end: true }];
        }
        all
    }

    fn sequence(&mut self, depth: usize) -> Vec<Branch> {
        let mut all = vec![Branch::default()];
        while let Some(c) = self.rest.peek().copied() {
            if c == '|' || c == ')' {
                break;
            }
            self.rest.next();
            let part = match c {
                '^' => {
                    all.iter_mut().for_each(|b| b.start = b.text.is_empty());
                    continue;
                }
                '$' => {
                    all.iter_mut().for_each(|b| b.end = true);
                    continue;
                }
                '(' => self.group(depth),
                '[' => self.class(),
                '.' => any(),
                '\\' => self.escape(),
                other => plain(other),
            };
            let part = self.repeated(part);
            let mut next = Vec::new();
            for before in &all {
                for after in &part {
                    next.push(Branch {
                        text: format!("{}{}", before.text, after.text),
                        start: before.start || (before.text.is_empty() && after.start),
                        end: after.end,
                    });
                }
            }
            all = self.bounded(next);
        }
        all
    }

    fn group(&mut self, depth: usize) -> Vec<Branch> {
        if self.rest.next_if_eq(&'?').is_some() {
            let look = match self.rest.next() {
                Some(':') => false,
                Some('<') => match self.rest.next() {
                    Some('=' | '!') | None => true,
                    Some(_) => {
                        while self.rest.next().is_some_and(|c| c != '>') {}
                        false
                    }
                },
                _ => true,
            };
            if look {
                self.exact = false;
                self.close();
                return vec![Branch::default()];
            }
        }
        if depth >= MAX_DEPTH {
            self.exact = false;
            self.close();
            return any();
        }
        let inside = self.alternatives(depth + 1);
        if self.rest.next_if_eq(&')').is_none() {
            self.exact = false;
        }
        inside
    }

    /// Passes over the rest of a group.
    fn close(&mut self) {
        let mut open = 1;
        while let Some(c) = self.rest.next() {
            match c {
                '\\' => drop(self.rest.next()),
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            if open == 0 {
                return;
            }
        }
    }

    fn class(&mut self) -> Vec<Branch> {
        let mut inside = Vec::new();
        while let Some(c) = self.rest.next() {
            match c {
                ']' => break,
                '\\' => {
                    inside.push('\\');
                    inside.extend(self.rest.next());
                }
                other => inside.push(other),
            }
        }
        // `[.]` and `[_]` are ways to write one character.
        match inside.as_slice() {
            [one] if *one != '^' => plain(*one),
            ['\\', one] if !one.is_alphanumeric() => plain(*one),
            _ => any(),
        }
    }

    fn escape(&mut self) -> Vec<Branch> {
        match self.rest.next() {
            Some('d' | 'w' | 's' | 'D' | 'W' | 'S') => any(),
            Some('b' | 'B') | None => vec![Branch::default()],
            Some(c) if c.is_ascii_digit() || c == 'k' => {
                self.exact = false;
                any()
            }
            Some(c) if c.is_alphabetic() => {
                self.exact = false;
                any()
            }
            Some(c) => plain(c),
        }
    }

    /// Reads `*`, `+`, `?` or `{…}` behind a part.
    fn repeated(&mut self, mut part: Vec<Branch>) -> Vec<Branch> {
        let part = match self.rest.peek().copied() {
            Some('*') => {
                self.rest.next();
                any()
            }
            Some('+') => {
                self.rest.next();
                part.iter_mut().for_each(|b| b.text.push('*'));
                part
            }
            Some('?') => {
                self.rest.next();
                if part.iter().any(|b| b.text != "*") {
                    part.push(Branch::default());
                }
                part
            }
            Some('{') if self.count() => any(),
            _ => return part,
        };
        // A lazy repetition matches the same.
        self.rest.next_if_eq(&'?');
        part
    }

    /// Passes over `{3}` or `{1,2}`; false when the bracket stands for itself.
    fn count(&mut self) -> bool {
        let mut ahead = self.rest.clone();
        ahead.next();
        let count: String = ahead.by_ref().take_while(|c| *c != '}').collect();
        let is = !count.is_empty() && count.chars().all(|c| c.is_ascii_digit() || c == ',');
        if is {
            self.rest = ahead;
        }
        is
    }
}

fn any() -> Vec<Branch> {
    plain('*')
}

fn plain(c: char) -> Vec<Branch> {
    vec![Branch { text: c.to_string(), ..Branch::default() }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_become_patterns() {
        for (source, expected, exact) in [
            ("^_ga$", vec!["_ga"], true),
            ("^_ga", vec!["_ga*"], true),
            ("^_pk_.*$", vec!["_pk_*"], true),
            ("^_ga(_.*)?$", vec!["_ga_*", "_ga"], true),
            ("^(_gid|_gat)$", vec!["_gid", "_gat"], true),
            ("^_gat_UA-\\d+-\\d{1,2}$", vec!["_gat_UA-*-*"], true),
            ("^piwik[.]id\\.x$", vec!["piwik.id.x"], true),
            ("_hj", vec!["*_hj*"], true),
            ("^[a-z]{3}_id$", vec!["*_id"], true),
            ("^(?:a|b)_c$", vec!["a_c", "b_c"], true),
            ("(^a$|^b$)", vec!["a", "b"], true),
            ("^a|b$", vec!["a*", "*b"], true),
            ("^x(?=y).*", vec!["x*"], false),
            ("^ab+$", vec!["ab*"], true),
            ("", vec!["**"], true),
        ] {
            let found = patterns(source, 16);
            let squeezed: Vec<String> =
                found.patterns.iter().map(|p| if p.len() > 2 { p.replace("**", "*") } else { p.clone() }).collect();
            assert_eq!(squeezed, expected, "{source}");
            assert_eq!(found.exact, exact, "{source}");
        }
    }

    #[test]
    fn too_many_alternatives_keep_what_they_share() {
        let found = patterns("^pre_(a|b|c)(d|e|f)(g|h|i)$", 16);
        assert_eq!(found.patterns, ["pre_*"]);
        assert!(!found.exact);
    }

    #[test]
    fn hostile_expressions_end_quickly() {
        for source in
            ["(".repeat(100_000), "(a|".repeat(10_000), "a?".repeat(10_000), "[".into(), "\\".into(), ")))".into()]
        {
            let _ = patterns(&source, 16);
        }
    }
}
