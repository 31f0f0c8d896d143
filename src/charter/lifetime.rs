//! The words of a lifetime as a value: "13 mois", "Max. 2 year", "30 sekúnd až 1 rok", "Sitzung".
//!
//! Words of every language are tried at once. A year is 365 days, a month 30 days, a week 7 days. "Up to X" is X. What
//! gives no single value (ranges, conditions, "a few seconds") stays without one, never guessed.

use std::ops::Range;

use super::{Lifetime, LifetimeWord};
use crate::fold::Words;
use crate::lexicon::{self, Hit, Kind, Span, Unit};

/// What the words of a lifetime say.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LifetimeReading {
    /// The value, when the words give exactly one.
    pub value: Option<Lifetime>,
    /// Both ends in seconds, when the words give a range.
    pub range: Option<[f64; 2]>,
    /// "up to", "at most", "less than".
    pub up_to: bool,
    /// It counts from the last visit or change.
    pub from_last_visit: bool,
    /// It has no end of its own: "never expires", "until deleted".
    pub unbounded: bool,
    /// The words speak of the session, alone or beside other values.
    pub session: bool,
}

impl LifetimeReading {
    /// True when the words speak of a lifetime, with or without a value.
    #[must_use]
    pub fn is_lifetime(&self) -> bool {
        self.value.is_some() || self.range.is_some() || self.unbounded || self.session
    }
}

/// Reads the words of a lifetime.
#[must_use]
pub fn parse(text: &str) -> LifetimeReading {
    parse_with_unit(text, None)
}

/// Reads the words of a lifetime; a number alone counts in `unit`, which the head of the column gives ("Expires (days)").
#[must_use]
pub fn parse_with_unit(text: &str, unit: Option<Unit>) -> LifetimeReading {
    let words = Words::of(text);
    let tokens = tokens(text, &words, true);
    read(&tokens, unit)
}

/// The unit of time that the head of a column gives for bare numbers.
#[must_use]
pub fn unit_of_header(header: &str) -> Option<Unit> {
    let words = Words::of(header);
    let mut units: Vec<Unit> = lexicon::hits(&words, |kind| matches!(kind, Kind::Unit(_)))
        .iter()
        .filter_map(|hit| if let Kind::Unit(unit) = hit.kind { Some(unit) } else { None })
        .collect();
    units.dedup();
    if let [unit] = units[..] { Some(unit) } else { None }
}

/// A lifetime phrase inside other words.
#[derive(Debug, Clone, PartialEq)]
pub struct LifetimePhrase {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// What it says.
    pub reading: LifetimeReading,
}

/// Lifetime phrases inside a sentence, in order: numbers with a unit and what belongs to them.
#[must_use]
pub fn find_in(text: &str) -> Vec<LifetimePhrase> {
    let words = Words::of(text);
    let tokens = tokens(text, &words, false);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let mut end = at;
        while end < tokens.len() && (end == at || tokens[end].near) {
            end += 1;
        }
        let group = &tokens[at..end];
        let reading = read(group, None);
        if (reading.value.is_some() || reading.range.is_some())
            && let (Some(first), Some(last)) = (group.first(), group.last())
        {
            found.push(LifetimePhrase { at: first.from..last.to, reading });
        }
        at = end;
    }
    found
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    what: What,
    from: usize,
    to: usize,
    /// True when only spaces stand between it and the token before.
    near: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum What {
    /// A number and whether it was written in digits.
    Number(f64, bool),
    Unit(Unit),
    Span(Span),
    /// A dash, or another sign of a range.
    Dash,
    /// `/`, "or": one of both.
    Either,
    /// `<`.
    Below,
    /// A date: no lifetime.
    Date,
}

/// The parts of a text that matter for a lifetime.
fn tokens(text: &str, words: &Words, typos: bool) -> Vec<Token> {
    let hits =
        lexicon::hits(words, |kind| matches!(kind, Kind::Unit(_) | Kind::Span(_) | Kind::Number(_) | Kind::Half));
    let mut list: Vec<Token> = Vec::new();
    let (mut at, mut next, mut end) = (0, 0, 0);
    let mut skipped = false;
    while at < words.len() {
        let word = words.list[at];
        let gap = text.get(end..word.from as usize).unwrap_or_default();
        sign(gap, end, &list, at).into_iter().for_each(|token| list.push(token));
        let near = !skipped && gap.chars().all(|c| c.is_whitespace() || c == '.');
        skipped = false;
        let folded = words.word(at);
        let mut width = 1;
        let mut what = None;
        if folded.starts_with(|c: char| c.is_ascii_digit()) {
            let (value, used) = number(text, words, at);
            what = value.map(|v| What::Number(v, true)).or(Some(What::Date));
            width = used;
        } else {
            while next < hits.len() && hits[next].start < at {
                next += 1;
            }
            let here: Vec<&Hit> = hits[next..].iter().take_while(|hit| hit.start == at).collect();
            if let Some(first) = here.first() {
                width = first.end - first.start;
                what = meaning(&here, list.last());
            } else if typos && matches!(list.last(), Some(Token { what: What::Number(_, true), .. })) && near {
                what = typo(folded).map(What::Unit);
            }
        }
        let to = words.list[at + width - 1].to as usize;
        match what {
            Some(what) => list.push(Token { what, from: word.from as usize, to, near }),
            None => skipped = true,
        }
        end = to;
        at += width;
    }
    list
}

