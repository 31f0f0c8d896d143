//! Golden charters: `tests/charters/<name>/charter.{html,md,txt}` must read as `truth.json` says; `about.md` says what for.
//!
//! `known-failures.txt` names those that do not yet, each with its reason; one that reads right must leave the list.
//! `CHARTERS_ONLY=part` reads the folders whose name holds `part`.

#![allow(clippy::unwrap_used)] // A test that cannot go on stops.

use std::path::{Path, PathBuf};

use cookie_charter::charter::{Charter, Declaration};
use cookie_charter::read_charter;
use cookie_charter::visit::{PageSource, StorageKind};
use serde_json::{Map, Value, json};

#[test]
fn every_charter_is_read_as_written_down() {
    let only = std::env::var("CHARTERS_ONLY").unwrap_or_default();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/charters");
    let known = std::fs::read_to_string(root.join("known-failures.txt")).unwrap();
    let known: Vec<&str> = known.lines().filter_map(|line| line.split_once(": ").map(|(name, _)| name)).collect();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    let mut wrong = String::new();
    for folder in folders.iter().filter(|folder| folder.to_string_lossy().contains(&only)) {
        assert!(folder.join("about.md").is_file(), "{} does not say what it is for", folder.display());
        let truth = std::fs::read_to_string(folder.join("truth.json")).unwrap();
        let truth: Value = serde_json::from_str(&truth).unwrap();
        let expected: Vec<String> = truth["declarations"].as_array().unwrap().iter().map(Value::to_string).collect();
        let charter = read(folder);
        let got: Vec<String> = charter.declarations.iter().map(shown).collect();
        let ended = json!(charter.status);
        let right = expected == got && ended == truth["status"];
        let listed = known.contains(&folder.file_name().unwrap().to_string_lossy().as_ref());
        if right && listed {
            wrong.push_str(&format!("\n{} reads right: take it off known-failures.txt\n", folder.display()));
        } else if !right && !listed {
            wrong.push_str(&format!("\n{} ended as {ended}\n{}", folder.display(), diff(&expected, &got)));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn read(folder: &Path) -> Charter {
    let (file, content_type) = [("html", "text/html"), ("md", "text/markdown"), ("txt", "text/plain")]
        .map(|(end, content_type)| (folder.join(format!("charter.{end}")), content_type))
        .into_iter()
        .find(|(file, _)| file.is_file())
        .unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    read_charter(&[PageSource { status: 200, content_type: content_type.into(), text, ..PageSource::default() }])
}

/// A declaration as one line of JSON: what is absent is left out, the place too.
fn shown(declared: &Declaration) -> String {
    let Value::Object(all) = json!(declared) else { return String::new() };
    let mut kept = Map::new();
    for (key, value) in all {
        let absent = value.is_null() || value == json!([]) || key == "place";
        let usual = (key == "pattern" && value == json!(declared.name))
            || (key == "kind" && declared.kind == StorageKind::Cookie);
        if !absent && !usual {
            kept.insert(key, value);
        }
    }
    Value::Object(kept).to_string()
}

fn diff(expected: &[String], got: &[String]) -> String {
    let mut lines = String::new();
    for at in 0..expected.len().max(got.len()) {
        let (expected, got) = (expected.get(at), got.get(at));
        if expected == got {
            lines.push_str(&format!("    {}\n", got.map_or("", String::as_str)));
            continue;
        }
        lines.push_str(&expected.map_or(String::new(), |line| format!("  - {line}\n")));
        lines.push_str(&got.map_or(String::new(), |line| format!("  + {line}\n")));
    }
    lines
}
