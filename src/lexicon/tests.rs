use super::*;
use crate::charter::lifetime;
use crate::charter::{Lifetime, LifetimeWord};

/// Kind of text, text, what it must be read as, language, file and line.
type Example = (&'static str, &'static str, &'static str, &'static str, &'static str);

const EXAMPLES: &[Example] = &include!(concat!(env!("OUT_DIR"), "/lexicon_examples.rs"));

fn id(category: Option<Category>) -> String {
    category.map_or("none", Category::id).to_owned()
}

/// What an example is read as, in the words of the language files.
fn read_as(kind: &str, text: &str) -> String {
    match kind {
        "category" => id(category_exact(text)),
        "party" => format!("{:?}", party(text)).to_lowercase().replace("some(", "").replace(')', ""),
        "storage" => match storage(text) {
            Some(kind) => serde_json::to_string(&kind).unwrap_or_default().replace('"', ""),
            None => "none".to_owned(),
        },
        "link" => link(text).map_or("none".to_owned(), |(link, _)| format!("{link:?}").to_lowercase()),
        "slug" => slug(text).map_or("none".to_owned(), |(link, _)| format!("{link:?}").to_lowercase()),
        "text" => language(text).map_or("none", Lang::code).to_owned(),
        other => format!("the kind `{other}` has no test"),
    }
}

/// `2 y`, `30 s - 1 y`, `session`: a lifetime as the examples give it, in seconds.
fn lifetime_of(is: &str) -> Result<(Option<Lifetime>, Option<[f64; 2]>), String> {
    let seconds = |part: &str| -> Result<f64, String> {
        let (number, unit) = part.trim().split_once(' ').ok_or(format!("`{part}` is no number with a unit"))?;
        let unit = match unit {
            "s" => 1.0,
            "min" => 60.0,
            "h" => 3600.0,
            "d" => 86_400.0,
            "w" => 604_800.0,
            "mo" => 2_592_000.0,
            "y" => 31_536_000.0,
            other => return Err(format!("`{other}` is no unit")),
        };
        number.parse::<f64>().map(|n| n * unit).map_err(|e| format!("{part}: {e}"))
    };
    Ok(match is {
        "none" => (None, None),
        "session" => (Some(Lifetime::Word(LifetimeWord::Session)), None),
        "persistent" => (Some(Lifetime::Word(LifetimeWord::Persistent)), None),
        range if range.contains(" - ") => {
            let (low, high) = range.split_once(" - ").unwrap_or_default();
            (None, Some([seconds(low)?, seconds(high)?]))
        }
        one => (Some(Lifetime::Seconds(seconds(one)?)), None),
    })
}

#[test]
fn every_example_of_the_language_files_is_read_as_it_says() {
    let mut wrong = Vec::new();
    for (kind, text, is, code, place) in EXAMPLES {
        if *kind == "header" {
            // A head may mean several things in several languages ("namen").
            let hits = column(text);
            let best = hits.first().map_or(1.0, |hit| hit.strength);
            let mut found = hits.iter().filter(|hit| hit.strength >= best);
            if !found.any(|hit| format!("{:?}", hit.column).to_lowercase() == *is) {
                wrong.push(format!("{place}: the header \"{text}\" is {is}, and is read as {hits:?}"));
            }
        } else if *kind == "purpose" {
            let hits = hints_in(text, |lang| lang.code() == *code);
            if !hits.iter().any(|hit| matches!(hit.hint, Hint::Purpose(c) if c.id() == *is) && !hit.negated) {
                wrong.push(format!("{place}: the purpose \"{text}\" is {is}, and points to {hits:?}"));
            }
        } else if *kind == "lifetime" {
            let reading = lifetime::parse(text);
            match lifetime_of(is) {
                Ok(expected) if expected == (reading.value, reading.range) => {}
                Ok(_) => wrong.push(format!("{place}: \"{text}\" is {is}, and is read as {reading:?}")),
                Err(problem) => wrong.push(format!("{place}: {problem}")),
            }
        } else {
            let read = read_as(kind, text);
            if read != *is {
                wrong.push(format!("{place}: the {kind} \"{text}\" is {is}, and is read as {read}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), EXAMPLES.len(), wrong.join("\n"));
}

#[test]
fn every_language_has_examples() {
    for code in table::codes() {
        let count = |kind: &str| EXAMPLES.iter().filter(|(k, _, _, lang, _)| k == &kind && lang == code).count();
        assert!(count("lifetime") >= 8, "{code} has {} examples of lifetimes", count("lifetime"));
        assert!(count("header") >= 3 && count("category") >= 3 && count("link") >= 2, "{code} lacks examples");
        assert!(count("purpose") >= 1, "{code} has no example of a purpose");
    }
    assert_eq!(table::codes().len(), 30);
}

#[test]
fn the_language_of_a_text_shows_in_its_small_words() {
    for (code, text) in [
        ("fr", "Nous déposons des cookies pour mesurer la fréquentation de ce site, et vous pouvez les refuser."),
        ("en", "We use cookies to count the visitors of this site, and you may refuse them at any time."),
        ("de", "Wir verwenden Cookies, um die Besucher dieser Seite zu zählen, und Sie können sie ablehnen."),
        ("es", "Utilizamos cookies para medir las visitas de este sitio, y usted puede rechazarlas cuando quiera."),
        ("pl", "Używamy plików cookie, które są potrzebne do działania strony, i można je wyłączyć w przeglądarce."),
        ("el", "Χρησιμοποιούμε cookies για να μετράμε τις επισκέψεις και μπορείτε να τα απορρίψετε."),
        ("ja", "当サイトはクッキーを使用しています。これは訪問の数を数えるためのものです。"),
    ] {
        assert_eq!(language(text).map(Lang::code), Some(code), "{text}");
    }
    assert_eq!(language("_ga _gid"), None);
}

#[test]
fn the_longest_term_wins_and_a_negation_turns_it() {
    assert_eq!(category_exact("Cookies non strictement nécessaires"), None);
    assert_eq!(category_exact("Nicht notwendige Cookies"), None);
    assert!(hints("It shows no advertising").iter().all(|hit| hit.negated));
    let counts = hints("It counts visits and shows no advertising");
    assert!(counts.iter().any(|hit| hit.hint == Hint::Purpose(Category::Statistics) && !hit.negated), "{counts:?}");
    assert!(hints("Hello").is_empty());
}

/// The folder of real charters, when there is one.
fn corpus() -> Option<std::path::PathBuf> {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let given = std::env::var("CHARTER_CORPUS").map(std::path::PathBuf::from).ok();
    let beside = ["../shared/corpus", "../../shared/corpus"].map(|place| here.join(place));
    given.into_iter().chain(beside).find(|folder| folder.is_dir())
}

fn truths(folder: &std::path::Path) -> Vec<serde_json::Value> {
    let mut rows = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let text = std::fs::read_to_string(entry.path().join("truth.json")).unwrap_or_default();
        let truth: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        rows.extend(truth["declarations"].as_array().cloned().unwrap_or_default());
    }
    rows
}

#[test]
fn real_lifetimes_are_read_as_people_read_them() {
    let Some(folder) = corpus() else { return };
    let mut wrong = Vec::new();
    for row in truths(&folder) {
        let Some(words) = row["lifetime_declared"].as_str() else { continue };
        let read = serde_json::to_value(lifetime::parse(words).value).unwrap_or_default();
        let same = match (read.as_f64(), row["lifetime_seconds"].as_f64()) {
            (Some(read), Some(right)) => (read - right).abs() <= 0.05 * right,
            _ => read == row["lifetime_seconds"],
        };
        if !same {
            wrong.push(format!("\"{words}\" is {}, and is read as {read}", row["lifetime_seconds"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `cargo test --release lexicon_speed -- --ignored --nocapture`
#[test]
#[ignore = "measures; run it in release"]
fn lexicon_speed() {
    let mut text = String::new();
    while text.len() < 1_000_000 {
        for (_, example, _, _, _) in EXAMPLES.iter().filter(|(_, _, _, code, _)| matches!(*code, "en" | "fr" | "de")) {
            text.push_str(example);
            text.push_str(
                " the visitor reads this page of our company with ordinary words about shoes and garden chairs. ",
            );
        }
    }
    let mega = text.len() as f64 / 1e6;
    for (name, run) in [
        ("fold", (|text: &str| crate::fold::Words::of(text).len()) as fn(&str) -> usize),
        ("language", |text| usize::from(language(text).is_some())),
        ("speaks_of_cookies", |text| usize::from(speaks_of_cookies(text))),
        ("hints", |text| hints(text).len()),
        ("categories, by paragraph", |text| text.split(". ").map(|part| categories(part).len()).sum()),
    ] {
        let start = std::time::Instant::now();
        let found = run(&text);
        println!("{name}: {:.0} MB/s ({found})", mega / start.elapsed().as_secs_f64());
    }
}
