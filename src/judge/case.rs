//! What the rules are asked about: the whole scene, one line of the charter, one thing stored.

use crate::category::Category;
use crate::charter::statement::{Exemption, Statements};
use crate::charter::{Charter, Declaration, Outcome, Party};
use crate::judge::consent;
use crate::judge::items::Item;
use crate::judge::purpose::Purpose;
use crate::judge::rules::{Profile, Rule};
use crate::judge::twins::Twins;
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

impl<'a> Scene<'a> {
    /// True when the charter was read, so that a silence of it is the site's and not ours.
    pub(crate) fn read(&self) -> bool {
        matches!(self.charter.status, Outcome::Read | Outcome::ListsNothing)
    }

    /// What the charter says in general, when its text was looked at.
    pub(crate) fn statements(&self) -> Option<&'a Statements> {
        self.charter.statements.as_ref().filter(|_| self.read())
    }

    /// The statement that audience measurement needs no consent here.
    pub(crate) fn measurement_exemption(&self) -> Option<&'a Exemption> {
        self.statements()?.exemptions.iter().find(|e| e.category == Category::Statistics)
    }

    /// Whether consent is needed for a purpose, and for what our table knows of the service behind it.
    pub(crate) fn need(&self, purpose: Option<Category>, known: Option<&KnownRow>) -> ConsentNeed {
        match consent::need(self.profile, purpose) {
            // No exemption of audience measurement holds for a provider that uses the data for itself.
            ConsentNeed::Conditional if known.is_some_and(KnownRow::reuses_data) => ConsentNeed::Needed,
            need => need,
        }
    }

    /// The same for a line that other lines contradict: with several purposes it is exempt only if each of them is.
    pub(crate) fn need_of_all(
        &self,
        purpose: Option<Category>,
        twins: &Twins,
        known: Option<&KnownRow>,
    ) -> ConsentNeed {
        let others = twins.categories.iter().map(|other| self.need(Some(*other), known));
        others.fold(self.need(purpose, known), consent::stricter)
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

/// One line of the charter: what it declares of one name.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// Its place among the lines.
    pub(crate) number: usize,
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) text: &'a Declaration,
    /// Its hosts in normal form.
    pub(crate) hosts: Vec<String>,
    /// True when its pattern is too wide to say anything about one cookie.
    pub(crate) broad: bool,
    pub(crate) known: Option<&'static KnownRow>,
    /// Whether consent is needed for what it declares.
    pub(crate) need: ConsentNeed,
    /// What the words of its purpose point to.
    pub(crate) purpose: Purpose,
    /// Other lines that declare the same.
    pub(crate) twins: Twins,
}

impl Line<'_> {
    /// A finding about this line, with the name and the line itself.
    pub(crate) fn finding(
        &self,
        rule: &Rule,
        result: FindingResult,
        severity: Severity,
        confidence: Confidence,
    ) -> Finding {
        let confidence = sure_of(self.text, confidence);
        self.scene.finding(rule, result, severity, confidence).with("name", &self.text.name).quoting(self.text)
    }
}

/// A declaration that may have been misread supports no more than a guess.
fn sure_of(text: &Declaration, confidence: Confidence) -> Confidence {
    if text.unverified { Confidence::Guessed } else { confidence }
}

/// One thing stored, beside what the charter and our table have for it.
#[derive(Debug)]
pub(crate) struct Case<'a> {
    pub(crate) scene: &'a Scene<'a>,
    pub(crate) item: &'a Item<'a>,
    pub(crate) party: Option<Party>,
    pub(crate) known: Option<&'static KnownRow>,
    /// The line that covers it.
    pub(crate) declared: Option<&'a Line<'a>>,
    /// A line that would cover it and is too broad to count.
    pub(crate) broad: Option<&'a Line<'a>>,
    /// A line of its name for another host.
    pub(crate) elsewhere: Option<&'a Line<'a>>,
    /// A line whose name is nearly this one, and was not met.
    pub(crate) near: Option<&'a Line<'a>>,
    pub(crate) category: Option<Category>,
    pub(crate) category_from: Origin,
    pub(crate) need: ConsentNeed,
    /// How sure the need is.
    pub(crate) need_from: Confidence,
}

impl<'a> Case<'a> {
    /// What our table knows of it surely enough to set against the charter.
    pub(crate) fn surely_known(&self) -> Option<&'static KnownRow> {
        self.known.filter(|k| k.sure > Sure::Generic)
    }

    /// The declaration that covers it.
    pub(crate) fn text(&self) -> Option<&'a Declaration> {
        self.declared.map(|line| line.text)
    }

    /// Category and need of consent: what the charter says first, then what our table knows, then what the words of the
    /// purpose point to. A thing of several purposes is exempt only if each of them is.
    pub(crate) fn categorise(&mut self) {
        let declared = self.text().and_then(|d| d.category);
        let known = self.known.map(|k| k.category);
        (self.category, self.category_from) = match (declared, known) {
            (Some(_), _) => (declared, Origin::Charter),
            (None, Some(_)) => (known, Origin::Known),
            (None, None) => (None, Origin::None),
        };
        let said = self.declared.map_or_else(
            || self.scene.need(declared, self.known),
            |line| self.scene.need_of_all(declared, &line.twins, self.known),
        );
        let sure = self.surely_known().map(|k| self.scene.need(Some(k.category), Some(k))).unwrap_or_default();
        let hint = self.declared.and_then(|line| line.purpose.category);
        (self.need, self.need_from) = match (said, sure, known) {
            (ConsentNeed::CannotTell, ConsentNeed::CannotTell, Some(_)) => {
                (self.scene.need(known, self.known), Confidence::Guessed)
            }
            (ConsentNeed::CannotTell, ConsentNeed::CannotTell, None) => {
                (self.scene.need(hint, None), Confidence::Guessed)
            }
            _ if consent::stricter(said, sure) == said => (said, Confidence::Observed),
            _ => (sure, Confidence::Known),
        };
    }

    /// Whether the site treats this as audience measurement that needs no consent: it says so of its measurement, or it
    /// declares as necessary what is known to measure.
    pub(crate) fn claims_exempt_measurement(&self) -> bool {
        let Some(line) = self.declared else { return false };
        match line.text.category {
            // "Anonymous statistics need no consent" speaks of this cookie when its row says that it is anonymous.
            Some(Category::Statistics) => {
                self.scene.measurement_exemption().is_some_and(|e| !e.anonymous || line.purpose.anonymous)
            }
            Some(Category::Necessary | Category::Security) => {
                self.surely_known().is_some_and(|k| k.category == Category::Statistics)
            }
            _ => false,
        }
    }

    /// A finding about this case, with the name and host that every message may use.
    pub(crate) fn finding(
        &self,
        rule: &Rule,
        result: FindingResult,
        severity: Severity,
        confidence: Confidence,
    ) -> Finding {
        let confidence = self.text().map_or(confidence, |text| sure_of(text, confidence));
        let finding = self.scene.finding(rule, result, severity, confidence);
        finding.with("name", &self.item.seen.name).with("host", &self.item.host)
    }
}
