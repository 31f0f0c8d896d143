//! The text of a printed table: each cell became a run of short lines, names broken where the column ended.
//!
//! ```text
//! Name and partner / Purpose Duration        the heads, wrapped
//! temp_appointmen / t_id (Clinic)            a name, broken; who sets it, in brackets
//! Follows a booking through / all its steps  the purpose
//! 13 months                                  the lifetime, after which the next name follows
//! ```

use super::facts::{Facts, Said, said};
use super::item;
use super::likeness::{self, Likeness};
use super::name::{self, DeclaredName};
use crate::fold::Words;
use crate::lexicon::{self, Column, Kind};
use crate::page::Block;

/// Characters of a wrapped line at most, and lines of the heads at most.
const LINE: usize = 80;
const HEAD_LINES: usize = 6;
/// Lines of one record at most.
const RECORD_LINES: usize = 40;
/// Characters of a line in the narrow column of lifetimes, and lines that one may take.
const NARROW: usize = 30;
const LIFETIME_LINES: usize = 6;

/// One row that was put together again.
pub(crate) struct Row<'a> {
    pub name: DeclaredName,
    pub facts: Facts,
    pub lines: Vec<&'a str>,
}

/// Reads the wrapped table that begins with the first block, if one does: how many blocks it takes, and its rows.
pub(crate) fn read(blocks: &[Block]) -> Option<(usize, Vec<Row<'_>>)> {
    let mut lines = Lines { source: blocks, words: Vec::new(), blocks: Vec::new(), next: 0 };
    lines.reach(1);
    if !may_head(lines.words.first()?) {
        return None;
    }
    lines.reach(HEAD_LINES + 1);
    let mut at = lines.head()?;
    let mut rows = Vec::new();
    loop {
        lines.reach(at + RECORD_LINES + 2);
        let Some((row, next)) = record(&lines.words, at) else { break };
        rows.push(row);
        at = next;
    }
    // Whole blocks are taken: the table ends where a block does.
    let taken = lines.blocks.get(at).copied().unwrap_or(lines.next);
    complete_providers(&mut rows);
    (taken > 0 && !rows.is_empty()).then_some((taken, rows))
}

/// Lines of paragraphs that follow each other, and the block of each, as far as they were needed.
struct Lines<'a> {
    source: &'a [Block],
    words: Vec<&'a str>,
    blocks: Vec<usize>,
    next: usize,
}

impl<'a> Lines<'a> {
    /// Fetches lines until there are so many, or none are left.
    fn reach(&mut self, wanted: usize) {
        while self.words.len() < wanted {
            let Some(Block::Paragraph(text)) = self.source.get(self.next) else { return };
            for line in text.plain.lines().map(str::trim).filter(|line| !line.is_empty()) {
                self.words.push(line);
                self.blocks.push(self.next);
            }
            self.next += 1;
        }
    }

    /// Number of lines that hold the heads: a head of names and one of purposes or lifetimes, before the first name.
    fn head(&self) -> Option<usize> {
        let end = (1..self.words.len().min(HEAD_LINES + 1)).find(|at| starts_record(&self.words, *at))?;
        let joined = self.words[..end].join(" ");
        let words = Words::of(&joined);
        let has = |wanted: &[Column]| {
            !lexicon::hits(&words, |kind| matches!(kind, Kind::Column(column) if wanted.contains(&column))).is_empty()
        };
        let heads = has(&[Column::Name]) && has(&[Column::Purpose, Column::Lifetime, Column::Provider]);
        (heads && words.len() <= 24 && !joined.contains(['.', ';'])).then_some(end)
    }
}

fn may_head(line: &str) -> bool {
    line.chars().count() <= LINE
        && !line.ends_with(['.', ':', ';'])
        && lexicon::column(line).iter().any(|hit| hit.column == Column::Name)
}

/// True when a name begins in this line: alone, before a bracket, or before its sentence.
fn starts_record(lines: &[&str], at: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    let (token, rest) = first_token(line);
    match likeness::of_token(token) {
        Likeness::Strong => {
            rest.is_empty() || rest.starts_with('(') || token.contains('_') || rest.starts_with(char::is_uppercase)
        }
        Likeness::Word | Likeness::Product => {
            let bracket = rest.starts_with('(')
                || (rest.is_empty() && lines.get(at + 1).is_some_and(|next| next.starts_with('(')));
            bracket && !item::whole_lifetime(token)
        }
        Likeness::No => false,
    }
}

