//! A column that may be NULL, and one that may not.

use orm_schema_lang::{
    File, Severity, Workspace,
    database::Declaration,
    item::{ColumnItem, DeclarationKind, ExpressionKind, Member, argument, attribute},
    workspace::FileEdit,
};

use super::{Context, Here, Offers, RefactoringKind};
use crate::{line_edits::applied, migrated};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let (here, Member::Column(column)) = context.member()? else { return None };
    let written = column.column_type.as_ref()?;
    let end = here.source.span(written.anchor).end;
    let name = &column.name.text;
    if !written.nullable {
        if is_in_key(context, &here, column) || is_counted(column) {
            return None;
        }
        offers.add("make_nullable", RefactoringKind::Rewrite, format!("make `{name}` nullable"), || {
            Some(vec![context.edit(end..end, "?")])
        });
        return Some(());
    }
    if must_be_nullable(column) {
        return None;
    }
    let title = match is_nullable_in_database(context, here.declaration, column) {
        // No default fills rows that are there: a person must, and the migration says so.
        true => format!("make `{name}` not null (its migration fails while a row has NULL: fill them in it)"),
        false => format!("make `{name}` not null"),
    };
    offers.add("make_not_null", RefactoringKind::Rewrite, title, || {
        let edit = context.text[..end].ends_with('?').then(|| context.edit(end - 1..end, ""))?;
        keeps_mutations(context, name, &edit).then(|| vec![edit])
    });
    Some(())
}

/// Whether every mutation that could be understood still can be: one that leaves the column out, or writes NULL, could not.
fn keeps_mutations(context: &Context<'_>, column: &str, edit: &FileEdit) -> bool {
    let mut workspace = Workspace::copy_of(context.db);
    let writes = |file: &File| {
        let text = file.source(context.db).text();
        text.contains("mutation ") && (text.contains("insert into") || text.contains(column))
    };
    let files = context.project.files(context.db);
    let paths: Vec<_> = files.iter().filter(|it| writes(it)).map(|it| it.path(context.db).clone()).collect();
    let errors = |workspace: &Workspace| {
        let found = paths.iter().flat_map(|it| workspace.diagnostics(it));
        found.filter(|it| it.severity == Severity::Error).count()
    };
    let before = errors(&workspace);
    workspace.open(&edit.path, applied(context.text, std::slice::from_ref(edit)));
    errors(&workspace) <= before
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

/// Whether something sets the column to NULL.
fn must_be_nullable(column: &ColumnItem) -> bool {
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
