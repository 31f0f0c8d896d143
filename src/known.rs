//! The table of well-known cookies: name, kind and host -> service, function, category. Our own words, never the site's.

use std::sync::OnceLock;

use crate::category::Category;
use crate::charter::{Lifetime, LifetimeWord, Party};
use crate::pattern;
use crate::report::Known;
use crate::site;
use crate::visit::StorageKind;

/// One row of `data/known-cookies.csv`.
#[derive(Debug)]
pub(crate) struct KnownRow {
    pub(crate) pattern: &'static str,
    pub(crate) kind: StorageKind,
    pub(crate) category: Category,
    pub(crate) party: Option<Party>,
    pub(crate) sure: Sure,
    /// Typical host; empty when it is found on the sites that use the service.
    pub(crate) host: &'static str,
    lifetime: Usual,
    service: u16,
    function: u16,
    source: u16,
}

/// The facts of a row that have few values.
#[derive(Clone, Copy)]
struct Marks {
    kind: StorageKind,
    category: Category,
    party: Option<Party>,
    sure: Sure,
}

/// How sure the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sure {
    /// Other services use the name too.
    Generic,
    /// The name is usual for the service.
    Common,
    /// A document of the service says so.
    Known,
}

/// Roles of functions that rules ask for; `data/roles.toml` says which functions have them.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Role {
    /// Whoever holds the value is taken for the person.
    Authentication,
    /// Meant to last for one visit or a little more.
    Brief,
    /// Keeps the choice about cookies.
    Choice,
    /// Guards a form against requests forged elsewhere.
    Forgery,
}

/// Usual lifetime.
#[derive(Debug, Clone, Copy)]
#[allow(dead_code, reason = "the table decides which of them occur")]
enum Usual {
    Unsaid,
    Session,
    Persistent,
    Seconds(u32),
}

include!(concat!(env!("OUT_DIR"), "/known.rs"));

impl KnownRow {
    /// Display name of the service.
    pub(crate) fn service(&self) -> &'static str {
        self.names_of_service().0
    }

    /// Company behind the service.
    pub(crate) fn company(&self) -> &'static str {
        self.names_of_service().1
    }

    fn names_of_service(&self) -> (&'static str, &'static str) {
        table().services.get(usize::from(self.service)).copied().unwrap_or_default()
    }

    /// Whether the function has a role.
    pub(crate) fn is(&self, role: Role) -> bool {
        match role {
            Role::Authentication => AUTHENTICATION.contains(&self.function),
            Role::Brief => BRIEF.contains(&self.function),
            Role::Choice => CHOICE.contains(&self.function),
            Role::Forgery => FORGERY.contains(&self.function),
        }
    }

    /// Whether the service runs on the site's own servers.
    pub(crate) fn runs_on_own_server(&self) -> bool {
        OWN_SERVER.contains(&self.service)
    }

    /// Whether the provider may use the measurements for itself.
    pub(crate) fn reuses_data(&self) -> bool {
        REUSES_DATA.contains(&self.service)
    }

    /// Identifier of the function, as in `data/functions.toml`.
    pub(crate) fn function(&self) -> &'static str {
        table().functions.get(usize::from(self.function)).copied().unwrap_or_default()
    }

    /// The row as a report shows it.
    pub(crate) fn facts(&self) -> Known {
        Known {
            service: self.service().to_string(),
            company: self.company().to_string(),
            function: format!("function_{}", self.function()),
            category: self.category,
            lifetime: match self.lifetime {
                Usual::Unsaid => None,
                Usual::Session => Some(Lifetime::Word(LifetimeWord::Session)),
                Usual::Persistent => Some(Lifetime::Word(LifetimeWord::Persistent)),
                Usual::Seconds(s) => Some(Lifetime::Seconds(f64::from(s))),
            },
            confidence: match self.sure {
                Sure::Generic => "generic",
                Sure::Common => "common",
                Sure::Known => "known",
            }
            .to_string(),
            source: table().sources.get(usize::from(self.source)).copied().unwrap_or_default().to_string(),
        }
    }
}

/// The columns that the build writes, put together.
struct Table {
    /// Sorted by pattern, byte by byte.
    rows: Vec<KnownRow>,
    /// Name and company.
    services: Vec<(&'static str, &'static str)>,
    functions: Vec<&'static str>,
    sources: Vec<&'static str>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table {
        rows: rows().collect(),
        services: services().collect(),
        functions: FUNCTIONS.split('\n').collect(),
        sources: SOURCES.split('\n').collect(),
    })
}

