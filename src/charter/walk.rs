//! One pass over the blocks of a document, in order: headings make sections, and each kind of block has its reader.

use std::collections::HashSet;

use super::facts::Facts;
use super::heads;
use super::item::{self, Form, Named};
use super::labels::{self, Labelled};
use super::likeness::{self, Likeness};
use super::name::{self, DeclaredName};
use super::section::{self, LINE, Scope};
use super::table::{self, Surroundings};
use super::{Declaration, Place, cell, columns::Columns, plan::Plan, prose, service, wrapped};
use crate::lexicon::{self, Column};
use crate::page::{Block, Heading, Item, List, MarkKind, Page, Pair, Table, Text};

/// Lists in lists beyond which nobody reads.
const DEEPEST: usize = 60;
/// Longest paragraph that may hold labelled lines.
const LABELLED: usize = 3000;

/// Reads the declarations of a document.
pub(crate) fn read(page: &Page) -> Vec<Declaration> {
    let mut walk = Walk { plan: Plan::of(&page.blocks), ..Walk::default() };
    // A title that is a heading speaks for its section only.
    let headed = |title: &str| {
        page.blocks.iter().any(|block| matches!(block, Block::Heading(heading) if heading.text.plain == title))
    };
    if let Some(title) = page.title.as_ref().filter(|title| !headed(title)) {
        walk.scope.document = section::title_facts(title);
    }
    walk.blocks(&page.blocks);
    walk.flush();
    walk.settle_mentions();
    walk.found
}

#[derive(Default)]
struct Walk<'a> {
    scope: Scope<'a>,
    plan: Plan<'a>,
    found: Vec<Declaration>,
    /// Names in running text, and how many declarations stand before each.
    mentioned: Vec<(usize, Declaration)>,
    /// A record of labelled lines that is not yet complete.
    record: Option<Record<'a>>,
    /// The block just before, when it may be the title of a record: a name alone.
    title: Option<&'a Text>,
    /// A heading that is a label ("Nombre"): the next paragraph is its value.
    label: Option<Column>,
    /// Columns of the table just before.
    columns: Option<Columns>,
    tables: u32,
    rows: u32,
}

