//! The site's pages and its consent platforms as one charter: each name once, with what each place adds, and what they
//! contradict each other in.
//!
//! Only statements of different sources are joined, at least one of them a platform's: what one document says twice is for
//! the judge to see. The statement that stays is the page's, since people read it; it is never narrowed to fewer hosts.

use std::collections::HashMap;

use super::{Charter, Declaration, Disagreement, Lifetime, LifetimeWord, Party};
use crate::category::Category;
use crate::site;
use crate::visit::StorageKind;

/// Statements of one name that are looked through for the one with fitting hosts.
const MAX_CANDIDATES: usize = 32;
const DAY: f64 = 86_400.0;

/// Joins what platforms declare with what pages declare.
pub(super) fn merge(charter: &mut Charter) {
    let (pages, platforms): (Vec<Declaration>, Vec<Declaration>) =
        std::mem::take(&mut charter.declarations).into_iter().partition(|d| d.platform.is_none());
    let mut joined = pages;
    let mut by_name: HashMap<(StorageKind, String), Vec<usize>> = HashMap::new();
    if !platforms.is_empty() {
        for (at, declaration) in joined.iter().enumerate() {
            by_name.entry(key(declaration)).or_default().push(at);
        }
    }
    for declaration in platforms {
        let alike = by_name.entry(key(&declaration)).or_default();
        let other = |at: &&usize| {
            let other = &joined[**at];
            !same_source(other, &declaration) && hosts_meet(&other.hosts, &declaration.hosts)
        };
        match alike.iter().rev().take(MAX_CANDIDATES).rev().find(other).copied() {
            Some(at) => join(&mut joined[at], declaration, &mut charter.disagreements),
            None => {
                alike.push(joined.len());
                joined.push(declaration);
            }
        }
    }
    charter.declarations = joined;
}

fn key(declaration: &Declaration) -> (StorageKind, String) {
    (declaration.kind, declaration.pattern.clone())
}

fn same_source(a: &Declaration, b: &Declaration) -> bool {
    a.platform == b.platform && a.place.url == b.place.url
}

/// True when one of them gives no host, or both give one of the same site.
fn hosts_meet(a: &[String], b: &[String]) -> bool {
    let domain = |host: &str| {
        let host = site::normal(host.trim_start_matches("*.")).into_owned();
        site::registrable_domain(&host).map_or(host.clone(), str::to_owned)
    };
    let few = |hosts: &[String]| hosts.iter().take(MAX_CANDIDATES).map(|host| domain(host)).collect::<Vec<_>>();
    a.is_empty() || b.is_empty() || few(a).iter().any(|host| few(b).contains(host))
}

fn join(kept: &mut Declaration, other: Declaration, disagreements: &mut Vec<Disagreement>) {
    let mut differ = |about: &str, first: String, second: String| {
        disagreements.push(Disagreement {
            name: kept.name.clone(),
            about: about.into(),
            first,
            second,
            first_place: kept.place.clone(),
            second_place: other.place.clone(),
        });
    };
    if let (Some(a), Some(b)) = (kept.category, other.category)
        && categories_differ(a, b)
    {
        let words = |d: &Declaration, c: Category| d.category_declared.clone().unwrap_or_else(|| c.id().into());
        differ("category", words(kept, a), words(&other, b));
    }
    if let (Some(a), Some(b)) = (kept.lifetime_seconds, other.lifetime_seconds)
        && lifetimes_differ(a, b)
    {
        let words = |d: &Declaration| d.lifetime_declared.clone().unwrap_or_default();
        differ("lifetime", words(kept), words(&other));
    }
    if let (Some(a), Some(b)) = (kept.party, other.party)
        && a != b
    {
        let words = |party| if party == Party::First { "first" } else { "third" }.to_owned();
        differ("party", words(a), words(b));
    }
    fill(kept, other);
}

/// "Not classified" contradicts nothing.
fn categories_differ(a: Category, b: Category) -> bool {
    a != b && a != Category::Unclassified && b != Category::Unclassified
}

/// By more than a day and more than a twentieth, as the rules on lifetimes count.
fn lifetimes_differ(a: Lifetime, b: Lifetime) -> bool {
    match (a, b) {
        (Lifetime::Seconds(a), Lifetime::Seconds(b)) => {
            let (short, long) = (a.min(b), a.max(b));
            long - short > DAY && long > short * 1.05
        }
        (Lifetime::Word(a), Lifetime::Word(b)) => a != b,
        (Lifetime::Word(word), Lifetime::Seconds(seconds)) | (Lifetime::Seconds(seconds), Lifetime::Word(word)) => {
            word == LifetimeWord::Session && seconds > DAY
        }
    }
}

