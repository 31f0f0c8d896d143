//! tarteaucitron: the services that a page uses, with their type and cookies. Neither purpose nor lifetime of a cookie is
//! given; the type is the only word on what a service is for.

use serde_json::Value;

use super::data::{Data, Look};
use super::rows::{Row, Rows};
use super::website::Website;

/// The charter's address, when the page gives one to the panel.
pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    let Some(data) = site.objects() else { return Vec::new() };
    let url = data.object("tarteaucitron.parameters").words("privacyUrl").map(str::to_owned);
    url.into_iter().filter(|url| url.contains("://")).collect()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    let services = data.object("tarteaucitron.services");
    let titles = data.object("tarteaucitron.lang");
    for job in data.object("tarteaucitron.job").as_array().map(Vec::as_slice).unwrap_or_default() {
        rows.group();
        let Some(service) = job.as_str().and_then(|job| services.get(job)) else { continue };
        let kind = service.words("type").unwrap_or_default();
        let base = Row {
            category_id: kind,
            category: titles.get(kind).and_then(|words| words.words("title")).unwrap_or_default(),
            service: service.words("name").unwrap_or_default(),
            ..Row::default()
        };
        for name in service.list("cookies").iter().filter_map(Value::as_str) {
            rows.add(Row { name, ..base });
        }
    }
}
