//! A name cell or a name in running text: which names it declares, and what each covers.

mod pieces;
mod wildcard;

pub use wildcard::pattern_of;

use self::pieces::{Piece, Token};
use super::likeness::{self, Likeness};
use super::{lifetime, service};
use crate::fold::Words;
use crate::lexicon::{self, Kind};
use crate::page::{MarkKind, Text};
use crate::visit::StorageKind;

/// Bytes beyond which a piece without a separator lists no names. It also bounds the time spent on hostile text.
const LONGEST_PIECE: usize = 2000;

/// How likely a text is the name of a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// A host, a product, a sentence.
    No,
    /// One token without any mark of a technical name: a name only where names are expected.
    Possible,
    /// Underscores, mixed case, digits or wildcard marks.
    Yes,
}

/// One name that a cell declares.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredName {
    /// The name as a reader sees it.
    pub name: String,
    /// What it covers: `*` stands for any run of characters.
    pub pattern: String,
    /// Whether it looks like a name at all.
    pub likelihood: Likelihood,
    /// Cookie, local storage and so on, when the cell says so.
    pub kind: Option<StorageKind>,
    /// A host given beside the name.
    pub host: Option<String>,
    /// A service or company given beside the name, in brackets or after it.
    pub note: Option<String>,
    /// Other words in brackets beside the name: a lifetime, a party, a remark.
    pub asides: Vec<String>,
}

/// The names that a cell declares, in order. What stands in code style are the names, when one of them may be one.
///
/// Text that is no name is given too, as [`Likelihood::No`]: the caller sees how much of the cell was understood.
#[must_use]
pub fn names(cell: &Text) -> Vec<DeclaredName> {
    let mut found: Vec<DeclaredName> = Vec::new();
    let mut from = 0;
    for mark in cell.marks.iter().filter(|mark| mark.kind == MarkKind::Code) {
        let (Some(before), Some(code)) = (cell.plain.get(from..mark.start), cell.plain.get(mark.start..mark.end))
        else {
            continue;
        };
        notes_of(before, found.last_mut());
        // `_ga_`*: the wildcard stands outside the code.
        let tail = cell.plain.get(mark.end..).map_or(0, wildcard::glued_tail);
        let end = mark.end + tail;
        found.extend(names_in(if tail == 0 { code } else { &cell.plain[mark.start..end] }));
        from = end;
    }
    if found.iter().any(|name| name.likelihood > Likelihood::No) {
        notes_of(cell.plain.get(from..).unwrap_or_default(), found.last_mut());
        return found;
    }
    let mut found = names_in(&cell.plain);
    if found.iter().all(|name| name.likelihood == Likelihood::No) {
        // A cell that begins with a name and goes on in words.
        let first = cell.plain.split_whitespace().next().unwrap_or_default().trim_end_matches([':', ',', ';']);
        if first.contains('_') && likeness::of_token(first) == Likeness::Strong {
            found = vec![declared(first)];
        }
    }
    found
}

/// The names that the plain text of a cell declares, in order.
#[must_use]
pub fn names_in(text: &str) -> Vec<DeclaredName> {
    let mut found: Vec<DeclaredName> = Vec::new();
    for piece in pieces::split(text) {
        read(&piece, &mut found);
    }
    found
}

/// How likely a text is the name of a cookie.
#[must_use]
pub fn looks_like_cookie_name(text: &str) -> Likelihood {
    match likeness::of_token(text) {
        Likeness::No => Likelihood::No,
        Likeness::Product | Likeness::Word => Likelihood::Possible,
        Likeness::Strong => Likelihood::Yes,
    }
}

fn declared(name: &str) -> DeclaredName {
    let pattern = pattern_of(name);
    DeclaredName {
        name: name.to_owned(),
        likelihood: looks_like_cookie_name(name).max(looks_like_cookie_name(&pattern)),
        pattern,
        kind: None,
        host: None,
        note: None,
        asides: Vec::new(),
    }
}

