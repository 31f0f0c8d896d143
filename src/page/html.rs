//! HTML to a small tree: html5ever's tokenizer and tree builder with an arena of our own as sink.
//!
//! Time stays linear and memory bounded whatever the input: the [`Filter`] bounds nesting and formatting, a tag with
//! thousands of attributes is cut short, and a document of more than [`MAX_NODES`] is refused.

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};

use super::Unreadable;
use super::filter::Filter;
use super::tree::Tree;

/// Most elements and texts of a document. A page of the largest size has a tenth of them; more come from formatting
/// elements left open, which each new paragraph repeats.
const MAX_NODES: usize = 8_000_000;
/// Attributes after these are dropped, in tags longer than [`PIECE`].
const MAX_ATTRIBUTES: usize = 256;
/// Longest piece of the source, in bytes, that the tokenizer is given at once.
const PIECE: usize = 1024;
/// Part of the source that is copied for the tokenizer at once, in bytes.
const CHUNK: usize = 64 * PIECE;

/// Parses a document.
///
/// # Errors
/// When it has more than [`MAX_NODES`].
pub(super) fn parse(source: &str) -> Result<Tree, Unreadable> {
    let tokenizer = Tokenizer::new(Filter::for_source(source.len()), TokenizerOpts::default());
    feed(&tokenizer, source)?;
    tokenizer.end();
    Ok(tokenizer.sink.into_tree())
}

/// Gives the source to the tokenizer in pieces that begin at `<`, to know where a tag begins that does not end.
///
/// The tokenizer compares each attribute with all those before it in the tag, so a tag of a megabyte would take minutes.
fn feed(tokenizer: &Tokenizer<Filter>, source: &str) -> Result<(), Unreadable> {
    let queue = BufferQueue::default();
    let mut at = 0;
    let (mut chunk, mut first, mut loaded) = load(source, 0);
    let mut state = State::Text;
    while at < source.len() {
        if state == State::Text && source[at..].starts_with('<') {
            let letter = source.as_bytes().get(at + 1).is_some_and(u8::is_ascii_alphabetic);
            state = if letter { State::Tag(at) } else { State::Other };
        }
        let end = piece_end(source, at);
        let tokens = tokenizer.sink.tokens();
        if end > loaded {
            (chunk, first, loaded) = load(source, at);
        }
        queue.push_back(chunk.subtendril((at - first) as u32, (end - at) as u32));
        // Scripts interrupt; nobody runs them here.
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        at = end;
        if tokenizer.sink.tokens() != tokens {
            state = State::Text;
        } else if let State::Tag(start) = state
            && at - start >= PIECE
        {
            state = State::Other;
            at = skip_attributes(source.as_bytes(), start, at);
        }
        if tokenizer.sink.nodes() > MAX_NODES {
            return Err(Unreadable::TooLarge);
        }
    }
    Ok(())
}
/// A chunk of the source from this place on, large enough for any piece, and where it begins and ends.
fn load(source: &str, at: usize) -> (StrTendril, usize, usize) {
    let mut end = (at + CHUNK).min(source.len());
    while !source.is_char_boundary(end) {
        end += 1;
    }
    (StrTendril::from_slice(&source[at..end]), at, end)
}

/// What the tokenizer is in, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between tags.
    Text,
    /// In a tag that began there.
    Tag(usize),
    /// In a comment or a tag already looked at.
    Other,
}

/// The next `<` after this place, or the end of a piece of bounded length.
fn piece_end(source: &str, at: usize) -> usize {
    let mut most = (at + PIECE).min(source.len());
    while !source.is_char_boundary(most) {
        most += 1;
    }
    memchr::memchr(b'<', &source.as_bytes()[at + 1..most]).map_or(most, |i| at + 1 + i)
}

/// Where to go on in the tag that begins at `start` and was given over up to `at`: right there, or, when it has more than
/// [`MAX_ATTRIBUTES`], at its end.
fn skip_attributes(source: &[u8], start: usize, at: usize) -> usize {
    let space = |b: &u8| b.is_ascii_whitespace() || *b == b'/';
    let find =
        |from: usize, is: &dyn Fn(&u8) -> bool| source[from..].iter().position(is).map_or(source.len(), |i| from + i);
    let mut place = find(start + 1, &|b| space(b) || *b == b'>');
    let mut cut = None;
    let mut count = 0;
    loop {
        place = find(place, &|b| !space(b));
        if place >= source.len() || source[place] == b'>' {
            return cut.map_or(at, |_| place);
        }
        if place >= at && count >= MAX_ATTRIBUTES {
            cut.get_or_insert(place);
        }
        count += 1;
        // A name may begin with an equals sign.
        place = find(place + 1, &|b| space(b) || *b == b'>' || *b == b'=');
        let value = find(place, &|b| !b.is_ascii_whitespace());
        if source.get(value) == Some(&b'=') {
            place = find(value + 1, &|b| !b.is_ascii_whitespace());
            place = match source.get(place) {
                Some(quote @ (b'"' | b'\'')) => find(place + 1, &|b| b == quote) + 1,
                _ => find(place, &|b| b.is_ascii_whitespace() || *b == b'>'),
            };
            place = place.min(source.len());
        }
    }
}
