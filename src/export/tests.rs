//! Every format, read back by a reader that is not ours, from one report and from the same report with hostile text in
//! every place that can hold text.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer};
use serde_json::{Value, json};

use super::*;

/// A report with a row of each verdict, all kinds of absence, a finding of each result.
fn sample() -> Value {
    serde_json::from_str(include_str!("../../tests/exports/report.json")).unwrap()
}

fn report_of(value: &Value) -> Report {
    serde_json::from_value(value.clone()).unwrap()
}

/// The words that matter to these tests; the others show as their keys.
fn words() -> Words {
    let pairs = [
        ("verdict_not_declared", "Not declared"),
        ("verdict_differs", "Differs"),
        ("verdict_as_declared", "As declared"),
        ("verdict_not_judged", "Not judged"),
        ("verdict_not_met", "Not met"),
        ("export_days", "{n} d"),
        ("export_hours", "{n} h"),
        ("export_minutes", "{n} min"),
        ("export_seconds", "{n} s"),
        ("export_at_least", "{lifetime} or more"),
        ("export_site_words", "« {words} »"),
        ("export_known_words", "Known: {words}"),
        ("export_note_lifetime", "The charter says: {declared}."),
        ("export_note_empty", "Missing: {columns}."),
        ("export_note_filled", "Filled in: {columns}."),
        ("rule_DEC_01", "{name} is not declared"),
        ("rule_DEC_01_more", "It comes from {host}."),
        ("rule_LIF_01", "{name} lives {actual} instead of {declared}"),
        ("function_ga_id", "Tells visitors apart to measure the audience."),
    ];
    pairs.iter().map(|(key, message)| ((*key).into(), (*message).into())).collect()
}

fn text_of(value: &Value, format: Format) -> String {
    export(&report_of(value), format, &words()).unwrap().text
}

fn csv_of(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{FEFF}').expect("a byte order mark");
    // Not flexible: every line must have as many cells as the first.
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn column<'t>(table: &'t [Vec<String>], head: &str) -> Vec<&'t str> {
    let at = table[0].iter().position(|cell| cell == head).unwrap_or_else(|| panic!("no column {head}"));
    table[1..].iter().map(|row| row[at].as_str()).collect()
}

/// What a tokenizer sees of a page.
#[derive(Default)]
struct Seen {
    tags: RefCell<Vec<Tag>>,
    text: RefCell<String>,
}

impl TokenSink for Seen {
    type Handle = ();
    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.tags.borrow_mut().push(tag),
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            Token::CommentToken(text) => panic!("a comment: {text}"),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn html_of(text: &str) -> (Vec<Tag>, String) {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(text));
    let tokenizer = Tokenizer::new(Seen::default(), Default::default());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    (tokenizer.sink.tags.take(), tokenizer.sink.text.take())
}

fn table_lines(markdown: &str) -> Vec<&str> {
    markdown.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")).collect()
}

fn names(tags: &[Tag]) -> Vec<&str> {
    tags.iter().map(|tag| &*tag.name).collect()
}

#[test]
fn csv_has_one_line_per_row_and_the_counts_of_the_report() {
    let text = text_of(&sample(), Format::Csv);
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']), "one line each, CRLF");
    let table = csv_of(&text);
    assert_eq!(column(&table, "export_name"), ["_ga", "_pk_id.1.8f3c", "id", "sessionid", "xtvrn"]);
    assert_eq!(column(&table, "export_verdict"), ["Not declared", "Differs", "Not judged", "As declared", "Not met"]);
    for (head, number) in
        [("export_total_stored", "4"), ("Not declared", "1"), ("Differs", "1"), ("As declared", "1"), ("Not met", "1")]
    {
        assert!(column(&table, head).iter().all(|cell| *cell == number), "{head}");
    }
    assert_eq!(column(&table, "export_host")[..2], [".rivebelle.example", ".rivebelle.example"]);
    assert_eq!(column(&table, "export_lifetime_stored")[..2], ["400 d or more", "393 d"]);
    assert_eq!(column(&table, "export_lifetime_declared")[1], "6 mois");
    assert_eq!(column(&table, "export_lifetime_declared_seconds")[1], "15552000");
    assert_eq!(column(&table, "export_purpose")[0], "Tells visitors apart to measure the audience.");
    assert_eq!(column(&table, "export_findings")[0], "DEC-01 _ga is not declared ; CON-01 CON-01");
    assert_eq!(column(&table, "export_date")[0], "2026-11-23T15:07:00Z");
    assert_eq!(column(&table, "export_charter_sha256")[0], "ab".repeat(32));
    assert_eq!(column(&table, "export_unseen")[0], "unseen_hidden_hosts");
}

