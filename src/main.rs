//! The core as a command, for saved pages, pipelines and tests.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use cookie_charter::export::{Format, Words, to_json};
use cookie_charter::page::encoding_label;
use cookie_charter::report::{SCHEMA, Verdict};
use cookie_charter::visit::{FoundBy, PageSource};
use cookie_charter::{Report, Visit, assess, export, read_charter};
use lexopt::prelude::*;
use serde::de::DeserializeOwned;

// `LOCALES`: every words file of the extension, as (language, JSON).
include!(concat!(env!("OUT_DIR"), "/locales.rs"));

const HELP: &str = "\
cookie-charter sets the cookies that a site really stores beside the charter in which the site declares them.

  cookie-charter read FILE [--url URL]      reads a charter (HTML, plain text, Markdown) and prints what it declares
  cookie-charter judge VISIT.json           judges a visit and prints the report
  cookie-charter export REPORT.json --format FORMAT [--language LANGUAGE]
                                            writes a report as a file

FILE may be - for the standard input. URL is the address that the charter was saved from.
The language of an export is English unless --language says otherwise.
";

/// The largest file taken: several times the largest charter that the extension fetches.
const MAX_BYTES: u64 = 64 << 20;

/// Why the command stops: one plain sentence, and 2 when the command line itself is wrong, 1 otherwise.
struct Stop(u8, String);

type Outcome<T> = Result<T, Stop>;

fn bad<T>(sentence: impl Into<String>) -> Outcome<T> {
    Err(Stop(1, sentence.into()))
}

fn usage<T>(sentence: impl Into<String>) -> Outcome<T> {
    Err(Stop(2, format!("{} 'cookie-charter --help' shows what it takes.", sentence.into())))
}

fn main() -> ExitCode {
    match run().and_then(|text| print(&text)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop(code, sentence)) => {
            // Nothing is left to be told when the standard error is closed as well.
            let _ = writeln!(std::io::stderr(), "cookie-charter: {sentence}");
            ExitCode::from(code)
        }
    }
}

/// Writes to the standard output. A reader that has seen enough (`| head`) is no error.
fn print(text: &str) -> Outcome<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => bad(format!("The output cannot be written: {e}.")),
        _ => Ok(()),
    }
}

/// What the command line asks for.
#[derive(Default)]
struct Asked {
    command: String,
    file: Option<String>,
    url: Option<String>,
    format: Option<String>,
    language: Option<String>,
}

fn run() -> Outcome<String> {
    let mut asked = Asked::default();
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next().or_else(|e| usage(format!("{e}.")))? {
        let (slot, name) = match argument {
            Short('h') | Long("help") => {
                return Ok(format!("{HELP}\nFormats: {}.\nLanguages: {}.\n", formats(), languages()));
            }
            Short('V') | Long("version") => return Ok(format!("cookie-charter {}\n", env!("CARGO_PKG_VERSION"))),
            Long("url") => (&mut asked.url, "--url"),
            Long("format") => (&mut asked.format, "--format"),
            Long("language") => (&mut asked.language, "--language"),
            Value(word) if asked.command.is_empty() => {
                asked.command = word.to_string_lossy().into_owned();
                continue;
            }
            Value(word) if asked.file.is_none() => {
                // A path that is no Unicode cannot be named in a sentence or an address; it is rare enough to refuse.
                asked.file =
                    Some(word.into_string().or_else(|_| bad("The file name is not valid Unicode. Rename the file."))?);
                continue;
            }
            Value(word) => return usage(format!("'{}' is one file too many.", word.to_string_lossy())),
            Short(flag) => return usage(format!("The option '-{flag}' is not known.")),
            Long(flag) => return usage(format!("The option '--{flag}' is not known.")),
        };
        let value = arguments.value().or_else(|_| usage(format!("{name} needs a value.")))?;
        *slot = Some(value.to_string_lossy().into_owned());
    }
    let Some(file) = asked.file.as_deref() else {
        return match asked.command.as_str() {
            "" => usage("A command is needed: read, judge or export."),
            "read" | "judge" | "export" => {
                usage(format!("'{}' needs a file, or - for the standard input.", asked.command))
            }
            other => usage(format!("The command '{other}' is not known.")),
        };
    };
    let only = |option: &Option<String>, name: &str, command: &str| match option {
        Some(_) if asked.command != command => usage(format!("{name} belongs to '{command}'.")),
        _ => Ok(()),
    };
    only(&asked.url, "--url", "read")?;
    only(&asked.format, "--format", "export")?;
    only(&asked.language, "--language", "export")?;
    match asked.command.as_str() {
        "read" => read(file, asked.url),
        "judge" => judge(file),
        "export" => write_report(file, asked.format, asked.language.as_deref().unwrap_or("en")),
        other => usage(format!("The command '{other}' is not known.")),
    }
}

fn read(file: &str, url: Option<String>) -> Outcome<String> {
    let bytes = bytes_of(file)?;
    let content_type = content_type(file);
    // The bytes of a saved page are in the encoding that the page had.
    let label = encoding_label(&bytes, content_type);
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let page = PageSource {
        url: url.unwrap_or_default(),
        found_by: FoundBy::Given,
        status: 200,
        content_type: content_type.into(),
        text: encoding.decode(&bytes).0.into_owned(),
        ..PageSource::default()
    };
    json(&read_charter(&[page]))
}