/// One cookie told in labelled lines.
struct Record<'a> {
    names: Vec<DeclaredName>,
    facts: Facts,
    lines: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    fn blocks(&mut self, blocks: &'a [Block]) {
        let mut skip = 0;
        for (at, block) in blocks.iter().enumerate() {
            if at < skip {
                continue;
            }
            if let Some((taken, rows)) = wrapped::read(&blocks[at..]) {
                self.wrapped(rows);
                skip = at + taken;
                continue;
            }
            match block {
                Block::Heading(heading) => self.heading(heading, &blocks[at + 1..]),
                Block::Table(table) => self.table(table),
                Block::List(list) => self.list(list),
                Block::Pairs(pairs) => self.pairs(pairs),
                Block::Paragraph(text) => self.paragraph(text, blocks.get(at + 1)),
            }
        }
    }

    /// Rows of a printed table, put together again.
    fn wrapped(&mut self, rows: Vec<wrapped::Row<'a>>) {
        self.flush();
        self.tables += 1;
        let around = self.scope.facts();
        for (row, number) in rows.into_iter().zip(1..) {
            let place = Place::of_cells(self.scope.headings(), self.tables, number, row.lines.iter().copied());
            self.found.push(row.facts.or(&around).declare(&row.name, place));
        }
        self.scope.close();
    }

    fn heading(&mut self, heading: &'a Heading, next: &[Block]) {
        let words = heading.text.plain.as_str();
        if self.is_label(words, next) {
            return;
        }
        if heading.level >= 7 && is_sentence(words) {
            return self.paragraph(&heading.text, None);
        }
        self.flush();
        self.columns = None;
        self.rows = 0;
        let facts = if is_name(&heading.text) { Facts::default() } else { self.plan.facts(words) };
        self.scope.heading(heading.level, words, facts);
        self.title = Some(&heading.text);
    }

    /// "Nombre", "Caducidad" as headings: labels of what follows them.
    fn is_label(&mut self, words: &'a str, next: &[Block]) -> bool {
        let Some(column) = labels::meaning(words, 0.9) else { return false };
        let starts = match (column, next) {
            (Column::Name, [Block::Paragraph(text), after @ ..]) => {
                let labelled =
                    matches!(after, [Block::Heading(label), ..] if labels::meaning(&label.text.plain, 0.9).is_some());
                cell::as_names(text).0 >= if labelled { Likeness::Product } else { Likeness::Word }
            }
            (Column::Name, _) => false,
            _ => self.record.is_some(),
        };
        if starts {
            self.label = Some(column);
        }
        starts
    }

    fn table(&mut self, table: &'a Table) {
        self.flush();
        self.label = None;
        self.tables += 1;
        let mut facts = self.scope.facts();
        let mut speaks_of_cookies = self.scope.speaks_of_cookies();
        let mut headings = self.scope.headings();
        if let Some(caption) = &table.caption {
            facts = self.plan.facts(&caption.plain).or(&facts);
            speaks_of_cookies |= lexicon::speaks_of_cookies(&caption.plain);
            headings.push(caption.plain.clone());
        }
        let around =
            Surroundings { headings, facts, speaks_of_cookies, before: self.columns.as_ref(), number: self.tables };
        if let Some((found, columns)) = table::read(table, &around) {
            self.found.extend(found);
            self.columns = Some(columns);
        } else if table::is_labelled(table) {
            self.labelled_table(table);
        }
        self.title = None;
        self.scope.close();
    }

    /// Rows of a label and a value: one cookie per table, or several one after the other.
    fn labelled_table(&mut self, table: &'a Table) {
        for row in &table.rows {
            match &row.cells[..] {
                [only] => {
                    self.flush();
                    self.title = Some(&only.text);
                }
                [label, value, ..] => {
                    if let Some(column) = labels::meaning(&label.text.plain, 0.75) {
                        self.say(column, &value.text, &value.text.plain);
                    }
                }
                [] => {}
            }
        }
        self.flush();
    }

    fn paragraph(&mut self, text: &'a Text, next: Option<&Block>) {
        if let Some(column) = self.label.take() {
            self.say(column, text, &text.plain);
            return;
        }
        if self.labelled_lines(text) {
            return;
        }
        self.flush();
        if self.defines(text) {
            return;
        }
        self.columns = None;
        let line = without_rules(&text.plain);
        let goes_on = matches!(next, Some(Block::Paragraph(next)) if next.plain.starts_with(char::is_lowercase));
        if (is_line_heading(line) && !goes_on) || (line.len() < text.plain.len() && !line.is_empty()) {
            self.scope.heading(LINE, line, self.plan.facts(line));
            self.title = Some(text);
            return;
        }
        self.title = None;
        self.running(text);
        self.only_such_cookies(text);
        for head in heads::of(text) {
            let facts = self.plan.facts(head.words);
            if !facts.is_empty() {
                self.scope.heading(LINE, head.words, facts);
            }
        }
        self.scope.paragraph(text);
    }

    /// A paragraph that is a name, set apart, and its description.
    fn defines(&mut self, text: &'a Text) -> bool {
        let Some(named) = item::named(text) else { return false };
        let apart = matches!(named.form, Form::Marked | Form::Separated) && !text.plain[named.rest..].trim().is_empty();
        let sure = named.names.iter().all(|name| name.name.contains('_'))
            || (named.form == Form::Marked && self.scope.speaks_of_cookies());
        if !(apart && sure && named.likeness == Likeness::Strong) {
            return false;
        }
        let facts = item::rest_facts(text, named.rest);
        self.begin(named.names, &text.plain);
        if let Some(record) = &mut self.record {
            record.facts = facts;
        }
        true
    }

    /// "This website uses only necessary cookies" speaks for the whole document.
    fn only_such_cookies(&mut self, text: &Text) {
        if self.scope.document.category.is_some() || text.plain.len() > 1000 {
            return;
        }
        if let Some((category, words)) = section::only_such_cookies(&text.plain) {
            self.scope.document.set_category(Some(category), words);
        }
    }

    /// Sentences that name cookies, with what a bold head before them says.
    fn running(&mut self, text: &'a Text) {
        if !prose::may_name(text) {
            return;
        }
        let mentions = prose::read(text);
        if mentions.is_empty() {
            return;
        }
        let mut facts = self.scope.facts();
        if let Some(head) = heads::of(text).into_iter().rfind(|head| head.at == 0) {
            facts = self.plan.facts(head.words).or(&facts);
        }
        for mention in mentions {
            let place = Place::of_cells(self.scope.headings(), 0, 0, [mention.sentence].into_iter());
            self.mentioned.push((self.found.len(), mention.facts.or(&facts).declare(&mention.name, place)));
        }
    }

    /// Names in sentences count where no table or list declares them.
    fn settle_mentions(&mut self) {
        let declared: HashSet<String> = self.found.iter().map(|declared| declared.name.clone()).collect();
        let mut seen = HashSet::new();
        let mut mentioned = std::mem::take(&mut self.mentioned);
        mentioned.retain(|(_, mention)| !declared.contains(&mention.name) && seen.insert(mention.name.clone()));
        if mentioned.is_empty() {
            return;
        }
        let mut mentioned = mentioned.into_iter().peekable();
        let mut merged = Vec::with_capacity(self.found.len());
        for (at, declared) in std::mem::take(&mut self.found).into_iter().enumerate() {
            while let Some((_, mention)) = mentioned.next_if(|(before, _)| *before <= at) {
                merged.push(mention);
            }
            merged.push(declared);
        }
        merged.extend(mentioned.map(|(_, mention)| mention));
        self.found = merged;
    }

    /// Lines with labels. Returns false when the text has none.
    fn labelled_lines(&mut self, text: &'a Text) -> bool {
        if text.plain.len() > LABELLED || !text.plain.contains([':', '：', '\n']) {
            return false;
        }
        let parts: Vec<Vec<Labelled<'a>>> = labels::lines(&text.plain);
        let labelled = parts.iter().filter(|line| line.iter().any(|part| part.column.is_some())).count();
        let named = parts.iter().flatten().any(|part| part.column == Some(Column::Name));
        let enough =
            named || self.record.is_some() || self.titled() || (parts.len() > 1 && item::named(text).is_some());
        let section = labelled == 1 && parts.len() == 1 && text.plain.len() <= 300;
        if labelled == 0 || !(enough || section || 2 * labelled >= parts.len()) {
            return false;
        }
        if !named && parts.len() > 1 {
            self.begin_with_first_line(text);
        }
        for part in parts.into_iter().flatten() {
            match part.column {
                Some(column) => self.say(column, text, part.value),
                None => self.say_unlabelled(text, part.value),
            }
        }
        true
    }

    /// A name alone on the first line begins a record; the lines below tell the rest.
    fn begin_with_first_line(&mut self, text: &'a Text) {
        let Some(named) = item::named(text) else { return };
        let alone = text.plain[named.rest..].trim_start_matches([' ', ':']).starts_with('\n');
        let sure = named.likeness == Likeness::Strong || (named.likeness == Likeness::Word && has_code(text));
        if alone && sure {
            self.flush();
            self.begin(named.names, first_line(text));
        }
    }

    /// True when the block before is a name that may head a record.
    fn titled(&self) -> bool {
        self.title.is_some_and(is_name)
    }

    /// One labelled value.
    fn say(&mut self, column: Column, text: &'a Text, value: &'a str) {
        if column == Column::Name {
            self.flush();
            self.title = None;
            let value = value.trim_end_matches('.');
            let names = if value.len() == text.plain.len() { name::names(text) } else { name::names_in(value) };
            self.begin(names, value);
            return;
        }
        if self.record.is_none()
            && let Some(title) = self.title.take().filter(|title| is_name(title))
        {
            let named = item::named(title).map(|named| named.names).unwrap_or_default();
            self.begin(named, &title.plain);
        }
        match &mut self.record {
            Some(record) => {
                record.lines.push(value);
                section::state(&mut record.facts, column, value);
            }
            None => self.scope.state(column, value),
        }
    }

    /// A line between labelled lines, whose label is missing: it is the purpose, when none is told.
    fn say_unlabelled(&mut self, _text: &'a Text, value: &'a str) {
        let Some(record) = &mut self.record else { return };
        if record.lines.first() != Some(&value)
            && record.facts.purpose.is_none()
            && value.split_whitespace().count() >= 3
        {
            record.lines.push(value);
            section::state(&mut record.facts, Column::Purpose, value);
        }
    }

    fn begin(&mut self, names: Vec<DeclaredName>, words: &'a str) {
        let names: Vec<DeclaredName> =
            names.into_iter().filter(|name| likeness::of_token(&name.name) > Likeness::No).collect();
        if !names.is_empty() {
            self.record = Some(Record { names, facts: Facts::default(), lines: vec![words] });
        }
    }

    /// Declares the record that is open.
    fn flush(&mut self) {
        let Some(record) = self.record.take() else { return };
        let facts = record.facts.or(&self.scope.facts());
        self.rows += 1;
        for name in &record.names {
            let place = Place::of_cells(self.scope.headings(), 0, self.rows, record.lines.iter().copied());
            self.found.push(item::with_note(&facts, name).declare(name, place));
        }
    }

    /// Pairs: labelled lines, or terms that are names with their description.
    fn pairs(&mut self, pairs: &'a [Pair]) {
        for pair in pairs {
            match labels::meaning(&pair.label.plain, 0.75) {
                Some(column) => {
                    for value in &pair.values {
                        self.say(column, value, &value.plain);
                    }
                }
                None if is_term(&pair.label) => {
                    self.flush();
                    self.term(pair);
                }
                None => self.title = pair.values.first(),
            }
        }
        self.columns = None;
    }

    /// A name with its description.
    fn term(&mut self, pair: &'a Pair) {
        let Some(Named { names, .. }) = item::named(&pair.label) else { return };
        self.begin(names, &pair.label.plain);
        for value in &pair.values {
            let facts = item::rest_facts(value, 0);
            if let Some(record) = &mut self.record {
                record.lines.push(&value.plain);
                record.facts = std::mem::take(&mut record.facts).or(&facts);
            }
        }
        self.flush();
    }

    fn list(&mut self, list: &'a List) {
        self.columns = None;
        self.label = None;
        let labelled = list.items.iter().filter(|item| begins_with_label(&item.text)).count();
        if 2 * labelled >= list.items.len() {
            for item in &list.items {
                if !self.labelled_lines(&item.text) {
                    self.title = Some(&item.text);
                }
                self.blocks(&item.children);
            }
            return;
        }
        self.flush();
        let named: Vec<Option<Named>> = list.items.iter().map(|item| item::named(&item.text)).collect();
        let accepted = accept(&named, list, self.scope.speaks_of_cookies());
        self.rows = 0;
        for (item, named) in list.items.iter().zip(named) {
            match named.filter(|named| accepted && !is_known_word(named)) {
                Some(named) => self.item(item, named),
                None => self.heading_item(item),
            }
        }
        self.title = None;
        self.scope.close();
    }

    /// An item that declares names.
    fn item(&mut self, item: &'a Item, named: Named) {
        let facts = item::rest_facts(&item.text, named.rest);
        self.begin(named.names, &item.text.plain);
        if let Some(record) = &mut self.record {
            record.facts = facts;
        }
        for child in &item.children {
            match child {
                Block::Paragraph(text) if self.record.is_some() => {
                    if !self.labelled_lines(text) {
                        self.say_unlabelled(text, &text.plain);
                    }
                }
                other => self.blocks(std::slice::from_ref(other)),
            }
        }
        self.flush();
    }

    /// An item that is no name: running text, and the heading of what is nested in it.
    fn heading_item(&mut self, item: &'a Item) {
        let text = &item.text;
        if item.children.is_empty() || self.scope.depth() > DEEPEST {
            self.running(text);
            return;
        }
        let head = heads::of(text).iter().find(|head| head.at == 0).map_or_else(|| first_line(text), |head| head.words);
        self.scope.enter(head, self.plan.facts(head));
        self.title = Some(text);
        self.running(text);
        for head in heads::of(text).into_iter().filter(|head| head.at > 0) {
            self.scope.heading(LINE, head.words, self.plan.facts(head.words));
        }
        self.blocks(&item.children);
        self.flush();
        self.scope.leave();
    }
}

