//! The charter: what the site says about its cookies, each statement with the place where it stands.

mod cell;
mod columns;
mod facts;
pub mod find;
mod grid;
mod heads;
mod item;
mod labels;
pub mod lifetime;
mod likeness;
mod merge;
pub mod name;
mod place;
mod plan;
pub mod platform;
mod prose;
mod read;
mod section;
mod service;
pub mod statement;
mod table;
mod walk;
mod wrapped;

pub use read::read_charter;

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::visit::StorageKind;

/// What was read from the documents of one site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Charter {
    /// Whether anything could be read. Only [`Outcome::Read`] lets a cookie be "as declared".
    pub status: Outcome,
    /// Why, when the status needs a reason: a message key of the words files.
    pub reason: Option<String>,
    /// Title of the document, when it has one.
    pub title: Option<String>,
    /// Language of the document, as it says or as its words show.
    pub language: Option<String>,
    /// What the site declares, in document order; what only a consent platform declares comes last.
    pub declarations: Vec<Declaration>,
    /// Where the site's pages and its consent platforms say different things of one name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disagreements: Vec<Disagreement>,
    /// What its running text says in general; absent when that was not looked at.
    pub statements: Option<statement::Statements>,
}

/// Two statements of one site about one name that cannot both hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Disagreement {
    /// The name, as the first statement writes it.
    pub name: String,
    /// What they disagree about: `category`, `lifetime` or `party`.
    pub about: String,
    /// The words of the first statement.
    pub first: String,
    /// The words of the second.
    pub second: String,
    /// Where the first stands.
    pub first_place: Place,
    /// Where the second stands.
    pub second_place: Place,
}

/// How the reading ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// No charter was found on the site.
    #[default]
    NotFound,
    /// A charter was found and did not answer.
    Unreachable,
    /// A charter answered, and we could not read it.
    Unreadable,
    /// The consent platform does not serve its list here (region, domain).
    NotServedHere,
    /// A charter was read, and it names no cookie.
    ListsNothing,
    /// A charter was read, and it names cookies.
    Read,
}

/// One name that the site declares, with all that the site says of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Declaration {
    /// The name as a reader of the charter sees it, wildcard marks included.
    pub name: String,
    /// What the name covers: `*` stands for any run of characters. Equal to `name` for a plain name.
    pub pattern: String,
    /// Cookie or another kind of storage, when the charter says so.
    pub kind: StorageKind,
    /// Our category for the site's words; absent when the site gives none.
    pub category: Option<Category>,
    /// The site's own words for the category.
    pub category_declared: Option<String>,
    /// Purpose, word for word, cleaned of markup.
    pub purpose: Option<String>,
    /// Who sets it or receives it: a company, service or host, as declared.
    pub provider: Option<String>,
    /// The service or tool, when the charter has a column of its own for it.
    pub service: Option<String>,
    /// Hosts that the charter gives for it.
    pub hosts: Vec<String>,
    /// Lifetime, word for word.
    pub lifetime_declared: Option<String>,
    /// Lifetime as a number of seconds, `session` or `persistent`; absent when the words give no value.
    pub lifetime_seconds: Option<Lifetime>,
    /// Both ends in seconds, when the words give a range.
    pub lifetime_range: Option<[f64; 2]>,
    /// First or third party, when the charter says so.
    pub party: Option<Party>,
    /// Legal basis, word for word, when the charter gives one.
    pub legal_basis: Option<String>,
    /// Where it was read.
    pub place: Place,
    /// Where else the site says the same, or what is left out here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Place>,
    /// The consent platform whose data it is; absent for a statement of a page. What `tcf` and `didomi` give is the word of
    /// the vendor in `provider`, not the site's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// True when it was read from a shape of data that could not be verified: it may be misread.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

/// A lifetime that the words of a charter give.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(untagged)]
pub enum Lifetime {
    /// Seconds; a year is 365 days and a month 30 days.
    Seconds(f64),
    /// Words for a lifetime without a number.
    Word(LifetimeWord),
}

/// Lifetimes without a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum LifetimeWord {
    /// Until the browser closes.
    Session,
    /// Without end, or until it is deleted.
    Persistent,
}

/// First or third party.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The site itself.
    First,
    /// Another site.
    Third,
}

/// Where in the charter a statement stands, so that it can be shown and linked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Place {
    /// Address of the document; empty for pasted text.
    pub url: String,
    /// The line or row, its cells joined by ` | `, at most 600 characters.
    pub quote: String,
    /// Headings above it, outermost first.
    pub headings: Vec<String>,
    /// Number of the table in the document, from 1; 0 when it is not in a table.
    pub table: u32,
    /// Number of the data row in the table or list, from 1; 0 when there is none.
    pub row: u32,
    /// Text for a `#:~:text=` fragment that leads to the line, already encoded; empty when none can.
    pub fragment: String,
}
