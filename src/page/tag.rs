//! Elements and attributes of HTML, boiled down to what reading needs.

use html5ever::{Attribute, LocalName, QualName, local_name, ns};

use super::tree::{Span, Tree};

/// What an element is for reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Tag {
    /// Inline, without meaning of its own.
    #[default]
    Inline,
    /// Begins and ends a line.
    Block,
    /// A block that holds running text.
    Paragraph,
    /// Neither it nor its content is shown.
    Skip,
    Root,
    Title,
    Heading(u8),
    /// `summary`, `legend`, a button that opens something: names what follows.
    Summary,
    FigureCaption,
    Table,
    RowGroup,
    HeadGroup,
    Row,
    Cell,
    HeaderCell,
    Caption,
    List,
    Item,
    Pairs,
    Term,
    Description,
    Anchor,
    Strong,
    Code,
    Pre,
    Break,
    Rule,
    Button,
    /// The label of a tab panel.
    Tab,
}

/// Attributes that matter for reading; most elements have none of them. Values stand in the tree's text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Attributes {
    pub id: Span,
    pub href: Span,
    pub controls: Span,
    pub labelled_by: Span,
    /// Label for narrow screens, or `aria-label`.
    pub label: Span,
    pub lang: Span,
    pub colspan: u16,
    /// 0 when the cell goes down to the end of its group.
    pub rowspan: u16,
    /// `role` says that the element means nothing.
    pub presentation: bool,
}

const NOTHING: Attributes = Attributes {
    id: Span::EMPTY,
    href: Span::EMPTY,
    controls: Span::EMPTY,
    labelled_by: Span::EMPTY,
    label: Span::EMPTY,
    lang: Span::EMPTY,
    colspan: 1,
    rowspan: 1,
    presentation: false,
};

/// What an element is, the signature of its name and first class, and the attributes that matter.
pub(super) fn describe(name: &QualName, attrs: &[Attribute], tree: &mut Tree) -> (Tag, u32, Option<Attributes>) {
    let mut tag = if name.ns == ns!(html) { tag_of(&name.local) } else { Tag::Skip };
    let mut signature = hash(0x811c_9dc5, &name.local);
    if tag == Tag::Skip {
        return (tag, signature, None);
    }
    let mut found = NOTHING;
    let (mut role, mut level, mut opens) = ("", None, false);
    for attribute in attrs {
        let value = &*attribute.value;
        match attribute.name.local {
            local_name!("class") => {
                signature = hash(signature, value.split_ascii_whitespace().next().unwrap_or_default())
            }
            local_name!("id") => found.id = tree.keep(value),
            local_name!("href") => found.href = tree.keep(value.trim()),
            local_name!("role") => role = value.split_ascii_whitespace().next().unwrap_or_default(),
            local_name!("colspan") => found.colspan = value.trim().parse().unwrap_or(1),
            local_name!("rowspan") => found.rowspan = value.trim().parse().unwrap_or(1),
            local_name!("lang") => found.lang = tree.keep(value.trim()),
            local_name!("style")
            | local_name!("src")
            | local_name!("rel")
            | local_name!("target")
            | local_name!("scope") => {}
            _ => match &*attribute.name.local {
                "aria-level" => level = value.trim().parse::<u8>().ok(),
                "aria-controls" => {
                    found.controls = tree.keep(value.split_ascii_whitespace().next().unwrap_or_default());
                    opens = true;
                }
                "aria-labelledby" => {
                    found.labelled_by = tree.keep(value.split_ascii_whitespace().next().unwrap_or_default());
                }
                "aria-expanded" => opens = true,
                "aria-colspan" => found.colspan = value.trim().parse().unwrap_or(1),
                "aria-rowspan" => found.rowspan = value.trim().parse().unwrap_or(1),
                "aria-label" if found.label == Span::EMPTY => found.label = tree.keep(value),
                "data-label" | "data-title" | "data-th" | "data-column" | "data-header" | "data-heading"
                | "data-name" => {
                    found.label = tree.keep(value);
                }
                _ => {}
            },
        }
    }
    found.presentation = role == "presentation" || role == "none";
    tag = with_role(tag, role, level, opens);
    (tag, signature, (found != NOTHING).then_some(found))
}