fn first_line(text: &Text) -> &str {
    text.plain.lines().next().unwrap_or_default()
}

/// Is a list one of cookies? Enough of its items must begin with names, and some must be written as only names are.
fn accept(named: &[Option<Named>], list: &List, speaks_of_cookies: bool) -> bool {
    let found: Vec<&Named> = named.iter().flatten().filter(|named| !is_known_word(named)).collect();
    let leaves = list.items.iter().filter(|item| item.children.is_empty()).count().max(1);
    let strong = found.iter().filter(|named| named.likeness == Likeness::Strong).count();
    let code = found.iter().filter(|named| named.form == Form::Marked && named.likeness == Likeness::Word).count();
    let small = found.iter().filter(|named| named.likeness == Likeness::Word).count();
    if 2 * found.len() < leaves || found.is_empty() {
        return false;
    }
    if strong > 0 && (speaks_of_cookies || marked_names(&found) > 0) {
        return 2 * (strong + small) >= found.len();
    }
    speaks_of_cookies && small * 2 > found.len() && (code > 0 || small <= 40)
}

/// A word of which we know another meaning: a category, a party, a service.
fn is_known_word(named: &Named) -> bool {
    named.likeness < Likeness::Strong
        && named.names.iter().all(|name| {
            lexicon::category_exact(&name.name).is_some()
                || lexicon::party(&name.name).is_some()
                || service::is_known(&name.name)
        })
}

