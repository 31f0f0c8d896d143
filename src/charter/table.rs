//! Tables of cookies: which rows are heads, which are data, and what each data row declares.

use super::cell::{CellShape, without_head};
use super::columns::{Around, Columns, Role};
use super::facts::{Facts, Said, said};
use super::grid::{Grid, GridRow};
use super::likeness::{self, Likeness};
use super::name::{self, DeclaredName};
use super::service;
use super::{Declaration, Place, item, lifetime};
use crate::lexicon::{self, Column};
use crate::page::{Cell, Table, Text};

/// What stands around a table.
pub(crate) struct Surroundings<'a> {
    pub headings: Vec<String>,
    /// What headings and sentences above say about every row.
    pub facts: Facts,
    pub speaks_of_cookies: bool,
    /// Columns of the table before, when nothing but broken lines stand between.
    pub before: Option<&'a Columns>,
    /// Number of the table in the document, from 1.
    pub number: u32,
}

/// Reads a table. `None` when it is no table of cookies; else its declarations and its columns.
pub(crate) fn read(table: &Table, around: &Surroundings) -> Option<(Vec<Declaration>, Columns)> {
    let upright = Grid::new(table);
    if let Some(read) = read_grid(&upright, around) {
        return Some(read);
    }
    if !is_transposed(&upright) {
        return None;
    }
    let turned = upright.transposed();
    read_grid(&turned, around)
}

/// True when the first column holds the heads.
pub(crate) fn is_transposed(grid: &Grid) -> bool {
    if grid.width < 2 || grid.rows.len() < 2 || grid.rows.len() > 24 {
        return false;
    }
    let heads = grid.rows.iter().filter(|row| is_head_word(row.words(0))).count();
    heads >= 2 && 2 * heads >= grid.rows.len()
}

/// True for a table of labels and values: one cookie, or several one after the other.
pub(crate) fn is_labelled(table: &Table) -> bool {
    let paired = table.rows.iter().filter(|row| row.cells.len() == 2);
    let heads = paired.filter(|row| is_head_word(&row.cells[0].text.plain)).count();
    heads >= 2 && 2 * heads >= table.rows.len()
}

fn read_grid(grid: &Grid, around: &Surroundings) -> Option<(Vec<Declaration>, Columns)> {
    let (head, first) = find_head(grid);
    let body: Vec<usize> = (first..grid.rows.len()).filter(|at| is_data(grid, *at)).collect();
    if body.is_empty() {
        return None;
    }
    let context = Around { speaks_of_cookies: around.speaks_of_cookies, category: around.facts.category.is_some() };
    let continued = around.before.filter(|before| head.is_none() && before.roles.len() == grid.width);
    let columns = match continued {
        Some(before) => before.clone(),
        None => Columns::decide(grid, head, &body, context)?,
    };
    let mut reader = Rows {
        grid,
        around,
        head,
        told: Facts::default(),
        carried: vec![String::new(); grid.width],
        begins_with_category: begins_with_category(grid, &body, &columns),
        found: Vec::new(),
        number: 0,
        columns,
    };
    for at in first..grid.rows.len() {
        reader.row(at);
    }
    let Rows { found, columns, .. } = reader;
    (!found.is_empty()).then_some((found, columns))
}

/// The row with the heads, and the first row after it.
fn find_head(grid: &Grid) -> (Option<usize>, usize) {
    let mut marked = None;
    for (at, row) in grid.rows.iter().enumerate().take(6) {
        if row.is_empty() || row.only_cell().is_some() && grid.width > 1 {
            continue;
        }
        if is_head_row(row) {
            return (Some(at), at + 1);
        }
        if row.header && marked.is_none() {
            marked = Some(at);
            continue;
        }
        break;
    }
    match marked {
        Some(at) => (Some(at), at + 1),
        None => (None, 0),
    }
}

/// True when most cells of a row are heads of columns that we know.
fn is_head_row(row: &GridRow) -> bool {
    let mut filled = 0;
    let mut known = 0;
    for cell in row.own_cells().filter(|cell| !cell.text.plain.trim().is_empty()) {
        filled += 1;
        known += usize::from(is_head_word(&cell.text.plain));
    }
    filled > 0
        && (2 * known > filled || (known >= 2 && row.header) || (known >= 1 && known == filled))
        && (known >= 2 || row.header || filled == 1)
}

fn is_head_word(words: &str) -> bool {
    let words = words.trim().trim_end_matches(':');
    words.len() <= 80
        && lexicon::column(words).first().is_some_and(|hit| hit.strength >= 0.5)
        && likeness::of_token(words) < Likeness::Strong
}

