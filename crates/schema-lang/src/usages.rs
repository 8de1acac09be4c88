//! Which declarations spread a mixin: the way back from a name to those who use it.

use std::{collections::HashMap, sync::Arc};

use crate::{
    database::{AnalysisDatabase, Declaration, File, LookupName, Project, item_tree},
    item::{Item, Member},
};

/// The declarations of a file that spread a mixin, by the name of the mixin.
#[salsa::tracked(returns(ref))]
pub fn file_spreads(db: &dyn AnalysisDatabase, file: File) -> HashMap<Arc<str>, Vec<Declaration>> {
    let mut spreads: HashMap<_, Vec<_>> = HashMap::new();
    for declaration in item_tree(db, file) {
        for mixin in spread_names(declaration.item(db)) {
            let users = spreads.entry(mixin.clone()).or_default();
            if users.last() != Some(declaration) {
                users.push(*declaration);
            }
        }
    }
    spreads
}

/// The same for all closed files, so that a keystroke looks at the open ones only.
#[salsa::tracked(returns(ref))]
pub fn closed_spreads(db: &dyn AnalysisDatabase, project: Project) -> HashMap<Arc<str>, Vec<Declaration>> {
    let mut spreads: HashMap<_, Vec<_>> = HashMap::new();
    for file in project.closed_files(db) {
        for (mixin, users) in file_spreads(db, *file) {
            spreads.entry(mixin.clone()).or_default().extend(users.iter().copied());
        }
    }
    spreads
}

/// The tables and mixins that spread the mixin `name` themselves, ordered by path and place.
#[salsa::tracked(returns(ref))]
pub fn declarations_spreading<'db>(
    db: &'db dyn AnalysisDatabase,
    project: Project,
    name: LookupName<'db>,
) -> Vec<Declaration> {
    let name = name.text(db);
    let closed = closed_spreads(db, project).get(name).into_iter().flatten();
    let open = project.open_files(db).iter().filter_map(|file| file_spreads(db, *file).get(name)).flatten();
    let mut found: Vec<_> = closed.chain(open).copied().collect();
    // Stable: within a file the order of the text stays.
    found.sort_by(|a, b| a.file(db).path(db).cmp(b.file(db).path(db)));
    found
}

fn spread_names(item: &Item) -> impl Iterator<Item = &Arc<str>> {
    item.members.iter().filter_map(|member| match member {
        Member::Spread(spread) => spread.name.as_ref().map(|name| &name.text),
        Member::Column(_) | Member::Item(_) => None,
    })
}
