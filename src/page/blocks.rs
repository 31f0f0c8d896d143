//! The tree of a document to its flat list of blocks, in one walk without recursion.

use super::lines;
use super::space::{Words, clean};
use super::survey::Survey;
use super::tag::{Attributes, Tag};
use super::tree::{Content, Step, Tree, Walk};
use super::{Block, Cell, Heading, Item, Link, List, MarkKind, Page, Pair, Row, Table, Text, text};

/// Reads the blocks of a document.
pub(super) fn read(tree: &Tree) -> Page {
    let mut builder = Builder {
        tree,
        survey: Survey::new(tree),
        page: Page::default(),
        words: Words::default(),
        frames: vec![],
        link: None,
    };
    let mut walk = Walk::new(tree, Tree::ROOT);
    while let Some(step) = walk.next() {
        match step {
            Step::Enter(node) => {
                if !builder.enter(node) {
                    walk.skip_content();
                }
            }
            Step::Leave(node) => builder.leave(node),
        }
    }
    builder.flush();
    let mut page = builder.page;
    page.blocks = lines::join_labelled(page.blocks);
    page
}

/// A structure that is being built, and the element at whose end it is done.
struct Frame {
    node: u32,
    kind: Kind,
}

enum Kind {
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
    fn is_text(&self) -> bool {
        matches!(self, Kind::Heading(_) | Kind::Caption | Kind::Cell(_) | Kind::Term | Kind::Description)
    }
}

struct Builder<'t> {
    tree: &'t Tree,
    survey: Survey,
    page: Page,
    words: Words,
    frames: Vec<Frame>,
    /// The link that is open, as its place in `page.links`.
    link: Option<usize>,
}

