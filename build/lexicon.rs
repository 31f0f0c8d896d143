//! Turns `data/lexicon/*.toml` into sorted tables. A mistake stops the build with file, line and a plain sentence.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fold::fold;

/// Keys of a language file, and what their words mean in `src/lexicon/mod.rs`. Words clash only within one table.
const KEYS: &[(&str, &str)] = &[
    ("cookie", "Kind::Cookie"),
    ("negation", "Kind::Negation"),
    ("negation_after", "Kind::NegationAfter"),
    ("joiner", "Kind::Joiner"),
    ("varying", "Kind::Varying"),
    ("aim", "Kind::Aim"),
    ("by", "Kind::By"),
    ("only", "Kind::Only"),
    ("function_words", "Kind::Function"),
    ("header.name", "Kind::Column(Column::Name)"),
    ("header.provider", "Kind::Column(Column::Provider)"),
    ("header.purpose", "Kind::Column(Column::Purpose)"),
    ("header.category", "Kind::Column(Column::Category)"),
    ("header.type_any", "Kind::Column(Column::TypeAny)"),
    ("header.lifetime", "Kind::Column(Column::Lifetime)"),
    ("header.party", "Kind::Column(Column::Party)"),
    ("header.host", "Kind::Column(Column::Host)"),
    ("header.service", "Kind::Column(Column::Service)"),
    ("header.value", "Kind::Column(Column::Value)"),
    ("header.legal_basis", "Kind::Column(Column::LegalBasis)"),
    ("header.storage", "Kind::Column(Column::Storage)"),
    ("header.other", "Kind::Column(Column::Other)"),
    ("category.necessary", "Kind::Category(Category::Necessary)"),
    ("category.security", "Kind::Category(Category::Security)"),
    ("category.preferences", "Kind::Category(Category::Preferences)"),
    ("category.statistics", "Kind::Category(Category::Statistics)"),
    ("category.personalisation", "Kind::Category(Category::Personalisation)"),
    ("category.advertising", "Kind::Category(Category::Advertising)"),
    ("category.social_embed", "Kind::Category(Category::SocialEmbed)"),
    ("category.unclassified", "Kind::Category(Category::Unclassified)"),
    ("party.first", "Kind::Party(Party::First)"),
    ("party.third", "Kind::Party(Party::Third)"),
    ("storage.cookie", "Kind::Storage(StorageKind::Cookie)"),
    ("storage.local_storage", "Kind::Storage(StorageKind::LocalStorage)"),
    ("storage.session_storage", "Kind::Storage(StorageKind::SessionStorage)"),
    ("storage.indexed_db", "Kind::Storage(StorageKind::IndexedDb)"),
    ("storage.pixel", "Kind::Storage(StorageKind::Pixel)"),
    ("storage.other", "Kind::Storage(StorageKind::Other)"),
    ("duration.second", "Kind::Unit(Unit::Second)"),
    ("duration.minute", "Kind::Unit(Unit::Minute)"),
    ("duration.hour", "Kind::Unit(Unit::Hour)"),
    ("duration.day", "Kind::Unit(Unit::Day)"),
    ("duration.week", "Kind::Unit(Unit::Week)"),
    ("duration.month", "Kind::Unit(Unit::Month)"),
    ("duration.year", "Kind::Unit(Unit::Year)"),
    ("duration.session", "Kind::Span(Span::Session)"),
    ("duration.persistent", "Kind::Span(Span::Persistent)"),
    ("duration.until_deleted", "Kind::Span(Span::UntilDeleted)"),
    ("duration.never", "Kind::Span(Span::Never)"),
    ("duration.up_to", "Kind::Span(Span::UpTo)"),
    ("duration.less_than", "Kind::Span(Span::LessThan)"),
    ("duration.from_visit", "Kind::Span(Span::FromVisit)"),
    ("duration.between", "Kind::Span(Span::Between)"),
    ("duration.range", "Kind::Span(Span::Range)"),
    ("duration.unvalued", "Kind::Span(Span::Unvalued)"),
    ("duration.condition", "Kind::Span(Span::Condition)"),
    ("link.text", "Kind::Link(Link::Charter)"),
    ("link.settings", "Kind::Link(Link::Settings)"),
    ("link.privacy", "Kind::Link(Link::Privacy)"),
    ("link.legal", "Kind::Link(Link::Legal)"),
    ("link.cookie", "Kind::LinkPart(LinkPart::Cookie)"),
    ("link.about", "Kind::LinkPart(LinkPart::About)"),
    ("link.choose", "Kind::LinkPart(LinkPart::Choose)"),
    ("link.small", "Kind::LinkPart(LinkPart::Small)"),
    ("link.slug", "Kind::Slug(Link::Charter)"),
    ("link.privacy_slug", "Kind::Slug(Link::Privacy)"),
    ("link.legal_slug", "Kind::Slug(Link::Legal)"),
    ("link.usual_address", "Kind::UsualAddress"),
    ("hint.necessary", "Kind::Hint(Hint::Purpose(Category::Necessary))"),
    ("hint.security", "Kind::Hint(Hint::Purpose(Category::Security))"),
    ("hint.preferences", "Kind::Hint(Hint::Purpose(Category::Preferences))"),
    ("hint.statistics", "Kind::Hint(Hint::Purpose(Category::Statistics))"),
    ("hint.personalisation", "Kind::Hint(Hint::Purpose(Category::Personalisation))"),
    ("hint.advertising", "Kind::Hint(Hint::Purpose(Category::Advertising))"),
    ("hint.social_embed", "Kind::Hint(Hint::Purpose(Category::SocialEmbed))"),
    ("hint.consent", "Kind::Hint(Hint::Consent)"),
    ("hint.anonymous", "Kind::Hint(Hint::Anonymous)"),
    ("hint.vague", "Kind::Hint(Hint::Vague)"),
    ("claim.consent", "Kind::Claim(Claim::Consent)"),
    ("claim.need", "Kind::Claim(Claim::Need)"),
    ("claim.exempt", "Kind::Claim(Claim::Exempt)"),
    ("claim.refuse", "Kind::Claim(Claim::Refuse)"),
    ("claim.updated", "Kind::Claim(Claim::Updated)"),
];

