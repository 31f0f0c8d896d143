//! Reads a folder of real charters with hand-checked truth, when there is one, and holds the reading to its numbers.
//!
//! The folder is `CHARTER_CORPUS`, or `../shared/corpus` and `../../shared/corpus` beside the repository; without it
//! the test passes and says so. With `CHARTER_PREDICTIONS=DIR` the readings are written there, one `<id>.json` each.

#![allow(clippy::unwrap_used)] // A test that cannot go on stops.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cookie_charter::visit::PageSource;
use cookie_charter::{Category, Charter, read_charter};
use serde_json::{Value, json};

const FIELDS: [&str; 5] = ["category", "lifetime", "provider", "purpose", "party"];
const WANTED: [(&str, f64); 6] = [
    ("precision", 0.95),
    ("recall", 0.90),
    ("category", 0.75),
    ("purpose", 0.90),
    ("provider", 0.70),
    ("lifetime", 0.90),
];
const MOST_SPURIOUS: f64 = 0.15;

#[derive(Default)]
struct Score {
    found: usize,
    extra: usize,
    missed: usize,
    right: BTreeMap<&'static str, (usize, usize)>,
    spurious: BTreeMap<&'static str, usize>,
    notes: Vec<String>,
}

#[test]
fn real_charters_are_read_as_people_read_them() {
    let Some(folder) = corpus() else {
        println!("no folder of real charters here: nothing to measure");
        return;
    };
    let wanted = std::env::var("CHARTER_ONLY").unwrap_or_default();
    let out = std::env::var("CHARTER_PREDICTIONS").ok().map(PathBuf::from);
    let mut all = Score::default();
    let mut declared_nothing = Vec::new();
    for (id, folder) in documents(&folder) {
        if !id.contains(&wanted) {
            continue;
        }
        let truth: Value = serde_json::from_str(&std::fs::read_to_string(folder.join("truth.json")).unwrap()).unwrap();
        let predicted = predictions(&read(&folder));
        if let Some(out) = &out {
            std::fs::create_dir_all(out).unwrap();
            let body = serde_json::to_string_pretty(&json!({ "declarations": predicted })).unwrap();
            std::fs::write(out.join(format!("{id}.json")), body).unwrap();
        }
        let rows = truth["declarations"].as_array().unwrap();
        if rows.is_empty() && !predicted.is_empty() {
            declared_nothing.push(id.clone());
        }
        score(&id, rows, &predicted, &mut all);
    }
    print(&all);
    if !wanted.is_empty() {
        return;
    }
    assert!(declared_nothing.is_empty(), "cookies were read where none is declared: {declared_nothing:?}");
    for (name, least) in WANTED {
        let value = measure(&all, name);
        assert!(value >= least, "{name} is {value:.3}, and must be at least {least}");
    }
    let spurious = all.spurious.values().sum::<usize>() as f64 / all.found.max(1) as f64;
    assert!(spurious <= MOST_SPURIOUS, "{spurious:.3} of the rows have a field that the site does not give");
}

fn corpus() -> Option<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    match std::env::var_os("CHARTER_CORPUS") {
        Some(folder) => Some(PathBuf::from(folder)),
        None => ["../shared/corpus", "../../shared/corpus"].iter().map(|at| here.join(at)).find(|at| at.is_dir()),
    }
}

fn documents(folder: &Path) -> Vec<(String, PathBuf)> {
    let mut found: Vec<(String, PathBuf)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.join("truth.json").is_file())
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), path))
        .collect();
    found.sort();
    found
}

fn read(folder: &Path) -> Charter {
    let file = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_stem().is_some_and(|stem| stem == "charter"))
        .unwrap();
    let content_type = match file.extension().and_then(|end| end.to_str()) {
        Some("html") => "text/html",
        Some("md") => "text/markdown",
        _ => "text/plain",
    };
    let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
    read_charter(&[PageSource { status: 200, content_type: content_type.into(), text, ..PageSource::default() }])
}

fn predictions(charter: &Charter) -> Vec<Value> {
    charter
        .declarations
        .iter()
        .map(|declared| {
            json!({
                "name": declared.name,
                "category": declared.category.map(of_the_truth),
                "category_declared": declared.category_declared,
                "purpose": declared.purpose,
                "provider": declared.provider,
                "lifetime_seconds": declared.lifetime_seconds,
                "lifetime_declared": declared.lifetime_declared,
                "party": declared.party,
                "kind": declared.kind,
            })
        })
        .collect()
}

/// The truth knows six categories.
fn of_the_truth(category: Category) -> &'static str {
    match category {
        Category::Necessary | Category::Security => "necessary",
        Category::Preferences | Category::Personalisation => "functional",
        Category::Statistics => "statistics",
        Category::Advertising => "marketing",
        Category::SocialEmbed => "social",
        Category::Unclassified => "unclassified",
    }
}

