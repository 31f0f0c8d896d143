//! A mistake in a data file, said so that the person who edited it can mend it.

use std::fmt;
use std::path::Path;

/// File, line (0 when the whole file is meant) and one plain sentence.
pub struct Problem {
    file: String,
    line: usize,
    sentence: String,
}

impl Problem {
    pub fn new(file: &str, line: usize, sentence: impl Into<String>) -> Self {
        Problem { file: file.to_string(), line, sentence: sentence.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.sentence)
    }
}

/// Reads a data file and tells cargo to look at it again when it changes.
pub fn read(file: &str) -> Result<String, Problem> {
    println!("cargo:rerun-if-changed={file}");
    std::fs::read_to_string(file).map_err(|e| Problem::new(file, 0, format!("cannot be read: {e}")))
}

/// Writes a generated table.
pub fn write(out: &Path, name: &str, content: &[u8]) -> Result<(), Problem> {
    std::fs::write(out.join(name), content).map_err(|e| Problem::new(name, 0, format!("cannot be written: {e}")))
}

/// The line (from 1) on which a byte of a text stands.
pub fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|b| *b == b'\n').count() + 1
}

/// Reads a TOML file into its type; the type must refuse unknown keys.
pub fn parse_toml<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|e| {
        let line = e.span().map_or(0, |span| line_of(text, span.start));
        Problem::new(file, line, e.message().to_string())
    })
}
