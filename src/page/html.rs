//! HTML to a small tree: html5ever's tokenizer and tree builder with an arena of our own as sink.
//!
//! Bounds keep the time linear and the memory flat whatever the input: nesting stops at [`MAX_DEPTH`] like in browsers,
//! formatting elements without meaning here are dropped before the tree builder would clone them, and a tag with
//! thousands of attributes is cut short.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, Tracer, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag as TagToken, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

/// Elements deeper than this lose their tags and keep their words, as in browsers.
const MAX_DEPTH: usize = 512;
/// Index that points nowhere.
const NONE: u32 = u32::MAX;

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
    /// `summary`, `legend`, `figcaption`: names what follows.
    Summary,
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
}

/// Attributes that matter for reading; most elements have none of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Attributes {
    pub id: Option<String>,
    pub href: Option<String>,
    pub role: Option<String>,
    pub level: Option<u8>,
    pub controls: Option<String>,
    pub expanded: bool,
    pub colspan: Option<u16>,
    pub rowspan: Option<u16>,
    /// Label for narrow screens, or `aria-label`.
    pub label: Option<String>,
    pub lang: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Element { tag: Tag, signature: u32, attributes: u32 },
    Text { start: u32, len: u32 },
}

#[derive(Debug, Clone, Copy)]
struct Node {
    parent: u32,
    first: u32,
    last: u32,
    prev: u32,
    next: u32,
    kind: Kind,
}

/// A document as a tree in one arena. Node 0 is the document itself.
#[derive(Debug, Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    text: String,
    attributes: Vec<Attributes>,
}

/// What stands at a node.
pub(super) enum Content<'a> {
    Element(Tag, Option<&'a Attributes>),
    Text(&'a str),
}

impl Tree {
    /// The document.
    pub const ROOT: u32 = 0;

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn content(&self, id: u32) -> Content<'_> {
        match self.nodes[id as usize].kind {
            Kind::Element { tag, attributes, .. } => Content::Element(tag, self.attributes.get(attributes as usize)),
            Kind::Text { start, len } => Content::Text(&self.text[start as usize..(start + len) as usize]),
        }
    }

    pub fn tag(&self, id: u32) -> Option<Tag> {
        match self.nodes[id as usize].kind {
            Kind::Element { tag, .. } => Some(tag),
            Kind::Text { .. } => None,
        }
    }

    /// Equal for elements of the same name and first class.
    pub fn signature(&self, id: u32) -> Option<u32> {
        match self.nodes[id as usize].kind {
            Kind::Element { signature, .. } => Some(signature),
            Kind::Text { .. } => None,
        }
    }

    pub fn attributes(&self, id: u32) -> Option<&Attributes> {
        match self.nodes[id as usize].kind {
            Kind::Element { attributes, .. } => self.attributes.get(attributes as usize),
            Kind::Text { .. } => None,
        }
    }

    pub fn parent(&self, id: u32) -> Option<u32> {
        some(self.nodes[id as usize].parent)
    }

    pub fn first_child(&self, id: u32) -> Option<u32> {
        some(self.nodes[id as usize].first)
    }

    pub fn next_sibling(&self, id: u32) -> Option<u32> {
        some(self.nodes[id as usize].next)
    }

    pub fn children(&self, id: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(self.first_child(id), |&c| self.next_sibling(c))
    }

    fn push(&mut self, kind: Kind) -> u32 {
        self.nodes.push(Node { parent: NONE, first: NONE, last: NONE, prev: NONE, next: NONE, kind });
        (self.nodes.len() - 1) as u32
    }

    fn push_text(&mut self, text: &str) -> u32 {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        self.push(Kind::Text { start, len: text.len() as u32 })
    }

    fn detach(&mut self, id: u32) {
        let Node { parent, prev, next, .. } = self.nodes[id as usize];
        if parent == NONE {
            return;
        }
        match some(prev) {
            Some(prev) => self.nodes[prev as usize].next = next,
            None => self.nodes[parent as usize].first = next,
        }
        match some(next) {
            Some(next) => self.nodes[next as usize].prev = prev,
            None => self.nodes[parent as usize].last = prev,
        }
        let node = &mut self.nodes[id as usize];
        (node.parent, node.prev, node.next) = (NONE, NONE, NONE);
    }

    fn append(&mut self, parent: u32, id: u32) {
        self.detach(id);
        let prev = self.nodes[parent as usize].last;
        let node = &mut self.nodes[id as usize];
        (node.parent, node.prev, node.next) = (parent, prev, NONE);
        match some(prev) {
            Some(prev) => self.nodes[prev as usize].next = id,
            None => self.nodes[parent as usize].first = id,
        }
        self.nodes[parent as usize].last = id;
    }

    fn insert_before(&mut self, sibling: u32, id: u32) {
        self.detach(id);
        let Node { parent, prev, .. } = self.nodes[sibling as usize];
        let node = &mut self.nodes[id as usize];
        (node.parent, node.prev, node.next) = (parent, prev, sibling);
        match some(prev) {
            Some(prev) => self.nodes[prev as usize].next = id,
            None if parent != NONE => self.nodes[parent as usize].first = id,
            None => {}
        }
        self.nodes[sibling as usize].prev = id;
    }
}

