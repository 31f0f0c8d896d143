//! Consent platforms: each folder of `tests/platforms` holds a page, documents in the platform's shape with our own words,
//! and in `expected.json` what must be found and read.

#![allow(clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cookie_charter::charter::platform::{self, Found, PageFacts};
use cookie_charter::report::{Confidence, Severity};
use cookie_charter::visit::PageSource;
use cookie_charter::{Declaration, charter::Outcome};
use serde_json::{Value, json};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/platforms");
    let entries = fs::read_dir(root).expect("tests/platforms is there").map(|e| e.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.join("page.json").exists()).collect();
    folders.sort();
    folders
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn page(folder: &Path) -> PageFacts {
    serde_json::from_str(&text(&folder.join("page.json"))).unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
}

/// A fixture as the shell would hand it over.
fn document(path: &Path, platform: &str) -> PageSource {
    let kind = match path.extension().and_then(|e| e.to_str()) {
        Some("json") => "application/json",
        Some("js") => "text/javascript",
        _ => "text/html",
    };
    let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    PageSource {
        url: format!("https://documents.example/{name}"),
        status: 200,
        content_type: kind.into(),
        text: text(path),
        platform: Some(platform.into()),
        ..PageSource::default()
    }
}

/// A declaration in short: only what it says.
fn short(declaration: &Declaration) -> Value {
    let mut value = serde_json::to_value(declaration).expect("a declaration is JSON");
    let map = value.as_object_mut().expect("a declaration is an object");
    map.remove("place");
    map.remove("platform");
    map.retain(|_, value| !value.is_null() && value != &json!([]));
    if map["kind"] == "cookie" {
        map.remove("kind");
    }
    if map["name"] == map["pattern"] {
        map.remove("pattern");
    }
    value
}

fn found(all: &[Found]) -> Value {
    let short = |f: &Found| json!({ "platform": f.platform, "config": f.config, "documents": f.pages.len(), "requests": f.requests, "links": f.links });
    Value::Array(all.iter().map(short).collect())
}

fn reading(source: &PageSource, all: &[PageSource]) -> Value {
    let Some(reading) = platform::read(source, all) else { return json!("only leads on") };
    let mut value =
        json!({ "status": reading.status, "declarations": reading.declarations.iter().map(short).collect::<Vec<_>>() });
    for (key, said) in
        [("reason", reading.reason), ("language", reading.language.as_deref()), ("region", reading.region.as_deref())]
    {
        if let Some(said) = said {
            value[key] = said.into();
        }
    }
    value
}

#[test]
fn every_platform_is_found_and_read_as_expected() {
    let folders = folders();
    assert!(folders.len() >= 15, "only {} platforms have fixtures", folders.len());
    for folder in folders {
        let name = folder.file_name().and_then(|n| n.to_str()).expect("a name").to_owned();
        let facts = page(&folder);
        let all = platform::find(&facts);
        let mut readings: BTreeMap<String, Value> = BTreeMap::new();
        for page in all.iter().flat_map(|f| &f.pages) {
            readings.insert("page objects".into(), reading(page, &[]));
        }
        let mut documents: Vec<PathBuf> =
            fs::read_dir(&folder).expect("a folder").map(|e| e.expect("an entry").path()).collect();
        documents.retain(|path| !["page.json", "expected.json", "about.md"].iter().any(|n| path.ends_with(n)));
        documents.sort();
        let mut sources: Vec<PageSource> = documents.iter().map(|path| document(path, &name)).collect();
        for source in &mut sources {
            let file = source.url.rsplit('/').next().unwrap_or_default();
            let asked = all.iter().flat_map(|f| &f.requests).find(|url| url.ends_with(&format!("/{file}")));
            source.url = asked.unwrap_or(&source.url).clone();
        }
        let mut context = sources.clone();
        context.extend(all.iter().flat_map(|f| f.pages.clone()));
        for source in &sources {
            let file = source.url.rsplit('/').next().unwrap_or_default();
            readings.insert(file.to_owned(), reading(source, &context));
        }
        let seen = json!({ "found": found(&all), "readings": readings });
        let expected = folder.join("expected.json");
        if std::env::var_os("WRITE_EXPECTED").is_some() {
            fs::write(&expected, format!("{seen:#}\n")).expect("expected.json can be written");
        }
        let expected: Value = serde_json::from_str(&text(&expected)).expect("expected.json is JSON");
        assert_eq!(seen, expected, "{name}: read by eye, then WRITE_EXPECTED=1 writes what is read now");
    }
}

