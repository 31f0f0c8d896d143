//! What the running text of a charter says about cookies in general, beside its list of names.

use serde::{Deserialize, Serialize};

use crate::category::Category;

/// General statements of a charter, each with the sentence that makes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct Statements {
    /// How to refuse, withdraw, block or delete.
    pub refusal: Option<String>,
    /// That third parties set cookies or receive data.
    pub third_parties: Option<String>,
    /// Purposes that the charter says need no consent.
    pub exemptions: Vec<Exemption>,
    /// The date of the charter, in its own words.
    pub dated: Option<String>,
}

/// A purpose that a charter says needs no consent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Exemption {
    /// The purpose.
    pub category: Category,
    /// True when the sentence says so only of anonymous data.
    pub anonymous: bool,
    /// The sentence.
    pub quote: String,
}