fn some(id: u32) -> Option<u32> {
    (id != NONE).then_some(id)
}

/// Parses a document.
pub(super) fn parse(source: &str) -> Tree {
    let sink = Sink::default();
    sink.tree.borrow_mut().push(Kind::Element { tag: Tag::Root, signature: 0, attributes: NONE });
    let builder = TreeBuilder::new(sink, TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() });
    let filter = Filter { builder, depth: Cell::new(0), dropped: Cell::new(0) };
    let tokenizer = Tokenizer::new(filter, TokenizerOpts::default());
    feed::all(&tokenizer, source);
    tokenizer.end();
    tokenizer.sink.builder.sink.tree.into_inner()
}

mod feed {
    use html5ever::TokenizerResult;
    use html5ever::buffer_queue::BufferQueue;
    use html5ever::tokenizer::Tokenizer;

    use super::{Filter, StrTendril};

    /// Gives the whole source to the tokenizer, going on after scripts, which nobody runs here.
    pub(super) fn all(tokenizer: &Tokenizer<Filter>, source: &str) {
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(source));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
    }
}

/// Stands between tokenizer and tree builder and drops what would cost without telling anything.
struct Filter {
    builder: TreeBuilder<Handle, Sink>,
    /// Never less than the number of open elements.
    depth: Cell<usize>,
    /// Tags opened and not closed beyond [`MAX_DEPTH`].
    dropped: Cell<usize>,
}

impl Filter {
    fn keeps(&self, tag: &mut TagToken) -> bool {
        match tag.name {
            local_name!("em")
            | local_name!("i")
            | local_name!("u")
            | local_name!("font")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("big")
            | local_name!("nobr") => return false,
            local_name!("b") | local_name!("strong") | local_name!("code") | local_name!("tt") => tag.attrs.clear(),
            local_name!("a") => tag.attrs.retain(|a| {
                a.name.local == local_name!("href")
                    || a.name.local == local_name!("role")
                    || &*a.name.local == "aria-controls"
            }),
            // Void elements and those whose text the tokenizer must take raw pass at any depth.
            local_name!("br")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("meta")
            | local_name!("link")
            | local_name!("wbr")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("plaintext") => {
                return true;
            }
            _ => {}
        }
        match (tag.kind, self.dropped.get()) {
            (TagKind::EndTag, 0) => true,
            (TagKind::EndTag, dropped) => {
                self.dropped.set(dropped - 1);
                false
            }
            (TagKind::StartTag, 0) => {
                if self.depth.get() >= MAX_DEPTH {
                    let count = Count::default();
                    self.builder.trace_handles(&count);
                    self.depth.set(count.0.get());
                }
                if self.depth.get() >= MAX_DEPTH {
                    self.dropped.set(1);
                    return false;
                }
                self.depth.set(self.depth.get() + 1);
                true
            }
            (TagKind::StartTag, dropped) => {
                self.dropped.set(dropped + 1);
                false
            }
        }
    }
}

impl TokenSink for Filter {
    type Handle = Handle;

    fn process_token(&self, mut token: Token, line: u64) -> TokenSinkResult<Handle> {
        let keeps = match &mut token {
            Token::TagToken(tag) => self.keeps(tag),
            Token::CommentToken(_) | Token::NullCharacterToken | Token::ParseError(_) => false,
            _ => true,
        };
        if keeps { self.builder.process_token(token, line) } else { TokenSinkResult::Continue }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Counts the elements that the tree builder holds.
#[derive(Default)]
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = Handle;

    fn trace_handle(&self, _: &Handle) {
        self.0.set(self.0.get() + 1);
    }
}

/// A node with its name, which the tree builder asks for all the time.
#[derive(Clone)]
struct Handle {
    id: u32,
    ns: Namespace,
    local: LocalName,
}

#[derive(Debug)]
struct Name<'a>(&'a Namespace, &'a LocalName);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        self.0
    }

    fn local_name(&self) -> &LocalName {
        self.1
    }
}

