//! Tables of Markdown as people write them, mended to what the standard reads.
//!
//! A table may lack its outer pipes, its separator or its header, count its columns wrongly, be cut in two by a line of
//! blanks, or be made of tabs. Lines that begin with labels are kept apart.

use std::borrow::Cow;

use super::labels;
use super::patterns::guard;

/// Most columns of a table that is mended; a wider one is left as it is.
const COLUMNS_MAX: usize = 64;

/// Mends the tables of a document.
pub(super) fn mend(source: &str) -> String {
    let mut fenced = false;
    let guarded = source.lines().map(|line| {
        fenced ^= is_fence(line);
        if fenced { Cow::Borrowed(line) } else { guard(line) }
    });
    let guarded: Vec<Cow<'_, str>> = guarded.collect();
    let lines: Vec<&str> = guarded.iter().map(Cow::as_ref).collect();
    let mut out = String::with_capacity(source.len() + source.len() / 8);
    let mut fenced = false;
    // Up to there no table begins.
    let mut checked = 0;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        fenced ^= is_fence(line);
        if is_separator(line) && line.matches('|').count() > COLUMNS_MAX {
            // Too wide for a table: the standard would fill up every row of it.
            out.push('\\');
        } else if !fenced && at >= checked {
            match table(&lines[at..]) {
                Ok(table) => {
                    write(&table, &mut out);
                    at += table.lines;
                    continue;
                }
                Err(lines) => checked = at + lines,
            }
        }
        out.push_str(line);
        // Lines that begin with a label each are lines to their author.
        let labelled = |at: usize| lines.get(at).is_some_and(|l| is_labelled(l));
        if !fenced && labelled(at) && labelled(at + 1) && !line.ends_with("  ") {
            out.push_str("  ");
        }
        out.push('\n');
        at += 1;
    }
    out
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

fn is_labelled(line: &str) -> bool {
    let words = line.trim_start_matches(['*', '_', ' ']);
    !line.starts_with("    ") && labels::label(words).is_some() && !words.starts_with(['-', '+', '#', '>', '|'])
}

struct Pipes<'a> {
    /// What stands before each row: indentation, marks of a quotation.
    prefix: &'a str,
    rows: Vec<Vec<&'a str>>,
    /// The first row is a header.
    header: bool,
    columns: usize,
    /// Lines of the source that it takes.
    lines: usize,
}

/// The table that begins with the first line; or, when none does, how many lines hold none.
fn table<'a>(lines: &[&'a str]) -> Result<Pipes<'a>, usize> {
    let first = *lines.first().ok_or(1_usize)?;
    let tabs = !has_pipe(first) && has_columns_by_tab(first);
    if !tabs && !has_pipe(first) {
        return Err(1);
    }
    let prefix = &first[..first.len() - first.trim_start_matches([' ', '>']).len()];
    let mut rows: Vec<Vec<&str>> = vec![];
    let mut separator = None;
    let mut taken = 0;
    for (at, line) in lines.iter().enumerate() {
        if is_blank(line) {
            // A blank line ends a table, unless rows of the same table go on after it.
            let width = rows.last().map_or(0, Vec::len);
            let next = |by: usize| lines.get(at + by);
            let goes_on = separator.is_some()
                && next(1).is_some_and(|l| is_row(l, tabs) && cells(l, tabs).len() == width)
                && !next(2).is_some_and(|l| is_separator(l));
            if goes_on {
                continue;
            }
            break;
        }
        if is_separator(line) && !rows.is_empty() {
            separator.get_or_insert(rows.len());
        } else if is_row(line, tabs) {
            rows.push(cells(line, tabs));
        } else if separator.is_some() && is_text(line) {
            // A line without any pipe right below is a row of one cell.
            rows.push(vec![line.trim_start_matches([' ', '>']).trim()]);
        } else {
            break;
        }
        taken = at + 1;
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let even = rows.iter().all(|r| r.len() == rows[0].len());
    let piped = rows.len() >= 2 && lines[..taken].iter().all(|l| l.trim_start_matches([' ', '>']).starts_with('|'));
    let sure = match separator {
        Some(above) => above == 1 || even,
        None if tabs => even && rows.len() >= 2,
        None => piped || (even && columns >= 3 && rows.len() >= 3),
    };
    if sure && columns <= COLUMNS_MAX {
        Ok(Pipes { prefix, rows, header: separator == Some(1), columns, lines: taken })
    } else {
        Err(taken.max(1))
    }
}

