//! Addresses of links: their parts, and relative ones made whole (RFC 3986, 5.2). Only http and https are addresses here.

/// Longest address that is looked at, in bytes.
const LONGEST: usize = 2_000;

/// The parts of an absolute address.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Address<'a> {
    /// Scheme and authority, such as `https://www.example.org`.
    pub origin: &'a str,
    /// Begins with `/`, or is empty.
    pub path: &'a str,
    /// Without `?`.
    pub query: &'a str,
    /// Without `#`.
    pub fragment: &'a str,
    /// All but the fragment: what is asked for.
    pub document: &'a str,
}

/// The parts of an http(s) address; nothing for any other scheme and for addresses without host.
pub(super) fn parts(url: &str) -> Option<Address<'_>> {
    let scheme = scheme_length(url)?;
    let end = url[scheme..].find(['/', '?', '#', '\\']).map_or(url.len(), |at| scheme + at);
    if end == scheme || url.len() > LONGEST {
        return None;
    }
    let (document, fragment) = url.split_once('#').unwrap_or((url, ""));
    let (path, query) = document[end..].split_once('?').unwrap_or((&document[end..], ""));
    Some(Address { origin: &url[..end], path, query, fragment, document })
}

/// Length of `http://` or `https://`.
fn scheme_length(url: &str) -> Option<usize> {
    let starts = |scheme: &str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    ["https://", "http://"].into_iter().find(|scheme| starts(scheme)).map(str::len)
}

/// A link as written in a document, made whole by the address of that document.
pub(super) fn resolve(base: &str, href: &str) -> Option<String> {
    // Browsers drop these wherever they stand (WHATWG URL Standard, 4.4).
    let href: String =
        href.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    if href.len() > LONGEST {
        return None;
    }
    if scheme_length(&href).is_some() {
        return parts(&href).map(|_| encoded(&href));
    }
    let before_path = href.split(['/', '?', '#']).next().unwrap_or_default();
    if before_path.contains(':') {
        return None; // mailto:, javascript:, data: and the like
    }
    let base = parts(base)?;
    let whole = if let Some(rest) = href.strip_prefix("//") {
        format!("{}//{rest}", base.origin.split("//").next().unwrap_or("https:"))
    } else if href.starts_with('/') {
        with_path(base.origin, &href)
    } else if href.starts_with('?') {
        format!("{}{}{href}", base.origin, base.path)
    } else if href.is_empty() || href.starts_with('#') {
        format!("{}{href}", base.document)
    } else {
        let folder = base.path.rfind('/').map_or("/", |at| &base.path[..=at]);
        with_path(base.origin, &format!("{folder}{href}"))
    };
    parts(&whole).map(|_| encoded(&whole))
}

/// Joins an origin and a path whose `.` and `..` are followed (RFC 3986, 5.2.4).
fn with_path(origin: &str, path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path[..end].split('/').skip(1).collect();
    for (at, segment) in segments.iter().enumerate() {
        let last = at + 1 == segments.len();
        match *segment {
            "." if last => kept.push(""),
            "." => {}
            ".." => {
                kept.pop();
                if last {
                    kept.push("");
                }
            }
            other => kept.push(other),
        }
    }
    format!("{origin}/{}{}", kept.join("/"), &path[end..])
}

/// White space and non-ASCII letters as `%XX`, as browsers send them.
fn encoded(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() { out.push(byte as char) } else { out.push_str(&format!("%{byte:02X}")) }
    }
    out
}

/// `%XX` as the letters they stand for; what is no UTF-8 becomes the replacement character.
pub(super) fn decoded(part: &str) -> String {
    let hex = |byte: Option<&u8>| byte.and_then(|b| (*b as char).to_digit(16));
    let bytes = part.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_made_whole() {
        let base = "https://www.site.example/en/legal/privacy.html?a=1#top";
        for (href, whole) in [
            ("cookies", "https://www.site.example/en/legal/cookies"),
            ("../cookies.html", "https://www.site.example/en/cookies.html"),
            ("./", "https://www.site.example/en/legal/"),
            ("../../../../x", "https://www.site.example/x"),
            ("/cookies?x=/../y", "https://www.site.example/cookies?x=/../y"),
            ("?page=cookies", "https://www.site.example/en/legal/privacy.html?page=cookies"),
            ("#cookies", "https://www.site.example/en/legal/privacy.html?a=1#cookies"),
            ("//other.example/c", "https://other.example/c"),
            (" HTTP://other.example/a b ", "HTTP://other.example/a%20b"),
            ("/πολιτική", "https://www.site.example/%CF%80%CE%BF%CE%BB%CE%B9%CF%84%CE%B9%CE%BA%CE%AE"),
            ("a/b:c", "https://www.site.example/en/legal/a/b:c"),
        ] {
            assert_eq!(resolve(base, href).as_deref(), Some(whole), "{href}");
        }
        for none in
            ["javascript:void(0)", "mailto:a@b.example", "tel:1", "data:text/html,x", "https://", "java\nscript:x"]
        {
            assert_eq!(resolve(base, none), None, "{none}");
        }
        assert_eq!(resolve("https://site.example", "c").as_deref(), Some("https://site.example/c"));
        assert_eq!(resolve("", "c"), None);
    }

    #[test]
    fn parts_are_found() {
        let address = parts("https://a.example:8443?q#f?g").unwrap();
        assert_eq!(
            (address.origin, address.path, address.query, address.fragment),
            ("https://a.example:8443", "", "q", "f?g")
        );
        assert_eq!(parts("ftp://a.example/"), None);
        assert_eq!(decoded("%CF%80-a%2"), "π-a%2");
        assert_eq!(decoded("%FF"), "\u{FFFD}");
    }
}
