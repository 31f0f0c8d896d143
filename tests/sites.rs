//! Golden judgements: `tests/sites/<name>` holds a visit, the charter as read when the reader is not what is tested, and the
//! judgement expected. `BLESS=1 cargo test --test sites` writes the judgements anew; read the difference before keeping it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use cookie_charter::report::{Confidence, Finding, FindingResult, Report, Severity};
use cookie_charter::{Charter, Visit, assess, judge};
use serde_json::{Value, json};

fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(root).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    folders.sort();
    folders
}

fn read<T: serde::de::DeserializeOwned>(file: &Path) -> T {
    let text = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

fn report_of(folder: &Path) -> Report {
    let visit: Visit = read(&folder.join("visit.json"));
    let charter = folder.join("charter.json");
    if charter.exists() { judge(&visit, &read::<Charter>(&charter)) } else { assess(&visit) }
}

/// An identifier as the JSON of the report writes it.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value).unwrap() {
        Value::String(word) => word,
        Value::Null => "-".into(),
        other => other.to_string(),
    }
}

fn findings(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|f| {
            format!("{} {} {} {} {}", f.rule, word(f.result), word(f.severity), word(f.confidence), word(f.weight))
        })
        .collect()
}

/// The judgement in the short form of `report.json`: what a person would check, one line each.
fn short(report: &Report) -> Value {
    let rows: Vec<Value> = report
        .rows
        .iter()
        .map(|row| {
            let mut line = format!("{} on {}: {}", row.stored.name, row.stored.host, word(row.verdict));
            let _ = write!(line, ", {} by {}", word(row.category), word(row.category_from));
            let _ = write!(line, ", {} party, consent {}", word(row.party), word(row.consent));
            if let Some(declaration) = &row.declaration {
                let _ = write!(line, ", declared as {}", declaration.name);
            }
            json!({ "row": line, "findings": findings(&row.findings) })
        })
        .collect();
    let not_met: Vec<Value> = report
        .not_met
        .iter()
        .map(|n| json!({ "declared": n.declaration.name, "findings": findings(&n.findings) }))
        .collect();
    json!({
        "charter": word(report.charter.status),
        "totals": report.totals,
        "rows": rows,
        "not_met": not_met,
        "findings": findings(&report.findings),
        "unseen": report.unseen.iter().map(|u| u.what.as_str()).collect::<Vec<_>>(),
    })
}

#[test]
fn every_site_is_judged_as_written_down() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = String::new();
    for folder in folders() {
        let report = short(&report_of(&folder));
        let file = folder.join("report.json");
        if bless {
            std::fs::write(&file, serde_json::to_string_pretty(&report).unwrap() + "\n").unwrap();
        }
        let expected: Value = read(&file);
        if report != expected {
            let name = folder.file_name().unwrap().to_string_lossy().into_owned();
            let _ = writeln!(wrong, "{name}\n expected {expected:#}\n got {report:#}");
        }
        assert!(folder.join("about.md").exists(), "{}: about.md says what the folder is for", folder.display());
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_count_agrees_with_the_rows() {
    for folder in folders() {
        let report = report_of(&folder);
        let t = &report.totals;
        assert_eq!(t.as_declared + t.differs + t.not_declared + t.not_judged, t.stored, "{}", folder.display());
        assert_eq!(t.stored as usize, report.rows.len());
        assert_eq!(t.not_met as usize, report.not_met.len());
        assert_eq!(t.attention, t.not_declared + t.differs);
        assert!(t.declared_exactly <= t.as_declared + t.differs);
    }
}

#[test]
fn a_report_survives_its_own_json_and_holds_no_value() {
    for folder in folders() {
        let report = report_of(&folder);
        let text = serde_json::to_string(&report).unwrap();
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report, "{}", folder.display());
        let visit: Visit = read(&folder.join("visit.json"));
        for value in visit.observations.iter().filter_map(|o| o.value.as_deref()).filter(|v| v.len() > 5) {
            assert!(!text.contains(value), "{}: the value {value} is in the report", folder.display());
        }
    }
}

#[test]
fn an_unknown_kind_is_read_as_other_and_a_wrong_shape_is_one_error() {
    let kind =
        r#"{"url":"https://a.example/","observations":[{"kind":"shared_dictionary","name":"x","host":"a.example"}]}"#;
    let report = assess(&serde_json::from_str(kind).unwrap());
    assert_eq!(word(report.rows[0].stored.kind), "other");
    let shape = r#"{"url":"https://a.example/","observations":[{"kind":7}]}"#;
    assert!(serde_json::from_str::<Visit>(shape).is_err());
}