/// Dashes, slashes and comparisons between words.
fn sign(gap: &str, start: usize, list: &[Token], at: usize) -> Option<Token> {
    let found =
        gap.char_indices().find(|(_, c)| matches!(c, '-' | '–' | '—' | '−' | '~' | '～' | '〜' | '/' | '<' | '≤'));
    let (place, letter) = found?;
    let what = match letter {
        '<' => What::Below,
        '≤' => What::Span(Span::UpTo),
        _ if list.is_empty() || at == 0 => return None,
        '/' => What::Either,
        _ => What::Dash,
    };
    Some(Token { what, from: start + place, to: start + place + letter.len_utf8(), near: true })
}

/// A number that starts at this word and how many words it takes; `None` for a date.
fn number(text: &str, words: &Words, at: usize) -> (Option<f64>, usize) {
    let gap = |place: usize| match (words.list.get(place - 1), words.list.get(place)) {
        (Some(before), Some(after)) => text.get(before.to as usize..after.from as usize).unwrap_or_default(),
        _ => "",
    };
    let digits = |place: usize| words.word(place).bytes().all(|b| b.is_ascii_digit()) && !words.word(place).is_empty();
    let joined = |place: usize| digits(place) && matches!(gap(place), "-" | "/" | "." | ":");
    if joined(at + 1) && joined(at + 2) {
        let year = (at..at + 3).any(|p| words.word(p).len() == 4);
        let clock = gap(at + 1) == ":";
        if year || clock {
            return (None, 3);
        }
    }
    let Ok(mut value) = words.word(at).parse::<f64>() else { return (None, 1) };
    let mut used = 1;
    // 1.825 or 3 650: groups of thousands; 1,5: decimals.
    while digits(at + used) && words.word(at + used).len() == 3 && words.word(at).len() <= 3 && value >= 1.0 {
        if !matches!(gap(at + used), "." | "," | " " | "\u{a0}" | "\u{202f}" | "'" | "’") {
            break;
        }
        value = value * 1000.0 + words.word(at + used).parse::<f64>().unwrap_or_default();
        used += 1;
    }
    if used == 1 && digits(at + 1) && matches!(gap(at + 1), "." | ",") && words.word(at + 1).len() <= 2 {
        let decimals = words.word(at + 1);
        value += decimals.parse::<f64>().unwrap_or_default() / 10_f64.powi(decimals.len() as i32);
        used = 2;
    }
    (Some(value), used)
}

/// The meaning of a term here: a unit needs a number before it, a number word a unit after it.
fn meaning(here: &[&Hit], before: Option<&Token>) -> Option<What> {
    let counted = matches!(before, Some(Token { what: What::Number(..), .. }));
    if counted {
        let mut units = here.iter().filter_map(|hit| if let Kind::Unit(unit) = hit.kind { Some(unit) } else { None });
        if let Some(unit) = units.next() {
            // Different units in different languages: no value.
            return units.all(|other| other == unit).then_some(What::Unit(unit));
        }
    }
    let span =
        || here.iter().find_map(|hit| if let Kind::Span(span) = hit.kind { Some(What::Span(span)) } else { None });
    let number = || {
        here.iter().find_map(|hit| match hit.kind {
            Kind::Number(number) => Some(What::Number(f64::from(number), false)),
            Kind::Half => Some(What::Number(0.5, false)),
            _ => None,
        })
    };
    // "a" and "to" are numbers in one language and stand between the ends of a range in another.
    if matches!(before, Some(Token { what: What::Number(..) | What::Unit(_), .. })) {
        span().or_else(number)
    } else {
        number().or_else(span)
    }
}

