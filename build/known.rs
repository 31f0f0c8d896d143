//! `data/known-cookies.csv`, `data/services.csv`, `data/functions.toml` -> one sorted table of well-known names.
//!
//! The table is written by columns: the names as one text, every other fact as the number of a value that is written once.
//! That is a third of the bytes of a list of rows, for the package carries it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use crate::problem::{Problem, line_of, parse_toml, read, write};

const COOKIES: &str = "data/known-cookies.csv";
const SERVICES: &str = "data/services.csv";
const FUNCTIONS: &str = "data/functions.toml";
const ROLES: &str = "data/roles.toml";

/// Categories that a row may have; `unclassified` is what a site says, never what we know.
const CATEGORIES: [(&str, &str); 7] = [
    ("necessary", "Necessary"),
    ("security", "Security"),
    ("preferences", "Preferences"),
    ("statistics", "Statistics"),
    ("personalisation", "Personalisation"),
    ("advertising", "Advertising"),
    ("social_embed", "SocialEmbed"),
];
const KINDS: [(&str, &str); 6] = [
    ("cookie", "Cookie"),
    ("local_storage", "LocalStorage"),
    ("session_storage", "SessionStorage"),
    ("indexed_db", "IndexedDb"),
    ("cache_storage", "CacheStorage"),
    ("service_worker", "ServiceWorker"),
];
const PARTIES: [(&str, &str); 3] = [("first", "Some(Party::First)"), ("third", "Some(Party::Third)"), ("both", "None")];
const CONFIDENCES: [(&str, &str); 3] =
    [("known", "Sure::Known"), ("common", "Sure::Common"), ("generic", "Sure::Generic")];
