//! Front matter of Markdown: a block of YAML between lines of dashes, which some sites fill with the charter itself.
//!
//! It is written as HTML for the one path of reading, by its shape alone: a list of records is a table whose heads are the
//! keys, so is a map of records; a map that holds more than scalars is a section under a heading; scalars are pairs. Keys
//! become words ("necessaryCookies" is "necessary cookies"). Settings of the page and of its sections (layout, date, an
//! identifier beside a title) are left out.

use saphyr_parser::{Event, Parser};

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 24;
/// A scalar longer than this is a text and not a value, in bytes.
const VALUE_MAX: usize = 120;
/// Keys that site generators use for the heading of a part.
const TITLE_KEYS: [&str; 5] = ["title", "heading", "header", "name", "label"];
/// Keys that site generators use for the language of a page.
const LANGUAGE_KEYS: [&str; 4] = ["lang", "language", "locale", "languagecode"];

/// What front matter says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Front {
    pub title: Option<String>,
    pub language: Option<String>,
    /// Its content as HTML.
    pub html: String,
}

/// Parts the front matter, when there is one, from the body.
pub(super) fn split(source: &str) -> (Option<&str>, &str) {
    let source = source.trim_start_matches('\u{feff}');
    let mut lines = source.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let fence = first.trim_end();
    if fence != "---" && fence != "+++" {
        return (None, source);
    }
    let mut end = first.len();
    for line in lines {
        let closes = line.trim_end() == fence || (fence == "---" && line.trim_end() == "...");
        if closes {
            let (front, body) = (&source[first.len()..end], &source[end + line.len()..]);
            // A rule between two parts of the text is no front matter.
            let is_front = front.lines().any(|l| l.contains(if fence == "---" { ':' } else { '=' }));
            return if is_front { (Some(front), body) } else { (None, source) };
        }
        end += line.len();
    }
    (None, source)
}

/// Reads front matter. What is not YAML says nothing.
pub(super) fn read(source: &str) -> Front {
    let mut front = Front::default();
    let Some(Node::Map(entries)) = parse(source) else { return front };
    let mut content = vec![];
    for (key, node) in entries {
        let lower = key.to_ascii_lowercase();
        match node {
            Node::Scalar(value) if value.is_empty() => {}
            Node::Scalar(value) if lower == "title" => front.title = Some(value),
            Node::Scalar(value) if LANGUAGE_KEYS.contains(&lower.as_str()) => front.language = Some(value),
            Node::Scalar(value) if value.len() <= VALUE_MAX => {}
            Node::Sequence(items) if items.iter().all(|i| matches!(i, Node::Scalar(_))) => {}
            node => content.push((key, node)),
        }
    }
    if let Some(title) = &front.title {
        element("h1", title, &mut front.html);
    }
    section(&content, None, 2, &mut front.html);
    front
}

