//! CHA and the rest of what is said once for a whole visit: the charter itself, and hosts, choices and notices around it.

use crate::charter::{Outcome, Party};
use crate::judge::case::{Case, Line, Scene};
use crate::judge::items::Items;
use crate::judge::rules::{
    CHA_01, CHA_02, CHA_03, CHA_04, CHA_05, CHA_06, CHA_07, CHA_08, CHA_09, CON_04, CON_06, ROW_07, SEC_04,
};
use crate::judge::{consent, declared};
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Severity};
use crate::visit::{FetchFailure, Phase};

/// What the rules about a whole visit may look at.
pub(crate) struct Site<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) items: &'a Items<'a>,
    pub(crate) lines: &'a [Line<'a>],
    pub(crate) cases: &'a [Case<'a>],
}

impl Site<'_> {
    fn needs_consent(&self) -> bool {
        let lines = self.lines.iter().any(|line| line.need == ConsentNeed::Needed);
        lines || self.cases.iter().any(|case| case.need == ConsentNeed::Needed && case.need_from != Confidence::Guessed)
    }

    fn finding(
        &self,
        rule: &super::rules::Rule,
        result: FindingResult,
        severity: Severity,
        sure: Confidence,
    ) -> Option<Finding> {
        Some(self.scene.finding(rule, result, severity, sure))
    }
}

