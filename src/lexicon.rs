//! Compiled word tables: which words of a charter mean a column, a category, a unit of time, a kind of link, by language.
//!
//! The words are data (`data/lexicon`, checked by `build/lexicon.rs`). Text is folded ([`crate::fold`]) and looked at in
//! one pass; at each word the longest term wins. Every language is tried at once, because English tables in pages of
//! other languages are common.

use crate::category::Category;
use crate::charter::Party;
use crate::fold::Words;
use crate::visit::StorageKind;

/// What a column of a cookie table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Names of cookies.
    Name,
    /// Who sets or receives them.
    Provider,
    /// What they are for.
    Purpose,
    /// Category of purpose.
    Category,
    /// "Type": category, party, kind of storage or of lifetime. Decide cell by cell.
    TypeAny,
    /// How long they last.
    Lifetime,
    /// First or third party.
    Party,
    /// Hosts.
    Host,
    /// Service or tool.
    Service,
    /// What they hold.
    Value,
    /// Legal basis.
    LegalBasis,
    /// Cookie, local storage, pixel.
    Storage,
    /// Known, and of no use for reading (path, number, attributes).
    Other,
}

/// Units of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Week.
    Week,
    /// Month of 30 days.
    Month,
    /// Year of 365 days.
    Year,
}

impl Unit {
    /// Length in seconds.
    #[must_use]
    pub fn seconds(self) -> f64 {
        match self {
            Unit::Second => 1.0,
            Unit::Minute => 60.0,
            Unit::Hour => 3600.0,
            Unit::Day => 86_400.0,
            Unit::Week => 7.0 * 86_400.0,
            Unit::Month => 30.0 * 86_400.0,
            Unit::Year => 365.0 * 86_400.0,
        }
    }
}

/// Words about a lifetime that are no unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// Until the browser closes.
    Session,
    /// Persistent, permanent.
    Persistent,
    /// Until the visitor deletes it.
    UntilDeleted,
    /// Never expires.
    Never,
    /// "up to", "at most".
    UpTo,
    /// "less than".
    LessThan,
    /// "from the last visit", "after the last update".
    FromVisit,
    /// "between", before both ends of a range.
    Between,
    /// "to", between both ends of a range.
    Range,
    /// "some", "several", "variable", "a few": no value.
    Unvalued,
    /// "when", "if", "depending on": the value holds only sometimes.
    Condition,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// The cookie charter.
    Charter,
    /// The dialog of choices, often with the list of cookies.
    Settings,
    /// Privacy pages, which may hold the charter.
    Privacy,
    /// Legal notices, which may hold it too.
    Legal,
}

/// What a word adds to the words of a link that speaks of cookies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkPart {
    /// The word for cookies, which alone may also name a biscuit.
    Cookie,
    /// Words of a document: policy, notice, list, how we use.
    About,
    /// Words of a dialog: settings, manage, refuse.
    Choose,
    /// Small words that add nothing.
    Small,
}

/// What words of a purpose point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// A category of purpose.
    Purpose(Category),
    /// Keeping the choice about cookies.
    Consent,
    /// The data are said to be anonymous.
    Anonymous,
    /// Words that say nothing ("improve your experience").
    Vague,
}

/// Words of what a charter states in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Claim {
    /// "consent", "agreement".
    Consent,
    /// "require", "needed".
    Need,
    /// "exempt".
    Exempt,
    /// "refuse", "withdraw", "disable".
    Refuse,
    /// "last updated".
    Updated,
}

/// The meaning of a term.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// Head of a column.
    Column(Column),
    /// Category word.
    Category(Category),
    /// First or third party.
    Party(Party),
    /// Kind of storage.
    Storage(StorageKind),
    /// Unit of time.
    Unit(Unit),
    /// Other word about a lifetime.
    Span(Span),
    /// Number word.
    Number(u16),
    /// "half".
    Half,
    /// Words of a link.
    Link(Link),
    /// Words beside them.
    LinkPart(LinkPart),
    /// Words of an address.
    Slug(Link),
    /// Last part of an address under which charters often stand.
    UsualAddress,
    /// Purpose words.
    Hint(Hint),
    /// Words of general statements.
    Claim(Claim),
    /// Reverses what follows.
    Negation,
    /// Reverses what precedes.
    NegationAfter,
    /// "and", "or" between names.
    Joiner,
    /// "to", "in order to": what follows is what something is for.
    Aim,
    /// "by": what follows is who does it.
    By,
    /// "only", "nothing but".
    Only,
    /// "cookie" and its names in other languages.
    Cookie,
    /// Frequent small words.
    Function,
}

