//! Which declaration covers which thing stored: name, pattern, host, kind and party together, the most specific first.
//!
//! Nothing here tries every declaration for every cookie. Declarations of one name stand in cells, one for each host that
//! they give, and a cell keeps only the best declaration for each kind and party.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::charter::{Declaration, Lifetime, LifetimeWord, Party};
use crate::known;
use crate::pattern::{self, PatternIndex};
use crate::site;
use crate::visit::StorageKind;

/// The declarations of a charter, ready to be asked.
#[derive(Debug, Default)]
pub(crate) struct Declarations<'a> {
    /// In the order of the charter's places, so that their order in memory does not matter.
    pub(crate) all: Vec<Declared<'a>>,
    /// Number of each different pattern.
    numbers: HashMap<&'a str, usize>,
    index: PatternIndex,
    hosts: HashMap<String, u32>,
    cells: Vec<Cell>,
    by_place: HashMap<(usize, Where), u32>,
}

/// One declaration, with what matching needs of it.
#[derive(Debug)]
pub(crate) struct Declared<'a> {
    pub(crate) text: &'a Declaration,
    /// Its hosts in normal form.
    pub(crate) hosts: Vec<String>,
    /// True when its pattern is too wide to say anything about one cookie.
    pub(crate) broad: bool,
    cells: Vec<u32>,
}

/// Where a declaration holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Where {
    /// It gives no host.
    Anywhere,
    /// On this host (by number) and its subdomains.
    Host(u32),
    /// On a host of this site; weaker, since charters are loose about `www`.
    Site(u32),
    /// It gives hosts, whichever they are.
    Elsewhere,
}

/// Declarations of one name at one place.
#[derive(Debug, Default)]
struct Cell {
    best: Vec<u32>,
    /// Bits of the kinds that were met here.
    met: u16,
}

/// The declaration that covers a thing, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Covered {
    /// Number in [`Declarations::all`].
    pub(crate) declaration: usize,
    /// True when the name stands there exactly, without any pattern.
    pub(crate) exactly: bool,
}

/// What the charter has for a thing stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The declaration that covers it.
    pub(crate) covered: Option<Covered>,
    /// A pattern too wide to count, when nothing better covers it.
    pub(crate) broad: Option<usize>,
    /// A declaration of its name for another host.
    pub(crate) elsewhere: Option<usize>,
}

/// A thing to be looked up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Thing<'a> {
    pub(crate) kind: StorageKind,
    pub(crate) name: &'a str,
    pub(crate) host: &'a str,
    pub(crate) party: Option<Party>,
    /// True for a known cookie that a service's script writes for the site that uses it: charters often give the
    /// service's host for it.
    pub(crate) script_cookie: bool,
}

impl<'a> Declarations<'a> {
    /// Files declarations.
    pub(crate) fn new(declarations: &'a [Declaration]) -> Self {
        let mut order: Vec<&Declaration> = declarations.iter().collect();
        order.sort_by(|a, b| by_place(a, b));
        let mut filed = Declarations::default();
        for text in order {
            let hosts: Vec<String> = text.hosts.iter().filter_map(|h| host_of_declaration(h)).collect();
            filed.all.push(Declared { text, hosts, broad: false, cells: Vec::new() });
            filed.file(filed.all.len() - 1);
        }
        let mut patterns: Vec<(&str, usize)> = filed.numbers.iter().map(|(text, number)| (*text, *number)).collect();
        patterns.sort_by_key(|(_, number)| *number);
        let broad: Vec<bool> = patterns.iter().map(|(text, _)| too_broad(text)).collect();
        filed.index = PatternIndex::new(patterns.into_iter().map(|(text, _)| text));
        for declared in &mut filed.all {
            let number = filed.numbers.get(pattern_of(declared.text));
            declared.broad = number.and_then(|n| broad.get(*n)).copied().unwrap_or_default();
        }
        filed
    }

    fn file(&mut self, number: usize) {
        let text = self.all[number].text;
        if text.kind == StorageKind::Pixel {
            return;
        }
        let next = self.numbers.len();
        let name = *self.numbers.entry(pattern_of(text)).or_insert(next);
        let hosts = std::mem::take(&mut self.all[number].hosts);
        let mut places = Vec::new();
        for host in &hosts {
            places.push(Where::Host(self.host(host)));
            places.push(Where::Site(self.host(site::registrable_domain(host).unwrap_or(host))));
        }
        places.push(if hosts.is_empty() { Where::Anywhere } else { Where::Elsewhere });
        places.dedup();
        for place in places {
            let next = self.cells.len() as u32;
            let cell = *self.by_place.entry((name, place)).or_insert(next);
            if cell == next {
                self.cells.push(Cell::default());
            }
            let best = &mut self.cells[cell as usize].best;
            let alike = |n: &u32| {
                let other = self.all[*n as usize].text;
                other.kind == text.kind && other.party == text.party
            };
            match best.iter_mut().find(|n| alike(n)) {
                Some(other) if told(self.all[*other as usize].text) < told(text) => *other = number as u32,
                Some(_) => {}
                None => best.push(number as u32),
            }
            if place != Where::Elsewhere {
                self.all[number].cells.push(cell);
            }
        }
        self.all[number].hosts = hosts;
    }

