//! Known services and companies in headings and names: "Cookies de Google Analytics" is about Google Analytics.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::fold::{Words, fold};
use crate::lexicon::{self, Kind};

/// Words of the longest service name.
const LONGEST: usize = 6;

/// Folded names of known services and companies.
fn known() -> &'static HashMap<String, ()> {
    static KNOWN: OnceLock<HashMap<String, ()>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = HashMap::new();
        for line in include_str!("../../data/services.csv").lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            for field in fields.iter().skip(1).take(fields.len().saturating_sub(2)) {
                let name = field.trim().trim_matches('"').split('(').next().unwrap_or_default();
                let name = fold(name);
                if name.chars().count() >= 3 {
                    known.insert(name, ());
                }
            }
        }
        known
    })
}

/// True when a text is the name of a known service or company, and nothing else.
pub(crate) fn is_known(text: &str) -> bool {
    known().contains_key(&fold(text))
}

/// The service that a heading names, and the heading without it.
///
/// The name goes on over neighbouring words with a capital ("Google Universal Analytics") as long as they say nothing
/// about cookies or categories.
pub(crate) fn find(text: &str) -> (Option<String>, String) {
    let words = Words::of(text);
    let Some((start, end)) = longest_known(text, &words) else { return (None, text.to_owned()) };
    let cookies = lexicon::speaks_of_cookies(text);
    let (mut from, mut to) = (start, end);
    while from > 0 && goes_on(text, &words, from - 1, from, cookies) {
        from -= 1;
    }
    while to < words.len() && goes_on(text, &words, to, to, cookies) {
        to += 1;
    }
    // A category word belongs to the name only when nothing else is left of the heading.
    if from > 0 || to < words.len() {
        while to > end && is_category(words.word(to - 1)) {
            to -= 1;
        }
        while from < start && is_category(words.word(from)) {
            from += 1;
        }
    }
    let first = words.list[from].from as usize;
    let last = words.list[to - 1].to as usize;
    let rest = format!("{} {}", &text[..first], &text[last..]);
    (Some(text[first..last].to_owned()), rest)
}

/// "is implemented by Stripe to verify …": the known service that a purpose names as the one who acts.
pub(crate) fn by_whom(purpose: &str) -> Option<String> {
    let words = Words::of(purpose);
    lexicon::hits(&words, |kind| kind == Kind::By).into_iter().filter(|hit| hit.end <= 8).find_map(|hit| {
        let after = purpose.get(words.list.get(hit.end)?.from as usize..)?;
        let (found, rest) = find(after);
        // The name follows at once.
        found.filter(|found| after.starts_with(found.as_str()) && !rest.trim().is_empty())
    })
}

fn longest_known(text: &str, words: &Words) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    for start in 0..words.len() {
        if !has_capital(text, words, start) {
            continue;
        }
        for end in (start + 1..=(start + LONGEST).min(words.len())).rev() {
            let from = words.list[start].start as usize;
            let to = words.list[end - 1].end as usize;
            if known().contains_key(&words.folded[from..to]) {
                if best.is_none_or(|(a, b)| end - start > b - a) {
                    best = Some((start, end));
                }
                break;
            }
        }
    }
    best
}

fn has_capital(text: &str, words: &Words, at: usize) -> bool {
    let word = words.list[at];
    text[word.from as usize..word.to as usize].chars().any(|letter| letter.is_uppercase() || !letter.is_lowercase())
}

/// True when a neighbouring word with a capital may belong to the name: nothing but a space between, no cookie word.
fn goes_on(text: &str, words: &Words, at: usize, right: usize, cookies: bool) -> bool {
    let (Some(before), Some(after)) = (words.list.get(right - 1), words.list.get(right)) else { return false };
    let gap = &text[before.to as usize..after.from as usize];
    let word = &text[words.list[at].from as usize..words.list[at].to as usize];
    gap.trim_matches('.') == " "
        && word.chars().any(char::is_uppercase)
        && !(cookies && (lexicon::speaks_of_cookies(word) || is_category(words.word(at))))
}

fn is_category(word: &str) -> bool {
    !lexicon::hits(&Words::of(word), |kind| matches!(kind, Kind::Category(_))).is_empty()
}

/// True for one to four words with capitals of which no language makes a column, a category or a cookie.
pub(crate) fn is_proper(text: &str) -> bool {
    let plain = text.split(['(', '[']).next().unwrap_or_default();
    let mut count = 0;
    for word in plain.split_whitespace() {
        count += 1;
        let first = word.chars().find(|letter| letter.is_alphanumeric());
        let small = word.chars().count() <= 3 && count > 1;
        if !small && !first.is_some_and(|letter| letter.is_uppercase() || letter.is_numeric()) {
            return false;
        }
    }
    let known =
        |kind| matches!(kind, Kind::Column(_) | Kind::Category(_) | Kind::Cookie | Kind::Link(_) | Kind::Party(_));
    (1..=4).contains(&count) && lexicon::hits(&Words::of(plain), known).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_names_a_service() {
        for (heading, service) in [
            ("Google Analytics", "Google Analytics"),
            ("Google Universal Analytics", "Google Universal Analytics"),
            ("Video di YouTube", "YouTube"),
            ("Cookies von Google Analytics", "Google Analytics"),
            ("Google Analytics Cookies", "Google Analytics"),
        ] {
            assert_eq!(find(heading).0.as_deref(), Some(service), "{heading}");
        }
        assert_eq!(find("How to contact us").0, None);
    }
}
