//! JavaScript literals read as data: arrays, objects, strings, numbers and the like. Nothing is ever evaluated.
//!
//! What is no literal (a call, a function, a name) becomes `null`; a regular expression becomes `{"regex": …, "flags": …}`,
//! as the probe of the page writes it. Every byte is looked at a bounded number of times, and depth and size are bounded.

use serde_json::{Map, Number, Value};

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 64;
/// Most values that are read.
const MAX_VALUES: usize = 400_000;
/// Most places that are tried for one name.
const MAX_TRIES: usize = 16;

/// The literal at the start of a text. `None` when there is none, or when it is too deep, too large or broken.
pub(crate) fn parse(text: &str) -> Option<Value> {
    let mut reader = Reader { text, bytes: text.as_bytes(), at: 0, values: 0 };
    reader.space();
    reader.value(0)
}

/// The literal given to a name: after `name =`, `name:` or `"name":`. The first place with a literal wins.
pub(crate) fn given_to(text: &str, name: &str) -> Option<Value> {
    starts(text, name).take(MAX_TRIES).find_map(parse).filter(|value| !value.is_null())
}

/// The first argument of a call, when it is a literal: `name("…")`.
pub(crate) fn argument_of(text: &str, name: &str) -> Option<Value> {
    let calls = text.match_indices(name).filter_map(|(at, _)| text[at + name.len()..].trim_start().strip_prefix('('));
    calls.take(MAX_TRIES).find_map(parse).filter(|value| !value.is_null())
}