/// One piece between separators: a name, several, or no name at all.
fn read(piece: &Piece, found: &mut Vec<DeclaredName>) {
    if piece.text.len() > LONGEST_PIECE {
        return found.push(declared(piece.text));
    }
    let before = found.len();
    let mut words: Vec<Token> = Vec::new();
    let mut notes: Vec<&str> = Vec::new();
    for token in &piece.tokens {
        match token.inside {
            Some(inside) => notes.push(inside),
            None => words.push(*token),
        }
    }
    match words[..] {
        [] => {
            // "(Google Analytics)" on a line of its own belongs to the name above.
            notes.iter().for_each(|note| remark(note, found.last_mut()));
            return;
        }
        [only] => one(only.text, piece, found),
        _ if several(&words, piece, found) => {}
        _ => {
            if piece.own_line
                && is_proper(piece.text)
                && let Some(name) = found.last_mut().filter(|name| name.likelihood == Likelihood::Yes)
            {
                return remark(piece.text, Some(name));
            }
            found.push(declared(piece.text));
        }
    }
    if found.len() > before {
        notes.iter().for_each(|note| remark(note, found.last_mut()));
    }
}

/// A piece of one word.
fn one(word: &str, piece: &Piece, found: &mut Vec<DeclaredName>) {
    let word = pieces::trimmed(word);
    if word.is_empty() {
        return;
    }
    if let Some((first, last)) = wildcard::range(word) {
        found.extend([declared(first), declared(last)]);
        return;
    }
    let parts: Vec<&str> = word.split('/').map(pieces::trimmed).collect();
    if parts.len() > 1 && are_names(&parts) {
        found.extend(parts.into_iter().map(declared));
        return;
    }
    let after_a_name = found.last().is_some_and(|name| name.likelihood == Likelihood::Yes);
    if after_a_name && piece.own_line && (service::is_known(word) || likeness::is_host(word)) {
        return remark(word, found.last_mut());
    }
    found.push(declared(word));
}

/// True for `a_b / c`, false for "HTTP/HTTPS" and "n/a": one has the marks of a name, or all are long and written as names.
fn are_names(parts: &[&str]) -> bool {
    let all = |test: &dyn Fn(&str) -> bool| parts.iter().all(|part| test(part));
    let marked = parts.iter().any(|part| part.contains(['_', '*']) && likeness::of_token(part) == Likeness::Strong);
    (marked && all(&|part| likeness::of_token(part) >= Likeness::Product && !likeness::is_host(part)))
        || all(&|part| part.len() >= 6 && likeness::of_token(part) == Likeness::Strong)
}

/// A piece of several words: names beside each other, joined by words, or with a label or a service beside them.
/// False when it is something else, such as a sentence or a product.
fn several(words: &[Token], piece: &Piece, found: &mut Vec<DeclaredName>) -> bool {
    let start = found.len();
    let mut plain: Vec<Token> = Vec::new();
    let mut at = 0;
    let mut joined = false;
    while let Some(token) = words.get(at) {
        let word = pieces::trimmed(token.text);
        at += 1;
        if word.is_empty() {
            continue;
        }
        if matches!(word, "+" | "&" | "/" | "-" | "–" | "—" | "→" | "•" | "·") || wildcard::is_ellipsis(word) {
            if let (Some(name), Some(last)) = (found[start..].last_mut(), words.last())
                && word == "+"
                && is_varying(&piece.text[token.to..last.to])
            {
                // "_pk_id + variable number"
                let from = piece.text.find(name.name.as_str()).unwrap_or_default();
                *name = declared(&piece.text[from..last.to]);
                break;
            }
            joined = true;
            continue;
        }
        if likeness::of_token(word) == Likeness::Strong {
            if !wildcard::wraps(found[start..].last().map(|name| name.name.as_str())) {
                one(word, piece, found);
            } else if let Some(name) = found.last_mut() {
                *name = declared(&format!("{} {word}", name.name));
            }
            joined = false;
        } else if found.len() > start && likeness::is_host(word) {
            remark(word, found.last_mut());
        } else if is_joiner(word) {
            joined = true;
        } else if joined && found.len() > start && words.len() - at < 2 {
            // "_ga and others"
        } else {
            plain.push(*token);
        }
    }
    if found.len() == start {
        return false;
    }
    // Beside other words, capitals and digits are no sign of a name: "Apple ID", "AB Tasty".
    if found.len() - start < words.len() && !found[start..].iter().all(|name| is_marked(&name.name)) {
        found.truncate(start);
        return false;
    }
    let before: Vec<&str> =
        plain.iter().filter(|token| token.to <= first_name(piece, &found[start])).map(|t| t.text).collect();
    let after = plain.get(before.len()..).unwrap_or_default();
    if !(is_label(&before) && after.iter().all(|token| is_beside(token.text))) {
        found.truncate(start);
        return false;
    }
    if let Some(kind) = lexicon::storage(&before.join(" ")) {
        found[start..].iter_mut().for_each(|name| name.kind = Some(kind));
    }
    if let (Some(first), Some(last)) = (after.first(), after.last()) {
        remark(&piece.text[first.from..last.to], found.last_mut());
    }
    true
}

