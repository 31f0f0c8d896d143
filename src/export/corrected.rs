//! The corrected charter: the site's own rows, in its order, completed with what is missing.
//!
//! Whatever does not come from the site is marked, and each row says what the webmaster has to check. It is a draft:
//! a purpose from our table or a lifetime seen once is no statement of the site before the site adopts it.

use super::clean::{NAME, WORDS, line};
use super::speech::Speech;
use super::view::{Fact, Mark, facts, host, lifetime_of, party, said, totals, unseen};
use crate::charter::{Declaration, Lifetime, LifetimeWord};
use crate::report::{Finding, FindingResult, Known, Report, Row, Severity};
use crate::visit::StorageKind;

/// Columns of a row, before its state and its note.
pub(super) const COLUMNS: [&str; 8] = [
    "export_name",
    "export_provider",
    "export_category",
    "export_purpose",
    "export_lifetime",
    "export_party",
    "export_host",
    "export_kind",
];

/// A content of a row.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Cell {
    pub text: String,
    /// True when it does not come from the site.
    pub ours: bool,
}

/// How a row came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// As the site wrote it.
    Kept,
    /// The site's, with cells of ours.
    Completed,
    /// The site's, and nothing like it was met.
    NotMet,
    /// Stored, and the site does not name it.
    Added,
}

/// A row of the corrected charter.
#[derive(Debug)]
pub(super) struct CorrectedRow {
    pub kind: State,
    pub cells: [Cell; 8],
    /// The state in words.
    pub state: String,
    /// What the webmaster has to check.
    pub note: String,
}

/// The corrected charter in words.
pub(super) struct Corrected<'a> {
    pub speech: Speech<'a>,
    pub facts: Vec<Fact>,
    pub heads: Vec<String>,
    pub rows: Vec<CorrectedRow>,
}

impl<'a> Corrected<'a> {
    pub fn of(report: &'a Report, speech: Speech<'a>) -> Corrected<'a> {
        let mut facts = facts(report, speech);
        let fact = |key: &'static str, value: String| Fact { key, label: speech.text(key), value, link: None };
        facts.extend(totals(report, speech).into_iter().map(|count| fact(count.key, count.number.to_string())));
        facts.push(fact("export_unseen", unseen(report, speech).join(" ; ")));
        let heads = COLUMNS.iter().chain(&["export_state", "export_note"]).map(|key| speech.text(key)).collect();
        Corrected { speech, facts, heads, rows: rows(report, speech) }
    }
}

/// The site's rows first, in the order of the charter as far as their places tell, then what it does not name.
fn rows(report: &Report, speech: Speech) -> Vec<CorrectedRow> {
    let mut declared: Vec<(&Declaration, Vec<&Row>, &[Finding])> = Vec::new();
    let mut known_places = std::collections::BTreeMap::new();
    for row in &report.rows {
        let Some(declaration) = &row.declaration else { continue };
        let next = declared.len();
        let at = *known_places.entry(identity(declaration)).or_insert(next);
        if at == next {
            declared.push((declaration, Vec::new(), &[]));
        }
        declared[at].1.push(row);
    }
    declared
        .extend(report.not_met.iter().map(|not_met| (&not_met.declaration, Vec::new(), not_met.findings.as_slice())));
    declared.sort_by_key(|(declaration, ..)| (&declaration.place.url, declaration.place.table, declaration.place.row));
    let added = report.rows.iter().filter(|row| row.declaration.is_none());
    declared
        .iter()
        .map(|(d, rows, findings)| site_row(d, rows, findings, speech))
        .chain(added.map(|row| added_row(row, speech)))
        .collect()
}

/// What makes two declarations of a report the same line of the charter.
fn identity(d: &Declaration) -> (&str, &str, &[String], &str, u32, u32, &str) {
    (&d.name, &d.pattern, &d.hosts, &d.place.url, d.place.table, d.place.row, &d.place.quote)
}

fn site_row(declaration: &Declaration, rows: &[&Row], not_met: &[Finding], speech: Speech) -> CorrectedRow {
    let words = |text: &Option<String>| line(text.as_deref().unwrap_or_default(), WORDS);
    let known = rows.iter().find_map(|row| row.known.as_ref());
    let provider = if declaration.provider.is_some() { &declaration.provider } else { &declaration.service };
    let stored_party = rows.iter().find_map(|row| row.party);
    let mut hosts: Vec<String> = Vec::new();
    for seen in rows.iter().map(|row| host(&row.stored)) {
        if !hosts.contains(&seen) {
            hosts.push(seen);
        }
    }
    let longest = longest(rows);
    let outlived = rows.iter().any(|row| outlives(&row.findings));
    let cells = [
        Cell { text: line(&declaration.name, NAME), ours: false },
        either(words(provider), || known.map(company)),
        either(words(&declaration.category_declared), || {
            known.map(|known| speech.of("category_", known.category.id()))
        }),
        either(words(&declaration.purpose), || known.map(|known| line(speech.say(&known.function), WORDS))),
        match longest {
            Some(longest) if outlived => Cell { text: speech.lifetime(longest), ours: true },
            longest => {
                either(words(&declaration.lifetime_declared), || longest.map(|longest| speech.lifetime(longest)))
            }
        },
        either(party(declaration.party, speech), || stored_party.map(|of| party(Some(of), speech))),
        either(declaration.hosts.iter().map(|host| line(host, NAME)).collect::<Vec<_>>().join(", "), || {
            Some(hosts.join(", "))
        }),
        Cell { text: speech.id("ui_kind_", &declaration.kind), ours: false },
    ];
    let completed = cells.iter().any(|cell| cell.ours);
    let kind = match (rows.is_empty(), completed) {
        (true, _) => State::NotMet,
        (false, true) => State::Completed,
        (false, false) => State::Kept,
    };
    let mut notes = Vec::new();
    if outlived {
        notes.push(speech.with("export_note_lifetime", "declared", &words(&declaration.lifetime_declared)));
    }
    notes.extend(rows.iter().flat_map(|row| titles(&row.findings, speech)).chain(titles(not_met, speech)));
    finish(kind, cells, notes, speech)
}

