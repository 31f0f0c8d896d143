//! Rows, totals and notes of a report, from the cases and the findings of the rules.

use crate::charter::{Charter, Outcome};
use crate::judge::case::{Case, Scene};
use crate::judge::items::{self, Item, Items};
use crate::judge::matching::{Declarations, Thing};
use crate::judge::rules::{PROFILES, Profile};
use crate::judge::{consent, declared, rules};
use crate::known;
use crate::report::{
    CharterFacts, Confidence, ConsentNeed, Fetch, Finding, FindingResult, NotMet, Origin, Report, Row, SCHEMA,
    Severity, SiteFacts, Totals, Unseen, Verdict,
};
use crate::site;
use crate::visit::{PageSource, Visit};

/// The report of a visit.
pub(crate) fn report(visit: &Visit, charter: &Charter) -> Report {
    let mut unseen = Vec::new();
    let profile = Profile::named(&visit.settings.profile).unwrap_or_else(|| {
        unseen.push(note("unseen_profile", &[("profile", visit.settings.profile.clone())]));
        &PROFILES[0]
    });
    let host = site::host_of(&visit.url).unwrap_or_default();
    let scene = Scene { visit, charter, profile, host, now: seconds(visit.now) };
    let Items { stored, refused: _ } = items::items(&visit.observations);
    let mut declarations = Declarations::new(&charter.declarations);
    let mut rows: Vec<Row> = Vec::with_capacity(stored.len());
    let mut exactly = 0;
    for item in &stored {
        let (row, exact) = row(&scene, item, &mut declarations);
        exactly += u32::from(exact);
        rows.push(row);
    }
    order(&mut rows);
    let not_met = not_met(&scene, &declarations);
    unseen.extend(not_seen(visit));
    let host = scene.host.clone();
    Report {
        schema: SCHEMA,
        site: SiteFacts {
            url: visit.url.clone(),
            registrable_domain: site::registrable_domain(&host).unwrap_or(&host).to_string(),
            host,
        },
        generated: if visit.now.is_finite() { visit.now } else { 0.0 },
        environment: visit.environment.clone(),
        profile: profile.id.to_string(),
        recorded: visit.recorded,
        charter: charter_facts(visit, charter),
        totals: totals(&rows, not_met.len(), exactly),
        rows,
        not_met,
        findings: Vec::new(),
        unseen,
    }
}

fn seconds(milliseconds: f64) -> f64 {
    if milliseconds.is_finite() { milliseconds / 1000.0 } else { 0.0 }
}

/// One row, and whether the charter names it exactly.
fn row(scene: &Scene<'_>, item: &Item<'_>, declarations: &mut Declarations<'_>) -> (Row, bool) {
    let seen = item.seen;
    let party = (!scene.host.is_empty() && !item.host.is_empty()).then(|| site::party(&item.host, &scene.host));
    let known = known::lookup(seen.kind, &seen.name, &item.host);
    let script_cookie = known.is_some_and(|k| k.party != Some(crate::charter::Party::Third));
    let thing = Thing { kind: seen.kind, name: &seen.name, host: &item.host, party, script_cookie };
    let answer = declarations.find(thing);
    let text = |number: usize| declarations.all[number].text;
    let mut case = Case {
        scene,
        item,
        party,
        known,
        declared: answer.covered.map(|c| text(c.declaration)),
        broad: answer.broad.map(text),
        elsewhere: answer.elsewhere.map(text),
        category: None,
        category_from: Origin::None,
        need: ConsentNeed::CannotTell,
    };
    // A pattern that covers nearly everything declares what needs no consent, and nothing else.
    if let (None, Some(broad)) = (case.declared, case.broad) {
        case.declared = Some(broad);
        categorise(&mut case);
        if case.need != ConsentNeed::NotNeeded {
            case.declared = None;
        }
    }
    categorise(&mut case);
    let exact = case.declared.is_some() && answer.covered.is_some_and(|c| c.exactly);
    (finish(&case), exact)
}

/// Category and need of consent: what the charter says first, then what our table knows. The stricter purpose decides.
fn categorise(case: &mut Case<'_>) {
    let profile = case.scene.profile;
    let declared = case.declared.and_then(|d| d.category);
    let known = case.known.map(|k| k.category);
    (case.category, case.category_from) = match (declared, known) {
        (Some(_), _) => (declared, Origin::Charter),
        (None, Some(_)) => (known, Origin::Known),
        (None, None) => (None, Origin::None),
    };
    let sure = case.surely_known().map(|k| k.category);
    case.need = match (declared, known) {
        (Some(_), _) => consent::stricter(consent::need(profile, declared), consent::need(profile, sure)),
        (None, _) => consent::need(profile, known),
    };
}

