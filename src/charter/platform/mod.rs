//! Consent platforms: who runs the banner of a page, where it publishes its list of cookies, and what the list says.
//!
//! A platform is met in two steps. [`find`] takes the facts of a page and says which platforms are on it, which copies of
//! page objects are documents already, and which addresses are worth asking for; called again with the answers it may ask
//! for more (a list often lies two documents away). [`read`] turns one such document into declarations. Facts about the
//! platforms are in `data/platforms.toml`; each platform has one file here with the same two functions:
//! `requests(&Website)` and `read(&Data, &mut Rows)`. Nothing of a page is ever run.

mod axeptio;
mod columns;
mod complianz;
mod cookiebot;
mod cookieconsent;
mod cookieinformation;
mod cookieyes;
pub(crate) mod data;
mod didomi;
pub(crate) mod dom;
mod iubenda;
pub(crate) mod js_literal;
mod klaro;
pub(crate) mod known;
mod notation;
mod onetrust;
mod osano;
mod regex;
mod rows;
mod tarteaucitron;
mod tcf;
mod termly;
mod usercentrics;
mod website;

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::data::Data;
pub use self::known::is_platform_host;
use self::known::{Known, known};
use self::rows::Rows;
pub(crate) use self::website::Website;
use super::{Declaration, Outcome};
use crate::visit::{FoundBy, PageSource};

/// `Content-Type` of a document that is a copy of page objects.
pub const PAGE_OBJECTS: &str = "application/json; profile=page-objects";
/// Most addresses asked for one platform of one page.
const MAX_REQUESTS: usize = 6;

/// What a page shows of the platforms on it. The shell copies it and holds no opinion.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct PageFacts {
    /// Address of the page.
    pub url: String,
    /// Language of the page, when it says so.
    pub language: Option<String>,
    /// Its scripts.
    pub scripts: Vec<ScriptFacts>,
    /// Addresses that the page asked for (resource timings).
    pub resources: Vec<String>,
    /// Copies of page objects by platform, as `platform-probe.js` gives them.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, unknown>"))]
    pub platforms: BTreeMap<String, Value>,
    /// Documents of platforms that were asked for so far, answered or not.
    pub pages: Vec<PageSource>,
}

/// A script element.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(default)]
pub struct ScriptFacts {
    /// Its address, absolute; empty for an inline script.
    pub src: String,
    /// Its `id` and `data-` attributes.
    #[cfg_attr(target_arch = "wasm32", tsify(type = "Record<string, string>"))]
    pub attributes: BTreeMap<String, String>,
}

/// A platform met on a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Found {
    /// Its identifier, such as `onetrust`.
    pub platform: String,
    /// Its name for people.
    pub name: String,
    /// The site's identifier at the platform, when the page shows it.
    pub config: Option<String>,
    /// Documents that need no asking: copies of page objects. They belong in [`crate::Visit::pages`].
    pub pages: Vec<PageSource>,
    /// Addresses to ask for, best first; none when the page objects hold the list, or when all were asked. The answers
    /// are documents of this platform ([`PageSource::platform`]).
    pub requests: Vec<String>,
    /// Pages of the site itself that the platform names as its charter, best first. They are ordinary pages.
    pub links: Vec<String>,
}

/// What one document of a platform says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    /// Identifier of the platform.
    pub platform: String,
    /// The cookies that it declares, in its order.
    pub declarations: Vec<Declaration>,
    /// How the reading ended.
    pub status: Outcome,
    /// Why, when the status needs a reason: a message key of the words files.
    pub reason: Option<&'static str>,
    /// Language of the list.
    pub language: Option<String>,
    /// Region for which it holds, in the platform's words.
    pub region: Option<String>,
}

