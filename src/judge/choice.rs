//! CON: is the visitor's choice respected? Only what was written during this visit counts: a cookie that merely lies in the
//! store may be older than the visit.

use crate::category::Category;
use crate::charter::Party;
use crate::judge::case::Case;
use crate::judge::rules::{CON_01, CON_02, CON_03, CON_07, Rule};
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Severity};
use crate::visit::{Phase, Written};

/// Rules about one thing stored.
pub(crate) const OF_CASES: &[fn(&Case<'_>) -> Option<Finding>] = &[con_01, con_02, con_03, con_07];

/// Written before any choice, while consent is needed.
fn con_01(c: &Case<'_>) -> Option<Finding> {
    let write = c.item.kept_writes().find(|w| w.phase == Phase::BeforeChoice)?;
    against_choice(c, &CON_01, write)
}

/// Written after a refusal.
fn con_02(c: &Case<'_>) -> Option<Finding> {
    let write = c.item.kept_writes().find(|w| w.phase == Phase::AfterRefuse && !withdrawn(c, w))?;
    against_choice(c, &CON_02, write)
}

/// Written after a consent was withdrawn.
fn con_03(c: &Case<'_>) -> Option<Finding> {
    let write = c.item.kept_writes().find(|w| w.phase == Phase::AfterRefuse && withdrawn(c, w))?;
    against_choice(c, &CON_03, write)
}

/// Whether the refusal before a write took back an earlier consent of this visit.
fn withdrawn(c: &Case<'_>, write: &Written) -> bool {
    let before = || c.scene.visit.choices.iter().filter(|choice| choice.at <= write.at);
    before().any(|choice| choice.accepted)
        && before().max_by(|a, b| a.at.total_cmp(&b.at)).is_some_and(|choice| !choice.accepted)
}

/// Critical for what is known to advertise and for third parties, major for what the charter itself says needs consent.
fn against_choice(c: &Case<'_>, rule: &Rule, write: &Written) -> Option<Finding> {
    if c.need != ConsentNeed::Needed {
        return None;
    }
    let advertises = c.surely_known().is_some_and(|k| k.category == Category::Advertising);
    let third = c.party == Some(Party::Third);
    let severity = if advertises || third { Severity::Critical } else { Severity::Major };
    let mut finding = c.finding(rule, FindingResult::Difference, severity, c.need_from);
    if let Some(category) = c.category {
        finding = finding.with("category", category.id());
    }
    if let Some(source) = &write.source {
        finding = finding.with("source", source);
    }
    if let Some(line) = c.declared {
        finding = finding.quoting(line.text);
    }
    Some(finding)
}

/// The browser asked not to sell or share data, and what advertises is written all the same.
fn con_07(c: &Case<'_>) -> Option<Finding> {
    let advertises = c.category == Some(Category::Advertising)
        || c.surely_known().is_some_and(|k| k.category == Category::Advertising);
    if !c.scene.visit.gpc || !advertises || c.item.kept_writes().next().is_none() {
        return None;
    }
    let confidence = if c.declared.is_some() { Confidence::Observed } else { c.need_from };
    Some(c.finding(&CON_07, FindingResult::Difference, Severity::Major, confidence))
}
