//! Which enums and mixins the project uses, by name.

use std::{collections::BTreeSet, sync::Arc};

use orm_model::registry;

use crate::{
    database::{AnalysisDatabase, Declaration, File, LookupName, Project, chunk, chunks, item_tree},
    item::{DeclarationKind, Member, Name},
};

/// Whether some table or mixin has a column of the enum, or spreads the mixin, with this name.
pub(crate) fn is_used(db: &dyn AnalysisDatabase, project: Project, name: &Arc<str>) -> bool {
    is_name_used(db, project, LookupName::new(db, name.clone()))
}

/// A query of its own, so that a use of another name does not check the enum or mixin again.
#[salsa::tracked(returns(copy))]
fn is_name_used<'db>(db: &'db dyn AnalysisDatabase, project: Project, name: LookupName<'db>) -> bool {
    let name = name.text(db);
    closed_uses(db, project).contains(name)
        || project.open_files(db).iter().any(|file| file_uses(db, *file).contains(name))
}

/// The names that files use which nobody edits: read again only when one of them changes.
#[salsa::tracked(returns(ref))]
fn closed_uses(db: &dyn AnalysisDatabase, project: Project) -> BTreeSet<Arc<str>> {
    let mut names = BTreeSet::new();
    let declarations = project.closed_files(db).iter().flat_map(|file| item_tree(db, *file));
    declarations.for_each(|it| add(db, *it, &mut names));
    names
}

#[salsa::tracked(returns(ref))]
fn file_uses(db: &dyn AnalysisDatabase, file: File) -> BTreeSet<Arc<str>> {
    chunks(db, file).flat_map(|chunk| chunk_uses(db, file, chunk)).cloned().collect()
}

#[salsa::tracked(returns(ref))]
fn chunk_uses(db: &dyn AnalysisDatabase, file: File, number: usize) -> BTreeSet<Arc<str>> {
    let mut names = BTreeSet::new();
    chunk(db, file, number).for_each(|(_, it)| add(db, it, &mut names));
    names
}

fn add(db: &dyn AnalysisDatabase, declaration: Declaration, names: &mut BTreeSet<Arc<str>>) {
    // Nothing else has members, so typing in a query changes nothing here.
    if !matches!(declaration.kind(db), DeclarationKind::Table | DeclarationKind::Mixin) {
        return;
    }
    for member in &declaration.item(db).members {
        let name = match member {
            Member::Column(column) => column.column_type.as_ref().map(|it| &it.name),
            Member::Spread(spread) => spread.name.as_ref(),
            Member::Item(_) => None,
        };
        let is_declared = |name: &&Name| registry::find_type(&name.text).is_none();
        names.extend(name.filter(is_declared).map(|it| it.text.clone()));
    }
}