/// The reader of one platform.
struct Reader {
    id: &'static str,
    /// Addresses worth asking for, best first.
    requests: fn(&Website<'_>) -> Vec<String>,
    /// Reads one document.
    read: fn(&Data<'_>, &mut Rows<'_>),
}

macro_rules! readers {
    ($($name:ident),* $(,)?) => {
        &[$(Reader { id: stringify!($name), requests: $name::requests, read: $name::read }),*]
    };
}

/// Every platform that is read; the order is that of [`find`].
static READERS: &[Reader] = readers![
    cookiebot,
    onetrust,
    usercentrics,
    didomi,
    axeptio,
    cookieyes,
    complianz,
    iubenda,
    termly,
    osano,
    tarteaucitron,
    klaro,
    cookieconsent,
    cookieinformation,
    tcf,
];

/// The platforms on a page, and what to ask for. Call it again with the answers in [`PageFacts::pages`] until nothing is
/// asked for any more: at most three rounds.
#[must_use]
pub fn find(facts: &PageFacts) -> Vec<Found> {
    let asked: HashSet<&str> = facts.pages.iter().flat_map(|p| [p.url.as_str(), p.final_url.as_str()]).collect();
    let mut found = Vec::new();
    for reader in READERS {
        let Some(known) = known(reader.id) else { continue };
        let objects = facts.platforms.get(known.id).filter(|value| !value.is_null());
        if objects.is_none() && !shows(facts, known) {
            continue;
        }
        let pages: Vec<PageSource> = objects.into_iter().map(|value| page_of_objects(facts, known, value)).collect();
        let site = Website::new(known, facts, &pages);
        let mut readings = pages.iter().filter_map(|page| read_with(reader, known, page, site));
        let listed = readings.any(|reading| reading.status == Outcome::Read);
        let mut urls = (reader.requests)(&site);
        let mut seen = HashSet::new();
        urls.retain(|url| !asked.contains(url.as_str()) && seen.insert(url.clone()));
        let (mut requests, mut links): (Vec<_>, Vec<_>) = urls.into_iter().partition(|url| site.may_ask(url));
        requests.truncate(if listed { 0 } else { MAX_REQUESTS });
        links.retain(|url| site.is_own(url));
        links.truncate(MAX_REQUESTS);
        let (platform, name) = (known.id.into(), known.name.into());
        found.push(Found { platform, name, config: site.config(), pages, requests, links });
    }
    found
}

/// True when a script of the page is one of the platform's.
fn shows(facts: &PageFacts, known: &Known) -> bool {
    let marked = |script: &ScriptFacts| known.attributes.iter().any(|name| script.attributes.contains_key(*name));
    facts.scripts.iter().any(|script| known.owns_script(&script.src) || marked(script))
        || facts.resources.iter().any(|address| known.owns_script(address))
}

fn page_of_objects(facts: &PageFacts, known: &Known, value: &Value) -> PageSource {
    PageSource {
        url: facts.url.clone(),
        found_by: FoundBy::Platform,
        status: 200,
        content_type: PAGE_OBJECTS.into(),
        text: value.to_string(),
        platform: Some(known.id.into()),
        ..PageSource::default()
    }
}

/// Reads a document of a platform. `all` are all documents of the visit: some platforms part a list over several.
///
/// Gives nothing for a document that belongs to no platform, was not received, or only says where the list is.
#[must_use]
pub fn read(source: &PageSource, all: &[PageSource]) -> Option<Reading> {
    let id = source.platform.as_deref()?;
    let (reader, known) = (READERS.iter().find(|r| r.id == id)?, known(id)?);
    if source.failure.is_some() || source.text.is_empty() {
        return None;
    }
    let facts = PageFacts::default();
    read_with(reader, known, source, Website::new(known, &facts, all))
}

/// Reads the lists that platforms wrote into an ordinary page, by the marks that only they use.
#[must_use]
pub fn read_markup(source: &PageSource) -> Vec<Reading> {
    let marks = [
        ("cookiebot", "CookieDeclarationTableCell"),
        ("onetrust", "ot-sdk-cookie-policy"),
        ("cookieyes", "cky-cookie-"),
        ("complianz", "cookies-per-purpose"),
        ("osano", "osano-cm-cookie-disclosure"),
    ];
    let present = marks.iter().filter(|(_, mark)| source.text.contains(mark));
    let facts = PageFacts::default();
    let readings = present.filter_map(|(id, _)| {
        let (reader, known) = (READERS.iter().find(|r| r.id == *id)?, known(id)?);
        read_with(reader, known, source, Website::new(known, &facts, &[]))
    });
    readings.filter(|reading| reading.status == Outcome::Read).collect()
}

fn read_with(reader: &Reader, known: &'static Known, source: &PageSource, site: Website<'_>) -> Option<Reading> {
    let data = Data::of(source, site);
    let mut rows = Rows::new(known, website::address(source));
    if !data.is_empty() {
        (reader.read)(&data, &mut rows);
    }
    let rows_lead_on = rows.leads_on && rows.refusal.is_none();
    let (status, reason) = match (rows.declarations.is_empty(), rows.refusal) {
        (false, _) => (Outcome::Read, None),
        (true, Some((outcome, reason))) => (outcome, Some(reason)),
        (true, None) if rows.recognised => (Outcome::ListsNothing, None),
        (true, None) => (Outcome::Unreadable, Some("reason_platform_shape")),
    };
    let Rows { declarations, language, region, .. } = rows;
    let reading = Reading { platform: known.id.into(), declarations, status, reason, language, region };
    (!rows_lead_on || reading.status == Outcome::Read).then_some(reading)
}
