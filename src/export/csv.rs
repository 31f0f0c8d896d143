//! CSV after RFC 4180, for spreadsheets.
//!
//! The file begins with a byte order mark: without it Excel reads UTF-8 as the local code page, and LibreOffice asks. The
//! separator is a comma, as the RFC has it. Every cell is one line. Column heads and verdicts are words in the language
//! of the reader; a program should read the JSON instead.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection": cells that
//! begin with `=`, `+`, `-`, `@`, a tab or a carriage return, and the full-width forms of these signs).

use super::clean::{NAME, WORDS, line};
use super::corrected::Corrected;
use super::moment;
use super::speech::{Speech, id};
use super::view::{Fact, Line, View};
use super::{ExportError, clean};
use crate::charter::Lifetime;
use crate::report::{Origin, Stored};

const MARK: &str = "\u{FEFF}";

/// One line per row of the report, then one per declaration that was not met. The facts of the report follow in each
/// line, so that files of several sites can be put together; when there is no line at all, one carries these facts.
pub(super) fn report(view: &View) -> Result<String, ExportError> {
    let about = about(view);
    let mut heads: Vec<String> = COLUMNS.iter().map(|(key, _)| view.speech.text(key)).collect();
    heads.extend(about.iter().map(|fact| fact.label.clone()));
    let cells = |line: Option<&Line>| -> Vec<String> {
        let own = COLUMNS.iter().map(|(_, of)| line.map(|line| of(line, view.speech)).unwrap_or_default());
        own.chain(about.iter().map(|fact| fact.value.clone())).collect()
    };
    let lines = view.lines.iter().map(|line| cells(Some(line)));
    let bare = view.lines.is_empty().then(|| cells(None));
    write(heads, lines.chain(bare))
}

/// One line per row of the corrected charter; what is ours is named in the last columns.
pub(super) fn corrected(charter: &Corrected) -> Result<String, ExportError> {
    let rows = charter
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| cell.text.clone()).chain([row.state.clone(), row.note.clone()]));
    let about: Vec<String> = charter.facts.iter().map(|fact| fact.value.clone()).collect();
    let heads = charter.heads.iter().cloned().chain(charter.facts.iter().map(|fact| fact.label.clone()));
    let rows = rows.map(|cells| cells.chain(about.iter().cloned()).collect());
    let bare = charter
        .rows
        .is_empty()
        .then(|| charter.heads.iter().map(|_| String::new()).chain(about.iter().cloned()).collect());
    write(heads.collect(), rows.chain(bare))
}

fn write(heads: Vec<String>, rows: impl Iterator<Item = Vec<String>>) -> Result<String, ExportError> {
    let unwritable = |e: String| ExportError::Unwritable(e);
    let mut file = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(MARK.as_bytes().to_vec());
    for row in std::iter::once(heads).chain(rows) {
        file.write_record(row.iter().map(|cell| guarded(cell))).map_err(|e| unwritable(e.to_string()))?;
    }
    let bytes = file.into_inner().map_err(|e| unwritable(e.to_string()))?;
    String::from_utf8(bytes).map_err(|e| unwritable(e.to_string()))
}

/// A cell that no spreadsheet takes for a formula. White space in front is left aside: some readers drop it.
fn guarded(cell: &str) -> String {
    let starts = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    // Cells are cleaned before; a control that slipped through must not begin one.
    let starts = starts || cell.starts_with(clean::hides);
    if starts { format!("'{cell}") } else { cell.to_owned() }
}

/// The facts, gaps and totals of the report as one cell each.
fn about(view: &View) -> Vec<Fact> {
    let fact = |key: &'static str, value: String| Fact { key, label: view.speech.text(key), value, link: None };
    let mut about = view.facts.clone();
    about.push(fact("export_unseen", view.unseen.join(" ; ")));
    about.push(fact("export_charter_findings", findings(&view.findings)));
    about.extend(view.totals.iter().map(|count| fact(count.key, count.number.to_string())));
    about
}

