//! Tables that a page draws without table elements: containers whose children repeat one structure of short cells.
//!
//! Two shapes are seen. Rows: each child holds the same cells. One run of cells: the children themselves are the cells,
//! either after a row of heads that look different, or with a class of their own for each column. Headings, lists and tables
//! in a cell mean that it is a section of text and not a cell.

use super::survey::Survey;
use super::tag::Tag;
use super::tree::{Content, Tree};

/// Longest cell, and longest label of a pair, in bytes.
const CELL_MAX: u32 = 1200;
const LABEL_MAX: u32 = 80;
/// A table has a column that is short throughout, in bytes.
const SHORT: u32 = 100;
/// Most columns.
const COLUMNS_MAX: usize = 12;

/// A run of siblings that make a table.
#[derive(Debug, PartialEq)]
pub(super) struct Grid {
    /// First and last element of the run; all between belong to it.
    pub first: u32,
    pub last: u32,
    /// The cells of each row. A row of one cell spans the others.
    pub rows: Vec<Vec<u32>>,
    /// The first row looks different from all others.
    pub header: bool,
    pub columns: usize,
}

impl Grid {
    /// Labels with values rather than rows under heads.
    pub fn is_pairs(&self) -> bool {
        self.columns == 2 && !self.header
    }
}

/// The grids among the children of a container, in document order.
pub(super) fn find(tree: &Tree, survey: &Survey, container: u32) -> Vec<Grid> {
    if !worth_a_look(tree, survey, container) {
        return vec![];
    }
    let Some(children) = elements(tree, survey, container) else { return vec![] };
    if children.len() < 2 {
        return vec![];
    }
    let grids = rows(tree, survey, &children);
    if grids.is_empty() { cells(tree, survey, &children).into_iter().collect() } else { grids }
}

/// Most containers hold one child or are large sections; those cost nothing more.
fn worth_a_look(tree: &Tree, survey: &Survey, container: u32) -> bool {
    let mut children = tree.children(container).filter(|c| survey.size(*c) > 0);
    children.next().is_some() && children.next().is_some()
}

/// Children that show something, when all of them are elements.
fn elements(tree: &Tree, survey: &Survey, node: u32) -> Option<Vec<u32>> {
    let mut found = vec![];
    for child in tree.children(node).filter(|c| survey.size(*c) > 0) {
        match tree.content(child) {
            Content::Text(_) => return None,
            Content::Element(Tag::Break | Tag::Rule | Tag::Skip, _) => {}
            Content::Element(..) => found.push(child),
        }
    }
    Some(found)
}

/// Can it be a cell?
fn is_cell(tree: &Tree, survey: &Survey, node: u32) -> bool {
    let tag = matches!(
        tree.tag(node),
        Some(Tag::Block | Tag::Inline | Tag::Paragraph | Tag::Anchor | Tag::Strong | Tag::Code)
    );
    // A heading may be all that a cell holds; with words below it, it heads a text.
    let plain = || !survey.has_heading(node) || elements(tree, survey, node).is_some_and(|e| e.len() == 1);
    tag && survey.size(node) <= CELL_MAX && !survey.is_section(node) && plain()
}

/// A child seen as a row.
struct Row {
    node: u32,
    cells: Vec<u32>,
}

fn row(tree: &Tree, survey: &Survey, node: u32) -> Option<Row> {
    if !matches!(tree.tag(node), Some(Tag::Block | Tag::Item)) || survey.is_section(node) {
        return None;
    }
    let cells = elements(tree, survey, node)?;
    let fits = (2..=COLUMNS_MAX).contains(&cells.len()) && cells.iter().all(|c| is_cell(tree, survey, *c));
    // Words in a line of a list are a sentence; two of them are no columns.
    let inline = cells.len() == 2 && tree.tag(node) == Some(Tag::Item);
    (fits && !inline).then_some(Row { node, cells })
}

fn signatures(tree: &Tree, nodes: &[u32]) -> Vec<Option<u32>> {
    nodes.iter().map(|n| tree.signature(*n)).collect()
}