#[allow(clippy::useless_conversion, reason = "the build chooses u8 or u16 for each column")]
fn rows() -> impl Iterator<Item = KnownRow> {
    let hosts: Vec<&str> = HOSTS.split('\n').collect();
    PATTERNS.split('\n').enumerate().filter_map(move |(at, pattern)| {
        let marks = MARKS.get(usize::from(*MARKS_OF.get(at)?))?;
        Some(KnownRow {
            pattern,
            kind: marks.kind,
            category: marks.category,
            party: marks.party,
            sure: marks.sure,
            host: hosts.get(usize::from(*HOST_OF.get(at)?)).copied()?,
            lifetime: *LIFETIMES.get(usize::from(*LIFETIME_OF.get(at)?))?,
            service: u16::from(*SERVICE_OF.get(at)?),
            function: u16::from(*FUNCTION_OF.get(at)?),
            source: u16::from(*SOURCE_OF.get(at)?),
        })
    })
}

/// Name and company of every service.
pub(crate) fn services() -> impl Iterator<Item = (&'static str, &'static str)> {
    SERVICES.split('\n').filter_map(|line| line.split_once('\t'))
}

/// What is known of a name on a host (normal form). The most specific row wins: host, then exact name, then the longer
/// pattern, then the surer row. A row with a host speaks only of cookies of that host.
pub(crate) fn lookup(kind: StorageKind, name: &str, host: &str) -> Option<&'static KnownRow> {
    let rows = covering(name).into_iter();
    rows.filter(|row| row.kind == kind && (row.host.is_empty() || site::covers(row.host, host)))
        .max_by_key(|row| (row.host.len(), !row.pattern.contains('*'), row.pattern.len(), row.sure))
}

/// Rows whose pattern covers a name. Each further byte of the name narrows the rows that begin like it, so that few are
/// looked at.
fn covering(name: &str) -> Vec<&'static KnownRow> {
    let mut near = table().rows.as_slice();
    let mut found = Vec::new();
    for place in 0..=name.len() {
        let starred = with_byte(near, place, Some(b'*'));
        found.extend(starred.iter().filter(|row| pattern::covers(row.pattern, name)));
        near = with_byte(near, place, name.as_bytes().get(place).copied());
        if near.is_empty() {
            break;
        }
    }
    found.extend(near);
    found
}

/// Of rows alike up to a place, those with this byte there; `None` for those that end there.
fn with_byte(rows: &[KnownRow], place: usize, byte: Option<u8>) -> &[KnownRow] {
    let at = |row: &KnownRow| row.pattern.as_bytes().get(place).copied();
    let rows = &rows[rows.partition_point(|row| at(row) < byte)..];
    &rows[..rows.partition_point(|row| at(row) == byte)]
}

/// Rows whose name begins with a text, by name.
pub(crate) fn starting_with(prefix: &str) -> impl Iterator<Item = &'static KnownRow> {
    let rows = &table().rows;
    let start = rows.partition_point(|row| row.pattern < prefix);
    rows[start..].iter().take_while(move |row| row.pattern.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(name: &str, host: &str) -> Option<&'static str> {
        lookup(StorageKind::Cookie, name, host).map(KnownRow::service)
    }

    #[test]
    fn a_name_is_known_with_its_host() {
        assert_eq!(service("_ga", "example.com"), Some("Google Analytics"));
        assert_eq!(service("_ga_AB12", "example.com"), Some("Google Analytics"));
        assert_eq!(service("_ganz", "example.com"), None);
        assert_eq!(service("IDE", "doubleclick.net"), Some("Google Marketing Platform (DoubleClick)"));
        assert_eq!(service("IDE", "example.com"), None);
    }

    #[test]
    fn no_row_is_lost_and_each_name_finds_its_row() {
        let rows = &table().rows;
        assert_eq!(rows.len(), PATTERNS.split('\n').count());
        assert!(rows.is_sorted_by_key(|row| row.pattern));
        for row in rows {
            assert!(covering(row.pattern).iter().any(|found| std::ptr::eq(*found, row)), "{}", row.pattern);
            assert!(!row.service().is_empty() && !row.company().is_empty() && !row.function().is_empty());
        }
        assert!(starting_with("_ga").any(|row| row.pattern == "_gat"));
    }

    #[test]
    fn narrowing_finds_what_trying_every_row_finds() {
        let some = ["", "_", "_ga", "_ga_AB12", "é*", "wordpress_logged_in_ab", "_hjSession_1", "x_", "amp_1", "zzz"];
        for name in some.into_iter().chain(table().rows.iter().map(|row| row.pattern)) {
            let mut narrowed: Vec<&str> = covering(name).iter().map(|row| row.pattern).collect();
            let mut tried: Vec<&str> =
                table().rows.iter().map(|row| row.pattern).filter(|pattern| pattern::covers(pattern, name)).collect();
            for list in [&mut narrowed, &mut tried] {
                list.sort_unstable();
                list.dedup();
            }
            assert_eq!(narrowed, tried, "{name}");
        }
    }
}
