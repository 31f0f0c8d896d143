//! The table of consent platforms, compiled from `data/platforms.toml`.

use crate::category::Category;
use crate::pattern::covers;

/// What the data file says of one platform.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    scripts: &'static [&'static str],
    pub(crate) attributes: &'static [&'static str],
    hosts: &'static [&'static str],
    choice: &'static [&'static str],
    /// True when its shapes are only known by hearsay.
    pub(crate) unverified: bool,
    /// True when no site can give its identifiers another meaning.
    pub(crate) fixed: bool,
    categories: &'static [OwnCategory],
}

/// A category of a platform.
#[derive(Debug)]
pub(crate) struct OwnCategory {
    id: &'static str,
    /// How the platform shows it.
    pub(crate) words: &'static str,
    /// Ours; absent when the identifier says nothing of a purpose.
    pub(crate) category: Option<Category>,
}

include!(concat!(env!("OUT_DIR"), "/platforms.rs"));

/// The platform of an identifier.
pub(crate) fn known(id: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.id == id)
}

/// The platform that keeps the visitor's choice under this name.
pub(crate) fn keeper_of_choice(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.choice.iter().any(|pattern| covers(pattern, name)))
}

impl Known {
    pub(crate) fn category(&self, id: &str) -> Option<&'static OwnCategory> {
        self.categories.iter().find(|category| category.id == id)
    }

    /// True for the address of one of its scripts.
    pub(crate) fn owns_script(&self, address: &str) -> bool {
        let Some((_, bare)) = address.split_once("://") else { return false };
        self.scripts.iter().any(|pattern| covers(pattern, bare))
    }

    /// True for a host that may be asked for its documents.
    pub(crate) fn owns_host(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| host == *own || host.strip_suffix(own).is_some_and(|rest| rest.ends_with('.')))
    }
}

/// True when the host belongs to a consent platform, so that its documents may be asked for.
#[must_use]
pub fn is_platform_host(host: &str) -> bool {
    KNOWN.iter().any(|known| known.owns_host(host))
}
