//! Tables whose heads the site wrote in its own language: each cell goes where its head says.

use super::dom::At;
use super::notation::Notation;
use super::rows::{Lasts, Row, Rows};
use crate::lexicon::{self, Column};

/// What the head of a column announces. A key of the platform's configuration is looked at when the words say nothing.
pub(super) fn column(words: &str, key: &str) -> Option<Column> {
    let meant = |text: &str| lexicon::column(text).first().map(|hit| hit.column);
    meant(words).or_else(|| meant(&key.replace(['_', '-'], " ")))
}

/// Adds one row of cells. Without a head for names, the first cell is the name.
pub(super) fn add(rows: &mut Rows<'_>, columns: &[Option<Column>], cells: &[&str], base: Row<'_>) {
    let mut row = base;
    let names = columns.iter().position(|column| *column == Some(Column::Name)).unwrap_or(0);
    for (at, (column, cell)) in columns.iter().zip(cells).enumerate() {
        if cell.is_empty() {
            continue;
        }
        match column {
            _ if at == names => {
                row.name = cell;
                // Some panels show the expression that finds a cookie.
                if cell.starts_with('^') {
                    row.notation = Notation::Regex;
                }
            }
            Some(Column::Provider | Column::Host) if row.hosts.is_empty() => row.hosts = cell,
            Some(Column::Provider) => row.provider = cell,
            Some(Column::Purpose) => row.purpose = cell,
            Some(Column::Category) => row.category = cell,
            Some(Column::Lifetime) => row.lasts = Lasts::Words(cell),
            Some(Column::Service) => row.service = cell,
            Some(Column::Party) => row.party = lexicon::party(cell),
            Some(Column::Storage | Column::TypeAny) => {
                row.kind = row.kind.or(lexicon::storage(cell));
                row.party = row.party.or(lexicon::party(cell));
            }
            _ => {}
        }
    }
    rows.add(row);
}

/// Adds the rows of a table element whose heads are `th`.
pub(super) fn add_table(rows: &mut Rows<'_>, table: At<'_>, category: &str, notation: Notation) {
    let heads: Vec<String> = table.with_tag(&["th"]).iter().map(|head| head.text()).collect();
    let columns: Vec<Option<Column>> = heads.iter().map(|head| column(head, "")).collect();
    if columns.iter().all(Option::is_none) {
        return;
    }
    rows.group();
    for line in table.with_tag(&["tr"]) {
        let cells: Vec<String> = line.with_tag(&["td"]).iter().map(|cell| cell.text()).collect();
        if cells.is_empty() {
            continue;
        }
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        add(rows, &columns, &cells, Row { category, notation, ..Row::default() });
    }
}