#[test]
fn a_spreadsheet_takes_no_cell_for_a_formula() {
    for name in ["=1+1", "-x", "+x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\u{200B}=1", "'=1"] {
        let mut value = sample();
        value["rows"][0]["stored"]["name"] = name.into();
        value["not_met"][0]["declaration"]["purpose"] = name.into();
        for format in [Format::Csv, Format::CorrectedCsv] {
            for cell in csv_of(&text_of(&value, format)).iter().flatten() {
                let first = cell.chars().next().unwrap_or(' ');
                assert!(!"=+-@＝＋－＠ \t\r\n".contains(first) || cell.is_empty(), "{format:?} {name:?}: {cell:?}");
            }
        }
    }
}

#[test]
fn an_empty_report_still_carries_its_facts() {
    let mut value = sample();
    value["rows"] = json!([]);
    value["not_met"] = json!([]);
    for format in [Format::Csv, Format::CorrectedCsv] {
        let table = csv_of(&text_of(&value, format));
        assert_eq!(column(&table, "export_site"), ["donnees.rivebelle.example"], "{format:?}");
    }
    for format in [Format::Html, Format::Markdown, Format::CorrectedHtml, Format::CorrectedMarkdown] {
        assert!(text_of(&value, format).contains("2026-11-23T15:07:00Z"), "{format:?}");
    }
}

#[test]
fn html_shows_every_row_and_no_script() {
    let (tags, text) = html_of(&text_of(&sample(), Format::Html));
    let rows =
        tags.iter().filter(|tag| tag.attrs.iter().any(|a| &*a.name.local == "class" && &*a.value == "name")).count();
    assert_eq!(rows, 5);
    assert!(!names(&tags).contains(&"script"));
    for words in [
        "Not declared",
        "« Mesurer la fréquentation de façon anonyme »",
        "393 d",
        "It comes from rivebelle.example.",
        "2026-11-23T15:07:00Z",
    ] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn markdown_has_one_table_line_per_row() {
    let text = text_of(&sample(), Format::Markdown);
    let lines = table_lines(&text);
    assert_eq!(lines.len(), 1 + 5, "{text}");
    assert!(text.contains("- Not declared: 1\n"), "{text}");
    assert!(lines[2].starts_with("| `_pk_id.1.8f3c` | Differs |"), "{}", lines[2]);
}

#[test]
fn the_corrected_charter_keeps_the_sites_words_and_marks_ours() {
    let table = csv_of(&text_of(&sample(), Format::CorrectedCsv));
    // The site's rows in their order, then what it does not name.
    assert_eq!(column(&table, "export_name"), ["sessionid", "_pk_id*", "xtvrn", "_ga", "id"]);
    assert_eq!(
        column(&table, "export_state"),
        [
            "export_state_completed",
            "export_state_completed",
            "export_state_not_met",
            "export_state_added",
            "export_state_added"
        ]
    );
    let (purposes, notes) = (column(&table, "export_purpose"), column(&table, "export_note"));
    assert_eq!(purposes[1], "Mesurer la fréquentation de façon anonyme");
    assert_eq!(purposes[3], "Tells visitors apart to measure the audience.");
    assert_eq!(column(&table, "export_lifetime"), ["14 d", "393 d", "13 mois", "400 d", ""]);
    assert!(notes[0].starts_with("Filled in: export_lifetime"), "{}", notes[0]);
    assert!(notes[1].contains("The charter says: 6 mois."), "{}", notes[1]);
    assert!(notes[4].contains("Missing: export_provider"), "{}", notes[4]);

    let html = text_of(&sample(), Format::CorrectedHtml);
    assert!(html.contains("<mark>393 d</mark>") && html.contains("<bdi>13 mois</bdi>"), "{html}");
    let markdown = text_of(&sample(), Format::CorrectedMarkdown);
    assert!(markdown.contains(r"| \_pk\_id\* |") && markdown.contains("393 d **(export\\_to\\_check)**"), "{markdown}");
}

#[test]
fn the_disclosure_has_the_shape_that_its_specification_asks_for() {
    let value: Value = serde_json::from_str(&text_of(&sample(), Format::Tcf)).unwrap();
    let schema = json!({
        "type": "object", "required": ["disclosures", "domains"], "additionalProperties": false,
        "properties": {
            "disclosures": { "type": "array", "items": {
                "type": "object", "additionalProperties": false,
                "required": ["identifier", "type", "maxAgeSeconds", "cookieRefresh", "domains", "purposes"],
                "properties": {
                    "identifier": { "type": "string", "pattern": "^(?!\\*$)\\*?[^*]+\\*?$" },
                    "type": { "enum": ["cookie", "web", "app"] },
                    "maxAgeSeconds": { "type": ["integer", "null"], "minimum": 0 },
                    "cookieRefresh": { "type": "boolean" },
                    "domains": { "type": "array", "minItems": 1, "items": { "type": "string", "pattern": "^(\\*\\.)?[^/*: ]+$" } },
                    "purposes": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 11 }, "uniqueItems": true },
                    "specialPurposes": { "type": "array", "items": { "type": "integer", "minimum": 1, "maximum": 3 } },
                    "description": { "type": "string" }, "optOut": { "type": "boolean" }
                },
                "if": { "properties": { "type": { "const": "cookie" } } },
                "then": { "properties": { "maxAgeSeconds": { "type": "integer" } } },
                "else": { "properties": { "maxAgeSeconds": { "type": "null" } } }
            } },
            "domains": { "type": "array", "items": {
                "type": "object", "required": ["domain", "purposes"], "additionalProperties": false,
                "properties": {
                    "domain": { "type": "string", "pattern": "^(\\*\\.)?[^/*: ]+$" }, "use": { "type": "string" },
                    "purposes": { "type": "array", "items": { "type": "integer" } },
                    "specialPurposes": { "type": "array", "items": { "type": "integer" } }
                }
            } }
        }
    });
    valid(&schema, &value);
    let of =
        |name: &str| value["disclosures"].as_array().unwrap().iter().find(|d| d["identifier"] == name).unwrap().clone();
    assert_eq!(of("_pk_id*")["maxAgeSeconds"], 33_955_200);
    assert_eq!(of("_ga")["purposes"], json!([1, 8, 9]), "consent is needed");
    assert_eq!(of("sessionid")["purposes"], json!([]), "exempt");
    assert_eq!(of("sessionid")["domains"], json!(["donnees.rivebelle.example"]));
    assert_eq!((of("id")["type"].as_str(), of("id")["maxAgeSeconds"].is_null()), (Some("web"), true));
    let about = value["domains"][0]["use"].as_str().unwrap();
    for fact in [
        "2026-11-23T15:07:00Z",
        "https://donnees.rivebelle.example/charte-cookies",
        "Firefox 153",
        "unseen_hidden_hosts",
    ] {
        assert!(about.contains(fact), "{fact}");
    }
}

