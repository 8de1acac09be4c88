//! What the files say otherwise than the migrations.

use std::{borrow::Cow, collections::BTreeSet};

use orm_engine::plan::slice::{SchemaView, slice};
use orm_model::{Column, Enum, Rename, Renames, Schema, Table};
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, item_tree},
    item::DeclarationKind,
    lower::{enums::lower_enum, objects, sequence::lower_sequence, table::lower_table},
};

use super::{Changes, Start, mixins};
use crate::{base::BaseSchema, declared::Declared};

/// Compares the schema of the migrations with that of the files.
pub(super) fn next(db: &Database, before: &Schema) -> Start {
    let after = view(db);
    let (changed, mut removed) = differences(before, &after);
    if changed.is_empty() && removed.is_empty() {
        return Start::Next { before: Schema::default(), after: Schema::default(), changes: Box::default() };
    }
    let base = before;
    let (before, after) = slice(&SchemaView::from(base), &after);
    let renames = Renames::between(&before, &after);
    for rename in &renames {
        match rename {
            Rename::Table { before, .. } => removed.remove(&Declared::Table(before.clone())),
            Rename::Enum { before, .. } => removed.remove(&Declared::Enum(before.clone())),
            Rename::Column { .. } | Rename::EnumValue { .. } => false,
        };
    }
    let mixins = mixins::changed(db, base, &changed, &renames);
    Start::Next { before, after, changes: Box::new(Changes { changed, removed, mixins }) }
}

/// Whether a declaration may make something else than the migrations.
pub(super) fn may_be(db: &Database, base: &BaseSchema, declaration: Declaration) -> bool {
    if declaration.kind(db) != DeclarationKind::Table {
        return true;
    }
    let table = &lower_table(db, Project::get(db), declaration).table;
    base.schema().and_then(|it| it.tables.get(&table.name)).is_none_or(|old| !is_same_table(old, table))
}

/// The schema of the files, the tables where they are. The counterpart of `orm_schema_lang::lower::schema`.
fn view(db: &Database) -> SchemaView<'_> {
    let project = Project::get(db);
    let mut view = SchemaView::default();
    for file in project.files(db) {
        for declaration in item_tree(db, file) {
            let item = declaration.item(db);
            let is_named = !declaration.name(db).is_empty();
            match declaration.kind(db) {
                DeclarationKind::Table if is_named => {
                    let table = &lower_table(db, project, *declaration).table;
                    view.tables.entry(&table.name).or_insert(table);
                }
                DeclarationKind::Enum if is_named => {
                    let definition = &lower_enum(db, project, *declaration).definition;
                    view.rest.enums.entry(definition.name.clone()).or_insert_with(|| definition.clone());
                }
                DeclarationKind::View if is_named => {
                    let it = &objects::lower_view(db, project, *declaration).view;
                    view.rest.views.entry(it.name.clone()).or_insert_with(|| it.clone());
                }
                DeclarationKind::Sequence if is_named => {
                    let definition = &lower_sequence(db, project, *declaration).definition;
                    view.rest.sequences.entry(definition.name.clone()).or_insert_with(|| definition.clone());
                }
                DeclarationKind::Extension if is_named => {
                    let extension = objects::extension(item);
                    view.rest.extensions.insert(extension.name.clone(), extension);
                }
                DeclarationKind::Raw => {
                    let block = objects::raw_block(item).filter(|it| !view.rest.raw.contains(it));
                    view.rest.raw.extend(block);
                }
                _ => {}
            }
        }
    }
    view
}

/// What comes or becomes another one, and what goes.
fn differences(before: &Schema, after: &SchemaView<'_>) -> (BTreeSet<Declared>, BTreeSet<Declared>) {
    let (mut changed, mut removed) = (BTreeSet::new(), BTreeSet::new());
    for (name, table) in &after.tables {
        if before.tables.get(*name).is_none_or(|old| !is_same_table(old, table)) {
            changed.insert(Declared::Table((*name).clone()));
        }
    }
    for (name, new) in &after.rest.enums {
        if before.enums.get(name).is_none_or(|old| !is_same_enum(old, new)) {
            changed.insert(Declared::Enum(name.clone()));
        }
    }
    let views = after.rest.views.iter().filter(|(name, it)| before.views.get(name) != Some(it));
    changed.extend(views.map(|(name, _)| Declared::View(name.clone())));
    let sequences = after.rest.sequences.iter().filter(|(name, it)| before.sequences.get(name) != Some(it));
    changed.extend(sequences.map(|(name, _)| Declared::Sequence(name.clone())));
    let extensions = after.rest.extensions.keys().filter(|name| !before.extensions.contains_key(name));
    changed.extend(extensions.map(|name| Declared::Extension(name.name.clone())));
    let raw = after.rest.raw.iter().filter(|it| !before.raw.contains(it));
    changed.extend(raw.map(|it| Declared::Raw(it.title().to_owned())));

    let gone = before.tables.keys().filter(|name| !after.tables.contains_key(name));
    removed.extend(gone.cloned().map(Declared::Table));
    removed.extend(before.enums.keys().filter(|it| !after.rest.enums.contains_key(*it)).cloned().map(Declared::Enum));
    removed.extend(before.views.keys().filter(|it| !after.rest.views.contains_key(it)).cloned().map(Declared::View));
    let gone = before.sequences.keys().filter(|it| !after.rest.sequences.contains_key(it));
    removed.extend(gone.cloned().map(Declared::Sequence));
    let gone = before.extensions.keys().filter(|it| !after.rest.extensions.contains_key(it));
    removed.extend(gone.map(|it| Declared::Extension(it.name.clone())));
    let gone = before.raw.iter().filter(|it| !after.rest.raw.contains(it));
    removed.extend(gone.map(|it| Declared::Raw(it.title().to_owned())));
    (changed, removed)
}

/// Whether the databases take notice of no difference: neither of the order of columns, nor of what only the model knows.
fn is_same_table(before: &Table, after: &Table) -> bool {
    before == after || physical(before) == physical(after)
}

fn physical(table: &Table) -> Table {
    let mut table = Table { was: None, declared_name: None, deprecated: None, ..table.clone() };
    table.columns.iter_mut().for_each(|it| *it = physical_column(it));
    table.columns.sort_by(|a, b| a.name.cmp(&b.name));
    table
}

/// The same for a column.
pub(super) fn is_same_column(before: &Column, after: &Column) -> bool {
    physical_column(before) == physical_column(after)
}

fn physical_column(column: &Column) -> Column {
    Column { was: None, deprecated: None, declared_name: None, ..column.clone() }
}

/// An order that the migrations have followed stays in the text until somebody removes it.
fn is_same_enum(before: &Enum, after: &Enum) -> bool {
    let mut after = Cow::Borrowed(after);
    if after.was.is_some() || after.values.iter().any(|it| it.was.is_some()) {
        let after = after.to_mut();
        after.was = None;
        after.values.iter_mut().for_each(|it| it.was = None);
    }
    *before == *after
}
