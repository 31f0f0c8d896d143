//! LIF: lifetimes, declared beside real.
//!
//! The lifetime that was asked for is compared when a recording saw it. Without one, what is left is a lower bound of it: it
//! can show that a cookie lives longer than declared, never that it lives shorter. Browsers keep at most 400 days, so
//! that what stands there may have asked for more.

use crate::category::Category;
use crate::charter::{Declaration, Lifetime, LifetimeWord};
use crate::judge::case::Case;
use crate::judge::items::DAY;
use crate::judge::rules::{LIF_01, LIF_02, LIF_03, LIF_04, LIF_05, LIF_06, LIF_07};
use crate::known::Role;
use crate::report::{Confidence, Finding, FindingResult, Severity, Weight};
use crate::visit::StorageKind;

/// Rules about one thing stored.
pub(crate) const OF_CASES: &[fn(&Case<'_>) -> Option<Finding>] =
    &[lif_01, lif_02, lif_03, lif_04, lif_05, lif_06, lif_07];

/// A log-in or cart that lives longer than this outlives any purpose that it has.
const BRIEF: f64 = 30.0 * DAY;

fn lifetime(c: &Case<'_>) -> Option<Lifetime> {
    (c.item.seen.kind == StorageKind::Cookie).then(|| c.item.longest(c.scene.now)).flatten()
}

/// Seconds that a cookie lives beyond the session.
fn seconds(c: &Case<'_>) -> Option<f64> {
    match lifetime(c)? {
        Lifetime::Seconds(s) => Some(s),
        Lifetime::Word(_) => None,
    }
}

/// The longest lifetime that a declaration gives, in seconds.
fn declared_seconds(text: &Declaration) -> Option<f64> {
    match (text.lifetime_range, text.lifetime_seconds) {
        (Some([a, b]), _) => Some(a.max(b)),
        (None, Some(Lifetime::Seconds(s))) => Some(s),
        _ => None,
    }
    .filter(|s| s.is_finite() && *s >= 0.0)
}

fn finding(c: &Case<'_>, rule: &super::rules::Rule, severity: Severity, text: &Declaration) -> Finding {
    let mut finding = c.finding(rule, FindingResult::Difference, severity, Confidence::Observed).quoting(text);
    finding = finding.with("declared", text.lifetime_declared.as_deref().unwrap_or_default());
    if let Some(s) = declared_seconds(text) {
        finding = finding.with("declared_seconds", s);
    }
    if let Some(s) = seconds(c) {
        finding = finding.with("actual_seconds", s);
    }
    finding
}

/// Lives longer than declared: by more than a day and a twentieth; grave from half as long again.
fn lif_01(c: &Case<'_>) -> Option<Finding> {
    let text = c.text()?;
    let (real, declared) = (seconds(c)?, declared_seconds(text)?);
    let more = real - declared;
    if more <= DAY || more <= 0.05 * declared {
        return None;
    }
    let severity = if more >= 0.5 * declared { Severity::Major } else { Severity::Minor };
    Some(finding(c, &LIF_01, severity, text))
}

/// Declared for the session, and kept beyond it. Kept for less than a day it ends sooner than many a session.
fn lif_02(c: &Case<'_>) -> Option<Finding> {
    let text = c
        .text()
        .filter(|t| t.lifetime_seconds == Some(Lifetime::Word(LifetimeWord::Session)) && t.lifetime_range.is_none())?;
    let real = seconds(c)?;
    let severity = if real > DAY { Severity::Major } else { Severity::Info };
    Some(finding(c, &LIF_02, severity, text))
}

/// Lives shorter than declared, which only the lifetime asked for can tell, or for the session only.
fn lif_03(c: &Case<'_>) -> Option<Finding> {
    let text = c.text()?;
    let declared = declared_seconds(text);
    let persistent =
        declared.is_some_and(|s| s > DAY) || text.lifetime_seconds == Some(Lifetime::Word(LifetimeWord::Persistent));
    let shorter = match (lifetime(c)?, c.item.asked(), declared) {
        (Lifetime::Word(LifetimeWord::Session), _, _) => persistent,
        (_, Some(asked), Some(declared)) => declared - asked > DAY && declared - asked > 0.05 * declared,
        _ => false,
    };
    shorter.then(|| finding(c, &LIF_03, Severity::Info, text))
}

/// Longer than the lifetime up to which audience measurement may go without consent; for other purposes, good to know.
fn lif_04(c: &Case<'_>) -> Option<Finding> {
    let real = seconds(c).filter(|s| *s > c.scene.profile.audience_days * DAY)?;
    let exempt = c.claims_exempt_measurement();
    if c.known.is_some_and(|k| k.is(Role::Choice)) || (c.category.is_none() && !exempt) {
        return None;
    }
    let (result, severity) =
        if exempt { (FindingResult::Difference, Severity::Major) } else { (FindingResult::Suspicion, Severity::Info) };
    let mut finding = c.finding(&LIF_04, result, severity, Confidence::Observed);
    if !exempt {
        // No authority asks 13 months of other purposes any more.
        finding.weight = Weight::Practice;
    }
    Some(finding.with("actual_seconds", real).with("limit_seconds", c.scene.profile.audience_days * DAY))
}

/// Measurement said to be exempt, whose lifetime starts again each time.
fn lif_05(c: &Case<'_>) -> Option<Finding> {
    if !c.claims_exempt_measurement() {
        return None;
    }
    let ends: Vec<f64> =
        c.item.writes.iter().filter_map(|w| Some(w.at / 1000.0 + w.asked_seconds.filter(|s| *s > 0.0)?)).collect();
    let (first, last) = (ends.first()?, ends.last()?);
    (last - first >= 1.0).then(|| c.finding(&LIF_05, FindingResult::Difference, Severity::Minor, Confidence::Observed))
}

/// A cookie that keeps the choice about cookies: too short asks again and again, too long never again.
fn lif_06(c: &Case<'_>) -> Option<Finding> {
    let known = c.surely_known().filter(|k| k.is(Role::Choice))?;
    let [short, long] = c.scene.profile.choice_days.map(|days| days * DAY);
    let real = seconds(c)?;
    let too_short = c.item.asked().is_some_and(|asked| asked < short - DAY);
    if real <= long && !too_short {
        return None;
    }
    let finding = c.finding(&LIF_06, FindingResult::Suspicion, Severity::Info, Confidence::Observed);
    Some(finding.with("actual_seconds", real).with("service", known.service()))
}

/// Exempt as a log-in, a cart or a form, and kept far longer than any of them lasts.
fn lif_07(c: &Case<'_>) -> Option<Finding> {
    let known = c.surely_known().filter(|k| k.is(Role::Brief))?;
    let exempt = matches!(c.category, Some(Category::Necessary | Category::Security));
    let real = seconds(c).filter(|s| exempt && *s > BRIEF)?;
    let finding = c.finding(&LIF_07, FindingResult::Suspicion, Severity::Minor, Confidence::Known);
    Some(finding.with("actual_seconds", real).with("service", known.service()))
}
