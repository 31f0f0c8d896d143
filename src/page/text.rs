//! Plain text to blocks.

use super::space::Words;
use super::{Block, Cell, Heading, Item, List, Page, Row, Table, Text, lines};

/// Reads a plain text.
pub(super) fn read(source: &str) -> Page {
    let blocks = lines::join_labelled(blocks(source));
    let title = blocks.iter().find_map(|b| match b {
        Block::Heading(h) => Some(h.text.plain.clone()),
        _ => None,
    });
    Page { title, language: None, links: vec![], blocks }
}

/// The blocks of a plain text or of what stands in `pre`.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let mut blocks = vec![];
    let mut paragraph: Vec<&str> = vec![];
    let all: Vec<&str> = source.lines().collect();
    let mut at = 0;
    while at < all.len() {
        let line = all[at];
        if line.contains('\t') || line.matches('|').count() >= 2 {
            let separator = if line.contains('\t') { '\t' } else { '|' };
            let mut rows = vec![];
            let mut end = at;
            while end < all.len() && (all[end].contains(separator) || all[end].trim().is_empty() || is_rule(all[end])) {
                if all[end].contains(separator) && !is_rule(all[end]) {
                    rows.push(row(all[end], separator));
                }
                end += 1;
            }
            if rows.len() >= 2 {
                flush(&mut paragraph, &mut blocks);
                blocks.push(Block::Table(Table { caption: None, rows }));
                at = end;
                continue;
            }
        }
        match line.trim() {
            "" => flush(&mut paragraph, &mut blocks),
            rule if is_rule(rule) => match paragraph.len() {
                1 => {
                    let level = if rule.starts_with('=') { 1 } else { 2 };
                    blocks.push(Block::Heading(Heading { level, text: words(paragraph[0]) }));
                    paragraph.clear();
                }
                _ => flush(&mut paragraph, &mut blocks),
            },
            trimmed if bullet(trimmed).is_some() => {
                flush(&mut paragraph, &mut blocks);
                let mut list = List::default();
                while at < all.len()
                    && let Some(item) = bullet(all[at].trim())
                {
                    list.items.push(Item { text: words(item), children: vec![] });
                    at += 1;
                }
                blocks.push(Block::List(list));
                continue;
            }
            _ => paragraph.push(line),
        }
        at += 1;
    }
    flush(&mut paragraph, &mut blocks);
    blocks
}

fn words(line: &str) -> Text {
    let mut words = Words::default();
    words.push(line);
    words.take()
}

fn row(line: &str, separator: char) -> Row {
    let line = line.trim_end().trim_start_matches(' ');
    let line = if separator == '|' { line.trim_matches('|') } else { line };
    let cell = |c| Cell { text: words(c), colspan: 1, rowspan: 1, ..Cell::default() };
    Row { cells: line.split(separator).map(cell).collect(), header: false }
}

/// A line of dashes or the like, tabs, pipes and crosses between them allowed.
fn is_rule(line: &str) -> bool {
    let dashes = line.chars().filter(|c| "-=_─━═*~".contains(*c)).count();
    dashes >= 3 && line.chars().all(|c| "-=_─━═*~|+: \t".contains(c))
}

fn bullet(line: &str) -> Option<&str> {
    let rest = line.strip_prefix(['•', '●', '◦', '▪', '■', '‣', '·', '-', '*', '–', '○', '➢'])?;
    rest.starts_with([' ', '\t', '\u{a0}']).then(|| rest.trim())
}

fn flush(paragraph: &mut Vec<&str>, blocks: &mut Vec<Block>) {
    if paragraph.is_empty() {
        return;
    }
    let mut words = Words::default();
    for line in paragraph.drain(..) {
        words.push(line);
        words.line();
    }
    let text = words.take();
    if !text.plain.is_empty() {
        blocks.push(lines::paragraph(text));
    }
}
