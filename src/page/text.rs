//! Plain text to blocks: headings, lists, tables drawn with characters, paragraphs.
//!
//! A table printed to text whose cells wrap into runs of short lines cannot be told from prose here: it stays a run of
//! paragraphs with their lines, and whoever knows the words of charters puts it together.

use super::space::Words;
use super::{Block, Heading, Item, Link, List, Page, Text, columns, labels, lines};

/// Longest line that may be a heading, in characters and in words.
const HEADING_CHARACTERS: usize = 80;
const HEADING_WORDS: usize = 12;
/// Short lines alone that follow each other are no headings but pieces of something.
const HEADINGS_IN_A_ROW: usize = 2;
/// Deepest nesting of lists.
const LIST_DEPTH: usize = 16;
/// A paragraph whose lines reach this width may be prose broken by its width, in characters.
const PROSE_WIDTH: usize = 50;

/// Reads a plain text.
pub(super) fn read(source: &str) -> Page {
    let mut blocks = labels::join(blocks(source));
    if let Some(Block::Heading(heading)) = blocks.first_mut() {
        heading.level = heading.level.min(1);
    }
    Page { title: None, language: None, links: links(source), blocks }
}

/// The blocks of a plain text or of what stands in `pre`.
pub(super) fn blocks(source: &str) -> Vec<Block> {
    let all: Vec<&str> = source.split(['\n', '\u{c}']).map(|l| l.trim_end_matches('\r')).collect();
    let all = if is_double_spaced(&all) { single_spaced(all) } else { all };
    let mut out = vec![];
    let mut paragraph: Vec<&str> = vec![];
    let (mut at, mut checked) = (0, 0);
    while at < all.len() {
        let line = all[at];
        if is_blank(line) {
            flush(&mut paragraph, &mut out);
            at += 1;
            continue;
        }
        if at >= checked {
            match columns::table(&all[at..]) {
                Ok((table, taken)) => {
                    flush(&mut paragraph, &mut out);
                    out.push(Block::Table(table));
                    at += taken;
                    continue;
                }
                Err(lines) => checked = at + lines,
            }
        }
        if is_rule(line) {
            if let [title] = paragraph[..]
                && title.chars().count() <= HEADING_CHARACTERS
            {
                let level = if line.trim().starts_with('=') { 1 } else { 2 };
                out.push(Block::Heading(Heading { level, text: words(title) }));
                paragraph.clear();
            }
            flush(&mut paragraph, &mut out);
        } else if let Some((list, taken)) = list(&all[at..]) {
            flush(&mut paragraph, &mut out);
            out.push(Block::List(list));
            at += taken;
            continue;
        } else {
            paragraph.push(line);
        }
        at += 1;
    }
    flush(&mut paragraph, &mut out);
    with_headings(out)
}

/// Nothing that shows.
pub(super) fn is_blank(line: &str) -> bool {
    line.chars().all(|c| super::space::class(c) != super::space::Class::Shown)
}

/// The words of a line.
pub(super) fn words(line: &str) -> Text {
    let mut words = Words::default();
    words.push(line);
    words.take()
}

/// A line of dashes or the like, with tabs, pipes and crosses between them.
pub(super) fn is_rule(line: &str) -> bool {
    let mut dashes = 0;
    for c in line.chars() {
        match c {
            '-' | '=' | '_' | '*' | '~' | '─' | '━' | '═' | '—' => dashes += 1,
            '|' | '+' | ':' | ' ' | '\t' | '┼' | '├' | '┤' | '┌' | '┐' | '└' | '┘' | '┬' | '┴' | '│' =>
                {}
            _ => return false,
        }
    }
    dashes >= 3
}

