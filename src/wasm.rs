//! The boundary to JavaScript: few functions, one object in, one object out. It converts and does nothing else.

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::charter::find::LinksOfPage;
use crate::visit::Visit;

fn take<T: DeserializeOwned>(value: JsValue, what: &str) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|e| JsError::new(&format!("{what} has the wrong shape: {e}")))
}

fn give<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(|e| JsError::new(&e.to_string()))
}

/// Ranks the links of a page that may lead to its charter, best first.
///
/// # Errors
/// When the object is not a `LinksOfPage`.
#[wasm_bindgen(unchecked_return_type = "LinkCandidate[]")]
pub fn charter_links(#[wasm_bindgen(unchecked_param_type = "LinksOfPage")] page: JsValue) -> Result<JsValue, JsError> {
    give(&crate::charter_links(&take::<LinksOfPage>(page, "the list of links")?))
}

/// Judges a visit. A site that cannot be read is a report that says so.
///
/// # Errors
/// When the object is not a `Visit`.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn assess(#[wasm_bindgen(unchecked_param_type = "Visit")] visit: JsValue) -> Result<JsValue, JsError> {
    give(&crate::assess(&take::<Visit>(visit, "the visit")?))
}

/// Writes a report as a file, in the language of the words given.
///
/// # Errors
/// When an object has the wrong shape, or the format cannot carry the report.
#[wasm_bindgen(unchecked_return_type = "Export")]
pub fn export(
    #[wasm_bindgen(unchecked_param_type = "Report")] report: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Format")] format: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Record<string, string>")] words: JsValue,
) -> Result<JsValue, JsError> {
    let (report, format, words) = (take(report, "the report")?, take(format, "the format")?, take(words, "the words")?);
    let file = crate::export(&report, format, &words).map_err(|e| JsError::new(&e.to_string()))?;
    give(&file)
}
