//! The report: one row for each thing stored, the totals, the findings. Everything that is shown or exported is in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::charter::{Declaration, Lifetime, Outcome, Party};
use crate::visit::{Environment, FetchFailure, FoundBy, Phase, SameSite, StorageKind, Writer};

/// Version of the report's shape, raised when a reader of the JSON would have to change.
pub const SCHEMA: u32 = 1;

/// The judgement of one visit. Badge, popup, report page and every export count from this one object.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: u32,
    /// The page that was visited.
    pub site: SiteFacts,
    /// Moment of the judgement, milliseconds since 1970.
    pub generated: f64,
    /// Who looked.
    pub environment: Environment,
    /// Profile of law that weighed the findings.
    pub profile: String,
    /// True when the visit was recorded.
    pub recorded: bool,
    /// The charter, and how it was come by.
    pub charter: CharterFacts,
    /// One row for each thing stored, in a stable order: worst category first, worst row first, then by name.
    pub rows: Vec<Row>,
    /// What the charter declares and this visit did not meet.
    pub not_met: Vec<NotMet>,
    /// The counts of all of it.
    pub totals: Totals,
    /// Findings about the charter as a whole.
    pub findings: Vec<Finding>,
    /// What could not be seen, and why.
    pub unseen: Vec<Unseen>,
}

/// The page visited.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SiteFacts {
    /// Address of the page.
    pub url: String,
    /// Its host.
    pub host: String,
    /// Its registrable domain, or the host itself when there is none.
    pub registrable_domain: String,
}

/// The charter as the report shows it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct CharterFacts {
    /// How the reading ended.
    pub status: Outcome,
    /// Message key of the reason, when there is one.
    pub reason: Option<String>,
    /// Title of the document.
    pub title: Option<String>,
    /// Address of the document.
    pub url: Option<String>,
    /// Language of the document.
    pub language: Option<String>,
    /// Moment of its reading, milliseconds since 1970.
    pub read: Option<f64>,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// How its address was found.
    pub found_by: Option<FoundBy>,
    /// The words of the link that led to it.
    pub link_text: Option<String>,
    /// Names declared.
    pub declared: u32,
    /// Every document asked for, in order.
    pub fetches: Vec<Fetch>,
}

/// One document that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Fetch {
    /// Address asked for.
    pub url: String,
    /// HTTP status; 0 when there was no answer.
    pub status: u16,
    /// Why it gave nothing, when it did not.
    pub failure: Option<FetchFailure>,
}

/// One thing stored, beside what the charter says of it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Row {
    /// Stable within a report and between reports of the same jar.
    pub id: String,
    /// The answer for this row.
    pub verdict: Verdict,
    /// What the browser holds.
    pub stored: Stored,
    /// Category, ours, for grouping.
    pub category: Option<Category>,
    /// Where the category comes from.
    pub category_from: Origin,
    /// Where the purpose comes from.
    pub purpose_from: Origin,
    /// First or third party, by registrable domain against the page.
    pub party: Option<Party>,
    /// Whether consent is needed, by purpose and profile.
    pub consent: ConsentNeed,
    /// The declaration that covers it.
    pub declaration: Option<Declaration>,
    /// What our own table knows of it.
    pub known: Option<Known>,
    /// Differences and what else there is to say, worst first.
    pub findings: Vec<Finding>,
}

/// The answer for one row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The charter was read and does not name it.
    NotDeclared,
    /// It is declared, and a fact differs from what is declared.
    Differs,
    /// It is declared, and nothing seen differs.
    AsDeclared,
    /// There is no charter to judge it by.
    #[default]
    NotJudged,
}

/// Where a statement comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The site's charter.
    Charter,
    /// Our table of known cookies.
    Known,
    /// Nowhere.
    #[default]
    None,
}

/// Whether consent is needed for a purpose under the profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum ConsentNeed {
    /// It is needed.
    Needed,
    /// It is not needed.
    NotNeeded,
    /// It is not needed if the conditions of the profile's exemption hold, which was not proven.
    Conditional,
    /// The purpose is not known well enough.
    #[default]
    CannotTell,
}

