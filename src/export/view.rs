//! A report in words, as the formats for people show it: foreign text cleaned, identifiers turned into sentences.
//!
//! Nothing is counted or sorted here: counts and order are those of the report.

use super::clean::{NAME, WORDS, line};
use super::moment;
use super::speech::Speech;
use crate::category::Category;
use crate::charter::{Declaration, Lifetime, Party};
use crate::report::{Finding, FindingResult, Known, NotMet, Origin, Report, Row, Severity, Stored, Verdict};
use crate::visit::StorageKind;

/// The silhouette beside a word: it holds in print and without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Missing,
    Differs,
    Ok,
    Absent,
    Unknown,
}

/// One statement about the report as a whole.
#[derive(Clone)]
pub(super) struct Fact {
    pub key: &'static str,
    pub label: String,
    pub value: String,
    pub link: Option<String>,
}

/// One figure of the totals.
pub(super) struct Count {
    pub mark: Option<Mark>,
    pub key: &'static str,
    pub label: String,
    pub number: u32,
}

/// A finding in words.
pub(super) struct Said {
    pub rule: String,
    pub mark: Mark,
    pub severity_rank: Severity,
    pub result: FindingResult,
    pub title: String,
    pub more: Option<String>,
    pub severity: String,
    pub certainty: String,
    pub weight: String,
    pub sources: Vec<String>,
    pub quote: Option<String>,
}

impl Said {
    /// The words of the site that a finding is about; a difference is always shown with the charter line.
    pub fn quoted<'s>(&'s self, line: Option<&'s Line>) -> Option<&'s str> {
        let of_line = || line.filter(|_| self.result == FindingResult::Difference).map(|line| line.quote.as_str());
        self.quote.as_deref().or_else(of_line).filter(|quote| !quote.is_empty())
    }
}

/// One thing stored, or one declaration that was not met.
pub(super) struct Line<'a> {
    pub mark: Mark,
    pub verdict: String,
    /// Category, ours; the key of the group.
    pub category: Option<Category>,
    pub group: String,
    pub name: String,
    pub kind: String,
    /// True when it is no cookie.
    pub kind_differs: bool,
    pub service: String,
    /// The declared name, when it is not the stored one.
    pub declared_as: Option<String>,
    pub category_declared: String,
    pub purpose: String,
    pub purpose_from: Origin,
    pub provider: String,
    pub party: String,
    pub host: String,
    /// The site's own words.
    pub lifetime_declared: String,
    /// What we read in them, or the words themselves.
    pub lifetime_read: String,
    pub lifetime_stored: String,
    /// True when a finding is about the lifetime.
    pub lifetime_differs: bool,
    pub consent: String,
    pub findings: Vec<Said>,
    /// The charter line, its place in words and its address.
    pub quote: String,
    pub place: String,
    pub link: Option<String>,
    pub stored: Option<&'a Stored>,
    pub declaration: Option<&'a Declaration>,
}

/// A report in words.
pub(super) struct View<'a> {
    pub speech: Speech<'a>,
    pub host: String,
    pub date: String,
    pub facts: Vec<Fact>,
    pub totals: Vec<Count>,
    pub lines: Vec<Line<'a>>,
    /// Findings about the charter as a whole.
    pub findings: Vec<Said>,
    pub unseen: Vec<String>,
    /// Every document asked for, with its answer.
    pub fetches: Vec<String>,
}

impl<'a> View<'a> {
    pub fn of(report: &'a Report, speech: Speech<'a>) -> View<'a> {
        let stored = report.rows.iter().map(|row| of_row(row, speech));
        let not_met = report.not_met.iter().map(|not_met| of_not_met(not_met, speech));
        View {
            speech,
            host: line(&report.site.host, NAME),
            date: date(report),
            facts: facts(report, speech),
            totals: totals(report, speech),
            lines: stored.chain(not_met).collect(),
            findings: said(&report.findings, Mark::Unknown, speech),
            unseen: unseen(report, speech),
            fetches: fetches(report, speech),
        }
    }
}

