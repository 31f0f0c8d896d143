//! The boundary to JavaScript: few functions, one object in, one object out. It converts and does nothing else.

use gloo::console;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::TextDecoder;

use crate::charter::find::LinksOfPage;
use crate::charter::platform::{self, PageFacts};
use crate::visit::{PageSource, Visit};

fn take<T: DeserializeOwned>(value: JsValue, what: &str) -> Result<T, JsError> {
    serde_wasm_bindgen::from_value(value).map_err(|e| JsError::new(&format!("{what} has the wrong shape: {e}")))
}

/// Plain objects; what is absent is left `undefined`, as the generated types say.
fn give<T: Serialize>(value: &T) -> Result<JsValue, JsError> {
    let plain = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    value.serialize(&plain).map_err(|e| JsError::new(&e.to_string()))
}

/// Makes a failure inside the core readable: without it the console shows only `unreachable`.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| console::error!(format!("Cookie Charter: the core failed: {info}"))));
}

/// The registrable domain of a host; absent for an IP address, a single label or a public suffix.
#[wasm_bindgen]
pub fn registrable_domain(host: &str) -> Option<String> {
    crate::site::registrable_domain(&crate::site::normal(host)).map(str::to_owned)
}

/// Ranks the links of a page that may lead to its charter, best first.
///
/// # Errors
/// When the object is not a `LinksOfPage`.
#[wasm_bindgen(unchecked_return_type = "LinkCandidate[]")]
pub fn charter_links(#[wasm_bindgen(unchecked_param_type = "LinksOfPage")] page: JsValue) -> Result<JsValue, JsError> {
    give(&crate::charter_links(&take::<LinksOfPage>(page, "the list of links")?))
}

/// Ranks the links of a document that lead on to the charter, best first. Empty when it is no text.
///
/// # Errors
/// When the object is not a `PageSource`.
#[wasm_bindgen(unchecked_return_type = "LinkCandidate[]")]
pub fn links_on(
    #[wasm_bindgen(unchecked_param_type = "PageSource")] source: JsValue,
    body: &Uint8Array,
) -> Result<JsValue, JsError> {
    let mut source = take::<PageSource>(source, "the document")?;
    fill(std::slice::from_mut(&mut source), std::slice::from_ref(body));
    let url = if source.final_url.is_empty() { &source.url } else { &source.final_url };
    give(&crate::page::parse(&source).map(|page| crate::follow_from(&page, url)).unwrap_or_default())
}

/// The consent platforms on a page: documents that its own objects are, and addresses to ask for. Call it again with the
/// answers in `facts.pages`, and their bytes in `bodies`, until nothing is asked for any more.
///
/// # Errors
/// When the object is not a `PageFacts`.
#[wasm_bindgen(unchecked_return_type = "Found[]")]
pub fn consent_platforms(
    #[wasm_bindgen(unchecked_param_type = "PageFacts")] facts: JsValue,
    bodies: Vec<Uint8Array>,
) -> Result<JsValue, JsError> {
    let mut facts = take::<PageFacts>(facts, "what the page shows of its platforms")?;
    fill(&mut facts.pages, &bodies);
    give(&platform::find(&facts))
}

/// The choices about cookies that a visit shows, as the consent platforms keep them.
///
/// # Errors
/// When the object is not a `Visit`.
#[wasm_bindgen(unchecked_return_type = "ConsentState[]")]
pub fn consent_states(#[wasm_bindgen(unchecked_param_type = "Visit")] visit: JsValue) -> Result<JsValue, JsError> {
    give(&crate::consent::of_visit(&take::<Visit>(visit, "the visit")?))
}

/// True when the host belongs to a consent platform, so that its documents may be asked for.
#[wasm_bindgen]
pub fn is_platform_host(host: &str) -> bool {
    platform::is_platform_host(host)
}

/// Up to three addresses under which sites often keep their charter, for the last try; guesses, and to be shown as such.
#[wasm_bindgen]
pub fn usual_addresses(url: &str, language: Option<String>) -> Vec<String> {
    crate::usual_addresses(url, language.as_deref())
}

/// Judges a visit. A site that cannot be read is a report that says so.
///
/// `bodies` holds, for each of the visit's pages, the bytes as they were received; nothing where the page has its text.
///
/// # Errors
/// When the object is not a `Visit`.
#[wasm_bindgen(unchecked_return_type = "Report")]
pub fn assess(
    #[wasm_bindgen(unchecked_param_type = "Visit")] visit: JsValue,
    bodies: Vec<Uint8Array>,
) -> Result<JsValue, JsError> {
    let mut visit = take::<Visit>(visit, "the visit")?;
    fill(&mut visit.pages, &bodies);
    give(&crate::assess(&visit))
}

/// Gives each document the text of its body, when it came as bytes.
fn fill(pages: &mut [PageSource], bodies: &[Uint8Array]) {
    for (page, body) in pages.iter_mut().zip(bodies) {
        if body.length() > 0 {
            page.text = decode(page, body);
        }
    }
}

/// The text of a body. UTF-8 is decoded here, and so is what names an encoding that nobody knows; every other encoding
/// the browser already has.
fn decode(page: &PageSource, body: &Uint8Array) -> String {
    let bytes = body.to_vec();
    let label = crate::page::encoding_label(&bytes, &page.content_type);
    let decoder = if label == "utf-8" { None } else { TextDecoder::new_with_label(&label).ok() };
    decoder.and_then(|decoder| decoder.decode_with_buffer_source(body).ok()).unwrap_or_else(|| {
        let text = String::from_utf8_lossy(&bytes);
        text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned()
    })
}

/// Writes a report as a file, in the language of the words given.
///
/// # Errors
/// When an object has the wrong shape, or the format cannot carry the report.
#[wasm_bindgen(js_name = export_report, unchecked_return_type = "Export")]
pub fn export(
    #[wasm_bindgen(unchecked_param_type = "Report")] report: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Format")] format: JsValue,
    #[wasm_bindgen(unchecked_param_type = "Record<string, string>")] words: JsValue,
) -> Result<JsValue, JsError> {
    let (report, format, words) = (take(report, "the report")?, take(format, "the format")?, take(words, "the words")?);
    let file = crate::export(&report, format, &words).map_err(|e| JsError::new(&e.to_string()))?;
    give(&file)
}
