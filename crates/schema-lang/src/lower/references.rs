//! What a table refers to: foreign keys and the parent that it is interleaved in.

use orm_model::{Dialect, ForeignKey, Interleave, ObjectName, PerDialect, ReferentialAction, names};

use super::{
    Scope,
    object_name::path_text,
    shape::{Place, Shape, Signature, SignatureColumn, signature},
    words::{action_argument, flag_argument, is_not_enforced, only, text_argument},
};
use crate::{
    database::resolve,
    diagnostics::rules::{
        bad_argument, bad_interleave, deprecated_use, foreign_key_columns, impossible_action, native_enum_reference,
        only_reference, unknown_column, unknown_table,
    },
    item::{
        Anchor, Argument, Attribute, DeclarationKind, ExpressionItem, ExpressionKind, Name, TableItem, argument,
        attribute, positional,
    },
};

/// `@references(users.id, on_delete: cascade)` of the column with this physical name.
pub(crate) fn column_reference(
    scope: &mut Scope<'_>,
    shape: &Shape,
    column: &str,
    reference: &Attribute,
    attributes: &[Attribute],
) -> Option<ForeignKey> {
    let target = positional(&reference.arguments).next()?;
    let ExpressionKind::Path(path) = &target.value.kind else {
        if target.value.kind != ExpressionKind::Missing {
            scope.report(bad_argument::value(scope.at(target.anchor), "references", "a column of a table: `users.id`"));
        }
        return None;
    };
    let (referenced_column, table) = path.split_last()?;
    let Some(first) = table.first() else {
        scope.report(bad_argument::value(scope.at(target.anchor), "references", "a column of a table: `users.id`"));
        return None;
    };
    let parent = table_named(scope, table, first.anchor)?;
    let referenced = referenced_column_of(scope, parent, referenced_column)?;
    let spanner = attribute(attributes, "spanner").map(|it| &it.arguments);
    let on_delete_override =
        PerDialect { postgres: None, spanner: spanner.and_then(|it| action_argument(it, "on_delete")).map(|it| it.0) };
    foreign_key(
        scope,
        shape,
        parent,
        vec![column.to_owned()],
        vec![referenced],
        &reference.arguments,
        reference.anchor,
        on_delete_override,
        only(attributes),
    )
}

/// `foreign_key(a, b, references: t(x, y))`
pub(crate) fn item_reference(scope: &mut Scope<'_>, shape: &Shape, item: &TableItem) -> Option<ForeignKey> {
    let columns = own_columns(scope, shape, &item.arguments)?;
    let Some(references) = argument(&item.arguments, "references") else {
        scope.report(bad_argument::missing(scope.at(item.anchor), "foreign_key", "references: orders(tenant_id, id)"));
        return None;
    };
    let ExpressionKind::Call { function, arguments } = &references.value.kind else { return None };
    let parent = table_named(scope, function, function.first()?.anchor)?;
    let mut referenced = Vec::new();
    for argument in arguments {
        let Some(name) = argument.value.as_name() else {
            scope.report(bad_argument::value(
                scope.at(argument.anchor),
                "references",
                "columns: `orders(tenant_id, id)`",
            ));
            return None;
        };
        referenced.push(referenced_column_of(scope, parent, name)?);
    }
    if referenced.len() != columns.len() {
        scope.report(foreign_key_columns::count(scope.at(item.anchor), columns.len(), referenced.len()));
        return None;
    }
    foreign_key(
        scope,
        shape,
        parent,
        columns,
        referenced,
        &item.arguments,
        item.anchor,
        PerDialect::default(),
        only(&item.attributes),
    )
}

/// `interleave(parent, on_delete: cascade)`
pub(crate) fn interleave(scope: &mut Scope<'_>, shape: &Shape, item: &TableItem) -> Option<Interleave> {
    let target = positional(&item.arguments).next()?;
    let ExpressionKind::Path(path) = &target.value.kind else {
        scope.report(bad_argument::value(scope.at(target.anchor), "interleave", "a table"));
        return None;
    };
    let parent = table_named(scope, path, target.anchor)?;
    let (on_delete, anchor) =
        action_argument(&item.arguments, "on_delete").unwrap_or((ReferentialAction::NoAction, item.anchor));
    if !matches!(on_delete, ReferentialAction::NoAction | ReferentialAction::Cascade) {
        scope.report(bad_interleave::action(scope.at(anchor), on_delete));
        return None;
    }
    if let Some(finding) = bad_interleave::check(scope, scope.at(target.anchor), shape, parent) {
        scope.report_in_table(finding);
        // The model holds what was written, right or wrong; in itself no table can be drawn, though.
        if parent.name == shape.name {
            return None;
        }
    }
    if let Some(finding) = only_reference::foreign_key(scope, target.anchor, parent, &[]) {
        scope.report_in_table(finding);
        return None;
    }
    let only = only(&item.attributes);
    Some(Interleave { parent: parent.name.clone(), on_delete, only, placement_only: false })
}

/// `interleave_in(parent)`
pub(crate) fn placement(scope: &mut Scope<'_>, shape: &Shape, item: &TableItem) -> Option<Interleave> {
    let target = positional(&item.arguments).next()?;
    let parent = place_argument(scope, target, "interleave_in")?;
    // PostgreSQL does not see it.
    let finding = match scope.targets().includes(Dialect::Spanner) {
        true => bad_interleave::check(scope, scope.at(target.anchor), shape, parent),
        false => None,
    };
    if let Some(finding) = finding {
        scope.report_in_table(finding);
        if parent.name == shape.name {
            return None;
        }
    }
    let only = only(&item.attributes);
    Some(Interleave { parent: parent.name.clone(), on_delete: ReferentialAction::NoAction, only, placement_only: true })
}