#[test]
fn json_is_the_report_and_fits_the_published_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../data/report.schema.json")).unwrap();
    let value = sample();
    let text = text_of(&value, Format::Json);
    let back: Value = serde_json::from_str(&text).unwrap();
    valid(&schema, &back);
    assert_eq!(report_of(&back), report_of(&value));
    assert_eq!(export(&report_of(&back), Format::Json, &Words::new()).unwrap().text, text);
    let default = Report { schema: crate::report::SCHEMA, ..Report::default() };
    valid(&schema, &serde_json::to_value(default).unwrap());
    // A field that the schema does not know means that it was forgotten there.
    let mut more = value;
    more["rows"][0]["stored"]["cookie_value"] = "secret".into();
    assert!(jsonschema::validator_for(&schema).unwrap().validate(&more).is_err());
}

fn valid(schema: &Value, value: &Value) {
    let validator = jsonschema::validator_for(schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "data/report.schema.json and the types differ: {errors:#?}");
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    for format in Format::ALL {
        assert_eq!(text_of(&sample(), format), text_of(&sample(), format));
        assert_eq!(Format::from_id(format.id()), Some(format));
        assert_eq!(serde_json::to_value(format).unwrap(), format.id());
    }
}

#[test]
fn file_names_are_safe() {
    let mut value = sample();
    let name = |value: &Value, format| export(&report_of(value), format, &words()).unwrap().name;
    assert_eq!(name(&value, Format::Csv), "cookies-donnees.rivebelle.example-2026-11-23.csv");
    assert_eq!(name(&value, Format::CorrectedMarkdown), "charter-donnees.rivebelle.example-2026-11-23.md");
    value["site"]["host"] = "../../[::1]:8443/\u{202E}\0".into();
    value["generated"] = json!(-1.0);
    assert_eq!(name(&value, Format::Html), "cookies-1--8443.html");
    value["site"]["host"] = "é".repeat(4096).into();
    assert_eq!(name(&value, Format::Tcf), "tcf.json");
}

