//! The markup that consent platforms write, as a small tree with ids, classes and data attributes.
//!
//! [`crate::page`] reads a document as people see it and forgets class names on purpose; here they are the very words by
//! which a platform says what each cell is. This markup is machine-made, so html5ever's tokenizer and a stack do.

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

/// Elements deeper than this become siblings.
const MAX_DEPTH: usize = 256;
/// Elements that have no end tag.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// An element.
#[derive(Debug, Default)]
struct Element {
    tag: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(usize),
    Text(String),
}

/// A piece of markup. Element 0 holds all of it.
#[derive(Debug)]
pub(crate) struct Dom {
    elements: Vec<Element>,
}

/// An element of a [`Dom`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<'a> {
    dom: &'a Dom,
    id: usize,
}

impl Dom {
    pub(crate) fn parse(html: &str) -> Dom {
        let sink = Sink { elements: RefCell::new(vec![Element::default()]), open: RefCell::new(vec![0]) };
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        tokenizer.end();
        Dom { elements: tokenizer.sink.elements.into_inner() }
    }

    pub(crate) fn root(&self) -> At<'_> {
        At { dom: self, id: 0 }
    }
}

impl<'a> At<'a> {
    fn element(self) -> &'a Element {
        &self.dom.elements[self.id]
    }

    pub(crate) fn tag(self) -> &'a str {
        &self.element().tag
    }

    pub(crate) fn attribute(self, name: &str) -> Option<&'a str> {
        self.element().attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn has_class(self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split_ascii_whitespace().any(|one| one == class))
    }

    pub(crate) fn is(self, id: &str) -> bool {
        self.attribute("id") == Some(id)
    }

    /// Child elements, in order.
    pub(crate) fn children(self) -> impl Iterator<Item = At<'a>> {
        let dom = self.dom;
        self.element().children.iter().filter_map(move |node| match node {
            Node::Element(id) => Some(At { dom, id: *id }),
            Node::Text(_) => None,
        })
    }

    /// The outermost elements below this one that fit, in order. Nothing is looked for inside one that fits.
    pub(crate) fn find(self, fits: impl Fn(At<'a>) -> bool) -> Vec<At<'a>> {
        let mut found = Vec::new();
        let mut waiting: Vec<At<'a>> = self.children().collect();
        waiting.reverse();
        while let Some(at) = waiting.pop() {
            if fits(at) {
                found.push(at);
            } else {
                let from = waiting.len();
                waiting.extend(at.children());
                waiting[from..].reverse();
            }
        }
        found
    }

    pub(crate) fn with_class(self, class: &str) -> Vec<At<'a>> {
        self.find(|at| at.has_class(class))
    }

    pub(crate) fn with_tag(self, tags: &[&str]) -> Vec<At<'a>> {
        self.find(|at| tags.contains(&at.tag()))
    }

    /// The words below this element: white space folded, `br` and block ends as line breaks.
    pub(crate) fn text(self) -> String {
        let mut out = String::new();
        let mut waiting: Vec<Result<&Node, ()>> = self.element().children.iter().rev().map(Ok).collect();
        while let Some(step) = waiting.pop() {
            match step {
                Ok(Node::Text(text)) => append(&mut out, text),
                Ok(Node::Element(id)) => {
                    let at = At { dom: self.dom, id: *id };
                    if matches!(at.tag(), "script" | "style" | "template") {
                        continue;
                    }
                    if !INLINE.contains(&at.tag()) {
                        line_break(&mut out);
                        waiting.push(Err(()));
                    }
                    waiting.extend(at.element().children.iter().rev().map(Ok));
                }
                Err(()) => line_break(&mut out),
            }
        }
        out.trim().to_owned()
    }
}

/// Elements that do not end a line.
const INLINE: &[&str] = &["a", "b", "strong", "i", "em", "span", "code", "small", "u", "font", "sup", "sub", "label"];