fn finish(case: &Case<'_>) -> Row {
    let mut findings: Vec<Finding> = declared::OF_CASES.iter().filter_map(|rule| rule(case)).collect();
    worst_first(&mut findings);
    let verdict = match (case.scene.charter.status, case.declared) {
        (Outcome::Read | Outcome::ListsNothing, None) => Verdict::NotDeclared,
        (Outcome::Read, Some(_)) if findings.iter().any(differs) => Verdict::Differs,
        (Outcome::Read, Some(_)) => Verdict::AsDeclared,
        _ => Verdict::NotJudged,
    };
    let told = case.declared.is_some_and(|d| d.purpose.as_ref().is_some_and(|p| !p.trim().is_empty()));
    Row {
        id: case.item.id(),
        verdict,
        stored: case.item.facts(case.scene.now),
        category: case.category,
        category_from: case.category_from,
        purpose_from: match (told, case.known) {
            (true, _) => Origin::Charter,
            (false, Some(_)) => Origin::Known,
            (false, None) => Origin::None,
        },
        party: case.party,
        consent: case.need,
        declaration: case.declared.cloned(),
        known: case.known.map(known::KnownRow::facts),
        findings,
    }
}

/// A row differs when a rule that may say so found a difference of at least minor weight that is not guessed.
fn differs(finding: &Finding) -> bool {
    finding.result == FindingResult::Difference
        && finding.severity >= Severity::Minor
        && finding.confidence != Confidence::Guessed
        && rules::may_differ(&finding.rule)
}

fn worst_first(findings: &mut [Finding]) {
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.rule.cmp(&b.rule)));
}

/// Worst category first, worst row first in it, then by name; the same for every order of what was observed.
fn order(rows: &mut [Row]) {
    let worst = |row: &Row| (row.verdict, std::cmp::Reverse(row.findings.first().map(|f| f.severity)));
    let mut groups = std::collections::HashMap::new();
    for row in rows.iter() {
        let group = groups.entry(row.category).or_insert_with(|| worst(row));
        *group = (*group).min(worst(row));
    }
    // A thing of no category comes after those of one.
    let place = |row: &Row| (groups.get(&row.category).copied(), row.category.is_none(), row.category);
    rows.sort_by(|a, b| {
        place(a)
            .cmp(&place(b))
            .then_with(|| worst(a).cmp(&worst(b)))
            .then_with(|| a.stored.name.cmp(&b.stored.name))
            .then_with(|| a.id.cmp(&b.id))
    });
}

fn not_met(scene: &Scene<'_>, declarations: &Declarations<'_>) -> Vec<NotMet> {
    if scene.charter.status != Outcome::Read {
        return Vec::new();
    }
    let missing = declarations.all.iter().filter(|d| !declarations.met(d));
    missing.map(|d| NotMet { declaration: d.text.clone(), findings: Vec::new() }).collect()
}

fn totals(rows: &[Row], not_met: usize, exactly: u32) -> Totals {
    let count = |verdict| rows.iter().filter(|r| r.verdict == verdict).count() as u32;
    let (differs, not_declared) = (count(Verdict::Differs), count(Verdict::NotDeclared));
    Totals {
        stored: rows.len() as u32,
        as_declared: count(Verdict::AsDeclared),
        differs,
        not_declared,
        not_judged: count(Verdict::NotJudged),
        not_met: not_met as u32,
        third_party: rows.iter().filter(|r| r.party == Some(crate::charter::Party::Third)).count() as u32,
        declared_exactly: exactly,
        attention: not_declared + differs,
    }
}

fn charter_facts(visit: &Visit, charter: &Charter) -> CharterFacts {
    let page = charter_page(&visit.pages, charter);
    let text = |words: &str| (!words.is_empty()).then(|| words.to_string());
    CharterFacts {
        status: charter.status,
        reason: charter.reason.clone(),
        title: charter.title.clone(),
        url: page.and_then(|p| text(address(p))),
        language: charter.language.clone(),
        read: page.map(|p| p.fetched).filter(|at| at.is_finite() && *at > 0.0),
        sha256: page.and_then(|p| text(&p.sha256)),
        found_by: page.map(|p| p.found_by),
        link_text: page.and_then(|p| p.link_text.clone()),
        declared: charter.declarations.len() as u32,
        fetches: visit
            .pages
            .iter()
            .map(|p| Fetch { url: p.url.clone(), status: p.status, failure: p.failure })
            .collect(),
    }
}

fn address(page: &PageSource) -> &str {
    if page.final_url.is_empty() { &page.url } else { &page.final_url }
}

/// The document that the report calls the charter: the one that declares, else the first that gave a text, else the first.
fn charter_page<'a>(pages: &'a [PageSource], charter: &Charter) -> Option<&'a PageSource> {
    let declares = charter.declarations.iter().find_map(|d| pages.iter().find(|p| address(p) == d.place.url));
    declares.or_else(|| pages.iter().find(|p| p.failure.is_none() && !p.text.is_empty())).or_else(|| pages.first())
}

fn note(what: &str, values: &[(&str, String)]) -> Unseen {
    Unseen { what: what.to_string(), values: values.iter().map(|(k, v)| ((*k).to_string(), v.clone())).collect() }
}

/// What this visit could not see.
fn not_seen(visit: &Visit) -> Vec<Unseen> {
    let mut notes = Vec::new();
    if !visit.hidden_hosts.is_empty() {
        let mut hosts: Vec<&str> = visit.hidden_hosts.iter().map(String::as_str).collect();
        hosts.sort_unstable();
        hosts.dedup();
        notes.push(note("unseen_hidden_hosts", &[("count", hosts.len().to_string()), ("hosts", hosts.join(", "))]));
    }
    if !visit.recorded {
        notes.push(note("unseen_writes", &[]));
    }
    notes
}