impl Builder<'_> {
    /// Returns false when the content of the element is not to be walked.
    fn enter(&mut self, node: u32) -> bool {
        let (tag, attributes) = match self.tree.content(node) {
            Content::Text(text) => {
                self.words.push(text);
                return true;
            }
            Content::Element(tag, attributes) => (tag, attributes),
        };
        match tag {
            Tag::Skip => return false,
            Tag::Title => {
                let title = clean(&self.survey.raw_text(self.tree, node));
                if !title.is_empty() {
                    self.page.title.get_or_insert(title);
                }
                return false;
            }
            Tag::Root | Tag::Inline => self.language(attributes),
            Tag::Strong => self.words.open(MarkKind::Strong),
            Tag::Code => self.words.open(MarkKind::Code),
            Tag::Anchor => self.anchor(attributes),
            Tag::Break => self.line_break(),
            _ if self.in_text() => self.words.line(),
            Tag::Heading(level) => self.open(node, Kind::Heading(level)),
            Tag::Summary if self.survey.has_heading(node) => self.flush(),
            Tag::Summary => self.open(node, Kind::Heading(7)),
            Tag::Tab => self.open(node, Kind::Heading(7)),
            Tag::Button => self.words.space(),
            Tag::Table if !self.survey.is_layout(self.tree, node) => self.open(node, Kind::Table(Table::default())),
            Tag::Caption if self.top_is(|k| matches!(k, Kind::Table(_))) => self.open(node, Kind::Caption),
            Tag::Row if self.top_is(|k| matches!(k, Kind::Table(_))) => {
                let header = self.tree.parent(node).is_some_and(|p| self.tree.tag(p) == Some(Tag::HeadGroup));
                self.open(node, Kind::Row(Row { cells: vec![], header }));
            }
            Tag::Cell | Tag::HeaderCell if self.top_is(|k| matches!(k, Kind::Row(_))) => {
                let (colspan, rowspan, label) = match attributes {
                    Some(a) => (a.colspan.clamp(1, 1000), a.rowspan, clean(self.tree.str(a.label))),
                    None => (1, 1, String::new()),
                };
                let rowspan = if rowspan == 0 { u16::MAX } else { rowspan };
                let label = (!label.is_empty()).then_some(label);
                let header = tag == Tag::HeaderCell;
                self.open(node, Kind::Cell(Cell { text: Text::default(), header, colspan, rowspan, label }));
            }
            Tag::List if !self.survey.is_layout(self.tree, node) => self.open(node, Kind::List(List::default())),
            Tag::Item if self.top_is(|k| matches!(k, Kind::List(_))) => self.open(node, Kind::Item(Item::default())),
            Tag::Pairs if !self.survey.is_layout(self.tree, node) => self.open(node, Kind::Pairs(vec![])),
            Tag::Term if self.top_is(|k| matches!(k, Kind::Pairs(_))) => self.open(node, Kind::Term),
            Tag::Term => self.open(node, Kind::Heading(7)),
            Tag::Description if self.top_is(|k| matches!(k, Kind::Pairs(_))) => self.open(node, Kind::Description),
            Tag::Pre => {
                self.flush();
                for block in text::blocks(&self.survey.raw_text(self.tree, node)) {
                    self.emit(block);
                }
                return false;
            }
            _ => {
                self.flush();
                self.language(attributes);
            }
        }
        true
    }

    fn leave(&mut self, node: u32) {
        let Content::Element(tag, attributes) = self.tree.content(node) else { return };
        if self.frames.last().is_some_and(|f| f.node == node) {
            self.close();
            return;
        }
        match tag {
            Tag::Strong | Tag::Code => _ = self.words.close(),
            Tag::Anchor => self.end_anchor(attributes),
            Tag::Skip | Tag::Title | Tag::Root | Tag::Inline | Tag::Break | Tag::Pre => {}
            _ if self.in_text() => self.words.line(),
            Tag::Button => self.words.space(),
            _ => self.flush(),
        }
    }

    fn language(&mut self, attributes: Option<&Attributes>) {
        // Only the root of the document speaks for all of it.
        let Some(lang) = attributes.map(|a| self.tree.str(a.lang)).filter(|lang| !lang.is_empty()) else { return };
        if self.page.blocks.is_empty() {
            self.page.language.get_or_insert_with(|| lang.to_string());
        }
    }

    fn anchor(&mut self, attributes: Option<&Attributes>) {
        let href = attributes.map(|a| self.tree.str(a.href).to_string()).unwrap_or_default();
        if !href.is_empty() {
            self.link = Some(self.page.links.len());
            self.page.links.push(Link { text: String::new(), href: href.clone() });
        }
        self.words.open(MarkKind::Link(href));
    }

    fn end_anchor(&mut self, attributes: Option<&Attributes>) {
        let covered = self.words.close();
        let Some(link) = self.link.take().and_then(|i| self.page.links.get_mut(i)) else { return };
        if link.text.is_empty() {
            link.text = match attributes {
                Some(a) if covered.is_empty() => clean(self.tree.str(a.label)),
                _ => covered.to_string(),
            };
        }
    }

    /// Two line breaks in a row end a paragraph.
    fn line_break(&mut self) {
        if self.words.at_line_start() && !self.words.is_empty() && !self.in_text() {
            self.flush();
        } else {
            self.words.line();
        }
    }

    fn in_text(&self) -> bool {
        self.top_is(Kind::is_text)
    }

    fn top_is(&self, is: impl Fn(&Kind) -> bool) -> bool {
        self.frames.last().is_some_and(|f| is(&f.kind))
    }

    fn open(&mut self, node: u32, kind: Kind) {
        self.flush();
        self.frames.push(Frame { node, kind });
    }

    fn take(&mut self) -> Text {
        let text = self.words.take();
        if let Some(link) = self.link.and_then(|i| self.page.links.get_mut(i))
            && link.text.is_empty()
            && let Some(mark) = text.marks.iter().rfind(|m| matches!(m.kind, MarkKind::Link(_)))
        {
            link.text = text.plain[mark.start..mark.end].to_string();
        }
        text
    }

    /// Ends the running text and puts it where the structure at hand wants it.
    fn flush(&mut self) {
        let mut text = self.take();
        text.marks.retain(|m| m.kind != MarkKind::Link(String::new()));
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
    fn emit(&mut self, block: Block) {
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

    fn close(&mut self) {
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
                if let Some(Frame { kind: Kind::Table(table), .. }) = self.frames.last_mut()
                    && !row.cells.is_empty()
                {
                    table.rows.push(row);
                }
            }
            Kind::Table(mut table) => {
                table.bound_spans();
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
                    pairs.push(Pair { label, values: vec![] });
                }
            }
            Kind::Description => {
                let value = self.take();
                if let Some(Frame { kind: Kind::Pairs(pairs), .. }) = self.frames.last_mut() {
                    match pairs.last_mut() {
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
