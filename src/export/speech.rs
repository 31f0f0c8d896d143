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

    /// The message of a key with its `{placeholders}` filled, or nothing when there is no such message.
    pub fn fill(self, key: &str, values: &BTreeMap<String, String>) -> Option<String> {
        Some(filled(self.0.get(key)?, |name| values.get(name).map(|v| clean::line(v, clean::WORDS))))
    }

    /// The message of a key with one placeholder filled.
    pub fn with(self, key: &str, name: &str, value: &str) -> String {
        filled(self.say(key), |asked| (asked == name).then(|| value.to_owned()))
    }

    /// What a finding says, and the explanation that goes with it.
    pub fn finding(self, finding: &Finding) -> (String, Option<String>) {
        let key = format!("rule_{}", finding.rule.replace('-', "_"));
        let said = self.fill(&key, &finding.values).or_else(|| self.fill(&format!("{key}_other"), &finding.values));
        (
            said.unwrap_or_else(|| clean::line(&finding.rule, clean::NAME)),
            self.fill(&format!("{key}_more"), &finding.values),
        )
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
        assert_eq!(Speech(&words).fill("k", &values).as_deref(), Some("{b} and {a}, {c} {"));
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
