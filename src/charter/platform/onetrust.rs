//! OneTrust, CookiePro and Optanon: groups of cookies from the page's own `GetDomainData()`, from two JSON documents, from
//! the older script, and the tables that the platform writes into a policy page.
//!
//! Which rule set and language a visitor gets is decided by the platform. What the page loaded is asked for first; only
//! when it loaded nothing is the default rule set taken, in the language of the page.

use serde_json::Value;

use super::data::{Data, Look};
use super::dom::At;
use super::js_literal;
use super::notation::Notation;
use super::rows::{Lasts, Row, Rows};
use super::website::{Website, host, id_of, path};
use crate::charter::Party;
use crate::lexicon;

const PAGE_GROUPS: &[&str] = &["OneTrust.GetDomainData().Groups", "Optanon.GetDomainData().Groups"];

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    let mut urls: Vec<String> = site.addresses().filter(|a| is_list(path(a))).map(Into::into).collect();
    for data in site.fetched() {
        urls.extend(chosen(&data, site));
    }
    if urls.is_empty()
        && let Some(id) = site.config()
    {
        // `…-test` is the staging name of the same configuration.
        let base = site.addresses().map(host).find(|h| site.known.owns_host(h)).unwrap_or("cdn.cookielaw.org");
        urls.push(format!("https://{base}/consent/{id}/{id}.json"));
    }
    let scripts = site.scripts().map(|script| script.src.as_str()).filter(|src| is_old_script(src));
    urls.extend(scripts.map(Into::into));
    urls
}

/// `/consent/{id}/{rule set}/{language}.json`
fn is_list(path: &str) -> bool {
    path.split_once("/consent/").is_some_and(|(_, rest)| rest.ends_with(".json") && rest.matches('/').count() == 2)
}

/// `/consent/{id}.js`, the script of the older product, holds the list itself.
fn is_old_script(address: &str) -> bool {
    path(address).split_once("/consent/").is_some_and(|(_, rest)| rest.ends_with(".js") && !rest.contains('/'))
}

/// The list of the rule set that applies when the platform knows no better, in the language of the page.
fn chosen(data: &Data<'_>, site: &Website<'_>) -> Option<String> {
    let sets = data.json().list("RuleSet");
    let default = |set: &&Value| set.truth("Default").or_else(|| set.truth("Global")).unwrap_or(false);
    let set = sets.iter().find(default).or_else(|| sets.last())?;
    let id = id_of(set.get("Id"))?;
    let languages = set.get("LanguageSwitcherPlaceholder").and_then(Value::as_object)?;
    let all: Vec<&str> = languages.values().filter_map(Value::as_str).collect();
    let wanted = site.language();
    let fits = |l: &&&str| wanted.as_deref().is_some_and(|w| l.split(['-', '_']).next() == Some(w));
    let standard = languages.get("default").and_then(Value::as_str);
    let language = all.iter().find(fits).copied().or(standard).or(all.first().copied())?;
    let (base, _) = data.url.rsplit_once('/')?;
    super::website::plain_id(language).then(|| format!("{base}/{id}/{language}.json"))
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    let domain = data.json().get("DomainData");
    rows.leads_on = data.json().get("RuleSet").is_some();
    for path in PAGE_GROUPS {
        groups(data.object(path), rows);
        if !rows.declarations.is_empty() {
            break;
        }
    }
    if let Some(domain) = domain {
        groups(domain.get("Groups").unwrap_or(&Value::Null), rows);
        rows.language = domain.get("Language").and_then(|l| l.words("Culture")).map(Into::into);
        rows.region = domain.get("ConsentModel").and_then(|m| m.words("Name")).map(Into::into);
    }
    if rows.declarations.is_empty()
        && let Some(list) = js_literal::given_to(data.script, "Groups")
    {
        groups(&list, rows);
    }
    for dom in &data.html {
        policy(dom.root(), rows);
        preference_centre(dom.root(), rows);
    }
}

fn groups(list: &Value, rows: &mut Rows<'_>) {
    for group in list.as_array().map(Vec::as_slice).unwrap_or_default() {
        rows.group();
        let words = group_name(group).or_else(|| group.get("Parent").and_then(group_name)).unwrap_or_default();
        let id = group.first_words(&["CustomGroupId", "OptanonGroupId"]).unwrap_or_default();
        let base = Row { notation: Notation::OneTrust, category: words, category_id: id, ..Row::default() };
        for cookie in group.list("FirstPartyCookies") {
            add(rows, cookie, Row { party: Some(Party::First), ..base });
        }
        for cookie in group.list("Cookies") {
            add(rows, cookie, base);
        }
        for host in group.list("Hosts") {
            let provider = host.first_words(&["DisplayName", "HostName"]).unwrap_or_default();
            for cookie in host.list("Cookies") {
                add(rows, cookie, Row { party: Some(Party::Third), provider, ..base });
            }
        }
    }
}

