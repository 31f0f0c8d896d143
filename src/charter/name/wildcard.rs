//! The many ways in which charters write the part of a name that varies, as one: `*`.

/// Bytes beyond which a text is no name. It also bounds the time spent on hostile text.
const LONGEST: usize = 400;

/// What a written name covers: `*` stands for any run of characters.
///
/// `_ga_#`, `_ga_[ID]`, `_ga_<container-id>`, `{site}usr`, `inp_$lang`, `_pk_ses.X.XXXX`, `AMCV_###@AdobeOrg`, `_hj...`,
/// `UUID#[hex]{32}`, `^_hj\w+$`, `_pk_id + number`, and a name cut short after `_` or `-`. A sample value stays as written.
#[must_use]
pub fn pattern_of(name: &str) -> String {
    let name = name.trim();
    if name.len() > LONGEST {
        return name.to_owned();
    }
    let regex = name.starts_with('^') || name.contains("\\w") || name.contains("\\d") || name.contains("[a-z");
    let name = if regex { name.trim_start_matches('^').trim_end_matches('$') } else { name };
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len());
    let mut at = 0;
    while at < letters.len() {
        let width = placeholder(&letters, at, regex);
        if width > 0 {
            // A count after a class: `[0-9]{8}`, `\d+`.
            at += width;
            if regex {
                at += letters[at..].iter().take_while(|c| matches!(c, '+' | '*' | '?')).count();
            }
            if !out.ends_with('*') {
                out.push('*');
            }
        } else {
            if letters[at] != '\\' {
                out.push(letters[at]);
            }
            at += 1;
        }
    }
    let stem = out.trim_end_matches(['_', '-']);
    // `_kuid_` and `__apex_test__` end as they begin; `linkedin_oauth_` was cut short.
    let cut = out.len() - stem.len();
    let lead = out.len() - out.trim_start_matches(['_', '-']).len();
    if cut > 0 && lead != cut && stem.chars().filter(|c| c.is_alphanumeric()).count() >= 2 && !out.contains('*') {
        out.push('*');
    }
    out
}

/// Number of characters at `at` that stand for a part that varies; 0 for none.
fn placeholder(letters: &[char], at: usize, regex: bool) -> usize {
    let rest = &letters[at..];
    let run = rest.iter().take_while(|c| **c == rest[0]).count();
    let before = at.checked_sub(1).map(|at| letters[at]);
    match rest[0] {
        '*' | '#' => run,
        '…' => run,
        '.' if regex && matches!(rest.get(1), Some('*' | '+')) => 2,
        '.' if run >= 3 => run,
        '?' if run >= 2 => run,
        '[' | '{' | '<' | '(' => closed(rest),
        '\\' if matches!(rest.get(1), Some('d' | 'w' | 'S')) => 2,
        '%' => percent(rest),
        '$' => variable(rest),
        ' ' | '+' => added(rest, at),
        'x' | 'X' | 'n' | 'N' | 'y' | 'Y' => run_of_letters(letters, at, run, before),
        _ => 0,
    }
}

/// A bracket that closes.
fn closed(rest: &[char]) -> usize {
    let close = match rest[0] {
        '[' => ']',
        '{' => '}',
        '<' => '>',
        _ => ')',
    };
    let reach = rest.len().min(80);
    rest[..reach].iter().position(|c| *c == close).filter(|at| *at > 1).map_or(0, |at| at + 1)
}

/// `%id%` and `%s`, but not `%40`.
fn percent(rest: &[char]) -> usize {
    let word = rest[1..].iter().take(40).take_while(|c| c.is_alphanumeric() || **c == '_').count();
    match rest.get(word + 1) {
        Some('%') if word > 0 => word + 2,
        _ if matches!(rest.get(1), Some('s' | 'd')) && !rest.get(2).is_some_and(|c| c.is_alphanumeric()) => 2,
        _ => 0,
    }
}

/// `$lang`, `${lang}`. A variable ends before the `_` of the next one, and never in `_`: there a line was wrapped.
fn variable(rest: &[char]) -> usize {
    if rest.get(1) == Some(&'{') {
        return match closed(&rest[1..]) {
            0 => 0,
            width => width + 1,
        };
    }
    let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
    let mut width = 1 + rest[1..].iter().take_while(|c| is_word(c)).count();
    if width == 1 {
        return 0;
    }
    if rest[width - 1] == '_' {
        match rest.get(width) {
            Some('$') => width -= 1,
            Some(' ') => width += 1 + rest[width + 1..].iter().take_while(|c| is_word(c)).count(),
            _ => {}
        }
        if rest[width - 1] == '_' && rest.get(width) == Some(&'$') {
            width -= 1;
        }
    }
    width
}

/// " + variable number", "+number" at the end of a name.
fn added(rest: &[char], at: usize) -> usize {
    let spaces = rest.iter().take_while(|c| c.is_whitespace()).count();
    let words = rest.get(spaces + 1..).unwrap_or_default();
    let plain = words.iter().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '’' | '-'));
    let said = words.iter().any(|c| c.is_alphabetic());
    if at > 1 && rest.get(spaces) == Some(&'+') && plain && said { rest.len() } else { 0 }
}

/// `XXXX`, `nnn`: a run that stands apart, or a long one; a single `X` only beside a longer run.
fn run_of_letters(letters: &[char], at: usize, run: usize, before: Option<char>) -> usize {
    let letter = letters[at];
    let x = matches!(letter, 'x' | 'X');
    let after = letters.get(at + run).copied();
    if before == Some(letter) || at == 0 {
        return 0;
    }
    let apart = !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric);
    let least = match (apart, x) {
        (true, true) => 2,
        (true, false) => 3,
        (false, true) if !before.is_some_and(|c| c.is_alphabetic() && c.is_uppercase() == letter.is_uppercase()) => 3,
        _ => usize::MAX,
    };
    let single = run == 1 && apart && letters.windows(3).any(|three| three.iter().all(|c| matches!(c, 'x' | 'X')));
    if run >= least || single || (x && run >= 5) { run } else { 0 }
}

/// Both ends of an open range: `__utma…__utmz`.
pub(super) fn range(word: &str) -> Option<(&str, &str)> {
    let (first, last) = word.split_once('…').or_else(|| word.split_once("..."))?;
    let last = last.trim_start_matches('.');
    let shared = first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count();
    (shared >= 3 && first.len().abs_diff(last.len()) <= 2).then_some((first, last))
}

/// Dots that stand for the names between two.
pub(super) fn is_ellipsis(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '.' | '…'))
}

/// True when a name ends inside a `$variable`, because its line was wrapped.
pub(super) fn wraps(name: Option<&str>) -> bool {
    name.and_then(|name| name.rsplit_once('$')).is_some_and(|(_, last)| last.len() > 1 && last.ends_with('_'))
}

/// Bytes of a wildcard that continues a name without a space.
pub(super) fn glued_tail(after: &str) -> usize {
    let tail = after.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | '|')).unwrap_or(after.len());
    let tail = after.get(..tail).unwrap_or_default();
    if tail.len() <= 40 && tail.trim_start_matches(['_', '-', '.']).starts_with(['*', '#', '[', '{', '<', '…', '.']) {
        tail.len()
    } else {
        0
    }
}
