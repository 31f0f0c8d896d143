//! The structures that are being built while a document is walked, and where finished blocks go.

use super::blocks::Builder;
use super::lines;
use super::{Block, Cell, Heading, Item, List, MarkKind, Pair, Row, Table, Text};

/// A structure that is being built, and the element at whose end it is done.
pub(super) struct Frame {
    pub node: u32,
    pub kind: Kind,
}

pub(super) enum Kind {
    Heading(u8),
    Caption,
    Table(Table),
    Row(Row),
    Cell(Cell),
    List(List),
    Item(Item),
    Pairs(Vec<Pair>),
    Term,
    Description,
}

impl Kind {
    /// Holds words only: what stands in it makes lines, not blocks.
    pub fn is_text(&self) -> bool {
        matches!(self, Kind::Heading(_) | Kind::Caption | Kind::Cell(_) | Kind::Term | Kind::Description)
    }
}

impl Builder<'_> {
    pub fn in_text(&self) -> bool {
        self.top_is(Kind::is_text)
    }

    pub fn top_is(&self, is: impl Fn(&Kind) -> bool) -> bool {
        self.frames.last().is_some_and(|f| is(&f.kind))
    }

    pub fn open(&mut self, node: u32, kind: Kind) {
        self.flush();
        self.frames.push(Frame { node, kind });
    }

    pub fn take(&mut self) -> Text {
        let mut text = self.words.take();
        if let Some(link) = self.link.and_then(|i| self.page.links.get_mut(i))
            && link.text.is_empty()
            && let Some(mark) = text.marks.iter().rfind(|m| matches!(m.kind, MarkKind::Link(_)))
        {
            link.text = text.plain[mark.start..mark.end].to_string();
        }
        text.marks.retain(|m| !matches!(&m.kind, MarkKind::Link(href) if href.is_empty()));
        text
    }

    /// Ends the running text and puts it where the structure at hand wants it.
    pub fn flush(&mut self) {
        let text = self.take();
        if text.plain.is_empty() {
            return;
        }
        match self.frames.last_mut().map(|f| &mut f.kind) {
            Some(Kind::Item(item))
                if item.children.is_empty() && (item.text.plain.is_empty() || !lines::is_strong(&text)) =>
            {
                lines::append(&mut item.text, text);
            }
            Some(Kind::List(list)) => list.items.push(Item { text, children: vec![] }),
            Some(Kind::Row(row)) => row.cells.push(Cell { text, colspan: 1, rowspan: 1, ..Cell::default() }),
            Some(Kind::Pairs(pairs)) => match pairs.last_mut() {
                Some(pair) => pair.values.push(text),
                None => pairs.push(Pair { label: Text::default(), values: vec![text] }),
            },
            _ => self.emit(lines::paragraph(text)),
        }
    }

    /// Puts a block where blocks go: on the page, or under the list item at hand.
    pub fn emit(&mut self, block: Block) {
        for frame in self.frames.iter_mut().rev() {
            match &mut frame.kind {
                Kind::Item(item) => return item.children.push(block),
                Kind::List(list) => {
                    if list.items.is_empty() {
                        list.items.push(Item::default());
                    }
                    if let Some(item) = list.items.last_mut() {
                        item.children.push(block);
                    }
                    return;
                }
                _ => {}
            }
        }
        self.page.blocks.push(block);
    }

    /// Gives the table just emitted its caption.
    pub fn caption(&mut self, text: Text) {
        let blocks = self.frames.iter_mut().rev().find_map(|f| match &mut f.kind {
            Kind::Item(item) => Some(&mut item.children),
            _ => None,
        });
        match blocks.unwrap_or(&mut self.page.blocks).last_mut() {
            _ if text.plain.is_empty() => {}
            Some(Block::Table(table)) if table.caption.is_none() => table.caption = Some(text),
            _ => self.emit(lines::paragraph(text)),
        }
    }

    /// Ends the structure at hand.
    pub fn close(&mut self) {
        if !self.in_text() {
            self.flush();
        }
        let Some(frame) = self.frames.pop() else { return };
        match frame.kind {
            Kind::Heading(level) => {
                let text = self.take();
                if text.plain.is_empty() {
                } else if let Some(Frame { kind: Kind::Item(item), .. }) = self.frames.last_mut()
                    && item.children.is_empty()
                    && item.text.plain.is_empty()
                {
                    item.text = text;
                } else {
                    self.emit(Block::Heading(Heading { level, text }));
                }
            }
            Kind::Caption => {
                let caption = self.take();
                if let Some(Frame { kind: Kind::Table(table), .. }) = self.frames.last_mut()
                    && !caption.plain.is_empty()
                {
                    table.caption = Some(caption);
                }
            }
            Kind::Cell(mut cell) => {
                cell.text = self.take();
                if let Some(Frame { kind: Kind::Row(row), .. }) = self.frames.last_mut() {
                    row.cells.push(cell);
                }
            }
            Kind::Row(mut row) => {
                row.header |= !row.cells.is_empty() && row.cells.iter().all(|c| c.header);
                if let Some(Frame { kind: Kind::Table(table), .. }) = self.frames.last_mut() {
                    table.rows.push(row);
                }
            }
            Kind::Table(mut table) => {
                table.tidy();
                if !table.rows.is_empty() {
                    self.emit(Block::Table(table));
                }
            }
            Kind::Item(item) => {
                if let Some(Frame { kind: Kind::List(list), .. }) = self.frames.last_mut()
                    && (!item.text.plain.is_empty() || !item.children.is_empty())
                {
                    list.items.push(item);
                }
            }
            Kind::List(list) => {
                if !list.items.is_empty() {
                    self.emit(Block::List(list));
                }
            }
            Kind::Term => {
                let label = self.take();
                if let Some(Frame { kind: Kind::Pairs(pairs), .. }) = self.frames.last_mut() {
                    match pairs.last_mut() {
                        // Terms that follow each other share what is said of them.
                        Some(pair) if pair.values.is_empty() => lines::append(&mut pair.label, label),
                        _ => pairs.push(Pair { label, values: vec![] }),
                    }
                }
            }
            Kind::Description => {
                let value = self.take();
                if let Some(Frame { kind: Kind::Pairs(pairs), .. }) = self.frames.last_mut() {
                    match pairs.last_mut() {
                        _ if value.plain.is_empty() => {}
                        Some(pair) => pair.values.push(value),
                        None => pairs.push(Pair { label: Text::default(), values: vec![value] }),
                    }
                }
            }
            Kind::Pairs(pairs) => {
                if !pairs.is_empty() {
                    self.emit(Block::Pairs(pairs));
                }
            }
        }
    }
}