/// Date of the report; empty when the report has none.
pub(super) fn date(report: &Report) -> String {
    moment::iso(report.generated).unwrap_or_default()
}

/// What stands at the head of every file: what was looked at, when, with what, and by which charter.
pub(super) fn facts(report: &Report, speech: Speech) -> Vec<Fact> {
    let charter = &report.charter;
    let text = |text: &Option<String>| line(text.as_deref().unwrap_or_default(), WORDS);
    let mut status = speech.id("outcome_", &charter.status);
    if let Some(reason) = &charter.reason {
        status = format!("{status} ({})", line(speech.say(reason), WORDS));
    }
    let fact = |key: &'static str, value: String| Fact { key, label: speech.text(key), value, link: None };
    let mut facts = vec![
        fact("export_site", line(&report.site.host, NAME)),
        fact("export_page", line(&report.site.url, WORDS)),
        fact("export_date", date(report)),
        fact("export_charter_status", status),
        fact("export_charter_title", text(&charter.title)),
        fact("export_charter_address", text(&charter.url)),
        fact(
            "export_charter_found_by",
            charter.found_by.map(|by| speech.id("export_found_by_", &by)).unwrap_or_default(),
        ),
        fact("export_charter_link_text", text(&charter.link_text)),
        fact("export_charter_language", text(&charter.language)),
        fact("export_charter_read", charter.read.and_then(moment::iso).unwrap_or_default()),
        fact("export_charter_sha256", text(&charter.sha256)),
        fact("export_charter_declared", charter.declared.to_string()),
        fact("export_browser", line(&report.environment.browser, NAME)),
        fact("export_version", line(&report.environment.version, NAME)),
        fact("export_profile", profile(report, speech)),
        fact("export_recorded", speech.yes(report.recorded).to_owned()),
    ];
    for fact in &mut facts {
        fact.link = web_address(&fact.value);
    }
    facts
}

/// The country or union whose law weighed the findings; its identifier when there are no words for it.
fn profile(report: &Report, speech: Speech) -> String {
    let key = format!("ui_profile_{}", report.profile.replace('-', "_"));
    let words = speech.text(&key);
    if words == key { line(&report.profile, NAME) } else { words }
}

/// The totals of the report, worst first.
pub(super) fn totals(report: &Report, speech: Speech) -> Vec<Count> {
    let totals = &report.totals;
    [
        (None, "export_total_stored", totals.stored),
        (Some(Mark::Missing), "verdict_not_declared", totals.not_declared),
        (Some(Mark::Differs), "verdict_differs", totals.differs),
        (Some(Mark::Ok), "verdict_as_declared", totals.as_declared),
        (Some(Mark::Unknown), "verdict_not_judged", totals.not_judged),
        (Some(Mark::Absent), "verdict_not_met", totals.not_met),
        (None, "export_total_third_party", totals.third_party),
        (None, "export_total_declared_exactly", totals.declared_exactly),
    ]
    .map(|(mark, key, number)| Count { mark, key, label: speech.text(key), number })
    .into()
}

/// `2026-11-23 15:07 UTC`, for people.
pub(super) fn readable(iso: &str) -> String {
    match iso.get(..16) {
        Some(minute) => format!("{} UTC", minute.replace('T', " ")),
        None => String::new(),
    }
}

/// What could not be seen.
pub(super) fn unseen(report: &Report, speech: Speech) -> Vec<String> {
    let say = |unseen: &crate::report::Unseen| {
        speech.sentence(&unseen.what, &unseen.values).unwrap_or_else(|| line(&unseen.what, NAME))
    };
    report.unseen.iter().map(say).collect()
}

fn fetches(report: &Report, speech: Speech) -> Vec<String> {
    let answer = |fetch: &crate::report::Fetch| match fetch.failure {
        Some(failure) => speech.id("export_failure_", &failure),
        None => fetch.status.to_string(),
    };
    report.charter.fetches.iter().map(|fetch| format!("{} ({})", line(&fetch.url, WORDS), answer(fetch))).collect()
}

