//! A document as a flat list of blocks, whatever its input kind. Parsers of other kinds end here; reading begins here.

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

/// An item of a list, with what is nested in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    /// Its own words, those of nested blocks left out.
    pub text: Text,
    /// Lists, tables and pairs nested in it.
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