type Column = (&'static str, fn(&Line, Speech) -> String);

/// Head and content of each column.
const COLUMNS: [Column; 34] = [
    ("export_verdict", |l, _| l.verdict.clone()),
    ("export_name", |l, _| l.name.clone()),
    ("export_declared_as", |l, _| l.declaration.map(|d| line(&d.name, NAME)).unwrap_or_default()),
    ("export_kind", |l, _| l.kind.clone()),
    ("export_category", |l, _| l.group.clone()),
    ("export_category_declared", |l, _| l.category_declared.clone()),
    ("export_purpose", |l, _| l.purpose.clone()),
    ("export_purpose_from", |l, s| {
        if l.purpose_from == Origin::None { String::new() } else { s.id("export_from_", &l.purpose_from) }
    }),
    ("export_provider", |l, _| if l.provider.is_empty() { l.service.clone() } else { l.provider.clone() }),
    ("export_party", |l, _| l.party.clone()),
    ("export_host", |l, _| l.host.clone()),
    ("export_path", |l, _| of_stored(l, |s| line(&s.path, NAME))),
    ("export_lifetime_declared", |l, _| l.lifetime_declared.clone()),
    ("export_lifetime_declared_seconds", |l, _| {
        l.declaration.and_then(|d| d.lifetime_seconds).map(seconds).unwrap_or_default()
    }),
    ("export_lifetime_stored", |l, _| l.lifetime_stored.clone()),
    ("export_lifetime_stored_seconds", |l, _| of_stored(l, |s| s.lifetime.map(seconds).unwrap_or_default())),
    ("export_lifetime_asked_seconds", |l, _| {
        of_stored(l, |s| s.asked_seconds.map(|n| format!("{n:.0}")).unwrap_or_default())
    }),
    ("export_expires", |l, _| of_stored(l, |s| s.expires.and_then(|at| moment::iso(at * 1000.0)).unwrap_or_default())),
    ("export_secure", |l, s| of_stored(l, |x| s.yes(x.secure).to_owned())),
    ("export_http_only", |l, s| of_stored(l, |x| s.yes(x.http_only).to_owned())),
    ("export_same_site", |l, _| of_stored(l, |s| s.same_site.map(|v| id(&v)).unwrap_or_default())),
    ("export_partition", |l, _| of_stored(l, |s| line(s.partition_key.as_deref().unwrap_or_default(), NAME))),
    ("export_store", |l, _| of_stored(l, |s| line(s.store.as_deref().unwrap_or_default(), NAME))),
    ("export_writer", |l, s| of_stored(l, |x| x.writer.map(|w| s.id("export_writer_", &w)).unwrap_or_default())),
    ("export_written", |l, _| of_stored(l, |s| s.written.and_then(moment::iso).unwrap_or_default())),
    ("export_phase", |l, s| of_stored(l, |x| x.phase.map(|p| s.id("export_phase_", &p)).unwrap_or_default())),
    ("export_consent", |l, _| l.consent.clone()),
    ("export_findings", |l, _| findings(&l.findings)),
    ("export_severity", |l, _| {
        l.findings.iter().max_by_key(|f| f.severity_rank).map(|f| f.severity.clone()).unwrap_or_default()
    }),
    ("export_sources", |l, _| sources(l)),
    ("export_legal_basis", |l, _| {
        line(l.declaration.and_then(|d| d.legal_basis.as_deref()).unwrap_or_default(), WORDS)
    }),
    ("export_quote", |l, _| l.quote.clone()),
    ("export_place", |l, _| l.place.clone()),
    ("export_link", |l, _| l.link.clone().unwrap_or_default()),
];

fn of_stored(line: &Line, of: impl Fn(&Stored) -> String) -> String {
    line.stored.map(of).unwrap_or_default()
}

/// A lifetime for calculating: whole seconds, or the word.
fn seconds(lifetime: Lifetime) -> String {
    match lifetime {
        Lifetime::Seconds(seconds) => format!("{seconds:.0}"),
        Lifetime::Word(word) => id(&word),
    }
}

fn findings(findings: &[super::view::Said]) -> String {
    findings.iter().map(|f| format!("{} {}", f.rule, f.title)).collect::<Vec<_>>().join(" ; ")
}

/// The sources of all findings of a line, each once.
fn sources(line: &Line) -> String {
    let mut all: Vec<&str> = Vec::new();
    for source in line.findings.iter().flat_map(|finding| &finding.sources) {
        if !all.contains(&source.as_str()) {
            all.push(source);
        }
    }
    all.join(" ; ")
}
