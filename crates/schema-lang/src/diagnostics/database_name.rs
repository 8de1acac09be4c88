//! Another name in the database for what has one.

use super::{Fix, Location, interleaving::storage};
use crate::{
    database::{Declaration, LookupName},
    item::{Attribute, DeclarationKind, Item, argument, attribute},
    lower::{
        names::{DatabaseName, NameKind, Naming, place},
        shape::ColumnShape,
    },
    usages::declarations_referring,
};

/// Gives what has `name` another one: with `name:` or `@db`, so that nothing that refers to it changes. `None` where it
/// is not written in the declaration that is judged.
pub(crate) fn rename(context: &Naming<'_>, name: &DatabaseName, new: &str) -> Option<Fix> {
    let fix = Fix::offer(format!("Call it `{new}` in the database"));
    let item = context.declaration.item(context.db);
    match name.kind {
        NameKind::Schema | NameKind::Type => None,
        // `@primary_key` takes no name.
        NameKind::PrimaryKey if is_attribute(context, name) => None,
        NameKind::Table | NameKind::Sequence | NameKind::View => of_declaration(context, item, fix, new),
        NameKind::Column => {
            let column = name.column(context).filter(|it| !is_shared(context, it))?;
            of_column(context, column, fix, new)
        }
        NameKind::Index | NameKind::Unique | NameKind::PrimaryKey | NameKind::ForeignKey | NameKind::Check => {
            let place = place(context, name).filter(|it| it.origin.spread.is_none())?;
            let arguments = item.arguments_at(place.anchor)?;
            Some(match argument(arguments, "name") {
                Some(written) => fix.replace(&context.here(written.value.anchor), format!("{new:?}")),
                None => fix.add_argument(&context.here(place.anchor), format!("name: {new:?}")),
            })
        }
    }
}

/// Whether a parent, or a table that is interleaved, has the key column, too: all of them call it alike.
fn is_shared(context: &Naming<'_>, column: &ColumnShape) -> bool {
    let Some(table) = context.lowered.map(|it| &it.table).filter(|it| it.is_key_column(&column.column.name)) else {
        return false;
    };
    let (db, project) = (context.db, context.project);
    let name = LookupName::new(db, context.declaration.name(db).clone());
    let is_in_this = |it: &Declaration| storage(db, project, *it).parent == Some(context.declaration);
    table.interleave.is_some() || declarations_referring(db, project, name).iter().any(is_in_this)
}

fn is_attribute(context: &Naming<'_>, name: &DatabaseName) -> bool {
    let place = place(context, name).map(|it| it.anchor);
    context.declaration.item(context.db).columns().any(|it| it.attributes.iter().any(|it| Some(it.anchor) == place))
}

/// A name that is likely free: with that of the table before it, or with a number.
pub(crate) fn another(context: &Naming<'_>, name: &DatabaseName) -> Option<String> {
    let is_of_table = !matches!(name.kind, NameKind::Table | NameKind::Sequence | NameKind::View | NameKind::Type);
    let table = context.lowered.filter(|_| is_of_table).map(|it| &it.table.name)?;
    Some(orm_model::names::fit(&match name.text.contains(&table.name) {
        true => format!("{}_2", name.text),
        false => format!("{}_{}", table.name, name.text),
    }))
}

fn of_declaration(context: &Naming<'_>, item: &Item, fix: Fix, new: &str) -> Option<Fix> {
    // The attributes of a sequence stand behind its parentheses.
    let has_parentheses = item.kind == DeclarationKind::Sequence && !item.arguments.is_empty();
    let header = context.here(item.name.as_ref().filter(|_| !has_parentheses)?.anchor);
    of_attributes(context, &item.attributes, &header, fix, (" ", new))
}

fn of_column(context: &Naming<'_>, column: &ColumnShape, fix: Fix, new: &str) -> Option<Fix> {
    let mut columns = context.declaration.item(context.db).columns();
    let written = columns.find(|it| column.origin.spread.is_none() && it.name.anchor == column.name)?;
    let behind = column.location_of(column.default.unwrap_or(column.written_type));
    of_attributes(context, &written.attributes, &behind, fix, ("  ", new))
}

fn of_attributes(
    context: &Naming<'_>,
    attributes: &[Attribute],
    behind: &Location,
    fix: Fix,
    (blank, new): (&str, &str),
) -> Option<Fix> {
    match attribute(attributes, "db") {
        Some(it) => Some(fix.replace(&context.here(it.arguments.first()?.anchor), format!("{new:?}"))),
        None => Some(fix.insert_after(behind, format!("{blank}@db({new:?})"))),
    }
}
