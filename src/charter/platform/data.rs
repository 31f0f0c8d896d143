//! What one document of a platform gives: copies of page objects, JSON, JavaScript as text, markup.

use serde_json::Value;

use super::PAGE_OBJECTS;
use super::dom::Dom;
use super::website::{Website, address};
use crate::visit::PageSource;

static NOTHING: Value = Value::Null;
/// Most pieces of markup that are read from one page.
const MAX_PIECES: usize = 200;

/// One document, taken apart by kind. Parts that it lacks are empty.
pub(crate) struct Data<'a> {
    /// The whole JSON document, or the copies of page objects by path.
    json: Value,
    from_page: bool,
    /// JavaScript, which is never run.
    pub(crate) script: &'a str,
    /// Markup.
    pub(crate) html: Vec<Dom>,
    /// The other documents of the same platform.
    pub(crate) site: Website<'a>,
    /// Address of this document.
    pub(crate) url: &'a str,
}

impl<'a> Data<'a> {
    pub(crate) fn of(source: &'a PageSource, site: Website<'a>) -> Data<'a> {
        let mut data =
            Data { json: Value::Null, from_page: false, script: "", html: Vec::new(), site, url: address(source) };
        let text = source.text.trim_start_matches('\u{feff}').trim();
        if source.content_type == PAGE_OBJECTS {
            data.from_page = true;
            data.json = serde_json::from_str(text).unwrap_or_default();
            let pieces = data.page("html").as_array().map(Vec::as_slice).unwrap_or_default();
            data.html = pieces.iter().take(MAX_PIECES).filter_map(Value::as_str).map(Dom::parse).collect();
        } else if text.starts_with(['{', '[']) {
            // Some servers send JSON behind which something stands; such a document is data for the literal reader.
            match serde_json::from_str(text) {
                Ok(json) => data.json = json,
                Err(_) => data.script = text,
            }
        } else if text.starts_with('<') || source.content_type.starts_with("text/html") {
            data.html.push(Dom::parse(text));
        } else {
            data.script = text;
        }
        data
    }

    fn page(&self, part: &str) -> &Value {
        if self.from_page { self.json.get(part).unwrap_or(&NOTHING) } else { &NOTHING }
    }

    /// The copy of a page object, by the path that the probe gives it.
    pub(crate) fn object(&self, path: &str) -> &Value {
        self.page("values").get(path).unwrap_or(&NOTHING)
    }

    /// Language of the page, as the probe saw it; empty when it does not say.
    pub(crate) fn language(&self) -> String {
        let language = self.page("language").as_str().unwrap_or_default();
        language.split(['-', '_']).next().unwrap_or_default().to_lowercase()
    }

    /// The fetched JSON document.
    pub(crate) fn json(&self) -> &Value {
        if self.from_page { &NOTHING } else { &self.json }
    }

    /// True when the document holds nothing that any reader could use.
    pub(crate) fn is_empty(&self) -> bool {
        self.json.is_null() && self.script.is_empty() && self.html.is_empty()
    }
}

/// Looking into JSON whose shape nobody promised.
pub(crate) trait Look {
    /// The words under a key; nothing when they are empty.
    fn words(&self, key: &str) -> Option<&str>;
    /// The first words under one of several keys.
    fn first_words(&self, keys: &[&str]) -> Option<&str>;
    /// The list under a key, or nothing.
    fn list(&self, key: &str) -> &[Value];
    /// The number under a key, written as a number or in words.
    fn number(&self, key: &str) -> Option<f64>;
    /// The truth under a key, written as such, as a number or in words.
    fn truth(&self, key: &str) -> Option<bool>;
}

impl Look for Value {
    fn words(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Value::as_str).map(str::trim).filter(|words| !words.is_empty())
    }

    fn first_words(&self, keys: &[&str]) -> Option<&str> {
        keys.iter().find_map(|key| self.words(key))
    }

    fn list(&self, key: &str) -> &[Value] {
        self.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    fn number(&self, key: &str) -> Option<f64> {
        let value = self.get(key)?;
        value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|n| n.is_finite())
    }

    fn truth(&self, key: &str) -> Option<bool> {
        match self.get(key)? {
            Value::Bool(truth) => Some(*truth),
            Value::Number(number) => number.as_f64().map(|n| n != 0.0),
            Value::String(word) => match word.as_str() {
                "true" | "1" | "yes" => Some(true),
                "false" | "0" | "no" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }
}
