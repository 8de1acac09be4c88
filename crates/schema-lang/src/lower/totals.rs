//! How much a schema has of what a database takes only so much of.

use super::names::index_count;
use crate::{
    database::{AnalysisDatabase, Declaration, Project, item_tree},
    item::DeclarationKind,
};

/// How many there are in the whole schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub(crate) struct Totals {
    pub(crate) tables: usize,
    pub(crate) views: usize,
    /// Those of unique constraints included, those of primary and foreign keys not.
    pub(crate) indexes: usize,
}

/// How many there are in the whole schema.
#[salsa::tracked]
pub(crate) fn totals(db: &dyn AnalysisDatabase, project: Project) -> Totals {
    let count = |kind| declared(db, project, kind).count();
    Totals {
        tables: count(DeclarationKind::Table),
        views: count(DeclarationKind::View),
        indexes: index_count(db, project),
    }
}

/// The table at which it is told that there are too many of something.
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
    declared(db, project, kind).max_by_key(|it| (it.file(db).path(db).clone(), it.name(db).clone(), it.duplicate(db)))
}

fn declared(db: &dyn AnalysisDatabase, project: Project, kind: DeclarationKind) -> impl Iterator<Item = Declaration> {
    let files = project.closed_files(db).iter().chain(project.open_files(db));
    files.flat_map(|file| item_tree(db, *file)).copied().filter(move |it| it.kind(db) == kind)
}