fn first_token(line: &str) -> (&str, &str) {
    match line.split_once(char::is_whitespace) {
        Some((token, rest)) => (token, rest.trim_start()),
        None => (line, ""),
    }
}

/// One record, and the line after it.
fn record<'a>(lines: &[&'a str], start: usize) -> Option<(Row<'a>, usize)> {
    if !starts_record(lines, start) {
        return None;
    }
    let mut at = start;
    let (token, mut rest) = first_token(lines[at]);
    let mut written = token.to_owned();
    at += 1;
    // A name that was broken goes on in small letters on lines of its own.
    while rest.is_empty() && at < lines.len() {
        let (token, after) = first_token(lines[at]);
        let alone = after.is_empty() || after.starts_with('(');
        let goes_on = token.chars().all(|letter| {
            letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '_' | '-' | '.' | '*')
        });
        if !(alone && goes_on && written.len() >= 10) || item::whole_lifetime(lines[at]) {
            break;
        }
        written.push_str(token);
        rest = after;
        at += 1;
    }
    let name = name::names_in(&written).into_iter().next()?;
    let mut facts = Facts::default();
    if rest.is_empty() && lines.get(at).is_some_and(|next| next.starts_with('(')) {
        rest = lines[at];
        at += 1;
    }
    if let Some(inside) = rest.strip_prefix('(') {
        let (who, after) = inside.split_once(')').unwrap_or((inside, ""));
        facts.provider = said(who);
        rest = after.trim_start();
    }
    let end = lifetime_line(lines, at, start);
    let mut purpose: Vec<&str> = std::iter::once(rest).filter(|rest| !rest.is_empty()).collect();
    purpose.extend(&lines[at..end.from]);
    facts.purpose = said(&purpose.join(" "));
    if end.to > end.from {
        facts.lifetime = Some(Said::new(&lines[end.from..end.to].join(" "), None));
    }
    if facts.purpose.is_none() && facts.lifetime.is_none() {
        return None;
    }
    Some((Row { name, facts, lines: lines[start..end.to].to_vec() }, end.to))
}

struct Span {
    from: usize,
    to: usize,
}

/// The lines with the lifetime of a record, or the empty span where the next record begins.
fn lifetime_line(lines: &[&str], from: usize, start: usize) -> Span {
    let last = lines.len().min(start + RECORD_LINES);
    for at in from..last {
        if at > from && starts_record(lines, at) {
            return Span { from: at, to: at };
        }
        let line = lines[at];
        if line.chars().count() > NARROW || !(item::any_lifetime(line)) {
            continue;
        }
        // Words of the lifetime may stand before the number, after the last full stop of the purpose.
        let mut begin = at;
        while begin > from
            && at - begin < 2
            && lines[begin - 1].chars().count() <= NARROW
            && !lines[begin - 1].ends_with('.')
        {
            begin -= 1;
        }
        if begin == from || !lines[begin - 1].ends_with('.') {
            begin = at;
        }
        let mut end = at + 1;
        while end < last && end - begin < LIFETIME_LINES && goes_on(lines, end) {
            end += 1;
        }
        return Span { from: begin, to: end };
    }
    Span { from: last.min(from), to: last.min(from) }
}

/// True when a line goes on with the lifetime above it.
fn goes_on(lines: &[&str], at: usize) -> bool {
    let line = lines[at];
    let small = line.starts_with(|letter: char| letter.is_lowercase() || letter.is_ascii_digit());
    line.chars().count() <= NARROW && small && !starts_record(lines, at)
}

/// A bracket that was never closed swallowed the purpose: other rows tell where the provider ends.
fn complete_providers(rows: &mut [Row]) {
    let known: Vec<String> = rows
        .iter()
        .filter_map(|row| row.facts.provider.clone())
        .filter(|who| who.split_whitespace().count() <= 3)
        .collect();
    for row in rows {
        let Some(who) = &row.facts.provider else { continue };
        if who.split_whitespace().count() <= 3 {
            continue;
        }
        if let Some(short) = known.iter().find(|short| who.starts_with(short.as_str())) {
            let more = who[short.len()..].trim().to_owned();
            let purpose = row.facts.purpose.take().unwrap_or_default();
            row.facts.purpose = said(&format!("{more} {purpose}"));
            row.facts.provider = Some(short.clone());
        }
    }
}
