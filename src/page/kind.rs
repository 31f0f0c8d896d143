//! Which kind of document a text is, when nobody says so.

/// The kind of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// HTML, well formed or not, whole or a piece.
    Html,
    /// Markdown, HTML and front matter inside allowed.
    Markdown,
    /// Plain text.
    Text,
}

impl Kind {
    /// The kind by content type, then by the ending of the address, then by the text itself.
    #[must_use]
    pub fn of(content_type: &str, url: &str, text: &str) -> Kind {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "text/html" | "application/xhtml+xml" => return Kind::Html,
            "text/markdown" | "text/x-markdown" => return Kind::Markdown,
            _ => {}
        }
        let path = url.split(['?', '#']).next().unwrap_or_default();
        let ending =
            path.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map(|(_, e)| e.to_ascii_lowercase());
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml") => return Kind::Html,
            Some("md" | "markdown" | "mdx") => return Kind::Markdown,
            _ => {}
        }
        if looks_like_html(text) {
            Kind::Html
        } else if ending.as_deref() != Some("txt") && looks_like_markdown(text) {
            Kind::Markdown
        } else {
            Kind::Text
        }
    }
}

/// Begins with markup, or holds the tags of a document's structure.
fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let begins = |tag: &str| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
    begins("<!doctype")
        || begins("<html")
        || begins("<head")
        || begins("<body")
        || begins("<table")
        || begins("<div")
        || begins("<section")
        || begins("<p>")
        || begins("<h1")
        || begins("<h2")
        || begins("<ul")
        || begins("<main")
        || begins("<article")
}

/// Has front matter, or at least two lines that only Markdown writes so.
fn looks_like_markdown(text: &str) -> bool {
    if text.starts_with("---\n") || text.starts_with("---\r\n") {
        return true;
    }
    let marks = text.lines().take(5000).filter(|line| {
        let line = line.trim_start();
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        ((1..=6).contains(&hashes) && line[hashes..].starts_with(' '))
            || line.contains("](")
            || line.matches("**").count() >= 2
            || line.contains("\\_")
            || (line.len() >= 5 && line.contains("-|-") || line.contains("- | -") || line.contains("-|:"))
    });
    marks.take(2).count() >= 2
}
