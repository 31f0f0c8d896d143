//! A name cell or a name in running text: which names it declares, and what each covers.

use crate::fold::Words;
use crate::lexicon;
use crate::page::{MarkKind, Text};
use crate::visit::StorageKind;

/// How likely a text is the name of a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// A host, a product, a sentence.
    No,
    /// One token without any mark of a technical name: a name only where names are expected.
    Possible,
    /// Underscores, mixed case, digits or wildcard marks.
    Yes,
}

/// One name that a cell declares.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredName {
    /// The name as a reader sees it.
    pub name: String,
    /// What it covers: `*` stands for any run of characters.
    pub pattern: String,
    /// Whether it looks like a name at all.
    pub likelihood: Likelihood,
    /// Cookie, local storage and so on, when the cell says so.
    pub kind: Option<StorageKind>,
    /// A host given beside the name.
    pub host: Option<String>,
    /// Other words given beside the name, in brackets or after it: often the service.
    pub note: Option<String>,
}

/// The names that a cell declares, in order.
#[must_use]
pub fn names(cell: &Text) -> Vec<DeclaredName> {
    let codes: Vec<&str> = cell
        .marks
        .iter()
        .filter(|mark| mark.kind == MarkKind::Code)
        .filter_map(|mark| cell.plain.get(mark.start..mark.end))
        .collect();
    if codes.is_empty() { names_in(&cell.plain) } else { codes.iter().flat_map(|code| names_in(code)).collect() }
}

/// The names that the plain text of a cell declares, in order.
#[must_use]
pub fn names_in(text: &str) -> Vec<DeclaredName> {
    text.split(['\n', ',', ';', '|']).filter_map(|part| single(part.trim())).collect()
}

fn single(part: &str) -> Option<DeclaredName> {
    if part.is_empty() {
        return None;
    }
    Some(DeclaredName {
        name: part.to_owned(),
        pattern: pattern_of(part),
        likelihood: looks_like_cookie_name(part),
        kind: lexicon::storage(part),
        host: None,
        note: None,
    })
}

/// What a written name covers.
#[must_use]
pub fn pattern_of(name: &str) -> String {
    name.to_owned()
}

/// How likely a text is the name of a cookie.
#[must_use]
pub fn looks_like_cookie_name(text: &str) -> Likelihood {
    if text.contains(char::is_whitespace) || text.is_empty() {
        return Likelihood::No;
    }
    if text.contains('_') || Words::of(text).len() > 1 { Likelihood::Yes } else { Likelihood::Possible }
}

/// Share of the cells of a column whose first name looks like one; 0 for no cell.
#[must_use]
pub fn column_score<'a>(cells: impl IntoIterator<Item = &'a str>) -> f32 {
    let (mut all, mut sum) = (0.0_f32, 0.0_f32);
    for cell in cells.into_iter().filter(|cell| !cell.trim().is_empty()) {
        all += 1.0;
        sum += match names_in(cell).first().map(|name| name.likelihood) {
            Some(Likelihood::Yes) => 1.0,
            Some(Likelihood::Possible) => 0.5,
            _ => 0.0,
        };
    }
    if all > 0.0 { sum / all } else { 0.0 }
}
