//! The words files of the extension: checked against each other, and listed so that the native command carries them all.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The language whose keys the others must have.
const FIRST: &str = "en";

/// Writes `locales.rs` (`LOCALES`: language and JSON text) to `out`.
pub fn build(folder: &Path, out: &Path) -> Result<(), String> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut files: Vec<(String, PathBuf)> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let path = entry.map_err(|e| e.to_string())?.path().join("messages.json");
        if let Some(language) = path.parent().and_then(Path::file_name).filter(|_| path.is_file()) {
            files.push((language.to_string_lossy().into_owned(), path));
        }
    }
    files.sort();
    let mut all: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for (language, path) in &files {
        println!("cargo:rerun-if-changed={}", path.display());
        all.insert(language, messages(path)?);
    }
    let first = all.get(FIRST).ok_or_else(|| format!("{}: there is no words file for '{FIRST}'.", folder.display()))?;
    for (language, path) in &files {
        compare(first, &all[language.as_str()]).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    let rows: String = files
        .iter()
        .map(|(language, path)| {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            format!("    ({language:?}, include_str!({:?})),\n", path.display().to_string())
        })
        .collect();
    let text = format!("const LOCALES: &[(&str, &str)] = &[\n{rows}];\n");
    std::fs::write(out.join("locales.rs"), text).map_err(|e| e.to_string())
}

/// One words file as key -> message; refuses an unsorted, doubled or empty key with its line.
fn messages(path: &Path) -> Result<BTreeMap<String, String>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let at = |line: usize, sentence: String| format!("{}:{line}: {sentence}", path.display());
    let parsed: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_str(&text).map_err(|e| at(e.line(), e.to_string()))?;
    let mut before = String::new();
    for (number, line) in text.lines().enumerate() {
        let Some(key) = line.strip_prefix("  \"").and_then(|l| l.split('"').next()) else { continue };
        match key.cmp(before.as_str()) {
            std::cmp::Ordering::Less => {
                return Err(at(number + 1, format!("'{key}' stands after '{before}': sort the keys.")));
            }
            std::cmp::Ordering::Equal => return Err(at(number + 1, format!("'{key}' is there twice."))),
            std::cmp::Ordering::Greater => before = key.to_owned(),
        }
        match parsed.get(key).and_then(|entry| entry.get("message")) {
            Some(message) if !message.trim().is_empty() => {}
            _ => return Err(at(number + 1, format!("'{key}' has no message."))),
        }
    }
    Ok(parsed.into_iter().map(|(key, mut entry)| (key, entry.remove("message").unwrap_or_default())).collect())
}

/// Both languages must have the same keys and, in each message, the same `{placeholders}`.
fn compare(first: &BTreeMap<String, String>, other: &BTreeMap<String, String>) -> Result<(), String> {
    for (key, message) in first {
        let Some(translated) = other.get(key) else { return Err(format!("'{key}' is missing; '{FIRST}' has it.")) };
        let (ours, theirs) = (placeholders(message), placeholders(translated));
        // The singular may say "one" in words and leave the number out.
        let singular = key.ends_with("_one");
        if ours != theirs && !(singular && (ours.is_subset(&theirs) || theirs.is_subset(&ours))) {
            return Err(format!("'{key}' has the placeholders {theirs:?}; '{FIRST}' has {ours:?}."));
        }
    }
    for key in other.keys().filter(|key| !first.contains_key(*key)) {
        // Some languages have more plural forms than others.
        let plural = ["_zero", "_two", "_few", "_many"].iter().find_map(|form| key.strip_suffix(form));
        if !plural.is_some_and(|base| first.contains_key(&format!("{base}_other"))) {
            return Err(format!("'{key}' is not in '{FIRST}'."));
        }
    }
    Ok(())
}

fn placeholders(message: &str) -> BTreeSet<&str> {
    message.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