/// Each line followed by a blank one, as some converters of PDF write: real paragraphs stand further apart.
fn is_double_spaced(lines: &[&str]) -> bool {
    let (mut shown, mut adjacent, mut gaps, mut cut) = (0, 0, 0, 0);
    let mut blanks = usize::MAX;
    for line in lines {
        if is_blank(line) {
            blanks = blanks.saturating_add(1);
            continue;
        }
        shown += 1;
        match blanks {
            0 => adjacent += 1,
            1 => cut += usize::from(line.trim_start().starts_with(char::is_lowercase)),
            usize::MAX => {}
            _ => gaps += 1,
        }
        blanks = 0;
    }
    shown >= 8 && adjacent * 10 <= shown && gaps >= 1 && cut * 4 >= shown
}

fn single_spaced(lines: Vec<&str>) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::with_capacity(lines.len() / 2);
    let mut blanks = 0;
    for line in lines {
        if is_blank(line) {
            blanks += 1;
            continue;
        }
        if blanks > 1 {
            out.push("");
        }
        out.push(line);
        blanks = 0;
    }
    out
}

/// Ends a paragraph. Prose broken by its width becomes one line again, all else keeps its lines.
fn flush(paragraph: &mut Vec<&str>, out: &mut Vec<Block>) {
    if paragraph.is_empty() {
        return;
    }
    let prose = is_broken_by_width(paragraph);
    let mut words = Words::default();
    for line in paragraph.drain(..) {
        words.push(line);
        if prose { words.space() } else { words.line() }
    }
    let text = words.take();
    if !text.plain.is_empty() {
        out.push(lines::paragraph(text));
    }
}

/// True when no line could have taken the first word of the next one.
fn is_broken_by_width(lines: &[&str]) -> bool {
    let width = |l: &str| l.trim_end().chars().count();
    let most = lines.iter().map(|l| width(l)).max().unwrap_or(0);
    let fits = |pair: &[&str]| {
        let word = pair[1].split_whitespace().next().map_or(0, |w| w.chars().count());
        width(pair[0]) + 1 + word <= most
    };
    most >= PROSE_WIDTH && !lines.windows(2).any(fits) && !lines.iter().all(|l| labels::label(l).is_some())
}

/// Short lines that stand alone before something longer are headings.
fn with_headings(blocks: Vec<Block>) -> Vec<Block> {
    let mut in_a_row = 0;
    let mut runs: Vec<usize> = vec![0; blocks.len()];
    for at in (0..blocks.len()).rev() {
        let is_heading = matches!(&blocks[at], Block::Paragraph(t) if looks_like_heading(&t.plain));
        let heads = is_heading && (in_a_row > 0 || blocks.get(at + 1).is_some_and(is_body));
        in_a_row = if heads { in_a_row + 1 } else { 0 };
        runs[at] = in_a_row;
    }
    // The whole run counts, not what is left of it.
    for at in 1..runs.len() {
        if runs[at] > 0 && runs[at - 1] > runs[at] {
            runs[at] = runs[at - 1];
        }
    }
    let heading = |(block, run): (Block, usize)| match block {
        Block::Paragraph(text) if (1..=HEADINGS_IN_A_ROW).contains(&run) => {
            Block::Heading(Heading { level: numbered(&text.plain).map_or(7, |depth| (depth as u8 + 1).min(6)), text })
        }
        block => block,
    };
    blocks.into_iter().zip(runs).map(heading).collect()
}

/// Something that a heading may stand above: not another short piece.
fn is_body(block: &Block) -> bool {
    match block {
        Block::Paragraph(text) => {
            let plain = text.plain.as_str();
            plain.len() > HEADING_CHARACTERS
                || plain.ends_with(['.', ':', ';', '!', '?', '。', '：'])
                || plain.contains('\n')
        }
        _ => true,
    }
}

