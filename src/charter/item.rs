//! One line of a list: "name – purpose (2 years)", "**name** (expires …): purpose", or names alone.

use super::facts::{Facts, Said, said};
use super::labels;
use super::likeness::{self, Likeness};
use super::name::{self, DeclaredName};
use super::{Lifetime, lifetime, section, service, table};
use crate::fold::Words;
use crate::lexicon::{self, Column, Kind};
use crate::page::{MarkKind, Text};

/// A line that begins with names.
pub(crate) struct Named {
    pub names: Vec<DeclaredName>,
    pub form: Form,
    /// Least likeness among the names.
    pub likeness: Likeness,
    /// Where the words after the names begin.
    pub rest: usize,
}

/// How the names stand in the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// In code or bold at the start.
    Marked,
    /// Before a dash, colon or bracket.
    Separated,
    /// The whole line.
    Bare,
    /// A name, then a sentence without anything between.
    Run,
}

/// Marks of an item, and bytes of its first line, beyond which it is running text.
const MARKS: usize = 200;
const FIRST_LINE: usize = 2000;

/// The names with which a text begins, if it does.
pub(crate) fn named(text: &Text) -> Option<Named> {
    if text.marks.len() > MARKS || text.plain.lines().next().is_none_or(|line| line.len() > FIRST_LINE) {
        return None;
    }
    marked(text).or_else(|| plain(text))
}

/// Names in code or bold at the start, joined by commas and the like.
fn marked(text: &Text) -> Option<Named> {
    let plain = &text.plain;
    let mut at = start_of(plain);
    let mut names = Vec::new();
    loop {
        let here = text.marks.iter().filter(|mark| matches!(mark.kind, MarkKind::Code | MarkKind::Strong));
        let Some(mark) =
            here.filter(|mark| mark.start == at && mark.end > at).max_by_key(|mark| mark.kind == MarkKind::Code)
        else {
            break;
        };
        let inside = plain[mark.start..mark.end].trim().trim_end_matches([':', '-', '–', '.']).trim_end();
        let found = name::names_in(inside);
        if found.is_empty() {
            break;
        }
        names.extend(found);
        at = text.marks.iter().filter(|other| other.start <= mark.start).map(|other| other.end).fold(
            mark.end,
            |end, other| {
                // Bold around code ends with its own mark.
                if plain[end..other.max(end)].trim().is_empty() { other.max(end) } else { end }
            },
        );
        let next = text.marks.iter().map(|mark| mark.start).filter(|start| *start > at).min();
        match next {
            Some(next) if is_joiner(&plain[at..next]) => at = next,
            _ => break,
        }
    }
    finish(names, Form::Marked, at)
}

/// Names up to a separator, or the whole first line.
fn plain(text: &Text) -> Option<Named> {
    let plain = &text.plain;
    let start = start_of(plain);
    let end = plain[start..].find('\n').map_or(plain.len(), |at| start + at);
    let line = &plain[start..end];
    let separators = [" – ", " — ", " - ", " −", ": ", " :", " = ", " → ", " (", "\t", " | ", "– ", "— "];
    let cut = separators.iter().filter_map(|separator| line.find(separator)).min();
    let cut = cut.or_else(|| line.trim_end().strip_suffix(':').map(str::len));
    if let Some(cut) = cut {
        return finish(name::names_in(&line[..cut]), Form::Separated, start + cut);
    }
    if let Some(named) = finish(name::names_in(line), Form::Bare, end) {
        return Some(named);
    }
    let (first, _) = line.split_once(' ')?;
    let sure = first.contains('_') && likeness::of_token(first.trim_end_matches(',')) == Likeness::Strong;
    if !sure { None } else { finish(name::names_in(first), Form::Run, start + first.len()) }
}

fn finish(names: Vec<DeclaredName>, form: Form, rest: usize) -> Option<Named> {
    let likeness = names.iter().map(|name| likeness::of_token(&name.name)).min()?;
    (likeness > Likeness::No).then_some(Named { names, form, likeness, rest })
}

/// First byte after bullets and the number of an item.
fn start_of(line: &str) -> usize {
    let rest = line.trim_start_matches(is_bullet);
    let unnumbered = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let rest = match unnumbered.strip_prefix(['.', ')']) {
        Some(after) if unnumbered.len() < rest.len() && after.starts_with(' ') => after.trim_start_matches(is_bullet),
        _ => rest,
    };
    line.len() - rest.len()
}

fn is_bullet(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '•' | '·' | '●' | '▪' | '◦' | '►' | '–' | '—' | '-')
}

/// Words between two names of one list.
fn is_joiner(between: &str) -> bool {
    let between = between.trim();
    matches!(between, "" | "," | ";" | "+" | "/" | "&" | "|" | "·")
        || (between.chars().count() <= 8 && is_joining_word(between.trim_matches([',', ';', ' '])))
}