/// The unit of which this word lacks exactly one letter.
fn typo(word: &str) -> Option<Unit> {
    let mut units = lexicon::unit_words().iter().filter(|(term, _)| lacks_one(word, term)).map(|(_, unit)| *unit);
    let unit = units.next()?;
    units.all(|other| other == unit).then_some(unit)
}

fn lacks_one(short: &str, long: &str) -> bool {
    if short.chars().count() < 3 || long.chars().count() != short.chars().count() + 1 {
        return false;
    }
    let same = short.chars().zip(long.chars()).take_while(|(a, b)| a == b).count();
    short.chars().skip(same).eq(long.chars().skip(same + 1))
}

/// What the tokens say together.
fn read(tokens: &[Token], unit: Option<Unit>) -> LifetimeReading {
    let mut out = LifetimeReading::default();
    let mut values: Vec<f64> = Vec::new();
    let mut smallest = None; // unit of the quantity before, while a smaller one may follow
    let (mut persistent, mut unvalued, mut condition, mut below, mut ranged) = (false, false, false, false, false);
    let mut waiting: Vec<(f64, bool)> = Vec::new(); // numbers whose unit has not come yet, and whether in digits
    let mut in_digits = true;
    for token in tokens {
        match token.what {
            What::Number(value, digits) => {
                in_digits = digits;
                match waiting.last_mut() {
                    // "13 (thirteen) months", "1 et 2 ans", "a 2 anni", "ein halbes Jahr".
                    Some((last, _)) if *last == value => {}
                    Some((last, false)) if digits || (value == 0.5 && *last == 1.0) => *last = value,
                    _ => waiting.push((value, digits)),
                }
            }
            What::Unit(unit) => {
                let Some((last, _)) = waiting.pop() else { continue };
                for (other, _) in waiting.drain(..) {
                    ranged = true;
                    values.push(other * unit.seconds());
                }
                let seconds = last * unit.seconds();
                match (smallest, values.last_mut()) {
                    (Some(before), Some(sum)) if unit < before && !ranged => *sum += seconds,
                    _ => values.push(seconds),
                }
                smallest = Some(unit);
                if below && !in_digits {
                    unvalued = true;
                }
            }
            What::Dash | What::Span(Span::Range) => {
                ranged |= !values.is_empty() || !waiting.is_empty();
                smallest = None;
            }
            What::Either => smallest = None,
            What::Below => unvalued = true,
            What::Date => {}
            What::Span(span) => match span {
                Span::Session => out.session = true,
                Span::Persistent => persistent = true,
                Span::UntilDeleted | Span::Never => out.unbounded = true,
                // After a value it stands between both ends: "od 6 miesięcy do 2 lat".
                Span::UpTo if !values.is_empty() => (out.up_to, ranged, smallest) = (true, true, None),
                Span::UpTo => out.up_to = true,
                Span::LessThan => (out.up_to, below) = (true, true),
                Span::FromVisit => out.from_last_visit = true,
                Span::Between | Span::Range => {}
                Span::Unvalued => unvalued = true,
                Span::Condition => condition = true,
            },
        }
    }
    if let (Some(unit), [(number, _)], []) = (unit, &waiting[..], &values[..]) {
        values.push(number * unit.seconds());
    }
    values.dedup();
    if (unvalued && !out.up_to) || (condition && !out.from_last_visit) || (unvalued && below) {
        return out;
    }
    match values[..] {
        [] if out.session => out.value = Some(Lifetime::Word(LifetimeWord::Session)),
        [] if persistent || out.unbounded => out.value = Some(Lifetime::Word(LifetimeWord::Persistent)),
        [one] if !out.session => out.value = Some(Lifetime::Seconds(one)),
        [low, high] if ranged && !out.session => out.range = Some([low.min(high), low.max(high)]),
        _ => {}
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<f64> {
        match parse(text).value {
            Some(Lifetime::Seconds(seconds)) => Some(seconds),
            _ => None,
        }
    }

    const DAY: f64 = 86_400.0;

    #[test]
    fn numbers_with_a_unit() {
        for (text, days) in [
            ("13 mois", 390.0),
            ("1 an 1 mois", 395.0),
            ("1 year and 1 month", 395.0),
            ("Up to 365 days", 365.0),
            ("Max. 2 year", 730.0),
            ("1,5 years", 547.5),
            ("1.825 days", 1825.0),
            ("3 650 jours", 3650.0),
            ("13 (thirteen) months", 390.0),
            ("12 moi", 360.0),
            ("540 dni", 540.0),
            ("one year", 365.0),
            ("24h", 1.0),
            ("1y", 365.0),
            ("90d", 90.0),
        ] {
            assert_eq!(seconds(text), Some(days * DAY), "{text}");
        }
    }
}
