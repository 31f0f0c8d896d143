//! One platform's view of the page and of its documents so far.

use serde_json::Value;

use super::data::Data;
use super::known::Known;
use super::{PAGE_OBJECTS, PageFacts, ScriptFacts};
use crate::site;
use crate::visit::PageSource;

/// Everything of a page that concerns one platform.
#[derive(Clone, Copy)]
pub(crate) struct Website<'a> {
    pub(crate) known: &'static Known,
    facts: &'a PageFacts,
    pages: &'a [PageSource],
}

impl<'a> Website<'a> {
    /// `pages` are documents besides those of the facts.
    pub(crate) fn new(known: &'static Known, facts: &'a PageFacts, pages: &'a [PageSource]) -> Website<'a> {
        Website { known, facts, pages }
    }

    /// The documents of the platform so far.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &'a PageSource> {
        let id = self.known.id;
        self.facts.pages.iter().chain(self.pages).filter(move |page| page.platform.as_deref() == Some(id))
    }

    /// The fetched documents of the platform, taken apart.
    pub(crate) fn fetched(&self) -> impl Iterator<Item = Data<'a>> {
        let site = *self;
        self.pages().filter(|page| page.content_type != PAGE_OBJECTS).map(move |page| Data::of(page, site))
    }

    /// The copies of page objects.
    pub(crate) fn objects(&self) -> Option<Data<'a>> {
        let site = *self;
        self.pages().find(|page| page.content_type == PAGE_OBJECTS).map(|page| Data::of(page, site))
    }

    /// The platform's script elements.
    pub(crate) fn scripts(&self) -> impl Iterator<Item = &'a ScriptFacts> {
        let known = self.known;
        self.facts.scripts.iter().filter(move |script| {
            known.owns_script(&script.src) || known.attributes.iter().any(|a| script.attributes.contains_key(*a))
        })
    }

    /// Addresses of the platform that the page itself asked for: what it needs for this visitor, region and language.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &'a str> {
        let known = self.known;
        let resources = self.facts.resources.iter().map(String::as_str);
        let scripts = self.facts.scripts.iter().map(|script| script.src.as_str());
        resources.chain(scripts).filter(move |address| known.owns_host(host(address)))
    }

    /// Hosts that the page talked to.
    pub(crate) fn contacted(&self) -> impl Iterator<Item = &'a str> {
        self.facts.resources.iter().map(|address| host(address))
    }

    /// The site's identifier at the platform.
    pub(crate) fn config(&self) -> Option<String> {
        let value = |script: &ScriptFacts| {
            self.known.attributes.iter().find_map(|name| script.attributes.get(*name)).map(|id| id.trim().to_owned())
        };
        self.scripts().find_map(value).filter(|id| plain_id(id))
    }

    /// Host of the page.
    pub(crate) fn host(&self) -> &'a str {
        host(&self.facts.url)
    }

    /// Language of the page: its first part, such as `fr`.
    pub(crate) fn language(&self) -> Option<String> {
        let language = self.facts.language.as_deref()?.split(['-', '_']).next()?.trim().to_lowercase();
        (!language.is_empty() && language.chars().all(|c| c.is_ascii_alphabetic())).then_some(language)
    }

    /// True for an address of the platform, or of a vendor that the page itself talks to.
    pub(crate) fn may_ask(&self, url: &str) -> bool {
        let asked = host(url);
        let vendor = matches!(self.known.id, "tcf" | "didomi") && self.contacted().any(|h| domain(h) == domain(asked));
        url.starts_with("https://") && (self.known.owns_host(asked) || vendor)
    }

    /// True for an address of the site itself.
    pub(crate) fn is_own(&self, url: &str) -> bool {
        let web = url.starts_with("https://") || url.starts_with("http://");
        web && !self.host().is_empty() && domain(host(url)) == domain(self.host())
    }
}

/// The registrable domain of a host, or the host itself when it has none.
pub(crate) fn domain(host: &str) -> &str {
    site::registrable_domain(host).unwrap_or(host)
}

/// An identifier that may stand in an address: letters, digits, `-` and `_`.
pub(crate) fn plain_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 100 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

/// The address that answered.
pub(crate) fn address(source: &PageSource) -> &str {
    if source.final_url.is_empty() { &source.url } else { &source.final_url }
}

/// The host of an address, as browsers write it; nothing for an address with a name and password or an odd host.
pub(crate) fn host(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("://") else { return "" };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default();
    let plain = host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')) && !authority.contains('@');
    if plain { host } else { "" }
}

/// The path of an address, without what follows `?` or `#`.
pub(crate) fn path(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or_default()
}

/// The value of a parameter of an address, as written.
pub(crate) fn parameter<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    let query = address.split_once('?')?.1.split('#').next()?;
    query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name).map(|(_, value)| value))
}

/// Words of a JSON value that are an identifier; a number is one too.
pub(crate) fn id_of(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let id = value.as_str().map(str::to_owned).or_else(|| value.as_u64().map(|n| n.to_string()))?;
    plain_id(&id).then_some(id)
}
