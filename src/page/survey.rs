//! What must be known of an element before it is read: what its subtree holds, and whether it only lays things out.

use super::html::{Attributes, Content, Tag, Tree};

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

const HEADING: u8 = 1;
const TABLE: u8 = 2;

/// What each subtree holds.
pub(super) struct Survey {
    flags: Vec<u8>,
    /// Bytes of text in the subtree.
    size: Vec<u32>,
}

impl Survey {
    pub fn new(tree: &Tree) -> Survey {
        let mut survey = Survey { flags: vec![0; tree.len()], size: vec![0; tree.len()] };
        let mut walk = Walk::new(tree, Tree::ROOT);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) => match tree.content(node) {
                    Content::Text(text) => survey.size[node as usize] = text.trim().len() as u32,
                    Content::Element(tag, attributes) => {
                        if survey.role(node, tag, attributes) == Tag::Skip {
                            walk.skip_content();
                        }
                    }
                },
                Step::Leave(node) => {
                    let own = match tree.content(node) {
                        Content::Element(tag, attributes) => match survey.role(node, tag, attributes) {
                            Tag::Heading(_) => HEADING,
                            Tag::Table => TABLE,
                            _ => 0,
                        },
                        Content::Text(_) => 0,
                    };
                    if let Some(parent) = tree.parent(node) {
                        survey.flags[parent as usize] |= survey.flags[node as usize] | own;
                        survey.size[parent as usize] += survey.size[node as usize];
                    }
                }
            }
        }
        survey
    }

    /// What an element is, its `role` considered.
    pub fn role(&self, _node: u32, tag: Tag, attributes: Option<&Attributes>) -> Tag {
        let Some(attributes) = attributes else { return tag };
        let Some(role) = attributes.role.as_deref() else {
            return if tag == Tag::Button && (attributes.expanded || attributes.controls.is_some()) {
                Tag::Summary
            } else {
                tag
            };
        };
        match (role, tag) {
            (_, Tag::Skip) => tag,
            ("heading", Tag::Heading(level)) => Tag::Heading(attributes.level.unwrap_or(level).clamp(1, 6)),
            ("heading", _) => Tag::Heading(attributes.level.unwrap_or(2).clamp(1, 6)),
            ("table" | "grid" | "treegrid", _) => Tag::Table,
            ("rowgroup", Tag::HeadGroup) => tag,
            ("rowgroup", _) => Tag::RowGroup,
            ("row", _) => Tag::Row,
            ("cell" | "gridcell", Tag::HeaderCell) => tag,
            ("cell" | "gridcell", _) => Tag::Cell,
            ("columnheader" | "rowheader", _) => Tag::HeaderCell,
            ("list", _) => Tag::List,
            ("listitem", _) => Tag::Item,
            _ => tag,
        }
    }

    /// Does a heading stand in it?
    pub fn has_heading(&self, node: u32) -> bool {
        self.flags[node as usize] & HEADING != 0
    }

    /// Does a table stand in it?
    pub fn has_table(&self, node: u32) -> bool {
        self.flags[node as usize] & TABLE != 0
    }

    /// True for tables and lists that only place things on the page: what they hold is read as if they were not there.
    pub fn is_layout(&self, tree: &Tree, node: u32) -> bool {
        let Content::Element(tag, attributes) = tree.content(node) else { return false };
        if self.role(node, tag, attributes) != Tag::Table {
            return self.has_heading(node) || self.has_table(node);
        }
        let presentation =
            attributes.and_then(|a| a.role.as_deref()).is_some_and(|r| r == "presentation" || r == "none");
        let (mut rows, mut columns, mut headers, mut long) = (0, 0, 0, false);
        let mut walk = Walk::new(tree, node);
        let mut cells = 0;
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            let Content::Element(tag, attributes) = tree.content(id) else { continue };
            match self.role(id, tag, attributes) {
                Tag::Row => {
                    rows += 1;
                    cells = 0;
                }
                Tag::Cell | Tag::HeaderCell => {
                    cells += 1;
                    columns = columns.max(cells);
                    headers += usize::from(self.role(id, tag, attributes) == Tag::HeaderCell);
                    long |= self.size[id as usize] > 1000 && self.has_heading(id);
                    walk.skip_content();
                }
                Tag::Table if id != node => walk.skip_content(),
                Tag::Caption | Tag::Skip => walk.skip_content(),
                _ => {}
            }
        }
        let plain = headers == 0 || columns < 2 || rows < 2;
        rows == 0
            || (presentation && headers == 0)
            || long
            || ((self.has_table(node) || columns == 1 && self.has_heading(node)) && plain)
    }

    /// The words of a subtree as they stand in the source, line breaks included.
    pub fn raw_text(&self, tree: &Tree, node: u32) -> String {
        let mut raw = String::new();
        let mut walk = Walk::new(tree, node);
        while let Some(step) = walk.next() {
            if let Step::Enter(id) = step {
                match tree.content(id) {
                    Content::Text(text) => raw.push_str(text),
                    Content::Element(Tag::Break, _) => raw.push('\n'),
                    Content::Element(Tag::Skip, _) => walk.skip_content(),
                    Content::Element(..) => {}
                }
            }
        }
        raw
    }
}
