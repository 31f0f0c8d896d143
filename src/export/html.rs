//! The report and the corrected charter as one HTML file each: no script, no resource from elsewhere, made for A4.
//!
//! `maud` escapes every text; the policy in the head forbids everything but the style of the file itself.

use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

use super::corrected::{Cell, Corrected, CorrectedRow, State};
use super::speech::Speech;
use super::view::{Fact, Line, Mark, Said, View, readable, source_parts};
use crate::category::Category;
use crate::report::{FindingResult, Origin};

const STYLE: &str = include_str!("report.css");
const MARKS: &str = include_str!("marks.svg");
/// What a reader wants first; everything else about the report stands at its end.
const AT_HEAD: [&str; 6] = [
    "export_charter_status",
    "export_charter_title",
    "export_charter_address",
    "export_charter_read",
    "export_profile",
    "export_recorded",
];
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

impl Render for Mark {
    fn render(&self) -> Markup {
        let (class, id) = match self {
            Mark::Missing => ("mark missing", "#m-missing"),
            Mark::Differs => ("mark differs", "#m-differs"),
            Mark::Ok => ("mark ok", "#m-ok"),
            Mark::Absent => ("mark", "#m-absent"),
            Mark::Unknown => ("mark", "#m-unknown"),
        };
        html! { svg class=(class) aria-hidden="true" { use href=(id) {} } }
    }
}

/// The report to read and to print.
pub(super) fn report(view: &View) -> String {
    let say = |key| view.speech.say(key);
    let title = view.speech.pair(say("export_title"), &view.host);
    let body = html! {
        header {
            p.over { span { (say("export_title")) } span { (readable(&view.date)) } }
            h1 { bdi { (breaks(&view.host)) } }
            ul.totals {
                @for count in &view.totals {
                    li { @if let Some(mark) = count.mark { (mark) } b { (count.number) } " " (count.label) }
                }
            }
            (facts(view.facts.iter().filter(|fact| AT_HEAD.contains(&fact.key))))
        }
        @if !view.lines.is_empty() { (by_category(view)) }
        section {
            h2 { (say("export_ledger")) }
            @if view.lines.is_empty() { p { (say("export_nothing")) } } @else { (ledger(view)) }
        }
        (writes(view))
        (findings(view))
        (listed(say("export_unseen"), &view.unseen))
        (listed(say("export_fetches"), &view.fetches))
        section { h2 { (say("export_about")) } (facts(view.facts.iter())) }
        footer { p { (say("export_no_values")) } p { (say("export_no_verdict")) } }
    };
    page(view.speech, &title, &body)
}

/// The corrected charter: a table without any style of ours, so that it can be copied into the site.
pub(super) fn corrected(charter: &Corrected) -> String {
    let say = |key| charter.speech.say(key);
    let body = html! {
        header {
            h1 { (say("export_corrected_title")) }
            p { (say("export_corrected_intro")) }
        }
        section {
            table.corrected {
                thead { tr { @for head in &charter.heads { th scope="col" { (head) } } } }
                tbody { @for row in &charter.rows { (corrected_row(row)) } }
            }
            @if charter.rows.is_empty() { p { (say("export_nothing")) } }
        }
        section { h2 { (say("export_about")) } (facts(charter.facts.iter())) p { (say("export_no_values")) } }
    };
    page(charter.speech, say("export_corrected_title"), &body)
}

fn corrected_row(row: &CorrectedRow) -> Markup {
    let cell = |cell: &Cell| html! { @if cell.ours { mark { (breaks(&cell.text)) } } @else { (breaks(&cell.text)) } };
    html! {
        tr {
            th scope="row" { bdi { (cell(&row.cells[0])) } }
            @for content in &row.cells[1..] { td { bdi { (cell(content)) } } }
            td { @if row.kind == State::Kept { (row.state) } @else { strong { (row.state) } } }
            td { (row.note) }
        }
    }
}

fn page(speech: Speech, title: &str, body: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(speech.say("export_language")) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (PreEscaped(MARKS)) main.page { (body) } }
        }
    };
    page.into_string() + "\n"
}

fn facts<'f>(facts: impl Iterator<Item = &'f Fact>) -> Markup {
    html! {
        dl.meta {
            @for fact in facts.filter(|fact| !fact.value.is_empty()) {
                div { dt { (fact.label) } dd { bdi { (linked(&fact.value, fact.link.as_deref())) } } }
            }
        }
    }
}

