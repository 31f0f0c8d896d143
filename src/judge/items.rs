//! Observations -> things stored: one for each identity, with every write that a recording saw of it.

use std::cmp::Ordering;

use crate::charter::{Lifetime, LifetimeWord};
use crate::judge::value;
use crate::report::Stored;
use crate::site;
use crate::visit::{Observation, Phase, StorageKind, Written};

/// Cap that browsers set on the lifetime of a cookie, in seconds (RFC 6265bis, section 5.5: 400 days).
pub(crate) const CAP: f64 = 400.0 * DAY;
/// A day in seconds.
pub(crate) const DAY: f64 = 86_400.0;

/// One thing stored.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    pub(crate) seen: &'a Observation,
    /// Host in normal form.
    pub(crate) host: String,
    /// Writes seen, oldest first.
    pub(crate) writes: Vec<&'a Written>,
}

/// What a visit observed: things stored, and writes that the browser did not keep.
#[derive(Debug, Default)]
pub(crate) struct Items<'a> {
    pub(crate) stored: Vec<Item<'a>>,
    pub(crate) refused: Vec<(&'a Observation, &'a Written)>,
}

/// Joins observations of one identity: kind, name, host, path, partition and store.
///
/// The result is in order of identity, whatever the order of the observations.
pub(crate) fn items(observations: &[Observation]) -> Items<'_> {
    let mut all: Vec<(String, &Observation)> =
        observations.iter().map(|o| (site::normal(&o.host).into_owned(), o)).collect();
    all.sort_by(|(host_a, a), (host_b, b)| identity(host_a, a).cmp(&identity(host_b, b)).then_with(|| fuller(a, b)));
    let mut items = Items::default();
    for (host, seen) in all {
        let written = seen.written.as_ref();
        if let Some(refused) = written.filter(|w| w.refused.is_some()) {
            items.refused.push((seen, refused));
            continue;
        }
        match items.stored.last_mut() {
            Some(item) if identity(&item.host, item.seen) == identity(&host, seen) => item.writes.extend(written),
            _ => items.stored.push(Item { seen, host, writes: written.into_iter().collect() }),
        }
    }
    // What was only ever deleted is not there.
    let deletion = |w: &&Written| w.asked_seconds.is_some_and(|s| s <= 0.0);
    items
        .stored
        .retain(|item| item.seen.written.as_ref().is_none_or(|w| !deletion(&w)) || !item.writes.iter().all(deletion));
    for item in &mut items.stored {
        item.writes.sort_by(|a, b| a.at.total_cmp(&b.at));
    }
    items
}

/// What makes two observations speak of the same thing.
fn identity<'a>(
    host: &'a str,
    o: &'a Observation,
) -> (StorageKind, &'a str, &'a str, &'a str, Option<&'a str>, Option<&'a str>) {
    (o.kind, &o.name, host, &o.path, o.partition_key.as_deref(), o.store.as_deref())
}

/// Of two observations of one thing, the one that lives longer speaks for it; the rest only keeps the order stable.
fn fuller(a: &Observation, b: &Observation) -> Ordering {
    let end = |o: &Observation| finite(o.expires).unwrap_or(-1.0);
    let deleted = |o: &Observation| o.written.as_ref().is_some_and(|w| w.asked_seconds.is_some_and(|s| s <= 0.0));
    let flags = |o: &Observation| (o.host_only, o.secure, o.http_only, o.same_site.map(|s| s as u8));
    deleted(a)
        .cmp(&deleted(b))
        .then_with(|| end(b).total_cmp(&end(a)))
        .then_with(|| flags(b).cmp(&flags(a)))
        .then_with(|| b.value.cmp(&a.value))
        .then_with(|| size(b).total_cmp(&size(a)))
        .then_with(|| writing(a.written.as_ref(), b.written.as_ref()))
}

