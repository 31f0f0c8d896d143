//! JSON: exact, two spaces deep, the same bytes everywhere.

use std::cmp::Ordering;
use std::io::{Result, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, PrettyFormatter, Serializer};

use super::{ExportError, clean};

/// Longest text in a JSON file, in characters: twice the longest name that a browser stores, so that names stay exact.
const TEXT: usize = 8_192;

/// Any of our types as the JSON text of a file.
///
/// Whole numbers are written without a fraction. Characters that hide or reorder others are written as `\u` escapes, so
/// that the text is exact and still safe to look at. Only texts beyond 8,192 characters are cut, with `…` at the end.
///
/// # Errors
/// When a value has no form in JSON.
pub fn to_json<T: Serialize>(value: &T) -> std::result::Result<String, ExportError> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Careful { pretty: PrettyFormatter::new(), written: 0 });
    value.serialize(&mut serializer).map_err(|e| ExportError::Unwritable(e.to_string()))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(|e| ExportError::Unwritable(e.to_string()))
}

/// The usual layout of `serde_json`, with the rules of [`to_json`] for texts and numbers.
struct Careful {
    pretty: PrettyFormatter<'static>,
    /// Characters written of the text under way.
    written: usize,
}

impl Formatter for Careful {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> Result<()> {
        // Above 2^53 a double no longer holds every whole number.
        if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
            #[allow(clippy::cast_possible_truncation)]
            return self.pretty.write_i64(writer, value as i64);
        }
        self.pretty.write_f64(writer, value)
    }

    fn begin_string<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.written = 0;
        self.pretty.begin_string(writer)
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, escape: CharEscape) -> Result<()> {
        self.written += 1;
        match self.written.cmp(&(TEXT + 1)) {
            Ordering::Less => self.pretty.write_char_escape(writer, escape),
            Ordering::Equal => writer.write_all("…".as_bytes()),
            Ordering::Greater => Ok(()),
        }
    }

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> Result<()> {
        // Where the part that is written as it stands begins.
        let mut plain = 0;
        for (at, c) in fragment.char_indices() {
            self.written += 1;
            if self.written > TEXT {
                writer.write_all(&fragment.as_bytes()[plain..at])?;
                return if self.written == TEXT + 1 { writer.write_all("…".as_bytes()) } else { Ok(()) };
            }
            if clean::hides(c) {
                writer.write_all(&fragment.as_bytes()[plain..at])?;
                plain = at + c.len_utf8();
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
        }
        writer.write_all(&fragment.as_bytes()[plain..])
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.begin_array(writer)
    }
    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.end_array(writer)
    }
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.pretty.begin_array_value(writer, first)
    }
    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.end_array_value(writer)
    }
    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.begin_object(writer)
    }
    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.end_object(writer)
    }
    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.pretty.begin_object_key(writer, first)
    }
    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.begin_object_value(writer)
    }
    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.pretty.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_exact_and_safe_to_look_at() {
        let name = "a\u{202E}b\u{0}\"\u{E0041}é";
        let text = to_json(&[name]).unwrap();
        assert_eq!(text, "[\n  \"a\\u202eb\\u0000\\\"\\udb40\\udc41é\"\n]\n");
        assert_eq!(serde_json::from_str::<Vec<String>>(&text).unwrap(), [name]);
    }

    #[test]
    fn whole_numbers_have_no_fraction() {
        assert_eq!(to_json(&[1.0, -0.0, 0.5, 1e20]).unwrap(), "[\n  1,\n  0,\n  0.5,\n  1e+20\n]\n");
    }

    #[test]
    fn long_texts_end() {
        for c in ["x", "é", "\n", "\u{202E}", "\""] {
            let back = |n: usize| serde_json::from_str::<String>(&to_json(&c.repeat(n)).unwrap()).unwrap();
            assert_eq!(back(8_192), c.repeat(8_192));
            assert_eq!(back(9_000), format!("{}…", c.repeat(8_192)));
        }
        let mixed = serde_json::from_str::<String>(&to_json(&"ab\u{202E}\n".repeat(5_000)).unwrap()).unwrap();
        assert_eq!(mixed, format!("{}…", "ab\u{202E}\n".repeat(2_048)));
    }
}
