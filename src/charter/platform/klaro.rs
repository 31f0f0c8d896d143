//! Klaro: the services of the page's configuration, with purposes and cookies. A cookie is a name, a regular expression, or
//! either with path and domain; a name that begins with `^` is an expression too.

use serde_json::Value;

use super::data::{Data, Look};
use super::notation::Notation;
use super::rows::{Row, Rows};
use super::website::Website;

/// Nothing: the configuration is in the page.
pub(super) fn requests(_: &Website<'_>) -> Vec<String> {
    Vec::new()
}

pub(super) fn read(data: &Data<'_>, rows: &mut Rows<'_>) {
    let language = data.language();
    let hosted = data.object("klaroApiConfigs").as_array().map(Vec::as_slice).unwrap_or_default();
    let own = ["klaroConfig", "klaro.defaultConfig"].into_iter().map(|path| data.object(path)).find(|v| v.is_object());
    for config in own.into_iter().chain(hosted) {
        let services = if config.get("services").is_some() { config.list("services") } else { config.list("apps") };
        let words = Translations { all: config.get("translations").unwrap_or(&Value::Null), language: &language };
        for service in services {
            rows.group();
            let name = service.words("name").unwrap_or_default();
            let purpose = service.list("purposes").first().and_then(Value::as_str).unwrap_or_default();
            let base = Row {
                category_id: purpose,
                category: words
                    .find(&["purposes", purpose, "title"])
                    .or(words.find(&["purposes", purpose]))
                    .unwrap_or_default(),
                service: service.words("title").or(words.find(&[name, "title"])).unwrap_or(name),
                purpose: service.words("description").or(words.find(&[name, "description"])).unwrap_or_default(),
                ..Row::default()
            };
            for cookie in service.list("cookies") {
                add(rows, cookie, base);
            }
        }
    }
}

/// The words of a configuration: in the page's language, then for all languages, then in any.
struct Translations<'a> {
    all: &'a Value,
    language: &'a str,
}

impl<'a> Translations<'a> {
    fn find(&self, path: &[&str]) -> Option<&'a str> {
        let within = |words: &'a Value| path.iter().try_fold(words, |at, key| at.get(key))?.as_str();
        let first = [self.language, "zz"].into_iter().filter_map(|language| self.all.get(language));
        let others = self.all.as_object().into_iter().flat_map(|all| all.values());
        first.chain(others).find_map(within).filter(|words| !words.is_empty())
    }
}

fn add(rows: &mut Rows<'_>, cookie: &Value, base: Row<'_>) {
    let (pattern, domain) = match cookie {
        Value::Array(parts) => (parts.first(), parts.get(2)),
        Value::Object(parts) if parts.contains_key("pattern") => (parts.get("pattern"), parts.get("domain")),
        other => (Some(other), None),
    };
    let hosts = domain.and_then(Value::as_str).unwrap_or_default();
    let (name, notation) = match pattern {
        Some(Value::String(name)) if name.starts_with('^') => (name.as_str(), Notation::Regex),
        Some(Value::String(name)) => (name.as_str(), Notation::Plain),
        Some(other) => (other.words("regex").unwrap_or_default(), Notation::Regex),
        None => return,
    };
    rows.add(Row { name, notation, hosts, ..base });
}
