//! DEC: is it declared?

use crate::judge::case::Case;
use crate::judge::rules::DEC_01;
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Severity};

/// Rules about one thing stored.
pub(crate) const OF_CASES: &[fn(&Case<'_>) -> Option<Finding>] = &[dec_01];

/// Undeclared: the charter was read, and no row of it covers this name on this host.
fn dec_01(c: &Case<'_>) -> Option<Finding> {
    if !c.scene.read() || c.declared.is_some() {
        return None;
    }
    let severity = match c.need {
        ConsentNeed::Needed => Severity::Major,
        ConsentNeed::NotNeeded => Severity::Info,
        ConsentNeed::Conditional | ConsentNeed::CannotTell => Severity::Minor,
    };
    let mut finding = c.finding(&DEC_01, FindingResult::Missing, severity, Confidence::Observed);
    if let Some(other) = c.elsewhere {
        finding = finding.with("declared_host", other.hosts.join(", ")).quoting(other);
    }
    Some(finding)
}
