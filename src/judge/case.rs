//! What the rules are asked about: the whole scene, and one case in it.

use crate::category::Category;
use crate::charter::{Charter, Declaration, Outcome, Party};
use crate::judge::items::Item;
use crate::judge::rules::{Profile, Rule};
use crate::known::{KnownRow, Sure};
use crate::report::{Confidence, ConsentNeed, Finding, FindingResult, Origin, Severity};
use crate::visit::Visit;

/// The visit as a whole.
#[derive(Debug)]
pub(crate) struct Scene<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) charter: &'a Charter,
    pub(crate) profile: &'static Profile,
    /// Host of the page, in normal form; empty when its address has none.
    pub(crate) host: String,
    /// Moment of the judgement, seconds since 1970.
    pub(crate) now: f64,
}

impl Scene<'_> {
    /// True when the charter was read, so that a silence of it is the site's and not ours.
    pub(crate) fn read(&self) -> bool {
        matches!(self.charter.status, Outcome::Read | Outcome::ListsNothing)
    }

    /// A finding under the profile of this visit.
    pub(crate) fn finding(
        &self,
        rule: &Rule,
        result: FindingResult,
        severity: Severity,
        confidence: Confidence,
    ) -> Finding {
        rule.finding(self.profile, result, severity, confidence)
    }
}

/// One thing stored, beside what the charter and our table have for it.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) item: &'a Item<'a>,
    pub(crate) party: Option<Party>,
    pub(crate) known: Option<&'static KnownRow>,
    /// The declaration that covers it.
    pub(crate) declared: Option<&'a Declaration>,
    /// A pattern that would cover it and is too broad to count.
    pub(crate) broad: Option<&'a Declaration>,
    /// A declaration of its name for another host.
    pub(crate) elsewhere: Option<&'a Declaration>,
    pub(crate) category: Option<Category>,
    pub(crate) category_from: Origin,
    pub(crate) need: ConsentNeed,
}

impl<'a> Case<'a> {
    /// What our table knows of it surely enough to set against the charter.
    pub(crate) fn surely_known(&self) -> Option<&'static KnownRow> {
        self.known.filter(|k| k.sure > Sure::Generic)
    }

    /// A finding about this case, with the name and host that every message may use.
    pub(crate) fn finding(
        &self,
        rule: &Rule,
        result: FindingResult,
        severity: Severity,
        confidence: Confidence,
    ) -> Finding {
        let finding = self.scene.finding(rule, result, severity, confidence);
        finding.with("name", &self.item.seen.name).with("host", &self.item.host)
    }
}
