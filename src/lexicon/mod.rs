//! Compiled word tables: which words of a charter mean a column, a category, a unit of time, a kind of link, by language.
//!
//! The words are data (`data/lexicon`, checked by `build/lexicon.rs`). Text is folded ([`crate::fold`]) and looked at in
//! one pass; at each word the longest term wins. Every language is tried at once, because English tables in pages of
//! other languages are common.

mod hints;
mod read;
mod table;

pub use hints::{HintHit, hints, hints_in};
pub use read::{
    CategoryHit, ColumnHit, categories, category, category_exact, column, is_name_header, language, link, party, slug,
    speaks_of_cookies, storage,
};
pub use table::Hit;
pub(crate) use table::{bytes, hits, unit_words};
pub use table::{is_language, usual_addresses};

use crate::category::Category;
use crate::charter::Party;
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
    /// "number", "identifier": the part of a name that varies.
    Varying,
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
        table::codes().get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// The language's own name.
    #[must_use]
    pub fn name(self) -> &'static str {
        table::own_names().get(usize::from(self.0)).copied().unwrap_or_default()
    }

    pub(crate) fn is_global(self) -> bool {
        self.0 == 255
    }
}

#[cfg(test)]
mod tests;