/// Numbers that a language file may spell out, besides `half`.
const LARGEST_NUMBER: u16 = 999;

/// What a language file says, checked.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// Code and own name of each language, in the order of their codes; `global` is not one of them.
    pub languages: Vec<(String, String)>,
    /// Folded term to its meanings: Rust expression of the kind, and language (its place, or 255 for all).
    pub terms: BTreeMap<String, Vec<(String, u8)>>,
    /// Examples, as Rust expressions of the type `Example`.
    pub examples: Vec<String>,
}

/// Reads every file of the folder and writes `lexicon.rs` and `lexicon_examples.rs` into `out`.
pub fn build(folder: &Path, out: &Path) -> Result<(), String> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: cannot be listed: {e}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| format!("{}: cannot be listed: {e}", folder.display()))?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            let text = fs::read_to_string(&path).map_err(|e| format!("{}: cannot be read: {e}", path.display()))?;
            files.push((path.display().to_string(), text));
        }
    }
    files.sort();
    let lexicon = read(&files)?;
    let write = |name: &str, text: String| {
        fs::write(out.join(name), text).map_err(|e| format!("{}: cannot be written: {e}", out.join(name).display()))
    };
    write("lexicon.rs", tables(&lexicon))?;
    write("lexicon_examples.rs", format!("[\n{}]\n", lexicon.examples.concat()))
}

/// Reads language files, given as path and text.
pub fn read(files: &[(String, String)]) -> Result<Lexicon, String> {
    let mut lexicon = Lexicon::default();
    for (path, text) in files {
        File { path, text }.read(&mut lexicon)?;
    }
    Ok(lexicon)
}

struct File<'a> {
    path: &'a str,
    text: &'a str,
}

type Entry<'a> = Spanned<DeValue<'a>>;

