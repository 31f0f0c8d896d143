//! ROW: what each row of a charter must tell.

use crate::charter::{Lifetime, LifetimeWord, Party};
use crate::judge::case::{Case, Line};
use crate::judge::rules::{ROW_01, ROW_02, ROW_03, ROW_04, ROW_05, ROW_06};
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Severity};
use crate::visit::StorageKind;

/// Rules about one thing stored.
pub(crate) const OF_CASES: &[fn(&Case<'_>) -> Option<Finding>] = &[row_03_case];
/// Rules about one line of the charter.
pub(crate) const OF_LINES: &[fn(&Line<'_>) -> Option<Finding>] = &[row_01, row_02, row_03, row_04, row_05, row_06];

fn said(words: &Option<String>) -> bool {
    words.as_ref().is_some_and(|w| !w.trim().is_empty())
}

fn missing(line: &Line<'_>, rule: &super::rules::Rule, severity: Severity) -> Option<Finding> {
    Some(line.finding(rule, FindingResult::Missing, severity, Confidence::Observed))
}

/// Major where consent is needed: it cannot be informed without.
fn by_need(line: &Line<'_>) -> Severity {
    if line.need == ConsentNeed::Needed { Severity::Major } else { Severity::Minor }
}

/// No purpose.
fn row_01(line: &Line<'_>) -> Option<Finding> {
    if said(&line.text.purpose) { None } else { missing(line, &ROW_01, by_need(line)) }
}

/// A purpose that would fit any cookie.
fn row_02(line: &Line<'_>) -> Option<Finding> {
    let words = line.text.purpose.as_deref().filter(|p| !p.trim().is_empty() && line.purpose.vague)?;
    let mut finding = line.finding(&ROW_02, FindingResult::Suspicion, Severity::Minor, Confidence::Guessed);
    finding.quote = Some(words.to_string());
    Some(finding)
}

/// Nobody is named who sets it.
fn row_03(line: &Line<'_>) -> Option<Finding> {
    if said(&line.text.provider) || said(&line.text.service) || !line.hosts.is_empty() {
        return None;
    }
    let third = line.text.party == Some(Party::Third);
    missing(line, &ROW_03, if third { Severity::Major } else { Severity::Minor })
}

/// The same for what comes from another site: whoever asks for consent must be named.
fn row_03_case(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared.filter(|_| c.party == Some(Party::Third))?;
    row_03(line)?;
    missing(line, &ROW_03, Severity::Major)
}

/// No lifetime.
fn row_04(line: &Line<'_>) -> Option<Finding> {
    let told = said(&line.text.lifetime_declared) || line.text.lifetime_seconds.is_some();
    if told || has_no_lifetime(line.text.kind) { None } else { missing(line, &ROW_04, by_need(line)) }
}

/// Web storage ends with the session or never; its kind says which.
fn has_no_lifetime(kind: StorageKind) -> bool {
    !matches!(kind, StorageKind::Cookie | StorageKind::Other)
}

/// A lifetime without end, or one that we could not read, which is no fault of the site.
fn row_05(line: &Line<'_>) -> Option<Finding> {
    let words = line.text.lifetime_declared.as_deref().filter(|w| !w.trim().is_empty())?;
    let result = match (line.text.lifetime_seconds, line.text.lifetime_range) {
        _ if has_no_lifetime(line.text.kind) => return None,
        (Some(Lifetime::Word(LifetimeWord::Persistent)), None) => FindingResult::Missing,
        (None, None) => FindingResult::CannotTell,
        _ => return None,
    };
    let finding = line.finding(&ROW_05, result, Severity::Minor, Confidence::Observed);
    Some(finding.with("declared", words))
}

/// No category, neither in the row nor in a heading above it.
fn row_06(line: &Line<'_>) -> Option<Finding> {
    let told = line.text.category.is_some() || said(&line.text.category_declared);
    if told { None } else { missing(line, &ROW_06, Severity::Info) }
}
