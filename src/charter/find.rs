//! Which link of a page leads to the charter, and why.

use serde::{Deserialize, Serialize};

/// The links of a page, as the content script collects them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct LinksOfPage {
    /// Address of the page.
    pub url: String,
    /// Language of the page, when it says so.
    pub language: Option<String>,
    /// Languages of the visitor, preferred first.
    pub visitor_languages: Vec<String>,
    /// The links, in document order.
    pub links: Vec<LinkOfPage>,
}

/// One link of a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct LinkOfPage {
    /// Its words.
    pub text: String,
    /// Its address, absolute.
    pub href: String,
    /// Where it stands: `footer`, `banner`, `dialog`, `nav`, `head`, `body`.
    pub place: String,
    /// `rel` attribute.
    pub rel: String,
    /// `hreflang` attribute.
    pub hreflang: String,
}

/// A link that may lead to the charter.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LinkCandidate {
    /// Address to read.
    pub url: String,
    /// The words of the link.
    pub text: String,
    /// How likely it is; higher comes first.
    pub score: f64,
    /// Why: message keys of the words files.
    pub reasons: Vec<String>,
}

/// Ranks the links that may lead to the charter, best first. Empty when none does.
#[must_use]
pub fn charter_links(_page: &LinksOfPage) -> Vec<LinkCandidate> {
    Vec::new()
}