#[test]
fn lists_inside_ordinary_pages_are_read_by_their_marks() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/platforms");
    for (file, platform, count) in [
        ("onetrust/policy.html", "onetrust", 3),
        ("complianz/policy.html", "complianz", 3),
        ("cookieyes/policy.html", "cookieyes", 1),
    ] {
        let mut source = document(&root.join(file), platform);
        source.platform = None;
        let readings = platform::read_markup(&source);
        assert_eq!(readings.len(), 1, "{file}");
        assert_eq!((readings[0].platform.as_str(), readings[0].declarations.len()), (platform, count), "{file}");
        assert!(readings[0].declarations.iter().all(|d| d.place.url == source.url), "{file}");
    }
    let plain = PageSource { text: "<table><tr><th>Name<tr><td>_ga</table>".into(), ..PageSource::default() };
    assert!(platform::read_markup(&plain).is_empty());
}

#[test]
fn what_was_asked_is_not_asked_again_and_rounds_end() {
    let mut facts: PageFacts = serde_json::from_value(json!({
        "url": "https://www.shop.example/", "language": "en",
        "scripts": [{ "src": "https://cdn.cookielaw.org/scripttemplates/otSDKStub.js", "attributes": { "data-domain-script": "abc-1" } }]
    }))
    .expect("page facts");
    let mut rounds = Vec::new();
    loop {
        let asked: Vec<String> = platform::find(&facts).into_iter().flat_map(|f| f.requests).collect();
        if asked.is_empty() {
            break;
        }
        for url in &asked {
            let text = if url.ends_with("abc-1.json") {
                json!({ "RuleSet": [{ "Id": "set-1", "LanguageSwitcherPlaceholder": { "default": "de" } }] })
                    .to_string()
            } else {
                json!({ "DomainData": { "Groups": [] } }).to_string()
            };
            facts.pages.push(PageSource {
                url: url.clone(),
                text,
                platform: Some("onetrust".into()),
                ..PageSource::default()
            });
        }
        rounds.push(asked);
    }
    assert_eq!(
        rounds,
        [
            ["https://cdn.cookielaw.org/consent/abc-1/abc-1.json"],
            ["https://cdn.cookielaw.org/consent/abc-1/set-1/de.json"]
        ]
    );
}

#[test]
fn only_the_platform_and_the_site_are_ever_asked() {
    let facts: PageFacts = serde_json::from_value(json!({
        "url": "https://www.shop.example/",
        "scripts": [
            { "src": "https://evil.test/x.js", "attributes": { "data-domain-script": "../../secret" } },
            { "src": "https://cdn-cookieyes.com.evil.test/client_data/k/script.js", "attributes": {} },
            { "src": "http://cdn-cookieyes.com/client_data/k/script.js", "attributes": {} }
        ],
        "resources": ["https://consent.cookiebot.com.evil.test/a/cc.js"],
        "platforms": {
            "complianz": { "values": { "complianz": { "region": "eu", "page_links": { "eu": { "cookie-statement": { "url": "https://127.0.0.1/x" } } } } } },
            "tarteaucitron": { "values": { "tarteaucitron.parameters": { "privacyUrl": "file:///etc/passwd" } } },
            "tcf": { "values": { "__tcfapi.getVendorList": { "vendors": [{ "name": "x", "deviceStorageDisclosureUrl": "https://intranet.test/x.json" }] } } },
            "iubenda": { "values": { "_iub.csConfiguration": { "cookiePolicyId": "1/../../x" } } }
        }
    }))
    .expect("page facts");
    for found in platform::find(&facts) {
        assert!(found.requests.is_empty() && found.links.is_empty(), "{found:?}");
    }
}

#[test]
fn hostile_documents_end_in_an_outcome() {
    let nested = format!("{}1{}", "[".repeat(5_000), "]".repeat(5_000));
    let shapes: Vec<String> = vec![
        String::new(),
        "null".into(),
        "{".into(),
        "[]".into(),
        "{}".into(),
        nested,
        "{\"DomainData\":{\"Groups\":[null,1,{\"Hosts\":[null]},{\"FirstPartyCookies\":[null,{\"Name\":1}]}]}}".into(),
        "{\"templates\":[{\"deviceStorage\":{\"disclosures\":[{\"identifier\":null}]}}],\"consentTemplates\":{}}"
            .into(),
        "{\"cookies\":{\"essential\":[{\"name\":\"\"}]},\"disclosures\":[{}],\"content\":5}".into(),
        format!("CookieConsentDialog.cookieTableNecessary = {}", "[[".repeat(10_000)),
        "CookieConsentDialog.cookieTableNecessary = [".repeat(2_000),
        "<div class=CookieDeclarationType>".repeat(2_000),
        "<ul class=cky-cookie-des-table><li><div>".repeat(2_000),
        "\u{0}\u{fffd}".repeat(100),
    ];
    for folder in folders() {
        let id = folder.file_name().and_then(|n| n.to_str()).expect("a name").to_owned();
        for text in &shapes {
            for kind in ["application/json", "text/html", platform::PAGE_OBJECTS, ""] {
                let source = PageSource {
                    url: "https://x.example/".into(),
                    content_type: kind.into(),
                    text: text.clone(),
                    platform: Some(id.clone()),
                    ..PageSource::default()
                };
                let reading = platform::read(&source, std::slice::from_ref(&source));
                assert!(!text.is_empty() || reading.is_none(), "{id} {kind}");
                assert!(reading.is_none_or(|r| r.status != Outcome::Read || !r.declarations.is_empty()), "{id} {kind}");
            }
        }
    }
}