    fn host(&mut self, host: &str) -> u32 {
        if let Some(id) = self.hosts.get(host) {
            return *id;
        }
        let id = self.hosts.len() as u32;
        self.hosts.insert(host.to_string(), id);
        id
    }

    /// The places at which a declaration would speak of a host, each with how well it fits.
    fn places(&self, host: &str) -> Vec<(Where, u16)> {
        let mut places = vec![(Where::Elsewhere, 0), (Where::Anywhere, 1)];
        let domain = site::registrable_domain(host).unwrap_or(host);
        places.extend(self.hosts.get(domain).map(|id| (Where::Site(*id), 2)));
        let mut host = host;
        loop {
            places.extend(self.hosts.get(host).map(|id| (Where::Host(*id), 3 + host.len() as u16)));
            match host.split_once('.') {
                Some((_, parent)) if parent.len() >= domain.len() => host = parent,
                _ => return places,
            }
        }
    }

    /// What the charter has for a thing. Notes as met every declaration that covers it.
    pub(crate) fn find(&mut self, thing: Thing<'_>) -> Answer {
        let mut candidates: Vec<(Rank, usize)> = Vec::new();
        let mut elsewhere: Option<(Rank, usize)> = None;
        let names = self.index.covering(thing.name);
        let places = if names.is_empty() { Vec::new() } else { self.places(thing.host) };
        for name in names {
            for (place, host) in &places {
                let Some(cell) = self.by_place.get(&(name, *place)) else { continue };
                let cell = &mut self.cells[*cell as usize];
                if *place != Where::Elsewhere {
                    cell.met |= 1 << thing.kind as u16;
                }
                for number in &cell.best {
                    let declared = self.all[*number as usize].text;
                    let Some(kind) = kind_rank(declared.kind, thing.kind) else { continue };
                    let party = party_rank(declared.party, thing.party);
                    let pattern = pattern_of(declared);
                    let fixed = pattern::fixed_characters(pattern);
                    let rank = Rank { exact: !pattern.contains('*'), fixed, host: *host, kind, party };
                    let found = (rank, *number as usize);
                    if *place != Where::Elsewhere {
                        candidates.push(found);
                    } else if elsewhere.is_none_or(|best| better(&found, &best)) {
                        elsewhere = Some(found);
                    }
                }
            }
        }
        self.choose(thing, candidates, elsewhere)
    }

    fn choose(&self, thing: Thing<'_>, candidates: Vec<(Rank, usize)>, elsewhere: Option<(Rank, usize)>) -> Answer {
        let best = |broad: bool| {
            let fitting = candidates.iter().filter(|c| self.all[c.1].broad == broad);
            fitting.reduce(|a, b| if better(b, a) { b } else { a }).copied()
        };
        let covered = best(false).or(elsewhere.filter(|_| thing.script_cookie && thing.party == Some(Party::First)));
        Answer {
            covered: covered.map(|(rank, declaration)| Covered { declaration, exactly: rank.exact }),
            broad: if covered.is_none() { best(true).map(|c| c.1) } else { None },
            elsewhere: if covered.is_none() { elsewhere.map(|e| e.1) } else { None },
        }
    }

    /// Whether anything that was looked up is covered by a declaration.
    pub(crate) fn met(&self, declaration: usize) -> bool {
        let Some(declared) = self.all.get(declaration) else { return false };
        declared.cells.iter().any(|cell| {
            let met = self.cells[*cell as usize].met;
            KINDS.iter().any(|kind| met & (1 << *kind as u16) != 0 && kind_rank(declared.text.kind, *kind).is_some())
        })
    }
}

/// How specific a declaration is for a thing; compared field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    exact: bool,
    fixed: usize,
    host: u16,
    kind: u8,
    party: u8,
}

fn better(a: &(Rank, usize), b: &(Rank, usize)) -> bool {
    (a.0, std::cmp::Reverse(a.1)) > (b.0, std::cmp::Reverse(b.1))
}

