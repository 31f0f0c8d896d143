//! DEC: is it declared, and does the charter agree with itself about it?

use std::collections::{BTreeMap, HashSet};

use crate::category::Category;
use crate::charter::Party;
use crate::fold::Words;
use crate::judge::case::{Case, Line};
use crate::judge::rules::{DEC_01, DEC_02, DEC_03, DEC_04, DEC_05, DEC_06, DEC_07, DEC_08, DEC_09};
use crate::judge::site_rules::Site;
use crate::known::{self, KnownRow};
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Severity};
use crate::site;
use crate::visit::{Phase, StorageKind};

/// Rules about one thing stored.
pub(crate) const OF_CASES: &[fn(&Case<'_>) -> Option<Finding>] = &[dec_01, dec_05_case, dec_06_case, dec_07, dec_09];
/// Rules about one line of the charter.
pub(crate) const OF_LINES: &[fn(&Line<'_>) -> Option<Finding>] = &[dec_03, dec_04, dec_05, dec_06];

/// Undeclared cookie: the charter was read, and no row of it covers this name on this host.
fn dec_01(c: &Case<'_>) -> Option<Finding> {
    undeclared(c)?;
    if is_storage(c.item.seen.kind) {
        return None;
    }
    let severity = match c.need {
        ConsentNeed::Needed => Severity::Major,
        ConsentNeed::NotNeeded => Severity::Info,
        ConsentNeed::Conditional | ConsentNeed::CannotTell => Severity::Minor,
    };
    // Whoever reads the charter recognises a name that is off by a slip.
    let severity = if c.near.is_some() { severity.min(Severity::Minor) } else { severity };
    let mut finding = c.finding(&DEC_01, FindingResult::Missing, severity, Confidence::Observed);
    if let Some(other) = c.elsewhere {
        finding = finding.with("declared_host", other.hosts.join(", ")).quoting(other.text);
    }
    Some(finding)
}

fn undeclared(c: &Case<'_>) -> Option<()> {
    (c.scene.read() && c.declared.is_none()).then_some(())
}

fn is_storage(kind: StorageKind) -> bool {
    !matches!(kind, StorageKind::Cookie | StorageKind::Pixel | StorageKind::Other)
}

/// Declared and not met in this visit. Nothing is said of what this visit could not see.
pub(crate) fn dec_02(line: &Line<'_>, met_kinds: u16) -> Option<Finding> {
    let visit = line.scene.visit;
    let looked = line.text.kind == StorageKind::Cookie || met_kinds & (1 << line.text.kind as u16) != 0;
    let hidden = line
        .hosts
        .iter()
        .any(|host| visit.hidden_hosts.iter().any(|other| site::party(&site::normal(other), host) == Party::First));
    let result = if looked && !hidden { FindingResult::Suspicion } else { FindingResult::CannotTell };
    Some(line.finding(&DEC_02, result, Severity::Info, Confidence::Observed))
}

/// The same row twice.
fn dec_03(line: &Line<'_>) -> Option<Finding> {
    let repeated = line.twins.lines > 1 && !line.twins.at_odds();
    repeated.then(|| {
        let finding = line.finding(&DEC_03, FindingResult::Suspicion, Severity::Info, Confidence::Observed);
        finding.with("count", line.twins.lines)
    })
}

/// Rows of one cookie that contradict each other; grave when it is "necessary" and something that needs consent at once.
fn dec_04(line: &Line<'_>) -> Option<Finding> {
    let twins = &line.twins;
    if !twins.at_odds() || twins.documents {
        return None;
    }
    let exempt = |c: &Category| line.scene.need(Some(*c), line.known) == ConsentNeed::NotNeeded;
    let grave = twins.categories.iter().any(exempt) && !twins.categories.iter().all(exempt);
    let severity = if grave { Severity::Major } else { Severity::Minor };
    let mut finding = line.finding(&DEC_04, FindingResult::Difference, severity, Confidence::Observed);
    for (what, at_odds) in
        [("category", twins.categories.len() > 1), ("lifetime", twins.lifetimes), ("party", twins.parties)]
    {
        if at_odds {
            finding = finding.with(what, "1");
        }
    }
    Some(finding)
}

/// A pattern so wide that it declares nothing in particular.
fn dec_05(line: &Line<'_>) -> Option<Finding> {
    line.broad.then(|| {
        let finding = line.finding(&DEC_05, FindingResult::Suspicion, Severity::Minor, Confidence::Observed);
        finding.with("pattern", &line.text.pattern)
    })
}

/// The same, beside a cookie that it would have covered.
fn dec_05_case(c: &Case<'_>) -> Option<Finding> {
    c.declared.is_none().then_some(c.broad?).and_then(dec_05)
}

/// The site itself says that it does not know what the cookie is for.
fn dec_06(line: &Line<'_>) -> Option<Finding> {
    (line.text.category == Some(Category::Unclassified))
        .then(|| line.finding(&DEC_06, FindingResult::Missing, Severity::Minor, Confidence::Observed))
}

/// The same, and it was written before any choice, so that nobody could refuse it.
fn dec_06_case(c: &Case<'_>) -> Option<Finding> {
    let line = c.declared.filter(|line| line.text.category == Some(Category::Unclassified))?;
    c.item
        .kept_in(Phase::BeforeChoice)
        .then(|| line.finding(&DEC_06, FindingResult::Missing, Severity::Major, Confidence::Observed))
}

/// Web storage that no row covers.
fn dec_07(c: &Case<'_>) -> Option<Finding> {
    undeclared(c)?;
    if !is_storage(c.item.seen.kind) {
        return None;
    }
    let tracker = c.surely_known().is_some() && c.need == ConsentNeed::Needed;
    let (severity, confidence) = match (tracker, c.need) {
        (true, _) => (Severity::Major, Confidence::Known),
        (false, ConsentNeed::NotNeeded) => (Severity::Info, Confidence::Observed),
        (false, _) => (Severity::Minor, Confidence::Observed),
    };
    Some(c.finding(&DEC_07, FindingResult::Missing, severity, confidence))
}

/// A third-party host that receives an identifier with each request, and is named nowhere in the charter.
pub(crate) fn dec_08(s: &Site<'_>) -> Vec<Finding> {
    if !s.scene.read() {
        return Vec::new();
    }
    let contacted: Vec<String> = s.scene.visit.hosts.iter().map(|h| site::normal(h).into_owned()).collect();
    let mut domains: BTreeMap<&str, Option<&'static KnownRow>> = BTreeMap::new();
    for case in s.cases {
        let cookie = case.item.seen.kind == StorageKind::Cookie && case.party == Some(Party::Third);
        if !cookie
            || case.declared.is_some()
            || !case.item.seen.value.as_deref().is_some_and(|v| super::value::looks_like_identifier(v, s.scene.now))
        {
            continue;
        }
        let domain = site::registrable_domain(&case.item.host).unwrap_or(&case.item.host);
        if !domains.contains_key(domain) && contacted.iter().any(|host| site::covers(&case.item.host, host)) {
            domains.insert(domain, case.surely_known());
        }
    }
    if domains.is_empty() {
        return Vec::new();
    }
    let named = Named::of(s.lines);
    let unnamed = domains.into_iter().filter(|(domain, known)| !named.has(domain, *known));
    unnamed
        .map(|(domain, _)| {
            let finding = s.scene.finding(&DEC_08, FindingResult::Missing, Severity::Minor, Confidence::Observed);
            finding.with("domain", domain)
        })
        .collect()
}

/// Words with which the lines of a charter name hosts, providers and services.
struct Named(HashSet<String>);

impl Named {
    fn of(lines: &[Line<'_>]) -> Named {
        let mut words = HashSet::new();
        for line in lines {
            let hosts = line.hosts.iter().map(|host| site::registrable_domain(host).unwrap_or(host).to_string());
            words.extend(hosts);
            for text in [&line.text.provider, &line.text.service].into_iter().flatten() {
                let text = Words::of(text);
                words.extend((0..text.len()).map(|at| text.word(at).to_string()));
            }
        }
        Named(words)
    }

    fn has(&self, domain: &str, known: Option<&known::KnownRow>) -> bool {
        let label = domain.split('.').next().unwrap_or_default();
        let company = known.map(|k| Words::of(k.company()).word(0).to_string()).unwrap_or_default();
        [domain, label, &company].iter().any(|word| self.0.contains(*word))
    }
}

/// A slip of the pen: a declared name that was not met is nearly this one.
fn dec_09(c: &Case<'_>) -> Option<Finding> {
    undeclared(c)?;
    let near = c.near?;
    let finding = c.finding(&DEC_09, FindingResult::Suspicion, Severity::Info, Confidence::Guessed);
    Some(finding.with("declared", &near.text.name).quoting(near.text))
}
