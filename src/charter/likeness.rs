//! How much a word looks like the name of a cookie, whatever the language around it.

/// How much one token looks like a name, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Likeness {
    /// An address, a number, a sentence, a word that no cookie is called by.
    No,
    /// One word with a capital, as products and companies are called (`Hotjar`, `YouTube`).
    Product,
    /// One small word (`token`, `fr`): a name only where a list of names is.
    Word,
    /// Written as only names are (`_ga`, `PHPSESSID`, `cookieConsent`, `wp-*`).
    Strong,
}

/// Longest name worth looking at.
const LONGEST: usize = 200;

/// Looks at one token, white space around it aside.
pub(crate) fn of_token(token: &str) -> Likeness {
    let token = token.trim();
    if token.is_empty() || token.len() > LONGEST {
        return Likeness::No;
    }
    let closed = without_placeholders(token);
    let token = closed.as_str();
    if token.contains(char::is_whitespace) {
        return Likeness::No;
    }
    if is_address(token) || is_number(token) || is_tag_id(token) || is_file(token) {
        return Likeness::No;
    }
    let shape = Shape::of(token);
    if shape.letters == 0 && shape.wild == 0 {
        return Likeness::No;
    }
    if shape.foreign > 0 && !token.contains('_') {
        return Likeness::No;
    }
    if token.ends_with(['.', '!', '?', ',', ';', ':', '\'', '’']) && !token.contains('_') {
        return Likeness::No;
    }
    if shape.strong(token) {
        return Likeness::Strong;
    }
    if shape.other > 0 {
        return Likeness::No;
    }
    if shape.first_upper || shape.humps > 0 { Likeness::Product } else { Likeness::Word }
}

/// A name with `*` for what stands in braces or brackets, where words may have spaces ("_id_{product ID}").
fn without_placeholders(token: &str) -> String {
    let mut closed = String::with_capacity(token.len());
    let mut rest = token;
    while let Some(open) = rest.find(['{', '[', '<']) {
        let end = match rest.as_bytes()[open] {
            b'{' => '}',
            b'[' => ']',
            _ => '>',
        };
        let Some(close) = rest[open..].find(end).filter(|close| *close <= 40) else { break };
        closed.push_str(&rest[..open]);
        closed.push('*');
        rest = &rest[open + close + 1..];
    }
    closed.push_str(rest);
    if closed == "*" { token.to_owned() } else { closed }
}

/// What a token is made of.
#[derive(Default)]
struct Shape {
    letters: usize,
    lower: usize,
    upper: usize,
    digits: usize,
    foreign: usize,
    /// `_`, and the marks with which charters write the varying part of a name.
    wild: usize,
    /// Points, hyphens and colons between letters.
    inner: usize,
    other: usize,
    first_upper: bool,
    /// Capitals after a small letter.
    humps: usize,
}

impl Shape {
    fn of(token: &str) -> Shape {
        let mut shape = Shape::default();
        let mut before = ' ';
        for (at, letter) in token.chars().enumerate() {
            match letter {
                'a'..='z' => {
                    shape.letters += 1;
                    shape.lower += 1;
                }
                'A'..='Z' => {
                    shape.letters += 1;
                    shape.upper += 1;
                    shape.first_upper |= at == 0;
                    shape.humps += usize::from(before.is_ascii_lowercase());
                }
                '0'..='9' => shape.digits += 1,
                '_' | '*' | '#' | '{' | '}' | '<' | '>' | '[' | ']' | '$' | '%' | '~' | '|' | '^' => shape.wild += 1,
                '.' | '-' | ':' => shape.inner += 1,
                '…' | '@' | '!' | '=' | '+' | '/' | '\'' | '’' | '(' | ')' | ',' | '&' => shape.other += 1,
                letter if letter.is_alphabetic() => {
                    shape.letters += 1;
                    shape.foreign += 1;
                }
                _ => shape.other += 1,
            }
            before = letter;
        }
        shape
    }

    fn strong(&self, token: &str) -> bool {
        if self.wild > 0 {
            // `AMCV_*@AdobeOrg` is a name, `name_surname@example.org` was sorted out before.
            return self.letters + self.digits > 0;
        }
        if self.other > 0 {
            return false;
        }
        let all_caps = self.upper >= 2 && self.lower == 0 && self.foreign == 0;
        // `iPhone` and `eBay` are products.
        let camel = self.humps > 0 && !self.first_upper && token.chars().nth(1).is_some_and(char::is_lowercase);
        let mixed = self.digits > 0 && self.letters > 0;
        let dotted = token.contains(['.', ':']) && self.letters > 1;
        // `UserMatchHistory`; products have one capital inside at most.
        all_caps
            || camel
            || self.humps >= 2
            || mixed
            || dotted
            || (self.inner > 0 && self.lower > 0 && !self.first_upper)
    }
}

