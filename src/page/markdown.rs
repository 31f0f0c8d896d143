//! Markdown to blocks: written as HTML, then read like any HTML, so that both kinds have one path.

use pulldown_cmark::{Options, Parser, html};

use super::{Page, Unreadable, blocks, html as tree};

/// Reads a Markdown document.
pub(super) fn read(source: &str) -> Result<Page, Unreadable> {
    let mut written = String::with_capacity(source.len() + source.len() / 4);
    html::push_html(
        &mut written,
        Parser::new_ext(source, Options::ENABLE_TABLES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS),
    );
    Ok(blocks::read(&tree::parse(&written)?))
}