/// What stands after each `name =` or `name:`.
fn starts<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(name).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        if before.is_some_and(is_name) {
            return None;
        }
        let rest = text[at + name.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix(':'))?;
        (!value.starts_with('=')).then_some(value)
    })
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    values: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }

    /// Passes over white space and comments.
    fn space(&mut self) {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - trimmed.len();
            let end = if trimmed.starts_with("//") {
                trimmed.find('\n').map_or(trimmed.len(), |end| end + 1)
            } else if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
            } else {
                return;
            };
            self.at += end;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            return None;
        }
        let mut value = match self.peek()? {
            b'{' => self.object(depth)?,
            b'[' => self.array(depth)?,
            quote @ (b'"' | b'\'' | b'`') => Value::String(self.string(quote)?),
            b'0'..=b'9' | b'.' | b'-' | b'+' => self.number(),
            b'/' => self.regex()?,
            b'!' => self.not(),
            _ => self.word(),
        };
        if depth == 0 {
            return Some(value);
        }
        loop {
            self.space();
            match (self.peek(), &mut value) {
                (Some(b',' | b']' | b'}') | None, _) => return Some(value),
                (Some(b'+'), Value::String(text)) => {
                    self.at += 1;
                    self.space();
                    match self.peek() {
                        Some(quote @ (b'"' | b'\'' | b'`')) => text.push_str(&self.string(quote)?),
                        _ => value = self.expression(),
                    }
                }
                // An operator, a call, a member: no literal.
                _ => value = self.expression(),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut list = Vec::new();
        loop {
            self.space();
            match self.peek()? {
                b']' => {
                    self.at += 1;
                    return Some(Value::Array(list));
                }
                b',' => {
                    self.at += 1;
                    list.push(Value::Null);
                    continue;
                }
                _ => list.push(self.value(depth + 1)?),
            }
            self.space();
            if !self.take(b',') && self.peek()? != b']' {
                return None;
            }
        }
    }

    fn object(&mut self, depth: usize) -> Option<Value> {
        self.at += 1;
        let mut map = Map::new();
        loop {
            self.space();
            let key = match self.peek()? {
                b'}' => {
                    self.at += 1;
                    return Some(Value::Object(map));
                }
                b',' => {
                    self.at += 1;
                    continue;
                }
                quote @ (b'"' | b'\'') => self.string(quote)?,
                _ => self.name(),
            };
            self.space();
            if !key.is_empty() && self.take(b':') {
                self.space();
                let value = self.value(depth + 1)?;
                map.insert(key, value);
            } else {
                // A method, a getter, a spread, a computed or a short key.
                self.expression();
            }
        }
    }

    fn name(&mut self) -> String {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn string(&mut self, quote: u8) -> Option<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let end = rest.find(|c: char| c == char::from(quote) || matches!(c, '\\' | '$' | '\n'))?;
            out.push_str(&rest[..end]);
            self.at += end;
            match self.peek()? {
                b'\\' => self.escape(&mut out)?,
                b'\n' if quote != b'`' => return None,
                b'$' if quote == b'`' && self.bytes.get(self.at + 1) == Some(&b'{') => {
                    // A template with a hole: what stands in the hole is left out.
                    self.at += 2;
                    self.expression();
                    self.take(b'}');
                }
                byte if byte == quote => {
                    self.at += 1;
                    return Some(out);
                }
                other => {
                    out.push(char::from(other));
                    self.at += 1;
                }
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Option<()> {
        let rest = self.text.get(self.at + 1..)?;
        let escaped = rest.chars().next()?;
        self.at += 1 + escaped.len_utf8();
        match escaped {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' | 'f' | 'v' | '0' | '\n' => {}
            'x' => {
                let code = u32::from(self.hex(2)?);
                out.extend(char::from_u32(code));
            }
            'u' if self.take(b'{') => {
                let rest = self.text.get(self.at..)?;
                let end = rest.get(..8).unwrap_or(rest).find('}')?;
                out.extend(u32::from_str_radix(&rest[..end], 16).ok().and_then(char::from_u32));
                self.at += end + 1;
            }
            'u' => {
                let mut units = vec![self.hex(4)?];
                if (0xd800..0xdc00).contains(&units[0]) && self.text.get(self.at..)?.starts_with("\\u") {
                    self.at += 2;
                    units.push(self.hex(4)?);
                }
                out.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
            }
            other => out.push(other),
        }
        Some(())
    }

    fn hex(&mut self, digits: usize) -> Option<u16> {
        let text = self.text.get(self.at..self.at + digits)?;
        self.at += digits;
        u16::from_str_radix(text, 16).ok()
    }

    fn number(&mut self) -> Value {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let signs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
        let mut end = rest.find(|c| !signs(c)).unwrap_or(rest.len());
        // A sign belongs to the number only at its start and in its exponent.
        let inner = rest.char_indices().skip(1).take_while(|(at, _)| *at < end);
        if let Some((at, _)) = inner
            .into_iter()
            .find(|(at, c)| matches!(c, '+' | '-') && (rest.starts_with("0x") || !rest[..*at].ends_with(['e', 'E'])))
        {
            end = at;
        }
        self.at += end.max(1);
        let text = rest[..end].replace('_', "");
        let whole =
            text.strip_prefix("0x").map(|hex| i64::from_str_radix(hex, 16)).or_else(|| Some(text.parse::<i64>()));
        let whole = whole.and_then(Result::ok).map(Number::from);
        whole.or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64)).map_or(Value::Null, Value::Number)
    }

    /// `!0` and `!1`, as minifiers write true and false.
    fn not(&mut self) -> Value {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let value = if rest.starts_with("!0") {
            true
        } else if rest.starts_with("!1") {
            false
        } else {
            return self.expression();
        };
        self.at += 2;
        Value::Bool(value)
    }

    fn regex(&mut self) -> Option<Value> {
        let start = self.at + 1;
        self.pass_regex();
        let source = self.text.get(start..self.at - 1)?.to_owned();
        let flags = self.name();
        Some(Value::Object(Map::from_iter([("regex".to_owned(), source.into()), ("flags".to_owned(), flags.into())])))
    }

    fn word(&mut self) -> Value {
        let start = self.at;
        let word = self.name();
        match word.as_str() {
            "true" => return Value::Bool(true),
            "false" => return Value::Bool(false),
            "null" | "undefined" | "NaN" | "Infinity" => return Value::Null,
            "new" => {
                self.space();
                if self.name() == "RegExp" && self.take(b'(') {
                    self.space();
                    if let Some(quote @ (b'"' | b'\'')) = self.peek()
                        && let Some(source) = self.string(quote)
                    {
                        // The flags, if any, are passed over with the rest of the call.
                        self.skip_to_closing();
                        return Value::Object(Map::from_iter([("regex".to_owned(), source.into())]));
                    }
                }
            }
            _ => {}
        }
        self.at = self.at.max(start);
        self.expression()
    }

    /// Passes over an expression that is no literal, to the `,` or closing bracket that ends it.
    fn expression(&mut self) -> Value {
        self.skip(false);
        Value::Null
    }

    fn skip_to_closing(&mut self) {
        self.skip(true);
        self.take(b')');
    }

    fn skip(&mut self, past_commas: bool) {
        let mut open = 0usize;
        // A slash after one of these begins a regular expression; after a value it divides.
        let mut value_before = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'(' | b'[' | b'{' => open += 1,
                b')' | b']' | b'}' if open == 0 => return,
                b')' | b']' | b'}' => open -= 1,
                b',' if open == 0 && !past_commas => return,
                b'"' | b'\'' | b'`' => {
                    self.pass_string(byte);
                    value_before = true;
                    continue;
                }
                b'/' => {
                    let before = self.at;
                    self.space();
                    if self.at == before {
                        if value_before {
                            self.at += 1
                        } else {
                            self.pass_regex()
                        }
                        value_before = !value_before;
                    }
                    continue;
                }
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                value_before =
                    byte >= 0x80 || byte.is_ascii_alphanumeric() || matches!(byte, b')' | b']' | b'_' | b'$');
            }
            self.at += 1;
        }
    }

    /// Passes over a string or template without reading it.
    fn pass_string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1 + usize::from(byte == b'\\');
            if byte == quote || (byte == b'\n' && quote != b'`') {
                return;
            }
        }
    }

    /// Passes over a regular expression, its flags left aside.
    fn pass_regex(&mut self) {
        self.at += 1;
        let mut class = false;
        while let Some(byte) = self.peek() {
            self.at += 1 + usize::from(byte == b'\\');
            match byte {
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => return,
                b'\n' => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn literals_become_json() {
        for (text, value) in [
            ("[1, -2.5, .5, 0x1f, 1e3, 1_000]", json!([1, -2.5, 0.5, 31, 1000.0, 1000])),
            ("{a: 'x', \"b-c\": \"y\", 3: `z`, $d: null}", json!({"a": "x", "b-c": "y", "3": "z", "$d": null})),
            ("[!0, !1, true, undefined, void 0]", json!([true, false, true, null, null])),
            (r#"["a\n\x41é\u{1f36a}\"", 'it\'s']"#, json!(["a\nA\u{e9}\u{1f36a}\"", "it's"])),
            (r#"["😀"]"#, json!(["\u{1f600}"])),
            ("['a' + \"b\" + `c`]", json!(["abc"])),
            (
                "[/^_ga(_.*)?$/i, new RegExp('^_pk')]",
                json!([{"regex": "^_ga(_.*)?$", "flags": "i"}, {"regex": "^_pk"}]),
            ),
            ("[1,,2,]", json!([1, null, 2])),
            ("{ // why\n a: 1, /* no */ b: 2 }", json!({"a": 1, "b": 2})),
        ] {
            assert_eq!(parse(text), Some(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_literal_is_null_and_the_rest_is_read() {
        let text = r"{ a: function (x, y) { return [x, '}', /[/}]/g] }, get b() { return 1 }, c(x) { return {} }, d, ...e,
            f: g(1, {h: 2}) / 2, i: `a${b.c({})}d`, j: x => ({ k: x }), l: [m, n.o, 'p'] }";
        assert_eq!(parse(text), Some(json!({"a": null, "f": null, "i": "ad", "j": null, "l": [null, null, "p"]})));
    }

    #[test]
    fn a_name_is_found_where_it_is_given_a_value() {
        let script = "var u='.tableNecessary = no';Dialog.tableNecessary = [['a']];Dialog.tableNecessaryCount = 1;";
        assert_eq!(given_to(script, "Dialog.tableNecessary"), Some(json!([["a"]])));
        assert_eq!(given_to("x._categories:[1],y", "_categories"), Some(json!([1])));
        assert_eq!(given_to(r#"{"_categories" : {}}"#, "_categories"), Some(json!({})));
        assert_eq!(given_to("a == [1]", "a"), None);
        assert_eq!(argument_of("window.D.inject('<p>x</p>');", "D.inject"), Some(json!("<p>x</p>")));
    }

    #[test]
    fn broken_deep_and_large_input_gives_nothing() {
        for text in ["[", "{a", "{a:", "'", "\"\n\"", "['\\", "[1 2", "/", "`${", "[/", "{a:1", "\\u", "['\\u12"] {
            let _ = parse(text);
        }
        assert_eq!(parse(&"[".repeat(100_000)), None);
        assert_eq!(parse(&"[".repeat(60).to_string()), None);
        assert_eq!(parse(&format!("[{}]", "1,".repeat(MAX_VALUES))), None);
    }
}