fn append(out: &mut String, text: &str) {
    if text.starts_with(char::is_whitespace) && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
    for (nth, word) in text.split_whitespace().enumerate() {
        if nth > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
    if text.ends_with(char::is_whitespace) && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

fn line_break(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

struct Sink {
    elements: RefCell<Vec<Element>>,
    open: RefCell<Vec<usize>>,
}

impl Sink {
    fn start(&self, tag: Tag) -> TokenSinkResult<()> {
        let name = tag.name.to_string();
        let (mut elements, mut open) = (self.elements.borrow_mut(), self.open.borrow_mut());
        open.truncate(MAX_DEPTH);
        let parent = open.last().copied().unwrap_or(0);
        let id = elements.len();
        let attributes = tag.attrs.into_iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
        elements.push(Element { tag: name.clone(), attributes, children: Vec::new() });
        elements[parent].children.push(Node::Element(id));
        if tag.self_closing || VOID.contains(&name.as_str()) {
            return TokenSinkResult::Continue;
        }
        open.push(id);
        match name.as_str() {
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noscript" | "iframe" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
            "textarea" | "title" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    /// Closes what a new item, row or cell ends when the end tag was left out.
    fn close_before(&self, name: &str) {
        let ended: &[&str] = match name {
            "li" => &["li"],
            "td" | "th" => &["td", "th"],
            "tr" => &["td", "th", "tr"],
            "thead" | "tbody" | "tfoot" => &["td", "th", "tr", "thead", "tbody", "tfoot"],
            "dt" | "dd" => &["dt", "dd"],
            "p" => &["p"],
            _ => return,
        };
        let (elements, mut open) = (self.elements.borrow(), self.open.borrow_mut());
        while open.last().is_some_and(|id| ended.contains(&elements[*id].tag.as_str())) {
            open.pop();
        }
    }

    /// Closes the innermost open element of that name, and what stands open in it. A stray end tag closes nothing.
    fn end(&self, name: &str) {
        let (elements, mut open) = (self.elements.borrow(), self.open.borrow_mut());
        let found = open.iter().rposition(|id| elements[*id].tag == name);
        if let Some(at) = found.filter(|at| *at > 0) {
            open.truncate(at);
        }
    }

    fn text(&self, text: &str) {
        let (mut elements, open) = (self.elements.borrow_mut(), self.open.borrow());
        let parent = open.last().copied().unwrap_or(0);
        match elements[parent].children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => elements[parent].children.push(Node::Text(text.to_owned())),
        }
    }
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                self.close_before(&tag.name);
                return self.start(tag);
            }
            Token::TagToken(tag) => self.end(&tag.name),
            Token::CharacterTokens(text) => self.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_lead_to_words() {
        let dom = Dom::parse(
            "<div class='a b'><p>One<br>two <b>three</b></p>\n<div class=b>four</div></div><script>'<i class=b>'</script>",
        );
        let found: Vec<String> = dom.root().with_class("b").iter().map(|at| at.text()).collect();
        assert_eq!(found, ["One\ntwo three\nfour"]);
        let inner = dom.root().find(|at| at.tag() == "div" && !at.has_class("a"));
        assert_eq!(inner.len(), 1);
        assert_eq!(inner[0].text(), "four");
    }

    #[test]
    fn end_tags_may_be_left_out() {
        let dom = Dom::parse("<table><tr><td>a<td>b<tr><td>c</table><ul><li>d<li>e</ul>");
        let rows = dom.root().with_tag(&["tr"]);
        let cells: Vec<Vec<String>> =
            rows.iter().map(|row| row.with_tag(&["td"]).iter().map(|at| at.text()).collect()).collect();
        assert_eq!(cells, [vec!["a", "b"], vec!["c"]]);
        assert_eq!(dom.root().with_tag(&["li"]).len(), 2);
    }

    #[test]
    fn deep_and_broken_markup_is_read_to_its_end() {
        let dom = Dom::parse(&format!("{}<b class=x>y", "<div>".repeat(100_000)));
        assert_eq!(dom.root().with_class("x")[0].text(), "y");
        let dom = Dom::parse(&format!("{}<b class=x>y", "</div></p>".repeat(100_000)));
        assert_eq!(dom.root().with_class("x").len(), 1);
    }
}
