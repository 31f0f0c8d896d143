//! The tree of a document to its flat list of blocks, in one walk without recursion.

use std::collections::HashMap;

use super::grid::{self, Grid};
use super::labels;
use super::space::{Words, clean};
use super::structure::{Frame, Kind};
use super::survey::Survey;
use super::tag::{Attributes, Tag};
use super::tree::{Content, Step, Tree, Walk};
use super::{Block, Cell, Heading, Item, Link, List, MarkKind, Page, Row, Table, Text, text};

/// Reads the blocks of a document.
pub(super) fn read(tree: &Tree) -> Page {
    let mut builder = Builder {
        tree,
        survey: Survey::new(tree),
        page: Page::default(),
        words: Words::default(),
        frames: vec![],
        link: None,
        grids: HashMap::new(),
        read_up_to: None,
    };
    builder.walk(Tree::ROOT);
    builder.flush();
    let mut page = builder.page;
    page.blocks = labels::join(page.blocks);
    page
}

/// Walks a document and builds its blocks.
pub(super) struct Builder<'t> {
    tree: &'t Tree,
    survey: Survey,
    pub page: Page,
    pub words: Words,
    pub frames: Vec<Frame>,
    /// The link that is open, as its place in `page.links`.
    pub link: Option<usize>,
    /// Grids among the children of containers entered, by their first element.
    grids: HashMap<u32, Grid>,
    /// The last element of the grid that was just built: until there nothing is left to read.
    read_up_to: Option<u32>,
}