fn with_role(tag: Tag, role: &str, level: Option<u8>, opens: bool) -> Tag {
    match (role, tag) {
        ("", Tag::Button) if opens => Tag::Summary,
        ("" | "presentation" | "none", _) | (_, Tag::Skip) => tag,
        ("heading", Tag::Heading(own)) => Tag::Heading(level.unwrap_or(own).clamp(1, 6)),
        ("heading", _) => Tag::Heading(level.unwrap_or(2).clamp(1, 6)),
        ("table" | "grid" | "treegrid", _) => Tag::Table,
        ("rowgroup", Tag::HeadGroup) => tag,
        ("rowgroup", _) => Tag::RowGroup,
        ("row", _) => Tag::Row,
        ("cell" | "gridcell", Tag::HeaderCell) => tag,
        ("cell" | "gridcell", _) => Tag::Cell,
        ("columnheader" | "rowheader", _) => Tag::HeaderCell,
        ("list", _) => Tag::List,
        ("listitem", _) => Tag::Item,
        ("tab", _) => Tag::Tab,
        ("button", _) if opens => Tag::Summary,
        _ => tag,
    }
}

/// FNV-1a, for telling elements apart, nothing more.
fn hash(seed: u32, text: &str) -> u32 {
    text.bytes().fold(seed ^ 0xff, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

/// What an element of this name is.
pub(super) fn tag_of(name: &LocalName) -> Tag {
    match *name {
        local_name!("title") => Tag::Title,
        local_name!("script")
        | local_name!("style")
        | local_name!("template")
        | local_name!("noscript")
        | local_name!("iframe")
        | local_name!("object")
        | local_name!("canvas")
        | local_name!("audio")
        | local_name!("video")
        | local_name!("select")
        | local_name!("datalist")
        | local_name!("textarea")
        | local_name!("noembed")
        | local_name!("noframes")
        | local_name!("map") => Tag::Skip,
        local_name!("h1") => Tag::Heading(1),
        local_name!("h2") => Tag::Heading(2),
        local_name!("h3") => Tag::Heading(3),
        local_name!("h4") => Tag::Heading(4),
        local_name!("h5") => Tag::Heading(5),
        local_name!("h6") => Tag::Heading(6),
        local_name!("summary") | local_name!("legend") => Tag::Summary,
        local_name!("figcaption") => Tag::FigureCaption,
        local_name!("table") => Tag::Table,
        local_name!("thead") => Tag::HeadGroup,
        local_name!("tbody") | local_name!("tfoot") => Tag::RowGroup,
        local_name!("tr") => Tag::Row,
        local_name!("td") => Tag::Cell,
        local_name!("th") => Tag::HeaderCell,
        local_name!("caption") => Tag::Caption,
        local_name!("ul") | local_name!("ol") | local_name!("menu") | local_name!("dir") => Tag::List,
        local_name!("li") => Tag::Item,
        local_name!("dl") => Tag::Pairs,
        local_name!("dt") => Tag::Term,
        local_name!("dd") => Tag::Description,
        // The filter renames `a`.
        local_name!("dfn") => Tag::Anchor,
        local_name!("b") => Tag::Strong,
        local_name!("code") | local_name!("kbd") | local_name!("samp") | local_name!("var") => Tag::Code,
        local_name!("pre") | local_name!("listing") | local_name!("xmp") | local_name!("plaintext") => Tag::Pre,
        local_name!("br") => Tag::Break,
        local_name!("hr") => Tag::Rule,
        local_name!("button") => Tag::Button,
        local_name!("p") => Tag::Paragraph,
        local_name!("address")
        | local_name!("article")
        | local_name!("aside")
        | local_name!("blockquote")
        | local_name!("body")
        | local_name!("center")
        | local_name!("details")
        | local_name!("dialog")
        | local_name!("div")
        | local_name!("fieldset")
        | local_name!("figure")
        | local_name!("footer")
        | local_name!("form")
        | local_name!("header")
        | local_name!("hgroup")
        | local_name!("html")
        | local_name!("head")
        | local_name!("main")
        | local_name!("nav")
        | local_name!("search")
        | local_name!("section")
        | local_name!("optgroup")
        | local_name!("option") => Tag::Block,
        _ => Tag::Inline,
    }
}

/// True for the names of HTML's inline and block elements, those of frames and the like aside.
pub(super) fn is_html(name: &str) -> bool {
    let known = LocalName::from(name);
    tag_of(&known) != Tag::Inline
        || matches!(
            name,
            "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "data" | "del" | "em" | "font" | "i"
        )
        || matches!(
            name,
            "img" | "input" | "ins" | "label" | "mark" | "meter" | "nobr" | "output" | "picture" | "progress" | "q"
        )
        || matches!(
            name,
            "rp" | "rt" | "ruby" | "s" | "slot" | "small" | "source" | "span" | "strike" | "strong" | "sub" | "sup"
        )
        || matches!(
            name,
            "svg" | "math" | "time" | "tt" | "u" | "wbr" | "col" | "colgroup" | "link" | "meta" | "base" | "embed"
        )
}
