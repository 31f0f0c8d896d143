//! Which encoding the bytes of a document are in.

/// The label of the encoding: byte order mark, then the content type, then what the first 1,024 bytes say of themselves.
///
/// Give it to a decoder that knows the labels of the Encoding Standard. `utf-8` when nothing says otherwise.
#[must_use]
pub fn encoding_label(bytes: &[u8], content_type: &str) -> String {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return "utf-8".into(),
        [0xff, 0xfe, ..] => return "utf-16le".into(),
        [0xfe, 0xff, ..] => return "utf-16be".into(),
        _ => {}
    }
    let lower = content_type.to_ascii_lowercase();
    if let Some(label) = charset(&lower) {
        return label;
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    match head.find("<meta").and_then(|at| charset(&head[at..])) {
        // A document that could be read this far as ASCII is not UTF-16, whatever it says.
        Some(label) if label.starts_with("utf-16") => "utf-8".into(),
        Some(label) => label,
        None => "utf-8".into(),
    }
}

/// The value after `charset=`.
fn charset(text: &str) -> Option<String> {
    let at = text.find("charset")?;
    let value = text[at + 7..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"';>/".contains(c)).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_string())
}