const HOSTILE: [&str; 10] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "</style></title></textarea><!--",
    "' onmouseover='x",
    "javascript:alert(1)",
    "=HYPERLINK(\"http://evil.example\")",
    "a|b`c\\|[x](javascript:y)\n# h\n- l",
    "\u{202E}gpj.exe\u{2066}\u{0}\u{1B}[31m\u{7F}\u{85}\u{2028}\u{FEFF}\u{E0041}",
    "{name} {words} {n} %s ${x} &lt;b&gt;",
    "https://evil.example/\"onclick=alert(1) x",
];

/// Puts a text in every place of the report that takes any text; calls `each` with every place alone, then with all.
fn plant(hostile: &str) -> (Value, usize) {
    fn leaves(value: &Value, path: &str, out: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(k, v)| leaves(v, &format!("{path}/{k}"), out)),
            Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| leaves(v, &format!("{path}/{i}"), out)),
            Value::String(_) => out.push(path.to_owned()),
            _ => {}
        }
    }
    let mut value = sample();
    let mut places = Vec::new();
    leaves(&value, "", &mut places);
    let mut planted = 0;
    for place in places {
        let leaf = value.pointer_mut(&place).unwrap();
        let before = std::mem::replace(leaf, hostile.into());
        if serde_json::from_value::<Report>(value.clone()).is_ok() {
            planted += 1;
        } else {
            *value.pointer_mut(&place).unwrap() = before;
        }
    }
    (value, planted)
}

#[test]
fn hostile_text_is_only_text_in_every_format() {
    let calm = html_of(&text_of(&plant("calm").0, Format::Html)).0;
    let calm_corrected = html_of(&text_of(&plant("calm").0, Format::CorrectedHtml)).0;
    let long = "W".repeat(4096);
    for hostile in HOSTILE.into_iter().chain([long.as_str()]) {
        let (value, planted) = plant(hostile);
        assert!(planted > 80, "{planted} places");
        for (format, calm) in [(Format::Html, &calm), (Format::CorrectedHtml, &calm_corrected)] {
            let text = text_of(&value, format);
            let (tags, _) = html_of(&text);
            let count = |tags: &[Tag], name: &str| names(tags).iter().filter(|n| **n == name).count();
            // The same elements, up to line breaks within names and links that are none.
            for name in names(&tags).into_iter().filter(|name| !["wbr", "a"].contains(name)) {
                assert_eq!(count(&tags, name), count(calm, name), "{name} {format:?} {hostile:?}");
            }
            for attribute in tags.iter().flat_map(|tag| &tag.attrs) {
                let (name, value) = (&*attribute.name.local, &*attribute.value);
                assert!(!name.starts_with("on") && name != "src" && name != "srcdoc", "{name} {hostile:?}");
                assert!(
                    name != "href" || ["http://", "https://", "#m-"].iter().any(|start| value.starts_with(start)),
                    "{value}"
                );
            }
        }
        for format in Format::ALL {
            let text = text_of(&value, format);
            let hidden = text.chars().find(|c| clean::hides(*c) && !"\n\r\u{FEFF}".contains(*c));
            assert_eq!(hidden, None, "{format:?} {hostile:?}");
            assert!(text.matches('\u{FEFF}').count() <= 1, "{format:?}");
            if format != Format::Json {
                assert!(!text.contains(&"W".repeat(clean::WORDS + 1)), "{format:?}");
            }
        }
        for format in [Format::Csv, Format::CorrectedCsv] {
            assert_eq!(csv_of(&text_of(&value, format)).len(), 6, "{format:?} {hostile:?}");
        }
        for format in [Format::Markdown, Format::CorrectedMarkdown] {
            let text = text_of(&value, format);
            assert_eq!(table_lines(&text).len(), 6, "{format:?} {hostile:?}");
            let mut html = String::new();
            pulldown_cmark::html::push_html(
                &mut html,
                pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()),
            );
            for tag in html_of(&html).0 {
                assert!(
                    !["script", "img", "style", "title", "textarea"].contains(&&*tag.name),
                    "{} {format:?} {hostile:?}",
                    tag.name
                );
                let dangerous = |value: &str| value.starts_with("javascript:");
                assert!(
                    !tag.attrs.iter().any(|a| a.name.local.starts_with("on") || dangerous(&a.value)),
                    "{format:?} {hostile:?}"
                );
            }
        }
        let back: Report = serde_json::from_str(&text_of(&value, Format::Json)).unwrap();
        assert_eq!(back, report_of(&value), "JSON is exact");
    }
}
