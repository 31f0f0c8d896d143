//! Turns `data/platforms.toml` into a table. A mistake stops the build with file, line and a plain sentence.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

const CATEGORIES: &[(&str, &str)] = &[
    ("necessary", "Necessary"),
    ("security", "Security"),
    ("preferences", "Preferences"),
    ("statistics", "Statistics"),
    ("personalisation", "Personalisation"),
    ("advertising", "Advertising"),
    ("social_embed", "SocialEmbed"),
    ("unclassified", "Unclassified"),
];

/// Reads the file and writes `platforms.rs` into `out`.
pub fn build(path: &Path, out: &Path) -> Result<(), String> {
    let shown = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|e| format!("{shown}: cannot be read: {e}"))?;
    let written = read(&shown, &text)?;
    let to = out.join("platforms.rs");
    fs::write(&to, written).map_err(|e| format!("{}: cannot be written: {e}", to.display()))
}

/// The table as Rust source.
pub fn read(path: &str, text: &str) -> Result<String, String> {
    let file = File { path, text };
    let table = DeTable::parse(text)
        .map_err(|e| file.error(e.span().map_or(0, |s| s.start), &format!("this is not TOML: {}", e.message())))?;
    let mut rows = String::from(
        "// Written by build/platforms.rs from data/platforms.toml.\npub(crate) static KNOWN: &[Known] = &[\n",
    );
    for (id, value) in table.get_ref() {
        rows.push_str(&file.platform(id.get_ref(), value)?);
    }
    rows.push_str("];\n");
    Ok(rows)
}

struct File<'a> {
    path: &'a str,
    text: &'a str,
}

type Entry<'a> = Spanned<DeValue<'a>>;

impl File<'_> {
    fn platform(&self, id: &str, value: &Entry) -> Result<String, String> {
        let at = value.span().start;
        let table = value.get_ref().as_table().ok_or_else(|| self.error(at, &format!("`{id}` must be a table")))?;
        let (mut name, mut checked, mut source, mut fixed) = (None, None, None, false);
        let (mut scripts, mut attributes, mut hosts, mut choice, mut category) =
            (None, Some("&[]".to_owned()), None, None, "&[]".to_owned());
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => name = Some(self.string(value, "name")?),
                "source" => source = Some(self.string(value, "source")?),
                "checked" => {
                    let word = self.string(value, "checked")?;
                    if !["code", "saved", "mention"].contains(&word.as_str()) {
                        let sentence = format!("`checked` is \"code\", \"saved\" or \"mention\", not \"{word}\"");
                        return Err(self.error(value.span().start, &sentence));
                    }
                    checked = Some(word);
                }
                "fixed" => {
                    let truth = value.get_ref().as_bool();
                    fixed = truth.ok_or_else(|| self.error(value.span().start, "`fixed` is true or false"))?;
                }
                "scripts" => scripts = Some(self.strings(value, "scripts")?),
                "attributes" => attributes = Some(self.strings(value, "attributes")?),
                "hosts" => hosts = Some(self.strings(value, "hosts")?),
                "choice" => choice = Some(self.strings(value, "choice")?),
                "category" => category = self.categories(value)?,
                other => {
                    let sentence =
                        format!("the key `{other}` is not known; the keys are listed at the top of the file");
                    return Err(self.error(key.span().start, &sentence));
                }
            }
        }
        let need = |value: Option<String>, key: &str| {
            value.ok_or_else(|| self.error(at, &format!("the key `{key}` of `{id}` is missing")))
        };
        let source = need(source, "source")?;
        if !source.starts_with("https://") {
            return Err(self.error(at, &format!("the `source` of `{id}` must be an address that begins with https://")));
        }
        Ok(format!(
            "Known {{ id: {id:?}, name: {:?}, scripts: {}, attributes: {}, hosts: {}, choice: {}, unverified: {}, fixed: {fixed}, categories: {category} }},\n",
            need(name, "name")?,
            need(scripts, "scripts")?,
            need(attributes, "attributes")?,
            need(hosts, "hosts")?,
            need(choice, "choice")?,
            need(checked, "checked")? == "mention",
        ))
    }

    fn categories(&self, value: &Entry) -> Result<String, String> {
        let mut out = String::from("&[");
        let mut seen = BTreeSet::new();
        for row in self.list(value, "category")? {
            let at = row.span().start;
            let table =
                row.get_ref().as_table().ok_or_else(|| self.error(at, "a `category` holds id, words and is"))?;
            let (mut id, mut words, mut is) = (None, None, "None".to_owned());
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "id" => id = Some(self.string(value, "id")?),
                    "words" => words = Some(self.string(value, "words")?),
                    "is" => {
                        let word = self.string(value, "is")?;
                        let Some((_, rust)) = CATEGORIES.iter().find(|(known, _)| *known == word) else {
                            let sentence = format!("\"{word}\" is none of our categories; see src/category.rs");
                            return Err(self.error(value.span().start, &sentence));
                        };
                        is = format!("Some(Category::{rust})");
                    }
                    other => return Err(self.error(key.span().start, &format!("the key `{other}` is not known here"))),
                }
            }
            let id = id.ok_or_else(|| self.error(at, "a `category` needs an `id`"))?;
            if !seen.insert(id.clone()) {
                return Err(self.error(at, &format!("the category \"{id}\" is given twice")));
            }
            let words = words.unwrap_or_else(|| id.clone());
            let _ = write!(out, "OwnCategory {{ id: {id:?}, words: {words:?}, category: {is} }}, ");
        }
        out.push(']');
        Ok(out)
    }

    fn strings(&self, value: &Entry, key: &str) -> Result<String, String> {
        let mut out = String::from("&[");
        for entry in self.list(value, key)? {
            let word = self.string(entry, key)?;
            if word.is_empty() || word.contains("://") {
                let sentence = format!("\"{word}\" in `{key}` must be words without a scheme (no `https://`)");
                return Err(self.error(entry.span().start, &sentence));
            }
            let _ = write!(out, "{word:?}, ");
        }
        out.push(']');
        Ok(out)
    }

    fn list<'v, 'd>(&self, value: &'v Entry<'d>, key: &str) -> Result<&'v [Entry<'d>], String> {
        let list = value.get_ref().as_array();
        list.map(|a| &a[..]).ok_or_else(|| self.error(value.span().start, &format!("`{key}` must be a list")))
    }

    fn string(&self, value: &Entry, key: &str) -> Result<String, String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        text.ok_or_else(|| self.error(value.span().start, &format!("`{key}` must be words between double quotes")))
    }

    fn error(&self, at: usize, sentence: &str) -> String {
        let line = self.text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1;
        format!("{}:{line}: {sentence}", self.path)
    }
}
