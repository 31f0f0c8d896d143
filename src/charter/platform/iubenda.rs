//! iubenda: a policy as markup inside JSON, or as a page of its own. Services are headings under headings of purpose; a list
//! under a service gives `name: lifetime`. The text is translated, so the lists are known by their form.

use serde_json::Value;

use super::data::{Data, Look};
use super::dom::{At, Dom};
use super::rows::{Lasts, Row, Rows};
use super::website::{Website, id_of};
use crate::charter::{Outcome, lifetime};
use crate::lexicon;

pub(super) fn requests(site: &Website<'_>) -> Vec<String> {
    let Some(data) = site.objects() else { return Vec::new() };
    let Some(id) = id_of(data.object("_iub.csConfiguration").get("cookiePolicyId")) else { return Vec::new() };
    let api = format!("https://www.iubenda.com/api/privacy-policy/{id}/cookie-policy");
    // The API answers only for customers of a paid plan; the page is for everyone.
    let refused = site.pages().any(|page| page.url == api);
    let page = refused.then(|| format!("https://www.iubenda.com/privacy-policy/{id}/cookie-policy"));
    [Some(api), page].into_iter().flatten().collect()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    rows.leads_on = data.object("_iub.csConfiguration").is_object();
    rows.language = data.object("_iub.csConfiguration").words("lang").map(Into::into);
    let json = data.json();
    if let Some(html) = json.get("content").and_then(Value::as_str) {
        policy(Dom::parse(html).root(), rows);
    } else if json.get("success").is_some() {
        rows.refuse(Outcome::NotServedHere, "reason_platform_refuses");
    }
    for dom in &data.html {
        policy(dom.root(), rows);
    }
}

fn policy(root: At<'_>, rows: &mut Rows<'_>) {
    // Headings above, by level.
    let mut above: Vec<(u8, String)> = Vec::new();
    for part in root.find(|at| heading_level(at).is_some() || at.tag() == "ul") {
        if let Some(level) = heading_level(part) {
            above.retain(|(other, _)| *other < level);
            above.push((level, part.text()));
            continue;
        }
        let items: Vec<String> = part.with_tag(&["li"]).iter().map(|li| li.text()).collect();
        let named: Vec<(&str, &str)> = items.iter().filter_map(|item| name_and_life(item)).collect();
        if named.is_empty() || named.len() < items.len() {
            continue;
        }
        rows.group();
        let category =
            above.iter().rev().map(|(_, words)| words.as_str()).find(|words| lexicon::category(words).is_some());
        let service = above.last().map(|(_, words)| words.as_str()).unwrap_or_default();
        for (name, life) in named {
            let category = category.unwrap_or_default();
            rows.add(Row { name, lasts: Lasts::Words(life), category, service, ..Row::default() });
        }
    }
}

fn heading_level(at: At<'_>) -> Option<u8> {
    match at.tag().as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// `token: lifetime`
fn name_and_life(item: &str) -> Option<(&str, &str)> {
    let (name, life) = item.rsplit_once(':')?;
    let (name, life) = (name.trim(), life.trim());
    let token = !name.is_empty() && !name.contains(char::is_whitespace);
    (token && lifetime::parse(life).is_lifetime()).then_some((name, life))
}
