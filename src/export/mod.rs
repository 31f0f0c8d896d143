//! Report -> files. Every format counts from the same report, in the order of the report.
//!
//! A file is a pure function of the report and the words: the extension and the native command write the same bytes.
//! Values of cookies are never in a report, so they are never in a file.

mod clean;
mod corrected;
mod csv;
mod html;
mod json;
mod markdown;
mod moment;
mod speech;
mod tcf;
mod view;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::report::Report;
pub use json::to_json;

/// Formats of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// RFC 4180 with a byte order mark, one line per row, guarded against formulas.
    Csv,
    /// The report itself, with its schema number, as `data/report.schema.json` describes it.
    Json,
    /// A report to read, for wikis and tickets.
    Markdown,
    /// A report to read and to print, in one file without script.
    Html,
    /// The site's own rows completed with what is missing, as a table to paste into the site.
    CorrectedHtml,
    /// The same in Markdown.
    CorrectedMarkdown,
    /// The same as a spreadsheet.
    CorrectedCsv,
    /// Draft of an IAB TCF vendor device-storage disclosure, version 1.1.
    Tcf,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 8] = [
        Format::Csv,
        Format::Json,
        Format::Markdown,
        Format::Html,
        Format::CorrectedHtml,
        Format::CorrectedMarkdown,
        Format::CorrectedCsv,
        Format::Tcf,
    ];

    /// The name of the format on a command line and at the boundary, such as `corrected_html`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Format::Csv => "csv",
            Format::Json => "json",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::CorrectedHtml => "corrected_html",
            Format::CorrectedMarkdown => "corrected_markdown",
            Format::CorrectedCsv => "corrected_csv",
            Format::Tcf => "tcf",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.id() == id)
    }

    /// Start and end of the file name, and media type.
    fn file(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Format::Csv => ("cookies", "csv", "text/csv; charset=utf-8"),
            Format::Json => ("cookies", "json", "application/json"),
            Format::Markdown => ("cookies", "md", "text/markdown; charset=utf-8"),
            Format::Html => ("cookies", "html", "text/html; charset=utf-8"),
            Format::CorrectedHtml => ("charter", "html", "text/html; charset=utf-8"),
            Format::CorrectedMarkdown => ("charter", "md", "text/markdown; charset=utf-8"),
            Format::CorrectedCsv => ("charter", "csv", "text/csv; charset=utf-8"),
            Format::Tcf => ("tcf", "json", "application/json"),
        }
    }
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
pub fn export(report: &Report, format: Format, words: &Words) -> Result<Export, ExportError> {
    let speech = speech::Speech(words);
    let text = match format {
        Format::Csv => csv::report(&view::View::of(report, speech))?,
        Format::Json => to_json(report)?,
        Format::Markdown => markdown::report(&view::View::of(report, speech)),
        Format::Html => html::report(&view::View::of(report, speech)),
        Format::CorrectedHtml => html::corrected(&corrected::Corrected::of(report, speech)),
        Format::CorrectedMarkdown => markdown::corrected(&corrected::Corrected::of(report, speech)),
        Format::CorrectedCsv => csv::corrected(&corrected::Corrected::of(report, speech))?,
        Format::Tcf => to_json(&tcf::disclosure(report, speech))?,
    };
    let (start, end, media_type) = format.file();
    Ok(Export { name: file_name(start, report, end), media_type: media_type.into(), text })
}

/// `cookies-www.example.org-2026-11-23.csv`: letters, digits, dots and dashes only, at most 120 characters.
fn file_name(start: &str, report: &Report, end: &str) -> String {
    let host: String = report
        .site
        .host
        .chars()
        .take(90)
        .map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' })
        .collect();
    let day = moment::day(report.generated).unwrap_or_default();
    let parts = [start, host.trim_matches(['.', '-']), day.as_str()];
    let stem: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.{end}", stem.join("-"))
}

#[cfg(test)]
mod tests;