/// A language of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lang(u8);

impl Lang {
    /// Code such as `fr`; empty for words that are the same in every language.
    #[must_use]
    pub fn code(self) -> &'static str {
        CODES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// The language's own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        NAMES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    fn is_global(self) -> bool {
        self.0 == 255
    }
}

/// A term found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// First word.
    pub start: usize,
    /// Word after the last.
    pub end: usize,
    /// Its meaning. A term with several meanings gives several hits over the same words.
    pub kind: Kind,
    /// Language in which it means that.
    pub lang: Lang,
}

/// A sorted table of folded terms.
struct Table {
    /// All terms, one after the other.
    text: &'static str,
    /// Where each ends.
    ends: &'static [u32],
    /// Where the meanings of each begin; one more than terms.
    firsts: &'static [u16],
    meanings: &'static [(Kind, u8)],
    /// Bits set for the hash of each first word, so that most words of a page are passed over at once.
    filter: &'static [u64],
}

include!(concat!(env!("OUT_DIR"), "/lexicon.rs"));

const HASH_START: u32 = 0x811c_9dc5;

/// One step of FNV-1a, the same as in `build/lexicon.rs`.
fn hash_step(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

impl Table {
    fn term(&self, at: usize) -> &'static str {
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).copied().unwrap_or_default() };
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn meanings(&self, at: usize) -> &'static [(Kind, u8)] {
        match (self.firsts.get(at), self.firsts.get(at + 1)) {
            (Some(from), Some(to)) => self.meanings.get(usize::from(*from)..usize::from(*to)).unwrap_or_default(),
            _ => &[],
        }
    }

    fn may_start(&self, hash: u32) -> bool {
        let bit = hash & 0xffff;
        self.filter.get(bit as usize / 64).is_some_and(|bits| bits & (1 << (bit % 64)) != 0)
    }

    /// Place of the first term that is not before `key`.
    fn lower_bound(&self, key: &str) -> usize {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.term(middle) < key { low = middle + 1 } else { high = middle }
        }
        low
    }
}

/// Every longest term of the wanted kinds, in order. Terms inside a longer one are left out.
pub(crate) fn hits(words: &Words, wanted: impl Fn(Kind) -> bool) -> Vec<Hit> {
    let mut found: Vec<Hit> = Vec::new();
    let mut covered = 0;
    let mut best: Vec<Hit> = Vec::new();
    for start in 0..words.len() {
        best.clear();
        longest_at(words, start, &wanted, &mut best);
        if best.first().is_some_and(|hit| hit.end > covered) {
            covered = best.first().map_or(covered, |hit| hit.end);
            found.append(&mut best);
        }
    }
    found
}

/// The longest term that starts at this word, with each of its wanted meanings.
fn longest_at(words: &Words, start: usize, wanted: &impl Fn(Kind) -> bool, best: &mut Vec<Hit>) {
    let first = words.word(start);
    let mut hash = HASH_START;
    for (at, byte) in first.bytes().enumerate() {
        hash = hash_step(hash, byte);
        // Stems have at least three letters.
        if at >= 2
            && STEMS.may_start(hash)
            && let Some(stem) = first.get(..=at)
        {
            stems_at(words, start, stem, wanted, best);
        }
    }
    if !PLAIN.may_start(hash) {
        return;
    }
    let from = words.list.get(start).map_or(0, |w| w.start as usize);
    let mut at = 0;
    for end in start + 1..=words.len() {
        let to = words.list.get(end - 1).map_or(from, |w| w.end as usize);
        let key = &words.folded[from..to];
        at += PLAIN.lower_bound_from(key, at);
        let term = PLAIN.term(at);
        if term == key {
            offer(best, start, end, PLAIN.meanings(at), wanted);
            at += 1;
        }
        if !PLAIN.term(at).starts_with(key) {
            break;
        }
    }
}