fn of_row<'a>(row: &'a Row, speech: Speech<'a>) -> Line<'a> {
    let stored = &row.stored;
    let declaration = row.declaration.as_ref();
    let name = line(&stored.name, NAME);
    let purpose = match (row.purpose_from, declaration, &row.known) {
        (Origin::Charter, Some(declaration), _) => line(declaration.purpose.as_deref().unwrap_or_default(), WORDS),
        (Origin::Known, _, Some(known)) => line(speech.say(&known.function), WORDS),
        _ => String::new(),
    };
    let mark = match row.verdict {
        Verdict::NotDeclared => Mark::Missing,
        Verdict::Differs => Mark::Differs,
        Verdict::AsDeclared => Mark::Ok,
        Verdict::NotJudged => Mark::Unknown,
    };
    let lifetime = match stored.lifetime {
        Some(lifetime) if stored.capped => speech.with("export_at_least", "lifetime", &speech.lifetime(lifetime)),
        Some(lifetime) => speech.lifetime(lifetime),
        None => String::new(),
    };
    Line {
        mark,
        verdict: speech.id("verdict_", &row.verdict),
        category: row.category,
        service: service(declaration, row.known.as_ref()),
        declared_as: declaration.map(|d| line(&d.name, NAME)).filter(|declared| *declared != name),
        purpose,
        purpose_from: row.purpose_from,
        party: party(row.party, speech),
        host: host(stored),
        lifetime_stored: lifetime,
        lifetime_differs: row
            .findings
            .iter()
            .any(|f| f.rule.starts_with("LIF-") && f.result == FindingResult::Difference),
        consent: speech.id("export_consent_", &row.consent),
        findings: said(&row.findings, mark, speech),
        stored: Some(stored),
        name,
        ..declared(declaration, stored.kind, row.category, speech)
    }
}

fn of_not_met<'a>(not_met: &'a NotMet, speech: Speech<'a>) -> Line<'a> {
    let declaration = &not_met.declaration;
    Line {
        mark: Mark::Absent,
        verdict: speech.text("verdict_not_met"),
        service: service(Some(declaration), None),
        purpose_from: if declaration.purpose.is_some() { Origin::Charter } else { Origin::None },
        party: party(declaration.party, speech),
        host: declaration.hosts.iter().map(|host| line(host, NAME)).collect::<Vec<_>>().join(", "),
        findings: said(&not_met.findings, Mark::Absent, speech),
        name: line(&declaration.name, NAME),
        ..declared(Some(declaration), declaration.kind, declaration.category, speech)
    }
}

/// What a line takes from the charter alone.
fn declared<'a>(
    declaration: Option<&'a Declaration>,
    kind: StorageKind,
    category: Option<Category>,
    speech: Speech<'a>,
) -> Line<'a> {
    let words =
        |of: fn(&Declaration) -> Option<&String>| line(declaration.and_then(of).map_or("", String::as_str), WORDS);
    let lifetime_declared = words(|d| d.lifetime_declared.as_ref());
    let place = declaration.map(|d| &d.place);
    Line {
        mark: Mark::Unknown,
        verdict: String::new(),
        category,
        group: category
            .map_or_else(|| speech.text("export_no_category"), |category| speech.of("category_", category.id())),
        name: String::new(),
        kind: speech.id("ui_kind_", &kind),
        kind_differs: kind != StorageKind::Cookie,
        service: String::new(),
        declared_as: None,
        category_declared: words(|d| d.category_declared.as_ref()),
        purpose: words(|d| d.purpose.as_ref()),
        purpose_from: Origin::None,
        provider: words(|d| d.provider.as_ref()),
        party: String::new(),
        host: String::new(),
        lifetime_read: match declaration.and_then(|d| d.lifetime_seconds) {
            Some(lifetime) => speech.lifetime(lifetime),
            None => lifetime_declared.clone(),
        },
        lifetime_declared,
        lifetime_stored: String::new(),
        lifetime_differs: false,
        consent: String::new(),
        findings: Vec::new(),
        quote: place.map(|place| line(&place.quote, WORDS)).unwrap_or_default(),
        place: place.map(|place| place_words(place, speech)).unwrap_or_default(),
        link: place.and_then(|place| charter_link(&place.url, &place.fragment)),
        stored: None,
        declaration,
    }
}

