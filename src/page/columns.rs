//! Tables of plain text: columns made by tabs, by pipes, or by spaces that stand under each other.

use super::space::Words;
use super::text::{is_blank, is_rule, words};
use super::{Cell, Row, Table, Text};

/// Longest line of a table aligned by spaces, in bytes.
const LINE_MAX: usize = 500;
/// Longest line between rows that names what follows, in characters.
const SPANNING_MAX: usize = 60;

/// The table that begins with the first line and how many lines it takes; or, when none does, how many lines hold none.
pub(super) fn table(lines: &[&str]) -> Result<(Table, usize), usize> {
    let first = lines.first().copied().unwrap_or_default();
    if inner_tab(first) {
        by_tabs(lines)
    } else if has_pipe(first) && (!is_rule(first) || lines.get(1).is_some_and(|l| has_pipe(l) && !is_rule(l)))
        || is_border(lines)
    {
        by_pipes(lines)
    } else if has_gap(first) {
        by_spaces(lines)
    } else {
        Err(1)
    }
}

fn cell(text: Text) -> Cell {
    Cell { text, colspan: 1, rowspan: 1, ..Cell::default() }
}

fn row(cells: impl Iterator<Item = Text>) -> Row {
    Row { cells: cells.map(cell).collect(), header: false }
}

fn finish(mut rows: Vec<Row>, header: bool, taken: usize) -> Result<(Table, usize), usize> {
    if rows.len() < 2 || rows.iter().filter(|r| r.cells.len() > 1).count() < 2 {
        return Err(taken.max(1));
    }
    if header && let Some(first) = rows.first_mut() {
        first.header = true;
        for cell in &mut first.cells {
            cell.header = true;
        }
    }
    let columns = rows.iter().map(|r| r.cells.len()).max().unwrap_or(1);
    for row in rows.iter_mut().filter(|r| r.cells.len() == 1) {
        row.cells[0].colspan = u16::try_from(columns).unwrap_or(1);
    }
    let mut table = Table { caption: None, rows };
    table.tidy();
    Ok((table, taken))
}

fn inner_tab(line: &str) -> bool {
    line.trim().contains('\t') && !is_rule(line)
}

/// A tab between cells. Blank lines may stand between rows; a line without a tab in the midst of them names those that
/// follow, or goes on with the last cell when it is long.
fn by_tabs(lines: &[&str]) -> Result<(Table, usize), usize> {
    let mut rows: Vec<Row> = vec![];
    let (mut taken, mut header, mut blank) = (0, false, false);
    for (at, line) in lines.iter().enumerate() {
        if is_blank(line) {
            if blank {
                break;
            }
            blank = true;
            continue;
        }
        if inner_tab(line) {
            rows.push(row(line.trim_start_matches(' ').trim_end().split('\t').map(words)));
        } else if is_rule(line) && line.contains('\t') {
            header |= rows.len() == 1;
        } else if !blank && lines.get(at + 1).is_some_and(|l| inner_tab(l)) && !is_rule(line) {
            let text = words(line);
            match rows.last_mut().and_then(|r| r.cells.last_mut()) {
                Some(cell) if text.plain.chars().count() > SPANNING_MAX => super::lines::append(&mut cell.text, text),
                _ => rows.push(row(std::iter::once(text))),
            }
        } else {
            break;
        }
        (taken, blank) = (at + 1, false);
    }
    if rows.iter().all(|r| r.cells.len() == 1 || r.cells[0].text.plain.is_empty()) {
        rows.iter_mut().filter(|r| r.cells.len() > 1).for_each(|r| _ = r.cells.remove(0));
    }
    finish(rows, header, taken)
}

fn is_pipe(c: char) -> bool {
    matches!(c, '|' | '│' | '┃' | '║')
}

fn has_pipe(line: &str) -> bool {
    line.contains(is_pipe)
}

/// A rule with crosses, and a row of pipes below it.
fn is_border(lines: &[&str]) -> bool {
    lines.first().is_some_and(|l| is_rule(l)) && lines.get(1).is_some_and(|l| has_pipe(l) && !is_rule(l))
}

