//! The value of a cookie or storage key as text and as JSON, whichever way it was packed.

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::DecodePaddingMode::Indifferent;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::charter::platform::js_literal;

/// Longest value that is read, in bytes. Storage may hold megabytes; no record of a choice does.
pub(super) const LONGEST: usize = 300_000;

/// Text with its percent-encoding undone, as often as it was done (some platforms do it twice).
pub(super) fn text(value: &str) -> String {
    let mut text = value.to_owned();
    for _ in 0..2 {
        if !text.contains('%') {
            break;
        }
        text = percent_decode_str(&text).decode_utf8_lossy().into_owned();
    }
    text
}

/// JSON, plain or percent-encoded, or a JavaScript object.
pub(super) fn json(value: &str) -> Option<Value> {
    let text = text(value);
    let text = text.trim();
    let json =
        serde_json::from_str(text).ok().or_else(|| text.starts_with('{').then(|| js_literal::parse(text)).flatten());
    json.filter(|json: &Value| json.is_object() || json.is_array())
}

/// JSON in Base64.
pub(super) fn json_in_base64(value: &str) -> Option<Value> {
    serde_json::from_slice(&bytes(&text(value))?).ok()
}

/// The bytes of a text in Base64, of either alphabet, padded or not.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    let alphabet = if text.contains(['-', '_']) { &URL_SAFE } else { &STANDARD };
    let lenient =
        GeneralPurposeConfig::new().with_decode_padding_mode(Indifferent).with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, lenient).decode(text.trim()).ok()
}