/// Who is behind a row, in a few words: the site's, else ours.
fn service(declaration: Option<&Declaration>, known: Option<&Known>) -> String {
    let declared = declaration.and_then(|d| d.service.as_deref().or(d.provider.as_deref()));
    line(declared.or(known.map(|known| known.service.as_str())).unwrap_or_default(), NAME)
}

/// First or third party in words; nothing when it is not known.
pub(super) fn party(party: Option<Party>, speech: Speech) -> String {
    party.map(|party| speech.id("ui_party_", &party)).unwrap_or_default()
}

/// The host of something stored: with a leading dot when subdomains receive it too.
pub(super) fn host(stored: &Stored) -> String {
    let wide = stored.kind == StorageKind::Cookie && !stored.host_only && !stored.host.is_empty();
    format!("{}{}", if wide { "." } else { "" }, line(&stored.host, NAME))
}

/// The lifetime that was asked for when a recording saw it, else what is left of it.
pub(super) fn lifetime_of(stored: &Stored) -> Option<Lifetime> {
    stored.asked_seconds.map(Lifetime::Seconds).or(stored.lifetime)
}

fn place_words(place: &crate::charter::Place, speech: Speech) -> String {
    let mut parts: Vec<String> = place.headings.last().map(|heading| line(heading, NAME)).into_iter().collect();
    if place.table > 0 {
        parts.push(speech.with("export_place_table", "n", &place.table.to_string()));
    }
    if place.row > 0 {
        parts.push(speech.with("export_place_row", "n", &place.row.to_string()));
    }
    parts.join(", ")
}

/// Findings in words; what was checked and is in order is left out.
pub(super) fn said(findings: &[Finding], row: Mark, speech: Speech) -> Vec<Said> {
    let shown = findings.iter().filter(|finding| finding.result != FindingResult::Ok);
    shown.map(|finding| one_said(finding, row, speech)).collect()
}

fn one_said(finding: &Finding, row: Mark, speech: Speech) -> Said {
    let (title, more) = speech.finding(finding);
    Said {
        rule: line(&finding.rule, NAME),
        // Red says "not declared" and nothing else, whatever the finding is.
        mark: match finding.result {
            _ if row == Mark::Missing || row == Mark::Absent => row,
            FindingResult::Difference => Mark::Differs,
            _ => Mark::Unknown,
        },
        severity_rank: finding.severity,
        result: finding.result,
        title,
        more,
        severity: speech.id("severity_", &finding.severity),
        certainty: speech.id("confidence_", &finding.confidence),
        weight: speech.id("weight_", &finding.weight),
        sources: finding.sources.iter().map(|source| line(source, WORDS)).collect(),
        quote: finding.quote.as_deref().map(|quote| line(quote, WORDS)),
    }
}

/// An address that a file may link to: http(s) and nothing in it that could end the link.
pub(super) fn web_address(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let fits = !rest.is_empty()
        && url.len() <= 2_000
        && url.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b));
    fits.then(|| url.to_owned())
}

/// A source of a rule: its words, and its address when it ends in one.
pub(super) fn source_parts(source: &str) -> (&str, Option<String>) {
    match source.rsplit_once(' ') {
        Some((words, last)) => match web_address(last) {
            Some(address) => (words.trim_end_matches([',', ';', ':', ' ']), Some(address)),
            None => (source, None),
        },
        None => (source, web_address(source)),
    }
}

/// The address of a charter line: browsers scroll to the text after `#:~:text=`.
fn charter_link(url: &str, fragment: &str) -> Option<String> {
    if fragment.is_empty() {
        return web_address(url);
    }
    let joint = if url.contains('#') { ":~:text=" } else { "#:~:text=" };
    web_address(&format!("{url}{joint}{fragment}")).or_else(|| web_address(url))
}