/// Written as no company and no word is: with `_`, a wildcard, in long capitals, or in humps after a small letter.
fn is_marked(name: &str) -> bool {
    name.contains(['_', '*', '#', '{', '[', '<', '…', '$'])
        || (name.len() >= 5 && !name.contains(|c: char| c.is_lowercase()))
        || (name.starts_with(|c: char| c.is_lowercase())
            && name.contains(|c: char| c.is_uppercase() || matches!(c, '-' | '.')))
        || name.starts_with('.')
}

fn first_name(piece: &Piece, name: &DeclaredName) -> usize {
    piece.text.find(name.name.as_str()).unwrap_or_default()
}

/// "Cookie", "Name:", "Local storage key", "Google Analytics": words that may stand before a name.
fn is_label(before: &[&str]) -> bool {
    let text = before.join(" ");
    before.is_empty()
        || lexicon::storage(&text).is_some()
        || before.iter().all(|word| is_beside(word))
        || (before.len() <= 4 && lexicon::is_name_header(text.trim_end_matches(':')))
}

/// Words that may stand beside a name: with a capital, or "cookie", "pixel" and the like.
fn is_beside(word: &str) -> bool {
    let known = |kind| matches!(kind, Kind::Cookie | Kind::Storage(_));
    word.chars().find(|c| c.is_alphanumeric()).is_none_or(char::is_uppercase)
        || !lexicon::hits(&Words::of(word), known).is_empty()
}

/// Two to five words with capitals, as companies and services are called.
fn is_proper(text: &str) -> bool {
    let count = text.split_whitespace().count();
    (2..=5).contains(&count) && text.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase))
}

fn is_joiner(word: &str) -> bool {
    let words = Words::of(word);
    words.len() <= 2 && lexicon::hits(&words, |kind| kind == Kind::Joiner).iter().any(|hit| hit.end == words.len())
}

/// "variable number", "ID of the site": words for a part of a name that varies.
fn is_varying(text: &str) -> bool {
    let words = Words::of(text);
    (1..=6).contains(&words.len())
        && !text.contains('_')
        && !lexicon::hits(&words, |kind| kind == Kind::Varying).is_empty()
}

/// Reads what stands between code marks: only what is in brackets is about the name before.
fn notes_of(text: &str, mut name: Option<&mut DeclaredName>) {
    if text.len() < 3 {
        return;
    }
    for piece in pieces::split(text) {
        for inside in piece.tokens.iter().filter_map(|token| token.inside) {
            remark(inside, name.as_deref_mut());
        }
    }
}

/// Files what is said beside a name: its storage, its host, a service; footnotes and counts are dropped.
fn remark(words: &str, name: Option<&mut DeclaredName>) {
    let Some(name) = name else { return };
    let words = words.trim().trim_matches(['*', '"', '“', '”', '«', '»']).trim();
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 {
        return;
    }
    if likeness::is_host(words) {
        name.host.get_or_insert_with(|| words.trim_start_matches("*.").trim_start_matches('.').to_owned());
        return;
    }
    let kind = lexicon::storage(words);
    name.kind = name.kind.or(kind);
    let told = kind.is_some() || lifetime::parse(words).is_lifetime() || lexicon::party(words).is_some();
    let count = words.split_whitespace().count();
    let capital = words.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let known = service::is_known(words);
    if name.note.is_none() && (known || (!told && capital && count <= 5 && !speaks(words))) {
        name.note = Some(words.to_owned());
    } else {
        name.asides.push(words.to_owned());
    }
}

/// True when the words are of the lexicon and so hardly the name of a company.
fn speaks(words: &str) -> bool {
    let words = Words::of(words);
    let known = |kind| matches!(kind, Kind::Cookie | Kind::Category(_) | Kind::Negation | Kind::Column(_));
    lexicon::hits(&words, known).iter().map(|hit| hit.end - hit.start).max().is_some_and(|said| 2 * said >= words.len())
}

#[cfg(test)]
mod tests;
