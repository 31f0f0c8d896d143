//! What must be known of an element before it is read: what its subtree holds, and whether it only lays things out.

use super::tag::Tag;
use super::tree::{Content, Step, Tree, Walk};

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
                    Content::Element(Tag::Skip, _) => walk.skip_content(),
                    Content::Element(..) => {}
                },
                Step::Leave(node) => {
                    let own = match tree.tag(node) {
                        Some(Tag::Heading(_)) => HEADING,
                        Some(Tag::Table) => TABLE,
                        _ => 0,
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
        if tag != Tag::Table {
            return self.has_heading(node) || self.has_table(node);
        }
        let presentation = attributes.is_some_and(|a| a.presentation);
        let (mut rows, mut columns, mut headers, mut long) = (0, 0, 0, false);
        let mut walk = Walk::new(tree, node);
        let mut cells = 0;
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            let Some(tag) = tree.tag(id) else { continue };
            match tag {
                Tag::Row => {
                    rows += 1;
                    cells = 0;
                }
                Tag::Cell | Tag::HeaderCell => {
                    cells += 1;
                    columns = columns.max(cells);
                    headers += usize::from(tag == Tag::HeaderCell);
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
