//! Markdown (GitHub's dialect, for its tables): a report to read, and the corrected charter to paste.
//!
//! Foreign text never acts as markup: every punctuation sign that could is escaped, and `<` becomes an entity, so that
//! renderers which allow HTML show it too.

use std::fmt::Write;

use super::corrected::{Corrected, State};
use super::speech::Speech;
use super::view::{Fact, Line, Said, View, source_parts, web_address};
use crate::report::Origin;

/// The report: facts, totals, one table, findings, gaps.
pub(super) fn report(view: &View) -> String {
    let speech = view.speech;
    let say = |key| text(speech.say(key));
    let mut out = format!("# {}\n\n", speech.pair(&say("export_title"), &text(&view.host)));
    facts(&mut out, &view.facts, speech);
    section(&mut out, &say("export_totals"));
    for count in &view.totals {
        bullet(&mut out, &speech.pair(&text(&count.label), &count.number.to_string()));
    }
    section(&mut out, &say("export_ledger"));
    if view.lines.is_empty() {
        paragraph(&mut out, &say("export_nothing"));
    } else {
        let heads = [
            "export_name",
            "export_verdict",
            "export_category",
            "export_purpose",
            "export_lifetime_declared",
            "export_lifetime_stored",
            "export_host",
            "export_party",
        ];
        table(&mut out, heads.map(say), view.lines.iter().map(|line| ledger_row(line, view)));
    }
    let findings: Vec<(&Line, &Said)> =
        view.lines.iter().flat_map(|l| l.findings.iter().map(move |f| (l, f))).collect();
    if !findings.is_empty() || !view.findings.is_empty() {
        section(&mut out, &say("export_findings"));
        view.findings.iter().for_each(|said| finding(&mut out, None, said, view));
        findings.iter().for_each(|(line, said)| finding(&mut out, Some(line), said, view));
    }
    gaps(&mut out, view);
    section(&mut out, &say("export_about"));
    paragraph(&mut out, &say("export_no_values"));
    paragraph(&mut out, &say("export_no_verdict"));
    out
}

/// The corrected charter: what to do with it, the table, then the facts.
pub(super) fn corrected(charter: &Corrected) -> String {
    let say = |key| text(charter.speech.say(key));
    let mut out = format!("# {}\n\n", say("export_corrected_title"));
    paragraph(&mut out, &say("export_corrected_intro"));
    let mark = say("export_to_check");
    let rows = charter.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| {
            let shown = if cell.text.is_empty() { "–".to_owned() } else { text(&cell.text) };
            if cell.ours && row.kind != State::Added { format!("{shown} **({mark})**") } else { shown }
        });
        let state = if row.kind == State::Kept { text(&row.state) } else { format!("**{}**", text(&row.state)) };
        cells.chain([state, text(&row.note)]).collect()
    });
    table(&mut out, charter.heads.iter().map(|head| text(head)), rows);
    out.push('\n');
    facts(&mut out, &charter.facts, charter.speech);
    out
}

fn ledger_row(line: &Line, view: &View) -> Vec<String> {
    let speech = view.speech;
    let purpose = match line.purpose_from {
        _ if line.purpose.is_empty() => speech.text("export_absent"),
        Origin::Charter => speech.with("export_site_words", "words", &line.purpose),
        _ => speech.with("export_known_words", "words", &line.purpose),
    };
    let or_absent = |words: &str| text(if words.is_empty() { speech.say("export_absent") } else { words });
    vec![
        code(&line.name),
        text(&line.verdict),
        text(&line.group),
        text(&purpose),
        or_absent(&line.lifetime_declared),
        or_absent(&line.lifetime_stored),
        code(&line.host),
        text(&line.party),
    ]
}

fn finding(out: &mut String, line: Option<&Line>, said: &Said, view: &View) {
    let subject = line.map(|line| format!("{}: ", code(&line.name))).unwrap_or_default();
    let _ = writeln!(out, "- **{}** {subject}{}", text(&said.rule), text(&said.title));
    if let Some(more) = &said.more {
        let _ = writeln!(out, "  {}", text(more));
    }
    if let Some(quote) = said.quoted(line) {
        let link = line.and_then(|line| line.link.as_deref()).map(|link| format!(" <{link}>")).unwrap_or_default();
        let _ = writeln!(out, "  {}{link}", text(&view.speech.with("export_site_words", "words", quote)));
    }
    let sources: Vec<String> = said.sources.iter().map(|source| sourced(source)).collect();
    let _ = writeln!(
        out,
        "  ({}; {}; {}{}{})",
        text(&said.severity),
        text(&said.certainty),
        text(&said.weight),
        if sources.is_empty() { "" } else { "; " },
        sources.join("; ")
    );
}