/// True for rows that may declare something.
fn is_data(grid: &Grid, at: usize) -> bool {
    let row = &grid.rows[at];
    let spanning = grid.width > 1 && row.only_cell().is_some();
    !(row.is_empty() || spanning || is_head_row(row))
}

/// "ANALYTICS counts visits", "Advertising (Google Ads)": the purpose of most rows begins with its category.
fn begins_with_category(grid: &Grid, body: &[usize], columns: &Columns) -> bool {
    let Some(purpose) = columns.find(Role::Purpose) else { return false };
    let mut filled = 0;
    let mut begun = 0;
    for row in body.iter().take(60) {
        let words = grid.rows[*row].words(purpose);
        if !words.trim().is_empty() {
            filled += 1;
            begun += usize::from(leading_category(words, true).is_some());
        }
    }
    begun >= 3 && 5 * begun >= 3 * filled
}

/// The category with which a purpose begins, and the words that give it.
///
/// In capitals or alone it is one wherever it stands; otherwise only where the rows around begin so too (`usual`).
fn leading_category(words: &str, usual: bool) -> Option<(crate::category::Category, String)> {
    let words = words.trim_start();
    let capitals: String =
        words.chars().take_while(|letter| letter.is_uppercase() || matches!(letter, ' ' | '/' | '-')).collect();
    let mut lead = capitals.trim_end();
    // "FUNCTIONALConserves": the last capital belongs to the next word.
    let glued = words[lead.len()..].chars().next().is_some_and(char::is_lowercase);
    if glued && !capitals.ends_with(' ') {
        lead = lead.char_indices().next_back().map_or("", |(at, _)| &lead[..at]);
    }
    let lead = lead.trim_end();
    if lead.chars().count() >= 4
        && let Some(category) = lexicon::category_exact(lead)
    {
        return Some((category, lead.to_owned()));
    }
    if let Some(category) = lexicon::category_exact(words).filter(|_| words.split_whitespace().count() <= 4) {
        return Some((category, words.trim_end().to_owned()));
    }
    if !usual {
        return None;
    }
    let hit = lexicon::categories(words).into_iter().find(|hit| hit.from == 0)?;
    Some((hit.category, words[..hit.to].to_owned()))
}

struct Rows<'a, 'g> {
    grid: &'a Grid<'g>,
    around: &'a Surroundings<'a>,
    head: Option<usize>,
    columns: Columns,
    /// What spanning rows above say.
    told: Facts,
    /// Last value of the columns whose blank cells repeat the cell above.
    carried: Vec<String>,
    begins_with_category: bool,
    found: Vec<Declaration>,
    number: u32,
}

impl Rows<'_, '_> {
    fn row(&mut self, at: usize) {
        let row = &self.grid.rows[at];
        if row.is_empty() {
            return;
        }
        if self.grid.width > 1 {
            if let Some(cell) = row.only_cell()
                && self.spanning(cell)
            {
                return;
            }
            if is_head_row(row) {
                self.repeated_head(at);
                return;
            }
        }
        self.number += 1;
        let shift = self.shift(row);
        let cell = |column: usize| shift(column).and_then(|column| row.cell(column));
        let mut names = Vec::new();
        if let Some(cell) = cell(self.columns.name) {
            names = declared(&cell.text, self.label(self.columns.name));
        }
        if names.is_empty() {
            self.continued(row);
            return;
        }
        let mut facts = Facts::default();
        let mut lifetimes = Vec::new();
        for column in 0..self.columns.roles.len() {
            let role = self.columns.roles[column];
            let words = cell(column).map_or("", |cell| without_head(&cell.text.plain, self.label(column)));
            let words = self.carry(column, role, words);
            let words = words.as_str();
            if words.trim().is_empty() {
                continue;
            }
            if role == Role::Lifetime {
                lifetimes = parallel(words, names.len());
            }
            self.take(&mut facts, role, words);
        }
        if facts.category.is_none()
            && let Some(purpose) = &facts.purpose
            && let Some((category, words)) = leading_category(purpose, self.begins_with_category)
        {
            facts.set_category(Some(category), &words);
        }
        let own = facts.clone();
        let facts = facts.or(&self.told).or(&self.around.facts);
        let products = names.iter().filter(|name| likeness::of_token(&name.name) == Likeness::Product).count();
        for (at, name) in names.iter().enumerate() {
            // A product in the name column of a row that says nothing else is no cookie.
            if products == names.len() && is_product(&name.name, &own) {
                continue;
            }
            let mut facts = facts.clone();
            if let Some(lifetime) = lifetimes.get(at) {
                facts.lifetime = Some(Said::new(lifetime, self.columns.unit));
            }
            let facts = item::with_note(&facts, name);
            let cells = row.own_cells().map(|cell| cell.text.plain.as_str());
            let cells: Vec<&str> = cells.collect();
            let place =
                Place::of_cells(self.around.headings.clone(), self.around.number, self.number, cells.into_iter());
            self.found.push(facts.declare(name, place));
        }
    }

