//! Stands between html5ever's tokenizer and tree builder and drops what would cost without telling anything.
//!
//! The tree builder opens formatting elements again in each new block, with all their attributes, and searches its stack of
//! open elements at most tags. So formatting that means nothing here is dropped, the rest loses its attributes, links become
//! ordinary elements, and nesting ends at [`MAX_DEPTH`].

use std::cell::Cell;

use html5ever::interface::Tracer;
use html5ever::local_name;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

use super::sink::{Handle, Sink};
use super::tag::{Tag as Kind, tag_of};
use super::tree::Tree;

/// Elements deeper than this lose their tags and keep their words. Browsers stop at 512.
const MAX_DEPTH: usize = 256;
/// Most elements that the tree builder opens for one tag: implied ones and formatting opened again.
const MOST_OPENED: usize = 10;

/// Hands on to the tree builder what matters.
pub(super) struct Filter {
    builder: TreeBuilder<Handle, Sink>,
    /// Tokens so far, errors aside.
    tokens: Cell<u64>,
    /// True when the last token was a tag that begins or ends a block: white space next to it shows nothing.
    at_block: Cell<bool>,
    /// `pre` elements that are open: there white space is shown.
    pre: Cell<usize>,
    /// True from the start of a link to its end tag.
    in_link: Cell<bool>,
    /// Never less than the number of open elements.
    depth: Cell<usize>,
    /// Tags opened and not closed beyond [`MAX_DEPTH`].
    dropped: Cell<usize>,
}

impl Filter {
    /// A filter before a fresh tree builder, for a source of this many bytes.
    pub fn for_source(bytes: usize) -> Filter {
        let options = TreeBuilderOpts { drop_doctype: true, ..TreeBuilderOpts::default() };
        Filter {
            builder: TreeBuilder::new(Sink::for_source(bytes), options),
            tokens: Cell::new(0),
            at_block: Cell::new(false),
            pre: Cell::new(0),
            in_link: Cell::new(false),
            depth: Cell::new(0),
            dropped: Cell::new(0),
        }
    }

    /// Tokens so far, errors aside.
    pub fn tokens(&self) -> u64 {
        self.tokens.get()
    }

    /// Nodes so far.
    pub fn nodes(&self) -> usize {
        self.builder.sink.nodes()
    }

    /// The tree, once everything was read.
    pub fn into_tree(self) -> Tree {
        self.builder.sink.into_tree()
    }

    fn keeps(&self, tag: &mut Tag, line: u64) -> bool {
        match tag.name {
            local_name!("em") | local_name!("i") | local_name!("u") | local_name!("font") | local_name!("s") => {
                return false;
            }
            local_name!("small") | local_name!("strike") | local_name!("big") | local_name!("nobr") => return false,
            local_name!("b") | local_name!("strong") => {
                tag.name = local_name!("b");
                tag.attrs.clear();
            }
            local_name!("code") | local_name!("tt") => {
                tag.name = local_name!("code");
                tag.attrs.clear();
            }
            local_name!("a") => {
                // An ordinary element that opens nothing again; a link left open ends where the next begins.
                tag.name = local_name!("dfn");
                if tag.kind == TagKind::StartTag && self.in_link.get() {
                    let end = Tag { kind: TagKind::EndTag, attrs: vec![], ..tag.clone() };
                    if self.within_depth(&end) {
                        let _ = self.builder.process_token(Token::TagToken(end), line);
                    }
                }
                self.in_link.set(tag.kind == TagKind::StartTag);
            }
            _ => {}
        }
        let kind = tag_of(&tag.name);
        let inline = matches!(kind, Kind::Inline | Kind::Skip | Kind::Anchor | Kind::Strong | Kind::Code | Kind::Pre);
        self.at_block.set(!inline);
        if kind == Kind::Pre {
            let pre = self.pre.get();
            self.pre.set(if tag.kind == TagKind::StartTag { pre + 1 } else { pre.saturating_sub(1) });
        }
        self.within_depth(tag)
    }

    /// Counts a tag, and drops it when it stands too deep.
    fn within_depth(&self, tag: &Tag) -> bool {
        match (tag.kind, self.dropped.get()) {
            _ if passes_at_any_depth(tag) => true,
            (TagKind::EndTag, 0) => true,
            (TagKind::EndTag, dropped) => {
                self.dropped.set(dropped - 1);
                false
            }
            (TagKind::StartTag, 0) => {
                if self.depth.get() >= MAX_DEPTH {
                    let count = Count::default();
                    self.builder.trace_handles(&count);
                    self.depth.set(count.0.get());
                }
                if self.depth.get() >= MAX_DEPTH {
                    self.dropped.set(1);
                    return false;
                }
                self.depth.set(self.depth.get() + MOST_OPENED);
                true
            }
            (TagKind::StartTag, dropped) => {
                self.dropped.set(dropped + 1);
                false
            }
        }
    }
}

/// Void elements, and those whose text the tokenizer must take raw.
fn passes_at_any_depth(tag: &Tag) -> bool {
    let name = &tag.name;
    matches!(
        *name,
        local_name!("br") | local_name!("hr") | local_name!("img") | local_name!("input") | local_name!("meta")
    ) || matches!(
        *name,
        local_name!("link")
            | local_name!("wbr")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
    ) || matches!(
        *name,
        local_name!("title")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
    ) || matches!(*name, local_name!("noscript") | local_name!("plaintext"))
}

impl TokenSink for Filter {
    type Handle = Handle;

    fn process_token(&self, mut token: Token, line: u64) -> TokenSinkResult<Handle> {
        if matches!(token, Token::ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        self.tokens.set(self.tokens.get() + 1);
        let keeps = match &mut token {
            Token::TagToken(tag) => self.keeps(tag, line),
            Token::CharacterTokens(text) => {
                let hidden =
                    self.at_block.get() && self.pre.get() == 0 && text.bytes().all(|b| b.is_ascii_whitespace());
                self.at_block.set(hidden);
                !hidden
            }
            Token::CommentToken(_) | Token::NullCharacterToken => false,
            _ => true,
        };
        if keeps { self.builder.process_token(token, line) } else { TokenSinkResult::Continue }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Counts the elements that the tree builder holds.
#[derive(Default)]
struct Count(Cell<usize>);

impl Tracer for Count {
    type Handle = Handle;

    fn trace_handle(&self, _: &Handle) {
        self.0.set(self.0.get() + 1);
    }
}
