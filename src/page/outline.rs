//! Blocks written as short lines, for tests.

use super::{Block, MarkKind, Page, Text};

/// A page as lines: `# heading (level)`, `table`, `list`, `pairs`, paragraphs as they are. `/` is a line break, `[b:…]`,
/// `[c:…]`, `[a:…]` are bold, code and links, `*` marks header cells, `(label)` the label of a cell.
pub(super) fn outline(page: &Page) -> String {
    let mut out = String::new();
    write(&page.blocks, 0, &mut out);
    out
}

fn write(blocks: &[Block], depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    for block in blocks {
        match block {
            Block::Heading(h) => out.push_str(&format!("{pad}# {} ({})\n", text(&h.text), h.level)),
            Block::Paragraph(t) => out.push_str(&format!("{pad}{}\n", text(t))),
            Block::Table(table) => {
                let caption = table.caption.as_ref().map(|c| format!(" {}", text(c))).unwrap_or_default();
                out.push_str(&format!("{pad}table{caption}\n"));
                for row in &table.rows {
                    let cells = row.cells.iter().map(|c| {
                        let span = if c.colspan > 1 || c.rowspan > 1 {
                            format!("{}x{} ", c.colspan, c.rowspan)
                        } else {
                            String::new()
                        };
                        let label = c.label.as_ref().map(|l| format!("({l}) ")).unwrap_or_default();
                        format!("{}{span}{label}{}", if c.header { "*" } else { "" }, text(&c.text))
                    });
                    out.push_str(&format!("{pad}  {}\n", cells.collect::<Vec<_>>().join(" | ")));
                }
            }
            Block::List(list) => {
                out.push_str(&format!("{pad}list\n"));
                for item in &list.items {
                    out.push_str(&format!("{pad}  - {}\n", text(&item.text)));
                    write(&item.children, depth + 2, out);
                }
            }
            Block::Pairs(pairs) => {
                out.push_str(&format!("{pad}pairs\n"));
                for pair in pairs {
                    let values: Vec<String> = pair.values.iter().map(text).collect();
                    out.push_str(&format!("{pad}  {} = {}\n", text(&pair.label), values.join(" & ")));
                }
            }
        }
    }
}

fn text(text: &Text) -> String {
    let mut out = String::new();
    for (at, c) in text.plain.char_indices().chain([(text.plain.len(), '\0')]) {
        for mark in text.marks.iter().filter(|m| m.end == at) {
            let _ = mark;
            out.push(']');
        }
        for mark in text.marks.iter().filter(|m| m.start == at) {
            out.push_str(match mark.kind {
                MarkKind::Code => "[c:",
                MarkKind::Strong => "[b:",
                MarkKind::Link(_) => "[a:",
            });
        }
        match c {
            '\0' => {}
            '\n' => out.push('/'),
            c => out.push(c),
        }
    }
    out
}
