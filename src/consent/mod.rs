//! What the visitor chose about cookies, as the consent platforms on a site keep it: in cookies, in storage, or in objects
//! of the page.
//!
//! Only what is kept is told. A record that the platform wrote before anybody chose is marked so; a record that cannot be
//! read (encrypted, compressed, unknown) is told as unreadable, never as a refusal. Values are read on the device and none
//! of them leaves this module.

mod cookiebot;
mod lists;
mod moment;
mod objects;
mod onetrust;
mod records;
mod tcf;
mod value;

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::charter::platform::known::{self, Known};
use crate::visit::{Choice, Observation, Visit};

/// A record of a choice.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ConsentState {
    /// The platform that keeps it, such as `onetrust`.
    pub platform: String,
    /// The cookie, storage key or page object that holds it.
    pub source: String,
    /// What was accepted, in the platform's own words: categories, purposes, services or vendors.
    pub accepted: Vec<String>,
    /// What was refused, in the same words. Some platforms keep only what was accepted.
    pub refused: Vec<String>,
    /// True when something beyond the necessary is accepted.
    pub beyond_necessary: bool,
    /// Moment of the choice, milliseconds since 1970; absent when the record does not tell.
    pub at: Option<f64>,
    /// Whether a person chose: false for a record that the platform wrote by itself. Absent when the record does not tell.
    pub chosen: Option<bool>,
    /// Why the record cannot be read, as a message key; the other fields are empty then.
    pub unreadable: Option<String>,
}

/// What one record says, before it is put into the platform's words.
#[derive(Debug, Clone, Default, PartialEq)]
struct Record {
    accepted: Vec<String>,
    refused: Vec<String>,
    at: Option<f64>,
    chosen: Option<bool>,
}

impl Record {
    /// Files an identifier under accepted or refused.
    fn put(&mut self, id: impl Into<String>, accepted: bool) {
        if accepted { self.accepted.push(id.into()) } else { self.refused.push(id.into()) }
    }
}

/// Why a record cannot be read: message keys.
const ENCRYPTED: &str = "reason_consent_encrypted";
const UNKNOWN_SHAPE: &str = "reason_consent_shape";
const NO_VALUE: &str = "reason_consent_no_value";

type Decoded = Result<Record, &'static str>;

/// Most places (platform, host and partition) whose records are read.
const MOST_PLACES: usize = 64;

/// A kept item: its name and its value.
#[derive(Debug, Clone, Copy)]
struct Kept<'a> {
    name: &'a str,
    value: &'a str,
}

