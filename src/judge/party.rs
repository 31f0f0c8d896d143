//! PAR: first or third party. Three facts are kept apart: whose host it is, who uses the data, what the charter says.

use crate::category::Category;
use crate::charter::{Declaration, Party};
use crate::fold::Words;
use crate::judge::case::Case;
use crate::judge::rules::{PAR_01, PAR_02, PAR_03, PAR_04, PAR_05};
use crate::known::{KnownRow, Role};
use crate::lexicon;
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Severity};
use crate::site;

/// Rules about one thing stored.
pub(crate) const OF_CASES: &[fn(&Case<'_>) -> Option<Finding>] = &[par_01, par_02, par_03, par_04, par_05];

/// Its host is a third party, and nothing in its row says that another than the site is behind it.
fn par_01(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared.filter(|_| c.party == Some(Party::Third))?;
    let text = line.text;
    let named = names_someone(text) || line.hosts.iter().any(|h| site::party(h, &c.scene.host) == Party::Third);
    if text.party.is_some() || named || says_third(text) {
        return None;
    }
    let severity = if c.need == ConsentNeed::Needed { Severity::Major } else { Severity::Minor };
    Some(c.finding(&PAR_01, FindingResult::Missing, severity, Confidence::Observed).quoting(text))
}

fn names_someone(text: &Declaration) -> bool {
    [&text.provider, &text.service].into_iter().flatten().any(|words| !words.trim().is_empty())
}

/// The words of the category, or a heading above the row, speak of third parties.
fn says_third(text: &Declaration) -> bool {
    let words = text.category_declared.iter().chain(&text.place.headings);
    words.into_iter().any(|w| lexicon::party(w) == Some(Party::Third))
}

/// Declared as the site's own, and its host is another site.
fn par_02(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared.filter(|l| l.text.party == Some(Party::First) && c.party == Some(Party::Third))?;
    Some(c.finding(&PAR_02, FindingResult::Difference, Severity::Major, Confidence::Observed).quoting(line.text))
}

/// Declared as a third party's, on the site's own host. It may be right about who receives the data.
fn par_03(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared.filter(|l| l.text.party == Some(Party::Third) && c.party == Some(Party::First))?;
    Some(c.finding(&PAR_03, FindingResult::Difference, Severity::Info, Confidence::Observed).quoting(line.text))
}

/// A service's script cookie on the site's own host, and its row names neither the service nor anybody else.
fn par_04(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared.filter(|l| c.party == Some(Party::First) && l.text.party != Some(Party::Third))?;
    let known = c.surely_known().filter(|k| has_recipient(k) && !is_own(k, &c.scene.host))?;
    if names_someone(line.text) || !line.hosts.is_empty() || speaks_of(line.text, known) || says_third(line.text) {
        return None;
    }
    let finding = c.finding(&PAR_04, FindingResult::Suspicion, Severity::Minor, Confidence::Known).quoting(line.text);
    Some(finding.with("service", known.service()).with("company", known.company()))
}

/// Whether somebody else than the site receives the data: services that measure or follow do, unless they run at the site.
fn has_recipient(known: &KnownRow) -> bool {
    let follows = matches!(
        known.category,
        Category::Statistics | Category::Personalisation | Category::Advertising | Category::SocialEmbed
    );
    follows && !known.runs_on_own_server()
}

fn is_own(known: &KnownRow, host: &str) -> bool {
    let label = site::registrable_domain(host).and_then(|d| d.split('.').next()).unwrap_or_default();
    !label.is_empty() && Words::of(known.company()).word(0) == label
}

fn speaks_of(text: &Declaration, known: &KnownRow) -> bool {
    let words = Words::of(text.purpose.as_deref().unwrap_or_default());
    let company = Words::of(known.company());
    let service = Words::of(known.service());
    (0..words.len())
        .any(|at| [&company, &service].iter().any(|name| !name.is_empty() && name.word(0) == words.word(at)))
}

/// Kept for a whole domain while the page is one host among others of it.
fn par_05(c: &Case<'_>) -> Option<Finding> {
    let (domain, page) = (c.item.host.as_str(), c.scene.host.as_str());
    let usual = page.strip_prefix("www.") == Some(domain) || page == domain;
    if c.item.seen.host_only
        || usual
        || !site::covers(domain, page)
        || c.item.seen.kind != crate::visit::StorageKind::Cookie
    {
        return None;
    }
    let known = c.surely_known().filter(|k| k.is(Role::Authentication));
    let (severity, confidence) =
        if known.is_some() { (Severity::Minor, Confidence::Known) } else { (Severity::Info, Confidence::Observed) };
    Some(c.finding(&PAR_05, FindingResult::Suspicion, severity, confidence))
}
