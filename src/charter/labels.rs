//! Labels in running text: "Purpose: counts visits. Duration: 2 years".

use super::likeness::{self, Likeness};
use super::name;
use crate::lexicon::{self, Column};

/// Words of a label at most.
const LABEL_WORDS: usize = 6;
/// Colons in a line beyond which it is no line of labels.
const COLONS: usize = 40;
/// How surely words before a colon must be the head of a column, at the start of a line and inside it.
const AT_START: f32 = 0.75;
const INSIDE: f32 = 0.9;

/// A part of a line with the label before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Labelled<'a> {
    /// What the label means; none for words before the first label.
    pub column: Option<Column>,
    pub label: &'a str,
    pub value: &'a str,
}

/// Splits a line at its labels. A line without any label gives one part, the line itself.
pub(crate) fn split(line: &str) -> Vec<Labelled<'_>> {
    let mut marks: Vec<(usize, usize, Column)> = Vec::new(); // label start, value start, meaning
    for (at, colon) in line.char_indices().filter(|(_, letter)| matches!(letter, ':' | '：')).take(COLONS) {
        let after = at + colon.len_utf8();
        if line[after..].starts_with(['/', ':']) {
            continue;
        }
        let since = marks.last().map_or(0, |mark| mark.1);
        if let Some((start, column)) = label_before(line, since, at) {
            marks.push((start, after, column));
        }
    }
    let mut parts = Vec::with_capacity(marks.len() + 1);
    let first = marks.first().map_or(line.len(), |mark| mark.0);
    if !line[..first].trim_matches(is_filler).is_empty() || marks.is_empty() {
        parts.push(part(line, None, "", 0, first));
    }
    for (at, (start, value, column)) in marks.iter().enumerate() {
        let end = marks.get(at + 1).map_or(line.len(), |next| next.0);
        let label = line[*start..*value].trim_matches(is_filler);
        parts.push(part(line, Some(*column), label, *value, end));
    }
    parts
}

/// The lines of a text, each split at its labels; a label alone on its line belongs to the line after it.
pub(crate) fn lines(text: &str) -> Vec<Vec<Labelled<'_>>> {
    let mut found = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let alone = lines.peek().filter(|_| !line.contains([':', '：']) || line.trim_end().ends_with([':', '：']));
        match alone.and_then(|next| meaning(line, INSIDE).map(|column| (column, *next))) {
            Some((column, next)) if column != Column::Name || as_names(next) => {
                lines.next();
                found.push(vec![Labelled { column: Some(column), label: line.trim(), value: next.trim() }]);
            }
            _ => found.push(split(line)),
        }
    }
    found
}

fn as_names(words: &str) -> bool {
    let names = name::names_in(words);
    !names.is_empty() && names.iter().all(|name| likeness::of_token(&name.name) > Likeness::No)
}

fn part<'a>(line: &'a str, column: Option<Column>, label: &'a str, from: usize, to: usize) -> Labelled<'a> {
    let value = &line[from..to];
    let value = value.trim_start_matches(is_filler).trim_end_matches(is_filler);
    Labelled { column, label, value }
}

fn is_filler(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, ':' | '：' | '|' | '•' | '·' | '●' | '–' | '—' | '▪' | ';')
}

/// The label that ends at a colon, and what it means: the whole line so far, or the last words of it.
fn label_before(line: &str, since: usize, colon: usize) -> Option<(usize, Column)> {
    let before = &line[since..colon];
    let lead = before.len() - before.trim_start_matches(|letter| is_filler(letter) || letter == '-').len();
    let whole = before[lead..].trim_end();
    if since == 0
        && whole.split_whitespace().count() <= LABEL_WORDS
        && let Some(column) = meaning(whole, AT_START)
    {
        return Some((lead, column));
    }
    // Inside a line, a label begins with a capital or after a stop, and holds at most four words.
    let mut starts: Vec<usize> = Vec::new();
    let mut after_space = true;
    for (at, letter) in before.char_indices() {
        if after_space && !letter.is_whitespace() {
            starts.push(at);
        }
        after_space = letter.is_whitespace();
    }
    let from = starts.len().saturating_sub(4);
    starts[from..].iter().find_map(|start| {
        let words = &before[*start..];
        let stop = before[..*start].trim_end().ends_with(['.', ';', ',', '|', '–', '—', '-', ')', '\n']);
        let capital = words.chars().next().is_some_and(|letter| letter.is_uppercase() || !letter.is_lowercase());
        if !stop && !capital {
            return None;
        }
        meaning(words, INSIDE).map(|column| (since + start, column))
    })
}

/// What a label means, when it surely is one.
pub(crate) fn meaning(label: &str, least: f32) -> Option<Column> {
    let label = label.trim().trim_end_matches([':', '：']).trim_matches(['*', '"', '«', '»', '“', '”']);
    if label.is_empty() || label.len() > 80 {
        return None;
    }
    let hits = lexicon::column(label);
    let best = hits.first().filter(|hit| hit.strength >= least)?;
    // "Name" beats other readings of the same words ("Cookie" is a name here, not a storage kind).
    let ties = hits.iter().take_while(|hit| hit.strength >= best.strength);
    let mut ties = ties.map(|hit| hit.column);
    Some(if ties.any(|column| column == Column::Name) { Column::Name } else { best.column })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Vec<(Option<Column>, &str)> {
        split(line).into_iter().map(|part| (part.column, part.value)).collect()
    }

    #[test]
    fn a_line_is_split_at_its_labels() {
        use Column::{Lifetime, Name, Provider, Purpose};
        assert_eq!(
            shown("Name: _ga Purpose: counts visits. Duration: 2 years"),
            [(Some(Name), "_ga"), (Some(Purpose), "counts visits."), (Some(Lifetime), "2 years")]
        );
        assert_eq!(shown("• Anbieter: Google Ireland Ltd."), [(Some(Provider), "Google Ireland Ltd.")]);
    }

    #[test]
    fn words_that_are_no_label_stay_together() {
        assert_eq!(shown("see https://example.org: it helps"), [(None, "see https://example.org: it helps")]);
        assert_eq!(shown("Please note: this is all"), [(None, "Please note: this is all")]);
    }
}
