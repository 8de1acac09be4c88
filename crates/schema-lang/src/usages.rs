//! Which declarations spread a mixin or refer to a table: the way back from a name to those who use it.

use std::{collections::HashMap, sync::Arc};

use crate::{
    database::{AnalysisDatabase, Declaration, File, LookupName, Project, item_tree},
    item::{DeclarationKind, ExpressionKind, Item, Member, argument, attribute, positional},
    lower::object_name::path_text,
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

/// The declarations of a file that refer to a table, by the name that they call it.
#[salsa::tracked(returns(ref))]
pub fn file_references(db: &dyn AnalysisDatabase, file: File) -> HashMap<Arc<str>, Vec<Declaration>> {
    let mut references: HashMap<_, Vec<_>> = HashMap::new();
    for declaration in item_tree(db, file) {
        for table in referred_names(declaration.item(db)) {
            let users = references.entry(table).or_default();
            if users.last() != Some(declaration) {
                users.push(*declaration);
            }
        }
    }
    references
}

/// The same for all closed files.
#[salsa::tracked(returns(ref))]
pub fn closed_references(db: &dyn AnalysisDatabase, project: Project) -> HashMap<Arc<str>, Vec<Declaration>> {
    let mut references: HashMap<_, Vec<_>> = HashMap::new();
    for file in project.closed_files(db) {
        for (table, users) in file_references(db, *file) {
            references.entry(table.clone()).or_default().extend(users.iter().copied());
        }
    }
    references
}

/// The tables that may have a foreign key to the table `name`, their own or one of a mixin that they spread, ordered by
/// path and place.
#[salsa::tracked(returns(ref))]
pub fn declarations_referring<'db>(
    db: &'db dyn AnalysisDatabase,
    project: Project,
    name: LookupName<'db>,
) -> Vec<Declaration> {
    let text = name.text(db);
    let closed = closed_references(db, project).get(text).into_iter().flatten();
    let open = project.open_files(db).iter().filter_map(|file| file_references(db, *file).get(text)).flatten();
    let mut waiting: Vec<_> = closed.chain(open).copied().collect();
    let mut seen = Vec::new();
    while let Some(declaration) = waiting.pop() {
        if seen.contains(&declaration) {
            continue;
        }
        seen.push(declaration);
        if declaration.kind(db) == DeclarationKind::Mixin {
            let mixin = LookupName::new(db, declaration.name(db).clone());
            waiting.extend(declarations_spreading(db, project, mixin));
        }
    }
    seen.retain(|it| it.kind(db) == DeclarationKind::Table);
    seen.sort_by(|a, b| {
        (a.file(db).path(db), a.name(db), a.duplicate(db)).cmp(&(b.file(db).path(db), b.name(db), b.duplicate(db)))
    });
    seen
}

/// The tables that a declaration refers to, as it calls them.
fn referred_names(item: &Item) -> impl Iterator<Item = Arc<str>> {
    item.members.iter().filter_map(|member| {
        let path = match member {
            Member::Column(column) => {
                let reference = attribute(&column.attributes, "references")?;
                match &positional(&reference.arguments).next()?.value.kind {
                    // `users.id`
                    ExpressionKind::Path(path) => path.split_last()?.1,
                    _ => return None,
                }
            }
            Member::Item(item) if &*item.name.text == "foreign_key" => {
                match &argument(&item.arguments, "references")?.value.kind {
                    ExpressionKind::Call { function, .. } => function.as_slice(),
                    _ => return None,
                }
            }
            Member::Item(item) if &*item.name.text == "interleave" => {
                match &positional(&item.arguments).next()?.value.kind {
                    ExpressionKind::Path(path) => path.as_slice(),
                    _ => return None,
                }
            }
            Member::Item(_) | Member::Spread(_) => return None,
        };
        Some(Arc::from(path_text(path)))
    })
}