/// The physical name of the table that `interleave:` of an index names.
pub(crate) fn index_parent(scope: &mut Scope<'_>, item: &TableItem) -> Option<ObjectName> {
    Some(place_argument(scope, argument(&item.arguments, "interleave")?, "interleave")?.name.clone())
}

/// The table that says where Spanner stores something.
fn place_argument<'a>(scope: &mut Scope<'a>, argument: &Argument, word: &str) -> Option<&'a Signature> {
    let parent = table_argument(scope, argument, word)?;
    match only_reference::of_one_database(scope, argument.anchor, Dialect::Spanner, parent, &[]) {
        Some(finding) => {
            scope.report_in_table(finding);
            None
        }
        None => Some(parent),
    }
}

fn table_argument<'a>(scope: &mut Scope<'a>, argument: &Argument, word: &str) -> Option<&'a Signature> {
    match &argument.value.kind {
        ExpressionKind::Path(path) => table_named(scope, path, argument.anchor),
        ExpressionKind::Missing => None,
        _ => {
            scope.report(bad_argument::value(scope.at(argument.anchor), word, "a table"));
            None
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "a foreign key is that many things, and both spellings give all of them")]
fn foreign_key(
    scope: &mut Scope<'_>,
    shape: &Shape,
    parent: &Signature,
    columns: Vec<String>,
    referenced_columns: Vec<String>,
    arguments: &[Argument],
    anchor: Anchor,
    on_delete_override: PerDialect<Option<ReferentialAction>>,
    only: Option<Dialect>,
) -> Option<ForeignKey> {
    let action = |name| action_argument(arguments, name).map_or(ReferentialAction::NoAction, |it| it.0);
    let (on_delete, on_update) = (action("on_delete"), action("on_update"));
    let places = foreign_key_columns::Pairing { shape, parent, columns: &columns, referenced: &referenced_columns };
    let pairs = (columns.as_slice(), referenced_columns.as_slice());
    let native = || native_enum_reference::check(scope, scope.at(anchor), shape, parent, pairs);
    let targets = scope.targets();
    let misfit = places.type_mismatch(scope.at(anchor)).or_else(native);
    let misfit = misfit.or_else(|| places.repeated(scope.at(anchor), &targets));
    let misfit = misfit.or_else(|| places.not_unique(scope.at(anchor)));
    misfit.into_iter().for_each(|finding| scope.report_in_table(finding));
    for (name, action) in [("on_delete", on_delete), ("on_update", on_update)] {
        let at = argument(arguments, name).map_or(anchor, |it| it.anchor);
        if let Some(finding) = impossible_action::check(&places, scope.at(at), action) {
            scope.report_in_table(finding);
        }
    }
    if let Some(finding) = only_reference::foreign_key(scope, anchor, parent, &referenced_columns) {
        scope.report_in_table(finding);
        return None;
    }
    if let Some(finding) = deprecated_use::reference(scope.at(anchor), parent, &referenced_columns) {
        scope.report(finding);
    }
    let borrowed: Vec<_> = columns.iter().map(String::as_str).collect();
    let name = match text_argument(arguments, "name") {
        Some(name) => name.replace("{table}", &shape.name.name),
        None => names::foreign_key(&shape.name, &borrowed, &parent.name),
    };
    let references = parent.name.clone();
    Some(ForeignKey {
        name,
        columns,
        references,
        referenced_columns,
        on_delete,
        on_update,
        on_delete_override,
        deferrable: flag_argument(arguments, "deferrable"),
        not_enforced: is_not_enforced(arguments),
        only,
    })
}

pub(crate) fn table_named<'a>(scope: &mut Scope<'a>, path: &[Name], anchor: Anchor) -> Option<&'a Signature> {
    let name = path_text(path);
    match resolve(scope.db, scope.project, &name, &[DeclarationKind::Table]) {
        Some(declaration) => Some(signature(scope.db, scope.project, declaration)),
        None => {
            scope.report(unknown_table::report(scope, anchor, &name));
            None
        }
    }
}

pub(crate) fn referenced_column_of(scope: &mut Scope<'_>, parent: &Signature, name: &Name) -> Option<String> {
    let find = |it: &&SignatureColumn| *it.declared_name == *name.text;
    if let Some(column) = parent.columns.iter().find(find) {
        return Some(column.name.clone());
    }
    if !parent.is_complete {
        return None;
    }
    let known = parent.columns.iter().map(|it| it.declared_name.as_str());
    let table = format!("table `{}`", parent.name);
    scope.report(unknown_column::report(scope.at(name.anchor), &name.text, &table, known));
    None
}

/// The positional arguments as physical names of columns of this table.
fn own_columns(scope: &mut Scope<'_>, shape: &Shape, arguments: &[Argument]) -> Option<Vec<String>> {
    let mut columns = Vec::new();
    for argument in positional(arguments) {
        columns.push(own_column(scope, shape, &argument.value)?);
    }
    (!columns.is_empty()).then_some(columns)
}

fn own_column(scope: &mut Scope<'_>, shape: &Shape, item: &ExpressionItem) -> Option<String> {
    let Some(name) = item.as_name() else {
        if item.kind != ExpressionKind::Missing {
            scope.report(bad_argument::key_expression(scope.at(item.anchor)));
        }
        return None;
    };
    if let Some(column) = shape.columns.iter().find(|it| *it.declared_name() == *name.text) {
        return Some(column.column.name.clone());
    }
    let known = shape.columns.iter().map(|it| it.declared_name());
    scope.report_in_table(unknown_column::report(scope.at(name.anchor), &name.text, "this table", known));
    None
}

/// Where a foreign key or interleaving was written.
pub(crate) fn place(scope: &Scope<'_>, anchor: Anchor) -> Place {
    Place { origin: *scope.origin, anchor }
}
