//! How each platform writes a name that varies, and the same in our notation: `*` for any run of characters.

use super::regex;

/// The way in which a source writes names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Notation {
    /// As it is, `*` included.
    Plain,
    /// Cookiebot: `#` for what varies, `[x2]` for the number of hosts.
    Cookiebot,
    /// OneTrust: a run of `x` at the end, or a final `_`, for what varies.
    OneTrust,
    /// A regular expression of JavaScript.
    Regex,
}

/// Most patterns that one written name may become.
const MAX_PATTERNS: usize = 16;

/// A name as the source shows it, and what it covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) name: String,
    pub(crate) pattern: String,
    /// False when the pattern only comes near to what the source says.
    pub(crate) exact: bool,
}

/// The names that a written name stands for; several only for a regular expression with alternatives.
pub(crate) fn names(text: &str, notation: Notation) -> Vec<Written> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    let pattern = match notation {
        Notation::Plain => text.to_owned(),
        Notation::Cookiebot => {
            let name = without_count(text);
            let pattern = squeeze(&name.replace('#', "*"));
            return vec![Written { name: name.to_owned(), pattern, exact: true }];
        }
        Notation::OneTrust => one_trust(text),
        Notation::Regex => {
            let found = regex::patterns(text, MAX_PATTERNS);
            let exact = found.exact;
            let patterns = found.patterns.into_iter().filter(|p| !p.is_empty());
            return patterns.map(|p| Written { name: p.clone(), pattern: squeeze(&p), exact }).collect();
        }
    };
    vec![Written { name: text.to_owned(), pattern: squeeze(&pattern), exact: true }]
}

/// Without the number of hosts that Cookiebot puts behind a name.
fn without_count(text: &str) -> &str {
    let Some((name, count)) = text.rsplit_once('[') else { return text };
    let count = count.trim_end().strip_suffix(']').and_then(|c| c.strip_prefix(['x', 'X']));
    if count.is_some_and(|c| !c.is_empty() && c.bytes().all(|b| b.is_ascii_digit())) { name.trim_end() } else { text }
}

/// A run of at least three `x` at the end, or a final `_`, becomes `*`.
fn one_trust(text: &str) -> String {
    let fixed = text.trim_end_matches(['x', 'X']);
    if text.len() - fixed.len() >= 3 && !fixed.is_empty() {
        return format!("{fixed}*");
    }
    if text.ends_with('_') && text.len() > 1 { format!("{text}*") } else { text.to_owned() }
}

/// One `*` for each run of them.
fn squeeze(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    for c in pattern.chars() {
        if c != '*' || !out.ends_with('*') {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_notation_becomes_ours() {
        for (text, notation, name, pattern) in [
            ("_ga_#", Notation::Cookiebot, "_ga_#", "_ga_*"),
            ("__cf_bm [x2] ", Notation::Cookiebot, "__cf_bm", "__cf_bm"),
            ("_dc_gtm_UA-#-#", Notation::Cookiebot, "_dc_gtm_UA-#-#", "_dc_gtm_UA-*-*"),
            ("a[x]", Notation::Cookiebot, "a[x]", "a[x]"),
            ("NSC_xxxxxxxxxxxxxxx", Notation::OneTrust, "NSC_xxxxxxxxxxxxxxx", "NSC_*"),
            ("ASPSESSIONIDXXXXXXXX", Notation::OneTrust, "ASPSESSIONIDXXXXXXXX", "ASPSESSIONID*"),
            ("_hjSession_", Notation::OneTrust, "_hjSession_", "_hjSession_*"),
            ("idx", Notation::OneTrust, "idx", "idx"),
            ("xxx", Notation::OneTrust, "xxx", "xxx"),
            ("id*", Notation::Plain, "id*", "id*"),
            ("a**", Notation::Plain, "a**", "a*"),
        ] {
            let all = names(text, notation);
            assert_eq!(all.len(), 1, "{text}");
            assert_eq!((all[0].name.as_str(), all[0].pattern.as_str()), (name, pattern), "{text}");
        }
        assert!(names("  ", Notation::Plain).is_empty());
    }
}
