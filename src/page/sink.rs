//! The arena tree as a sink of html5ever's tree builder.

use std::borrow::Cow;
use std::cell::RefCell;

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, Namespace, QualName, local_name, ns};

use super::tag::{Tag, describe};
use super::tree::Tree;

/// A node with its name, which the tree builder asks for all the time.
#[derive(Clone)]
pub(super) struct Handle {
    id: u32,
    ns: Namespace,
    local: LocalName,
}

#[derive(Debug)]
pub(super) struct Name<'a>(&'a Namespace, &'a LocalName);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        self.0
    }

    fn local_name(&self) -> &LocalName {
        self.1
    }
}

/// Takes the tree builder's orders.
pub(super) struct Sink {
    tree: RefCell<Tree>,
}

impl Sink {
    /// A sink for a source of this many bytes.
    pub fn for_source(bytes: usize) -> Sink {
        Sink { tree: RefCell::new(Tree::for_source(bytes)) }
    }

    fn node(&self, child: NodeOrText<Handle>) -> u32 {
        match child {
            NodeOrText::AppendNode(handle) => handle.id,
            NodeOrText::AppendText(text) => self.tree.borrow_mut().push_text(&text),
        }
    }

    fn unnamed(&self, tag: Tag) -> Handle {
        let id = self.tree.borrow_mut().push_element(tag, 0, None);
        Handle { id, ns: ns!(), local: local_name!("") }
    }

    /// Nodes so far.
    pub fn nodes(&self) -> usize {
        self.tree.borrow().len()
    }

    /// The tree, once everything was appended.
    pub fn into_tree(self) -> Tree {
        self.tree.into_inner()
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Self;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { id: Tree::ROOT, ns: ns!(), local: local_name!("") }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Name<'a> {
        Name(&target.ns, &target.local)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, _: ElementFlags) -> Handle {
        let mut tree = self.tree.borrow_mut();
        let (tag, signature, attributes) = describe(&name, &attrs, &mut tree);
        let id = tree.push_element(tag, signature, attributes);
        Handle { id, ns: name.ns, local: name.local }
    }

    fn create_comment(&self, _: StrTendril) -> Handle {
        self.unnamed(Tag::Skip)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Handle {
        self.unnamed(Tag::Skip)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let id = self.node(child);
        self.tree.borrow_mut().append(parent.id, id);
    }

    fn append_based_on_parent_node(&self, element: &Handle, prev_element: &Handle, child: NodeOrText<Handle>) {
        let placed = self.tree.borrow().parent(element.id).is_some();
        if placed { self.append_before_sibling(element, child) } else { self.append(prev_element, child) }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let id = self.node(new_node);
        self.tree.borrow_mut().insert_before(sibling.id, id);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        // `lang` of a second `html` tag, say.
        let mut tree = self.tree.borrow_mut();
        let name = QualName::new(None, target.ns.clone(), target.local.clone());
        if let (_, _, Some(fresh)) = describe(&name, &attrs, &mut tree) {
            tree.set_attributes(target.id, fresh);
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.first_child(node.id) {
            tree.append(new_parent.id, child);
        }
    }
}
