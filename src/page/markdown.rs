//! Markdown to blocks: written as HTML, then read like any HTML, so that both kinds have one path.
//!
//! What authors write and the standard does not know is made standard first: tables with broken separators or none, lines
//! of labels, short codes of site generators, placeholders in angle brackets.

use pulldown_cmark::{CowStr, Event, Options, Parser, html};

use super::{Page, Unreadable, blocks, front_matter, html as tree, pipes, short_codes, tag};

/// Reads a Markdown document.
///
/// # Errors
/// When it is more intricate than any page.
pub(super) fn read(source: &str) -> Result<Page, Unreadable> {
    let (front, body) = front_matter::split(source);
    let front = front.map(front_matter::read).unwrap_or_default();
    let body = pipes::mend(&short_codes::remove(body));
    let mut written = Bounded { most: front.html.len() + 16 * source.len() + 100_000, html: front.html };
    let options = Options::ENABLE_TABLES | Options::ENABLE_HEADING_ATTRIBUTES | Options::ENABLE_DEFINITION_LIST;
    html::write_html_fmt(&mut written, Parser::new_ext(&body, options).map(keep_placeholders))
        .map_err(|_| Unreadable::TooLarge)?;
    let mut page = blocks::read(&tree::parse(&written.html)?);
    page.title = front.title.or(page.title);
    page.language = front.language.or(page.language);
    Ok(page)
}

/// HTML up to a size: short rows under a wide header would grow without end.
struct Bounded {
    html: String,
    most: usize,
}

impl std::fmt::Write for Bounded {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        if self.html.len() + text.len() > self.most {
            return Err(std::fmt::Error);
        }
        self.html.push_str(text);
        Ok(())
    }
}

/// `_ga_<property id>`: what looks like a tag and names no element of HTML is a word.
fn keep_placeholders(event: Event<'_>) -> Event<'_> {
    match event {
        Event::InlineHtml(html) if is_placeholder(&html) => Event::Text(CowStr::from(html.into_string())),
        other => other,
    }
}

fn is_placeholder(html: &str) -> bool {
    let name = html.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(name.len());
    end > 0 && !html.contains(['=', '"']) && !tag::is_html(&name[..end].to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::outline::outline;
    use super::super::{Kind, parse_text};

    fn read(source: &str) -> String {
        outline(&parse_text(source, Kind::Markdown).unwrap())
    }

    #[test]
    fn a_table_with_escaped_and_quoted_names() {
        let source =
            "## Our cookies\n\n| Name | Purpose |\n|---|---|\n| \\_one\\_two | **Counts** |\n| `three_*` | Keeps |\n";
        assert_eq!(
            read(source),
            "# Our cookies (2)\n\
             table\n  *Name | *Purpose\n  _one_two | [b:Counts]\n  [c:three_*] | Keeps\n"
        );
    }

    #[test]
    fn html_inside_is_read_as_html() {
        let source = "__Statistics__\n\n<table><tr><th>Name</th></tr><tr><td data-title=\"Name\">_one<br>_two</td></tr></table>\n";
        assert_eq!(read(source), "# [b:Statistics] (7)\ntable\n  *Name\n  (Name) _one/_two\n");
    }

    #[test]
    fn placeholders_in_angle_brackets_stay() {
        assert_eq!(read("We set _one_<id> and two_<container-id>.\n"), "We set _one_<id> and two_<container-id>.\n");
    }

    #[test]
    fn a_definition_list_and_heading_attributes() {
        assert_eq!(
            read("## Names {#names}\n\n_one\n: Counts visits\n"),
            "# Names (2)\npairs\n  _one = Counts visits\n"
        );
    }
}