fn added_row(row: &Row, speech: Speech) -> CorrectedRow {
    let ours = |text: String| Cell { ours: !text.is_empty(), text };
    let known = row.known.as_ref();
    let category = row.category.or(known.map(|known| known.category));
    let lifetime = lifetime_of(&row.stored);
    let cells = [
        ours(line(&row.stored.name, NAME)),
        ours(known.map(company).unwrap_or_default()),
        ours(category.map(|category| speech.of("category_", category.id())).unwrap_or_default()),
        ours(known.map(|known| line(speech.say(&known.function), WORDS)).unwrap_or_default()),
        ours(lifetime.map(|lifetime| speech.lifetime(lifetime)).unwrap_or_default()),
        ours(party(row.party, speech)),
        ours(host(&row.stored)),
        ours(speech.id("ui_kind_", &row.stored.kind)),
    ];
    finish(State::Added, cells, titles(&row.findings, speech).collect(), speech)
}

/// Adds to the note what is still empty and what was filled in.
fn finish(kind: State, cells: [Cell; 8], mut notes: Vec<String>, speech: Speech) -> CorrectedRow {
    let names = |of: &dyn Fn(&Cell) -> bool| {
        let columns = COLUMNS.iter().zip(&cells).filter(|(_, cell)| of(cell)).map(|(key, _)| speech.say(key));
        columns.collect::<Vec<_>>().join(", ")
    };
    let (filled, empty) = (names(&|cell| cell.ours), names(&|cell| cell.text.is_empty()));
    if !filled.is_empty() && kind != State::Added {
        notes.insert(0, speech.with("export_note_filled", "columns", &filled));
    }
    if !empty.is_empty() {
        notes.push(speech.with("export_note_empty", "columns", &empty));
    }
    let mut once: Vec<String> = Vec::new();
    for note in notes {
        if !once.contains(&note) {
            once.push(note);
        }
    }
    let state = speech.text(match kind {
        State::Kept => "export_state_kept",
        State::Completed => "export_state_completed",
        State::NotMet => "export_state_not_met",
        State::Added => "export_state_added",
    });
    CorrectedRow { kind, cells, state, note: once.join(" ") }
}

/// The site's words, else ours.
fn either(site: String, ours: impl FnOnce() -> Option<String>) -> Cell {
    if site.is_empty() {
        let text = ours().unwrap_or_default();
        Cell { ours: !text.is_empty(), text }
    } else {
        Cell { text: site, ours: false }
    }
}

/// Service and company of a known cookie, once when they are the same.
fn company(known: &Known) -> String {
    let (service, company) = (line(&known.service, NAME), line(&known.company, NAME));
    if company.is_empty() || company.contains(&service) {
        return if company.is_empty() { service } else { company };
    }
    if service.is_empty() { company } else { format!("{service} ({company})") }
}

/// The longest lifetime among the rows of one declaration: that is the one to announce.
fn longest(rows: &[&Row]) -> Option<Lifetime> {
    let length = |lifetime: &Lifetime| match lifetime {
        Lifetime::Word(LifetimeWord::Session) => 0.0,
        Lifetime::Seconds(seconds) => *seconds,
        Lifetime::Word(LifetimeWord::Persistent) => f64::INFINITY,
    };
    let all =
        rows.iter().filter(|row| row.stored.kind == StorageKind::Cookie).filter_map(|row| lifetime_of(&row.stored));
    all.max_by(|a, b| length(a).total_cmp(&length(b)))
}

/// True when the item lives longer than declared (LIF-01), or was declared for the session and stays (LIF-02).
fn outlives(findings: &[Finding]) -> bool {
    findings.iter().any(|f| (f.rule == "LIF-01" || f.rule == "LIF-02") && f.result == FindingResult::Difference)
}

/// What the findings say, from minor upwards; what is only good to know stays in the report.
fn titles<'s>(findings: &'s [Finding], speech: Speech<'s>) -> impl Iterator<Item = String> + 's {
    let weighty = findings.iter().filter(|f| f.severity > Severity::Info && f.result != FindingResult::CannotTell);
    weighty.flat_map(move |finding| said(std::slice::from_ref(finding), Mark::Unknown, speech)).map(|said| {
        let title = said.title;
        if title.ends_with(['.', '!', '?', '。']) { title } else { format!("{title}.") }
    })
}
