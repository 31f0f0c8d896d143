//! The words of one language, as the exporters ask for them.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Words, clean};
use crate::charter::{Lifetime, LifetimeWord};
use crate::report::Finding;

/// The words files give the sentence for a key; a missing key is shown as itself.
#[derive(Clone, Copy)]
pub(super) struct Speech<'a>(pub &'a Words);

impl<'a> Speech<'a> {
    /// The message of a key.
    pub fn say<'k>(self, key: &'k str) -> &'k str
    where
        'a: 'k,
    {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The message of a key, owned.
    pub fn text(self, key: &str) -> String {
        self.say(key).to_owned()
    }

    /// The message of `prefix` and an identifier, such as `verdict_` and `not_declared`.
    pub fn of(self, prefix: &str, id: &str) -> String {
        let key = format!("{prefix}{id}");
        self.0.get(&key).cloned().unwrap_or(key)
    }

    /// The message of `prefix` and the identifier that a value has in JSON.
    pub fn id<T: Serialize>(self, prefix: &str, value: &T) -> String {
        self.of(prefix, &id(value))
    }

    /// The message of a key with its values, or nothing when there is no such message.
    ///
    /// A value named `count` chooses the plural form (`key_one`, `key_other`, …); one whose name ends in `_seconds` is
    /// shown as a duration.
    pub fn sentence(self, key: &str, values: &BTreeMap<String, String>) -> Option<String> {
        let form = || {
            let count = values.get("count").and_then(|count| count.parse().ok()).unwrap_or(0);
            let form = plural(self.say("export_language"), count);
            self.0.get(&format!("{key}_{form}")).or_else(|| self.0.get(&format!("{key}_other")))
        };
        Some(filled(self.0.get(key).or_else(form)?, |name| {
            let value = values.get(name)?;
            match value.parse::<f64>() {
                Ok(seconds) if name.ends_with("_seconds") && seconds.is_finite() => Some(self.seconds(seconds)),
                _ => Some(clean::line(value, clean::WORDS)),
            }
        }))
    }

    /// The message of a key with one placeholder filled.
    pub fn with(self, key: &str, name: &str, value: &str) -> String {
        filled(self.say(key), |asked| (asked == name).then(|| value.to_owned()))
    }

    /// A label and its value, as the language joins them.
    pub fn pair(self, label: &str, value: &str) -> String {
        filled(self.0.get("export_pair").map_or("{label}: {value}", String::as_str), |asked| match asked {
            "label" => Some(label.to_owned()),
            "value" => Some(value.to_owned()),
            _ => None,
        })
    }

    /// What a finding says, and the explanation that goes with it.
    pub fn finding(self, finding: &Finding) -> (String, Option<String>) {
        let key = format!("rule_{}", finding.rule.replace('-', "_"));
        let said = self.sentence(&key, &finding.values);
        let more = self.sentence(&format!("{key}_more"), &finding.values);
        (said.unwrap_or_else(|| clean::line(&finding.rule, clean::NAME)), more)
    }

    /// A lifetime in the largest unit that keeps its first two digits.
    pub fn lifetime(self, lifetime: Lifetime) -> String {
        match lifetime {
            Lifetime::Word(LifetimeWord::Session) => self.text("export_session"),
            Lifetime::Word(LifetimeWord::Persistent) => self.text("export_persistent"),
            Lifetime::Seconds(seconds) => self.seconds(seconds),
        }
    }

    /// A number of seconds in words. The units are abbreviations, which have no plural.
    pub fn seconds(self, seconds: f64) -> String {
        let (key, unit) = match seconds.max(0.0) {
            s if s >= 2.0 * 86_400.0 => ("export_days", 86_400.0),
            s if s >= 2.0 * 3_600.0 => ("export_hours", 3_600.0),
            s if s >= 120.0 => ("export_minutes", 60.0),
            _ => ("export_seconds", 1.0),
        };
        self.with(key, "n", &format!("{:.0}", (seconds.max(0.0) / unit).round()))
    }

    /// `yes` or `no`.
    pub fn yes(self, value: bool) -> &'a str {
        self.say(if value { "export_yes" } else { "export_no" })
    }
}

/// The plural form of a whole number: Unicode CLDR, "Language Plural Rules", cardinal, for the languages with a words file.
fn plural(language: &str, n: u64) -> &'static str {
    match language {
        "fr" | "pt" if n <= 1 => "one",
        "pl" if n != 1 && (2..=4).contains(&(n % 10)) && !(12..=14).contains(&(n % 100)) => "few",
        "pl" if n != 1 => "many",
        _ if n == 1 => "one",
        _ => "other",
    }
}

/// The identifier that a value without fields has in JSON, such as `not_declared`.
pub(super) fn id<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(id)) => id,
        _ => String::new(),
    }
}

/// Replaces each `{name}` once; what is put in is never looked at again, and an unknown name stays as it is.
fn filled(message: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        match after.split_once('}').and_then(|(name, then)| Some((value(name)?, then))) {
            Some((value, then)) => {
                out.push_str(&value);
                rest = then;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pairs: &[(&str, &str)]) -> Words {
        pairs.iter().map(|(key, message)| ((*key).to_owned(), (*message).to_owned())).collect()
    }

    #[test]
    fn what_is_put_in_is_not_read_as_a_placeholder() {
        let words = words(&[("k", "{a} and {b}, {c} {")]);
        let values = [("a", "{b}"), ("b", "{a}")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
        assert_eq!(Speech(&words).sentence("k", &values).as_deref(), Some("{b} and {a}, {c} {"));
    }

    #[test]
    fn values_choose_the_plural_and_durations_are_said() {
        let say = |language: &str, count: &str| {
            let forms = ["one", "few", "many", "other"]
                .map(|form| (format!("k_{form}"), format!("{form} {{count}} {{left_seconds}}")));
            let mut words: Words = forms.into();
            words.insert("export_language".into(), language.into());
            words.insert("export_hours".into(), "{n} h".into());
            let values =
                [("count", count), ("left_seconds", "10800")].map(|(k, v)| (k.to_owned(), v.to_owned())).into();
            Speech(&words).sentence("k", &values).unwrap()
        };
        assert_eq!((say("en", "1"), say("en", "0")), ("one 1 3 h".into(), "other 0 3 h".into()));
        assert_eq!((say("fr", "0"), say("fr", "2")), ("one 0 3 h".into(), "other 2 3 h".into()));
        assert_eq!(
            [say("pl", "1"), say("pl", "3"), say("pl", "13"), say("pl", "22")],
            ["one 1 3 h", "few 3 3 h", "many 13 3 h", "few 22 3 h"]
        );
    }

    #[test]
    fn lifetimes_are_short_and_rounded() {
        let words = words(&[
            ("export_days", "{n} d"),
            ("export_hours", "{n} h"),
            ("export_minutes", "{n} min"),
            ("export_seconds", "{n} s"),
        ]);
        let say = |seconds| Speech(&words).seconds(seconds);
        assert_eq!(say(33_955_199.6), "393 d");
        assert_eq!(say(86_400.0), "24 h");
        assert_eq!(say(7_199.0), "120 min");
        assert_eq!(say(90.0), "90 s");
        assert_eq!((say(-5.0), say(f64::NAN)), ("0 s".into(), "0 s".into()));
    }

    #[test]
    fn a_missing_word_is_shown_as_its_key() {
        assert_eq!(Speech(&Words::new()).say("export_name"), "export_name");
        assert_eq!(Speech(&Words::new()).id("verdict_", &crate::report::Verdict::NotDeclared), "verdict_not_declared");
    }
}