/// The words of one language, by key.
fn words(language: &str) -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("extension/_locales/{language}/messages.json"));
    let all: BTreeMap<String, Value> = read(&file);
    all.into_iter().map(|(key, entry)| (key, entry["message"].as_str().unwrap_or_default().to_string())).collect()
}

fn placeholders(message: &str) -> Vec<&str> {
    message.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect()
}

#[test]
fn every_finding_has_its_words_and_every_word_its_value() {
    for language in ["fr", "en"] {
        let words = words(language);
        for folder in folders() {
            let report = report_of(&folder);
            let of_rows = report.rows.iter().flat_map(|r| &r.findings);
            let of_lines = report.not_met.iter().flat_map(|n| &n.findings);
            for finding in of_rows.chain(of_lines).chain(&report.findings) {
                let key = format!("rule_{}", finding.rule.replace('-', "_"));
                let title = words.get(&key).unwrap_or_else(|| panic!("{language}: {key} is missing"));
                let more = words.get(&format!("{key}_more")).map_or("", String::as_str);
                for name in placeholders(title).into_iter().chain(placeholders(more)) {
                    assert!(finding.values.contains_key(name), "{}: {key} says {{{name}}}", folder.display());
                }
            }
            for note in &report.unseen {
                let plain = words.get(&note.what).or_else(|| words.get(&format!("{}_other", note.what)));
                let message = plain.unwrap_or_else(|| panic!("{language}: {} is missing", note.what));
                for name in placeholders(message) {
                    assert!(note.values.contains_key(name), "{}: {} says {{{name}}}", folder.display(), note.what);
                }
            }
        }
    }
}

#[test]
fn a_guess_is_never_more_than_minor_and_what_cannot_be_told_never_more_than_information() {
    for folder in folders() {
        let report = report_of(&folder);
        let all = report.rows.iter().flat_map(|r| &r.findings).chain(report.not_met.iter().flat_map(|n| &n.findings));
        for finding in all.chain(&report.findings) {
            let guessed = finding.confidence == Confidence::Guessed;
            assert!(!guessed || finding.severity <= Severity::Minor, "{}: {finding:?}", folder.display());
            let open = finding.result == FindingResult::CannotTell;
            assert!(!open || finding.severity == Severity::Info, "{}: {finding:?}", folder.display());
            assert!(!finding.sources.is_empty(), "{}: {finding:?}", folder.display());
        }
    }
}

/// The rules that some golden judgement says, and each rule of the data file.
#[test]
fn every_rule_fires_in_some_folder() {
    let fired: BTreeSet<String> = folders()
        .iter()
        .map(|folder| report_of(folder))
        .flat_map(|r| {
            let rows = r.rows.into_iter().flat_map(|row| row.findings);
            rows.chain(r.not_met.into_iter().flat_map(|n| n.findings)).chain(r.findings).collect::<Vec<_>>()
        })
        .filter(|finding| !matches!(finding.result, FindingResult::CannotTell) || finding.rule == "CHA-05")
        .map(|finding| finding.rule)
        .collect();
    let data = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data/rules.toml")).unwrap();
    let rules = data.lines().filter_map(|line| line.strip_prefix("id = \"")).map(|id| id.trim_end_matches('"'));
    let silent: Vec<&str> = rules.filter(|id| !fired.contains(*id)).collect();
    assert!(silent.is_empty(), "no golden judgement shows {silent:?}");
}

/// Faults of other tools, each by its name: none of them may come back.
mod known_faults {
    use cookie_charter::charter::{Declaration, Lifetime, LifetimeWord, Outcome};
    use cookie_charter::report::{Report, Row, Verdict};
    use cookie_charter::visit::Observation;
    use cookie_charter::{Category, Charter, Format, Visit, export, judge};

    fn seen(name: &str, host: &str) -> Observation {
        Observation { name: name.into(), host: host.into(), ..Observation::default() }
    }

    fn line(pattern: &str, hosts: &[&str]) -> Declaration {
        Declaration {
            name: pattern.into(),
            pattern: pattern.into(),
            category: Some(Category::Statistics),
            hosts: hosts.iter().map(|h| (*h).to_string()).collect(),
            ..Declaration::default()
        }
    }

