//! A look at all headings before reading: where some of a rank name services, the others of that rank do too.

use std::collections::HashSet;

use super::facts::Facts;
use super::heads;
use super::section;
use super::service;
use crate::lexicon;
use crate::page::{Block, Item, Text};

/// Lists in lists beyond which nobody reads.
const DEEPEST: usize = 60;

/// What is known of the headings of a document as a whole.
#[derive(Default)]
pub(crate) struct Plan<'a> {
    /// Headings that stand beside headings with known services.
    among_services: HashSet<&'a str>,
}

impl<'a> Plan<'a> {
    /// Looks at all headings, nested ones included.
    pub fn of(blocks: &'a [Block]) -> Plan<'a> {
        const NONE: &Text = &Text { plain: String::new(), marks: Vec::new() };
        let mut plan = Plan::default();
        plan.look(NONE, blocks, 0);
        plan
    }

    /// What a heading says about all that stands under it.
    pub fn facts(&self, words: &str) -> Facts {
        section::heading_facts(words, self.among_services.contains(words))
    }

    fn look(&mut self, text: &'a Text, blocks: &'a [Block], depth: usize) {
        if depth > DEEPEST {
            return;
        }
        let mut open: Vec<(u8, Vec<&'a str>)> = Vec::new();
        // Bold heads inside text stand beside each other, headings of rank 7 with them.
        let mut lines: Vec<&'a str> =
            heads::of(text).iter().filter(|head| head.at > 0).map(|head| head.words).collect();
        for block in blocks {
            match block {
                Block::Heading(heading) if heading.level >= 7 => lines.push(heading.text.plain.as_str()),
                Block::Heading(heading) => {
                    while open.last().is_some_and(|(level, _)| *level > heading.level) {
                        self.close(&open.pop());
                    }
                    let words = heading.text.plain.as_str();
                    match open.last_mut() {
                        Some((level, names)) if *level == heading.level => names.push(words),
                        _ => open.push((heading.level, vec![words])),
                    }
                }
                Block::Paragraph(text) => lines.extend(heads::of(text).iter().map(|head| head.words)),
                Block::List(list) => {
                    let heads = list.items.iter().filter(|item| !item.children.is_empty()).map(first_line);
                    self.close(&Some((0, heads.collect())));
                    for item in list.items.iter().filter(|item| !item.children.is_empty()) {
                        self.look(&item.text, &item.children, depth + 1);
                    }
                }
                _ => {}
            }
        }
        self.close(&Some((7, lines)));
        while let Some(last) = open.pop() {
            self.close(&Some(last));
        }
    }

    fn close(&mut self, siblings: &Option<(u8, Vec<&'a str>)>) {
        let Some((_, names)) = siblings else { return };
        let services = names.iter().filter(|words| is_service(words)).count();
        if services > 0 && names.len() > 1 {
            self.among_services.extend(names.iter().copied());
        }
    }
}

fn is_service(words: &str) -> bool {
    let words = section::without_number(words);
    let (found, rest) = service::find(words);
    found.is_some() && !rest.chars().any(char::is_alphanumeric) && !lexicon::speaks_of_cookies(&rest)
}

fn first_line(item: &Item) -> &str {
    item.text.plain.lines().next().unwrap_or_default()
}