#[test]
fn a_page_and_a_platform_are_read_as_one_charter() {
    let page = PageSource {
        url: "https://www.librairie.example/cookies".into(),
        content_type: "text/html".into(),
        text: "<h1>Cookies</h1><table><tr><th>Nom</th><th>Finalité</th><th>Durée</th></tr>\
               <tr><td>uid</td><td>Publicité</td><td>1 mois</td></tr>\
               <tr><td>langue</td><td>Garde la langue</td><td>1 an</td></tr></table>"
            .into(),
        ..PageSource::default()
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/platforms/onetrust");
    let charter = cookie_charter::read_charter(&[page, document(&root.join("fr.json"), "onetrust")]);
    assert_eq!(charter.status, Outcome::Read);
    let names: Vec<&str> = charter.declarations.iter().map(|d| d.name.as_str()).collect();
    assert_eq!(names, ["uid", "langue", "JSESSIONID", "NSC_xxxxxxxxxxxxxxx"]);
    let uid = &charter.declarations[0];
    assert_eq!((uid.provider.as_deref(), uid.also.len()), (Some("Régie Exemple"), 1));
    assert_eq!(charter.disagreements.len(), 1);
    assert_eq!(
        (charter.disagreements[0].about.as_str(), charter.disagreements[0].second.as_str()),
        ("lifetime", "396 days")
    );
}

#[test]
fn a_refusal_to_serve_is_never_a_missing_charter() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/platforms/cookiebot");
    let charter = cookie_charter::read_charter(&[document(&root.join("out-of-region.js"), "cookiebot")]);
    assert_eq!((charter.status, charter.reason.as_deref()), (Outcome::NotServedHere, Some("reason_platform_region")));
    let both = [document(&root.join("out-of-region.js"), "cookiebot"), document(&root.join("cc.js"), "cookiebot")];
    assert_eq!(cookie_charter::read_charter(&both).status, Outcome::Read);
}

/// A visit with one cookie of 800 days that the document declares with less.
fn judged(platform: &str, document: Value) -> cookie_charter::Report {
    let visit: cookie_charter::Visit = serde_json::from_value(json!({
        "url": "https://shop.example/", "now": 1_700_000_000_000.0_f64, "recorded": true,
        "observations": [{ "name": "_zw", "host": "shop.example", "path": "/", "expires": 1_769_120_000.0_f64,
            "written": { "at": 1_700_000_000_000.0_f64, "by": "header", "asked_seconds": 69_120_000.0_f64 } }],
        "pages": [{ "url": "https://lists.example/list.json", "platform": platform, "status": 200,
            "content_type": "application/json", "text": document.to_string() }]
    }))
    .expect("a visit");
    cookie_charter::assess(&visit)
}

#[test]
fn an_unverified_shape_supports_no_more_than_a_guess() {
    let item = json!({ "identifier": "_zw", "type": "cookie", "maxAgeSeconds": 86_400, "domain": "shop.example" });
    let guessed = judged("usercentrics", json!({ "templates": [{ "deviceStorage": { "disclosures": [item] } }] }));
    let sure = judged(
        "onetrust",
        json!({ "DomainData": { "Groups": [{ "GroupName": "Performance Cookies",
        "FirstPartyCookies": [{ "Name": "_zw", "Host": "shop.example", "Length": "1", "IsSession": false }] }] } }),
    );
    let too_long = |report: &cookie_charter::Report| {
        let found = report.rows[0].findings.iter().find(|f| f.rule == "LIF-01").cloned();
        found.unwrap_or_else(|| panic!("LIF-01 is missing: {report:?}"))
    };
    let (guessed, sure) = (too_long(&guessed), too_long(&sure));
    assert_eq!((guessed.confidence, sure.confidence), (Confidence::Guessed, Confidence::Observed));
    assert!(guessed.severity <= Severity::Minor && sure.severity == Severity::Major);
}
