//! `data/rules.toml` and `data/profiles.toml` -> one constant for each rule, one table of profiles.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use crate::problem::{Problem, line_of, parse_toml, read, write};

const RULES: &str = "data/rules.toml";
const PROFILES: &str = "data/profiles.toml";

const SEVERITIES: [(&str, &str); 4] = [
    ("info", "Severity::Info"),
    ("minor", "Severity::Minor"),
    ("major", "Severity::Major"),
    ("critical", "Severity::Critical"),
];
const WEIGHTS: [(&str, &str); 4] = [
    ("law", "Weight::Law"),
    ("authority", "Weight::Authority"),
    ("practice", "Weight::Practice"),
    ("technical", "Weight::Technical"),
];
const NEEDS: [(&str, &str); 3] = [
    ("needed", "ConsentNeed::Needed"),
    ("not_needed", "ConsentNeed::NotNeeded"),
    ("conditional", "ConsentNeed::Conditional"),
];
const INPUTS: [&str; 12] = [
    "page",
    "charter_rows",
    "charter_text",
    "cookies",
    "writes",
    "choices",
    "known",
    "suffixes",
    "storage",
    "value",
    "hosts",
    "profile",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rule: Vec<toml::Spanned<Rule>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    tests: String,
    inputs: Vec<String>,
    severity: String,
    weight: String,
    #[serde(default)]
    differs: bool,
    sources: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profiles {
    profile: Vec<toml::Spanned<Profile>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profile {
    id: String,
    preferences: String,
    statistics: String,
    tracking: String,
    audience_days: f64,
    choice_days: [f64; 2],
    #[serde(default)]
    rules: BTreeMap<String, Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    severity: Option<String>,
    weight: Option<String>,
    #[serde(default)]
    sources: Vec<String>,
}

pub fn build(out: &Path) -> Result<(), Problem> {
    let text = read(RULES)?;
    let table: Rules = parse_toml(RULES, &text)?;
    let mut code = String::new();
    let mut ids: Vec<String> = Vec::new();
    for entry in table.rule {
        let line = line_of(&text, entry.span().start);
        let rule = entry.into_inner();
        check(&rule, line)?;
        if ids.contains(&rule.id) {
            return Err(Problem::new(RULES, line, format!("the rule {} is there twice", rule.id)));
        }
        let wrong = |e: String| Problem::new(RULES, line, format!("{}: {e}", rule.id));
        let _ = writeln!(
            code,
            "/// {}\npub(crate) static {}: Rule = Rule {{ index: {}, id: {:?}, severity: {}, weight: {}, differs: {}, sources: &{:?} }};",
            rule.tests,
            rule.id.replace('-', "_"),
            ids.len(),
            rule.id,
            one_of(&SEVERITIES, &rule.severity).map_err(wrong)?,
            one_of(&WEIGHTS, &rule.weight).map_err(wrong)?,
            rule.differs,
            rule.sources,
        );
        ids.push(rule.id);
    }
    let _ = writeln!(code, "/// Every rule, in the order of its file.\npub(crate) static ALL: &[&Rule] = &[{}];", {
        ids.iter().map(|id| format!("&{}", id.replace('-', "_"))).collect::<Vec<_>>().join(", ")
    });
    code.push_str(&profiles(&ids)?);
    write(out, "rules.rs", code.as_bytes())
}

fn check(rule: &Rule, line: usize) -> Result<(), Problem> {
    let wrong = |sentence: String| Err(Problem::new(RULES, line, sentence));
    let (family, number) = rule.id.split_once('-').unwrap_or_default();
    let good_family = family.len() == 3 && family.chars().all(|c| c.is_ascii_uppercase());
    if !good_family || number.len() != 2 || !number.chars().all(|c| c.is_ascii_digit()) {
        return wrong(format!("`{}` is not three capitals, a dash and two digits", rule.id));
    }
    if rule.tests.trim().is_empty() || rule.sources.is_empty() || rule.inputs.is_empty() {
        return wrong(format!("{} needs `tests`, `inputs` and `sources` that are not empty", rule.id));
    }
    if let Some(input) = rule.inputs.iter().find(|i| !INPUTS.contains(&i.as_str())) {
        return wrong(format!("{}: the input `{input}` is none of {}", rule.id, INPUTS.join(", ")));
    }
    Ok(())
}

fn profiles(ids: &[String]) -> Result<String, Problem> {
    let text = read(PROFILES)?;
    let table: Profiles = parse_toml(PROFILES, &text)?;
    let mut code = String::from("/// The profiles, the default first.\npub(crate) static PROFILES: &[Profile] = &[\n");
    let mut seen: Vec<String> = Vec::new();
    for entry in table.profile {
        let line = line_of(&text, entry.span().start);
        let p = entry.into_inner();
        let wrong = |e: String| Problem::new(PROFILES, line, format!("{}: {e}", p.id));
        if seen.contains(&p.id) {
            return Err(wrong("the profile is there twice".into()));
        }
        let mut changes = String::new();
        for (id, change) in &p.rules {
            let index =
                ids.iter().position(|known| known == id).ok_or_else(|| wrong(format!("there is no rule {id}")))?;
            let severity = optional(&SEVERITIES, change.severity.as_deref()).map_err(wrong)?;
            let weight = optional(&WEIGHTS, change.weight.as_deref()).map_err(wrong)?;
            let _ = write!(
                changes,
                "Change {{ rule: {index}, severity: {severity}, weight: {weight}, sources: &{:?} }}, ",
                change.sources
            );
        }
        let _ = writeln!(
            code,
            "Profile {{ id: {:?}, preferences: {}, statistics: {}, tracking: {}, audience_days: {:?}, choice_days: {:?}, changes: &[{changes}] }},",
            p.id,
            one_of(&NEEDS, &p.preferences).map_err(wrong)?,
            one_of(&NEEDS, &p.statistics).map_err(wrong)?,
            one_of(&NEEDS, &p.tracking).map_err(wrong)?,
            p.audience_days,
            p.choice_days,
        );
        seen.push(p.id.clone());
    }
    if seen.is_empty() {
        return Err(Problem::new(PROFILES, 0, "holds no profile"));
    }
    code.push_str("];\n");
    Ok(code)
}

fn one_of<'a>(choices: &[(&str, &'a str)], word: &str) -> Result<&'a str, String> {
    choices.iter().find(|(id, _)| *id == word).map(|(_, code)| *code).ok_or_else(|| {
        let all = choices.iter().map(|(id, _)| *id).collect::<Vec<_>>().join(", ");
        format!("`{word}` is none of {all}")
    })
}

fn optional(choices: &[(&str, &str)], word: Option<&str>) -> Result<String, String> {
    Ok(match word {
        Some(word) => format!("Some({})", one_of(choices, word)?),
        None => "None".into(),
    })
}
