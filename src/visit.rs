//! What was seen at a site, in the browser's own terms. The shell fills it in; it holds no opinion.

use serde::{Deserialize, Serialize};

/// Everything the core needs to judge one page: the facts of the browser and the site's own words.
///
/// Moments are milliseconds since 1970, as `Date.now()` gives them. A kind of storage, a writer or a phase that this version
/// does not know is read as "other" or "unknown"; any other value of the wrong shape is one plain error, never half a visit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Visit {
    /// Address of the page in front of the visitor. The only field that must be present.
    pub url: String,
    /// Language of that page (`lang` attribute), when it has one.
    pub language: Option<String>,
    /// The moment of the judgement. The core has no clock.
    pub now: f64,
    /// Who looked: browser, extension version.
    pub environment: Environment,
    /// Cookies and other storage, one entry each.
    pub observations: Vec<Observation>,
    /// Hosts that the page contacted (resource timings and frames), its own included.
    pub hosts: Vec<String>,
    /// Contacted hosts whose cookies could not be asked for, because no access was granted.
    pub hidden_hosts: Vec<String>,
    /// Documents in which the site may declare its cookies, read or not, in the order in which they were tried.
    pub pages: Vec<PageSource>,
    /// Choices about cookies seen in this visit, oldest first.
    pub choices: Vec<Choice>,
    /// True when the browser asks sites not to sell or share data (Global Privacy Control).
    pub gpc: bool,
    /// True when the visit was recorded, so that who wrote a cookie and when is known.
    pub recorded: bool,
    /// Settings of the visitor that change how facts are weighed, never the facts.
    pub settings: Settings,
}

/// Who looked at the site.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Environment {
    /// Browser and version, such as `Firefox 153`.
    pub browser: String,
    /// Version of this extension or command.
    pub version: String,
}

/// Choices of the visitor for judging.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Settings {
    /// Profile of law: `fr` (when empty), `eu`, `de`, `es`, `it`, `nl`, `uk`, `us-ca`.
    pub profile: String,
}

/// One item that the browser stores, or that a response asked it to store.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Observation {
    /// Cookie or another kind of storage.
    pub kind: StorageKind,
    /// Name of the cookie, or key of the storage. May be empty: browsers accept that.
    pub name: String,
    /// Domain of the cookie, or host of the storage, without a leading dot.
    pub host: String,
    /// True when only that very host receives the cookie (no `Domain` attribute).
    pub host_only: bool,
    /// `Path` attribute.
    pub path: String,
    /// `Secure` attribute.
    pub secure: bool,
    /// `HttpOnly` attribute.
    pub http_only: bool,
    /// `SameSite` as stored; `None` (the Rust one) when the browser does not say.
    pub same_site: Option<SameSite>,
    /// The top-level site of the partition in which it is kept, when it is partitioned.
    pub partition_key: Option<String>,
    /// Cookie store (container, private window) as the browser names it.
    pub store: Option<String>,
    /// When the browser will drop it, in seconds since 1970; absent for a session cookie.
    pub expires: Option<f64>,
    /// The value, for judging on the device only. It never reaches a report.
    pub value: Option<String>,
    /// Size of name and value in bytes, when the value itself is not handed over.
    pub size: Option<f64>,
    /// What a recording saw of its writing; absent when it was merely present in the store.
    pub written: Option<Written>,
}

/// How and when an item was written, seen while recording.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Written {
    /// Moment of the write.
    pub at: f64,
    /// By a response header or by a script.
    pub by: Writer,
    /// Address of the response or script, when known.
    pub source: Option<String>,
    /// Before or after which choice.
    pub phase: Phase,
    /// Lifetime asked for, in seconds; absent for a session cookie. Browsers may store less.
    pub asked_seconds: Option<f64>,
    /// Why the browser did not keep it, when it did not.
    pub refused: Option<String>,
}

/// What wrote an item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Writer {
    /// A `Set-Cookie` header.
    Header,
    /// `document.cookie`, the Cookie Store API or another script interface.
    Script,
    /// Not known, or a word that this version does not know.
    #[default]
    #[serde(other)]
    Unknown,
}

/// Where a write stands relative to the visitor's choice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Before any choice.
    BeforeChoice,
    /// After the visitor accepted.
    AfterAccept,
    /// After the visitor refused.
    AfterRefuse,
    /// Not known, or a word that this version does not know.
    #[default]
    #[serde(other)]
    Unknown,
}

/// A choice about cookies, seen in this visit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Choice {
    /// Moment of the choice.
    pub at: f64,
    /// True when something beyond the necessary was accepted.
    pub accepted: bool,
    /// The platform's own words for the categories accepted, when known.
    pub categories: Vec<String>,
    /// How it is known: the platform's cookie or key, or `click`.
    pub source: String,
}

/// The kind of storage, whichever side speaks of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum StorageKind {
    /// A cookie.
    #[default]
    Cookie,
    /// `localStorage`.
    LocalStorage,
    /// `sessionStorage`.
    SessionStorage,
    /// An IndexedDB database.
    IndexedDb,
    /// A cache of the Cache Storage interface.
    CacheStorage,
    /// A registered service worker.
    ServiceWorker,
    /// A pixel or beacon: declared by charters, never stored.
    Pixel,
    /// Something else that a charter lists, or a kind that this version does not know.
    #[serde(other)]
    Other,
}

/// `SameSite` attribute of a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum SameSite {
    /// Sent to other sites too.
    None,
    /// Sent along on top-level navigation.
    Lax,
    /// Never sent from another site.
    Strict,
}

/// One document that may hold the charter, as fetched, or the reason why it could not be.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct PageSource {
    /// Address asked for.
    pub url: String,
    /// Address that answered, after redirects; empty when it is the same.
    pub final_url: String,
    /// How the address was found: the words of the link, `given`, `pasted`, `this_page`, `guess`.
    pub found_by: FoundBy,
    /// The words of the link that led here, if any.
    pub link_text: Option<String>,
    /// HTTP status; 0 when there was no answer.
    pub status: u16,
    /// `Content-Type` of the answer.
    pub content_type: String,
    /// Text of the document; empty when there is a failure.
    pub text: String,
    /// SHA-256 of the bytes received, in hexadecimal; empty when nothing was.
    pub sha256: String,
    /// Moment of the answer.
    pub fetched: f64,
    /// Why there is no text.
    pub failure: Option<FetchFailure>,
    /// The consent platform whose document it is, such as `onetrust`; absent for an ordinary page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
}

/// How the address of a charter came to us.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// A link of the page.
    #[default]
    Link,
    /// A link of another charter document.
    Followed,
    /// The visitor gave the address.
    Given,
    /// The visitor pasted or dropped the text.
    Pasted,
    /// The page in front of the visitor.
    ThisPage,
    /// A consent platform on the page.
    Platform,
    /// A usual address, tried without any link to it.
    Guess,
}

/// Why a document could not be had. None of these is a statement about the site's honesty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum FetchFailure {
    /// The server answered with an error status.
    HttpError,
    /// No answer in the time allowed.
    Timeout,
    /// The connection failed.
    Network,
    /// It leads to another site, where it is not followed.
    OtherSite,
    /// The answer is larger than the bound.
    TooLarge,
    /// Redirects in a loop or too many.
    Redirects,
    /// The address may not be asked for (private network, scheme).
    Forbidden,
    /// The answer is of a type that cannot be read (PDF, image, …).
    NotText,
    /// The visitor stopped the reading.
    Cancelled,
}
