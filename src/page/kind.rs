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

/// Begins with markup, or closes elements of a document's structure, and is no Markdown with some HTML inside.
fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let name = start.strip_prefix('<').map(|s| s.trim_start_matches('!'));
    let begins = |tag: &str| name.is_some_and(|n| n.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag)));
    if ["doctype", "html", "head", "body", "?xml"].iter().any(|tag| begins(tag)) {
        return true;
    }
    let closes = ["</p>", "</td>", "</div>", "</li>", "</tr>", "</h1>", "</h2>", "</table>", "</body>"];
    let closed: usize = closes.iter().map(|tag| text.matches(tag).take(2).count()).sum();
    closed >= 2 && !looks_like_markdown(text)
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

#[cfg(test)]
mod tests {
    use super::Kind;

    #[test]
    fn the_content_type_speaks_first_then_the_address_then_the_text() {
        assert_eq!(Kind::of("text/html; charset=utf-8", "a.md", "# A"), Kind::Html);
        assert_eq!(Kind::of("text/plain", "https://site.example/cookies.md?x=1.html", "A"), Kind::Markdown);
        assert_eq!(Kind::of("text/plain", "https://site.example/raw", "<!DOCTYPE html><p>A"), Kind::Html);
        assert_eq!(Kind::of("", "", "# Cookies\n\n| a | b |\n|---|---|\n"), Kind::Markdown);
        assert_eq!(Kind::of("", "cookies.txt", "# Cookies\n\n## More\n"), Kind::Text);
        assert_eq!(Kind::of("", "", "Cookies\n\nWe use some.\n"), Kind::Text);
    }

    #[test]
    fn a_page_whose_markup_comes_late_is_html_all_the_same() {
        let page = "Some words first.\n<table><tr><td>a</td></tr></table>\n<p>b</p>";
        assert_eq!(Kind::of("", "", page), Kind::Html);
        assert_eq!(Kind::of("", "", "1 < 2 and a <b> c"), Kind::Text);
    }
}
