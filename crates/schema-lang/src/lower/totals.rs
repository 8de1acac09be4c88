//! How much a schema has of what a database takes only so much of.
//!
//! Whoever asks for one of these depends on every declaration, so only [`last_table`] and [`last_view`] ask for it.

use crate::{
    database::{AnalysisDatabase, Declaration, File, Project, item_tree},
    item::DeclarationKind,
};

/// How many tables the schema has.
#[salsa::tracked]
pub(crate) fn table_count(db: &dyn AnalysisDatabase, project: Project) -> usize {
    declared(db, project, DeclarationKind::Table).count()
}

/// How many views the schema has.
#[salsa::tracked]
pub(crate) fn view_count(db: &dyn AnalysisDatabase, project: Project) -> usize {
    declared(db, project, DeclarationKind::View).count()
}

/// The table at which it is told that there are too many of something: the last in the text, so that typing a name makes
/// no other the last.
#[salsa::tracked]
pub(crate) fn last_table(db: &dyn AnalysisDatabase, project: Project) -> Option<Declaration> {
    last(db, project, DeclarationKind::Table)
}

/// The view at which it is told that there are too many.
#[salsa::tracked]
pub(crate) fn last_view(db: &dyn AnalysisDatabase, project: Project) -> Option<Declaration> {
    last(db, project, DeclarationKind::View)
}

fn last(db: &dyn AnalysisDatabase, project: Project, kind: DeclarationKind) -> Option<Declaration> {
    let of_kind = |file: &File| item_tree(db, *file).iter().rev().find(|it| it.kind(db) == kind);
    project.files(db).iter().rev().find_map(of_kind).copied()
}

fn declared(db: &dyn AnalysisDatabase, project: Project, kind: DeclarationKind) -> impl Iterator<Item = Declaration> {
    let files = project.closed_files(db).iter().chain(project.open_files(db));
    files.flat_map(|file| item_tree(db, *file)).copied().filter(move |it| it.kind(db) == kind)
}
