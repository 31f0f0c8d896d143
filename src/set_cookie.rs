//! One `Set-Cookie` header -> name, attributes, lifetime asked, and why a browser would not keep it.
//!
//! The grammar is that of RFC 6265bis, section 5. Attributes and dates are read by the `cookie` crate. It refuses what
//! browsers accept in the first part (no `=`, no name), so that part is read here.

use cookie::{Cookie, Expiration};
use serde::{Deserialize, Serialize};

use crate::site;
use crate::visit::{Observation, Phase, SameSite, StorageKind, Writer, Written};

/// Most bytes of name and value together.
const MOST_BYTES: usize = 4096;
/// Most bytes of an attribute's value; a longer attribute is passed over.
const MOST_ATTRIBUTE_BYTES: usize = 1024;

/// Cookies that one response or script asked the browser to keep.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct CookieWrites {
    /// Address of the response, or of the document whose script wrote.
    pub url: String,
    /// Moment, milliseconds since 1970.
    pub at: f64,
    /// Header or script.
    pub by: Writer,
    /// Before or after which choice.
    pub phase: Phase,
    /// The values of the `Set-Cookie` headers, or what was given to `document.cookie`, one each.
    pub cookies: Vec<String>,
}

/// What a header asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SetCookie {
    /// Name; may be empty.
    pub name: String,
    /// Value; may be empty.
    pub value: String,
    /// `Domain`, in normal form; absent when only the host itself shall receive it.
    pub domain: Option<String>,
    /// `Path`, when it begins with `/`.
    pub path: Option<String>,
    /// `Secure`.
    pub secure: bool,
    /// `HttpOnly`.
    pub http_only: bool,
    /// `SameSite`.
    pub same_site: Option<SameSite>,
    /// `Partitioned`.
    pub partitioned: bool,
    /// Lifetime asked in seconds, by `Max-Age` or else `Expires`; zero or less deletes; absent for a session cookie.
    pub asked_seconds: Option<f64>,
}

/// Why a browser does not keep a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Neither name nor value.
    Empty,
    /// A control character.
    ControlCharacter,
    /// Name and value together are too long.
    TooLong,
    /// `Domain` does not cover the host that asks.
    ForeignDomain,
    /// `Domain` is a public suffix, such as `co.uk`.
    PublicSuffix,
    /// `Secure` over a connection that is not.
    SecureOverHttp,
    /// `SameSite=None` without `Secure`.
    SameSiteNoneWithoutSecure,
    /// A name that begins with `__Secure-`, without what that asks for.
    SecurePrefix,
    /// A name that begins with `__Host-`, without what that asks for.
    HostPrefix,
    /// `Partitioned` without `Secure`.
    PartitionedWithoutSecure,
    /// `HttpOnly` written by a script.
    HttpOnlyByScript,
}

impl Refusal {
    /// Identifier, as in [`Written::refused`].
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Refusal::Empty => "empty",
            Refusal::ControlCharacter => "control_character",
            Refusal::TooLong => "too_long",
            Refusal::ForeignDomain => "foreign_domain",
            Refusal::PublicSuffix => "public_suffix",
            Refusal::SecureOverHttp => "secure_over_http",
            Refusal::SameSiteNoneWithoutSecure => "same_site_none_without_secure",
            Refusal::SecurePrefix => "secure_prefix",
            Refusal::HostPrefix => "host_prefix",
            Refusal::PartitionedWithoutSecure => "partitioned_without_secure",
            Refusal::HttpOnlyByScript => "http_only_by_script",
        }
    }
}

/// Reads a header at a moment (seconds since 1970). Anything is a cookie to a browser, if only one without a name.
#[must_use]
pub fn parse(header: &str, now: f64) -> SetCookie {
    let (pair, attributes) = header.split_once(';').unwrap_or((header, ""));
    let (name, value) = pair.split_once('=').unwrap_or(("", pair));
    let mut read = SetCookie {
        name: name.trim_matches([' ', '\t']).into(),
        value: value.trim_matches([' ', '\t']).into(),
        ..SetCookie::default()
    };
    let short = |part: &&str| part.split_once('=').is_none_or(|(_, value)| value.trim().len() <= MOST_ATTRIBUTE_BYTES);
    let attributes: Vec<&str> = attributes.split(';').filter(short).collect();
    let Ok(cookie) = Cookie::parse(format!("n=v;{}", attributes.join(";"))) else { return read };
    read.domain = cookie.domain().map(|d| site::normal(d).into_owned()).filter(|d| !d.is_empty());
    read.path = cookie.path().filter(|path| path.starts_with('/')).map(str::to_string);
    read.secure = cookie.secure().unwrap_or_default();
    read.http_only = cookie.http_only().unwrap_or_default();
    read.partitioned = cookie.partitioned().unwrap_or_default();
    read.same_site = cookie.same_site().map(|s| match s {
        cookie::SameSite::None => SameSite::None,
        cookie::SameSite::Lax => SameSite::Lax,
        cookie::SameSite::Strict => SameSite::Strict,
    });
    read.asked_seconds = match (cookie.max_age(), cookie.expires()) {
        (Some(age), _) => Some(age.as_seconds_f64()),
        (None, Some(Expiration::DateTime(end))) => Some(end.unix_timestamp() as f64 - now),
        _ => None,
    };
    read
}