fn looks_like_heading(line: &str) -> bool {
    let short = line.len() <= 4 * HEADING_CHARACTERS
        && line.chars().count() <= HEADING_CHARACTERS
        && line.split(' ').count() <= HEADING_WORDS
        && !line.contains(['\n', '|', '@'])
        && !line.contains("://")
        && !line.ends_with(['.', ',', ';', ':', '!', '…', '：', '。']);
    let begins = line.chars().next().is_some_and(|c| {
        (c.is_alphabetic() && !c.is_lowercase())
            || matches!(c, '«' | '“' | '"' | '\'' | '„' | '¿')
            || numbered(line).is_some()
    });
    short && begins && labels::label(line).is_none()
}

/// How deep the number before a heading goes: 1 for "2. Cookies", 2 for "2.1 Cookies".
fn numbered(line: &str) -> Option<usize> {
    let (number, rest) = line.split_once(' ')?;
    let number = number.trim_end_matches(['.', ')']);
    let parts: Vec<&str> = number.split('.').collect();
    let digits = |p: &&str| !p.is_empty() && p.len() <= 3 && p.bytes().all(|b| b.is_ascii_digit());
    (parts.len() <= 5 && parts.iter().all(digits) && rest.chars().any(char::is_alphabetic)).then_some(parts.len())
}

/// The list that begins with the first line, if one does, and how many lines it takes.
fn list(lines: &[&str]) -> Option<(List, usize)> {
    let first = item(lines.first()?)?;
    // A number alone on its line is a heading.
    if first.1 == '1' && lines.get(1).is_none_or(|l| is_blank(l)) {
        return None;
    }
    // Lists that are open, outermost first, with their indentation.
    let mut open: Vec<(usize, List)> = vec![(first.0, List::default())];
    let (mut taken, mut blank) = (0, false);
    for (at, line) in lines.iter().enumerate() {
        if is_blank(line) {
            blank = true;
            continue;
        }
        let indent = indent(line);
        match item(line) {
            Some((_, mark, text)) if (mark == '1') == (first.1 == '1') || indent > first.0 => {
                while open.len() > 1 && open.last().is_some_and(|(deep, _)| *deep > indent) {
                    fold(&mut open);
                }
                let deeper = open.last().is_some_and(|(deep, list)| indent > *deep && !list.items.is_empty());
                if deeper && open.len() < LIST_DEPTH {
                    open.push((indent, List::default()));
                }
                if let Some((_, list)) = open.last_mut() {
                    list.items.push(Item { text: words(text), children: vec![] });
                }
            }
            None if !blank || indent > first.0 => {
                // The line goes on with the item above.
                let item = open.last_mut().and_then(|(_, list)| list.items.last_mut())?;
                let more = words(line);
                if blank || labels::label(&more.plain).is_some() {
                    lines::append(&mut item.text, more);
                } else {
                    item.text.plain.push(' ');
                    item.text.plain.push_str(&more.plain);
                }
            }
            _ => break,
        }
        blank = false;
        taken = at + 1;
    }
    while open.len() > 1 {
        fold(&mut open);
    }
    open.pop().map(|(_, list)| (list, taken))
}

/// Puts the innermost list under the last item of the one around it.
fn fold(open: &mut Vec<(usize, List)>) {
    if let Some((_, inner)) = open.pop()
        && let Some((_, outer)) = open.last_mut()
        && let Some(item) = outer.items.last_mut()
    {
        item.children.push(Block::List(inner));
    }
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Indentation, kind of mark (`1` for numbers) and words of a line that begins with the mark of a list.
fn item(line: &str) -> Option<(usize, char, &str)> {
    let body = line.trim_start();
    let mark = body.chars().next()?;
    let rest = if "•●◦▪■‣·-*–—○➢∙⁃►✓✔".contains(mark) {
        &body[mark.len_utf8()..]
    } else if mark == 'o' && line.len() > body.len() {
        &body[1..]
    } else {
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=3).contains(&digits) {
            return None;
        }
        body[digits..].strip_prefix(['.', ')'])?
    };
    let mark = if mark.is_ascii_digit() { '1' } else { mark };
    let gap = rest.starts_with([' ', '\t', '\u{a0}']) || (!mark.is_ascii() && !rest.is_empty());
    (gap && !is_blank(rest)).then(|| (indent(line), mark, rest.trim()))
}

