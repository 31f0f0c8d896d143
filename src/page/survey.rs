//! What must be known of an element before it is read: what its subtree holds, and whether it only lays things out.

use std::collections::{HashMap, HashSet};

use super::tag::Tag;
use super::tree::{Content, Step, Tree, Walk};

const HEADING: u8 = 1;
const TABLE: u8 = 2;
/// Headings deep enough to be labels do not make a section.
const SECTION: u8 = 4;

/// What each subtree holds.
pub(super) struct Survey {
    flags: Vec<u8>,
    /// Bytes of text in the subtree.
    size: Vec<u32>,
    /// Tab panels with their tabs.
    tabs: HashMap<u32, u32>,
    with_panel: HashSet<u32>,
}

impl Survey {
    pub fn new(tree: &Tree) -> Survey {
        let mut survey = Survey {
            flags: vec![0; tree.len()],
            size: vec![0; tree.len()],
            tabs: HashMap::new(),
            with_panel: HashSet::new(),
        };
        let mut tabs = vec![];
        let mut walk = Walk::new(tree, Tree::ROOT);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) => match tree.content(node) {
                    Content::Text(text) => survey.size[node as usize] = text.trim().len() as u32,
                    Content::Element(Tag::Skip, _) => walk.skip_content(),
                    Content::Element(Tag::Tab, _) => tabs.push(node),
                    Content::Element(..) => {}
                },
                Step::Leave(node) => {
                    let own = match tree.tag(node) {
                        Some(Tag::Heading(..=3)) => HEADING | SECTION,
                        Some(Tag::Heading(_)) => HEADING,
                        Some(Tag::Summary | Tag::Tab | Tag::Pre) => SECTION,
                        Some(Tag::Table) => TABLE | SECTION,
                        Some(Tag::List | Tag::Pairs) => SECTION,
                        _ => 0,
                    };
                    if let Some(parent) = tree.parent(node) {
                        survey.flags[parent as usize] |= survey.flags[node as usize] | own;
                        survey.size[parent as usize] += survey.size[node as usize];
                    }
                }
            }
        }
        if !tabs.is_empty() {
            survey.match_tabs(tree, &tabs);
        }
        survey
    }

    /// Tabs and panels name each other: the tab controls the panel or links to it, the panel is labelled by the tab.
    fn match_tabs(&mut self, tree: &Tree, tabs: &[u32]) {
        let mut by_panel: HashMap<&str, u32> = HashMap::new();
        let mut by_tab: HashMap<&str, u32> = HashMap::new();
        for &tab in tabs {
            let Some(attributes) = tree.attributes(tab) else { continue };
            let target = tree.str(attributes.href).strip_prefix('#').unwrap_or_default();
            for id in [tree.str(attributes.controls), target] {
                by_panel.entry(id).or_insert(tab);
            }
            by_tab.entry(tree.str(attributes.id)).or_insert(tab);
        }
        by_panel.remove("");
        by_tab.remove("");
        for step in Walk::new(tree, Tree::ROOT) {
            let Step::Enter(node) = step else { continue };
            let Some(attributes) = tree.attributes(node) else { continue };
            let tab = by_panel.get(tree.str(attributes.id)).or_else(|| by_tab.get(tree.str(attributes.labelled_by)));
            if let Some(&tab) = tab
                && tab != node
                && self.with_panel.insert(tab)
            {
                self.tabs.insert(node, tab);
            }
        }
    }

    /// Does a heading stand in it?
    pub fn has_heading(&self, node: u32) -> bool {
        self.flags[node as usize] & HEADING != 0
    }

    /// Does something stand in it that no cell holds?
    pub fn is_section(&self, node: u32) -> bool {
        self.flags[node as usize] & SECTION != 0
    }

    /// Bytes of text in it.
    pub fn size(&self, node: u32) -> u32 {
        self.size[node as usize]
    }

    /// The tab whose panel this is.
    pub fn tab_of(&self, panel: u32) -> Option<u32> {
        if self.tabs.is_empty() { None } else { self.tabs.get(&panel).copied() }
    }

    /// Has the tab a panel that will show its label?
    pub fn has_panel(&self, tab: u32) -> bool {
        self.with_panel.contains(&tab)
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