const KINDS: [StorageKind; 8] = [
    StorageKind::Cookie,
    StorageKind::LocalStorage,
    StorageKind::SessionStorage,
    StorageKind::IndexedDb,
    StorageKind::CacheStorage,
    StorageKind::ServiceWorker,
    StorageKind::Pixel,
    StorageKind::Other,
];

/// How well a declared kind fits a stored one; absent when it does not.
///
/// Charters list storage keys among cookies without a word, so "cookie" covers storage; but what is said to be storage is
/// never a cookie.
fn kind_rank(declared: StorageKind, stored: StorageKind) -> Option<u8> {
    match (declared, stored) {
        (StorageKind::Pixel, _) => None,
        _ if declared == stored => Some(1),
        (StorageKind::Cookie | StorageKind::Other, _) | (_, StorageKind::Other) => Some(0),
        (_, StorageKind::Cookie) => None,
        _ => Some(0),
    }
}

fn party_rank(declared: Option<Party>, stored: Option<Party>) -> u8 {
    match (declared, stored) {
        (Some(a), Some(b)) if a == b => 2,
        (Some(_), Some(_)) => 0,
        _ => 1,
    }
}

/// The pattern of a declaration; its name when the reader gave none.
pub(crate) fn pattern_of(text: &Declaration) -> &str {
    if text.pattern.is_empty() { &text.name } else { &text.pattern }
}

/// Whether a pattern is too wide to say anything about one cookie: it has hardly any fixed letter, or it covers
/// well-known names of several companies. A pattern that our own table has is never too wide.
fn too_broad(text: &str) -> bool {
    let Some((prefix, _)) = text.split_once('*') else { return false };
    let mut companies: Vec<&str> = Vec::new();
    for row in
        known::starting_with(prefix).filter(|row| row.sure == known::Sure::Known && pattern::covers(text, row.pattern))
    {
        if row.pattern == text {
            return false;
        }
        if !companies.contains(&row.company()) {
            companies.push(row.company());
        }
    }
    pattern::too_broad(text) || companies.len() > 1 || (companies.is_empty() && pattern::fixed_characters(text) < 3)
}

/// A host as charters write it (`.example.com`, `*.example.com`, `https://www.example.com/`) in normal form.
fn host_of_declaration(host: &str) -> Option<String> {
    let host = host.trim().trim_start_matches("*.");
    let host =
        site::host_of(host).map_or_else(|| site::normal(host.split(['/', ':']).next().unwrap_or_default()), Cow::from);
    (!host.is_empty() && !host.contains(char::is_whitespace)).then(|| host.into_owned())
}

/// How much a declaration tells; of two alike, the fuller one is shown.
fn told(text: &Declaration) -> usize {
    let words = [&text.purpose, &text.category_declared, &text.provider, &text.lifetime_declared, &text.service];
    words.iter().filter(|w| w.is_some()).count()
}

/// Order of the charter's places; what is alike there goes by content, so that no order in memory shows.
fn by_place(a: &Declaration, b: &Declaration) -> std::cmp::Ordering {
    let place = |d: &'_ Declaration| (d.place.table, d.place.row);
    let first = |d: &'_ Declaration| (d.kind, d.category, d.party.map(|p| p == Party::Third));
    place(a)
        .cmp(&place(b))
        .then_with(|| a.name.cmp(&b.name))
        .then_with(|| a.pattern.cmp(&b.pattern))
        .then_with(|| first(a).cmp(&first(b)))
        .then_with(|| a.hosts.cmp(&b.hosts))
        .then_with(|| words(a).cmp(&words(b)))
        .then_with(|| a.place.headings.cmp(&b.place.headings))
        .then_with(|| {
            let (a, b) = (numbers(a), numbers(b));
            a.iter().zip(&b).map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
        })
}

/// The lifetime as numbers, words as numbers that no lifetime has.
fn numbers(d: &Declaration) -> [f64; 3] {
    let value = match d.lifetime_seconds {
        None => -3.0,
        Some(Lifetime::Word(LifetimeWord::Session)) => -2.0,
        Some(Lifetime::Word(LifetimeWord::Persistent)) => -1.0,
        Some(Lifetime::Seconds(s)) => s,
    };
    let [from, to] = d.lifetime_range.unwrap_or([-3.0, -3.0]);
    [value, from, to]
}

fn words(d: &Declaration) -> [Option<&str>; 9] {
    [
        d.category_declared.as_deref(),
        d.purpose.as_deref(),
        d.provider.as_deref(),
        d.service.as_deref(),
        d.lifetime_declared.as_deref(),
        d.legal_basis.as_deref(),
        Some(&d.place.url),
        Some(&d.place.quote),
        Some(&d.place.fragment),
    ]
}
