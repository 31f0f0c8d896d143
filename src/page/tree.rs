//! A document as a tree in one arena, and a walk through it without recursion.

use super::tag::{Attributes, Tag};

/// Index that points nowhere.
const NONE: u32 = u32::MAX;

/// A piece of the tree's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    start: u32,
    len: u32,
}

impl Span {
    pub const EMPTY: Span = Span { start: 0, len: 0 };
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Element { tag: Tag, signature: u32, attributes: u32 },
    Text(Span),
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
#[derive(Debug)]
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

    /// An empty document with room for the parse of a source of this many bytes.
    pub fn for_source(bytes: usize) -> Tree {
        let mut tree = Tree {
            nodes: Vec::with_capacity(bytes / 32 + 16),
            text: String::with_capacity(bytes / 2),
            attributes: vec![],
        };
        tree.push_element(Tag::Root, 0, None);
        tree
    }

    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    pub fn content(&self, id: u32) -> Content<'_> {
        match self.nodes[id as usize].kind {
            Kind::Element { tag, attributes, .. } => Content::Element(tag, self.attributes.get(attributes as usize)),
            Kind::Text(span) => Content::Text(self.str(span)),
        }
    }

    pub fn tag(&self, id: u32) -> Option<Tag> {
        match self.nodes[id as usize].kind {
            Kind::Element { tag, .. } => Some(tag),
            Kind::Text(_) => None,
        }
    }

    /// Equal for elements of the same name and first class.
    pub fn signature(&self, id: u32) -> Option<u32> {
        match self.nodes[id as usize].kind {
            Kind::Element { signature, .. } => Some(signature),
            Kind::Text(_) => None,
        }
    }

    pub fn attributes(&self, id: u32) -> Option<&Attributes> {
        match self.nodes[id as usize].kind {
            Kind::Element { attributes, .. } => self.attributes.get(attributes as usize),
            Kind::Text(_) => None,
        }
    }

    pub fn parent(&self, id: u32) -> Option<u32> {
        some(self.nodes[id as usize].parent)
    }

    pub fn prev_sibling(&self, id: u32) -> Option<u32> {
        some(self.nodes[id as usize].prev)
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
        // Documents are bounded far below the range of an index.
        (self.nodes.len() - 1) as u32
    }

    /// Makes an element that stands nowhere yet.
    pub fn push_element(&mut self, tag: Tag, signature: u32, attributes: Option<Attributes>) -> u32 {
        let index = if attributes.is_some() { self.attributes.len() as u32 } else { NONE };
        self.attributes.extend(attributes);
        self.push(Kind::Element { tag, signature, attributes: index })
    }

    /// Gives an element attributes when it has none.
    pub fn set_attributes(&mut self, id: u32, fresh: Attributes) {
        let index = self.attributes.len() as u32;
        if let Kind::Element { attributes, .. } = &mut self.nodes[id as usize].kind
            && *attributes == NONE
        {
            *attributes = index;
            self.attributes.push(fresh);
        }
    }

    /// Makes a text that stands nowhere yet.
    pub fn push_text(&mut self, text: &str) -> u32 {
        let span = self.keep(text);
        self.push(Kind::Text(span))
    }

    /// Keeps a text for the life of the tree.
    pub fn keep(&mut self, text: &str) -> Span {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        Span { start, len: text.len() as u32 }
    }

    pub fn str(&self, span: Span) -> &str {
        &self.text[span.start as usize..(span.start + span.len) as usize]
    }

    pub fn detach(&mut self, id: u32) {
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

    pub fn append(&mut self, parent: u32, id: u32) {
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

    pub fn insert_before(&mut self, sibling: u32, id: u32) {
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

/// One step of a walk.
pub(super) enum Step {
    Enter(u32),
    Leave(u32),
}

/// A walk through a subtree, from its first element in and out again.
pub(super) struct Walk<'t> {
    tree: &'t Tree,
    root: u32,
    next: Option<Step>,
    skip: bool,
}

impl<'t> Walk<'t> {
    pub fn new(tree: &'t Tree, root: u32) -> Self {
        Walk { tree, root, next: Some(Step::Enter(root)), skip: false }
    }

    /// Leaves out the content of the element just entered.
    pub fn skip_content(&mut self) {
        self.skip = true;
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        if std::mem::take(&mut self.skip)
            && let Some(Step::Enter(child)) = self.next
            && let Some(parent) = self.tree.parent(child)
        {
            self.next = Some(Step::Leave(parent));
        }
        let step = self.next.take()?;
        self.next = match step {
            Step::Enter(node) => Some(match self.tree.first_child(node) {
                Some(child) => Step::Enter(child),
                None => Step::Leave(node),
            }),
            Step::Leave(node) if node == self.root => None,
            Step::Leave(node) => match self.tree.next_sibling(node) {
                Some(sibling) => Some(Step::Enter(sibling)),
                None => self.tree.parent(node).map(Step::Leave),
            },
        };
        Some(step)
    }
}