/// One line of marks for each category, in the order of the report; figures beside them, for many rows.
fn by_category(view: &View) -> Markup {
    let mut groups: Vec<(&str, Option<Category>, [u32; 5])> = Vec::new();
    for line in &view.lines {
        let at = groups.iter().position(|(_, category, _)| *category == line.category).unwrap_or_else(|| {
            groups.push((&line.group, line.category, [0; 5]));
            groups.len() - 1
        });
        groups[at].2[line.mark as usize] += 1;
    }
    let marks = [
        (Mark::Missing, "verdict_not_declared"),
        (Mark::Differs, "verdict_differs"),
        (Mark::Ok, "verdict_as_declared"),
        (Mark::Absent, "verdict_not_met"),
        (Mark::Unknown, "verdict_not_judged"),
    ];
    let used = marks.map(|(mark, _)| groups.iter().any(|(.., counts)| counts[mark as usize] > 0));
    let used = || marks.iter().zip(used).filter(|(_, used)| *used).map(|(mark, _)| mark);
    html! {
        section {
            h2 { (view.speech.say("export_by_category")) }
            table.by-category {
                thead { tr {
                    th scope="col" { (view.speech.say("export_category")) }
                    @for (mark, key) in used() { th scope="col" { span.said { (mark) (view.speech.say(key)) } } }
                } }
                tbody { @for (group, _, counts) in &groups { tr {
                    th scope="row" { (group) }
                    @for (mark, _) in used() { td { @if counts[*mark as usize] > 0 { (counts[*mark as usize]) } @else { span.quiet { "0" } } } }
                } } }
            }
        }
    }
}

fn ledger(view: &View) -> Markup {
    let say = |key| view.speech.say(key);
    // The rows of a category stand together, as in the report; declarations that were not met join their category.
    let mut groups: Vec<(Option<Category>, &str, Vec<&Line>)> = Vec::new();
    for line in &view.lines {
        match groups.iter_mut().find(|(category, ..)| *category == line.category) {
            Some((.., lines)) => lines.push(line),
            None => groups.push((line.category, &line.group, vec![line])),
        }
    }
    html! {
        table.ledger {
            caption { (say("export_ledger_note")) }
            colgroup { col.c-name; col.c-said; col; col.c-life; col.c-life; col.c-host; }
            thead { tr {
                th scope="col" { (say("export_name")) }
                th scope="col" { (say("export_verdict")) }
                th scope="col" { (say("export_purpose")) }
                th.n scope="col" { (say("export_lifetime_declared")) }
                th.n scope="col" { (say("export_lifetime_stored")) }
                th scope="col" { (say("export_host")) }
            } }
            @for (_, group, lines) in &groups {
                tbody {
                    tr.band { th colspan="6" scope="rowgroup" { (group) } }
                    @for line in lines { (ledger_row(line, view.speech)) }
                }
            }
        }
    }
}

fn ledger_row(line: &Line, speech: Speech) -> Markup {
    let absent = html! { span.quiet { (speech.say("export_absent")) } };
    let tone = match line.mark {
        Mark::Missing => "said missing",
        Mark::Differs => "said differs",
        Mark::Ok => "said",
        Mark::Absent | Mark::Unknown => "said quiet",
    };
    let or_absent = |words: &str| {
        if words.is_empty() {
            absent.clone()
        } else {
            html! { (words) }
        }
    };
    html! {
        tr {
            th.name scope="row" {
                @if line.name.is_empty() { (speech.say("export_no_name")) } @else { code { (breaks(&line.name)) } }
                @if line.kind_differs { small { (line.kind) } }
                @if !line.service.is_empty() { small { bdi { (line.service) } } }
            }
            td { span class=(tone) { (line.mark) (line.verdict) } }
            td {
                @match line.purpose_from {
                    _ if line.purpose.is_empty() => (absent),
                    Origin::Charter => bdi { (speech.with("export_site_words", "words", &line.purpose)) },
                    _ => bdi { (speech.with("export_known_words", "words", &line.purpose)) },
                }
                @if let Some(name) = &line.declared_as { small { (speech.say("export_declared_as")) " " code { (breaks(name)) } } }
                @if !line.category_declared.is_empty() {
                    small { bdi { (speech.with("export_site_words", "words", &line.category_declared)) } }
                }
            }
            td.n { (or_absent(&line.lifetime_read)) }
            td class=(if line.lifetime_differs { "n clash" } else { "n" }) { (or_absent(&line.lifetime_stored)) }
            td { code { (breaks(&line.host)) } @if !line.party.is_empty() { small { (line.party) } } }
        }
    }
}