/// Runs of children that hold the same cells.
fn rows(tree: &Tree, survey: &Survey, children: &[u32]) -> Vec<Grid> {
    let mut grids = vec![];
    let mut at = 0;
    while at < children.len() {
        let Some(first) = row(tree, survey, children[at]) else {
            at += 1;
            continue;
        };
        let columns = first.cells.len();
        let mut run = vec![first];
        let mut wrapped = false;
        let mut end = at + 1;
        while end < children.len() {
            if run.len() == 1
                && let Some(rest) = wrapped_rows(tree, survey, children[end], columns)
            {
                run.extend(rest);
                wrapped = true;
                end += 1;
                break;
            }
            let Some(next) = row(tree, survey, children[end]).filter(|r| r.cells.len() == columns) else { break };
            let alike = |other: &Row| signatures(tree, &other.cells) == signatures(tree, &next.cells);
            // The first row may hold the heads and look different.
            if run.len() >= 2 && !run.last().is_some_and(alike) {
                break;
            }
            run.push(next);
            end += 1;
        }
        let header = wrapped || looks_different(tree, &run);
        if let [first, second] = run.as_slice()
            && header
            && !(is_uniform(tree, first) && is_uniform(tree, second))
        {
            at = end;
            continue;
        }
        let last = children[end - 1];
        let grid =
            Grid { first: children[at], last, rows: run.into_iter().map(|r| r.cells).collect(), header, columns };
        if is_table(survey, &grid) {
            grids.push(grid);
            at = end;
        } else {
            at = end.max(at + 1);
        }
    }
    grids
}

/// The rows that another container holds below the heads.
fn wrapped_rows(tree: &Tree, survey: &Survey, node: u32, columns: usize) -> Option<Vec<Row>> {
    if tree.tag(node) != Some(Tag::Block) || survey.is_section(node) {
        return None;
    }
    let rows: Vec<Row> = elements(tree, survey, node)?.into_iter().map_while(|c| row(tree, survey, c)).collect();
    let all = tree.children(node).filter(|c| survey.size(*c) > 0).count() == rows.len();
    (all && !rows.is_empty() && rows.iter().all(|r| r.cells.len() == columns)).then_some(rows)
}

/// Do all cells of a row look the same?
fn is_uniform(tree: &Tree, row: &Row) -> bool {
    row.cells.iter().all(|c| tree.signature(*c) == tree.signature(row.cells[0]))
}

/// Does the first row differ in kind or class from those after it, itself or in its cells?
fn looks_different(tree: &Tree, run: &[Row]) -> bool {
    let [first, second, rest @ ..] = run else { return false };
    let differs = |a: u32, b: u32| tree.signature(a) != tree.signature(b);
    signatures(tree, &first.cells) != signatures(tree, &second.cells)
        || (differs(first.node, second.node) && rest.first().is_none_or(|third| differs(first.node, third.node)))
}

/// At least two rows, and cells of the size that cells have.
fn is_table(survey: &Survey, grid: &Grid) -> bool {
    let short =
        |column: usize, max: u32| grid.rows.iter().filter_map(|r| r.get(column)).all(|c| survey.size(*c) <= max);
    let enough = grid.rows.len() > if grid.header && grid.columns == 2 { 2 } else { 1 };
    enough && if grid.is_pairs() { short(0, LABEL_MAX) } else { (0..grid.columns).any(|column| short(column, SHORT)) }
}

