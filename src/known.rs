//! The table of well-known cookies: name, kind and host -> service, function, category. Our own words, never the site's.

use std::sync::OnceLock;

use crate::category::Category;
use crate::charter::{Lifetime, LifetimeWord, Party};
use crate::pattern::PatternIndex;
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
        SERVICES.get(usize::from(self.service)).map_or("", |s| s.0)
    }

    /// Company behind the service.
    pub(crate) fn company(&self) -> &'static str {
        SERVICES.get(usize::from(self.service)).map_or("", |s| s.1)
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
        FUNCTIONS.get(usize::from(self.function)).copied().unwrap_or_default()
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
            source: SOURCES.get(usize::from(self.source)).copied().unwrap_or_default().to_string(),
        }
    }
}

/// Index of the patterns of [`ROWS`], by number of row.
fn index() -> &'static PatternIndex {
    static INDEX: OnceLock<PatternIndex> = OnceLock::new();
    INDEX.get_or_init(|| PatternIndex::new(ROWS.iter().map(|row| row.pattern)))
}

/// What is known of a name on a host (normal form). The most specific row wins: host, then exact name, then the longer
/// pattern, then the surer row. A row with a host speaks only of cookies of that host.
pub(crate) fn lookup(kind: StorageKind, name: &str, host: &str) -> Option<&'static KnownRow> {
    let rows = index().covering(name).into_iter().filter_map(|number| ROWS.get(number));
    rows.filter(|row| row.kind == kind && (row.host.is_empty() || site::covers(row.host, host)))
        .max_by_key(|row| (row.host.len(), !row.pattern.contains('*'), row.pattern.len(), row.sure))
}

/// Rows whose name begins with a text, by name.
pub(crate) fn starting_with(prefix: &str) -> impl Iterator<Item = &'static KnownRow> {
    let start = ROWS.partition_point(|row| row.pattern < prefix);
    ROWS[start..].iter().take_while(move |row| row.pattern.starts_with(prefix))
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
    fn the_table_is_sorted_so_that_prefixes_can_be_found() {
        assert!(ROWS.is_sorted_by_key(|row| row.pattern));
        assert!(starting_with("_ga").any(|row| row.pattern == "_gat"));
    }
}
