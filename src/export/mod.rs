//! Report -> files. Every format counts from the same report.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::report::Report;

/// Formats of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// RFC 4180, one line per cookie, guarded against formulas.
    Csv,
    /// The report itself, with its schema number.
    Json,
}

/// A finished file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Export {
    /// Suggested file name, safe on every system.
    pub name: String,
    /// Media type.
    pub media_type: String,
    /// Content.
    pub text: String,
}

/// Why no file could be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The report cannot be written in this format.
    #[error("the report cannot be written: {0}")]
    Unwritable(String),
}

/// The words of one language: message key -> sentence, as in `extension/_locales`.
pub type Words = BTreeMap<String, String>;

/// Writes a report in a format, in the language of `words`; a missing word falls back to its key.
///
/// # Errors
/// When the report holds something that the format cannot carry.
pub fn export(_report: &Report, _format: Format, _words: &Words) -> Result<Export, ExportError> {
    Err(ExportError::Unwritable("not built yet".into()))
}
