//! The shape of a cell: what it may be, whatever its column is called.

use super::lifetime;
use super::likeness::{self, Likeness};
use super::name::{self, DeclaredName};
use crate::lexicon;
use crate::page::Text;

/// Words beyond which a cell is no label, category or lifetime by itself.
const FEW_WORDS: usize = 8;

/// What a cell may be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CellShape {
    /// As names of cookies.
    pub name: Likeness,
    /// Names with marks that only names have (`_`, `*`).
    pub marked: bool,
    pub lifetime: bool,
    pub host: bool,
    pub category: bool,
    pub party: bool,
    pub storage: bool,
    pub price: bool,
    /// Five words or more.
    pub sentence: bool,
    /// A few words with a capital, as companies are called.
    pub proper: bool,
    pub length: usize,
}

impl CellShape {
    /// Looks at a cell, the head of its column at its start aside; none when it is blank.
    pub fn of(text: &Text, head: &str) -> Option<CellShape> {
        let words = without_head(&text.plain, head).trim();
        if words.is_empty() || !words.chars().any(|letter| letter.is_alphanumeric() || letter == '*') {
            return None;
        }
        let count = words.split_whitespace().count();
        let few = count <= FEW_WORDS;
        let (name, marked) =
            if words.len() < text.plain.trim().len() { likeness_of(&name::names_in(words)) } else { as_names(text) };
        let strong = name == Likeness::Strong;
        let lifetime = !strong && count <= 2 * FEW_WORDS && lifetime::parse(words).is_lifetime();
        let category = !strong && few && lexicon::category_exact(words).is_some();
        let party = !strong && few && lexicon::party(words).is_some();
        let storage = !strong && few && lexicon::storage(words).is_some();
        let told = lifetime || category || party || storage;
        Some(CellShape {
            name: if told && name < Likeness::Strong { Likeness::No } else { name },
            marked,
            lifetime,
            host: pieces(words).all(|piece| likeness::is_host(without_scheme(piece))),
            category,
            party,
            storage,
            price: few && is_price(words),
            sentence: count >= 5 || (count <= 2 && words.chars().count() > 12 && !words.is_ascii()),
            proper: few && words.chars().next().is_some_and(char::is_uppercase) && !strong,
            length: words.len(),
        })
    }
}

/// How much a cell looks like one or more names, and whether they have marks of names.
pub(crate) fn as_names(text: &Text) -> (Likeness, bool) {
    likeness_of(&name::names(text))
}

fn likeness_of(names: &[DeclaredName]) -> (Likeness, bool) {
    let mut best = Likeness::No;
    let mut marked = false;
    let mut good = 0;
    for name in names {
        let likeness = likeness::of_token(&name.name);
        good += usize::from(likeness > Likeness::No);
        best = best.max(likeness);
        marked |= likeness > Likeness::No && name.name.contains(['_', '*']);
    }
    if 2 * good < names.len() || good == 0 { (Likeness::No, false) } else { (best, marked) }
}

/// The words of a cell without the head of its column, which some pages repeat for narrow screens.
pub(crate) fn without_head<'a>(words: &'a str, head: &str) -> &'a str {
    let head = head.trim().trim_end_matches(':').trim_end();
    if head.is_empty() {
        return words;
    }
    match words.trim_start().strip_prefix(head) {
        Some(rest) if rest.starts_with([':', '\n']) || rest.starts_with(" :") => {
            rest.trim_start_matches([' ', ':', '\n'])
        }
        _ => words,
    }
}

fn pieces(words: &str) -> impl Iterator<Item = &str> {
    words.split([',', ';', '\n', ' ']).map(str::trim).filter(|piece| !matches!(*piece, "" | "/" | "|"))
}

/// An address without `https://`.
pub(crate) fn without_scheme(address: &str) -> &str {
    address.split_once("://").map_or(address, |(_, rest)| rest)
}

/// A number with a currency.
fn is_price(words: &str) -> bool {
    let currency = words.contains(['€', '$', '£', '¥', '₺', '₴'])
        || words
            .split(|letter: char| !letter.is_alphabetic())
            .any(|word| matches!(word, "EUR" | "USD" | "GBP" | "CHF" | "PLN"));
    currency && words.chars().any(|letter| letter.is_ascii_digit())
}

/// The shapes of the cells of a column.
#[derive(Debug, Default)]
pub(crate) struct Shapes {
    shapes: Vec<CellShape>,
    /// Cells that say something.
    pub filled: usize,
    /// All cells.
    pub cells: usize,
}

impl Shapes {
    pub fn add(&mut self, shape: Option<CellShape>) {
        self.cells += 1;
        if let Some(shape) = shape {
            self.filled += 1;
            self.shapes.push(shape);
        }
    }

    /// Share of the filled cells that pass a test.
    pub fn share(&self, test: impl Fn(&CellShape) -> bool) -> f32 {
        let passed = self.shapes.iter().filter(|shape| test(shape)).count();
        passed as f32 / self.filled.max(1) as f32
    }

    /// From 0 to 1: how much the cells look like names.
    pub fn names(&self) -> f32 {
        let sum: f32 = self
            .shapes
            .iter()
            .map(|shape| match shape.name {
                Likeness::Strong => 1.0,
                Likeness::Word => 0.6,
                Likeness::Product => 0.25,
                Likeness::No => 0.0,
            })
            .sum();
        sum / self.filled.max(1) as f32
    }

    /// Bytes per filled cell.
    pub fn mean_length(&self) -> usize {
        self.shapes.iter().map(|shape| shape.length).sum::<usize>() / self.filled.max(1)
    }
}