impl Builder<'_> {
    fn walk(&mut self, node: u32) {
        let mut walk = Walk::new(self.tree, node);
        while let Some(step) = walk.next() {
            match step {
                Step::Enter(node) => {
                    if !self.enter(node) {
                        walk.skip_content();
                        walk.next();
                    }
                }
                Step::Leave(node) => self.leave(node),
            }
        }
    }

    /// The words of an element as a cell shows them.
    fn text_of(&mut self, node: u32) -> Text {
        self.flush();
        self.frames.push(Frame { node: u32::MAX, kind: Kind::Caption });
        self.walk(node);
        self.frames.pop();
        self.take()
    }

    /// Returns false when there is nothing more to read in the element; it is not left then.
    fn enter(&mut self, node: u32) -> bool {
        let (tag, attributes) = match self.tree.content(node) {
            Content::Text(text) => {
                self.words.push(text);
                return true;
            }
            Content::Element(tag, attributes) => (tag, attributes),
        };
        if !self.in_text() {
            if let Some(last) = self.read_up_to {
                if last == node {
                    self.read_up_to = None;
                }
                return false;
            }
            if let Some(grid) = self.grids.remove(&node) {
                self.grid(grid, node);
                return false;
            }
            if let Some(tab) = self.survey.tab_of(node) {
                let text = self.text_of(tab);
                if !text.plain.is_empty() {
                    self.emit(Block::Heading(Heading { level: 7, text }));
                }
            }
        }
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
            Tag::FigureCaption if self.follows_table(node) => {
                let text = self.text_of(node);
                self.caption(text);
                return false;
            }
            Tag::FigureCaption => self.open(node, Kind::Heading(7)),
            Tag::Tab if self.survey.has_panel(node) => return false,
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
            Tag::List if self.finds_grids(node, true) => {}
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
                self.finds_grids(node, false);
            }
        }
        true
    }

    /// Looks for grids among the children of a container; in a list, all of it must be one.
    fn finds_grids(&mut self, node: u32, whole: bool) -> bool {
        if !self.top_is(|k| matches!(k, Kind::Item(_))) && !self.frames.is_empty() {
            return false;
        }
        let mut grids = grid::find(self.tree, &self.survey, node);
        let shown = |id: &u32| self.survey.size(*id) > 0;
        if whole
            && grids.first().is_none_or(|g| Some(g.first) != self.tree.children(node).find(shown) || grids.len() > 1)
        {
            grids.clear();
        }
        let found = !grids.is_empty();
        self.grids.extend(grids.into_iter().map(|g| (g.first, g)));
        found
    }

    /// Builds the grid that begins at this element.
    fn grid(&mut self, grid: Grid, node: u32) {
        self.read_up_to = (grid.last != node).then_some(grid.last);
        let pairs = grid.is_pairs();
        let mut rows = vec![];
        for (at, cells) in grid.rows.into_iter().enumerate() {
            let header = grid.header && at == 0;
            let cells = cells.into_iter().map(|cell| {
                let label = self.tree.attributes(cell).map(|a| clean(self.tree.str(a.label))).filter(|l| !l.is_empty());
                Cell { text: self.text_of(cell), header, colspan: 1, rowspan: 1, label }
            });
            rows.push(Row { cells: cells.collect(), header });
        }
        for block in labels::of_grid(rows, pairs) {
            self.emit(block);
        }
    }

    /// Does a table stand just before this caption?
    fn follows_table(&self, node: u32) -> bool {
        self.tree.prev_sibling(node).is_some_and(|p| self.tree.tag(p) == Some(Tag::Table) || self.survey.has_table(p))
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
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::super::{Kind, parse_text};

    fn read(source: &str) -> String {
        outline(&parse_text(source, Kind::Html).unwrap())
    }

    #[test]
    fn headings_of_all_sorts() {
        let source = "<h2>One</h2><div role=heading aria-level=4>Two</div><p><b>Three:</b></p><details><summary>Four</summary>Text</details>\
                      <button aria-expanded=false>Five</button><p><strong>Not</strong> a heading</p>";
        assert_eq!(
            read(source),
            "# One (2)\n# Two (4)\n# [b:Three:] (7)\n# Four (7)\nText\n# Five (7)\n[b:Not] a heading\n"
        );
    }

    #[test]
    fn unclosed_cells_spans_labels_and_lines() {
        let source = "<table><caption>Ours</caption><tr><th>Name<th>Use<tr><td rowspan=2 data-label=Name>_a<br>_b<td>x\
                      <ul><li>y<li>z</ul><tr><td>w</table>";
        assert_eq!(read(source), "table Ours\n  *Name | *Use\n  1x2 (Name) _a/_b | x/y/z\n  w\n");
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        let source = "<head><title> Our\n cookies </title></head><script>no()</script><style>no</style><noscript>no</noscript>\
                      <template>no</template><svg><title>no</title></svg><!-- <table><tr><td>old</table> --><iframe srcdoc='<p>no'></iframe>\
                      <p>a&shy;b\u{200b}c&nbsp;&nbsp;d\u{202e}</p><div hidden>Kept: a closed panel</div>";
        let page = parse_text(source, Kind::Html).unwrap();
        assert_eq!(
            (outline(&page).as_str(), page.title.as_deref()),
            ("abc d\nKept: a closed panel\n", Some("Our cookies"))
        );
    }

    #[test]
    fn a_layout_table_is_unfolded_and_a_row_owns_its_cells_only() {
        let source = "<table><tr><td>Menu</td><td><h2>Cookies</h2><table><tr><th>Name</th><th>Use</th></tr><tr><td>_a</td><td>b\
                      </td></tr></table>After</td></tr></table>";
        assert_eq!(read(source), "Menu\n# Cookies (2)\ntable\n  *Name | *Use\n  _a | b\nAfter\n");
    }

    #[test]
    fn a_small_table_in_a_cell_of_a_data_table_is_lines() {
        let source = "<table><tr><th>Names</th><th>Use</th></tr><tr><td><table><tr><td>_a</td></tr><tr><td>_b</td></tr></table></td>\
                      <td>c</td></tr></table>";
        assert_eq!(read(source), "table\n  *Names | *Use\n  _a/_b | c\n");
    }

    #[test]
    fn roles_make_tables() {
        let source = "<div role=table><div role=rowgroup><div role=row><span role=columnheader>Name</span><span role=columnheader>Use\
                      </span></div></div><div role=row><span role=cell>_a</span><span role=cell>b</span></div></div>";
        assert_eq!(read(source), "table\n  *Name | *Use\n  _a | b\n");
    }

    #[test]
    fn lists_nest_and_lists_that_lay_out_are_unfolded() {
        assert_eq!(
            read("<ul><li>One<ul><li><code>_a</code> – b</ul></li><li>Two</ul>"),
            "list\n  - One\n    list\n      - [c:_a] – b\n  - Two\n"
        );
        assert_eq!(read("<ul><li><h3>One</h3><p>a</p></li></ul>"), "# One (3)\na\n");
        let providers = "<ul><li>Statistics<p>Some.</p><p><b>First Ltd</b></p><ul><li>_a</ul><p><b>Second Ltd</b></p><ul><li>_b</ul></ul>";
        assert_eq!(
            read(providers),
            "list\n  - Statistics/Some.\n    # [b:First Ltd] (7)\n    list\n      - _a\n    # [b:Second Ltd] (7)\n    list\n      - _b\n"
        );
    }

    #[test]
    fn terms_share_what_is_said_of_them() {
        assert_eq!(read("<dl><dt>_a<dt>_b<dd>c<dd>d<div><dt>_e<dd>f</div></dl>"), "pairs\n  _a/_b = c & d\n  _e = f\n");
    }

    #[test]
    fn labelled_lines_are_pairs_when_all_of_them_are() {
        assert_eq!(read("<p>Name: _a<br>Use: b</p>"), "pairs\n  Name = _a\n  Use = b\n");
        assert_eq!(read("<p>Name: _a<br>b</p>"), "Name: _a/b\n");
        assert_eq!(
            read("<div>Name: _a</div><div>Use: b</div><div>Name: _c</div><div>Use: d</div>"),
            "pairs\n  Name = _a\n  Use = b\npairs\n  Name = _c\n  Use = d\n"
        );
    }

    #[test]
    fn tab_labels_stand_over_their_panels() {
        let source = "<div role=tablist><a role=tab href='#p1'>One</a><button role=tab id=t2>Two</button></div><div id=p1>a</div>\
                      <div role=tabpanel aria-labelledby=t2>b</div>";
        assert_eq!(read(source), "# One (7)\na\n# Two (7)\nb\n");
    }

    #[test]
    fn a_caption_of_a_figure_belongs_to_its_table() {
        let source = "<figure><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><figcaption>Ours</figcaption></figure>";
        assert_eq!(read(source), "table Ours\n  a | b\n  c | d\n");
    }

    #[test]
    fn a_text_table_in_pre_keeps_its_columns() {
        assert_eq!(read("<pre>Name\tUse\n_a\tb</pre>"), "table\n  Name | Use\n  _a | b\n");
    }

    #[test]
    fn links_with_their_words() {
        let page = parse_text(
            "<p>See <a href=' /cookies '>our <b>cookies</b></a> <a href='/x' aria-label='More'><img></a>",
            Kind::Html,
        )
        .unwrap();
        let links: Vec<_> = page.links.iter().map(|l| (l.text.as_str(), l.href.as_str())).collect();
        assert_eq!(links, [("our cookies", "/cookies"), ("More", "/x")]);
        assert_eq!(outline(&page), "See [a:our [b:cookies]]\n");
    }

    #[test]
    fn a_link_or_bold_left_open_does_no_harm() {
        assert_eq!(read("<p><a href=a>x <a href=b>y</a> z"), "[a:x] [a:y] z\n");
        assert_eq!(read("<p><b>Title</p><p>Text that goes on.</p>"), "# [b:Title] (7)\n# [b:Text that goes on.] (7)\n");
    }
}