fn writing(a: Option<&Written>, b: Option<&Written>) -> Ordering {
    let parts = |w: &Written| (w.by as u8, w.phase as u8);
    match (a, b) {
        (Some(a), Some(b)) => {
            a.at.total_cmp(&b.at)
                .then_with(|| parts(a).cmp(&parts(b)))
                .then_with(|| a.asked_seconds.unwrap_or(f64::MIN).total_cmp(&b.asked_seconds.unwrap_or(f64::MIN)))
                .then_with(|| a.source.cmp(&b.source))
                .then_with(|| a.refused.cmp(&b.refused))
        }
        _ => b.is_some().cmp(&a.is_some()),
    }
}

fn size(o: &Observation) -> f64 {
    finite(o.size).unwrap_or(-1.0)
}

/// A number that means something; browsers and files may hand over others.
pub(crate) fn finite(number: Option<f64>) -> Option<f64> {
    number.filter(|n| n.is_finite())
}

impl Item<'_> {
    /// Lifetime left at a moment (seconds since 1970); absent for storage without end.
    pub(crate) fn left(&self, now: f64) -> Option<Lifetime> {
        match (self.seen.kind, finite(self.seen.expires)) {
            (_, Some(end)) => Some(Lifetime::Seconds((end - now).max(0.0).round())),
            (StorageKind::Cookie | StorageKind::SessionStorage, None) => Some(Lifetime::Word(LifetimeWord::Session)),
            _ => None,
        }
    }

    /// The longest lifetime asked for, in seconds, when a recording saw a write that keeps it beyond the session.
    pub(crate) fn asked(&self) -> Option<f64> {
        self.writes.iter().filter_map(|w| finite(w.asked_seconds)).filter(|s| *s > 0.0).max_by(f64::total_cmp)
    }

    /// The longest lifetime that is known of it: what was asked for, or what is left when that is more.
    pub(crate) fn longest(&self, now: f64) -> Option<Lifetime> {
        match (self.left(now), self.asked()) {
            (Some(Lifetime::Seconds(left)), Some(asked)) => Some(Lifetime::Seconds(left.max(asked))),
            (left, Some(asked)) if left != Some(Lifetime::Word(LifetimeWord::Session)) => {
                Some(Lifetime::Seconds(asked))
            }
            (left, _) => left,
        }
    }

    /// Writes that put something there; a lifetime of nothing deletes.
    pub(crate) fn kept_writes(&self) -> impl Iterator<Item = &Written> {
        self.writes.iter().copied().filter(|w| w.asked_seconds.is_none_or(|s| s > 0.0))
    }

    /// Whether it was written in a phase of the visit.
    pub(crate) fn kept_in(&self, phase: Phase) -> bool {
        self.kept_writes().any(|w| w.phase == phase)
    }

    /// True when the lifetime left stands at the cap, so that more may have been asked for.
    pub(crate) fn capped(&self, now: f64) -> bool {
        let at_cap = |left: f64| left >= CAP - DAY;
        let cookie = self.seen.kind == StorageKind::Cookie;
        cookie
            && matches!(self.left(now), Some(Lifetime::Seconds(left)) if at_cap(left))
            && self.asked().is_none_or(|a| a > CAP)
    }

    /// Stable within a report and between reports of the same jar.
    pub(crate) fn id(&self) -> String {
        let o = self.seen;
        let part = |p: &Option<String>| p.clone().unwrap_or_default();
        let kind = format!("{:?}", o.kind).to_lowercase();
        [kind, part(&o.store), part(&o.partition_key), self.host.clone(), o.path.clone(), o.name.clone()].join("|")
    }

    /// The facts as a report shows them.
    pub(crate) fn facts(&self, now: f64) -> Stored {
        let o = self.seen;
        let first = self.writes.first();
        Stored {
            kind: o.kind,
            name: o.name.clone(),
            host: self.host.clone(),
            host_only: o.host_only,
            path: o.path.clone(),
            secure: o.secure,
            http_only: o.http_only,
            same_site: o.same_site,
            partition_key: o.partition_key.clone(),
            store: o.store.clone(),
            lifetime: self.left(now),
            capped: self.capped(now),
            expires: finite(o.expires),
            asked_seconds: self.asked(),
            writer: first.map(|w| w.by),
            written: first.and_then(|w| finite(Some(w.at))),
            phase: first.map(|w| w.phase),
            value: o.value.as_deref().map(|v| value::shape(v, now)),
        }
    }
}
