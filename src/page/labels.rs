//! Labels with values, in all the ways that pages write them: lines that begin with a label, headings that come again and
//! again with a paragraph each, grids of two columns, cells that name their own column.

use std::collections::HashMap;

use super::lines::slice;
use super::{Block, Cell, Pair, Row, Table, Text};

/// Longest label, in characters.
const LABEL_MAX: usize = 40;
/// Longest paragraph under a heading that is a label, in bytes.
const VALUE_MAX: usize = 1200;
/// A heading that comes this often, always with one paragraph, is a label.
const OFTEN: usize = 3;

/// Joins what belongs together among the blocks of a document.
pub(super) fn join(blocks: Vec<Block>) -> Vec<Block> {
    join_lines(join_headings(blocks))
}

/// Where the label of a line ends: the place of its colon and of what follows.
pub(super) fn label(line: &str) -> Option<(usize, usize)> {
    let colon = line.find([':', '：'])?;
    let after = colon + line[colon..].chars().next().map_or(0, char::len_utf8);
    let (label, value) = (line[..colon].trim(), &line[after..]);
    let fits = !label.is_empty()
        && label.chars().count() <= LABEL_MAX
        && label.chars().any(char::is_alphabetic)
        && label.split_whitespace().count() <= 6
        && !label.contains(['.', '/', '(', '|', ',', ';'])
        // An address or an hour is no label.
        && (value.starts_with([' ', '\u{a0}']) || value.is_empty() || line[colon..].starts_with('：'));
    fits.then_some((colon, after))
}

/// Pairs, when every line begins with a label and one of them has a value.
pub(super) fn of_lines(text: &Text) -> Option<Vec<Pair>> {
    let mut pairs = vec![];
    let mut start = 0;
    for line in text.plain.split('\n') {
        let (colon, after) = label(line)?;
        let value = slice(text, start + after, start + line.len());
        let values = if value.plain.is_empty() { vec![] } else { vec![value] };
        pairs.push(Pair { label: slice(text, start, start + colon), values });
        start += line.len() + 1;
    }
    (pairs.len() >= 2 && pairs.iter().any(|p| !p.values.is_empty())).then_some(pairs)
}

/// Joins paragraphs that follow each other and are one labelled line each. Where the first label comes again, new pairs
/// begin.
fn join_lines(blocks: Vec<Block>) -> Vec<Block> {
    let is_line = |b: &Block| {
        matches!(b, Block::Paragraph(t) if !t.plain.contains('\n')
            && label(&t.plain).is_some_and(|(_, after)| !t.plain[after..].trim().is_empty()))
    };
    let mut joined = Vec::with_capacity(blocks.len());
    let mut blocks = blocks.into_iter().peekable();
    while let Some(block) = blocks.next() {
        if !is_line(&block) || !blocks.peek().is_some_and(is_line) {
            joined.push(block);
            continue;
        }
        let mut pairs: Vec<Pair> = vec![];
        let mut next = Some(block);
        while let Some(Block::Paragraph(text)) = next {
            let Some((colon, after)) = label(&text.plain) else { break };
            let pair = Pair { label: slice(&text, 0, colon), values: vec![slice(&text, after, text.plain.len())] };
            if pairs.first().is_some_and(|p| p.label.plain == pair.label.plain) {
                joined.push(Block::Pairs(std::mem::take(&mut pairs)));
            }
            pairs.push(pair);
            next = blocks.next_if(is_line);
        }
        joined.push(Block::Pairs(pairs));
    }
    joined
}