const UNITS: [(&str, u32); 7] =
    [("s", 1), ("m", 60), ("h", 3600), ("d", 86_400), ("w", 604_800), ("mo", 2_592_000), ("y", 31_536_000)];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cookie {
    pattern: String,
    kind: String,
    service: String,
    function: String,
    category: String,
    lifetime: String,
    host: String,
    party: String,
    confidence: String,
    source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Service {
    id: String,
    name: String,
    company: String,
    #[serde(rename = "site")]
    _site: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Functions {
    function: Vec<toml::Spanned<Function>>,
}

/// The sentences live in the words files; here they may stand while the table is being written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Function {
    id: String,
    category: String,
    #[serde(default, rename = "fr")]
    _fr: String,
    #[serde(default, rename = "en")]
    _en: String,
    #[serde(default, rename = "de")]
    _de: String,
    #[serde(default, rename = "es")]
    _es: String,
    #[serde(default, rename = "it")]
    _it: String,
    #[serde(default, rename = "nl")]
    _nl: String,
    #[serde(default, rename = "pt")]
    _pt: String,
    #[serde(default, rename = "pl")]
    _pl: String,
}

/// Roles that rules ask for: identifiers of functions and services.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Roles {
    functions: FunctionRoles,
    services: ServiceRoles,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FunctionRoles {
    authentication: Vec<toml::Spanned<String>>,
    brief: Vec<toml::Spanned<String>>,
    choice: Vec<toml::Spanned<String>>,
    forgery: Vec<toml::Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ServiceRoles {
    own_server: Vec<toml::Spanned<String>>,
    reuses_data: Vec<toml::Spanned<String>>,
}

pub fn build(out: &Path) -> Result<(), Problem> {
    let services = services()?;
    let functions = functions()?;
    let roles = roles(&services, &functions)?;
    let mut rows: BTreeMap<(String, String, String), (usize, Cookie)> = BTreeMap::new();
    for (line, cookie) in csv_rows::<Cookie>(COOKIES)? {
        let key = (cookie.pattern.clone(), cookie.kind.clone(), cookie.host.clone());
        if let Some((first, _)) = rows.get(&key) {
            let sentence = format!("`{}` stands already on line {first}, of the same kind and host", cookie.pattern);
            return Err(Problem::new(COOKIES, line, sentence));
        }
        rows.insert(key, (line, cookie));
    }
    if rows.is_empty() {
        return Err(Problem::new(COOKIES, 0, "holds no row"));
    }
    let (mut marks, mut hosts, mut lifetimes) = (Column::default(), Column::default(), Column::default());
    let (mut of_service, mut of_function, mut sources) = (Column::default(), Column::default(), Column::default());
    for (line, c) in rows.values() {
        check(*line, c)?;
        let wrong = |sentence: String| Problem::new(COOKIES, *line, sentence);
        let service = services.keys().position(|id| *id == c.service);
        of_service
            .numbers
            .push(service.ok_or_else(|| wrong(format!("the service `{}` is not in {SERVICES}", c.service)))?);
        let function = functions.binary_search(&c.function);
        of_function
            .numbers
            .push(function.map_err(|_| wrong(format!("the function `{}` is not in {FUNCTIONS}", c.function)))?);
        marks.push(marks_of(c).map_err(wrong)?);
        lifetimes.push(lifetime(&c.lifetime).map_err(wrong)?);
        hosts.push(c.host.clone());
        sources.push(c.source.clone());
    }
    let patterns: Vec<&str> = rows.keys().map(|(pattern, ..)| pattern.as_str()).collect();
    let services: Vec<String> = services.values().map(|(name, company)| format!("{name}\t{company}")).collect();
    let mut code = roles;
    for (name, lines) in [
        ("PATTERNS", patterns.join("\n")),
        ("HOSTS", hosts.values.join("\n")),
        ("SERVICES", services.join("\n")),
        ("FUNCTIONS", functions.join("\n")),
        ("SOURCES", sources.values.join("\n")),
    ] {
        let _ = writeln!(code, "/// One on each line.\nstatic {name}: &str = {lines:?};");
    }
    let _ = writeln!(code, "static MARKS: &[Marks] = &[{}];", marks.values.join(", "));
    let _ = writeln!(code, "static LIFETIMES: &[Usual] = &[{}];", lifetimes.values.join(", "));
    for (name, column) in [
        ("MARKS_OF", marks),
        ("HOST_OF", hosts),
        ("LIFETIME_OF", lifetimes),
        ("SERVICE_OF", of_service),
        ("FUNCTION_OF", of_function),
        ("SOURCE_OF", sources),
    ] {
        let _ = writeln!(code, "static {name}: &[{}] = &{:?};", column.width(), column.numbers);
    }
    write(out, "known.rs", code.as_bytes())
}

/// For each row the number of its value, and the values.
#[derive(Default)]
struct Column {
    numbers: Vec<usize>,
    values: Vec<String>,
}

impl Column {
    fn push(&mut self, value: String) {
        let number = self.values.iter().position(|v| *v == value).unwrap_or(self.values.len());
        if number == self.values.len() {
            self.values.push(value);
        }
        self.numbers.push(number);
    }

    /// The narrowest type that holds the numbers.
    fn width(&self) -> &'static str {
        if self.numbers.iter().all(|n| *n <= usize::from(u8::MAX)) { "u8" } else { "u16" }
    }
}

/// One constant for each role: the numbers of its functions or services.
fn roles(services: &BTreeMap<String, (String, String)>, functions: &[String]) -> Result<String, Problem> {
    let text = read(ROLES)?;
    let roles: Roles = parse_toml(ROLES, &text)?;
    let services: Vec<String> = services.keys().cloned().collect();
    let lists = [
        ("AUTHENTICATION", roles.functions.authentication, functions, FUNCTIONS),
        ("BRIEF", roles.functions.brief, functions, FUNCTIONS),
        ("CHOICE", roles.functions.choice, functions, FUNCTIONS),
        ("FORGERY", roles.functions.forgery, functions, FUNCTIONS),
        ("OWN_SERVER", roles.services.own_server, &services, SERVICES),
        ("REUSES_DATA", roles.services.reuses_data, &services, SERVICES),
    ];
    let mut code = String::new();
    for (constant, ids, known, file) in lists {
        let mut numbers = BTreeSet::new();
        for id in ids {
            let line = line_of(&text, id.span().start);
            let number = known.binary_search(id.get_ref());
            numbers
                .insert(number.map_err(|_| Problem::new(ROLES, line, format!("`{}` is not in {file}", id.get_ref())))?);
        }
        let _ = writeln!(code, "static {constant}: &[u16] = &{:?};", numbers.into_iter().collect::<Vec<_>>());
    }
    Ok(code)
}

/// What a row says must be of use, whatever the other files say.
fn check(line: usize, c: &Cookie) -> Result<(), Problem> {
    let wrong = |sentence: String| Err(Problem::new(COOKIES, line, sentence));
    if c.pattern.trim() != c.pattern || c.pattern.replace('*', "").is_empty() || c.pattern.contains('\n') {
        return wrong(format!("`{}` is no name of a cookie: it is empty, only a star, or has outer spaces", c.pattern));
    }
    if c.source.trim().is_empty() || c.source.contains('\n') {
        return wrong(format!("`{}` names no source, or one of several lines", c.pattern));
    }
    if c.host.starts_with('.') || c.host.chars().any(|h| h.is_uppercase() || h.is_whitespace() || h == '/') {
        return wrong(format!("`{}` is not a bare host in lower case", c.host));
    }
    Ok(())
}

/// What has few values, as the Rust expression of all of it.
fn marks_of(c: &Cookie) -> Result<String, String> {
    Ok(format!(
        "Marks {{ kind: StorageKind::{}, category: Category::{}, party: {}, sure: {} }}",
        one_of(&KINDS, &c.kind).map_err(|e| format!("the kind {e}"))?,
        one_of(&CATEGORIES, &c.category).map_err(|e| format!("the category {e}"))?,
        one_of(&PARTIES, &c.party).map_err(|e| format!("the party {e}"))?,
        one_of(&CONFIDENCES, &c.confidence).map_err(|e| format!("the confidence {e}"))?,
    ))
}

fn services() -> Result<BTreeMap<String, (String, String)>, Problem> {
    let mut services = BTreeMap::new();
    for (line, s) in csv_rows::<Service>(SERVICES)? {
        if s.id.is_empty() || s.name.is_empty() || s.company.is_empty() {
            return Err(Problem::new(SERVICES, line, "a service needs an id, a name and a company"));
        }
        if [&s.name, &s.company].iter().any(|words| words.contains(['\t', '\n'])) {
            return Err(Problem::new(SERVICES, line, "a name or a company has a tab or a line break in it"));
        }
        if services.insert(s.id.clone(), (s.name, s.company)).is_some() {
            return Err(Problem::new(SERVICES, line, format!("the service `{}` is there twice", s.id)));
        }
    }
    Ok(services)
}

/// The identifiers of the functions, sorted.
fn functions() -> Result<Vec<String>, Problem> {
    let text = read(FUNCTIONS)?;
    let table: Functions = parse_toml(FUNCTIONS, &text)?;
    let mut ids = BTreeSet::new();
    for entry in table.function {
        let line = line_of(&text, entry.span().start);
        let function = entry.into_inner();
        one_of(&CATEGORIES, &function.category)
            .map_err(|e| Problem::new(FUNCTIONS, line, format!("the category {e}")))?;
        if !ids.insert(function.id.clone()) {
            return Err(Problem::new(FUNCTIONS, line, format!("the function `{}` is there twice", function.id)));
        }
    }
    Ok(ids.into_iter().collect())
}

/// The rows of a CSV file with the line on which each starts.
fn csv_rows<T: serde::de::DeserializeOwned>(file: &str) -> Result<Vec<(usize, T)>, Problem> {
    let text = read(file)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let line_of_error = |e: &csv::Error| e.position().map_or(0, |p| p.line() as usize);
    let headers = reader.headers().map_err(|e| Problem::new(file, 1, e.to_string()))?.clone();
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| Problem::new(file, line_of_error(&e), e.to_string()))?;
        let line = record.position().map_or(0, |p| p.line() as usize);
        rows.push((line, record.deserialize(Some(&headers)).map_err(|e| Problem::new(file, line, e.to_string()))?));
    }
    Ok(rows)
}

fn one_of<'a>(choices: &[(&str, &'a str)], word: &str) -> Result<&'a str, String> {
    choices.iter().find(|(id, _)| *id == word).map(|(_, code)| *code).ok_or_else(|| {
        let all = choices.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ");
        format!("`{word}` is none of {all}")
    })
}

/// Seconds, as a Rust expression; `Session` and `Persistent` have words of their own.
fn lifetime(words: &str) -> Result<String, String> {
    match words {
        "" => return Ok("Usual::Unsaid".into()),
        "session" => return Ok("Usual::Session".into()),
        "persistent" => return Ok("Usual::Persistent".into()),
        _ => {}
    }
    let digits = words.len() - words.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = words[..digits].parse::<u32>().ok();
    let unit = UNITS.iter().find(|(unit, _)| *unit == &words[digits..]);
    let seconds = number.zip(unit).and_then(|(number, (_, unit))| number.checked_mul(*unit));
    seconds.map(|seconds| format!("Usual::Seconds({seconds})")).ok_or_else(|| {
        format!(
            "the lifetime `{words}` is neither empty, `session`, `persistent` nor a number with s, m, h, d, w, mo, y"
        )
    })
}
