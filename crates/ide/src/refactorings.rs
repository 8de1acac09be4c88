//! Changes of the text that keep or extend what it means, offered where the cursor is.
//!
//! A refactoring is a function that looks at the place and offers what can be done there. Editors ask at each move of the
//! cursor, so what it costs to offer something is little; the edits are made when one is chosen ([`edits`]). A file that
//! was formatted is formatted afterwards ([`layout`]).

mod declare_parameter;
mod declare_unknown;
mod extract_mixin;
mod generate_query;
mod index_for_query;
mod inline_mixin;
mod layout;
mod name_relation;
mod null_writers;
mod nullability;
mod old_name;
mod query_to_raw;
mod raw_to_clauses;
mod sort_members;
mod split_suppression;
mod text;
mod text_to_enum;

use std::ops::Range;

use orm_schema_lang::{
    Database, File, Project,
    database::{Declaration, item_tree},
    item::{DeclarationKind, Item, Member},
    source::SourceDeclaration,
    workspace::FileEdit,
};

use crate::base::BaseSchema;
use text::{Block, block};

/// Something that can be done at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refactoring {
    /// What its edits are asked for by, at the same place: `extract_mixin`, and `extract_mixin.2` for a second of the kind.
    pub id: String,
    /// What it does, as the menu of an editor shows it.
    pub title: String,
    /// Which kind it is.
    pub kind: RefactoringKind,
    /// Why it cannot be done here, where somebody may look for it: it has no edits then.
    pub disabled: Option<String>,
}

/// What a refactoring does, in the protocol's sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefactoringKind {
    /// Makes something with a name of what stands at a place.
    Extract,
    /// Puts what has a name in the place where it is named.
    Inline,
    /// Says something in another way.
    Rewrite,
    /// Writes something new.
    Generate,
    /// Declares what is named and nowhere declared.
    Fix,
    /// Puts the members of a declaration in order.
    SortMembers,
}

/// What refactorings are asked about.
struct Context<'a> {
    db: &'a Database,
    project: Project,
    base: &'a BaseSchema,
    file: File,
    text: &'a str,
    /// What is selected; empty where the cursor is.
    range: Range<usize>,
    /// The declaration there.
    here: Option<Here<'a>>,
}

/// A declaration and its text.
#[derive(Clone, Copy)]
struct Here<'a> {
    declaration: Declaration,
    source: &'a SourceDeclaration,
    item: &'a Item,
}

/// What was offered so far.
struct Offers<'w> {
    /// The one whose edits are wanted.
    wanted: Option<&'w str>,
    found: Vec<Refactoring>,
    edits: Option<Vec<FileEdit>>,
}

/// A refactoring; `None` says that there is nothing for it to do.
type Offer = fn(&Context<'_>, &mut Offers<'_>) -> Option<()>;

/// All of them, in the order in which they are offered.
const REFACTORINGS: &[Offer] = &[
    declare_unknown::offer,
    declare_parameter::offer,
    extract_mixin::offer,
    inline_mixin::offer,
    index_for_query::offer,
    nullability::offer,
    text_to_enum::offer,
    name_relation::offer,
    old_name::offer,
    raw_to_clauses::offer,
    query_to_raw::offer,
    generate_query::offer,
    split_suppression::offer,
    sort_members::offer,
];

/// What can be done at a selection.
pub(crate) fn refactorings(db: &Database, base: &BaseSchema, file: File, range: Range<usize>) -> Vec<Refactoring> {
    offers(db, base, file, range, None).found
}

/// The edits of what was offered at a selection, ordered by path and place; `None` where it is not offered (any more).
pub(crate) fn edits(
    db: &Database,
    base: &BaseSchema,
    file: File,
    range: Range<usize>,
    id: &str,
) -> Option<Vec<FileEdit>> {
    let edits = offers(db, base, file, range, Some(id)).edits?;
    Some(layout::formatted(db, edits))
}

fn offers<'w>(
    db: &Database,
    base: &BaseSchema,
    file: File,
    range: Range<usize>,
    wanted: Option<&'w str>,
) -> Offers<'w> {
    let source = file.source(db);
    let here = source.declaration_at(range.start).and_then(|(index, written)| {
        let declaration = *item_tree(db, file).get(index)?;
        Some(Here { declaration, source: written, item: written.item() })
    });
    let context = Context { db, project: Project::get(db), base, file, text: source.text(), range, here };
    let mut offers = Offers { wanted, found: Vec::new(), edits: None };
    for offer in REFACTORINGS {
        offer(&context, &mut offers);
    }
    offers
}

impl Offers<'_> {
    /// Offers something; `edits` are made where they are wanted. Whether there are any is known before.
    fn add(
        &mut self,
        id: &str,
        kind: RefactoringKind,
        title: impl Into<String>,
        edits: impl FnOnce() -> Vec<FileEdit>,
    ) {
        let id = self.numbered(id);
        if self.wanted == Some(&id) {
            self.edits = Some(edits());
        }
        self.found.push(Refactoring { id, title: title.into(), kind, disabled: None });
    }

    /// Says why something cannot be done here.
    fn refuse(&mut self, id: &str, kind: RefactoringKind, title: impl Into<String>, reason: String) {
        let id = self.numbered(id);
        self.found.push(Refactoring { id, title: title.into(), kind, disabled: Some(reason) });
    }

    fn numbered(&self, id: &str) -> String {
        let same = self.found.iter().filter(|it| it.id.split('.').next() == Some(id)).count();
        if same == 0 { id.to_owned() } else { format!("{id}.{}", same + 1) }
    }
}

impl<'a> Context<'a> {
    /// An edit of the file.
    fn edit(&self, range: Range<usize>, replacement: impl Into<String>) -> FileEdit {
        FileEdit { path: self.file.path(self.db).clone(), range, replacement: replacement.into() }
    }

    /// The declaration at the place, if it has members and could be read.
    fn with_members(&self) -> Option<Here<'a>> {
        let is_kind = |it: &Here<'_>| matches!(it.item.kind, DeclarationKind::Table | DeclarationKind::Mixin);
        self.here.filter(is_kind).filter(|it| it.item.errors.is_empty())
    }

    /// The member whose lines the place begins in.
    fn member(&self) -> Option<(Here<'a>, &'a Member)> {
        let here = self.with_members()?;
        let own = text::line(self.text, self.range.start);
        let is_here = |it: &&Member| {
            let span = here.source.span(it.anchor());
            span.start <= own.end && own.start <= span.end
        };
        Some((here, here.item.members.iter().find(is_here)?))
    }
}

impl<'a> Here<'a> {
    /// The lines of a member: with the comments right above it and behind it.
    fn block(&self, text: &str, member: &Member) -> Block {
        block(text, self.source.span(member.anchor()))
    }
}

#[cfg(test)]
mod tests;