fn judge(file: &str) -> Outcome<String> {
    let visit: Visit = parse(file, &value_of(file)?, "visit")?;
    if visit.url.is_empty() {
        return bad(format!("{file} is not a visit: the field `url` is missing."));
    }
    json(&assess(&visit))
}

fn write_report(file: &str, format: Option<String>, language: &str) -> Outcome<String> {
    let Some(name) = format else {
        return usage(format!("'export' needs --format, one of: {}.", formats()));
    };
    let Some(format) = Format::from_id(&name) else {
        return usage(format!("The format '{name}' is not known; it is one of: {}.", formats()));
    };
    let words = words(language)?;
    let value = value_of(file)?;
    match value.get("schema").map(serde_json::Value::as_u64) {
        Some(Some(schema)) if schema > u64::from(SCHEMA) => {
            return bad(format!(
                "{file} was written by a newer version (schema {schema}; this one reads up to {}). Update cookie-charter.",
                SCHEMA
            ));
        }
        _ => {}
    }
    let report: Report = parse(file, &value, "report")?;
    if !adds_up(&report) {
        return bad(format!("{file} is not a report: its totals do not match its rows."));
    }
    match export(&report, format, &words) {
        Ok(made) => Ok(made.text),
        Err(e) => bad(format!("{file}: {e}.")),
    }
}

/// True when the totals are those of the rows: a file written from a report must never contradict itself.
fn adds_up(report: &Report) -> bool {
    let count = |verdict| report.rows.iter().filter(|row| row.verdict == verdict).count() as u32;
    let totals = &report.totals;
    let counted = [Verdict::AsDeclared, Verdict::Differs, Verdict::NotDeclared, Verdict::NotJudged].map(count);
    counted == [totals.as_declared, totals.differs, totals.not_declared, totals.not_judged]
        && (totals.stored, totals.not_met) == (report.rows.len() as u32, report.not_met.len() as u32)
}

fn json<T: serde::Serialize>(value: &T) -> Outcome<String> {
    to_json(value).or_else(|e| bad(format!("The result cannot be written: {e}.")))
}

/// The bytes of a file, or of the standard input for `-`.
fn bytes_of(file: &str) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    let taken = if file == "-" {
        std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)
    } else {
        let path = Path::new(file);
        if path.is_dir() {
            return bad(format!("{file} is a folder, not a file."));
        }
        std::fs::File::open(path).and_then(|f| f.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    match taken {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => bad(format!("{file} does not exist.")),
        Err(e) => bad(format!("{file} cannot be read: {e}.")),
        Ok(0) => bad(format!("{} is empty.", if file == "-" { "The standard input" } else { file })),
        Ok(_) if bytes.len() as u64 > MAX_BYTES => bad(format!("{file} is larger than {} MB.", MAX_BYTES >> 20)),
        Ok(_) => Ok(bytes),
    }
}

fn value_of(file: &str) -> Outcome<serde_json::Value> {
    serde_json::from_slice(&bytes_of(file)?).or_else(|e| bad(format!("{file} is not JSON: {e}.")))
}

/// A JSON value as one of our types; the sentence names the field that does not fit.
fn parse<T: DeserializeOwned>(file: &str, value: &serde_json::Value, what: &str) -> Outcome<T> {
    serde_path_to_error::deserialize(value).or_else(|e| {
        let path = e.path().to_string();
        let place = if path == "." { String::new() } else { format!(" in `{path}`") };
        bad(format!("{file} is not a {what}: {}{place}.", e.inner()))
    })
}

/// What a server would say of a saved file, from the end of its name; nothing when the content itself must tell.
fn content_type(file: &str) -> &'static str {
    let ending = Path::new(file).extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "html" | "htm" | "xhtml" => "text/html",
        "md" | "markdown" => "text/markdown",
        "txt" => "text/plain",
        "json" => "application/json",
        "js" => "text/javascript",
        "pdf" => "application/pdf",
        _ => "",
    }
}

fn formats() -> String {
    Format::ALL.map(Format::id).join(", ")
}

fn languages() -> String {
    LOCALES.iter().map(|(language, _)| *language).collect::<Vec<_>>().join(", ")
}

/// The words of a language; `fr-CA` finds `fr`.
fn words(language: &str) -> Outcome<Words> {
    let wanted = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let Some((_, text)) = LOCALES.iter().find(|(known, _)| *known == wanted) else {
        return usage(format!("The language '{language}' is not known; it is one of: {}.", languages()));
    };
    #[derive(serde::Deserialize)]
    struct Entry {
        message: String,
    }
    let entries: std::collections::BTreeMap<String, Entry> =
        serde_json::from_str(text).or_else(|e| bad(format!("The words of '{wanted}' cannot be read: {e}.")))?;
    Ok(entries.into_iter().map(|(key, entry)| (key, entry.message)).collect())
}
