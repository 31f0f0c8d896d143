//! Cuts a name cell into pieces at separators, and each piece into words and brackets.

/// What stands between two separators.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token<'a>>,
    /// It stands on a line of its own, below another piece.
    pub own_line: bool,
}

/// A word, or a bracket that is not part of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token<'a> {
    pub text: &'a str,
    /// For a bracket, the words in it.
    pub inside: Option<&'a str>,
    /// Bytes of the piece.
    pub from: usize,
    pub to: usize,
}

/// Longest bracket within a name, in bytes.
const IN_NAME: usize = 80;
/// Longest bracket beside a name, in bytes.
const BESIDE: usize = 400;

/// The pieces of a cell that say something.
pub(super) fn split(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let (mut from, mut at) = (0, 0);
    let mut own_line = false;
    while let Some(letter) = text[at..].chars().next() {
        let next = at + letter.len_utf8();
        if matches!(letter, '\n' | ',' | ';' | '|' | '、' | '،' | '，' | '；') {
            push(&text[from..at], own_line, &mut found);
            own_line = letter == '\n';
            from = next;
            at = next;
        } else {
            at = bracket(text, at, from).map_or(next, |bracket| bracket.end);
        }
    }
    push(&text[from..], own_line, &mut found);
    found
}

fn push<'a>(text: &'a str, own_line: bool, found: &mut Vec<Piece<'a>>) {
    let text = text.trim();
    let tokens = tokens(text);
    if tokens.iter().any(|token| token.text.chars().any(char::is_alphanumeric) || token.text.contains('*')) {
        found.push(Piece { text, tokens, own_line });
    }
}

struct Bracket {
    end: usize,
    /// Part of a name: `_ga_<id>`, `{site}usr`.
    within: bool,
}

/// The bracket that opens at `at`, when it closes. `from` is where the piece begins.
fn bracket(text: &str, at: usize, from: usize) -> Option<Bracket> {
    let open = text[at..].chars().next()?;
    let close = match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        _ => return None,
    };
    let mut reach = (at + BESIDE).min(text.len());
    while !text.is_char_boundary(reach) {
        reach -= 1;
    }
    let inside = &text[at + 1..reach];
    let length = inside.find(close);
    let Some(length) = length else {
        // A round bracket that never closes goes to the end of the line.
        let line = inside.find('\n').unwrap_or(inside.len());
        let apart = text[..at].ends_with(char::is_whitespace) && open == '(';
        return apart.then_some(Bracket { end: at + 1 + line, within: false });
    };
    let end = at + 1 + length + 1;
    let words = &inside[..length];
    let before = text[from..at].chars().next_back().filter(|c| !c.is_whitespace());
    let after = text[end..].chars().next().filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '{'));
    let footnote = words.chars().count() <= 2 && words.chars().all(|c| c.is_ascii_digit() || c == '*');
    let joins = before.is_some_and(|c| matches!(c, '_' | '-' | '.' | '='));
    let within = length < IN_NAME
        && !words.contains('\n')
        && match open {
            '(' => joins && !words.contains(' '),
            '[' => !footnote && (before.is_some() || after.is_some()),
            _ => before.is_some() || after.is_some(),
        };
    Some(Bracket { end, within })
}

/// The words and brackets of a piece.
fn tokens<'a>(piece: &'a str) -> Vec<Token<'a>> {
    let mut found: Vec<Token> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let word = |from: usize, to: usize, found: &mut Vec<Token<'a>>| {
        let text = &piece[from..to];
        if !text.is_empty() {
            found.push(Token { text: &piece[from..to], inside: None, from, to });
        }
    };
    while let Some(letter) = piece[at..].chars().next() {
        let next = at + letter.len_utf8();
        if letter.is_whitespace() {
            word(from, at, &mut found);
            from = next;
            at = next;
            continue;
        }
        match bracket(piece, at, from) {
            Some(bracket) if bracket.within => at = bracket.end,
            Some(bracket) => {
                word(from, at, &mut found);
                let text = &piece[at..bracket.end];
                let inside = &text[letter.len_utf8()..];
                let inside = inside.strip_suffix([')', ']', '}', '>']).unwrap_or(inside);
                found.push(Token { text, inside: Some(inside), from: at, to: bracket.end });
                from = bracket.end;
                at = bracket.end;
            }
            None => at = next,
        }
    }
    word(from, piece.len(), &mut found);
    found
}

/// A word without quotes, footnote signs, and the punctuation of a sentence around it.
pub(super) fn trimmed(word: &str) -> &str {
    let word = word.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '`' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‹' | '›' | '¹' | '²' | '³')
            || matches!(c, '†' | '‡' | '§' | '®' | '™' | '⁴' | '⁵' | '\u{200b}' | '\u{feff}' | '\u{2060}')
    });
    let mut word = word.trim_end_matches([':', ',', ';', '!']);
    // A bracket that opened or closes elsewhere.
    for (open, close) in [('(', ')'), ('[', ']'), ('{', '}')] {
        while word.ends_with(close) && word.matches(close).count() > word.matches(open).count() {
            word = &word[..word.len() - 1];
        }
        while word.starts_with(open) && word.matches(open).count() > word.matches(close).count() {
            word = &word[1..];
        }
    }
    // One full stop ends a sentence; three are a wildcard.
    match word.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') && rest.contains('_') => rest,
        _ => word,
    }
}