/// What the browser holds, without the value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Stored {
    /// Kind of storage.
    pub kind: StorageKind,
    /// Name or key.
    pub name: String,
    /// Domain or host, without a leading dot.
    pub host: String,
    /// True when only that very host receives it.
    pub host_only: bool,
    /// `Path` attribute.
    pub path: String,
    /// `Secure` attribute.
    pub secure: bool,
    /// `HttpOnly` attribute.
    pub http_only: bool,
    /// `SameSite` attribute.
    pub same_site: Option<SameSite>,
    /// Top-level site of its partition.
    pub partition_key: Option<String>,
    /// Cookie store (container, private window).
    pub store: Option<String>,
    /// Lifetime left at the moment of the report, as seconds or `session`; absent for storage without end.
    pub lifetime: Option<Lifetime>,
    /// True when the lifetime stands at the browser's cap of 400 days, so that more may have been asked for.
    pub capped: bool,
    /// When it will be dropped, seconds since 1970.
    pub expires: Option<f64>,
    /// Lifetime asked for in seconds, when a recording saw it.
    pub asked_seconds: Option<f64>,
    /// Who wrote it, when a recording saw it.
    pub writer: Option<Writer>,
    /// When it was written, when a recording saw it.
    pub written: Option<f64>,
    /// Before or after which choice it was written.
    pub phase: Option<Phase>,
    /// Shape of the value; the value itself is never here.
    pub value: Option<ValueShape>,
}

/// The shape of a value, judged on the device.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ValueShape {
    /// Length in characters.
    pub length: u32,
    /// Alphabet: `digits`, `hex`, `base64`, `text`, `mixed`.
    pub alphabet: String,
    /// How random it looks: `low`, `medium`, `high`.
    pub entropy: String,
}

/// What our table knows of a name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Known {
    /// Display name of the service.
    pub service: String,
    /// Company behind it.
    pub company: String,
    /// Function: a message key `function_…` of the words files.
    pub function: String,
    /// Purpose category.
    pub category: Category,
    /// Usual lifetime in seconds or `session`.
    pub lifetime: Option<Lifetime>,
    /// How sure the table is: `known`, `common`, `generic`.
    pub confidence: String,
    /// The document that the fact comes from.
    pub source: String,
}

/// A declaration that this visit did not meet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct NotMet {
    /// The declaration.
    pub declaration: Declaration,
    /// What there is to say of it.
    pub findings: Vec<Finding>,
}

/// The counts. `as_declared + differs + not_declared + not_judged == stored`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Totals {
    /// Rows.
    pub stored: u32,
    /// Rows as declared.
    pub as_declared: u32,
    /// Rows that differ.
    pub differs: u32,
    /// Rows not declared.
    pub not_declared: u32,
    /// Rows without a charter to judge them by.
    pub not_judged: u32,
    /// Declarations not met.
    pub not_met: u32,
    /// Rows of a third party.
    pub third_party: u32,
    /// Rows covered by a declaration of exactly that name, patterns left aside.
    pub declared_exactly: u32,
    /// The number on the badge: not declared plus differs.
    pub attention: u32,
}

/// One thing found, with what it rests on. The words are in the words files under `rule_<id>`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Finding {
    /// Rule, such as `DEC-01`.
    pub rule: String,
    /// What was found.
    pub result: FindingResult,
    /// How much it matters.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What the rule rests on.
    pub weight: Weight,
    /// Values for the message, by name.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, string>"))]
    pub values: BTreeMap<String, String>,
    /// The site's own words, when the finding is about them.
    pub quote: Option<String>,
    /// Sources of the rule.
    pub sources: Vec<String>,
}

/// What a rule found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum FindingResult {
    /// Two observed facts disagree.
    Difference,
    /// The charter is silent.
    Missing,
    /// A heuristic or the table of known cookies points to it.
    Suspicion,
    /// Not enough was observed.
    #[default]
    CannotTell,
    /// Checked, and in order.
    Ok,
}

/// How much a finding matters. Critical and major need an observed or known fact.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    #[default]
    Info,
    /// Minor.
    Minor,
    /// Major.
    Major,
    /// Critical.
    Critical,
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// A fact of the browser or of the charter.
    Observed,
    /// Name or domain in the table of known cookies.
    Known,
    /// A heuristic on text or value.
    #[default]
    Guessed,
}

/// What a rule rests on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// A law or a judgement of a court.
    Law,
    /// Guidance of an authority.
    Authority,
    /// Good practice.
    #[default]
    Practice,
    /// A technical specification.
    Technical,
}

/// Something that could not be seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Unseen {
    /// Message key, such as `unseen_hidden_hosts`.
    pub what: String,
    /// Values for the message, by name.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, string>"))]
    pub values: BTreeMap<String, String>,
}
