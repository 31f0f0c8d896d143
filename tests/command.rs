//! The command as a person or a pipeline runs it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where it fails")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const REPORT: &str = "tests/exports/report.json";

fn run(arguments: &[&str], input: Option<&[u8]>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cookie-charter"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that refuses its arguments does not read its input: a broken pipe is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(input.unwrap_or_default());
    child.wait_with_output().unwrap()
}

fn out(arguments: &[&str], input: Option<&[u8]>) -> String {
    let output = run(arguments, input);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The one sentence of a refusal.
fn refused(arguments: &[&str], input: Option<&[u8]>) -> String {
    let output = run(arguments, input);
    assert!(!output.status.success(), "{arguments:?} was accepted");
    assert!(output.stdout.is_empty(), "{arguments:?} printed something");
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(
        sentence.starts_with("cookie-charter: ") && sentence.ends_with(".\n") && sentence.lines().count() == 1,
        "{sentence:?}"
    );
    assert!(!sentence.contains("panicked"), "{sentence}");
    sentence
}

#[test]
fn reading_prints_every_field_even_when_it_is_null() {
    let charter = "<html lang=en><title>Cookies</title><h2>Necessary cookies</h2><table><tr><th>Name</th><th>Purpose</th></tr>\
                   <tr><td>sid</td><td>Keeps the visitor logged in</td></tr></table>";
    for arguments in [vec!["read", "-"], vec!["read", "-", "--url", "https://site.example/cookies"]] {
        let read: Value = serde_json::from_str(&out(&arguments, Some(charter.as_bytes()))).unwrap();
        for field in ["status", "reason", "title", "language", "declarations"] {
            assert!(read.get(field).is_some(), "{field}");
        }
        assert_eq!(read["status"], "read");
        let declaration = &read["declarations"][0];
        assert_eq!(declaration["name"], "sid");
        assert_eq!(declaration["purpose"], "Keeps the visitor logged in");
        for field in ["category", "category_declared", "provider", "lifetime_declared", "lifetime_seconds", "party"] {
            assert!(declaration.get(field).is_some(), "{field}");
        }
        assert!(declaration["lifetime_seconds"].is_null() && declaration["party"].is_null());
    }
}

#[test]
fn reading_decodes_the_bytes_as_the_page_says() {
    let folder = std::env::temp_dir().join(format!("cookie-charter-test-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("charte.html");
    let page = b"<meta charset=windows-1252><title>Charte cookies \x96 \xE9t\xE9</title><p>Rien.</p>";
    std::fs::write(&file, page).unwrap();
    let read: Value = serde_json::from_str(&out(&["read", file.to_str().unwrap()], None)).unwrap();
    assert_eq!(read["title"], "Charte cookies – été");
    let not_a_file = refused(&["read", folder.to_str().unwrap()], None);
    assert!(not_a_file.contains("is a folder"), "{not_a_file}");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn judging_prints_a_report_that_can_be_exported() {
    let visit = r#"{"url": "https://site.example/", "now": 1795446420000,
                    "observations": [{"name": "sid", "host": "site.example", "host_only": true}]}"#;
    let report = out(&["judge", "-"], Some(visit.as_bytes()));
    let value: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(value["totals"]["stored"], 1);
    assert_eq!(
        out(&["export", "-", "--format", "json"], Some(report.as_bytes())),
        report,
        "the JSON export is the report"
    );
    assert!(out(&["export", "-", "--format", "csv"], Some(report.as_bytes())).contains("sid"));
}

#[test]
fn every_format_is_written_in_every_language() {
    for format in ["csv", "json", "markdown", "html", "corrected_html", "corrected_markdown", "corrected_csv", "tcf"] {
        let english = out(&["export", REPORT, "--format", format], None);
        let french = out(&["export", REPORT, "--format", format, "--language", "fr-CA"], None);
        assert_eq!(english == french, format == "json", "{format}");
        for text in [english, french] {
            let missing: Vec<&str> = text
                .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .filter(|w| w.starts_with("export_"))
                .collect();
            assert!(missing.is_empty(), "{format} shows keys instead of words: {missing:?}");
        }
    }
}

#[test]
fn bad_input_gets_one_plain_sentence() {
    let cases: &[(&[&str], Option<&str>, &str)] = &[
        (&[], None, "A command is needed"),
        (&["paint", "x"], None, "'paint' is not known"),
        (&["read"], None, "needs a file"),
        (&["read", "no-such-file.html"], None, "does not exist"),
        (&["read", "-"], Some(""), "is empty"),
        (&["read", "-", "--frmat", "csv"], Some("x"), "'--frmat' is not known"),
        (&["read", "-", "-x"], Some("x"), "'-x' is not known"),
        (&["read", "-", "more"], Some("x"), "one file too many"),
        (&["read", "-", "--url"], Some("x"), "--url needs a value"),
        (&["read", "-", "--format", "csv"], Some("x"), "--format belongs to 'export'"),
        (&["judge", "-"], Some("not json"), "is not JSON"),
        (&["judge", "-"], Some("[]"), "is not a visit"),
        (&["judge", "-"], Some("{}"), "`url` is missing"),
        (
            &["judge", "-"],
            Some(r#"{"url": "https://x.example/", "observations": [{"name": 3}]}"#),
            "`observations[0].name`",
        ),
        (&["export", REPORT], None, "needs --format"),
        (&["export", REPORT, "--format", "docx"], None, "'docx' is not known"),
        (&["export", REPORT, "--format", "csv", "--language", "tlh"], None, "'tlh' is not known"),
        (&["export", "-", "--format", "csv"], Some("{}"), "missing field `schema`"),
        (&["export", "-", "--format", "csv"], Some(r#"{"schema": 99}"#), "newer version (schema 99"),
    ];
    for (arguments, input, expected) in cases {
        let sentence = refused(arguments, input.map(str::as_bytes));
        assert!(sentence.contains(expected), "{arguments:?}: {sentence}");
    }
}

#[test]
fn a_report_whose_counts_contradict_its_rows_is_refused() {
    let mut report: Value = serde_json::from_str(&std::fs::read_to_string(REPORT).unwrap()).unwrap();
    report["totals"]["not_declared"] = 0.into();
    let sentence = refused(&["export", "-", "--format", "csv"], Some(report.to_string().as_bytes()));
    assert!(sentence.contains("totals"), "{sentence}");
}

#[test]
fn help_and_version_are_printed() {
    assert!(out(&["--help"], None).contains("corrected_html"));
    assert_eq!(out(&["--version"], None), format!("cookie-charter {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cookie-charter"));
    command
        .args(["export", REPORT, "--format", "html"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
