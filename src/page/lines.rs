//! Paragraphs that are more than running text: bold lines that serve as headings, lines that begin with a label.

use super::{Block, Heading, MarkKind, Pair, Text};

/// Longest text that may serve as a heading or a label, in characters.
const HEADING_MAX: usize = 120;
const LABEL_MAX: usize = 40;

/// True when the whole text is bold, a colon at the end aside.
pub(super) fn is_strong(text: &Text) -> bool {
    let end = text.plain.trim_end_matches([' ', ':']).len();
    let mut covered = 0;
    for mark in text.marks.iter().filter(|m| m.kind == MarkKind::Strong) {
        if !text.plain[covered.min(mark.start)..mark.start].trim().is_empty() {
            return false;
        }
        covered = covered.max(mark.end);
    }
    covered > 0 && covered >= end
}

/// A paragraph, or the heading or the pairs that it really is.
pub(super) fn paragraph(text: Text) -> Block {
    let one_line = !text.plain.contains('\n');
    if one_line && is_strong(&text) && text.plain.chars().count() <= HEADING_MAX {
        return Block::Heading(Heading { level: 7, text });
    }
    if !one_line && let Some(pairs) = labelled(&text) {
        return Block::Pairs(pairs);
    }
    Block::Paragraph(text)
}

/// Appends lines to a text.
pub(super) fn append(text: &mut Text, more: Text) {
    if text.plain.is_empty() {
        *text = more;
        return;
    }
    text.plain.push('\n');
    let shift = text.plain.len();
    text.plain.push_str(&more.plain);
    text.marks.extend(more.marks.into_iter().map(|mut m| {
        m.start += shift;
        m.end += shift;
        m
    }));
}

/// The part of a text between two bytes, trimmed, with its marks.
pub(super) fn slice(text: &Text, start: usize, end: usize) -> Text {
    let part = &text.plain[start..end];
    let start = start + (part.len() - part.trim_start().len());
    let end = start + part.trim().len();
    let marks = text.marks.iter().filter(|m| m.start < end && m.end > start);
    let marks = marks.map(|m| super::Mark {
        kind: m.kind.clone(),
        start: m.start.max(start) - start,
        end: m.end.min(end) - start,
    });
    Text { plain: text.plain[start..end].to_string(), marks: marks.collect() }
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
fn labelled(text: &Text) -> Option<Vec<Pair>> {
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
pub(super) fn join_labelled(blocks: Vec<Block>) -> Vec<Block> {
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