#[derive(Debug, PartialEq)]
enum Node {
    Scalar(String),
    Sequence(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// A scalar, or a list of scalars: what fits in a cell, with line breaks.
    fn cell(&self) -> Option<String> {
        match self {
            Node::Scalar(value) => Some(escape(value)),
            Node::Sequence(items) => {
                let cells = items.iter().map(|i| if let Node::Scalar(v) = i { Some(escape(v)) } else { None });
                cells.collect::<Option<Vec<_>>>().map(|c| c.join("<br>"))
            }
            Node::Map(_) => None,
        }
    }

    /// The entries, when all of them fit in cells.
    fn record(&self) -> Option<&[(String, Node)]> {
        match self {
            Node::Map(entries) if !entries.is_empty() && entries.iter().all(|(_, v)| v.cell().is_some()) => {
                Some(entries)
            }
            _ => None,
        }
    }
}

/// The first document, or nothing when it is not YAML.
fn parse(source: &str) -> Option<Node> {
    // The containers that are open, and the key that waits for its value in each map.
    let mut open: Vec<(Node, Option<String>)> = vec![];
    let mut too_deep = 0;
    for event in Parser::new_from_str(source) {
        let node = match event.ok()?.0 {
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= MAX_DEPTH => {
                too_deep += 1;
                continue;
            }
            Event::SequenceStart(..) => {
                open.push((Node::Sequence(vec![]), None));
                continue;
            }
            Event::MappingStart(..) => {
                open.push((Node::Map(vec![]), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd if too_deep > 0 => {
                too_deep -= 1;
                if too_deep > 0 {
                    continue;
                }
                Node::Scalar(String::new())
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop()?.0,
            Event::Scalar(..) | Event::Alias(_) if too_deep > 0 => continue,
            Event::Scalar(value, ..) => {
                Node::Scalar(if value == "~" || value == "null" { String::new() } else { value.trim().into() })
            }
            // What an alias repeats stands elsewhere.
            Event::Alias(_) => Node::Scalar(String::new()),
            _ => continue,
        };
        match open.last_mut() {
            None => return Some(node),
            Some((Node::Sequence(items), _)) => items.push(node),
            Some((Node::Map(entries), key)) => match (key.take(), node) {
                (Some(key), node) => entries.push((key, node)),
                (None, Node::Scalar(name)) => *key = Some(name),
                (None, _) => *key = Some(String::new()),
            },
            Some(_) => {}
        }
    }
    None
}

/// What a map holds, the entry of its title aside.
fn section(entries: &[(String, Node)], title: Option<usize>, level: usize, out: &mut String) {
    let mut pairs = String::new();
    let has_parts = entries.iter().any(|(_, node)| node.cell().is_none());
    for (at, (key, node)) in entries.iter().enumerate() {
        if Some(at) == title {
            continue;
        }
        match (node, node.cell()) {
            (Node::Scalar(value), Some(cell)) if value.len() > VALUE_MAX => {
                flush(&mut pairs, out);
                out.push_str(&format!("<p>{cell}</p>"));
            }
            (Node::Scalar(value), _) if has_parts && is_identifier(value) => {}
            (_, Some(cell)) if !cell.is_empty() => {
                pairs.push_str(&format!("<dt>{}</dt><dd>{cell}</dd>", escape(&words(key))))
            }
            (_, Some(_)) => {}
            (node, None) => {
                flush(&mut pairs, out);
                part(&words(key), node, level, out);
            }
        }
    }
    flush(&mut pairs, out);
}

fn flush(pairs: &mut String, out: &mut String) {
    if !pairs.is_empty() {
        out.push_str(&format!("<dl>{pairs}</dl>"));
        pairs.clear();
    }
}

/// A node under its key.
fn part(key: &str, node: &Node, level: usize, out: &mut String) {
    heading(key, level, out);
    match node {
        Node::Scalar(value) => element("p", value, out),
        Node::Sequence(items) => sequence(items, level + 1, out),
        Node::Map(entries) => {
            if let Some(entries) = node.record() {
                section(entries, None, level + 1, out);
            } else if entries.len() > 1 && entries.iter().all(|(_, v)| v.record().is_some()) {
                table(entries.iter().filter_map(|(key, v)| Some((Some(key.as_str()), v.record()?))), out);
            } else {
                titled(entries, Some(key), level + 1, out);
            }
        }
    }
}

/// A map whose title, when it has one, becomes its heading.
fn titled(entries: &[(String, Node)], above: Option<&str>, level: usize, out: &mut String) {
    let short = |entry: &(String, Node)| matches!(&entry.1, Node::Scalar(v) if !v.is_empty() && v.len() <= VALUE_MAX);
    let is_title = |entry: &(String, Node)| short(entry) && TITLE_KEYS.contains(&entry.0.to_ascii_lowercase().as_str());
    // What has neither a key nor a title is called by what it says first.
    let first = || above.is_none().then(|| entries.iter().position(short)).flatten();
    let at = entries.iter().position(is_title).or_else(first);
    if let Some((_, Node::Scalar(title))) = at.and_then(|at| entries.get(at))
        && above.is_none_or(|above| !above.eq_ignore_ascii_case(title))
    {
        heading(title, level, out);
    }
    section(entries, at, level + usize::from(at.is_some()), out);
}

fn sequence(items: &[Node], level: usize, out: &mut String) {
    if !items.is_empty() && items.iter().all(|i| i.record().is_some()) {
        return table(items.iter().filter_map(|i| Some((None, i.record()?))), out);
    }
    if items.iter().all(|i| i.cell().is_some()) {
        out.push_str("<ul>");
        for cell in items.iter().filter_map(Node::cell) {
            out.push_str(&format!("<li>{cell}</li>"));
        }
        return out.push_str("</ul>");
    }
    for item in items {
        match item {
            Node::Scalar(value) => element("p", value, out),
            Node::Sequence(items) => sequence(items, level + 1, out),
            Node::Map(entries) => titled(entries, None, level, out),
        }
    }
}

/// Records as a table; their keys are its heads, in the order in which they first come.
fn table<'a>(records: impl Iterator<Item = (Option<&'a str>, &'a [(String, Node)])>, out: &mut String) {
    let records: Vec<_> = records.collect();
    let mut heads: Vec<&str> = vec![];
    for (_, record) in &records {
        for (key, _) in *record {
            // Records of one kind have few keys; more is no table that anyone reads.
            if heads.len() < 64 && !heads.contains(&key.as_str()) {
                heads.push(key);
            }
        }
    }
    let keyed = records.iter().any(|(key, _)| key.is_some());
    out.push_str("<table><thead><tr>");
    if keyed {
        out.push_str("<th></th>");
    }
    for head in &heads {
        element("th", &words(head), out);
    }
    out.push_str("</tr></thead><tbody>");
    for (key, record) in records {
        out.push_str("<tr>");
        if keyed {
            element("td", key.unwrap_or_default(), out);
        }
        let last = record.iter().filter_map(|(key, _)| heads.iter().position(|h| h == key)).max().unwrap_or(0);
        for head in &heads[..=last.min(heads.len().saturating_sub(1))] {
            let cell = record.iter().find(|(key, _)| key == head).and_then(|(_, node)| node.cell()).unwrap_or_default();
            out.push_str(&format!("<td>{cell}</td>"));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
}

/// One word as programs write it.
fn is_identifier(value: &str) -> bool {
    value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

fn heading(text: &str, level: usize, out: &mut String) {
    if !text.is_empty() {
        element(["h1", "h2", "h3", "h4", "h5", "h6"][level.clamp(1, 6) - 1], text, out);
    }
}

fn element(name: &str, text: &str, out: &mut String) {
    out.push_str(&format!("<{name}>{}</{name}>", escape(text)));
}

/// Text for HTML. What holds markup already stays as it is.
fn escape(text: &str) -> String {
    if text.contains("</") || text.contains("<br") {
        return text.into();
    }
    text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>")
}

/// The words of a key: "necessaryCookies", "necessary_cookies" and "necessary-cookies" are "necessary cookies".
fn words(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    let mut lower = false;
    for c in key.chars() {
        if c == '_' || c == '-' {
            out.push(' ');
        } else if c.is_uppercase() && lower {
            out.push(' ');
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
        lower = c.is_lowercase();
    }
    out.trim().into()
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::super::{Kind, parse_text};
    use super::*;

    fn outlined(source: &str) -> String {
        outline(&parse_text(source, Kind::Markdown).unwrap())
    }

    #[test]
    fn records_are_a_table_under_the_words_of_their_key() {
        let source = "---\ntitle: Our cookies\nlayout: page\nlang: en\nparts:\n  neededCookies:\n    id: needed\n    header: What we need\n    cookies:\n      - name: _one\n        purpose: >\n          Counts\n          visits\n      - name: _two\n---\nBody.\n";
        let page = parse_text(source, Kind::Markdown).unwrap();
        assert_eq!((page.title.as_deref(), page.language.as_deref()), (Some("Our cookies"), Some("en")));
        assert_eq!(
            outline(&page),
            "# Our cookies (1)\n# parts (2)\n# needed cookies (3)\n# What we need (4)\n# cookies (5)\n\
             table\n  *name | *purpose\n  _one | Counts visits\n  _two\nBody.\n"
        );
    }

    #[test]
    fn a_map_of_records_is_a_table_keyed_by_their_names() {
        let source = "---\ncookies:\n  _one: {use: counts, hosts: [a.example, b.example]}\n  _two: {use: keeps}\n---\n";
        assert_eq!(
            outlined(source),
            "# cookies (2)\ntable\n  * | *use | *hosts\n  _one | counts | a.example/b.example\n  _two | keeps\n"
        );
    }

    #[test]
    fn settings_are_left_out_and_rules_are_no_front_matter() {
        assert_eq!(outlined("---\ndate: 2024-01-01\ntags: [a, b]\n---\nBody.\n"), "Body.\n");
        assert_eq!(split("---\nText\n---\nMore\n").0, None);
    }

    #[test]
    fn what_is_not_yaml_or_nests_without_end_says_nothing() {
        assert_eq!(read("a: [b\n: : -"), Front::default());
        assert_eq!(read(&format!("a: {}", "[".repeat(5000))), Front::default());
        assert!(read(&format!("a:\n  b: {}x{}", "[".repeat(500), "]".repeat(500))).html.len() < 1000);
    }
}