fn group_name(group: &Value) -> Option<&str> {
    let sets = group.list("GroupLanguagePropertiesSets");
    group.words("GroupName").or_else(|| sets.first()?.get("GroupName")?.words("Text"))
}

fn add(rows: &mut Rows<'_>, cookie: &Value, base: Row<'_>) {
    let days = cookie.number("Length");
    let lasts = match (cookie.truth("IsSession"), days) {
        (Some(true), _) => Lasts::Session,
        (_, Some(days)) => Lasts::Days(days),
        _ => Lasts::Unsaid,
    };
    rows.add(Row {
        name: cookie.first_words(&["Name", "name"]).unwrap_or_default(),
        hosts: cookie.first_words(&["Host", "host"]).unwrap_or_default(),
        purpose: cookie.first_words(&["description", "Description"]).unwrap_or_default(),
        lasts,
        ..base
    });
}

/// The tables of a policy page: one row for each host, its names and their lifetimes joined by commas in two cells.
fn policy(root: At<'_>, rows: &mut Rows<'_>) {
    let lists = root.find(|at| {
        at.is("ot-sdk-cookie-policy-v2") || at.is("ot-sdk-cookie-policy") || at.has_class("ot-sdk-cookie-policy")
    });
    for section in lists.iter().flat_map(|list| list.with_tag(&["section"])) {
        let heading = section.with_tag(&["h2", "h3", "h4", "h5"]).first().map(|h| h.text()).unwrap_or_default();
        let marked = section.with_class("ot-sdk-cookie-policy-group-desc");
        // The first group's heading and text may carry no class.
        let purpose = marked.first().copied().or_else(|| section.children().find(|at| at.tag() == "p"));
        let purpose = purpose.map(|at| at.text()).unwrap_or_default();
        for table in section.with_tag(&["table"]) {
            rows.group();
            for line in table.with_tag(&["tr"]) {
                host_row(line, &heading, &purpose, rows);
            }
        }
    }
}

fn host_row(line: At<'_>, heading: &str, purpose: &str, rows: &mut Rows<'_>) {
    let cell = |td: &str, content: &str| {
        let td = line.with_class(td).first().copied()?;
        Some(td.with_class(content).first().copied().unwrap_or(td))
    };
    let Some(cookies) = cell("ot-cookies-td", "ot-cookies-td-content") else { return };
    let host = cell("ot-host-td", "ot-host-td-content").map(|at| at.text()).unwrap_or_default();
    let host = host.lines().last().unwrap_or_default();
    let party = cell("ot-cookies-type", "ot-cookies-type-td-content").and_then(|at| lexicon::party(&at.text()));
    let lives = cell("ot-life-span-td", "ot-life-span-td-content").map(|at| at.text()).unwrap_or_default();
    let linked: Vec<String> = cookies.with_tag(&["a"]).iter().map(|a| a.text()).collect();
    let names = if linked.is_empty() { parted(&cookies.text()) } else { linked };
    let lives = parted(&lives);
    for (at, name) in names.iter().enumerate() {
        let life = if lives.len() == names.len() { lives.get(at) } else { lives.first().filter(|_| lives.len() == 1) };
        rows.add(Row {
            name,
            notation: Notation::OneTrust,
            hosts: host,
            purpose,
            category: heading,
            lasts: life.map_or(Lasts::Unsaid, |life| Lasts::Words(life)),
            party,
            ..Row::default()
        });
    }
}

fn parted(text: &str) -> Vec<String> {
    text.split([',', '\n']).map(str::trim).filter(|part| !part.is_empty()).map(Into::into).collect()
}

/// The list in the preference centre: under each host, cookies as labelled values. Seen only in the code that styles it.
fn preference_centre(root: At<'_>, rows: &mut Rows<'_>) {
    for item in root.with_class("ot-host-item") {
        rows.group();
        let before = std::mem::replace(&mut rows.unverified, true);
        let provider = item.with_class("ot-host-name").first().map(|at| at.text()).unwrap_or_default();
        for cookie in item.with_class("ot-host-info") {
            let value = |class: &str| {
                let field = cookie.with_class(class).first().copied();
                field.map(|at| at.children().last().unwrap_or(at).text()).unwrap_or_default()
            };
            let (name, host, life) = (value("ot-c-name"), value("ot-c-host"), value("ot-c-duration"));
            let lasts = if life.is_empty() { Lasts::Unsaid } else { Lasts::Words(&life) };
            rows.add(Row {
                name: &name,
                notation: Notation::OneTrust,
                hosts: &host,
                provider: &provider,
                lasts,
                ..Row::default()
            });
        }
        rows.unverified = before;
    }
}