impl Table {
    /// How many terms from `at` on are before `key`.
    fn lower_bound_from(&self, key: &str, at: usize) -> usize {
        if at == 0 { self.lower_bound(key) } else { self.gallop(key, at) }
    }

    /// As [`Table::lower_bound`], for a key known to stand near.
    fn gallop(&self, key: &str, at: usize) -> usize {
        let mut step = 1;
        while at + step < self.ends.len() && self.term(at + step) < key {
            step *= 2;
        }
        let (mut low, mut high) = (at, (at + step).min(self.ends.len()));
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.term(middle) < key { low = middle + 1 } else { high = middle }
        }
        low - at
    }
}

/// Terms with stems whose first word, or its stem, is `first`.
fn stems_at(words: &Words, start: usize, first: &str, wanted: &impl Fn(Kind) -> bool, best: &mut Vec<Hit>) {
    let whole = first.len() == words.word(start).len();
    let mut at = STEMS.lower_bound(first);
    while let Some(rest) = STEMS.term(at).strip_prefix(first).filter(|_| at < STEMS.ends.len()) {
        let begins = rest.starts_with('~') || (whole && rest.starts_with(' '));
        if begins {
            let mut end = start;
            let fits = STEMS.term(at).split(' ').all(|part| {
                end += 1;
                match part.strip_suffix('~') {
                    Some(stem) => words.word(end - 1).starts_with(stem),
                    None => words.word(end - 1) == part,
                }
            });
            if fits {
                offer(best, start, end, STEMS.meanings(at), wanted);
            }
        }
        at += 1;
    }
}

/// Keeps the meanings of a term when it is at least as long as what is kept.
fn offer(best: &mut Vec<Hit>, start: usize, end: usize, meanings: &[(Kind, u8)], wanted: &impl Fn(Kind) -> bool) {
    let mut fresh = meanings.iter().filter(|(kind, _)| wanted(*kind)).peekable();
    if fresh.peek().is_none() {
        return;
    }
    match best.first() {
        Some(kept) if kept.end > end => return,
        Some(kept) if kept.end < end => best.clear(),
        _ => {}
    }
    best.extend(fresh.map(|(kind, lang)| Hit { start, end, kind: *kind, lang: Lang(*lang) }));
}

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

/// Words of a purpose that point somewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HintHit {
    /// Where they point to.
    pub hint: Hint,
    /// First byte in the text.
    pub from: usize,
    /// Byte after the last.
    pub to: usize,
    /// True when the text says that it is not so ("no advertising").
    pub negated: bool,
}

/// Every word of a purpose text that points to a purpose, in order.
#[must_use]
pub fn hints(text: &str) -> Vec<HintHit> {
    hints_in(text, |_| true)
}

/// Every word of a purpose text that points to a purpose in one of the languages spoken, in order.
#[must_use]
pub fn hints_in(text: &str, spoken: impl Fn(Lang) -> bool) -> Vec<HintHit> {
    let words = Words::of(text);
    let mut found: Vec<HintHit> = Vec::new();
    for hit in hits(&words, |kind| matches!(kind, Kind::Hint(_))) {
        let Kind::Hint(hint) = hit.kind else { continue };
        if !hit.lang.is_global() && !spoken(hit.lang) {
            continue;
        }
        let (from, to) = bytes(&words, &hit);
        let negated = negated(&words, text, &hit, 6);
        match found.iter_mut().find(|f| f.from == from && f.hint == hint) {
            Some(known) => known.negated |= negated,
            None => found.push(HintHit { hint, from, to, negated }),
        }
    }
    found
}

/// What the words of a link lead to, and the share of its words that say so.
#[must_use]
pub fn link(text: &str) -> Option<(Link, f32)> {
    linked(text, |kind| match kind {
        Kind::Link(link) => Some(link),
        Kind::LinkPart(LinkPart::Cookie) => Some(Link::Charter),
        _ => None,
    })
}