/// Headings that come again and again, each time with one short paragraph, are labels: "Retention" under every cookie.
fn join_headings(blocks: Vec<Block>) -> Vec<Block> {
    let pair_at = |at: usize| match &blocks[at..] {
        [Block::Heading(h), Block::Paragraph(p), rest @ ..] => {
            let alone = matches!(rest.first(), None | Some(Block::Heading(_)));
            (alone && h.level > 2 && h.text.plain.len() <= LABEL_MAX && p.plain.len() <= VALUE_MAX)
                .then(|| (h.level, h.text.plain.clone()))
        }
        _ => None,
    };
    let mut often: HashMap<(u8, String), usize> = HashMap::new();
    let labels: Vec<Option<(u8, String)>> = (0..blocks.len()).map(pair_at).collect();
    for label in labels.iter().flatten() {
        *often.entry(label.clone()).or_default() += 1;
    }
    let is_label = |at: usize| labels.get(at).is_some_and(|l| l.as_ref().is_some_and(|l| often[l] >= OFTEN));
    let level = |at: usize| labels.get(at).and_then(|l| l.as_ref().map(|(level, _)| *level));
    // A label alone would be a heading all the same.
    let joined: Vec<bool> = (0..blocks.len())
        .map(|at| {
            let beside = |other: usize| is_label(other) && level(other) == level(at);
            is_label(at) && (beside(at + 2) || at >= 2 && beside(at - 2))
        })
        .collect();
    let mut out = Vec::with_capacity(blocks.len());
    let mut pairs: Vec<Pair> = vec![];
    let mut blocks = blocks.into_iter().enumerate();
    while let Some((at, block)) = blocks.next() {
        let Block::Heading(heading) = block else {
            flush(&mut pairs, &mut out);
            out.push(block);
            continue;
        };
        if !joined[at] {
            flush(&mut pairs, &mut out);
            out.push(Block::Heading(heading));
            continue;
        }
        let Some((_, Block::Paragraph(value))) = blocks.next() else { continue };
        if pairs.first().is_some_and(|p| p.label.plain == heading.text.plain) {
            flush(&mut pairs, &mut out);
        }
        pairs.push(Pair { label: heading.text, values: vec![value] });
    }
    flush(&mut pairs, &mut out);
    out
}

fn flush(pairs: &mut Vec<Pair>, out: &mut Vec<Block>) {
    if !pairs.is_empty() {
        out.push(Block::Pairs(std::mem::take(pairs)));
    }
}

/// The blocks of a grid: pairs, a table, or one list of pairs for each row whose cells begin with their own labels.
pub(super) fn of_grid(rows: Vec<Row>, pairs: bool) -> Vec<Block> {
    if pairs {
        let pair = |row: Row| {
            let mut cells = row.cells.into_iter().map(|c| c.text);
            let mut label = cells.next().unwrap_or_default();
            label = slice(&label, 0, label.plain.trim_end_matches([':', '：', ' ']).len());
            Pair { label, values: cells.filter(|v| !v.plain.is_empty()).collect() }
        };
        return vec![Block::Pairs(rows.into_iter().map(pair).collect())];
    }
    let labelled = |c: &Cell| label(&c.text.plain).is_some();
    if rows.iter().all(|r| r.cells.iter().all(labelled)) {
        let pair = |cell: Cell| {
            let (colon, after) = label(&cell.text.plain)?;
            let value = slice(&cell.text, after, cell.text.plain.len());
            let values = if value.plain.is_empty() { vec![] } else { vec![value] };
            Some(Pair { label: slice(&cell.text, 0, colon), values })
        };
        return rows.into_iter().map(|r| Block::Pairs(r.cells.into_iter().filter_map(pair).collect())).collect();
    }
    vec![Block::Table(Table { caption: None, rows: with_heads(rows) })]
}

/// Where every other column says the same in each row, it holds the heads of the next.
fn with_heads(rows: Vec<Row>) -> Vec<Row> {
    let columns = rows.first().map_or(0, |r| r.cells.len());
    let same = |column: usize| {
        rows.iter().all(|r| r.cells.get(column).map(|c| &c.text) == rows[0].cells.get(column).map(|c| &c.text))
    };
    let alternate = columns >= 4
        && columns.is_multiple_of(2)
        && rows.len() >= 2
        && rows.iter().all(|r| r.cells.len() == columns && !r.header)
        && (0..columns).step_by(2).all(same)
        && !(1..columns).step_by(2).all(same);
    if !alternate {
        return rows;
    }
    let mut heads = Row { cells: vec![], header: true };
    let mut out = vec![];
    for row in rows {
        let mut values = vec![];
        for (at, mut cell) in row.cells.into_iter().enumerate() {
            if at % 2 == 1 {
                values.push(cell);
            } else if heads.cells.len() < columns / 2 {
                cell.header = true;
                heads.cells.push(cell);
            }
        }
        out.push(Row { cells: values, header: false });
    }
    out.insert(0, heads);
    out
}