/// Every finding about the whole visit.
pub(crate) fn findings(site: &Site<'_>) -> Vec<Finding> {
    let rules: [fn(&Site<'_>) -> Option<Finding>; 12] =
        [cha_01, cha_02, cha_03, cha_04, cha_05, cha_06, cha_07, cha_08, cha_09, con_04, con_06, row_07];
    let mut found: Vec<Finding> = rules.iter().filter_map(|rule| rule(site)).collect();
    found.extend(declared::dec_08(site));
    found.extend(sec_04(site));
    found
}

/// No charter was found.
fn cha_01(s: &Site<'_>) -> Option<Finding> {
    if s.scene.charter.status != Outcome::NotFound {
        return None;
    }
    let severity = if s.needs_consent() { Severity::Major } else { Severity::Minor };
    s.finding(&CHA_01, FindingResult::Missing, severity, Confidence::Observed)
}

/// A charter was found and did not answer. What may be our own failure (network, time, an address that we do not ask) is
/// not the site's.
fn cha_02(s: &Site<'_>) -> Option<Finding> {
    if s.scene.charter.status != Outcome::Unreachable {
        return None;
    }
    let answered = |status: u16| status >= 400 && !matches!(status, 403 | 429);
    let refused = s.scene.visit.pages.iter().find(|p| p.failure == Some(FetchFailure::HttpError) && answered(p.status));
    let result = if refused.is_some() { FindingResult::Missing } else { FindingResult::CannotTell };
    let finding = s.finding(&CHA_02, result, Severity::Minor, Confidence::Observed)?;
    Some(match refused.or_else(|| s.scene.visit.pages.iter().find(|p| p.failure.is_some())) {
        Some(page) => finding.with("url", &page.url).with("status", page.status),
        None => finding,
    })
}

/// The charter is in another language than the page.
fn cha_03(s: &Site<'_>) -> Option<Finding> {
    let primary = |tag: &str| {
        let first = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        // Two written forms of Norwegian are one language to their readers.
        if matches!(first.as_str(), "nb" | "nn") { "no".to_string() } else { first }
    };
    let page = primary(s.scene.visit.language.as_deref()?);
    let charter = primary(s.scene.charter.language.as_deref()?);
    if !s.scene.read() || page.is_empty() || charter.is_empty() || page == charter {
        return None;
    }
    let finding = s.finding(&CHA_03, FindingResult::Difference, Severity::Minor, Confidence::Observed)?;
    Some(finding.with("page_language", page).with("charter_language", charter))
}

/// The charter speaks of cookies and names none.
fn cha_04(s: &Site<'_>) -> Option<Finding> {
    if s.scene.charter.status != Outcome::ListsNothing {
        return None;
    }
    s.finding(&CHA_04, FindingResult::Missing, Severity::Minor, Confidence::Observed)
}

/// We could not read the charter.
fn cha_05(s: &Site<'_>) -> Option<Finding> {
    if !matches!(s.scene.charter.status, Outcome::Unreadable | Outcome::NotServedHere) {
        return None;
    }
    let finding = s.finding(&CHA_05, FindingResult::CannotTell, Severity::Info, Confidence::Observed)?;
    Some(match &s.scene.charter.reason {
        Some(reason) => finding.with("reason", reason),
        None => finding,
    })
}

/// The charter does not explain how to refuse or withdraw, and something needs consent.
fn cha_06(s: &Site<'_>) -> Option<Finding> {
    if s.scene.statements()?.refusal.is_some() || !s.needs_consent() {
        return None;
    }
    // That no sentence of it was recognised is a reading of words.
    s.finding(&CHA_06, FindingResult::Missing, Severity::Major, Confidence::Guessed)
}

/// The charter has no date.
fn cha_07(s: &Site<'_>) -> Option<Finding> {
    if s.scene.statements()?.dated.is_some() {
        return None;
    }
    s.finding(&CHA_07, FindingResult::Missing, Severity::Info, Confidence::Guessed)
}

/// Two documents of the site contradict each other about a cookie.
fn cha_08(s: &Site<'_>) -> Option<Finding> {
    let mut names: Vec<&str> =
        s.lines.iter().filter(|l| l.twins.documents && l.twins.at_odds()).map(|l| l.text.name.as_str()).collect();
    // What a page and a consent platform say differently of one name was joined when the charter was read.
    names.extend(s.scene.charter.disagreements.iter().map(|d| d.name.as_str()));
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return None;
    }
    let finding = s.finding(&CHA_08, FindingResult::Difference, Severity::Minor, Confidence::Observed)?;
    Some(finding.with("count", names.len()).with("names", names.join(", ")))
}

/// The charter claims an exemption wider than the one that the profile knows.
fn cha_09(s: &Site<'_>) -> Option<Finding> {
    let claimed = s
        .scene
        .statements()?
        .exemptions
        .iter()
        .find(|e| consent::need(s.scene.profile, Some(e.category)) != ConsentNeed::NotNeeded)?;
    let mut finding = s.finding(&CHA_09, FindingResult::Suspicion, Severity::Info, Confidence::Guessed)?;
    finding.quote = Some(claimed.quote.clone());
    Some(finding.with("claimed_category", claimed.category.id()))
}

/// A record of the choice accepts more than the necessary, and nobody had chosen.
fn con_04(s: &Site<'_>) -> Option<Finding> {
    let before_choice =
        |source: &str| s.cases.iter().any(|c| c.item.seen.name == source && c.item.kept_in(Phase::BeforeChoice));
    let states = crate::consent::state(&s.scene.visit.observations);
    let unchosen = states.into_iter().filter(|state| match state.chosen {
        _ if !state.beyond_necessary => false,
        Some(chosen) => !chosen,
        None => before_choice(&state.source),
    });
    let record =
        unchosen.min_by(|a, b| (&a.platform, &a.source, &a.accepted).cmp(&(&b.platform, &b.source, &b.accepted)))?;
    let finding = s.finding(&CON_04, FindingResult::Difference, Severity::Critical, Confidence::Observed)?;
    Some(
        finding
            .with("platform", record.platform)
            .with("source", record.source)
            .with("accepted", record.accepted.join(", ")),
    )
}

/// Measurement without consent, under an exemption that asks for a way to object, and none is explained.
fn con_06(s: &Site<'_>) -> Option<Finding> {
    if s.scene.statements()?.refusal.is_some() || !s.cases.iter().any(Case::claims_exempt_measurement) {
        return None;
    }
    s.finding(&CON_06, FindingResult::Missing, Severity::Major, Confidence::Guessed)
}

/// Nothing says whether third parties have access.
fn row_07(s: &Site<'_>) -> Option<Finding> {
    let silent = s.scene.statements()?.third_parties.is_none() && !s.lines.is_empty();
    let told = |line: &Line<'_>| {
        line.text.party.is_some() || line.hosts.iter().any(|h| crate::site::party(h, &s.scene.host) == Party::Third)
    };
    if !silent || s.lines.iter().any(told) {
        return None;
    }
    s.finding(&ROW_07, FindingResult::Missing, Severity::Minor, Confidence::Guessed)
}

/// A response asked for a cookie that every browser refuses: sent to other sites, and not over a safe connection.
fn sec_04(s: &Site<'_>) -> Vec<Finding> {
    let refused = s.items.refused.iter().filter(|(seen, _)| super::security::unsafe_for_other_sites(seen));
    refused
        .filter_map(|(seen, _)| {
            let finding = s.finding(&SEC_04, FindingResult::Difference, Severity::Info, Confidence::Observed)?;
            Some(finding.with("name", &seen.name).with("host", &seen.host))
        })
        .collect()
}
