//! Lines of a charter that declare the same name for the same hosts: repeated, or at odds with each other.

use std::collections::HashMap;

use crate::category::Category;
use crate::charter::{Declaration, Lifetime, Party};
use crate::judge::items::DAY;
use crate::judge::matching::pattern_of;
use crate::visit::StorageKind;

/// What other lines say of the same thing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Twins {
    /// How many lines there are, this one included.
    pub(crate) lines: usize,
    /// Categories among them, when they are at odds.
    pub(crate) categories: Vec<Category>,
    /// True when their lifetimes are at odds.
    pub(crate) lifetimes: bool,
    /// True when their parties are at odds.
    pub(crate) parties: bool,
    /// True when they stand in more than one document.
    pub(crate) documents: bool,
}

impl Twins {
    /// True when the lines contradict each other.
    pub(crate) fn at_odds(&self) -> bool {
        self.categories.len() > 1 || self.lifetimes || self.parties
    }
}

#[derive(Default)]
struct Group<'a> {
    lines: usize,
    categories: Vec<Category>,
    shortest: Option<f64>,
    longest: Option<f64>,
    session: bool,
    persistent: bool,
    first: bool,
    third: bool,
    document: Option<&'a str>,
    documents: bool,
}

type Key<'a> = (&'a str, StorageKind, &'a [String]);

fn key(text: &Declaration) -> Key<'_> {
    (pattern_of(text), text.kind, &text.hosts)
}

/// The twins of each line, in the order given.
pub(crate) fn twins(lines: &[&Declaration]) -> Vec<Twins> {
    let mut groups: HashMap<Key<'_>, Group<'_>> = HashMap::with_capacity(lines.len());
    for text in lines {
        groups.entry(key(text)).or_default().add(text);
    }
    lines.iter().map(|text| groups.get(&key(text)).map(Group::twins).unwrap_or_default()).collect()
}

impl<'a> Group<'a> {
    fn add(&mut self, text: &'a Declaration) {
        self.lines += 1;
        if let Some(category) = text.category.filter(|c| *c != Category::Unclassified && !self.categories.contains(c)) {
            self.categories.push(category);
        }
        match text.lifetime_seconds {
            Some(Lifetime::Seconds(s)) if s.is_finite() => {
                self.shortest = Some(self.shortest.map_or(s, |other| other.min(s)));
                self.longest = Some(self.longest.map_or(s, |other| other.max(s)));
            }
            Some(Lifetime::Word(crate::charter::LifetimeWord::Session)) => self.session = true,
            Some(Lifetime::Word(_)) => self.persistent = true,
            _ => {}
        }
        self.first |= text.party == Some(Party::First);
        self.third |= text.party == Some(Party::Third);
        self.documents |= self.document.is_some_and(|url| url != text.place.url);
        self.document = Some(&text.place.url);
    }

    fn twins(&self) -> Twins {
        let mut categories = if self.categories.len() > 1 { self.categories.clone() } else { Vec::new() };
        categories.sort_unstable();
        let span = |long: f64, short: f64| long - short > DAY && long - short > 0.05 * long;
        let lifetimes = matches!((self.longest, self.shortest), (Some(long), Some(short)) if span(long, short))
            || (self.session && (self.persistent || self.longest.is_some_and(|l| l > DAY)));
        Twins { lines: self.lines, categories, lifetimes, parties: self.first && self.third, documents: self.documents }
    }
}