/// All children together as one run of cells.
fn cells(tree: &Tree, survey: &Survey, children: &[u32]) -> Option<Grid> {
    if children.len() < 4 || !children.iter().all(|c| is_cell(tree, survey, *c) && tree.tag(*c) == Some(Tag::Block)) {
        return None;
    }
    let signs = signatures(tree, children);
    let grid = |columns: usize, header: bool| Grid {
        first: children[0],
        last: children[children.len() - 1],
        rows: children.chunks(columns).map(<[u32]>::to_vec).collect(),
        header,
        columns,
    };
    // Heads that look one way, cells that look another.
    let heads = signs.iter().take_while(|s| **s == signs[0]).count();
    let uniform = heads < signs.len() && signs[heads..].iter().all(|s| *s == signs[heads]);
    if uniform && (2..=COLUMNS_MAX).contains(&heads) && signs.len().is_multiple_of(heads) {
        return Some(grid(heads, true)).filter(|g| is_table(survey, g));
    }
    // A class for each column, with or without heads before.
    (2..=COLUMNS_MAX).filter(|columns| signs.len().is_multiple_of(*columns)).find_map(|columns| {
        let distinct = signs[signs.len() - columns..].iter().collect::<std::collections::HashSet<_>>().len();
        let repeats = |from: usize| {
            signs.len() - from >= 2 * columns && signs[from..].windows(columns + 1).all(|w| w[0] == w[columns])
        };
        let header = !repeats(0);
        let found = distinct >= 2 && (repeats(0) || repeats(columns));
        found.then(|| grid(columns, header)).filter(|g| is_table(survey, g))
    })
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::super::{Kind, parse_text};

    fn read(source: &str) -> String {
        outline(&parse_text(source, Kind::Html).unwrap())
    }

    #[test]
    fn rows_of_the_same_cells_under_heads_that_look_different() {
        let source = "<div><div class='r head'><div class=h>Name</div><div class=h>Use</div><div class=h>For</div></div>\
                      <div class=r><div class=c>_a</div><div class=c>counts</div><div class=c>1 day</div></div>\
                      <div class=r><div class=c>_b</div><div class=c>keeps</div><div class=c>2 days</div></div></div><p>After</p>";
        assert_eq!(read(source), "table\n  *Name | *Use | *For\n  _a | counts | 1 day\n  _b | keeps | 2 days\nAfter\n");
    }

    #[test]
    fn a_body_of_rows_under_a_row_of_heads() {
        let source = "<div><div class=head><span>Name</span><span>Use</span></div><div class=body>\
                      <div><span>_a</span><span>counts</span></div><div><span>_b</span><span>keeps</span></div></div></div>";
        assert_eq!(read(source), "table\n  *Name | *Use\n  _a | counts\n  _b | keeps\n");
    }

    #[test]
    fn one_run_of_cells_after_heads_or_with_a_class_for_each_column() {
        let heads = "<div><div class=h>Name</div><div class=h>Use</div><div class=c>_a</div><div class=c>counts</div>\
                     <div class=c>_b</div><div class=c>keeps</div></div>";
        assert_eq!(read(heads), "table\n  *Name | *Use\n  _a | counts\n  _b | keeps\n");
        let classes = "<div><div class=n>_a</div><div class=r>1 day</div><div class=f>counts</div><div class=n>_b</div>\
                       <div class=r>2 days</div><div class=f>keeps</div></div>";
        assert_eq!(read(classes), "table\n  _a | 1 day | counts\n  _b | 2 days | keeps\n");
    }

    #[test]
    fn heads_repeated_before_every_cell_are_heads() {
        let cookie = |name: &str, time: &str| {
            format!(
                "<div class=nh>Name</div><div class=n>{name}</div><div class=th>Retention</div><div class=t>{time}</div>"
            )
        };
        let source = format!("<section>{}{}</section>", cookie("_a", "1 day"), cookie("_b", "2 days"));
        assert_eq!(read(&source), "table\n  *Name | *Retention\n  _a | 1 day\n  _b | 2 days\n");
        let headed = |name: &str, time: &str| {
            format!("<div><h5>Name</h5></div><div>{name}</div><div><h5>Retention</h5></div><div>{time}</div>")
        };
        let source = format!(
            "<h3>First</h3>{}<h3>Others</h3>{}{}",
            headed("_a", "1 day"),
            headed("_b", "2 days"),
            headed("_c", "3 days")
        );
        assert_eq!(
            read(&source),
            "# First (3)\npairs\n  Name = _a\n  Retention = 1 day\n# Others (3)\npairs\n  Name = _b\n  Retention = 2 days\n\
             pairs\n  Name = _c\n  Retention = 3 days\n"
        );
    }

    #[test]
    fn labels_with_values_are_pairs_for_each_card() {
        let card = |name: &str| {
            format!(
                "<div class=card><h4>{name}</h4><div><div class=l>Use:</div><div class=v>counts</div></div>\
                                         <div><div class=l>For</div><div class=v>1 day</div></div></div>"
            )
        };
        let source = format!("<section>{}{}</section>", card("_a"), card("_b"));
        assert_eq!(
            read(&source),
            "# _a (4)\npairs\n  Use = counts\n  For = 1 day\n# _b (4)\npairs\n  Use = counts\n  For = 1 day\n"
        );
    }

    #[test]
    fn sections_menus_and_prose_are_no_grids() {
        let sections = "<div><div><h3>One</h3><p>a</p></div><div><h3>Two</h3><p>b</p></div></div>";
        assert_eq!(read(sections), "# One (3)\na\n# Two (3)\nb\n");
        let menu = "<ul><li><a href=a>A</a> <a href=b>B</a></li><li><a href=c>C</a> <a href=d>D</a></li></ul>";
        assert_eq!(read(menu), "list\n  - [a:A] [a:B]\n  - [a:C] [a:D]\n");
        let long = "word ".repeat(60);
        let prose = format!("<div><div><p>{long}</p><p>{long}</p></div><div><p>{long}</p><p>{long}</p></div></div>");
        assert_eq!(read(&prose).lines().count(), 4);
    }
}