/// Writes a table by the standard, between blank lines. One without a header gets an empty one, which reading drops.
fn write(table: &Pipes<'_>, out: &mut String) {
    let blank = table.prefix.trim_end();
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push_str(&format!("{blank}\n"));
    }
    let mut row = |cells: &mut dyn Iterator<Item = &str>| {
        out.push_str(table.prefix);
        for cell in cells {
            out.push_str("| ");
            if unescaped_pipes(cell).next().is_some() {
                out.push_str(&cell.replace('|', "\\|"))
            } else {
                out.push_str(cell)
            }
            out.push(' ');
        }
        out.push_str("|\n");
    };
    let header = table.rows.first().filter(|_| table.header).map_or(&[][..], Vec::as_slice);
    row(&mut header.iter().copied().chain(std::iter::repeat("")).take(table.columns));
    row(&mut std::iter::repeat_n("---", table.columns));
    for cells in &table.rows[usize::from(table.header)..] {
        row(&mut cells.iter().copied());
    }
    out.push_str(&format!("{blank}\n"));
}

fn is_blank(line: &str) -> bool {
    line.trim_start_matches([' ', '>', '\t']).trim().is_empty()
}

/// A line of plain text, not the start of a list, heading, quotation, rule or markup.
fn is_text(line: &str) -> bool {
    let line = line.trim_start();
    !line.starts_with(['#', '-', '*', '+', '>', '<', '`', '~', '=', '_'])
        && !line.starts_with(|c: char| c.is_ascii_digit())
}

fn has_pipe(line: &str) -> bool {
    unescaped_pipes(line).next().is_some()
}

/// Tabs between words, none of them after the mark of a list or heading.
fn has_columns_by_tab(line: &str) -> bool {
    let Some((first, _)) = line.trim().split_once('\t') else { return false };
    let mark = first.trim_end_matches(['.', ')']);
    !mark.is_empty() && !mark.chars().all(|c| c.is_ascii_digit() || "-*+•·#>".contains(c))
}

fn is_row(line: &str, tabs: bool) -> bool {
    if tabs { has_columns_by_tab(line) } else { has_pipe(line) }
}

/// Places of pipes that no backslash guards.
fn unescaped_pipes(line: &str) -> impl Iterator<Item = usize> + '_ {
    line.match_indices('|').map(|(at, _)| at).filter(|at| !line[..*at].ends_with('\\'))
}

fn cells(line: &str, tabs: bool) -> Vec<&str> {
    let line = line.trim_start_matches([' ', '>']).trim_end();
    if tabs {
        return line.split('\t').map(str::trim).collect();
    }
    let mut found = vec![];
    let mut from = 0;
    for at in unescaped_pipes(line) {
        found.push(line[from..at].trim());
        from = at + 1;
    }
    found.push(line[from..].trim());
    if line.starts_with('|') {
        found.remove(0);
    }
    if found.len() > 1 && from == line.len() {
        found.pop();
    }
    found
}

/// Dashes with pipes, crosses or tabs between them; at least one of these.
fn is_separator(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']).trim();
    line.contains('-')
        && line.contains(['|', '+', '\t'])
        && line.chars().all(|c| matches!(c, '-' | '|' | ':' | '+' | '=' | ' ' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::mend;

    #[test]
    fn outer_pipes_and_separators_are_completed() {
        assert_eq!(
            mend("Name | Use\n--|--|--\n_a | counts | extra\n"),
            "| Name | Use |  |\n| --- | --- | --- |\n| _a | counts | extra |\n\n"
        );
    }

    #[test]
    fn rows_without_a_separator_are_rows() {
        assert_eq!(mend("| a | b |\n| c | d |\n"), "|  |  |\n| --- | --- |\n| a | b |\n| c | d |\n\n");
    }

    #[test]
    fn a_line_of_blanks_does_not_cut_a_table() {
        let mended = mend("a | b\n- | -\nc | d\n   \ne | f\n\ntext\n");
        assert_eq!(mended, "| a | b |\n| --- | --- |\n| c | d |\n| e | f |\n\n\ntext\n");
    }

    #[test]
    fn tabs_make_columns() {
        assert_eq!(mend("Name\tUse\n_a\tx|y\n"), "|  |  |\n| --- | --- |\n| Name | Use |\n| _a | x\\|y |\n\n");
    }

    #[test]
    fn menus_code_and_prose_stay() {
        for text in ["[a](b) | [c](d) | e\n", "```\na | b\n- | -\n```\n", "either a|b\n\nor c\n"] {
            assert_eq!(mend(text), text);
        }
    }

    #[test]
    fn lines_with_labels_keep_their_ends() {
        assert_eq!(mend("Name: _a\nUse: counts\n"), "Name: _a  \nUse: counts\n");
    }
}