/// Names with marks that only names have.
fn marked_names(found: &[&Named]) -> usize {
    found.iter().filter(|named| named.names.iter().any(|name| name.name.contains(['_', '*']))).count()
}

/// True for a text that is a name and nothing else.
fn is_name(text: &Text) -> bool {
    text.plain.len() <= 120
        && item::named(text).is_some_and(|named| {
            matches!(named.form, Form::Bare | Form::Marked)
                && text.plain[named.rest..].trim_matches([' ', ':', '.']).is_empty()
                && (named.likeness == Likeness::Strong || (named.likeness == Likeness::Word && has_code(text)))
        })
}

fn has_code(text: &Text) -> bool {
    text.marks.iter().any(|mark| mark.kind == MarkKind::Code)
}

/// True for the term of a definition that is a name.
fn is_term(label: &Text) -> bool {
    label.plain.len() <= 120
        && item::named(label).is_some_and(|named| {
            label.plain[named.rest..].trim().is_empty()
                && (named.likeness == Likeness::Strong || named.likeness == Likeness::Word && has_code(label))
        })
}

fn begins_with_label(text: &Text) -> bool {
    let first = labels::lines(&text.plain).into_iter().next().unwrap_or_default();
    first.first().is_some_and(|part| part.column.is_some())
}

/// A line without the bars and dashes that a broken table left in front of its caption.
fn without_rules(words: &str) -> &str {
    let rest = words.trim_start_matches([' ', '|', '-', '+', ':', '=', '\n']);
    if words.starts_with(['|', '+']) && !rest.contains('|') { rest.trim() } else { words.trim() }
}

/// A short line by itself that names a category of cookies serves as a heading, whatever its markup.
fn is_line_heading(words: &str) -> bool {
    let words = words.trim();
    let count = words.split_whitespace().count();
    if words.contains('\n') || count > 14 || words.ends_with([':', ';', ',', '!', '?']) && count > 5 {
        return false;
    }
    if words.ends_with(['.', '。']) || words.contains(". ") || words.starts_with(char::is_lowercase) {
        return false;
    }
    match lexicon::category(words) {
        Some(hit) => hit.strength > 0.99 || lexicon::speaks_of_cookies(words),
        None => count <= 4 && lexicon::speaks_of_cookies(words),
    }
}

/// True for a bold line that says something instead of heading something.
fn is_sentence(words: &str) -> bool {
    let words = words.trim();
    words.split_whitespace().count() > 5 && words.ends_with(['.', '!', '。'])
}