/// Takes over what is not said here.
fn fill(kept: &mut Declaration, other: Declaration) {
    fn take<T>(here: &mut Option<T>, there: Option<T>) {
        if here.is_none() {
            *here = there;
        }
    }
    if kept.category.is_none() {
        kept.category = other.category;
        kept.category_declared = other.category_declared.or(kept.category_declared.take());
    }
    if kept.lifetime_declared.is_none() {
        kept.lifetime_declared = other.lifetime_declared;
        kept.lifetime_seconds = other.lifetime_seconds;
        kept.lifetime_range = other.lifetime_range;
    }
    take(&mut kept.purpose, other.purpose);
    take(&mut kept.provider, other.provider);
    take(&mut kept.service, other.service);
    take(&mut kept.party, other.party);
    take(&mut kept.legal_basis, other.legal_basis);
    kept.also.push(other.place);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charter::Place;

    fn declared(name: &str, url: &str, platform: Option<&str>) -> Declaration {
        Declaration {
            name: name.into(),
            pattern: name.into(),
            platform: platform.map(Into::into),
            place: Place { url: url.into(), ..Place::default() },
            ..Declaration::default()
        }
    }

    fn merged(declarations: Vec<Declaration>) -> Charter {
        let mut charter = Charter { declarations, ..Charter::default() };
        merge(&mut charter);
        charter
    }

    #[test]
    fn a_platform_fills_what_the_page_leaves_out_and_adds_what_it_lacks() {
        let mut page = declared("_ga", "page", None);
        page.purpose = Some("Counts.".into());
        let mut platform = declared("_ga", "list", Some("onetrust"));
        platform.purpose = Some("Other words.".into());
        platform.lifetime_declared = Some("2 years".into());
        let charter = merged(vec![platform, page, declared("uid", "list", Some("onetrust"))]);
        assert_eq!(charter.declarations.len(), 2);
        let first = &charter.declarations[0];
        assert_eq!((first.purpose.as_deref(), first.lifetime_declared.as_deref()), (Some("Counts."), Some("2 years")));
        assert_eq!((first.place.url.as_str(), first.also[0].url.as_str()), ("page", "list"));
        assert!(charter.disagreements.is_empty());
    }

    #[test]
    fn what_contradicts_is_kept_apart_with_both_places() {
        let mut page = declared("_ga", "page", None);
        page.category = Some(Category::Necessary);
        page.lifetime_seconds = Some(Lifetime::Word(LifetimeWord::Session));
        page.party = Some(Party::First);
        let mut platform = declared("_ga", "list", Some("cookiebot"));
        platform.category = Some(Category::Statistics);
        platform.lifetime_seconds = Some(Lifetime::Seconds(2.0 * 365.0 * DAY));
        platform.party = Some(Party::Third);
        let charter = merged(vec![page, platform]);
        let about: Vec<&str> = charter.disagreements.iter().map(|d| d.about.as_str()).collect();
        assert_eq!(about, ["category", "lifetime", "party"]);
        assert_eq!(charter.disagreements[0].second_place.url, "list");
        assert_eq!(charter.declarations[0].category, Some(Category::Necessary));
    }

    #[test]
    fn a_year_of_365_and_one_of_364_days_agree() {
        assert!(!lifetimes_differ(Lifetime::Seconds(365.0 * DAY), Lifetime::Seconds(364.0 * DAY)));
        assert!(!lifetimes_differ(Lifetime::Seconds(395.0 * DAY), Lifetime::Seconds(390.0 * DAY)));
        assert!(lifetimes_differ(Lifetime::Seconds(730.0 * DAY), Lifetime::Seconds(365.0 * DAY)));
    }

    #[test]
    fn other_hosts_and_other_kinds_stay_apart_and_no_host_is_added() {
        let mut a = declared("id", "page", None);
        a.hosts = vec!["a.example.com".into()];
        let mut b = declared("id", "list", Some("tcf"));
        b.hosts = vec!["*.other.com".into()];
        let mut c = declared("id", "list", Some("tcf"));
        c.hosts = vec!["www.example.com".into()];
        let mut d = declared("id", "list", Some("tcf"));
        d.kind = StorageKind::LocalStorage;
        let charter = merged(vec![a, b, c, d]);
        assert_eq!(charter.declarations.len(), 3);
        assert_eq!(charter.declarations[0].hosts, ["a.example.com"]);
        let mut wide = declared("id", "list", Some("tcf"));
        wide.hosts = vec!["x.com".into()];
        let charter = merged(vec![declared("id", "page", None), wide]);
        assert!(charter.declarations[0].hosts.is_empty());
    }

    #[test]
    fn what_one_document_says_twice_stays_twice() {
        let charter = merged(vec![declared("a", "list", Some("klaro")), declared("a", "list", Some("klaro"))]);
        assert_eq!(charter.declarations.len(), 2);
        let charter = merged(vec![declared("a", "page", None), declared("a", "page", None)]);
        assert_eq!(charter.declarations.len(), 2);
    }
}