/// What a recording saw being written, in the order of time.
fn writes(view: &View) -> Markup {
    let mut writes: Vec<(f64, &Line)> = view.lines.iter().filter_map(|l| Some((l.stored?.written?, l))).collect();
    writes.sort_by(|a, b| a.0.total_cmp(&b.0));
    if writes.is_empty() {
        return html! {};
    }
    let say = |key| view.speech.say(key);
    html! {
        section {
            h2 { (say("export_writes")) }
            table.ledger {
                thead { tr {
                    th scope="col" { (say("export_written")) } th scope="col" { (say("export_name")) }
                    th scope="col" { (say("export_writer")) } th scope="col" { (say("export_phase")) }
                } }
                tbody { @for (at, line) in writes { tr {
                    td { (super::moment::iso(at).unwrap_or_default()) }
                    td { span.said { (line.mark) code { (breaks(&line.name)) } } }
                    td { @if let Some(writer) = line.stored.and_then(|s| s.writer) { (view.speech.id("export_writer_", &writer)) } }
                    td { @if let Some(phase) = line.stored.and_then(|s| s.phase) { (view.speech.id("export_phase_", &phase)) } }
                } } }
            }
        }
    }
}

/// Differences first; what could not be judged follows in short.
fn findings(view: &View) -> Markup {
    let rows = view.lines.iter().flat_map(|line| line.findings.iter().map(move |said| (Some(line), said)));
    let all: Vec<(Option<&Line>, &Said)> = view.findings.iter().map(|said| (None, said)).chain(rows).collect();
    let (open, mut shown): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|(_, said)| said.result == FindingResult::CannotTell);
    // Stable: within a severity the order of the report stays.
    shown.sort_by_key(|(_, said)| std::cmp::Reverse(said.severity_rank));
    html! {
        @if !shown.is_empty() {
            section.cite {
                h2 { (view.speech.say("export_findings")) }
                @for (line, said) in shown { (finding(line, said, view.speech)) }
            }
        }
        @if !open.is_empty() {
            section {
                h2 { (view.speech.say("export_cannot_tell")) }
                ul.plain { @for (line, said) in open {
                    li { @if let Some(line) = line { code { (breaks(&line.name)) } ": " } (said.title) }
                } }
            }
        }
    }
}

fn finding(line: Option<&Line>, said: &Said, speech: Speech) -> Markup {
    let quote = said.quoted(line);
    html! {
        article.finding {
            (said.mark)
            div {
                h3 { @if let Some(line) = line { code { (breaks(&line.name)) } ": " } bdi { (said.title) } }
                @if let Some(more) = &said.more { p { bdi { (more) } } }
                @if let Some(quote) = quote {
                    figure.words {
                        blockquote { bdi { (speech.with("export_site_words", "words", quote)) } }
                        @if let Some(line) = line {
                            figcaption { bdi { @if let Some(link) = &line.link { a href=(link) rel="noreferrer" { (or(&line.place, link)) } } @else { (line.place) } } }
                        }
                    }
                }
                dl.facts {
                    dt { (speech.say("export_severity")) } dd { (said.severity) }
                    dt { (speech.say("export_certainty")) } dd { (said.certainty) }
                    dt { (speech.say("export_weight")) } dd { (said.weight) }
                    @if !said.sources.is_empty() {
                        dt { (speech.say("export_sources")) }
                        dd { @for (at, source) in said.sources.iter().enumerate() { @if at > 0 { "; " } bdi { (sourced(source)) } } }
                    }
                    dt { (speech.say("export_rule")) } dd { (said.rule) }
                }
            }
        }
    }
}

fn listed(title: &str, items: &[String]) -> Markup {
    html! {
        @if !items.is_empty() {
            section { h2 { (title) } ul.plain { @for item in items { li { bdi { (item) } } } } }
        }
    }
}

fn sourced(source: &str) -> Markup {
    let (words, address) = source_parts(source);
    linked(words, address.as_deref())
}

fn linked(words: &str, link: Option<&str>) -> Markup {
    html! { @if let Some(link) = link { a href=(link) rel="noreferrer" { (words) } } @else { (words) } }
}

fn or<'a>(words: &'a str, other: &'a str) -> &'a str {
    if words.is_empty() { other } else { words }
}

/// A name or host that may break after `_` and before `.`, where a person would break it.
fn breaks(name: &str) -> Markup {
    let mut out = Markup::default();
    let mut start = 0;
    for (at, c) in name.char_indices() {
        let end = match c {
            '_' => at + 1,
            '.' if at > 0 => at,
            _ => continue,
        };
        name[start..end].render_to(&mut out.0);
        out.0.push_str("<wbr>");
        start = end;
    }
    name[start..].render_to(&mut out.0);
    out
}
