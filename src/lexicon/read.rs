//! What short texts of a charter mean: heads of columns, categories, parties, links.

use super::table::{bytes, codes, covered, hits, negated};
use super::{Column, Kind, Lang, Link, LinkPart};
use crate::category::Category;
use crate::charter::Party;
use crate::fold::Words;
use crate::visit::StorageKind;

/// What a column head means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnHit {
    /// The column.
    pub column: Column,
    /// 1 when the head is that term, less when the head only contains it.
    pub strength: f32,
    /// Language in which it means that.
    pub lang: Lang,
}

/// What a column head may mean, most likely first; each column once.
#[must_use]
pub fn column(header: &str) -> Vec<ColumnHit> {
    let words = Words::of(header);
    let total = words.len();
    let mut found: Vec<ColumnHit> = Vec::new();
    if total == 0 || total > 12 {
        return found;
    }
    let small = hits(&words, |kind| matches!(kind, Kind::Cookie | Kind::Function | Kind::Joiner));
    for hit in hits(&words, |kind| matches!(kind, Kind::Column(_))) {
        let Kind::Column(column) = hit.kind else { continue };
        let filler = small.iter().filter(|s| s.end <= hit.start || s.start >= hit.end).map(|s| s.start..s.end);
        let mut beside: Vec<usize> = filler.flatten().collect();
        beside.sort_unstable();
        beside.dedup();
        let own = hit.end - hit.start;
        let strength = if own == total {
            1.0
        } else if own + beside.len() == total {
            0.9
        } else {
            0.2 + 0.6 * own as f32 / (total - beside.len()).max(1) as f32
        };
        match found.iter_mut().find(|f| f.column == column) {
            Some(known) if known.strength >= strength => {}
            Some(known) => *known = ColumnHit { column, strength, lang: hit.lang },
            None => found.push(ColumnHit { column, strength, lang: hit.lang }),
        }
    }
    found.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    found
}

/// True when a head announces names of cookies and nothing is a better reading of it.
#[must_use]
pub fn is_name_header(header: &str) -> bool {
    column(header).first().is_some_and(|hit| hit.column == Column::Name && hit.strength >= 0.5)
}

/// A category word in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CategoryHit {
    /// The category.
    pub category: Category,
    /// First byte in the text.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// Share of the words of the text that it covers, small words and "cookie" aside; 1 when nothing else is said.
    pub strength: f32,
    /// Language in which it means that.
    pub lang: Lang,
}

/// Every category that a text names, in order; negated ones ("not necessary") are left out.
#[must_use]
pub fn categories(text: &str) -> Vec<CategoryHit> {
    let words = Words::of(text);
    let small = covered(&words, |kind| matches!(kind, Kind::Cookie | Kind::Function | Kind::Joiner));
    let terms = hits(&words, |kind| matches!(kind, Kind::Category(_)));
    let mut found: Vec<CategoryHit> = Vec::new();
    for hit in &terms {
        let Kind::Category(category) = hit.kind else { continue };
        if negated(&words, text, hit, 3) {
            continue;
        }
        let (from, to) = bytes(&words, hit);
        if found.iter().any(|f| f.from == from && f.category == category) {
            continue;
        }
        let said = (0..words.len()).filter(|at| !small[*at] || (hit.start..hit.end).contains(at)).count();
        let strength = (hit.end - hit.start) as f32 / said.max(1) as f32;
        found.push(CategoryHit { category, from, to, strength, lang: hit.lang });
    }
    found
}

/// The category that a text names: the longest term wins, then the first.
#[must_use]
pub fn category(text: &str) -> Option<CategoryHit> {
    let mut best: Option<CategoryHit> = None;
    for hit in categories(text) {
        if best.is_none_or(|b| hit.to - hit.from > b.to - b.from) {
            best = Some(hit);
        }
    }
    best
}

/// The category of a text that says nothing else ("Cookies strictement nécessaires").
#[must_use]
pub fn category_exact(text: &str) -> Option<Category> {
    category(text).filter(|hit| hit.strength > 0.99).map(|hit| hit.category)
}

/// First or third party, when a text says one of them and not both.
#[must_use]
pub fn party(text: &str) -> Option<Party> {
    let words = Words::of(text);
    let mut found = None;
    for hit in hits(&words, |kind| matches!(kind, Kind::Party(_))) {
        let Kind::Party(party) = hit.kind else { continue };
        if negated(&words, text, &hit, 2) {
            continue;
        }
        match found {
            Some(other) if other != party => return None,
            _ => found = Some(party),
        }
    }
    found
}

/// The kind of storage that a text names, when it names exactly one besides cookies.
#[must_use]
pub fn storage(text: &str) -> Option<StorageKind> {
    let words = Words::of(text);
    let mut found = None;
    for hit in hits(&words, |kind| matches!(kind, Kind::Storage(_))) {
        let Kind::Storage(kind) = hit.kind else { continue };
        match found {
            None | Some(StorageKind::Cookie) => found = Some(kind),
            Some(other) if kind == StorageKind::Cookie || kind == other => {}
            Some(_) => return None,
        }
    }
    found
}

/// What the words of a link lead to, and the share of its words that say so.
#[must_use]
pub fn link(text: &str) -> Option<(Link, f32)> {
    let named = linked(text, |kind| if let Kind::Link(link) = kind { Some(link) } else { None });
    let cookie = linked(text, |kind| (kind == Kind::LinkPart(LinkPart::Cookie)).then_some(Link::Charter));
    match (named, cookie) {
        (Some((_, share)), Some((_, more))) if more > share => cookie,
        (None, _) => cookie,
        _ => named,
    }
}

/// What a segment of an address leads to ("politique-de-cookies"), and the share of its words that say so.
#[must_use]
pub fn slug(segment: &str) -> Option<(Link, f32)> {
    linked(segment, |kind| if let Kind::Slug(link) = kind { Some(link) } else { None })
}

fn linked(text: &str, wanted: impl Fn(Kind) -> Option<Link>) -> Option<(Link, f32)> {
    let words = Words::of(text);
    let mut best: Option<(Link, f32)> = None;
    for hit in hits(&words, |kind| wanted(kind).is_some()) {
        let Some(link) = wanted(hit.kind) else { continue };
        let share = (hit.end - hit.start) as f32 / words.len().max(1) as f32;
        let better = best.is_none_or(|(other, most)| share > most || (share == most && link < other));
        if better {
            best = Some((link, share));
        }
    }
    best
}

/// True when a text speaks of cookies, in any language.
#[must_use]
pub fn speaks_of_cookies(text: &str) -> bool {
    !hits(&Words::of(text), |kind| kind == Kind::Cookie).is_empty()
}

/// The language of a text, guessed from its small words; `None` when it is too short or undecided.
#[must_use]
pub fn language(text: &str) -> Option<Lang> {
    let words = Words::of(text);
    let mut scores = vec![0_u32; codes().len()];
    for hit in hits(&words, |kind| matches!(kind, Kind::Function | Kind::Cookie)) {
        if let Some(score) = scores.get_mut(usize::from(hit.lang.0)) {
            *score += if hit.kind == Kind::Function { 2 } else { 1 };
        }
    }
    let best = (0..scores.len()).max_by_key(|at| (scores[*at], usize::MAX - at))?;
    let second = (0..scores.len()).filter(|at| *at != best).map(|at| scores[at]).max().unwrap_or_default();
    (scores[best] >= 4 && scores[best] > second).then_some(Lang(best as u8))
}
