//! SEC: attributes of cookies that keep a log-in, and personal data in plain sight.

use crate::judge::case::Case;
use crate::judge::rules::{Rule, SEC_01, SEC_02, SEC_03, SEC_04, SEC_05, SEC_06};
use crate::judge::value::holds_mail_address;
use crate::known::Role;
use crate::report::{Confidence, Finding, FindingResult, Severity};
use crate::visit::{Observation, SameSite, StorageKind, Writer};

/// Rules about one thing stored.
pub(crate) const OF_CASES: &[fn(&Case<'_>) -> Option<Finding>] = &[sec_01, sec_02, sec_03, sec_04, sec_05, sec_06];

fn cookie<'a>(c: &Case<'a>) -> Option<&'a Observation> {
    let seen = c.item.seen;
    (seen.kind == StorageKind::Cookie).then_some(seen)
}

fn authenticates(c: &Case<'_>) -> bool {
    c.known.is_some_and(|k| k.is(Role::Authentication))
}

/// As severe as given for a cookie known to keep a log-in; good to know for others.
fn finding(c: &Case<'_>, rule: &Rule, severity: Severity) -> Option<Finding> {
    let (severity, confidence) =
        if authenticates(c) { (severity, known(c)) } else { (Severity::Info, Confidence::Observed) };
    Some(c.finding(rule, FindingResult::Suspicion, severity, confidence))
}

/// A name that many programs use for a log-in is a guess.
fn known(c: &Case<'_>) -> Confidence {
    if c.surely_known().is_some() { Confidence::Known } else { Confidence::Guessed }
}

/// Sent over connections that others can read.
fn sec_01(c: &Case<'_>) -> Option<Finding> {
    let seen = cookie(c)?;
    let safe_page = c.scene.visit.url.starts_with("https:");
    if seen.secure || !safe_page { None } else { finding(c, &SEC_01, Severity::Major) }
}

/// A log-in that scripts can read.
fn sec_02(c: &Case<'_>) -> Option<Finding> {
    let seen = cookie(c).filter(|_| authenticates(c))?;
    if seen.http_only { None } else { finding(c, &SEC_02, Severity::Minor) }
}

/// A log-in that is sent along from other sites.
fn sec_03(c: &Case<'_>) -> Option<Finding> {
    let seen = cookie(c).filter(|_| authenticates(c) && c.party == Some(crate::charter::Party::First))?;
    if seen.same_site != Some(SameSite::None) || !seen.secure {
        return None;
    }
    finding(c, &SEC_03, Severity::Minor)
}

/// Meant for other sites and not for safe connections only: Chromium refuses such a cookie. A jar may say the same of a cookie
/// without any `SameSite`, so that only a header seen makes it certain.
fn sec_04(c: &Case<'_>) -> Option<Finding> {
    cookie(c).filter(|seen| unsafe_for_other_sites(seen))?;
    if c.item.writes.iter().any(|w| w.by == Writer::Header) {
        let severity = if authenticates(c) { Severity::Major } else { Severity::Info };
        return Some(c.finding(&SEC_04, FindingResult::Difference, severity, Confidence::Observed));
    }
    authenticates(c).then(|| c.finding(&SEC_04, FindingResult::Suspicion, Severity::Major, known(c)))
}

/// `SameSite=None` without `Secure`.
pub(crate) fn unsafe_for_other_sites(seen: &Observation) -> bool {
    seen.same_site == Some(SameSite::None) && !seen.secure
}

/// A log-in for a whole domain, without a prefix that pins it to its host.
fn sec_05(c: &Case<'_>) -> Option<Finding> {
    let seen = cookie(c).filter(|seen| authenticates(c) && !seen.host_only)?;
    let pinned = ["__Host-", "__Secure-"].iter().any(|prefix| seen.name.starts_with(prefix));
    if pinned { None } else { finding(c, &SEC_05, Severity::Info) }
}

/// A mail address in the value.
fn sec_06(c: &Case<'_>) -> Option<Finding> {
    let value = c.item.seen.value.as_deref()?;
    holds_mail_address(value)
        .then(|| c.finding(&SEC_06, FindingResult::Suspicion, Severity::Major, Confidence::Observed))
}
