//! Host -> registrable domain, by the public suffix list; first or third party against the page.
//!
//! Hosts are taken as browsers give them: ASCII (punycode), lower case or not, with or without an outer dot.

use std::borrow::Cow;
use std::sync::OnceLock;

use fst::Map;

use crate::charter::Party;

/// Bits of a rule, as `build/suffixes.rs` writes them.
const SUFFIX: u64 = 1;
const WILDCARD: u64 = 2;
const EXCEPTION: u64 = 4;

static TABLE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/suffixes.fst"));

fn rules() -> Option<&'static Map<&'static [u8]>> {
    static RULES: OnceLock<Option<Map<&'static [u8]>>> = OnceLock::new();
    RULES.get_or_init(|| Map::new(TABLE).ok()).as_ref()
}

/// The host of an address, in lower case, without port; absent when the address has none.
#[must_use]
pub fn host_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if scheme.is_empty() || !scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) {
        return None;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = match host.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let host = normal(host).into_owned();
    (!host.is_empty()).then_some(host)
}

/// A host without outer dots, in lower case.
#[must_use]
pub fn normal(host: &str) -> Cow<'_, str> {
    let host = host.trim().trim_matches('.');
    if host.bytes().any(|b| b.is_ascii_uppercase()) { host.to_ascii_lowercase().into() } else { host.into() }
}

/// The registrable domain of a normal host: its public suffix and one label more.
///
/// Absent for an IP address, a single label, and a host that is itself a public suffix.
#[must_use]
pub fn registrable_domain(host: &str) -> Option<&str> {
    if is_address(host) {
        return None;
    }
    let labels = suffix_labels(host)? + 1;
    let mut start = host.len();
    for _ in 0..labels {
        if start == 0 {
            return None;
        }
        start = host[..start - usize::from(start < host.len())].rfind('.').map_or(0, |dot| dot + 1);
    }
    (start < host.len()).then(|| &host[start..])
}

/// First or third party: whether both hosts have the same registrable domain, or are the same host.
#[must_use]
pub fn party(host: &str, page_host: &str) -> Party {
    let same = match (registrable_domain(host), registrable_domain(page_host)) {
        (Some(a), Some(b)) => a == b,
        _ => host == page_host,
    };
    if same { Party::First } else { Party::Third }
}

/// Whether a cookie of `domain` is sent to `host`: the same host, or a subdomain of it.
#[must_use]
pub fn covers(domain: &str, host: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || (rest.ends_with('.') && !is_address(host)))
}

fn is_address(host: &str) -> bool {
    host.contains(':') || host.parse::<std::net::Ipv4Addr>().is_ok()
}

/// How many labels of the host its public suffix has; a suffix that the list does not know has one.
fn suffix_labels(host: &str) -> Option<usize> {
    let fst = rules()?.as_fst();
    let (mut node, mut value) = (fst.root(), 0);
    let mut suffix = 1;
    let labels = host.split('.').count();
    for (index, label) in host.rsplit('.').enumerate() {
        if label.is_empty() {
            return None;
        }
        let dot: &[u8] = if index == 0 { b"" } else { b"." };
        for byte in dot.iter().chain(label.as_bytes()) {
            let Some(at) = node.find_input(*byte) else { return Some(suffix) };
            let step = node.transition(at);
            value += step.out.value();
            node = fst.node(step.addr);
        }
        if !node.is_final() {
            continue;
        }
        let rule = value + node.final_output().value();
        if rule & EXCEPTION != 0 {
            return Some(index);
        }
        if rule & SUFFIX != 0 {
            suffix = suffix.max(index + 1);
        }
        if rule & WILDCARD != 0 && index + 1 < labels {
            suffix = suffix.max(index + 2);
        }
    }
    Some(suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registrable_domains_follow_the_list() {
        for (host, domain) in [
            ("www.example.com", Some("example.com")),
            ("example.com", Some("example.com")),
            ("com", None),
            ("a.b.example.co.uk", Some("example.co.uk")),
            ("co.uk", None),
            ("data.ardennemetropole.opendatasoft.com", Some("opendatasoft.com")),
            ("city.kawasaki.jp", Some("city.kawasaki.jp")),
            ("www.city.kawasaki.jp", Some("city.kawasaki.jp")),
            ("a.b.c.kawasaki.jp", Some("b.c.kawasaki.jp")),
            ("c.kawasaki.jp", None),
            ("kawasaki.jp", Some("kawasaki.jp")),
            ("someone.github.io", Some("someone.github.io")),
            ("github.io", None),
            ("xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
            ("a.xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
            ("portal.rivebelle.example", Some("rivebelle.example")),
            ("localhost", None),
            ("127.0.0.1", None),
            ("::1", None),
            ("", None),
            ("a..b", None),
        ] {
            assert_eq!(registrable_domain(host), domain, "{host}");
        }
    }

    #[test]
    fn party_is_by_registrable_domain() {
        assert_eq!(party("stats.example.com", "www.example.com"), Party::First);
        assert_eq!(party("example.com", "example.org"), Party::Third);
        assert_eq!(party("a.github.io", "b.github.io"), Party::Third);
        assert_eq!(party("127.0.0.1", "127.0.0.1"), Party::First);
        assert_eq!(party("127.0.0.2", "127.0.0.1"), Party::Third);
        assert_eq!(party("localhost", "localhost"), Party::First);
    }

    #[test]
    fn hosts_of_addresses() {
        for (url, host) in [
            ("https://www.Example.com:8443/a?b#c", Some("www.example.com")),
            ("http://user:pass@example.org/", Some("example.org")),
            ("https://[2001:db8::1]:443/", Some("2001:db8::1")),
            ("about:blank", None),
            ("file:///tmp/x.html", None),
            ("", None),
        ] {
            assert_eq!(host_of(url).as_deref(), host, "{url}");
        }
    }

    #[test]
    fn a_domain_covers_its_subdomains_and_nothing_that_ends_alike() {
        assert!(covers("example.com", "example.com"));
        assert!(covers("example.com", "www.example.com"));
        assert!(!covers("example.com", "notexample.com"));
        assert!(!covers("0.0.1", "127.0.0.1"));
    }
}
