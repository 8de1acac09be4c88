//! `@was(…)`: what the migrations have made keeps its data under its new name.

use orm_schema_lang::{
    Database, File,
    database::Declaration,
    diagnostics::written_name,
    item::{Anchor, Attribute, DeclarationKind, attribute},
};

use super::{Edits, Rename, RenameReason, tables_with};
use crate::{
    migrated::{self, object_name, old_name},
    symbol::{ColumnSymbol, Symbol, source_of},
};

/// Says the old name where the next migration has to know it.
pub(super) fn keep_data(rename: &Rename<'_>, edits: &mut Edits<'_>) {
    let db = rename.db;
    match rename.symbol {
        Symbol::Declaration(it) => match it.kind(db) {
            DeclarationKind::Table => table(rename, it, edits),
            DeclarationKind::Enum => enumeration(rename, it, edits),
            _ => {}
        },
        Symbol::Column(column) => self::column(rename, &column, edits),
        Symbol::EnumValue { declaration, index } => value(rename, declaration, index, edits),
        _ => {}
    }
}

fn table(rename: &Rename<'_>, declaration: Declaration, edits: &mut Edits<'_>) {
    let item = declaration.item(rename.db);
    let (Some(name), Some(schema)) = (&item.name, rename.base.schema()) else { return };
    let is_made = |name: &str| schema.tables.contains_key(&object_name(name));
    let old = &declaration.name(rename.db);
    say(rename, declaration, &item.attributes, (name.anchor, old), is_made, edits);
}

fn enumeration(rename: &Rename<'_>, declaration: Declaration, edits: &mut Edits<'_>) {
    let item = declaration.item(rename.db);
    let (Some(name), Some(schema)) = (&item.name, rename.base.schema()) else { return };
    let place = item.storage.as_ref().map_or(name.anchor, |it| it.anchor);
    let is_made = |name: &str| schema.enums.contains_key(name);
    say(rename, declaration, &item.attributes, (place, declaration.name(rename.db)), is_made, edits);
}

fn column(rename: &Rename<'_>, column: &ColumnSymbol<'_>, edits: &mut Edits<'_>) {
    let Some(schema) = rename.base.schema() else { return };
    let tables = tables_with(rename.db, column.written_in);
    let made: Vec<_> = tables.into_iter().filter_map(|it| migrated::table(rename.db, schema, it)).collect();
    let is_made = |name: &str| made.iter().any(|table| table.columns.iter().any(|it| it.name == name));
    let item = column.item;
    say(rename, column.written_in, &item.attributes, (item.anchor, &item.name.text), is_made, edits);
}

fn value(rename: &Rename<'_>, declaration: Declaration, index: usize, edits: &mut Edits<'_>) {
    let item = declaration.item(rename.db);
    let (Some(value), Some(schema)) = (item.values.get(index), rename.base.schema()) else { return };
    // What is stored has a text of its own.
    if value.value.is_some() {
        return;
    }
    let old_enum = old_name(&item.attributes).unwrap_or_else(|| declaration.name(rename.db).to_string());
    let made = schema.enums.get(&**declaration.name(rename.db)).or_else(|| schema.enums.get(&old_enum));
    let is_made = |name: &str| made.is_some_and(|it| it.values.iter().any(|it| it.name == name));
    say(rename, declaration, &value.attributes, (value.name.anchor, &value.name.text), is_made, edits);
}

/// Writes the attribute behind `place`, unless one says an older name already, or the name in the database stays.
fn say(
    rename: &Rename<'_>,
    declaration: Declaration,
    attributes: &[Attribute],
    (place, old): (Anchor, &str),
    is_made: impl Fn(&str) -> bool,
    edits: &mut Edits<'_>,
) {
    let (db, file) = (rename.db, declaration.file(rename.db));
    let Some(source) = source_of(db, declaration) else { return };
    if let Some(written) = attribute(attributes, "was") {
        // Back to the name that the database has.
        if !is_made(old) && old_name(attributes).is_some_and(|it| crate::names::last_part(&it) == rename.new) {
            remove(db, file, source.span(written.anchor), edits);
        }
        return;
    }
    if attribute(attributes, "db").is_some() || !is_made(old) {
        return;
    }
    let old = written_name(old);
    edits.insert(file, source.span(place).end, &format!(" @was({old})"), RenameReason::OldName);
}

/// Takes out an attribute with the blanks before it.
fn remove(db: &Database, file: File, range: std::ops::Range<usize>, edits: &mut Edits<'_>) {
    let start = file.source(db).text()[..range.start].trim_end_matches([' ', '\t']).len();
    edits.replace(file, start..range.end, String::new(), RenameReason::OldName);
}
