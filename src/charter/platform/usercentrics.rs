//! Usercentrics: services with their device storage, from the page's own `getServicesFullInfo()` or from two JSON
//! documents: the settings name templates and categories, the aggregate holds the services.
//!
//! The aggregate's field names differ from the page's; they were read in integrations only.

use std::collections::HashMap;

use serde_json::Value;

use super::data::{Data, Look};
use super::rows::{Lasts, Row, Rows};
use super::website::{Website, id_of, path, plain_id};
use crate::charter::Outcome;
use crate::visit::StorageKind;

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    let loaded = |a: &&str| {
        path(a).starts_with("/aggregate/") || (path(a).starts_with("/settings/") && path(a).ends_with(".json"))
    };
    let mut urls: Vec<String> = site.addresses().filter(loaded).map(Into::into).collect();
    let language = site.language().unwrap_or_else(|| "en".into());
    for data in site.fetched() {
        let json = data.json();
        let rule = json.get("defaultRule").and_then(|rule| id_of(rule.get("settingsId")));
        urls.extend(rule.map(|id| format!("https://api.usercentrics.eu/settings/{id}/latest/{language}.json")));
        let templates: Vec<String> = json.list("consentTemplates").iter().filter_map(template).collect();
        if !templates.is_empty() && !urls.iter().any(|url| path(url).starts_with("/aggregate/")) {
            let all = templates.join(",");
            urls.push(format!("https://aggregator.service.usercentrics.eu/aggregate/{language}?templates={all}"));
        }
    }
    if urls.is_empty() {
        let id = |attribute: &str| {
            let value = site.scripts().find_map(|script| script.attributes.get(attribute))?;
            plain_id(value).then(|| value.clone())
        };
        let script =
            site.scripts().find(|script| script.attributes.get("id").is_some_and(|id| id == "usercentrics-cmp"));
        match (id("data-settings-id"), id("data-ruleset-id")) {
            (Some(id), _) => urls.push(format!("https://api.usercentrics.eu/settings/{id}/latest/{language}.json")),
            (None, Some(id)) if script.is_some() => urls.push(format!("https://api.usercentrics.eu/ruleSet/{id}.json")),
            _ => {}
        }
    }
    urls
}

fn template(value: &Value) -> Option<String> {
    let (id, version) = (id_of(value.get("templateId"))?, value.words("version")?);
    version.bytes().all(|b| b.is_ascii_digit() || b == b'.').then(|| format!("{id}@{version}"))
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    let full = data.object("UC_UI.getServicesFullInfo()").as_array();
    let templates = data.json().get("templates").and_then(Value::as_array);
    rows.language = data.object("UC_UI.getActiveLanguage()").as_str().map(Into::into);
    // The settings and rule set only lead on; the services are elsewhere.
    if data.json().get("consentTemplates").is_some() || data.json().get("defaultRule").is_some() {
        rows.leads_on = true;
    }
    let categories: HashMap<String, String> = if templates.is_some() { categories(data) } else { HashMap::new() };
    let before = rows.unverified;
    rows.unverified |= templates.is_some();
    for service in full.or(templates).map(Vec::as_slice).unwrap_or_default() {
        rows.group();
        let id = service.first_words(&["templateId", "id"]).unwrap_or_default();
        let slug = service.words("categorySlug").or_else(|| categories.get(id).map(String::as_str));
        let company = service.get("processingCompany").and_then(|c| c.words("name"));
        let base = Row {
            category_id: slug.unwrap_or_default(),
            service: service.first_words(&["name", "dataProcessor"]).unwrap_or_default(),
            provider: company.or_else(|| service.words("nameOfProcessingCompany")).unwrap_or_default(),
            purpose: service.first_words(&["description", "descriptionOfService"]).unwrap_or_default(),
            ..Row::default()
        };
        for item in service.get("deviceStorage").map(|s| s.list("disclosures")).unwrap_or_default() {
            stored(rows, item, base);
        }
        rows.refuse(Outcome::ListsNothing, "reason_platform_vendors");
    }
    rows.unverified = before;
}

fn stored(rows: &mut Rows<'_>, item: &Value, base: Row<'_>) {
    let kind = match item.words("type") {
        Some("web") => StorageKind::LocalStorage,
        Some("app") => StorageKind::Other,
        _ => StorageKind::Cookie,
    };
    let lasts = match item.number("maxAgeSeconds") {
        Some(0.0) if kind == StorageKind::Cookie => Lasts::Session,
        Some(seconds) if seconds > 0.0 => Lasts::Seconds(seconds),
        _ => Lasts::Unsaid,
    };
    rows.add(Row {
        name: item.first_words(&["identifier", "name"]).unwrap_or_default(),
        hosts: item.words("domain").unwrap_or_default(),
        purpose: item.words("description").unwrap_or(base.purpose),
        lasts,
        kind: Some(kind),
        ..base
    });
}

/// Template to category, from the settings.
fn categories(data: &Data<'_>) -> HashMap<String, String> {
    let settings = data.site.fetched().filter(|other| other.url != data.url);
    let all: Vec<(String, String)> = settings
        .flat_map(|other| {
            let templates = other.json().list("consentTemplates");
            let pair = |t: &Value| Some((t.words("templateId")?.to_owned(), t.words("categorySlug")?.to_owned()));
            templates.iter().filter_map(pair).collect::<Vec<_>>()
        })
        .collect();
    all.into_iter().collect()
}