impl SetCookie {
    /// Why a browser would not keep it, when an address asks for it.
    #[must_use]
    pub fn refusal(&self, url: &str, by: Writer) -> Option<Refusal> {
        let host = site::host_of(url).unwrap_or_default();
        let safe =
            url.starts_with("https:") || host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1";
        let domain = self.domain.as_deref();
        let begins =
            |text: &str, prefix: &str| text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix));
        let disguised = self.name.is_empty() && (begins(&self.value, "__Secure-") || begins(&self.value, "__Host-"));
        let for_host_alone = domain.is_none() && self.path.as_deref() == Some("/");
        let suffix = |d: &str| d != host && site::registrable_domain(d).is_none() && !d.contains(':');
        let checks = [
            (self.name.is_empty() && self.value.is_empty(), Refusal::Empty),
            (
                (self.name.chars().chain(self.value.chars())).any(|c| c.is_ascii_control() && c != '\t'),
                Refusal::ControlCharacter,
            ),
            (self.name.len() + self.value.len() > MOST_BYTES, Refusal::TooLong),
            (domain.is_some_and(|d| !site::covers(d, &host)), Refusal::ForeignDomain),
            (domain.is_some_and(suffix), Refusal::PublicSuffix),
            (self.secure && !safe, Refusal::SecureOverHttp),
            (self.same_site == Some(SameSite::None) && !self.secure, Refusal::SameSiteNoneWithoutSecure),
            (begins(&self.name, "__Secure-") && !self.secure || disguised, Refusal::SecurePrefix),
            (begins(&self.name, "__Host-") && !(self.secure && for_host_alone), Refusal::HostPrefix),
            (self.partitioned && !self.secure, Refusal::PartitionedWithoutSecure),
            (self.http_only && by == Writer::Script, Refusal::HttpOnlyByScript),
        ];
        checks.into_iter().find(|(fails, _)| *fails).map(|(_, refusal)| refusal)
    }
}

/// What one response or script asked the browser to keep, as observations of a recording.
#[must_use]
pub fn observe(writes: &CookieWrites) -> Vec<Observation> {
    let now = if writes.at.is_finite() { writes.at / 1000.0 } else { 0.0 };
    let host = site::host_of(&writes.url).unwrap_or_default();
    writes
        .cookies
        .iter()
        .map(|header| {
            let asked = parse(header, now);
            let refused = asked.refusal(&writes.url, writes.by).map(|r| r.id().to_string());
            Observation {
                kind: StorageKind::Cookie,
                host_only: asked.domain.is_none(),
                host: asked.domain.unwrap_or_else(|| host.clone()),
                path: asked.path.unwrap_or_else(|| default_path(&writes.url)),
                name: asked.name,
                secure: asked.secure,
                http_only: asked.http_only,
                same_site: asked.same_site,
                expires: asked.asked_seconds.map(|s| now + s),
                value: Some(asked.value),
                written: Some(Written {
                    at: writes.at,
                    by: writes.by,
                    source: Some(writes.url.clone()),
                    phase: writes.phase,
                    asked_seconds: asked.asked_seconds,
                    refused,
                }),
                ..Observation::default()
            }
        })
        .collect()
}

