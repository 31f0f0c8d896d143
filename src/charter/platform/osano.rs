//! Osano: the drawer lists, under each category, definition lists of name, provider, expiry and purpose. The drawer is filled
//! only once it was opened; its labels are translated, and their order is always the same.

use super::columns;
use super::data::Data;
use super::dom::At;
use super::rows::{Row, Rows};
use super::website::Website;
use crate::charter::Outcome;
use crate::lexicon::Column;

/// Nothing: no document with the list is known.
pub(super) fn requests(_: &Website<'_>) -> Vec<String> {
    Vec::new()
}

/// What the pairs are when their labels say nothing.
const ORDER: [Column; 4] = [Column::Name, Column::Provider, Column::Lifetime, Column::Purpose];

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    for dom in &data.html {
        for part in dom.root().find(|at| at.tag() == "li" && !at.with_class("osano-cm-disclosure").is_empty()) {
            category(part, rows);
        }
    }
    if !data.object("Osano.cm").is_null() && data.html.is_empty() {
        rows.refuse(Outcome::Unreadable, "reason_platform_unopened");
    }
}

fn category(part: At<'_>, rows: &mut Rows<'_>) {
    rows.group();
    let marked = part.find(|at| at.attribute("data-category").is_some());
    let id = marked.first().and_then(|at| at.attribute("data-category")).unwrap_or_default();
    let label = part.find(|at| at.has_class("osano-cm-toggle__label") || at.has_class("osano-cm-label"));
    let words = label.first().map(|at| at.text()).unwrap_or_default();
    let lists =
        part.find(|at| at.has_class("osano-cm-disclosure__list") && at.attribute("data-type") != Some("scripts"));
    for entry in lists.iter().flat_map(|list| list.with_class("osano-cm-cookie-disclosure")) {
        let titles: Vec<String> =
            entry.with_class("osano-cm-cookie-disclosure__title").iter().map(|at| at.text()).collect();
        let values: Vec<String> =
            entry.with_class("osano-cm-cookie-disclosure__description").iter().map(|at| at.text()).collect();
        let mut kinds: Vec<Option<Column>> = titles.iter().map(|title| columns::column(title, "")).collect();
        // "Cookie Name" may read as either; the first pair is the name whatever its label.
        let known = kinds.iter().skip(1).filter(|kind| kind.is_some()).count();
        if known < 2 {
            kinds = ORDER.iter().copied().map(Some).take(values.len()).collect();
        } else if let Some(first) = kinds.first_mut() {
            *first = Some(Column::Name);
        }
        let cells: Vec<&str> = values.iter().map(String::as_str).collect();
        columns::add(rows, &kinds, &cells, Row { category: &words, category_id: &id.to_uppercase(), ..Row::default() });
    }
}
