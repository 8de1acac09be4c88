//! A column that may be NULL, and one that may not.

use orm_schema_lang::{
    database::Declaration,
    item::{ColumnItem, DeclarationKind, ExpressionKind, Member, argument, attribute},
};

use super::{Context, Here, Offers, RefactoringKind, null_writers};
use crate::migrated;

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let (here, Member::Column(column)) = context.member()? else { return None };
    let written = column.column_type.as_ref()?;
    let end = here.source.span(written.anchor).end;
    let name = &column.name.text;
    if !written.nullable {
        if is_in_key(context, &here, column) || is_counted(column) {
            return None;
        }
        offers.add("make_nullable", RefactoringKind::Rewrite, format!("Make `{name}` nullable"), || {
            vec![context.edit(end..end, "?")]
        });
        return Some(());
    }
    let sign = end.checked_sub(1).filter(|it| context.text[*it..end] == *"?")?;
    if must_be_nullable(column) {
        return None;
    }
    let title = match is_nullable_in_database(context, here.declaration, column) {
        // No default fills rows that are there: a person must, and the migration says so.
        true => format!("Make `{name}` not null (its migration fails while a row has NULL: fill them in it)"),
        false => format!("Make `{name}` not null"),
    };
    match null_writers::first(context, here.declaration, name) {
        Some(reason) => offers.refuse("make_not_null", RefactoringKind::Rewrite, title, reason),
        None => offers.add("make_not_null", RefactoringKind::Rewrite, title, || vec![context.edit(sign..end, "")]),
    }
    Some(())
}

/// Whether a primary key of the declaration, or of one that spreads it, has the column.
fn is_in_key(context: &Context<'_>, here: &Here<'_>, column: &ColumnItem) -> bool {
    if attribute(&column.attributes, "primary_key").is_some() {
        return true;
    }
    let tables = crate::rename::tables_with(context.db, here.declaration);
    let declarations = tables.into_iter().chain([here.declaration]);
    { declarations }.any(|it| {
        let shape = orm_schema_lang::lower::shape::shape(context.db, context.project, it);
        let physical = shape.columns.iter().find(|it| it.declared_name() == &*column.name.text);
        let key = shape.primary_key.iter().flat_map(|(key, _)| &key.columns);
        physical.is_some_and(|column| { key }.any(|it| it.name == column.column.name))
    })
}

/// Whether the column is an identity column, which is never NULL.
fn is_counted(column: &ColumnItem) -> bool {
    let function = column.default.as_ref().map(|it| &it.kind);
    matches!(function, Some(ExpressionKind::Call { function, .. }) if function.iter().map(|it| &*it.text).eq(["identity"]))
}

/// Whether something sets the column to NULL, or a database makes it when it is read, which is never NOT NULL in Spanner.
fn must_be_nullable(column: &ColumnItem) -> bool {
    let generated = attribute(&column.attributes, "generated").and_then(|it| argument(&it.arguments, "stored"));
    if generated.is_some_and(|it| it.value.kind == ExpressionKind::Boolean(false)) {
        return true;
    }
    let reference = attribute(&column.attributes, "references");
    reference.is_some_and(|it| {
        ["on_delete", "on_update"]
            .iter()
            .filter_map(|name| argument(&it.arguments, name)?.value.as_name())
            .any(|it| &*it.text == "set_null")
    })
}

/// Whether a database has the column, and lets it be NULL.
fn is_nullable_in_database(context: &Context<'_>, declaration: Declaration, column: &ColumnItem) -> bool {
    let Some(schema) = context.base.schema() else { return false };
    let tables = match declaration.kind(context.db) {
        DeclarationKind::Table => vec![declaration],
        _ => crate::rename::tables_with(context.db, declaration),
    };
    let made = tables.into_iter().filter_map(|it| migrated::table(context.db, schema, it));
    { made }.any(|table| {
        let old = migrated::old_name(&column.attributes);
        let found = table.column(&column.name.text).or_else(|| table.column(&old?));
        found.is_some_and(|it| it.nullable)
    })
}
