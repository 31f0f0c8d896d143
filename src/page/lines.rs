//! Paragraphs that are more than running text, and texts taken apart and put together by lines.

use super::{Block, Heading, Mark, MarkKind, Text, labels};

/// Longest text that may serve as a heading, in characters.
const HEADING_MAX: usize = 120;

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
    if !one_line && let Some(pairs) = labels::of_lines(&text) {
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
    let marks =
        marks.map(|m| Mark { kind: m.kind.clone(), start: m.start.max(start) - start, end: m.end.min(end) - start });
    Text { plain: text.plain[start..end].to_string(), marks: marks.collect() }
}