    fn judged(observations: Vec<Observation>, declarations: Vec<Declaration>) -> Report {
        let visit =
            Visit { url: "https://www.rivebelle.example/".into(), now: 1.79e12, observations, ..Visit::default() };
        judge(&visit, &Charter { status: Outcome::Read, declarations, ..Charter::default() })
    }

    fn row<'a>(report: &'a Report, name: &str) -> &'a Row {
        report.rows.iter().find(|row| row.stored.name == name).unwrap()
    }

    const OWN: &str = "www.rivebelle.example";

    #[test]
    fn a_prefix_hides_another_cookie() {
        let report = judged(vec![seen("_ga", OWN), seen("_gat", OWN)], vec![line("_ga", &[])]);
        assert_eq!(row(&report, "_ga").verdict, Verdict::AsDeclared);
        assert_eq!(row(&report, "_gat").verdict, Verdict::NotDeclared);
    }

    #[test]
    fn names_are_matched_without_their_host() {
        let report = judged(
            vec![seen("uid", "ads.other.example"), seen("uid", "px.regie.example")],
            vec![line("uid", &[".regie.example"])],
        );
        let verdict = |host: &str| report.rows.iter().find(|r| r.stored.host == host).unwrap().verdict;
        assert_eq!(verdict("px.regie.example"), Verdict::AsDeclared);
        assert_eq!(verdict("ads.other.example"), Verdict::NotDeclared);
    }

    #[test]
    fn declarations_of_one_name_for_two_hosts_are_mixed_up() {
        let mut first = line("uid", &["a.example"]);
        first.purpose = Some("Counts the visits of a".into());
        let mut second = line("uid", &["b.example"]);
        second.purpose = Some("Counts the visits of b".into());
        let report = judged(vec![seen("uid", "b.example"), seen("uid", "a.example")], vec![first, second]);
        for row in &report.rows {
            let purpose = row.declaration.as_ref().unwrap().purpose.as_ref().unwrap();
            assert!(purpose.ends_with(&row.stored.host[..1]), "{purpose} for {}", row.stored.host);
        }
    }

    #[test]
    fn a_session_cookie_declared_as_one_is_an_error() {
        let mut session = line("sid", &[]);
        session.lifetime_declared = Some("Session".into());
        session.lifetime_seconds = Some(Lifetime::Word(LifetimeWord::Session));
        let report = judged(vec![seen("sid", OWN)], vec![session]);
        let row = row(&report, "sid");
        assert_eq!(row.verdict, Verdict::AsDeclared);
        assert!(row.findings.iter().all(|f| !f.rule.starts_with("LIF")), "{:?}", row.findings);
    }

    #[test]
    fn a_declared_pattern_is_taken_literally() {
        let report = judged(vec![seen("_ga_AB12", OWN)], vec![line("_ga_*", &[])]);
        assert_eq!(row(&report, "_ga_AB12").verdict, Verdict::AsDeclared);
        assert_eq!((report.totals.declared_exactly, report.totals.as_declared), (0, 1));
    }

    #[test]
    fn rows_of_third_parties_are_left_out() {
        let mut third = line("IDE", &["doubleclick.net"]);
        third.category = Some(Category::Advertising);
        third.place.url = "https://cdn.cookielaw.org/consent/list.json".into();
        let report = judged(vec![seen("IDE", "doubleclick.net")], vec![third]);
        assert_eq!(row(&report, "IDE").verdict, Verdict::AsDeclared);
        assert_eq!(report.totals.third_party, 1);
    }

    #[test]
    fn screen_and_file_count_differently() {
        let report = judged(
            vec![seen("_ga", OWN), seen("_gat", OWN), seen("a,\"b\n", OWN)],
            vec![line("_ga", &[]), line("x", &[])],
        );
        let json = export(&report, Format::Json, &Default::default()).unwrap().text;
        let file: serde_json::Value = serde_json::from_str(&json).unwrap();
        let written = file.pointer("/totals").or_else(|| file.pointer("/report/totals")).unwrap();
        assert_eq!(*written, serde_json::to_value(&report.totals).unwrap());
        let t = &report.totals;
        assert_eq!((t.stored, t.as_declared, t.not_declared, t.not_met, t.attention), (3, 1, 2, 1, 2));
    }
}