fn gaps(out: &mut String, view: &View) {
    let mut list = |key, items: &[String]| {
        if !items.is_empty() {
            section(out, &text(view.speech.say(key)));
            items.iter().for_each(|item| bullet(out, &text(item)));
        }
    };
    list("export_unseen", &view.unseen);
    list("export_fetches", &view.fetches);
}

fn facts(out: &mut String, facts: &[Fact], speech: Speech) {
    for fact in facts.iter().filter(|fact| !fact.value.is_empty()) {
        bullet(out, &speech.pair(&text(&fact.label), &linked(&fact.value)));
    }
}

fn section(out: &mut String, title: &str) {
    let _ = write!(out, "\n## {title}\n\n");
}

fn bullet(out: &mut String, markdown: &str) {
    let _ = writeln!(out, "- {markdown}");
}

fn paragraph(out: &mut String, markdown: &str) {
    let _ = write!(out, "{markdown}\n\n");
}

fn table(out: &mut String, heads: impl IntoIterator<Item = String>, rows: impl Iterator<Item = Vec<String>>) {
    let heads: Vec<String> = heads.into_iter().collect();
    let _ = writeln!(out, "| {} |\n|{}", heads.join(" | "), " --- |".repeat(heads.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
}

/// An address as a link when a file may link to it, else as text.
fn linked(words: &str) -> String {
    web_address(words).map_or_else(|| text(words), |address| format!("<{address}>"))
}

/// The words of a source, then its address.
fn sourced(source: &str) -> String {
    match source_parts(source) {
        (words, Some(address)) if words != source => format!("{} <{address}>", text(words)),
        _ => linked(source),
    }
}

/// A name as code when it needs no escape there, else as text: a table cell cannot hold every sign in code.
fn code(name: &str) -> String {
    let plain = !name.is_empty() && !name.contains(['`', '|', '\\', '<']) && name.trim() == name;
    if plain { format!("`{name}`") } else { text(name) }
}

/// Words that Markdown shows as they are.
fn text(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    for (at, c) in words.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '>' => out.extend(['\\', c]),
            // Signs that begin a list, a heading or a rule, and the colon of a bare address.
            '#' | '+' | '-' | '=' if at == 0 => out.extend(['\\', c]),
            '.' | ')' if begins_list(words, at) => out.extend(['\\', c]),
            '!' if words[at + 1..].starts_with('[') => out.push_str("\\!"),
            ':' if words[at + 1..].starts_with("//") => out.push_str("\\:"),
            '.' if words[..at].ends_with("www") || words[..at].ends_with("WWW") => out.push_str("\\."),
            _ => out.push(c),
        }
    }
    out
}

/// `12. ` and `12) ` at the start of a line number a list.
fn begins_list(words: &str, at: usize) -> bool {
    let number = &words[..at];
    let ends = words[at + 1..].is_empty() || words[at + 1..].starts_with(' ');
    ends && (1..=9).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_the_site_is_shown_and_does_not_act() {
        assert_eq!(text("*a* _b_ | `c` [d](e) <script>"), r"\*a\* \_b\_ \| \`c\` \[d\](e) &lt;script\>");
        assert_eq!(text("# t"), r"\# t");
        assert_eq!(text("12. x"), r"12\. x");
        assert_eq!(text("see http://x.example or www.x.example"), r"see http\://x.example or www\.x.example");
        assert_eq!(text("0.1.0"), "0.1.0");
        assert_eq!(text("6 mois, à 10:30"), "6 mois, à 10:30");
    }

    #[test]
    fn names_are_code_where_they_can_be() {
        assert_eq!(code("_ga_*"), "`_ga_*`");
        assert_eq!(code("a|b`c"), r"a\|b\`c");
        assert_eq!(code(""), "");
    }
}
