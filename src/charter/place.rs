//! Where a statement stands in the charter: a quote, the headings above it, and a link that jumps to it.

use super::Place;

/// Characters that a quote may have; the report shows it whole.
const LONGEST_QUOTE: usize = 600;
/// Words at each end of a long line that a text fragment names.
const FRAGMENT_WORDS: usize = 5;

/// Joins the cells of a row as they are shown in a quote.
pub(crate) fn quote<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let mut quote = String::new();
    for cell in cells {
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        if !quote.is_empty() {
            quote.push_str(" | ");
        }
        for word in cell.split_whitespace() {
            if !quote.is_empty() && !quote.ends_with(' ') {
                quote.push(' ');
            }
            quote.push_str(word);
        }
    }
    shorten(quote)
}

fn shorten(mut quote: String) -> String {
    if quote.chars().count() > LONGEST_QUOTE {
        let end = quote.char_indices().nth(LONGEST_QUOTE - 1).map_or(0, |(at, _)| at);
        quote.truncate(end);
        quote.push('…');
    }
    quote
}

/// The value of a `#:~:text=` fragment that leads to a line: its words, or its first and last words when it is long.
///
/// Browsers match a fragment within one block of text, so the fragment never joins two cells by a separator: a row is
/// named by the words of its first cell and of its last.
pub(crate) fn fragment<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<&str> = cells.filter_map(|cell| cell.lines().map(str::trim).find(|line| !line.is_empty())).collect();
    let Some((first, rest)) = cells.split_first() else { return String::new() };
    let words: Vec<&str> = first.split_whitespace().collect();
    let start = words[..words.len().min(2 * FRAGMENT_WORDS)].join(" ");
    match rest.last().copied().or_else(|| (words.len() > 2 * FRAGMENT_WORDS).then_some(*first)) {
        None => encode(&start),
        Some(last) => {
            let last: Vec<&str> = last.split_whitespace().collect();
            let end = last[last.len().saturating_sub(FRAGMENT_WORDS)..].join(" ");
            let start = words[..words.len().min(FRAGMENT_WORDS)].join(" ");
            format!("{},{}", encode(&start), encode(&end))
        }
    }
}

/// Percent-encodes what a text fragment gives a meaning to (`,`, `-`, `&`) and all that is not plain ASCII.
fn encode(words: &str) -> String {
    let mut encoded = String::with_capacity(words.len() * 2);
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for half in [byte >> 4, byte & 15] {
                encoded.push(char::from(b"0123456789ABCDEF"[usize::from(half)]));
            }
        }
    }
    encoded
}

impl Place {
    /// A place without its address, which the reader of the document adds.
    pub(crate) fn of_cells<'a>(
        headings: Vec<String>,
        table: u32,
        row: u32,
        cells: impl Iterator<Item = &'a str> + Clone,
    ) -> Place {
        Place { url: String::new(), quote: quote(cells.clone()), headings, table, row, fragment: fragment(cells) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_quoted_with_bars_and_linked_by_its_ends() {
        let cells = ["_ga", "", "Counts\nvisits, each day", "2 years"];
        assert_eq!(quote(cells.into_iter()), "_ga | Counts visits, each day | 2 years");
        assert_eq!(fragment(cells.into_iter()), "_ga,2%20years");
    }

    #[test]
    fn a_short_line_is_linked_whole_and_a_long_one_by_its_ends() {
        assert_eq!(fragment(["we set sid-1"].into_iter()), "we%20set%20sid%2D1");
        let long = "one two three four five six seven eight nine ten eleven";
        assert_eq!(fragment([long].into_iter()), "one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven");
    }

    #[test]
    fn a_long_quote_is_cut_between_characters() {
        let quote = quote(["é".repeat(900).as_str()].into_iter());
        assert_eq!(quote.chars().count(), LONGEST_QUOTE);
    }
}