/// The choices that cookies and storage keep, in the order of the observations.
///
/// A platform that keeps its record in several cookies gives one state for each place (host and partition) that holds them.
#[must_use]
pub fn state(observations: &[Observation]) -> Vec<ConsentState> {
    let mut places: Vec<(&'static Known, &str, Option<&str>, Vec<&Observation>)> = Vec::new();
    for item in observations {
        let Some(known) = known::keeper_of_choice(&item.name) else { continue };
        let partition = item.partition_key.as_deref();
        let same = |(k, host, p, _): &(&Known, &str, Option<&str>, Vec<&Observation>)| {
            k.id == known.id && *host == item.host && *p == partition
        };
        match places.iter().position(same) {
            Some(at) => places[at].3.push(item),
            // A page may store any number of names: only so many places are looked at.
            None if places.len() < MOST_PLACES => places.push((known, &item.host, partition, vec![item])),
            None => {}
        }
    }
    places.into_iter().flat_map(|(known, _, _, items)| of_place(known, &items)).collect()
}

/// The choices that a visit shows: in cookies and storage, then in objects of the page.
#[must_use]
pub fn of_visit(visit: &Visit) -> Vec<ConsentState> {
    let mut states = state(&visit.observations);
    for page in &visit.pages {
        if let Some((known, source, record)) = objects::read(page) {
            states.push(finished(known, source, Ok(record)));
        }
    }
    states
}

/// The states in which a person chose, as choices of a visit, oldest first; those without a moment come last.
#[must_use]
pub fn choices(states: &[ConsentState]) -> Vec<Choice> {
    let chosen = states.iter().filter(|s| s.unreadable.is_none() && s.chosen != Some(false));
    let mut choices: Vec<Choice> = chosen
        .map(|s| Choice {
            at: s.at.unwrap_or_default(),
            accepted: s.beyond_necessary,
            categories: s.accepted.clone(),
            source: s.source.clone(),
        })
        .collect();
    choices.sort_by(|a, b| (a.at == 0.0).cmp(&(b.at == 0.0)).then(a.at.total_cmp(&b.at)));
    choices
}

fn of_place(known: &'static Known, items: &[&Observation]) -> Vec<ConsentState> {
    let kept: Vec<Kept<'_>> = items
        .iter()
        .filter_map(|item| Some(Kept { name: &item.name, value: item.value.as_deref()? }))
        .filter(|kept| kept.value.len() <= value::LONGEST)
        .collect();
    let Some(first) = items.first() else { return Vec::new() };
    if kept.is_empty() {
        return vec![finished(known, &first.name, Err(NO_VALUE))];
    }
    let decode = match known.id {
        "cookiebot" => cookiebot::decode,
        "onetrust" => onetrust::decode,
        "tcf" => tcf::decode,
        "tarteaucitron" => lists::tarteaucitron,
        "cookieyes" => lists::cookieyes,
        "complianz" => lists::complianz,
        "usercentrics" => records::usercentrics,
        "didomi" => records::didomi,
        "axeptio" => records::axeptio,
        "iubenda" => records::iubenda,
        "termly" => records::termly,
        "osano" => records::osano,
        "klaro" => records::klaro,
        "cookieconsent" => records::cookieconsent,
        "cookieinformation" => records::cookieinformation,
        _ => return Vec::new(),
    };
    decode(&kept).map(|(source, decoded)| finished(known, source, decoded)).into_iter().collect()
}

/// Puts a record into the platform's words.
fn finished(known: &'static Known, source: &str, decoded: Decoded) -> ConsentState {
    let (platform, source) = (known.id.to_owned(), source.to_owned());
    let record = match decoded {
        Ok(record) => record,
        Err(reason) => {
            return ConsentState { platform, source, unreadable: Some(reason.into()), ..ConsentState::default() };
        }
    };
    let words = |id: &String| known.category(id).map_or(id.clone(), |own| own.words.to_owned());
    let necessary = |id: &String| {
        let category = known.category(id).and_then(|own| own.category);
        matches!(category, Some(Category::Necessary | Category::Security))
    };
    ConsentState {
        platform,
        source,
        accepted: record.accepted.iter().map(words).collect(),
        refused: record.refused.iter().map(words).collect(),
        beyond_necessary: record.accepted.iter().any(|id| !necessary(id)),
        at: record.at,
        chosen: record.chosen,
        unreadable: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::visit::StorageKind;

    fn kept(name: &str, value: &str) -> Observation {
        Observation {
            name: name.into(),
            value: Some(value.into()),
            host: "www.example.com".into(),
            ..Observation::default()
        }
    }

    fn only(items: &[Observation]) -> ConsentState {
        let mut all = state(items);
        assert_eq!(all.len(), 1, "{all:?}");
        all.remove(0)
    }

    /// Values in the shapes of the platforms: accepted, refused, beyond the necessary, chosen by a person.
    #[test]
    fn each_platform_tells_what_was_accepted_and_refused() {
        let didomi = "eyJ1cGRhdGVkIjoiMjAyNC0xMS0yMFQwOTowMDowMC4wMDBaIiwicHVycG9zZXMiOnsiZW5hYmxlZCI6WyJhdWRpZW5jZSJdLCJkaXNhYmxlZCI6WyJhZHMiXX0sInZlbmRvcnMiOnsiZGlzYWJsZWQiOlsiYzp4Il19fQ==";
        for (name, value, accepted, refused, beyond, chosen, dated) in [
            (
                "CookieConsent",
                "{stamp:%27a/b==%27%2Cnecessary:true%2Cpreferences:false%2Cstatistics:true%2Cmarketing:false%2Cmethod:%27explicit%27%2Cver:1%2Cutc:1732093200000%2Cregion:%27fr%27}",
                "Necessary Statistics",
                "Preferences Marketing",
                true,
                Some(true),
                true,
            ),
            (
                "CookieConsent",
                "{stamp:'-1',necessary:true,preferences:true,statistics:true,marketing:true,method:'implied',utc:1732093200000}",
                "Necessary Preferences Statistics Marketing",
                "",
                true,
                Some(false),
                true,
            ),
            ("CookieConsent", "-1", "", "", false, Some(false), false),
            (
                "OptanonConsent",
                "isGpcEnabled=0&datestamp=Wed+Nov+20+2024+10%3A00%3A00+GMT%2B0100+(heure+normale)&version=202405.1.0&interactionCount=1&groups=C0001%3A1%2CC0002%3A0%2CSTACK42%3A0",
                "C0001",
                "C0002 STACK42",
                false,
                Some(true),
                true,
            ),
            (
                "OptanonConsent",
                "interactionCount=0&groups=C0001%3A1%2CC0004%3A1",
                "C0001 C0004",
                "",
                true,
                Some(false),
                false,
            ),
            ("tarteaucitron", "!matomo=true!youtube=false!maps=wait", "matomo", "youtube", true, Some(true), false),
            ("tarteaucitron", "!matomo=wait", "", "", false, Some(false), false),
            (
                "cookieyes-consent",
                "consentid:QWJj,consent:yes,action:yes,necessary:yes,functional:no,analytics:yes,lastRenewedDate:1732093200000",
                "necessary analytics",
                "functional",
                true,
                Some(true),
                true,
            ),
            ("klaro", "%7B%22login%22%3Atrue%2C%22matomo%22%3Afalse%7D", "login", "matomo", true, None, false),
            (
                "cc_cookie",
                "{\"categories\":[\"necessary\",\"analytics\"],\"revision\":0,\"consentTimestamp\":\"2024-11-20T09:00:00.000Z\",\"services\":{}}",
                "necessary analytics",
                "",
                true,
                Some(true),
                true,
            ),
            (
                "cc_cookie",
                "%7B%22categories%22%3A%5B%22necessary%22%5D%2C%22level%22%3A%5B%5D%7D",
                "necessary",
                "",
                false,
                Some(true),
                false,
            ),
            (
                "CookieInformationConsent",
                "%7B%22consents_approved%22%3A%5B%22cookie_cat_necessary%22%5D%2C%22consents_denied%22%3A%5B%22cookie_cat_marketing%22%5D%2C%22timestamp%22%3A%222024-11-20T09%3A00%3A00.000Z%22%7D",
                "necessary",
                "marketing",
                false,
                Some(true),
                true,
            ),
            (
                "_iub_cs-123",
                "%7B%22timestamp%22%3A%222024-11-20T09%3A00%3A00.000Z%22%2C%22purposes%22%3A%7B%221%22%3Atrue%2C%224%22%3Afalse%7D%2C%22id%22%3A123%7D",
                "Necessary",
                "Measurement",
                false,
                Some(true),
                true,
            ),
            (
                "axeptio_cookies",
                "{%22$$token%22:%22x%22%2C%22$$date%22:%222024-11-20T09:00:00.000Z%22%2C%22$$cookiesVersion%22:{}%2C%22$$completed%22:true%2C%22matomo%22:true%2C%22hotjar%22:false}",
                "matomo",
                "hotjar",
                true,
                Some(true),
                true,
            ),
            ("didomi_token", didomi, "audience", "ads c:x", true, Some(true), true),
            (
                "euconsent-v2",
                "COvFyGBOvFyGBAbAAAENAPCAAOAAAAAAAAAAAEEUACCKAAA",
                "1 2 3",
                "4 5 6 7 8 9 10 11",
                true,
                Some(true),
                true,
            ),
            (
                "TERMLY_API_CACHE",
                "{\"TERMLY_COOKIE_CONSENT\":{\"createdAt\":\"2024-11-20T09:00:00.000Z\",\"value\":{\"essential\":true,\"advertising\":false}}}",
                "essential",
                "advertising",
                false,
                Some(true),
                true,
            ),
        ] {
            let seen = only(&[kept(name, value)]);
            assert_eq!(seen.unreadable, None, "{name}");
            let known = known::keeper_of_choice(name).unwrap();
            let shown = |ids: &str| -> Vec<String> {
                ids.split_whitespace().map(|id| known.category(id).map_or(id, |own| own.words).to_owned()).collect()
            };
            let mut expected = (shown(accepted), shown(refused));
            let mut got = (seen.accepted, seen.refused);
            for list in [&mut expected.0, &mut expected.1, &mut got.0, &mut got.1] {
                list.sort();
            }
            assert_eq!(got, expected, "{name}");
            assert_eq!((seen.beyond_necessary, seen.chosen, seen.at.is_some()), (beyond, chosen, dated), "{name}");
        }
    }

    #[test]
    fn records_in_several_items_are_read_together() {
        let seen = only(&[
            kept("OptanonConsent", "interactionCount=0&groups=C0001%3A1%2CC0002%3A0"),
            kept("OptanonAlertBoxClosed", "2024-11-20T09:00:00.000Z"),
        ]);
        assert_eq!((seen.chosen, seen.at), (Some(true), Some(1_732_093_200_000.0)));
        let seen = only(&[
            kept("cmplz_functional", "allow"),
            kept("cmplz_marketing", "deny"),
            kept("cmplz_policy_id", "12"),
            kept("cmplz_banner-status", "dismissed"),
        ]);
        assert_eq!(
            (seen.accepted, seen.refused, seen.chosen),
            (vec!["functional".into()], vec!["marketing".into()], Some(true))
        );
        assert!(!seen.beyond_necessary);
        let settings = r#"{"id":"x","services":[{"id":"a","status":true,"history":[{"timestamp":1732093200000}]},{"id":"b","status":false,"history":[]}]}"#;
        let seen = only(&[kept("uc_user_interaction", "true"), kept("uc_settings", settings)]);
        assert_eq!((seen.accepted, seen.chosen, seen.at.is_some()), (vec!["a".into()], Some(true), true));
    }

    #[test]
    fn what_cannot_be_read_says_so_and_gives_no_choice() {
        for (name, value, reason) in [
            ("osano_consentmanager", "t5e_8v4OumSWIPLrZ4C41VM5pbZtizjk9iq9tINRnyNK", ENCRYPTED),
            ("OptanonConsent", "garbage", UNKNOWN_SHAPE),
            ("OptanonAlertBoxClosed", "2024-11-20T09:00:00.000Z", UNKNOWN_SHAPE),
            ("CookieConsent", "true", UNKNOWN_SHAPE),
            ("euconsent-v2", "BOEFEAyOEFEAyAHABDENAI4AAAB9vABAASA", UNKNOWN_SHAPE),
            ("didomi_token", "1", UNKNOWN_SHAPE),
            ("klaro", "[[[[", UNKNOWN_SHAPE),
            ("tarteaucitron", "", UNKNOWN_SHAPE),
        ] {
            let seen = only(&[kept(name, value)]);
            assert_eq!(seen.unreadable.as_deref(), Some(reason), "{name}");
            assert!(choices(&[seen]).is_empty(), "{name}");
        }
        let masked = Observation { name: "CookieConsent".into(), ..Observation::default() };
        assert_eq!(only(&[masked]).unreadable.as_deref(), Some(NO_VALUE));
        let huge = kept("klaro", &"x".repeat(value::LONGEST + 1));
        assert_eq!(only(&[huge]).unreadable.as_deref(), Some(NO_VALUE));
    }

    #[test]
    fn choices_are_those_of_a_person_oldest_first() {
        let mut elsewhere = kept("tarteaucitron", "!matomo=false");
        elsewhere.kind = StorageKind::Cookie;
        let states = state(&[
            elsewhere,
            kept(
                "CookieInformationConsent",
                r#"{"consents_approved":["cookie_cat_marketing"],"timestamp":"2024-11-21T09:00:00Z"}"#,
            ),
            kept("cc_cookie", r#"{"categories":["necessary"],"consentTimestamp":"2024-11-20T09:00:00Z"}"#),
            kept("CookieConsent", "-1"),
            kept("_ga", "GA1.1.1.1"),
        ]);
        let choices = choices(&states);
        let seen: Vec<(&str, bool)> = choices.iter().map(|c| (c.source.as_str(), c.accepted)).collect();
        assert_eq!(seen, [("cc_cookie", false), ("CookieInformationConsent", true), ("tarteaucitron", false)]);
    }

    #[test]
    fn objects_of_the_page_tell_choices_too() {
        let page = |platform: &str, values: serde_json::Value| crate::visit::PageSource {
            content_type: crate::charter::platform::PAGE_OBJECTS.into(),
            platform: Some(platform.into()),
            text: serde_json::json!({ "values": values }).to_string(),
            ..crate::visit::PageSource::default()
        };
        let visit = Visit {
            pages: vec![
                page("osano", serde_json::json!({ "Osano.cm": { "analytics": true, "marketing": false } })),
                page(
                    "usercentrics",
                    serde_json::json!({ "__ucCmp.getConsentDetails()": {
                    "consent": { "status": "SOME_DENIED", "type": "EXPLICIT" },
                    "services": { "x": { "name": "Maps", "consent": { "given": false, "type": "EXPLICIT" } } } } }),
                ),
                page("klaro", serde_json::json!({})),
            ],
            ..Visit::default()
        };
        let states = of_visit(&visit);
        assert_eq!(states.len(), 2);
        assert_eq!((states[0].accepted.as_slice(), states[0].chosen), (["Analytics".to_owned()].as_slice(), None));
        assert_eq!((states[1].refused.as_slice(), states[1].chosen), (["Maps".to_owned()].as_slice(), Some(true)));
    }

    #[test]
    fn ten_thousand_items_of_one_platform_end_quickly() {
        let items: Vec<Observation> = (0..10_000)
            .map(|n| Observation { host: format!("h{n}.example.com"), ..kept(&format!("cmplz_{n}"), "allow") })
            .collect();
        assert_eq!(state(&items).len(), MOST_PLACES);
    }
}