/// "and", "or" in any language.
fn is_joining_word(word: &str) -> bool {
    let words = Words::of(word);
    lexicon::hits(&words, |kind| kind == Kind::Joiner).iter().any(|hit| hit.end - hit.start == words.len())
}

/// What the words after a name say: brackets, labels, the purpose, a lifetime at the end.
pub(crate) fn rest_facts(text: &Text, from: usize) -> Facts {
    let mut facts = Facts::default();
    let linked = leading_link(text, from);
    let mut rest = trimmed(&text.plain[from..]);
    // Brackets right after the name.
    while let Some((inside, after)) = bracket(rest) {
        if !in_brackets(&mut facts, inside) {
            break;
        }
        rest = trimmed(after);
    }
    let mut purpose: Vec<String> = Vec::new();
    for line in rest.lines() {
        for part in labels::split(line) {
            match part.column {
                Some(Column::Name) | None => sentence(&mut facts, &mut purpose, part.value),
                Some(column) => section::state(&mut facts, column, part.value),
            }
        }
    }
    if let (None, Some(words)) = (&facts.purpose, said(&purpose.join(" "))) {
        facts.purpose = Some(words);
    }
    if facts.provider.is_none() {
        facts.provider = linked;
    }
    only_who(&mut facts);
    facts
}

fn trimmed(words: &str) -> &str {
    words.trim_start_matches(|letter: char| is_bullet(letter) || matches!(letter, ':' | '=' | '|' | ',' | '→' | '−'))
}

/// A link that begins the words and reads like a company.
fn leading_link(text: &Text, from: usize) -> Option<String> {
    let start = from + (text.plain[from..].len() - trimmed(&text.plain[from..]).len());
    let link = text.marks.iter().find(|mark| mark.start == start && matches!(mark.kind, MarkKind::Link(_)))?;
    let words = text.plain[link.start..link.end].trim();
    let named =
        service::find(words).0.is_some() || (service::is_proper(words) && words.split_whitespace().count() <= 3);
    named.then(|| words.to_owned())
}

/// The words in a bracket at the start, and what follows it.
fn bracket(words: &str) -> Option<(&str, &str)> {
    let close = match words.chars().next()? {
        '(' => ')',
        '[' => ']',
        _ => return None,
    };
    let mut depth = 0;
    let open = words.chars().next()?;
    for (at, letter) in words.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth -= 1;
            if depth == 0 {
                return Some((&words[1..at], &words[at + 1..]));
            }
        }
    }
    None
}

/// What is said of names, and what the brackets right beside one of them add.
pub(crate) fn with_note(facts: &Facts, name: &DeclaredName) -> Facts {
    let mut own = Facts::default();
    if let Some(note) = &name.note {
        in_brackets(&mut own, note);
    }
    own.hosts.extend(name.host.iter().cloned());
    let mut facts = facts.clone();
    if own.lifetime.is_some() {
        facts.lifetime = own.lifetime.take();
    }
    facts.or(&own)
}

/// Words in brackets: a lifetime, hosts, a party, a category, a kind of storage, or who sets it.
pub(crate) fn in_brackets(facts: &mut Facts, inside: &str) -> bool {
    let mut any = false;
    for part in inside.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()) {
        if whole_lifetime(part) || (any_lifetime(part) && part.split_whitespace().count() <= 10) {
            facts.lifetime.get_or_insert(Said::new(part, None));
        } else if likeness::is_host(part) {
            facts.hosts.extend(table::hosts(part));
        } else if let Some(column) = labels::split(part).first().and_then(|label| label.column) {
            section::state(facts, column, labels::split(part)[0].value);
        } else if lexicon::category_exact(part).is_some()
            || lexicon::party(part).is_some()
            || lexicon::storage(part).is_some()
        {
            table::take_for_what_it_says(facts, part);
        } else if facts.provider.is_none()
            && part.split_whitespace().count() <= 5
            && part.chars().next().is_some_and(char::is_uppercase)
        {
            facts.provider = Some(part.to_owned());
        } else {
            continue;
        }
        any = true;
    }
    any
}

