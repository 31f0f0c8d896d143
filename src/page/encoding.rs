//! Which encoding the bytes of a document are in.

/// How far a document may go before it says its encoding, in bytes.
const PRESCAN: usize = 1024;

/// The label of the encoding: byte order mark, then the content type, then what the first 1,024 bytes say of themselves;
/// `utf-8` when nothing does.
///
/// The label is in small letters and as the document writes it ("latin1"): give it to a decoder that knows the labels of the
/// Encoding Standard, and take UTF-8 when that decoder does not know it.
#[must_use]
pub fn encoding_label(bytes: &[u8], content_type: &str) -> String {
    match bytes {
        [0xef, 0xbb, 0xbf, ..] => return "utf-8".into(),
        [0xff, 0xfe, ..] => return "utf-16le".into(),
        [0xfe, 0xff, ..] => return "utf-16be".into(),
        _ => {}
    }
    if let Some(label) = charset(&content_type.to_ascii_lowercase()) {
        return usual(label);
    }
    let head: String = bytes[..bytes.len().min(PRESCAN)].iter().map(|b| char::from(*b).to_ascii_lowercase()).collect();
    match in_head(&head) {
        // What could be read as single bytes is not UTF-16, whatever it says.
        Some(label) if label.starts_with("utf-16") => "utf-8".into(),
        Some(label) => usual(label),
        None => "utf-8".into(),
    }
}

fn usual(label: String) -> String {
    if matches!(label.as_str(), "utf8" | "unicode-1-1-utf-8" | "x-unicode20utf8") { "utf-8".into() } else { label }
}

/// What `meta` tags or an XML declaration say, comments left out.
fn in_head(head: &str) -> Option<String> {
    if let Some(xml) = head.trim_start().strip_prefix("<?xml") {
        let declaration = &xml[..xml.find("?>")?];
        let value = &declaration[declaration.find("encoding")? + 8..];
        return label(value.trim_start().strip_prefix('=')?);
    }
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if rest.starts_with("<!--") {
            rest = &rest[rest.find("-->")?..];
        } else if rest.starts_with("<meta") {
            let end = rest.find('>').unwrap_or(rest.len());
            if let Some(label) = charset(&rest[..end]) {
                return Some(label);
            }
            rest = &rest[end..];
        } else {
            rest = &rest[1..];
        }
    }
    None
}

/// The value after `charset=`.
fn charset(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(at) = rest.find("charset") {
        rest = &rest[at + 7..];
        if let Some(found) = rest.trim_start().strip_prefix('=').and_then(label) {
            return Some(found);
        }
    }
    None
}

/// A label, quoted or not.
fn label(value: &str) -> Option<String> {
    let value = value.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"';>/,".contains(c)).unwrap_or(value.len());
    (end > 0).then(|| value[..end].into())
}

#[cfg(test)]
mod tests {
    use super::encoding_label;

    #[test]
    fn the_byte_order_mark_wins_then_the_content_type_then_the_document() {
        let html = b"<meta charset=\"ISO-8859-2\">";
        assert_eq!(encoding_label(b"\xef\xbb\xbf<meta charset=latin1>", "text/html; charset=koi8-r"), "utf-8");
        assert_eq!(encoding_label(b"\xff\xfea\0", ""), "utf-16le");
        assert_eq!(encoding_label(html, "text/html; Charset=\"Windows-1252\""), "windows-1252");
        assert_eq!(encoding_label(html, "text/html"), "iso-8859-2");
        assert_eq!(encoding_label(b"plain", ""), "utf-8");
    }

    #[test]
    fn every_way_a_document_says_it() {
        let said = |text: &str| encoding_label(text.as_bytes(), "");
        assert_eq!(said("<meta http-equiv='Content-Type' content='text/html; charset=Shift_JIS'>"), "shift_jis");
        assert_eq!(said("<?xml version=\"1.0\" encoding=\"windows-1251\"?><html>"), "windows-1251");
        assert_eq!(said("<!-- <meta charset=koi8-r> --><title>charset=x</title><meta charset = utf8 />"), "utf-8");
        assert_eq!(said("<meta charset=utf-16>"), "utf-8");
        assert_eq!(said(&format!("{}<meta charset=koi8-r>", " ".repeat(2000))), "utf-8");
    }
}
