//! White space and invisible characters, cleaned as a browser shows them, while words are gathered with their marks.

use super::{Mark, MarkKind, Text};

/// What a character is for reading.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Shown.
    Shown,
    /// Any white space, no-break spaces included.
    Space,
    /// Never shown: soft hyphen, zero-width, bidi control, control character.
    Hidden,
}

/// The class of a character.
pub(super) fn class(c: char) -> Class {
    match c {
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ' => Class::Space,
        '!'..='~' => Class::Shown,
        '\0'..='\u{9f}' => Class::Hidden,
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Class::Space,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {
            Class::Hidden
        }
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => Class::Hidden,
        _ => Class::Shown,
    }
}

/// A string with its white space folded and its invisible characters removed.
pub(super) fn clean(text: &str) -> String {
    let mut words = Words::default();
    words.push(text);
    words.take().plain
}

#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
}

/// Gathers words into a [`Text`].
#[derive(Default)]
pub(super) struct Words {
    text: Text,
    gap: Gap,
    /// Marks that are open, outermost first, with their first byte once something was written. One within another of its
    /// kind, or a link that was already told, has no kind.
    open: Vec<(Option<MarkKind>, Option<usize>)>,
    /// How many of the last open marks have no first byte yet.
    fresh: usize,
}

impl Words {
    /// Nothing shown yet?
    pub fn is_empty(&self) -> bool {
        self.text.plain.is_empty()
    }

    /// Adds text of the document, folding its white space.
    pub fn push(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut from = 0;
        while from < bytes.len() {
            // Words with single spaces between them, the common case, in one go.
            let mut end = from;
            while let Some(b'!'..=b'~') = bytes.get(end) {
                end += 1;
                if let (Some(b' '), Some(b'!'..=b'~')) = (bytes.get(end), bytes.get(end + 1)) {
                    end += 2;
                }
            }
            if end > from {
                self.begin();
                self.text.plain.push_str(&text[from..end]);
                from = end;
                continue;
            }
            let Some(c) = text[from..].chars().next() else { break };
            match class(c) {
                Class::Shown => {
                    self.begin();
                    self.text.plain.push(c);
                }
                Class::Space => self.gap = self.gap.max(Gap::Space),
                Class::Hidden => {}
            }
            from += c.len_utf8();
        }
    }

    /// White space stands here, whatever the text says.
    pub fn space(&mut self) {
        self.gap = self.gap.max(Gap::Space);
    }

    /// A line ends here.
    pub fn line(&mut self) {
        self.gap = Gap::Line;
    }

    /// True when a line just ended and nothing was written since.
    pub fn at_line_start(&self) -> bool {
        self.gap == Gap::Line || self.is_empty()
    }

    /// Opens a mark; it begins at the next character shown.
    pub fn open(&mut self, kind: MarkKind) {
        let within = self.open.iter().any(|(open, _)| open.as_ref() == Some(&kind));
        self.open.push(((!within).then_some(kind), None));
        self.fresh += 1;
    }

    /// Closes the mark opened last and tells what it covers.
    pub fn close(&mut self) -> &str {
        let end = self.text.plain.len();
        match self.open.pop() {
            Some((kind, Some(start))) => {
                self.text.marks.extend(kind.map(|kind| Mark { kind, start, end }));
                &self.text.plain[start..end]
            }
            Some((_, None)) => {
                self.fresh -= 1;
                ""
            }
            None => "",
        }
    }

    /// Hands over what was gathered. Marks still open go on in what follows, links aside.
    pub fn take(&mut self) -> Text {
        let end = self.text.plain.len();
        for (kind, start) in &mut self.open {
            if let Some(start) = start.take() {
                let now = if matches!(kind, Some(MarkKind::Link(_))) { kind.take() } else { kind.clone() };
                self.text.marks.extend(now.map(|kind| Mark { kind, start, end }));
            }
        }
        self.fresh = self.open.len();
        self.gap = Gap::None;
        self.text.marks.sort_by_key(|m| (m.start, usize::MAX - m.end));
        std::mem::take(&mut self.text)
    }

    fn begin(&mut self) {
        if self.gap != Gap::None {
            if !self.text.plain.is_empty() {
                self.text.plain.push(if self.gap == Gap::Line { '\n' } else { ' ' });
            }
            self.gap = Gap::None;
        }
        if self.fresh > 0 {
            let from = self.open.len() - self.fresh;
            for (_, start) in &mut self.open[from..] {
                *start = Some(self.text.plain.len());
            }
            self.fresh = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_white_space_and_drops_the_invisible() {
        assert_eq!(clean(" a\u{a0}\u{a0}b\n\tc\u{ad}d\u{200b}e\u{feff} "), "a b cde");
    }

    #[test]
    fn a_line_wins_over_spaces_and_never_leads() {
        let mut words = Words::default();
        words.line();
        words.push("a ");
        words.line();
        words.push(" b");
        words.line();
        assert_eq!(words.take().plain, "a\nb");
    }

    #[test]
    fn marks_cover_what_is_shown() {
        let mut words = Words::default();
        words.push("x ");
        words.open(MarkKind::Strong);
        words.push("  bold ");
        words.close();
        words.push("y");
        let text = words.take();
        assert_eq!(text.plain, "x bold y");
        assert_eq!(text.marks, [Mark { kind: MarkKind::Strong, start: 2, end: 6 }]);
    }

    #[test]
    fn an_open_mark_goes_on_in_the_next_text() {
        let mut words = Words::default();
        words.open(MarkKind::Strong);
        words.push("a");
        assert_eq!(words.take().marks.len(), 1);
        words.push("b");
        words.close();
        assert_eq!(words.take().marks, [Mark { kind: MarkKind::Strong, start: 0, end: 1 }]);
    }
}
