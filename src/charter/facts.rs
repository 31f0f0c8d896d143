//! What some part of a charter says about names: a row about its own, a heading about all that stand under it.

use super::lifetime::{self, LifetimeReading};
use super::name::DeclaredName;
use super::service;
use super::{Declaration, Lifetime, Party, Place};
use crate::category::Category;
use crate::lexicon::Unit;
use crate::visit::StorageKind;

/// Statements about one or more names. What is not said is absent.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    pub category: Option<Category>,
    /// The site's own words for the category.
    pub category_declared: Option<String>,
    pub purpose: Option<String>,
    pub provider: Option<String>,
    pub service: Option<String>,
    pub hosts: Vec<String>,
    /// The hosts in the words of the site: who sets the cookie, where nothing better is said.
    pub host_words: Option<String>,
    pub lifetime: Option<Said>,
    pub party: Option<Party>,
    pub legal_basis: Option<String>,
    pub kind: Option<StorageKind>,
}

/// A lifetime as the site says it, and what it comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Said {
    pub words: String,
    pub value: Option<Lifetime>,
    pub range: Option<[f64; 2]>,
}

impl Said {
    /// Words that are known to speak of a lifetime, with or without a value.
    pub fn new(words: &str, unit: Option<Unit>) -> Said {
        let LifetimeReading { value, range, .. } = lifetime::parse_with_unit(words, unit);
        Said { words: words.split_whitespace().collect::<Vec<_>>().join(" "), value, range }
    }
}

impl Facts {
    /// Takes from `outer` what is not said here: what stands nearer wins.
    pub fn or(mut self, outer: &Facts) -> Facts {
        if self.category.is_none() && self.category_declared.is_none() {
            self.category = outer.category;
            self.category_declared.clone_from(&outer.category_declared);
        }
        fill(&mut self.purpose, &outer.purpose);
        fill(&mut self.provider, &outer.provider);
        fill(&mut self.service, &outer.service);
        fill(&mut self.lifetime, &outer.lifetime);
        fill(&mut self.party, &outer.party);
        fill(&mut self.legal_basis, &outer.legal_basis);
        fill(&mut self.kind, &outer.kind);
        if self.hosts.is_empty() {
            self.hosts.clone_from(&outer.hosts);
            self.host_words.clone_from(&outer.host_words);
        }
        self
    }

    /// The category, with the words that give it.
    pub fn set_category(&mut self, category: Option<Category>, words: &str) {
        self.category = category;
        self.category_declared = said(words);
    }

    /// True when nothing at all is said.
    pub fn is_empty(&self) -> bool {
        *self == Facts::default()
    }

    /// The declaration of one name of which this is said.
    pub fn declare(&self, name: &DeclaredName, place: Place) -> Declaration {
        let lifetime = self.lifetime.clone().unwrap_or_default();
        let hosts = || self.host_words.clone();
        let by_whom = || self.purpose.as_deref().and_then(service::by_whom);
        Declaration {
            name: name.name.clone(),
            pattern: name.pattern.clone(),
            kind: name.kind.or(self.kind).unwrap_or_default(),
            category: self.category,
            category_declared: self.category_declared.clone(),
            purpose: self.purpose.clone(),
            provider: self.provider.clone().or_else(hosts).or_else(by_whom),
            service: self.service.clone(),
            hosts: self.hosts.clone(),
            lifetime_declared: said(&lifetime.words),
            lifetime_seconds: lifetime.value,
            lifetime_range: lifetime.range,
            party: self.party,
            legal_basis: self.legal_basis.clone(),
            place,
            ..Declaration::default()
        }
    }
}

fn fill<T: Clone>(here: &mut Option<T>, outer: &Option<T>) {
    if here.is_none() {
        here.clone_from(outer);
    }
}

/// Words with their white space folded; nothing when a cell says nothing (`-`, `n/a`).
pub(crate) fn said(words: &str) -> Option<String> {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let empty = !words.chars().any(char::is_alphanumeric) || words.eq_ignore_ascii_case("n/a");
    (!empty).then_some(words)
}