fn neutral(row: &Value) -> bool {
    row["optional"].as_bool() == Some(true) || row["kind"].as_str().is_some_and(|kind| kind != "cookie")
}

fn value<'a>(row: &'a Value, field: &str) -> &'a Value {
    &row[if field == "lifetime" { "lifetime_seconds" } else { field }]
}

fn absent(value: &Value) -> bool {
    value.is_null() || matches!(value.as_str(), Some("" | "null"))
}

fn norm(words: &str) -> String {
    words.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// None when the truth says nothing of the field.
fn right(field: &str, truth: &Value, predicted: &Value) -> Option<bool> {
    let (truth, predicted) = (value(truth, field), value(predicted, field));
    if absent(truth) {
        return None;
    }
    if field == "lifetime" {
        return Some(match (truth.as_f64(), predicted.as_f64()) {
            (Some(truth), Some(predicted)) => (predicted - truth).abs() <= 0.05 * truth,
            _ => truth == predicted,
        });
    }
    let (Some(truth), Some(predicted)) = (truth.as_str(), predicted.as_str()) else { return Some(false) };
    Some(match field {
        "provider" => {
            let (a, b) = (truth.trim().to_lowercase(), predicted.trim().to_lowercase());
            !b.is_empty() && (a.contains(&b) || b.contains(&a))
        }
        "purpose" => {
            let (a, b) = (norm(truth), norm(predicted));
            let head = |words: &str| words.chars().take(60).collect::<String>();
            let short = a.chars().count().min(b.chars().count());
            head(&a) == head(&b) || (short >= 12 && (a.contains(&b) || b.contains(&a)))
        }
        _ => truth == predicted,
    })
}

fn spurious(field: &str, truth: &Value, predicted: &Value) -> bool {
    field != "party" && absent(value(truth, field)) && !absent(value(predicted, field))
}

fn score(id: &str, truth: &[Value], predicted: &[Value], all: &mut Score) {
    let mut left: Vec<&Value> = truth.iter().collect();
    left.sort_by_key(|row| neutral(row));
    let mut extra = Vec::new();
    for row in predicted {
        let agrees = |truth: &Value| {
            FIELDS.iter().fold(0i32, |sum, field| {
                let points = match right(field, truth, row) {
                    Some(true) => 1,
                    Some(false) => -1,
                    None => 0,
                };
                sum + points - i32::from(spurious(field, truth, row))
            })
        };
        let mut best: Option<(usize, i32)> = None;
        for (at, truth) in left.iter().enumerate().filter(|(_, truth)| truth["name"] == row["name"]) {
            let points = agrees(truth);
            if best.is_none_or(|(_, most)| points > most) {
                best = Some((at, points));
            }
        }
        let Some((at, _)) = best else {
            extra.push(row["name"].as_str().unwrap_or_default());
            continue;
        };
        let truth = left.remove(at);
        if neutral(truth) {
            continue;
        }
        all.found += 1;
        for field in FIELDS {
            let name = row["name"].as_str().unwrap_or_default();
            if let Some(good) = right(field, truth, row) {
                let counts = all.right.entry(field).or_default();
                counts.0 += usize::from(good);
                counts.1 += 1;
                if !good {
                    let (truth, row) = (value(truth, field), value(row, field));
                    all.notes.push(format!("{id} {name}: {field} is {row}, and should be {truth}"));
                }
            }
            if spurious(field, truth, row) {
                *all.spurious.entry(field).or_default() += 1;
                all.notes.push(format!("{id} {name}: {field} is {}, and the site gives none", value(row, field)));
            }
        }
    }
    let missed: Vec<&str> = left.iter().filter(|row| !neutral(row)).filter_map(|row| row["name"].as_str()).collect();
    all.extra += extra.len();
    all.missed += missed.len();
    if !missed.is_empty() || !extra.is_empty() {
        all.notes.push(format!("{id}: missed {missed:?} extra {extra:?}"));
    }
}

fn measure(all: &Score, name: &str) -> f64 {
    let share = |part: usize, whole: usize| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    match name {
        "precision" => share(all.found, all.found + all.extra),
        "recall" => share(all.found, all.found + all.missed),
        field => all.right.get(field).map_or(1.0, |(good, of)| share(*good, *of)),
    }
}

fn print(all: &Score) {
    for note in &all.notes {
        println!("{}", note.chars().take(300).collect::<String>());
    }
    println!("{} found, {} missed, {} extra", all.found, all.missed, all.extra);
    for name in ["precision", "recall", "category", "purpose", "provider", "lifetime", "party"] {
        println!("{name:<10} {:.3}", measure(all, name));
    }
    println!("given where the site gives none: {:?}", all.spurious);
}