/// What a segment of an address leads to ("politique-de-cookies"), and the share of its words that say so.
#[must_use]
pub fn slug(segment: &str) -> Option<(Link, f32)> {
    linked(segment, |kind| if let Kind::Slug(link) = kind { Some(link) } else { None })
}

/// True for the code of a language that has words here, such as `fr`.
#[must_use]
pub fn is_language(code: &str) -> bool {
    CODES.contains(&code)
}

/// Last parts of addresses under which charters often stand: those of a language first, then those of any.
#[must_use]
pub fn usual_addresses(language: &str) -> Vec<String> {
    let of = |wanted: &str| {
        let terms = (0..PLAIN.ends.len()).filter(|at| {
            let mut meanings = PLAIN.meanings(*at).iter();
            meanings.any(|(kind, lang)| *kind == Kind::UsualAddress && Lang(*lang).code() == wanted)
        });
        terms.map(|at| PLAIN.term(at).replace(' ', "-")).collect::<Vec<_>>()
    };
    let mut all = of(language);
    all.extend(of(Lang(255).code()));
    all
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
    let mut scores = [0_u32; CODES.len()];
    for hit in hits(&words, |kind| matches!(kind, Kind::Function | Kind::Cookie)) {
        if let Some(score) = scores.get_mut(usize::from(hit.lang.0)) {
            *score += if hit.kind == Kind::Function { 2 } else { 1 };
        }
    }
    let best = (0..scores.len()).max_by_key(|at| (scores[*at], usize::MAX - at))?;
    let second = (0..scores.len()).filter(|at| *at != best).map(|at| scores[at]).max().unwrap_or_default();
    (scores[best] >= 4 && scores[best] > second).then_some(Lang(best as u8))
}

/// The bytes of the text under a hit.
pub(crate) fn bytes(words: &Words, hit: &Hit) -> (usize, usize) {
    let from = words.list.get(hit.start).map_or(0, |w| w.from as usize);
    let to = words.list.get(hit.end.saturating_sub(1)).map_or(from, |w| w.to as usize);
    (from, to)
}

/// For each word, whether a term of the wanted kinds covers it.
fn covered(words: &Words, wanted: impl Fn(Kind) -> bool) -> Vec<bool> {
    let mut list = vec![false; words.len()];
    for hit in hits(words, wanted) {
        list[hit.start..hit.end].fill(true);
    }
    list
}

/// True when a word of negation of the same language stands before the hit, at most `reach` words away in its sentence,
/// or right after it where the language puts it there.
fn negated(words: &Words, text: &str, hit: &Hit, reach: usize) -> bool {
    let same = |other: &Hit| other.lang == hit.lang || other.lang.is_global() || hit.lang.is_global();
    let mut best = Vec::new();
    for start in (hit.start.saturating_sub(reach)..hit.start).rev() {
        let from = words.list.get(start).map_or(0, |w| w.to as usize);
        let to = words.list.get(start + 1).map_or(from, |w| w.from as usize);
        if text.get(from..to).is_some_and(|gap| gap.contains(['.', ';', ':', '!', '?', '\n', '。'])) {
            break;
        }
        best.clear();
        longest_at(words, start, &|kind| kind == Kind::Negation, &mut best);
        if best.iter().any(|n| n.end <= hit.start && same(n)) {
            return true;
        }
    }
    best.clear();
    longest_at(words, hit.end, &|kind| kind == Kind::NegationAfter, &mut best);
    best.iter().any(same)
}

/// Every single word for a unit of time, for the correction of small slips.
pub(crate) fn unit_words() -> &'static [(&'static str, Unit)] {
    static WORDS: std::sync::OnceLock<Vec<(&str, Unit)>> = std::sync::OnceLock::new();
    WORDS.get_or_init(|| {
        (0..PLAIN.ends.len())
            .filter(|at| !PLAIN.term(*at).contains(' '))
            .flat_map(|at| PLAIN.meanings(at).iter().map(move |(kind, _)| (PLAIN.term(at), *kind)))
            .filter_map(|(term, kind)| if let Kind::Unit(unit) = kind { Some((term, unit)) } else { None })
            .collect()
    })
}
