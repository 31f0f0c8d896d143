//! Complianz (WordPress): the policy page holds one block for each service, in it one grid for each purpose, in it triplets
//! of name, retention and function. The page object names the policy page of each region.

use serde_json::Value;

use super::data::{Data, Look};
use super::dom::At;
use super::rows::{Lasts, Row, Rows};
use super::website::Website;

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    let Some(data) = site.objects() else { return Vec::new() };
    let complianz = data.object("complianz");
    let Some(regions) = complianz.get("page_links").and_then(Value::as_object) else { return Vec::new() };
    let own = complianz.words("region").and_then(|region| regions.get(region));
    let pages = own.into_iter().chain(regions.values());
    pages.filter_map(|region| region.get("cookie-statement")?.words("url")).map(Into::into).collect()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    let complianz = data.object("complianz");
    rows.region = complianz.words("region").map(Into::into);
    if complianz.get("page_links").is_some() {
        rows.leads_on = true;
    }
    for dom in &data.html {
        for service in dom.root().with_class("cmplz-service-desc") {
            read_service(service, rows);
        }
    }
}

fn read_service(block: At<'_>, rows: &mut Rows<'_>) {
    let header = block.with_class("cmplz-service-header").first().copied();
    let name = header.and_then(|h| h.with_tag(&["h3", "h4"]).first().map(|at| at.text())).unwrap_or_default();
    let parts = block.with_class("cookies-per-purpose");
    // The identifier belongs to the service: it says nothing when the service has several purposes.
    let marked = block.find(|at| at.attribute("data-category").is_some());
    let slug =
        marked.first().and_then(|at| at.attribute("data-category")).filter(|_| parts.len() == 1).unwrap_or_default();
    for part in parts {
        rows.group();
        let heading = part.find(|at| at.tag() == "h4" || at.has_class("purpose"));
        let category = heading.first().map(|at| at.text()).unwrap_or_default();
        // Each name begins a triplet; what is missing in it stays unsaid.
        let mut triplet: [String; 3] = Default::default();
        let cells = part.find(|at| ["name", "retention", "function"].iter().any(|class| at.has_class(class)));
        let mut flush = |triplet: &mut [String; 3]| {
            let [cookie, retention, function] = std::mem::take(triplet);
            let lasts = if retention.is_empty() { Lasts::Unsaid } else { Lasts::Words(&retention) };
            rows.add(Row {
                name: &cookie,
                purpose: &function,
                lasts,
                category: &category,
                category_id: slug,
                service: &name,
                ..Row::default()
            });
        };
        for cell in cells {
            if cell.has_class("name") {
                flush(&mut triplet);
                triplet[0] = cell.text();
            } else {
                triplet[if cell.has_class("retention") { 1 } else { 2 }] = cell.text();
            }
        }
        flush(&mut triplet);
    }
}