    /// A row with one cell over all columns: category, provider or another word about the rows below.
    fn spanning(&mut self, cell: &Cell) -> bool {
        let words = cell.text.plain.trim();
        let (likeness, _) = super::cell::as_names(&cell.text);
        let alone = cell.colspan > 1 || cell.header || likeness < Likeness::Word;
        let in_name_column = self.grid.width > 1 && !alone;
        if in_name_column && lexicon::category_exact(words).is_none() {
            return false;
        }
        if words.split_whitespace().count() > 16 {
            return true;
        }
        let facts = super::section::heading_facts(words, true);
        if !facts.is_empty() {
            // A category row ends the one before; a provider row stands under its category.
            self.told =
                if facts.category.is_some() { facts } else { facts.or(&Facts { provider: None, ..self.told.clone() }) };
            self.carried.iter_mut().for_each(String::clear);
        }
        true
    }

    /// The heads again, perhaps in another order.
    fn repeated_head(&mut self, at: usize) {
        let body: Vec<usize> =
            (at + 1..self.grid.rows.len()).take_while(|row| !is_head_row(&self.grid.rows[*row])).collect();
        let body: Vec<usize> = body.into_iter().filter(|row| is_data(self.grid, *row)).take(60).collect();
        let around = Around { speaks_of_cookies: true, category: false };
        if let Some(columns) = Columns::decide(self.grid, Some(at), &body, around) {
            self.columns = columns;
            self.head = Some(at);
        }
    }

    /// A row without a name: the purpose of the row above goes on.
    fn continued(&mut self, row: &GridRow) {
        let Some(purpose) = self.columns.find(Role::Purpose) else { return };
        let more = row.words(purpose).trim();
        let others = (0..self.columns.roles.len()).filter(|column| *column != purpose);
        if more.is_empty() || others.into_iter().any(|column| !row.words(column).trim().is_empty()) {
            return;
        }
        let place = self.found.last().map(|last| last.place.row);
        for last in self.found.iter_mut().rev().take_while(|last| Some(last.place.row) == place) {
            if let Some(words) = &mut last.purpose {
                words.push(' ');
                words.push_str(more);
            }
        }
    }

    /// Blank cells of the grouping columns repeat the value above: a row span was lost on the way.
    fn carry(&mut self, column: usize, role: Role, words: &str) -> String {
        let groups = matches!(role, Role::Provider | Role::Category | Role::Service | Role::Host);
        if !groups || column > self.columns.name {
            return words.to_owned();
        }
        if words.trim().is_empty() {
            return self.carried[column].clone();
        }
        words.clone_into(&mut self.carried[column]);
        words.to_owned()
    }

    fn label(&self, column: usize) -> &str {
        self.head.map_or("", |head| self.grid.rows[head].words(column))
    }

    /// For a row with one cell too many or too few: where the cell of each column stands.
    fn shift(&self, row: &GridRow) -> impl Fn(usize) -> Option<usize> + use<> {
        let place = moved(row, &self.columns);
        move |column| match place {
            Some((from, by)) if by < 0 && column == from => None,
            Some((from, by)) if column >= from => column.checked_add_signed(by),
            _ => Some(column),
        }
    }

    fn take(&self, facts: &mut Facts, role: Role, words: &str) {
        match role {
            Role::Name | Role::Ignored => {}
            Role::Lifetime => {
                let said = Said::new(words, self.columns.unit);
                if said.value.is_none() && facts.kind.is_none() {
                    facts.kind = lexicon::storage(words);
                }
                facts.lifetime = said_lifetime(said);
            }
            Role::Any => take_for_what_it_says(facts, words),
            Role::Purpose if facts.purpose.is_some() => {
                if let (Some(purpose), Some(more)) = (&mut facts.purpose, said(words)) {
                    purpose.push('\n');
                    purpose.push_str(&more);
                }
            }
            Role::Provider => super::section::state(facts, Column::Provider, words),
            Role::Purpose => super::section::state(facts, Column::Purpose, words),
            Role::Category => super::section::state(facts, Column::Category, words),
            Role::Party => super::section::state(facts, Column::Party, words),
            Role::Host => super::section::state(facts, Column::Host, words),
            Role::Service => super::section::state(facts, Column::Service, words),
            Role::LegalBasis => super::section::state(facts, Column::LegalBasis, words),
            Role::Storage => super::section::state(facts, Column::Storage, words),
        }
    }
}

