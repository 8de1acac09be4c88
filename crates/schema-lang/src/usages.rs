//! Which declarations spread a mixin or refer to a table: the way back from a name to those who use it.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    database::{AnalysisDatabase, Declaration, File, LookupName, Project, chunk, chunks},
    item::{DeclarationKind, ExpressionKind, Item, Member, argument, attribute, positional},
    lower::object_name::path_text,
};

/// Declarations that use something, by its name, each name in the order of paths and places.
type Users = HashMap<Arc<str>, Vec<Declaration>>;

/// Who uses what in a chunk of a file. Nothing but tables and mixins is read, so that typing in a query changes nothing here.
fn users(db: &dyn AnalysisDatabase, file: File, number: usize, names: fn(&Item) -> Vec<Arc<str>>) -> Users {
    let mut users = Users::new();
    let is_wanted = |it: &Declaration| matches!(it.kind(db), DeclarationKind::Table | DeclarationKind::Mixin);
    for declaration in chunk(db, file, number).map(|(_, it)| it).filter(is_wanted) {
        for name in names(declaration.item(db)) {
            let of_name = users.entry(name).or_default();
            if of_name.last() != Some(&declaration) {
                of_name.push(declaration);
            }
        }
    }
    users
}

fn merged<'a>(parts: impl Iterator<Item = &'a Users>) -> Users {
    let mut all = Users::new();
    for (name, users) in parts.flatten() {
        all.entry(name.clone()).or_default().extend(users);
    }
    all
}

/// The declarations of a file that spread a mixin, by the name of the mixin.
#[salsa::tracked(returns(ref))]
pub fn file_spreads(db: &dyn AnalysisDatabase, file: File) -> Users {
    merged(chunks(db, file).map(|number| chunk_spreads(db, file, number)))
}

#[salsa::tracked(returns(ref))]
fn chunk_spreads(db: &dyn AnalysisDatabase, file: File, number: usize) -> Users {
    users(db, file, number, spread_names)
}

/// The same for all closed files, so that a keystroke looks at the open ones only.
#[salsa::tracked(returns(ref))]
pub fn closed_spreads(db: &dyn AnalysisDatabase, project: Project) -> Users {
    merged(project.closed_files(db).iter().map(|file| file_spreads(db, *file)))
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

/// A table or mixin, and those that have its columns because they spread it, whatever is between.
pub fn carriers(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Vec<Declaration> {
    let (mut carriers, mut seen, mut next) = (vec![declaration], HashSet::from([declaration]), 0);
    while let Some(current) = carriers.get(next).copied() {
        next += 1;
        if current.kind(db) == DeclarationKind::Mixin {
            let spreading = declarations_spreading(db, project, LookupName::new(db, current.name(db).clone()));
            carriers.extend(spreading.iter().copied().filter(|it| seen.insert(*it)));
        }
    }
    carriers
}

fn spread_names(item: &Item) -> Vec<Arc<str>> {
    let names = item.members.iter().filter_map(|member| match member {
        Member::Spread(spread) => spread.name.as_ref().map(|name| name.text.clone()),
        Member::Column(_) | Member::Item(_) => None,
    });
    names.collect()
}

/// The declarations of a file that refer to a table, by the name that they call it.
#[salsa::tracked(returns(ref))]
pub fn file_references(db: &dyn AnalysisDatabase, file: File) -> Users {
    merged(chunks(db, file).map(|number| chunk_references(db, file, number)))
}

#[salsa::tracked(returns(ref))]
fn chunk_references(db: &dyn AnalysisDatabase, file: File, number: usize) -> Users {
    users(db, file, number, referred_names)
}

/// The same for all closed files.
#[salsa::tracked(returns(ref))]
pub fn closed_references(db: &dyn AnalysisDatabase, project: Project) -> Users {
    merged(project.closed_files(db).iter().map(|file| file_references(db, *file)))
}

/// The tables that may have a foreign key to the table `name` or be stored in it, by an item of their own or of a mixin that they
/// spread, ordered by path and place.
#[salsa::tracked(returns(ref))]
pub fn declarations_referring<'db>(
    db: &'db dyn AnalysisDatabase,
    project: Project,
    name: LookupName<'db>,
) -> Vec<Declaration> {
    let text = name.text(db);
    let closed = closed_references(db, project).get(text).into_iter().flatten();
    let open = project.open_files(db).iter().filter_map(|file| file_references(db, *file).get(text)).flatten();
    let mut tables: Vec<_> = closed.chain(open).flat_map(|it| carriers(db, project, *it)).collect();
    tables.retain(|it| it.kind(db) == DeclarationKind::Table);
    tables.sort_by(|a, b| {
        (a.file(db).path(db), a.name(db), a.duplicate(db)).cmp(&(b.file(db).path(db), b.name(db), b.duplicate(db)))
    });
    tables.dedup();
    tables
}

/// The tables that a declaration refers to, as it calls them.
fn referred_names(item: &Item) -> Vec<Arc<str>> {
    let names = item.members.iter().filter_map(|member| {
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
            Member::Item(item) if matches!(&*item.name.text, "interleave" | "interleave_in") => {
                match &positional(&item.arguments).next()?.value.kind {
                    ExpressionKind::Path(path) => path.as_slice(),
                    _ => return None,
                }
            }
            Member::Item(_) | Member::Spread(_) => return None,
        };
        Some(Arc::from(path_text(path)))
    });
    names.collect()
}