/// Pipes between cells. Where rules stand between all rows, the lines between two rules are one row.
fn by_pipes(lines: &[&str]) -> Result<(Table, usize), usize> {
    let mut groups: Vec<Vec<Vec<Text>>> = vec![];
    let (mut rules, mut taken, mut closed) = (0, 0, true);
    let mut header = false;
    let mut counts = vec![];
    for (at, line) in lines.iter().enumerate() {
        if is_rule(line) {
            rules += 1;
            closed = true;
            header |= groups.len() == 1 && groups[0].len() == 1;
        } else if has_pipe(line) {
            let body = line.trim();
            let body = body.strip_prefix(is_pipe).unwrap_or(body);
            let body = body.strip_suffix(is_pipe).unwrap_or(body);
            let cells: Vec<Text> = body.split(is_pipe).map(words).collect();
            counts.push(cells.len());
            if closed {
                groups.push(vec![]);
            }
            closed = false;
            if let Some(group) = groups.last_mut() {
                group.push(cells);
            }
        } else if is_blank(line) && lines.get(at + 1).is_some_and(|l| has_pipe(l)) {
            continue;
        } else {
            break;
        }
        taken = at + 1;
    }
    let even = counts.iter().all(|c| *c == counts[0]);
    let piped = lines[..taken].iter().all(|l| is_blank(l) || l.trim_start().starts_with(is_pipe) || is_rule(l));
    if !(rules > 0 || piped || (even && counts.first().is_some_and(|c| *c >= 3))) {
        return Err(taken.max(1));
    }
    let boxed = rules > groups.len() && groups.len() > 2;
    let rows: Vec<Row> = if boxed {
        groups.into_iter().map(|lines| row(joined(lines).into_iter())).collect()
    } else {
        groups.into_iter().flatten().map(|cells| row(cells.into_iter())).collect()
    };
    finish(rows, header, taken)
}

/// Lines of cells as one row; what goes on below keeps its line.
fn joined(lines: Vec<Vec<Text>>) -> Vec<Text> {
    let mut row: Vec<Text> = vec![];
    for line in lines {
        for (at, text) in line.into_iter().enumerate() {
            match row.get_mut(at) {
                None => row.push(text),
                Some(_) if text.plain.is_empty() => {}
                Some(cell) => super::lines::append(cell, text),
            }
        }
    }
    row
}

/// Two or more spaces between words.
fn has_gap(line: &str) -> bool {
    line.len() <= LINE_MAX && line.trim().contains("  ") && !is_rule(line)
}

/// Spaces that stand under each other in all lines. Blank lines may stand between rows, whose lines are then one row each.
fn by_spaces(lines: &[&str]) -> Result<(Table, usize), usize> {
    // For each place of a line, whether any line shows something there.
    let mut shown: Vec<bool> = vec![];
    let mut region: Vec<&str> = vec![];
    let (mut taken, mut blanks, mut between) = (0, 0, 0);
    let mut header = false;
    for (at, line) in lines.iter().enumerate() {
        if is_blank(line) {
            blanks += 1;
            if blanks > 1 {
                break;
            }
            continue;
        }
        if line.len() > LINE_MAX {
            break;
        }
        let mut with = shown.clone();
        for (place, c) in line.chars().enumerate() {
            if place >= with.len() {
                with.push(false);
            }
            with[place] |= !c.is_whitespace();
        }
        // A gap of this line alone is needed in the lines that are not wrapped cells.
        if starts(&with).len() < 2 || (blanks > 0 && !has_gap(line)) {
            break;
        }
        header |= is_rule(line) && region.len() == 1;
        between += usize::from(blanks > 0 && !region.is_empty());
        if blanks > 0 && !region.is_empty() {
            region.push("");
        }
        region.push(line);
        (shown, taken, blanks) = (with, at + 1, 0);
    }
    let starts = starts(&shown);
    let with_gap = region.iter().filter(|l| has_gap(l)).count();
    if region.len() - between < 3 || with_gap < 2 || with_gap * 2 < region.len() - between {
        return Err(taken.max(1));
    }
    let mut rows: Vec<Vec<Text>> = vec![];
    let mut new = true;
    for line in region {
        if line.is_empty() {
            new = true;
            continue;
        }
        if is_rule(line) {
            continue;
        }
        let cells = cut(line, &starts);
        let filled = cells.iter().filter(|c| !c.plain.is_empty()).count();
        // Cells that go on below leave the first column empty, and most others.
        let goes_on = if between > 0 { !new } else { cells[0].plain.is_empty() && filled * 2 <= starts.len() };
        match rows.last_mut() {
            Some(above) if goes_on => *above = joined(vec![std::mem::take(above), cells]),
            _ => rows.push(cells),
        }
        new = false;
    }
    finish(rows.into_iter().map(|cells| row(cells.into_iter())).collect(), header, taken)
}