/// A sentence or more: its purpose, and a lifetime, party or host that stands apart in it.
fn sentence(facts: &mut Facts, purpose: &mut Vec<String>, words: &str) {
    let words = without_last_bracket(facts, words);
    let mut kept: Vec<&str> = Vec::new();
    let parts = split_apart(words);
    let alone = parts.len() == 1;
    for part in parts {
        let bare = part.trim().trim_end_matches('.');
        if facts.lifetime.is_none() && whole_lifetime(bare) {
            facts.lifetime = Some(Said::new(bare, None));
        } else if !alone && likeness::is_host(bare) {
            facts.hosts.extend(table::hosts(bare));
        } else if !alone && facts.category.is_none() && lexicon::category_exact(bare).is_some() {
            facts.set_category(lexicon::category_exact(bare), bare);
        } else {
            kept.push(part);
        }
    }
    let words = kept.join(" – ");
    // "counts visits. Expires after 2 years."
    if let Some(last) = last_sentence(&words).filter(|_| facts.lifetime.is_none())
        && any_lifetime(last)
        && last.split_whitespace().count() <= 9
    {
        facts.lifetime = Some(Said::new(last, None));
    }
    if !words.trim().is_empty() {
        purpose.push(words.trim().to_owned());
    }
}

/// "counts visits (2 years)": a lifetime in brackets at the end is taken out.
fn without_last_bracket<'a>(facts: &mut Facts, words: &'a str) -> &'a str {
    let trimmed = words.trim_end().trim_end_matches('.');
    let Some(at) = trimmed.rfind('(').filter(|_| trimmed.ends_with(')') && facts.lifetime.is_none()) else {
        return words;
    };
    let inside = trimmed[at + 1..].trim_end_matches(')');
    if whole_lifetime(inside) || (any_lifetime(inside) && inside.split_whitespace().count() <= 8) {
        facts.lifetime = Some(Said::new(inside, None));
        return &words[..at];
    }
    words
}

/// Parts that dashes, bars and semicolons set apart.
fn split_apart(words: &str) -> Vec<&str> {
    let mut parts = vec![words];
    for separator in [" – ", " — ", " - ", " | ", "; ", " · "] {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn last_sentence(words: &str) -> Option<&str> {
    let end = words.trim_end().trim_end_matches('.');
    end.rfind(['.', ';', ',']).map(|at| end[at + 1..].trim()).filter(|last| !last.is_empty())
}

/// True for words that say a lifetime and hardly anything else ("expires after 30 minutes").
pub(crate) fn whole_lifetime(words: &str) -> bool {
    lifetime::parse(words).is_lifetime() && lifetime_share(words) >= 0.6
}

/// True when words say a lifetime among others.
pub(crate) fn any_lifetime(words: &str) -> bool {
    counted_lifetimes(words) > 0 || whole_lifetime(words)
}

/// How many lifetimes with a number stand in words.
pub(crate) fn counted_lifetimes(words: &str) -> usize {
    let phrases = lifetime::find_in(words);
    phrases
        .iter()
        .filter(|phrase| matches!(phrase.reading.value, Some(Lifetime::Seconds(_))) || phrase.reading.range.is_some())
        .count()
}

/// The one lifetime with a number that stands in words.
pub(crate) fn only_lifetime(words: &str) -> Option<&str> {
    let phrases = lifetime::find_in(words);
    let mut counted = phrases
        .iter()
        .filter(|phrase| matches!(phrase.reading.value, Some(Lifetime::Seconds(_))) || phrase.reading.range.is_some());
    let first = counted.next()?;
    counted.next().is_none().then(|| words.get(first.at.clone())).flatten()
}

/// Share of the words that speak of a lifetime, small words aside.
fn lifetime_share(text: &str) -> f32 {
    let words = Words::of(text);
    let mut told = vec![false; words.len()];
    let mut small = vec![false; words.len()];
    let wanted = |kind| {
        matches!(kind, Kind::Unit(_) | Kind::Span(_) | Kind::Number(_) | Kind::Half | Kind::Column(Column::Lifetime))
    };
    for hit in lexicon::hits(&words, wanted) {
        told[hit.start..hit.end].fill(true);
    }
    for hit in lexicon::hits(&words, |kind| matches!(kind, Kind::Function | Kind::Joiner | Kind::Cookie)) {
        small[hit.start..hit.end].fill(true);
    }
    let number = |at: usize| words.word(at).starts_with(|letter: char| letter.is_ascii_digit());
    let good = (0..words.len()).filter(|at| told[*at] || number(*at)).count();
    let rest = (0..words.len()).filter(|at| !told[*at] && !number(*at) && !small[*at]).count();
    if good == 0 { 0.0 } else { good as f32 / (good + rest) as f32 }
}

/// "owned by Google Analytics": who, and no purpose.
fn only_who(facts: &mut Facts) {
    let Some(purpose) = &facts.purpose else { return };
    if facts.provider.is_some() || purpose.split_whitespace().count() > 8 {
        return;
    }
    let (found, rest) = service::find(purpose);
    let left = rest.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    if found.is_some() && left <= 2 && !lexicon::speaks_of_cookies(purpose) {
        facts.provider = found;
        facts.purpose = None;
    }
}
