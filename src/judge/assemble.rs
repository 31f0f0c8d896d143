//! From a visit and a charter to the report: lines and cases are set up, the rules are asked, rows are put in order.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::charter::{Charter, Outcome, Party};
use crate::judge::case::{Case, Line, Scene};
use crate::judge::items;
use crate::judge::matching::{Declarations, pattern_of};
use crate::judge::near::NearNames;
use crate::judge::rules::{PROFILES, Profile, may_differ};
use crate::judge::site_rules::{self, Site};
use crate::judge::{category, choice, declared, facts, lifetime, party, row, security, setup};
use crate::known::KnownRow;
use crate::report::{
    Confidence, Finding, FindingResult, NotMet, Origin, Report, Row, SCHEMA, Severity, Totals, Verdict,
};
use crate::site;
use crate::visit::Visit;

/// The report of a visit.
pub(crate) fn report(visit: &Visit, charter: &Charter) -> Report {
    let profile = Profile::named(&visit.settings.profile);
    let host = site::host_of(&visit.url).unwrap_or_default();
    let now = items::finite(Some(visit.now)).unwrap_or_default();
    let scene = Scene { visit, charter, profile: profile.unwrap_or(&PROFILES[0]), host, now: now / 1000.0 };
    let items = items::items(&visit.observations);
    let mut declarations = Declarations::new(&charter.declarations);
    let looked_up: Vec<_> = items.stored.iter().map(|item| setup::look_up(&scene, item, &mut declarations)).collect();
    let lines = setup::lines(&scene, &declarations);
    let not_met: Vec<&Line<'_>> = lines.iter().filter(|line| !declarations.met(line.number)).collect();
    let near = NearNames::new(not_met.iter().copied());
    let case = |(item, looked_up)| setup::case(&scene, item, looked_up, &lines, &near);
    let cases: Vec<Case<'_>> = items.stored.iter().zip(looked_up).map(case).collect();

    let of_lines: Vec<Vec<Finding>> = lines.iter().map(of_line).collect();
    let mut rows: Vec<Row> = cases.iter().map(|c| row_of(c, &of_lines)).collect();
    order(&mut rows);
    let not_met = not_met_of(&scene, &not_met, &cases, of_lines);
    let mut findings = site_rules::findings(&Site { scene: &scene, items: &items, lines: &lines, cases: &cases });
    worst_first(&mut findings);
    Report {
        schema: SCHEMA,
        site: facts::site(visit, &scene.host),
        generated: now,
        environment: visit.environment.clone(),
        profile: scene.profile.id.to_string(),
        recorded: visit.recorded,
        charter: facts::charter(visit, charter),
        totals: totals(&rows, not_met.len(), &cases),
        rows,
        not_met,
        findings,
        unseen: facts::unseen(visit, &items, profile.is_some()),
    }
}

/// What there is to say of a line, whatever is stored.
fn of_line(line: &Line<'_>) -> Vec<Finding> {
    let rules = [declared::OF_LINES, row::OF_LINES, category::OF_LINES];
    rules.into_iter().flatten().filter_map(|rule| rule(line)).collect()
}

fn of_case(case: &Case<'_>) -> impl Iterator<Item = Finding> {
    let rules = [
        declared::OF_CASES,
        row::OF_CASES,
        category::OF_CASES,
        party::OF_CASES,
        lifetime::OF_CASES,
        choice::OF_CASES,
        security::OF_CASES,
    ];
    rules.into_iter().flatten().filter_map(|rule| rule(case))
}

fn row_of(case: &Case<'_>, of_lines: &[Vec<Finding>]) -> Row {
    let line = case.declared.and_then(|line| of_lines.get(line.number));
    let mut findings: Vec<Finding> = line.into_iter().flatten().cloned().chain(of_case(case)).collect();
    worst_first(&mut findings);
    // A rule that speaks of the line and, more gravely, of the case speaks once.
    findings.dedup_by(|later, first| later.rule == first.rule);
    let verdict = match (case.scene.charter.status, case.declared) {
        (Outcome::Read | Outcome::ListsNothing, None) => Verdict::NotDeclared,
        (Outcome::Read, Some(_)) if findings.iter().any(differs) => Verdict::Differs,
        (Outcome::Read, Some(_)) => Verdict::AsDeclared,
        _ => Verdict::NotJudged,
    };
    let told = case.text().is_some_and(|d| d.purpose.as_ref().is_some_and(|p| !p.trim().is_empty()));
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
        declaration: case.text().cloned(),
        known: case.known.map(KnownRow::facts),
        findings,
    }
}

/// A row differs when a rule that may say so found a difference of at least minor severity that is not guessed.
fn differs(finding: &Finding) -> bool {
    finding.result == FindingResult::Difference
        && finding.severity >= Severity::Minor
        && finding.confidence != Confidence::Guessed
        && may_differ(&finding.rule)
}

/// Worst first; rule and values only keep the order stable.
fn worst_first(findings: &mut [Finding]) {
    let key = |f: &Finding| (Reverse(f.severity), f.result == FindingResult::CannotTell);
    findings
        .sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.values.cmp(&b.values)));
}

/// Worst category first, worst row first in it, then by name; the same for every order of what was observed.
fn order(rows: &mut [Row]) {
    let worst = |row: &Row| (row.verdict, Reverse(row.findings.first().map(|f| f.severity)));
    let mut groups = HashMap::new();
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

/// What a charter that was read declares and this visit did not meet, in the order of the charter.
fn not_met_of(
    scene: &Scene<'_>,
    not_met: &[&Line<'_>],
    cases: &[Case<'_>],
    of_lines: Vec<Vec<Finding>>,
) -> Vec<NotMet> {
    if scene.charter.status != Outcome::Read {
        return Vec::new();
    }
    let kinds = cases.iter().fold(0_u16, |kinds, case| kinds | 1 << case.item.seen.kind as u16);
    let mut meant = vec![false; of_lines.len()];
    for line in cases.iter().filter_map(|c| c.near) {
        meant[line.number] = true;
    }
    let mut of_lines: Vec<Option<Vec<Finding>>> = of_lines.into_iter().map(Some).collect();
    not_met
        .iter()
        .map(|line| {
            let mut findings = of_lines[line.number].take().unwrap_or_default();
            // A name written wrongly is said beside the cookie that it means.
            if !meant[line.number] {
                findings.extend(declared::dec_02(line, kinds));
            }
            worst_first(&mut findings);
            NotMet { declaration: line.text.clone(), findings }
        })
        .collect()
}

fn totals(rows: &[Row], not_met: usize, cases: &[Case<'_>]) -> Totals {
    let count = |verdict| rows.iter().filter(|r| r.verdict == verdict).count() as u32;
    let exactly = cases.iter().filter(|c| c.text().is_some_and(|t| !pattern_of(t).contains('*'))).count();
    let (differs, not_declared) = (count(Verdict::Differs), count(Verdict::NotDeclared));
    Totals {
        stored: rows.len() as u32,
        as_declared: count(Verdict::AsDeclared),
        differs,
        not_declared,
        not_judged: count(Verdict::NotJudged),
        not_met: not_met as u32,
        third_party: rows.iter().filter(|r| r.party == Some(Party::Third)).count() as u32,
        declared_exactly: exactly as u32,
        attention: not_declared + differs,
    }
}
