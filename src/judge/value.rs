//! The shape of a value, judged on the device. Nothing of the value itself leaves this file.

use crate::report::ValueShape;

/// Least estimated bits of a value that can single out a browser among many.
const IDENTIFYING_BITS: f64 = 32.0;
/// Least characters of it.
const IDENTIFYING_LENGTH: usize = 8;

/// Moments further than this from now, in seconds, are no moments of a cookie: none is kept longer.
const NEAR: f64 = 800.0 * 86_400.0;

/// Length, alphabet and class of randomness of a value seen at a moment (seconds since 1970).
pub(crate) fn shape(value: &str, now: f64) -> ValueShape {
    let bits = remainder(value, now).map(bits).sum::<f64>();
    let entropy = match bits {
        b if b < IDENTIFYING_BITS => "low",
        b if b < 64.0 => "medium",
        _ => "high",
    };
    ValueShape {
        length: u32::try_from(value.chars().count()).unwrap_or(u32::MAX),
        alphabet: alphabet(value).to_string(),
        entropy: entropy.to_string(),
    }
}

fn alphabet(value: &str) -> &'static str {
    let all = |fits: fn(&char) -> bool| value.chars().all(|c| fits(&c));
    if all(char::is_ascii_digit) {
        "digits"
    } else if all(char::is_ascii_hexdigit) {
        "hex"
    } else if all(|c| c.is_alphabetic() || c.is_whitespace()) {
        "text"
    } else if all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | '_' | '-')) {
        "base64"
    } else {
        "mixed"
    }
}

/// Whether a value could single out this browser: what is left of it, once moments, versions, yes and no, languages and
/// small numbers are set aside, is long and random enough.
pub(crate) fn looks_like_identifier(value: &str, now: f64) -> bool {
    let (mut length, mut total) = (0, 0.0);
    for token in remainder(value, now) {
        let random = bits(token);
        if random > 0.0 {
            length += token.len();
            total += random;
        }
    }
    length >= IDENTIFYING_LENGTH && total >= IDENTIFYING_BITS
}

/// Runs of letters and digits that say something about one visitor.
fn remainder(value: &str, now: f64) -> impl Iterator<Item = &str> {
    // The two digits after a `%` are an escaped separator.
    let parts = value.split('%').enumerate().map(|(at, part)| match part.get(..2) {
        Some(escape) if at > 0 && escape.bytes().all(|b| b.is_ascii_hexdigit()) => &part[2..],
        _ => part,
    });
    let tokens = parts.flat_map(|part| part.split(|c: char| !c.is_ascii_alphanumeric())).filter(|t| !t.is_empty());
    tokens.filter(move |token| !is_moment(token, now) && !is_small(token))
}

/// Seconds or milliseconds since 1970 near now, or a date. Random numbers of the same length are mostly elsewhere.
fn is_moment(token: &str, now: f64) -> bool {
    let number: f64 =
        if token.bytes().all(|b| b.is_ascii_digit()) { token.parse().unwrap_or_default() } else { return false };
    match token.len() {
        8 => (20_000_101.0..=20_991_231.0).contains(&number),
        10 => (number - now).abs() < NEAR,
        13 => (number / 1000.0 - now).abs() < NEAR,
        14 => (20_000_101e6..=20_991_232e6).contains(&number),
        _ => false,
    }
}

/// Counters, versions, languages, countries, codes of a list, sizes of a screen.
fn is_small(token: &str) -> bool {
    let number = |part: &str| part.len() <= 5 && part.bytes().all(|b| b.is_ascii_digit());
    token.len() <= 5 || token.split_once('x').is_some_and(|(width, height)| number(width) && number(height))
}

/// Estimated bits of a token: its length times the width of its alphabet. A word of a language carries none.
fn bits(token: &str) -> f64 {
    let (mut digits, mut upper, mut lower, mut beyond_hex, mut changes) = (0, 0, 0, 0, 0);
    let mut before = None;
    for c in token.bytes() {
        let class = match c {
            b'0'..=b'9' => 0,
            b'A'..=b'Z' => 1,
            _ => 2,
        };
        match class {
            0 => digits += 1,
            1 => upper += 1,
            _ => lower += 1,
        }
        beyond_hex += usize::from(!c.is_ascii_hexdigit());
        changes += usize::from(before.is_some_and(|b| b != class));
        before = Some(class);
    }
    // Letters alone, in words or in camelCase, are a word; random letters change case more often than every third time.
    let word = digits == 0 && (changes * 3 < token.len());
    // Words with a number behind or before them, such as `version12`.
    let numbered_word = digits > 0 && changes == 1 && upper + lower >= 4 && digits <= 4 && beyond_hex > 0;
    if word || numbered_word {
        return 0.0;
    }
    let width: f64 = match (digits, upper, lower) {
        (_, 0, 0) => 10.0,
        (_, 0, _) | (_, _, 0) if beyond_hex == 0 => 16.0,
        (_, 0, _) | (_, _, 0) => 36.0,
        _ => 62.0,
    };
    token.len() as f64 * width.log2()
}

/// Whether a value holds a mail address, plainly or with its `@` escaped.
pub(crate) fn holds_mail_address(value: &str) -> bool {
    let plain = value.replace("%40", "@");
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    plain.match_indices('@').any(|(at, _)| {
        let name = plain[..at].chars().rev().take_while(|c| is_part(*c)).count();
        let rest = &plain[at + 1..];
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(rest.len());
        let domain = rest[..end].trim_end_matches(['.', '-']);
        let top = domain.rsplit('.').next().unwrap_or_default();
        name > 0 && domain.len() > top.len() + 1 && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_795_456_800.0;

    #[test]
    fn identifiers_are_told_from_what_everyone_has() {
        for value in [
            "GA1.2.1234567890.1795456000",
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "k2v9x0q1m3b7n5c8z4l6j2h1g0f9d8s7",
            "aB3dE5fG7hI9kL1m",
            "fb.1.1795456000123.1098115397",
            "d41d8cd98f00b204",
            "id=22d8f7a1c3e94b5f%7Ct%3D1795456000",
        ] {
            assert!(looks_like_identifier(value, NOW), "{value}");
        }
        for value in [
            "",
            "true",
            "fr-FR",
            "1795456000",
            "1795456000123",
            "2026-11-23T15:07:00.000Z",
            "v2.13.4",
            "statistiques=non",
            "{\"necessary\":true,\"marketing\":false,\"version\":\"1.0.12\"}",
            "acceptedNecessaryOnly",
            "groups=C0001%3A1%2CC0002%3A0",
            "version12",
            "1280x1024",
        ] {
            assert!(!looks_like_identifier(value, NOW), "{value}");
        }
    }

    #[test]
    fn a_shape_says_no_more_than_length_alphabet_and_class() {
        let of = |value| {
            let s = shape(value, NOW);
            (s.length, s.alphabet, s.entropy)
        };
        assert_eq!(of("12345"), (5, "digits".into(), "low".into()));
        assert_eq!(of("d41d8cd98f00b204"), (16, "hex".into(), "high".into()));
        assert_eq!(of("oui"), (3, "text".into(), "low".into()));
        assert_eq!(of("a=b;c"), (5, "mixed".into(), "low".into()));
    }

    #[test]
    fn mail_addresses_are_seen_through_escapes() {
        assert!(holds_mail_address("user=anne.dupont%40exemple.fr&x=1"));
        assert!(holds_mail_address("a@b.co"));
        assert!(!holds_mail_address("AMCV_1@AdobeOrg"));
        assert!(!holds_mail_address("@example.com"));
        assert!(!holds_mail_address("x@y"));
    }
}