/// The path of an address up to its last `/`, as browsers use it when there is no `Path`.
fn default_path(url: &str) -> String {
    let path = url.split_once("://").map_or("", |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let path = path.split(['?', '#']).next().unwrap_or_default();
    match path.rfind('/') {
        Some(last) if last > 0 => path[..last].to_string(),
        _ => "/".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_795_456_800.0;

    #[test]
    fn a_header_is_read_as_browsers_read_it() {
        let read = parse(
            "sessionid=abc; Domain=.Rivebelle.Example; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax; secure",
            NOW,
        );
        assert_eq!((read.name.as_str(), read.value.as_str()), ("sessionid", "abc"));
        assert_eq!(read.domain.as_deref(), Some("rivebelle.example"));
        assert_eq!(read.path.as_deref(), Some("/"));
        assert!(read.secure && read.http_only && !read.partitioned);
        assert_eq!(read.same_site, Some(SameSite::Lax));
        assert_eq!(read.asked_seconds, Some(1_209_600.0));
    }

    #[test]
    fn names_may_be_missing_and_values_may_hold_anything() {
        for (header, name, value) in [
            ("lonely", "", "lonely"),
            ("=x", "", "x"),
            ("a=", "a", ""),
            ("a=b=c", "a", "b=c"),
            (" a = b ; Secure", "a", "b"),
            ("a=\"q\"", "a", "\"q\""),
            ("", "", ""),
        ] {
            let read = parse(header, NOW);
            assert_eq!((read.name.as_str(), read.value.as_str()), (name, value), "{header}");
        }
    }

    #[test]
    fn lifetimes_come_from_max_age_first_and_from_each_kind_of_date() {
        for (attributes, seconds) in [
            ("", None),
            ("Max-Age=60", Some(60.0)),
            ("Max-Age=0", Some(0.0)),
            ("Max-Age=-5", Some(0.0)),
            ("Max-Age=soon", None),
            ("Expires=Tue, 24 Nov 2026 18:00:00 GMT; Max-Age=60", Some(60.0)),
            ("Expires=Tue, 24 Nov 2026 18:00:00 GMT", Some(86_400.0)),
            ("Expires=Tue, 24-Nov-2026 18:00:00 GMT", Some(86_400.0)),
            ("Expires=Tuesday, 24-Nov-26 18:00:00 GMT", Some(86_400.0)),
            ("Expires=Thu, 01 Jan 1970 00:00:00 GMT", Some(-NOW)),
            ("Expires=never", None),
        ] {
            let read = parse(&format!("a=b; {attributes}"), NOW - 0.0);
            assert_eq!(read.asked_seconds, seconds, "{attributes}");
        }
    }

    #[test]
    fn what_browsers_refuse_says_why() {
        let long = format!("a={}", "x".repeat(4096));
        for (header, url, by, refusal) in [
            ("a=b", "https://www.example.com/", Writer::Header, None),
            ("=", "https://www.example.com/", Writer::Header, Some(Refusal::Empty)),
            ("a=\u{1}", "https://www.example.com/", Writer::Header, Some(Refusal::ControlCharacter)),
            (&long, "https://www.example.com/", Writer::Header, Some(Refusal::TooLong)),
            ("a=b; Domain=example.com", "https://www.example.com/", Writer::Header, None),
            ("a=b; Domain=other.com", "https://www.example.com/", Writer::Header, Some(Refusal::ForeignDomain)),
            ("a=b; Domain=www.example.com", "https://example.com/", Writer::Header, Some(Refusal::ForeignDomain)),
            ("a=b; Domain=co.uk", "https://www.example.co.uk/", Writer::Header, Some(Refusal::PublicSuffix)),
            ("a=b; Secure", "http://www.example.com/", Writer::Header, Some(Refusal::SecureOverHttp)),
            ("a=b; Secure", "http://localhost:8000/", Writer::Header, None),
            (
                "a=b; SameSite=None",
                "https://www.example.com/",
                Writer::Header,
                Some(Refusal::SameSiteNoneWithoutSecure),
            ),
            ("__Secure-a=b", "https://www.example.com/", Writer::Header, Some(Refusal::SecurePrefix)),
            (
                "__host-a=b; Secure; Path=/; Domain=example.com",
                "https://www.example.com/",
                Writer::Header,
                Some(Refusal::HostPrefix),
            ),
            ("__Host-a=b; Secure; Path=/", "https://www.example.com/", Writer::Header, None),
            ("__Host-a", "https://www.example.com/", Writer::Header, Some(Refusal::SecurePrefix)),
            ("a=b; Partitioned", "https://www.example.com/", Writer::Header, Some(Refusal::PartitionedWithoutSecure)),
            ("a=b; HttpOnly", "https://www.example.com/", Writer::Script, Some(Refusal::HttpOnlyByScript)),
        ] {
            assert_eq!(parse(header, NOW).refusal(url, by), refusal, "{header:.40} from {url}");
        }
    }

    #[test]
    fn an_observation_has_the_host_and_path_that_a_browser_would_give_it() {
        let url = "https://www.example.com/a/b?c=/d".to_string();
        let writes = CookieWrites {
            url,
            at: NOW * 1000.0,
            by: Writer::Header,
            cookies: vec!["x=1".into(), "y=2; Domain=example.com; Path=/; Max-Age=60".into()],
            ..CookieWrites::default()
        };
        let [x, y] = &observe(&writes)[..] else { panic!("two cookies") };
        assert_eq!((x.host.as_str(), x.host_only, x.path.as_str(), x.expires), ("www.example.com", true, "/a", None));
        assert_eq!(
            (y.host.as_str(), y.host_only, y.path.as_str(), y.expires),
            ("example.com", false, "/", Some(NOW + 60.0))
        );
    }
}