fn said_lifetime(said: Said) -> Option<Said> {
    super::facts::said(&said.words).map(|_| said)
}

/// A cell under "Type" or an unknown head, taken for what it says by itself.
pub(crate) fn take_for_what_it_says(facts: &mut Facts, words: &str) {
    let count = words.split_whitespace().count();
    if count > 6 {
        return;
    }
    if let Some(kind) = lexicon::storage(words) {
        facts.kind.get_or_insert(kind);
    }
    if let Some(party) = lexicon::party(words) {
        facts.party.get_or_insert(party);
    }
    if facts.category.is_none()
        && let Some(hit) = lexicon::category(words).filter(|hit| hit.strength >= 0.6)
    {
        facts.set_category(Some(hit.category), words);
    }
    if facts.lifetime.is_none() {
        let said = Said::new(words, None);
        if said.value.is_some() {
            facts.lifetime = Some(said);
        }
    }
}

/// The names that a cell declares, its own column label aside.
fn declared(text: &Text, label: &str) -> Vec<DeclaredName> {
    let shorter = without_head(&text.plain, label);
    let names = if shorter.len() == text.plain.len() { name::names(text) } else { name::names_in(shorter) };
    names.into_iter().filter(|name| likeness::of_token(&name.name) > Likeness::No).collect()
}

/// As many lifetimes as names, in the same order, or none.
fn parallel(words: &str, names: usize) -> Vec<String> {
    if names < 2 {
        return Vec::new();
    }
    for separator in ['\n', ';', ',', '/'] {
        let parts: Vec<&str> = words.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.len() == names && parts.iter().all(|part| lifetime::parse(part).is_lifetime()) {
            return parts.into_iter().map(str::to_owned).collect();
        }
    }
    Vec::new()
}

/// A product or company in the name cell: it names itself as the provider, is a known service, or nothing is said of it.
fn is_product(name: &str, facts: &Facts) -> bool {
    let itself = facts.provider.as_deref().is_some_and(|provider| provider.eq_ignore_ascii_case(name));
    itself || service::is_known(name)
}

/// The hosts in a cell, in order.
pub(crate) fn hosts(words: &str) -> Vec<String> {
    words
        .split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')'))
        .map(|host| super::cell::without_scheme(host).trim_end_matches('/'))
        .filter(|host| likeness::is_host(host))
        .map(|host| host.trim_start_matches("*.").trim_start_matches('.').to_ascii_lowercase())
        .collect()
}

/// A row with one cell too many or too few: from which column on, and by how much, its cells stand elsewhere.
fn moved(row: &GridRow, columns: &Columns) -> Option<(usize, isize)> {
    // Columns after the last one with a meaning, and blank cells at the end of the row, do not count.
    let width = columns.roles.iter().rposition(|role| *role != Role::Ignored).map_or(0, |last| last + 1);
    let shapes: Vec<Option<CellShape>> =
        row.slots.iter().map(|slot| slot.cell.and_then(|cell| CellShape::of(&cell.text, ""))).collect();
    let cells = if row.slots.len() > width {
        shapes.iter().rposition(Option::is_some).map_or(0, |last| last + 1)
    } else {
        row.slots.len()
    };
    if cells == width || cells < 2 || cells > width + 1 || cells + 1 < width {
        return None;
    }
    let by: isize = if cells < width { -1 } else { 1 };
    let fit = |from: usize| -> i32 {
        (0..width)
            .map(|column| {
                if by < 0 && column == from {
                    return 0; // this column has no cell
                }
                let at = if column >= from { column.checked_add_signed(by) } else { Some(column) };
                let shape = at.and_then(|at| shapes.get(at)).and_then(Option::as_ref);
                shape.map_or(0, |shape| fits(columns.roles[column], shape))
            })
            .sum()
    };
    let plain = fit(usize::MAX);
    let best = (0..width).map(|from| (fit(from), from)).max_by_key(|(fit, from)| (*fit, *from))?;
    (best.0 > plain).then_some((best.1, by))
}

fn fits(role: Role, shape: &CellShape) -> i32 {
    let good = match role {
        Role::Name => shape.name >= Likeness::Word,
        Role::Lifetime => shape.lifetime,
        Role::Host => shape.host,
        Role::Party => shape.party,
        Role::Category => shape.category,
        Role::Storage => shape.storage,
        Role::Purpose => shape.sentence,
        Role::Provider | Role::Service => shape.proper && !shape.sentence && !shape.lifetime,
        Role::LegalBasis | Role::Any | Role::Ignored => return 0,
    };
    if good { 2 } else { -1 }
}