impl File<'_> {
    fn read(&self, lexicon: &mut Lexicon) -> Result<(), String> {
        let table = DeTable::parse(self.text)
            .map_err(|e| self.error(e.span().map_or(0, |s| s.start), &format!("this is not TOML: {}", e.message())))?;
        let code = Path::new(self.path).file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        let language = if code == "global" { 255 } else { lexicon.languages.len() as u8 };
        let mut name = None;
        // Folded word to where it was first given, within one table of the file.
        let mut seen: BTreeMap<(String, String), (String, usize)> = BTreeMap::new();
        for (key, value) in table.get_ref() {
            let at = key.span().start;
            match key.get_ref().as_ref() {
                "name" => name = Some(self.string(value, "name")?),
                "example" => {
                    for one in self.array(value, "example")? {
                        lexicon.examples.push(self.example(one, &code)?);
                    }
                }
                "number" => {
                    for (word, list) in self.table(value, "number")? {
                        let kind = self.number(word.get_ref(), word.span().start)?;
                        self.words(list, &format!("number.{}", word.get_ref()), &kind, language, &mut seen, lexicon)?;
                    }
                }
                top => match KEYS.iter().find(|(known, _)| *known == top) {
                    Some((_, kind)) => self.words(value, top, kind, language, &mut seen, lexicon)?,
                    None if KEYS.iter().any(|(known, _)| known.starts_with(&format!("{top}."))) => {
                        for (sub, list) in self.table(value, top)? {
                            let full = format!("{top}.{}", sub.get_ref());
                            let Some((_, kind)) = KEYS.iter().find(|(known, _)| *known == full) else {
                                return Err(self.error(sub.span().start, &unknown(&full)));
                            };
                            self.words(list, &full, kind, language, &mut seen, lexicon)?;
                        }
                    }
                    None => return Err(self.error(at, &unknown(top))),
                },
            }
        }
        if language != 255 {
            let name = name.ok_or_else(|| self.error(0, "the key `name`, the language's own name, is missing"))?;
            lexicon.languages.push((code, name));
        }
        Ok(())
    }

    /// The words of one key.
    fn words(
        &self,
        value: &Entry,
        key: &str,
        kind: &str,
        language: u8,
        seen: &mut BTreeMap<(String, String), (String, usize)>,
        lexicon: &mut Lexicon,
    ) -> Result<(), String> {
        let list = self.array(value, key)?;
        if list.is_empty() {
            return Err(self.error(value.span().start, &format!("the list of `{key}` is empty; remove the key")));
        }
        // The words of a link and those of an address are looked up apart.
        let table = match key {
            "link.usual_address" => key,
            _ if key.ends_with("slug") => "slug",
            _ => key.split('.').next().unwrap_or(key),
        };
        let table = table.to_owned();
        for entry in list {
            let at = entry.span().start;
            let word = self.string(entry, key)?;
            let term = term(&word);
            if term.is_empty() || term == "~" {
                return Err(self.error(at, &format!("\"{word}\" in `{key}` has no letter and no digit")));
            }
            if let Some(short) = term.split(' ').find(|w| w.ends_with('~') && w.len() < 4) {
                return Err(self.error(at, &format!("the stem \"{short}\" in `{key}` is too short; give 3 letters")));
            }
            let line = self.line(at);
            match seen.get(&(table.clone(), term.clone())) {
                Some((other, _)) if other == key => continue,
                Some((other, first)) => {
                    let help =
                        if table == "header" { "; a head that may mean both belongs in `header.type_any`" } else { "" };
                    let sentence = format!("\"{word}\" is in `{key}` and, on line {first}, in `{other}`{help}");
                    return Err(self.error(at, &sentence));
                }
                None => seen.insert((table.clone(), term.clone()), (key.to_owned(), line)),
            };
            lexicon.terms.entry(term).or_default().push((kind.to_owned(), language));
        }
        Ok(())
    }

    fn number(&self, key: &str, at: usize) -> Result<String, String> {
        if key == "half" {
            return Ok("Kind::Half".to_owned());
        }
        match key.parse::<u16>() {
            Ok(number) if number <= LARGEST_NUMBER => Ok(format!("Kind::Number({number})")),
            _ => {
                Err(self.error(at, &format!("`number.{key}`: the key must be `half` or a number to {LARGEST_NUMBER}")))
            }
        }
    }

    /// One example as a Rust expression: what is given, and what it must be read as.
    fn example(&self, value: &Entry, code: &str) -> Result<String, String> {
        const GIVEN: &[&str] =
            &["lifetime", "header", "category", "party", "storage", "link", "slug", "purpose", "text"];
        let at = value.span().start;
        let (mut given, mut is) = (None, None);
        for (key, value) in self.table(value, "example")? {
            match key.get_ref().as_ref() {
                "is" => is = Some(self.string(value, "is")?),
                key if GIVEN.contains(&key) => given = Some((key.to_owned(), self.string(value, key)?)),
                other => return Err(self.error(key.span().start, &unknown(&format!("example.{other}")))),
            }
        }
        let (kind, text) =
            given.ok_or_else(|| self.error(at, &format!("an example gives one of {}", GIVEN.join(", "))))?;
        let is = is.ok_or_else(|| self.error(at, "an example says what it `is`"))?;
        let place = format!("{}:{}", self.path, self.line(at));
        Ok(format!("({kind:?}, {text:?}, {is:?}, {code:?}, {place:?}),\n"))
    }

    fn table<'v, 'd>(&self, value: &'v Entry<'d>, key: &str) -> Result<&'v DeTable<'d>, String> {
        value.get_ref().as_table().ok_or_else(|| self.error(value.span().start, &format!("`{key}` must hold keys")))
    }

    fn array<'v, 'd>(&self, value: &'v Entry<'d>, key: &str) -> Result<&'v [Entry<'d>], String> {
        let list = value.get_ref().as_array();
        list.map(|a| &a[..]).ok_or_else(|| self.error(value.span().start, &format!("`{key}` must be a list")))
    }

    fn string(&self, value: &Entry, key: &str) -> Result<String, String> {
        let text = value.get_ref().as_str().map(str::to_owned);
        text.ok_or_else(|| self.error(value.span().start, &format!("`{key}` must be words between double quotes")))
    }

    fn line(&self, at: usize) -> usize {
        self.text.as_bytes().iter().take(at).filter(|b| **b == b'\n').count() + 1
    }

    fn error(&self, at: usize, sentence: &str) -> String {
        format!("{}:{}: {sentence}", self.path, self.line(at))
    }
}

