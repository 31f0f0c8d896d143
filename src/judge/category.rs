//! CAT: is the category right?

use crate::category::Category;
use crate::charter::{Lifetime, Party};
use crate::judge::case::{Case, Line};
use crate::judge::items::DAY;
use crate::judge::rules::{CAT_01, CAT_03, CAT_04, CAT_05, CAT_06};
use crate::judge::value::looks_like_identifier;
use crate::known::{KnownRow, Role, Sure};
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Severity};
use crate::visit::StorageKind;

/// Rules about one thing stored.
pub(crate) const OF_CASES: &[fn(&Case<'_>) -> Option<Finding>] = &[cat_01, cat_04, cat_05, cat_06];
/// Rules about one line of the charter.
pub(crate) const OF_LINES: &[fn(&Line<'_>) -> Option<Finding>] = &[cat_03];

/// How much it matters that a cookie of one purpose is declared under another: most when it is declared as needing no
/// consent while it needs it, not at all when the site is stricter than it must be.
fn weight(declared: ConsentNeed, real: ConsentNeed) -> Option<Severity> {
    match (declared, real) {
        (ConsentNeed::NotNeeded, ConsentNeed::Needed) => Some(Severity::Major),
        (ConsentNeed::NotNeeded, ConsentNeed::Conditional) | (ConsentNeed::Conditional, ConsentNeed::Needed) => {
            Some(Severity::Minor)
        }
        (ConsentNeed::NotNeeded, ConsentNeed::NotNeeded) | (ConsentNeed::CannotTell, _) => None,
        _ => Some(Severity::Info),
    }
}

/// Categories that differ in name only: both exempt everywhere, or one way of following people and another.
fn alike(a: Category, b: Category) -> bool {
    let group = |c| match c {
        Category::Necessary | Category::Security => 0,
        Category::Advertising | Category::SocialEmbed => 1,
        Category::Preferences | Category::Personalisation => 2,
        Category::Statistics => 3,
        Category::Unclassified => 4,
    };
    group(a) == group(b)
}

/// The declared category contradicts what the cookie is known to be for.
fn cat_01(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared?;
    let declared = line.text.category.filter(|d| *d != Category::Unclassified)?;
    let known = c.surely_known().filter(|k| !alike(k.category, declared))?;
    let severity = weight(c.scene.need(Some(declared), None), c.scene.need(Some(known.category), Some(known)))?;
    let (result, confidence) = match known.sure {
        Sure::Known => (FindingResult::Difference, Confidence::Known),
        _ => (FindingResult::Suspicion, Confidence::Guessed),
    };
    let finding = c.finding(&CAT_01, result, severity, confidence).quoting(line.text);
    Some(
        finding
            .with("declared_category", declared.id())
            .with("known_category", known.category.id())
            .with("service", known.service()),
    )
}

/// The declared category contradicts the purpose that the row itself gives.
fn cat_03(line: &Line<'_>) -> Option<Finding> {
    let declared = line.text.category.filter(|d| *d != Category::Unclassified)?;
    let said = line.purpose.category.filter(|p| !alike(*p, declared))?;
    let severity = weight(line.scene.need(Some(declared), None), line.scene.need(Some(said), None))?;
    if severity == Severity::Info {
        return None;
    }
    let mut finding = line.finding(&CAT_03, FindingResult::Suspicion, severity, Confidence::Guessed);
    finding.quote.clone_from(&line.text.purpose);
    Some(finding.with("declared_category", declared.id()).with("said_category", said.id()))
}

/// "Necessary", with the traits of a tracker: from another site, kept for a month or more, and telling browsers apart.
fn cat_04(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared.filter(|l| l.text.category == Some(Category::Necessary))?;
    let exempt = |k: &KnownRow| c.scene.need(Some(k.category), Some(k)) == ConsentNeed::NotNeeded;
    if c.party != Some(Party::Third) || c.surely_known().is_some_and(exempt) {
        return None;
    }
    let value = c.item.seen.value.as_deref()?;
    if !long_lived(c) || !looks_like_identifier(value, c.scene.now) {
        return None;
    }
    Some(c.finding(&CAT_04, FindingResult::Suspicion, Severity::Minor, Confidence::Guessed).quoting(line.text))
}

fn long_lived(c: &Case<'_>) -> bool {
    matches!(c.item.longest(c.scene.now), Some(Lifetime::Seconds(s)) if s >= 30.0 * DAY)
        || c.item.seen.kind == StorageKind::LocalStorage
}

/// Declared anonymous, and the value can single out this browser. Log-in and anti-forgery values are random on purpose.
fn cat_05(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared.filter(|l| l.purpose.anonymous)?;
    let guarded = |k: &KnownRow| k.is(Role::Authentication) || k.is(Role::Forgery) || k.category == Category::Security;
    if c.known.is_some_and(guarded) || !looks_like_identifier(c.item.seen.value.as_deref()?, c.scene.now) {
        return None;
    }
    let mut finding = c.finding(&CAT_05, FindingResult::Suspicion, Severity::Minor, Confidence::Guessed);
    finding.quote.clone_from(&line.text.purpose);
    Some(finding)
}

/// Measurement said to be exempt, with a trait that no exemption allows: set from another site, or by a provider that uses
/// the data for itself. Its lifetime is another rule's matter.
fn cat_06(c: &Case<'_>) -> Option<Finding> {
    if !c.claims_exempt_measurement() {
        return None;
    }
    let reuses = c.surely_known().is_some_and(KnownRow::reuses_data);
    let third = c.party == Some(Party::Third);
    if !reuses && !third {
        return None;
    }
    let confidence = if third { Confidence::Observed } else { Confidence::Known };
    let mut finding = c.finding(&CAT_06, FindingResult::Difference, Severity::Major, confidence);
    if let Some(line) = c.declared {
        finding = finding.quoting(line.text);
    }
    if let Some(known) = c.surely_known() {
        finding = finding.with("service", known.service());
    }
    Some(finding)
}