/// Where columns begin: places after at least two that nothing shows in.
fn starts(shown: &[bool]) -> Vec<usize> {
    let mut starts = vec![];
    let mut gap = 2;
    for (place, shown) in shown.iter().enumerate() {
        if *shown {
            if gap >= 2 {
                starts.push(place);
            }
            gap = 0;
        } else {
            gap += 1;
        }
    }
    starts
}

/// The cells of a line whose columns begin at these places.
fn cut(line: &str, starts: &[usize]) -> Vec<Text> {
    let mut cells: Vec<Words> = starts.iter().map(|_| Words::default()).collect();
    let mut column = 0;
    let mut from = 0;
    for (place, (at, _)) in line.char_indices().enumerate() {
        if starts.get(column + 1) == Some(&place) {
            cells[column].push(&line[from..at]);
            column += 1;
            from = at;
        }
    }
    cells[column].push(&line[from..]);
    cells.into_iter().map(|mut c| c.take()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::super::{Kind, parse_text};

    fn read(source: &str) -> String {
        outline(&parse_text(source, Kind::Text).unwrap())
    }

    #[test]
    fn tabs_with_a_rule_blank_lines_and_a_spanning_line() {
        let source = "Name\tUse\n-----\t----\n\n_one\tcounts\nWanted ones\n_two\tkeeps\n\nText.\n";
        assert_eq!(read(source), "table\n  *Name | *Use\n  _one | counts\n  2x1 Wanted ones\n  _two | keeps\nText.\n");
    }

    #[test]
    fn pipes_with_and_without_borders() {
        assert_eq!(
            read("Name | Use | For\n_one | counts | a day\n"),
            "table\n  Name | Use | For\n  _one | counts | a day\n"
        );
        let boxed = "+------+--------+\n| Name | Use    |\n+------+--------+\n| _one | counts |\n|      | visits |\n+------+--------+\n| _two | keeps  |\n+------+--------+\n";
        assert_eq!(read(boxed), "table\n  *Name | *Use\n  _one | counts/visits\n  _two | keeps\n");
    }

    #[test]
    fn spaces_under_each_other() {
        let source = "Name     Use              For\n_one     counts visits    a day\n_two     keeps the        a year\n         basket\n\nText.\n";
        assert_eq!(
            read(source),
            "table\n  Name | Use | For\n  _one | counts visits | a day\n  _two | keeps the/basket | a year\nText.\n"
        );
    }

    #[test]
    fn spaces_with_blank_lines_between_rows() {
        let source = "Name           Use\n\ntemp_choi      keeps the\nce             basket\n\n_two           counts\n";
        assert_eq!(read(source), "table\n  Name | Use\n  temp_choi/ce | keeps the/basket\n  _two | counts\n");
    }

    #[test]
    fn prose_with_a_wide_gap_is_prose() {
        assert_eq!(read("First sentence.  Second one\ngoes on here.  And more\nstands there.\n").lines().count(), 1);
        assert_eq!(read("Home | Cookies\n"), "Home | Cookies\n");
    }
}
