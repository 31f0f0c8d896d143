//! A document as a flat list of blocks, whatever its input kind. Parsers of other kinds end here; reading begins here.

mod blocks;
mod columns;
mod encoding;
mod filter;
mod front_matter;
mod grid;
mod html;
mod kind;
mod labels;
mod lines;
mod markdown;
#[cfg(test)]
mod outline;
mod patterns;
mod pipes;
mod short_codes;
mod sink;
mod space;
mod structure;
mod survey;
mod tag;
mod text;
mod tree;

pub use encoding::encoding_label;
pub use kind::Kind;

use crate::visit::PageSource;

/// Largest document that is read, in bytes.
pub const MAX_BYTES: usize = 20_000_000;

/// Why a document was not read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Larger than [`MAX_BYTES`], or made of more pieces than any page of that size.
    #[error("The document is larger than 20 MB, or far more intricate than any page, and was not read.")]
    TooLarge,
}

/// Reads a fetched or pasted document; its kind is found from content type, address and the text itself.
///
/// # Errors
/// When the document is larger than [`MAX_BYTES`].
pub fn parse(source: &PageSource) -> Result<Page, Unreadable> {
    let url = if source.final_url.is_empty() { &source.url } else { &source.final_url };
    parse_text(&source.text, Kind::of(&source.content_type, url, &source.text))
}

/// Reads a document of a known kind.
///
/// # Errors
/// When the document is larger than [`MAX_BYTES`].
pub fn parse_text(text: &str, kind: Kind) -> Result<Page, Unreadable> {
    if text.len() > MAX_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let mut page = match kind {
        Kind::Html => blocks::read(&html::parse(text)?),
        Kind::Markdown => markdown::read(text)?,
        Kind::Text => text::read(text),
    };
    if page.title.is_none() {
        page.title = page.blocks.iter().find_map(|b| match b {
            Block::Heading(heading) => Some(heading.text.plain.clone()),
            _ => None,
        });
    }
    Ok(page)
}

/// A document made of blocks.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// `<title>`, front matter title or first heading.
    pub title: Option<String>,
    /// Language that the document claims (`lang`), which may be wrong.
    pub language: Option<String>,
    /// Every link, in document order.
    pub links: Vec<Link>,
    /// The content, in document order.
    pub blocks: Vec<Block>,
}

/// One block of a page. Nested structure is unfolded: a table in a layout table is a block of its own.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading, or what serves as one.
    Heading(Heading),
    /// A table, or a grid that a page shows as one.
    Table(Table),
    /// A list; nested lists are children of their item.
    List(List),
    /// Labels with values: `dl`, labelled lines, YAML front matter.
    Pairs(Vec<Pair>),
    /// Running text.
    Paragraph(Text),
}

/// A heading and how deep it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Heading {
    /// 1 to 6 as in HTML; 7 for a line that only looks like one (bold line, `summary`, caption, tab label).
    pub level: u8,
    /// Its words.
    pub text: Text,
}

/// A table: rows own their cells, and only theirs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// `caption`.
    pub caption: Option<Text>,
    /// Rows in order, header rows included.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Cells in order, spans not yet applied.
    pub cells: Vec<Cell>,
    /// True when the row stands in `thead` or all of its cells are headers.
    pub header: bool,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// What it says; lines (`br`, list items, paragraphs) are separated by `\n`.
    pub text: Text,
    /// `th`, or a role of row or column header.
    pub header: bool,
    /// Columns it spans, at least 1.
    pub colspan: u16,
    /// Rows it spans, at least 1.
    pub rowspan: u16,
    /// A label that the cell carries for narrow screens (`data-label`, `data-title`, …).
    pub label: Option<String>,
}

/// A list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct List {
    /// Items in order.
    pub items: Vec<Item>,
}

impl Table {
    /// Drops rows that show nothing, and keeps spans within the table, so that applying them costs no more than the table.
    fn tidy(&mut self) {
        let mut reach = 0;
        let mut at = 0;
        self.rows.retain(|row| {
            let spans = row.cells.iter().map(|c| usize::from(c.rowspan)).max().unwrap_or(1);
            let shows = at < reach || spans > 1 || row.cells.iter().any(|c| !c.text.plain.is_empty());
            reach = reach.max(at + spans);
            at += 1;
            shows
        });
        let widest = self.rows.iter().map(|r| r.cells.len()).max().unwrap_or(0);
        let cells: usize = self.rows.iter().map(|r| r.cells.len()).sum();
        let spans: usize = self.rows.iter().flat_map(|r| &r.cells).map(|c| usize::from(c.colspan)).sum();
        let most = if spans > 4 * cells + 1000 { widest } else { usize::MAX };
        let rows = self.rows.len();
        for (at, row) in self.rows.iter_mut().enumerate() {
            for cell in &mut row.cells {
                cell.colspan = cell.colspan.min(u16::try_from(most).unwrap_or(u16::MAX)).max(1);
                cell.rowspan = cell.rowspan.min(u16::try_from(rows - at).unwrap_or(u16::MAX)).max(1);
            }
        }
    }
}

/// An item of a list, with what is nested in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Its own words, those of nested blocks left out.
    pub text: Text,
    /// Lists, tables and pairs nested in it; once one of them has begun, also the headings and paragraphs between them.
    pub children: Vec<Block>,
}

/// A label and its values.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pair {
    /// The label.
    pub label: Text,
    /// The values, most often one.
    pub values: Vec<Text>,
}

/// Words, with the marks that matter for reading: code, bold, links.
///
/// White space is folded to single spaces; a line break that the page shows is `\n`; soft hyphens and zero-width
/// characters are gone. Ranges are byte positions in `plain`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    /// The words.
    pub plain: String,
    /// Marks in order of their start.
    pub marks: Vec<Mark>,
}

/// A mark over a range of [`Text::plain`].
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What it is.
    pub kind: MarkKind,
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
}

/// The kind of a mark.
#[derive(Debug, Clone, PartialEq)]
pub enum MarkKind {
    /// `code`, `kbd`, `tt`, `samp`, back quotes.
    Code,
    /// `b`, `strong`.
    Strong,
    /// A link and where it leads.
    Link(String),
}

/// A link of the page and where it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Link {
    /// Its words.
    pub text: String,
    /// Its address as written.
    pub href: String,
}
