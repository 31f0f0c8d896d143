//! The rules and the profiles, as `data/rules.toml` and `data/profiles.toml` give them, and how a finding is made.

use crate::charter::Declaration;
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Severity, Weight};

/// One row of `data/rules.toml`.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) index: usize,
    pub(crate) id: &'static str,
    /// The most that a finding may say, unless the profile says otherwise.
    pub(crate) severity: Severity,
    pub(crate) weight: Weight,
    /// Whether a difference that it finds makes a row differ from its declaration.
    pub(crate) differs: bool,
    pub(crate) sources: &'static [&'static str],
}

/// One profile of law.
#[derive(Debug)]
pub(crate) struct Profile {
    pub(crate) id: &'static str,
    pub(crate) preferences: ConsentNeed,
    pub(crate) statistics: ConsentNeed,
    pub(crate) tracking: ConsentNeed,
    pub(crate) audience_days: f64,
    pub(crate) choice_days: [f64; 2],
    changes: &'static [Change],
}

/// What a profile says differently about one rule.
#[derive(Debug)]
struct Change {
    rule: usize,
    severity: Option<Severity>,
    weight: Option<Weight>,
    sources: &'static [&'static str],
}

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

impl Profile {
    /// The profile of a name; absent when there is none of that name. An empty name is the default.
    pub(crate) fn named(id: &str) -> Option<&'static Profile> {
        PROFILES.iter().find(|p| id.is_empty() || p.id == id)
    }

    fn change(&self, rule: &Rule) -> Option<&'static Change> {
        self.changes.iter().find(|c| c.rule == rule.index)
    }
}

impl Rule {
    /// A finding of this rule under a profile.
    ///
    /// The severity is held below what the rule, the profile and the confidence allow: a guess never exceeds minor, and
    /// what cannot be told is for information only.
    pub(crate) fn finding(
        &self,
        profile: &Profile,
        result: FindingResult,
        severity: Severity,
        confidence: Confidence,
    ) -> Finding {
        let change = profile.change(self);
        let most = change.and_then(|c| c.severity).unwrap_or(self.severity);
        let most = match (result, confidence) {
            (FindingResult::CannotTell | FindingResult::Ok, _) => Severity::Info,
            (_, Confidence::Guessed) => most.min(Severity::Minor),
            _ => most,
        };
        let further = change.map_or(&[][..], |c| c.sources);
        Finding {
            rule: self.id.to_string(),
            result,
            severity: severity.min(most),
            confidence,
            weight: change.and_then(|c| c.weight).unwrap_or(self.weight),
            sources: self.sources.iter().chain(further).map(|s| (*s).to_string()).collect(),
            ..Finding::default()
        }
    }
}

/// Whether a difference that a rule finds makes a row differ from its declaration.
pub(crate) fn may_differ(id: &str) -> bool {
    ALL.iter().any(|rule| rule.id == id && rule.differs)
}

impl Finding {
    /// Adds a value for the message.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.values.insert(name.to_string(), value.to_string());
        self
    }

    /// Quotes the line of the charter that the finding is about.
    pub(crate) fn quoting(mut self, declaration: &Declaration) -> Self {
        if !declaration.place.quote.is_empty() {
            self.quote = Some(declaration.place.quote.clone());
        }
        self
    }
}