#[derive(Default)]
struct Sink {
    tree: RefCell<Tree>,
}

impl Sink {
    fn node(&self, child: NodeOrText<Handle>) -> u32 {
        match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => self.tree.borrow_mut().push_text(&text),
        }
    }

    fn unnamed(&self, tag: Tag) -> Handle {
        let id = self.tree.borrow_mut().push(Kind::Element { tag, signature: 0, attributes: NONE });
        Handle { id, ns: ns!(), local: local_name!("") }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: Tree::ROOT, ns: ns!(), local: local_name!("") }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Name<'a> {
        Name(&target.ns, &target.local)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let (attributes, signature) = attributes(&name, &attrs);
        let tag = if name.ns == ns!(html) { tag_of(&name.local) } else { Tag::Skip };
        let mut tree = self.tree.borrow_mut();
        let index = match attributes {
            Some(a) => {
                tree.attributes.push(a);
                (tree.attributes.len() - 1) as u32
            }
            None => NONE,
        };
        let id = tree.push(Kind::Element { tag, signature, attributes: index });
        Handle { id, ns: name.ns, local: name.local }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.unnamed(Tag::Skip)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.unnamed(Tag::Skip)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let id = self.node(child);
        self.tree.borrow_mut().append(parent.id, id);
    }

    fn append_based_on_parent_node(&self, element: &Handle, prev_element: &Handle, child: NodeOrText<Handle>) {
        let placed = self.tree.borrow().parent(element.id).is_some();
        if placed { self.append_before_sibling(element, child) } else { self.append(prev_element, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let id = self.node(new_node);
        self.tree.borrow_mut().insert_before(sibling.id, id);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        let Some(lang) = attrs.iter().find(|a| a.name.local == local_name!("lang")) else { return };
        let mut tree = self.tree.borrow_mut();
        let fresh = tree.attributes.len() as u32;
        if let Kind::Element { attributes, .. } = &mut tree.nodes[target.id as usize].kind
            && *attributes == NONE
        {
            *attributes = fresh;
            tree.attributes.push(Attributes { lang: Some(lang.value.to_string()), ..Attributes::default() });
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(node.id) {
            tree.append(new_parent.id, child);
        }
    }
}

fn tag_of(name: &LocalName) -> Tag {
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
        local_name!("summary") | local_name!("legend") | local_name!("figcaption") => Tag::Summary,
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
        local_name!("a") => Tag::Anchor,
        local_name!("b") | local_name!("strong") => Tag::Strong,
        local_name!("code") | local_name!("kbd") | local_name!("tt") | local_name!("samp") | local_name!("var") => {
            Tag::Code
        }
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

/// The attributes that matter, and the signature of name and first class.
fn attributes(name: &QualName, attrs: &[Attribute]) -> (Option<Attributes>, u32) {
    let mut signature = hash(0x811c_9dc5, &name.local);
    let mut found: Option<Attributes> = None;
    for attribute in attrs {
        let value = &*attribute.value;
        let key = &*attribute.name.local;
        if key == "class" {
            signature = hash(signature, value.split_ascii_whitespace().next().unwrap_or_default());
            continue;
        }
        let wanted = matches!(
            key,
            "id" | "href"
                | "role"
                | "aria-level"
                | "aria-controls"
                | "aria-expanded"
                | "colspan"
                | "rowspan"
                | "lang"
                | "data-label"
                | "data-title"
                | "data-th"
                | "data-column"
                | "data-header"
                | "aria-label"
                | "aria-colspan"
                | "aria-rowspan"
        );
        if !wanted {
            continue;
        }
        let a = found.get_or_insert_with(Attributes::default);
        match key {
            "id" => a.id = Some(value.into()),
            "href" => a.href = Some(value.trim().into()),
            "role" => a.role = value.split_ascii_whitespace().next().map(str::to_ascii_lowercase),
            "aria-level" => a.level = value.trim().parse().ok(),
            "aria-controls" => a.controls = value.split_ascii_whitespace().next().map(str::to_string),
            "aria-expanded" => a.expanded = true,
            "colspan" | "aria-colspan" => a.colspan = value.trim().parse().ok(),
            "rowspan" | "aria-rowspan" => a.rowspan = value.trim().parse().ok(),
            "lang" => a.lang = Some(value.trim().into()),
            "aria-label" => _ = a.label.get_or_insert_with(|| super::space::clean(value)),
            _ => a.label = Some(super::space::clean(value)),
        }
    }
    (found, signature)
}

/// FNV-1a, for telling elements apart, nothing more.
fn hash(seed: u32, text: &str) -> u32 {
    text.bytes().fold(seed ^ 0xff, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}