/// Addresses written out.
fn links(source: &str) -> Vec<Link> {
    let starts = source.match_indices("http").filter(|(at, _)| {
        let rest = &source[*at..];
        rest.starts_with("http://") || rest.starts_with("https://")
    });
    let mut end = 0;
    let link = |(at, _): (usize, &str)| {
        if at < end {
            return None;
        }
        let rest = &source[at..];
        let stop = rest.find(|c: char| c.is_whitespace() || "<>\"()[]{}|".contains(c)).unwrap_or(rest.len());
        let href = rest[..stop].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '»']);
        end = at + stop;
        Some(Link { text: href.into(), href: href.into() })
    };
    starts.filter_map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::super::{Kind, parse_text};
    use super::*;

    fn read(source: &str) -> String {
        outline(&parse_text(source, Kind::Text).unwrap())
    }

    #[test]
    fn headings_underlined_numbered_and_alone() {
        let source = "Cookie charter\n==============\n\n1. What they are\n\nSmall files.\n\n2.1 Which we use\n\nThese ones.\n\nOur partners\n\nThey work for us.\n";
        assert_eq!(
            read(source),
            "# Cookie charter (1)\n# 1. What they are (2)\nSmall files.\n# 2.1 Which we use (3)\nThese ones.\n# Our partners (7)\nThey work for us.\n"
        );
    }

    #[test]
    fn pieces_of_a_broken_table_are_no_headings() {
        let source = "Name\n\nPurpose\n\nDuration\n\n_one\n\nCounting\n\nOne year\n";
        assert_eq!(read(source), "Name\nPurpose\nDuration\n_one\nCounting\nOne year\n");
    }

    #[test]
    fn lists_nest_and_go_on_over_lines() {
        let source = "- needed\n  - _one – keeps the\n    basket\n  - _two\n- wanted\n\nText.\n";
        assert_eq!(
            read(source),
            "list\n  - needed\n    list\n      - _one – keeps the basket\n      - _two\n  - wanted\nText.\n"
        );
    }

    #[test]
    fn labelled_lines_are_pairs() {
        assert_eq!(read("Name: _one\nPurpose: counts\n\nText.\n"), "pairs\n  Name = _one\n  Purpose = counts\nText.\n");
        assert_eq!(
            read("Name: _one\n\nUse: a\n\nName: _two\n\nUse: b\n"),
            "pairs\n  Name = _one\n  Use = a\npairs\n  Name = _two\n  Use = b\n"
        );
    }

    #[test]
    fn prose_broken_by_its_width_is_one_line_again() {
        let source = "We use a few cookies on this site in order to keep it\nworking. The one that is called _one remembers the items\nof your basket.\n";
        assert!(!read(source).contains('/'), "{}", read(source));
        assert_eq!(read("short lines\nof a cell\nstay\n"), "short lines/of a cell/stay\n");
    }

    #[test]
    fn lines_with_blanks_between_them_all_are_joined() {
        let source = "We use cookies that\n\nremember your choices\n\nand nothing more.\n\n\n\nThey are kept for\n\na year and then\n\nthey are gone for\n\ngood.\n\n\n\nEnd of it.\n";
        assert_eq!(
            read(source),
            "We use cookies that/remember your choices/and nothing more.\nThey are kept for/a year and then/they are gone for/good.\nEnd of it.\n"
        );
    }

    #[test]
    fn addresses_are_links() {
        let links = links("See <https://site.example/cookies>, or http://a.example. httpx://no");
        assert_eq!(
            links.iter().map(|l| l.href.as_str()).collect::<Vec<_>>(),
            ["https://site.example/cookies", "http://a.example"]
        );
    }
}