fn unknown(key: &str) -> String {
    format!("the key `{key}` is not known; the keys are listed at the top of build/lexicon.rs")
}

/// A word of a data file as it is looked up: folded, `~` kept at the end of stems.
fn term(word: &str) -> String {
    let parts: Vec<String> = word
        .split_inclusive('~')
        .map(|part| match part.strip_suffix('~') {
            Some(stem) => format!("{}~", fold(stem)),
            None => fold(part),
        })
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(" ")
}

/// The tables as Rust source.
fn tables(lexicon: &Lexicon) -> String {
    let mut out = String::from("// Written by build/lexicon.rs from data/lexicon.\n");
    let codes: Vec<String> = lexicon.languages.iter().map(|(code, _)| format!("{code:?}")).collect();
    let names: Vec<String> = lexicon.languages.iter().map(|(_, name)| format!("{name:?}")).collect();
    let _ = writeln!(out, "static CODES: [&str; {}] = [{}];", codes.len(), codes.join(", "));
    let _ = writeln!(out, "static NAMES: [&str; {}] = [{}];", names.len(), names.join(", "));
    let (stems, plain): (Vec<_>, Vec<_>) = lexicon.terms.iter().partition(|(term, _)| term.contains('~'));
    let kinds: BTreeSet<&str> = lexicon.terms.values().flatten().map(|(kind, _)| kind.as_str()).collect();
    let kinds: Vec<&str> = kinds.into_iter().collect();
    let _ = writeln!(out, "/// Every kind that occurs.\nstatic KINDS: &[Kind] = &[{}];", kinds.join(", "));
    out.push_str(&table("PLAIN", &plain, &kinds));
    out.push_str(&table("STEMS", &stems, &kinds));
    out
}

/// A table by columns: lists of small numbers take a third of the bytes of a list of meanings.
fn table(name: &str, terms: &[(&String, &Vec<(String, u8)>)], all: &[&str]) -> String {
    let lines: Vec<&str> = terms.iter().map(|(term, _)| term.as_str()).collect();
    let counts: Vec<usize> = terms.iter().map(|(_, meanings)| meanings.len()).collect();
    let meanings = || terms.iter().flat_map(|(_, meanings)| meanings.iter());
    let kinds: Vec<usize> = meanings().filter_map(|(kind, _)| all.binary_search(&kind.as_str()).ok()).collect();
    let languages: Vec<u8> = meanings().map(|(_, language)| *language).collect();
    let number = if all.len() <= 256 { "u8" } else { "u16" };
    format!(
        "static {name}: LazyLock<Table> =\n LazyLock::new(|| Table::new::<{number}>({:?},\n &{counts:?},\n &{kinds:?},\n &{languages:?}));\n",
        lines.join("\n"),
    )
}