/// True for hosts, links and mail addresses.
pub(crate) fn is_address(token: &str) -> bool {
    let token = token.trim_matches(['(', ')', '<', '>', ',', ';', '"']);
    let lower = token.to_ascii_lowercase();
    if lower.contains("://") || lower.starts_with("www.") || lower.starts_with("mailto:") || lower.starts_with('/') {
        return true;
    }
    match lower.split_once('@') {
        Some((user, host)) => !user.is_empty() && !user.contains(['*', '#', '[', '{', '<']) && is_host(host),
        None => is_host(&lower),
    }
}

/// True for a host name with a top-level domain that is in use, `*.` or `.` before it allowed.
pub(crate) fn is_host(token: &str) -> bool {
    let host = token.trim().trim_start_matches("*.").trim_start_matches('.').trim_end_matches('/');
    let host = host.split(['/', ':']).next().unwrap_or_default();
    if host.len() < 4 || !host.is_ascii() || host.contains(['_', '*', '#', '{', '[']) {
        return false;
    }
    let Some((rest, last)) = host.rsplit_once('.') else { return false };
    let labels = rest
        .split('.')
        .all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    let last = last.to_ascii_lowercase();
    labels && last.bytes().all(|byte| byte.is_ascii_lowercase()) && is_top_level(&last)
}

fn is_top_level(last: &str) -> bool {
    const USUAL: [&str; 40] = [
        "com", "net", "org", "info", "biz", "edu", "gov", "int", "mil", "app", "dev", "io", "eu", "ai", "tech",
        "cloud", "online", "site", "store", "shop", "blog", "live", "email", "agency", "digital", "media", "page",
        "pro", "name", "mobi", "tv", "xyz", "top", "web", "bzh", "paris", "cat", "swiss", "example", "test",
    ];
    // Country domains are two letters; `id`, `js`, `sh`, `so` and the like end names and files more often than hosts.
    let country = last.len() == 2 && !matches!(last, "id" | "js" | "sh" | "md" | "ts" | "py" | "ps" | "st" | "tk");
    country || USUAL.contains(&last)
}

/// True for numbers, dates, times, prices, versions and telephone numbers.
fn is_number(token: &str) -> bool {
    let digits = token.chars().filter(char::is_ascii_digit).count();
    let letters = token.chars().filter(|letter| letter.is_alphabetic() || *letter == '_').count();
    let begins =
        token.trim_start_matches(['+', '(', '~', '<', '≤']).starts_with(|letter: char| letter.is_ascii_digit());
    digits > 0 && letters <= 1 && begins && !token.contains('_')
}

/// True for the ids of tags and accounts of advertising tools, which prose often puts in brackets.
fn is_tag_id(token: &str) -> bool {
    let Some((head, rest)) = token.split_once('-') else { return false };
    let known = matches!(head, "AW" | "UA" | "G" | "GT" | "GTM" | "DC" | "MC" | "HT" | "pub" | "ca");
    known
        && rest.len() >= 4
        && rest.chars().any(|letter| letter.is_ascii_digit() || letter == 'X')
        && rest.chars().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '-')
}

/// True for names of script and page files. `cookies.js` may be a cookie, but who writes it means the file.
fn is_file(token: &str) -> bool {
    let Some((_, end)) = token.rsplit_once('.') else { return false };
    matches!(end.to_ascii_lowercase().as_str(), "html" | "htm" | "php" | "css" | "png" | "gif" | "jpg" | "svg" | "pdf")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cookies_look_like_names() {
        for name in [
            "_ga",
            "_ga_*",
            "PHPSESSID",
            "cookieConsent",
            "wp-settings-1",
            "AMCV_###@AdobeOrg",
            "connect.sid",
            ".ASPXAUTH",
            "li_gc",
            "1P_JAR",
            "__Secure-3PSID",
            "_gat_gtag_UA_[XXX]",
            "{site}usr",
            "IDE",
            "csrf-token",
            "com.auth0.auth",
            "cookies.js",
            "_hjAbsoluteSessãoInProgress",
            "uuid2",
        ] {
            assert_eq!(of_token(name), Likeness::Strong, "{name}");
        }
    }

    #[test]
    fn a_small_word_may_be_a_name_and_a_product_hardly() {
        assert_eq!(of_token("token"), Likeness::Word);
        assert_eq!(of_token("fr"), Likeness::Word);
        assert_eq!(of_token("Hotjar"), Likeness::Product);
        assert_eq!(of_token("YouTube"), Likeness::Product);
        assert_eq!(of_token("iOS"), Likeness::Product);
    }

    #[test]
    fn addresses_numbers_and_tag_ids_are_no_names() {
        for other in [
            "AW-18076192122",
            "UA-12345-1",
            "www.example.org",
            "google.com",
            "dpo@example.org",
            "12.99",
            "09:00",
            "2024-01-01",
            "+33123456789",
            "https://example.org/_ga",
            "Größe",
            "сесія",
            "*.linkedin.com",
            "index.php",
        ] {
            assert_eq!(of_token(other), Likeness::No, "{other}");
        }
    }
}
