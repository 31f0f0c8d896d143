//! Names with placeholders in Markdown: `_ga_*`, `_ga_<id>`, `id_{site}`. To the standard their underscores are emphasis.

use std::borrow::Cow;

/// Guards the underscores before placeholders in a line that is not code.
pub(super) fn guard(line: &str) -> Cow<'_, str> {
    let bytes = line.as_bytes();
    let mut out = String::new();
    let (mut done, mut token, mut code) = (0, 0, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'`' => code = !code,
            b' ' | b'\t' | b'|' | b',' | b';' | b'"' => token = at + 1,
            b'_' if !code && is_before_placeholder(line, token, at) => {
                out.push_str(&line[done..at]);
                out.push_str("\\_");
                done = at + 1;
                if bytes.get(done) == Some(&b'*') {
                    out.push_str("\\*");
                    done += 1;
                }
            }
            _ => {}
        }
    }
    if done == 0 {
        return Cow::Borrowed(line);
    }
    out.push_str(&line[done..]);
    Cow::Owned(out)
}

/// Does the underscore end a word to which a placeholder is tied?
fn is_before_placeholder(line: &str, token: usize, at: usize) -> bool {
    let ends_word = line[token..at].ends_with(|c: char| c.is_alphanumeric() || c == '-');
    let rest = &line[at + 1..];
    ends_word
        && match rest.as_bytes().first() {
            Some(b'<' | b'{') => true,
            // A star that closes what the word opened is emphasis.
            Some(b'*') => !line[token..].starts_with('*') && !rest[1..].starts_with('*'),
            // Brackets with an address behind them are a link.
            Some(b'[') => rest.find(']').is_some_and(|end| !rest[end + 1..].starts_with(['(', '['])),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn underscores_before_placeholders_are_guarded() {
        assert_eq!(guard("_ga_* and _id_<site>, `_ga_*`, a_{b}"), "_ga\\_\\* and _id\\_<site>, `_ga_*`, a\\_{b}");
        assert_eq!(guard("_id_[site]"), "_id\\_[site]");
    }

    #[test]
    fn emphasis_and_links_stay() {
        for line in ["*_both_* and **_all_**", "_see_[here](x)", "_word_ alone", "__bold__"] {
            assert_eq!(guard(line), line);
        }
    }
}
