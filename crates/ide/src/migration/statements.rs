//! The statements of a plan that a declaration makes.

use std::collections::BTreeSet;

use orm_engine::plan::{DataLoss, DatabaseObject, PartKind, Plan, Statement, Subject, Unsupported, view_readers};
use orm_model::{Dialect, ObjectName, ScalarType, Schema, Targets, names};

use super::{Changes, mixins::MixinParts};
use crate::{declared::Declared, migrated::object_name};

/// A part of a plan, in its order.
#[derive(Debug, Default)]
pub(super) struct PlanPart<'p> {
    pub(super) statements: Vec<&'p Statement>,
    pub(super) unsupported: Vec<&'p Unsupported>,
    pub(super) data_loss: Vec<&'p DataLoss>,
}

/// What a plan leads from and to.
pub(super) struct Schemas<'s> {
    pub(super) before: &'s Schema,
    pub(super) after: &'s Schema,
    pub(super) targets: &'s Targets,
}

/// The whole plan.
pub(super) fn all(plan: &Plan) -> PlanPart<'_> {
    PlanPart {
        statements: plan.statements.iter().collect(),
        unsupported: plan.unsupported.iter().collect(),
        data_loss: plan.data_loss.iter().collect(),
    }
}

/// The part that is there because of one declaration.
pub(super) fn of<'p>(
    declared: &Declared,
    plan: &'p Plan,
    schemas: &Schemas<'_>,
    changes: &Changes,
    dialect: Dialect,
) -> PlanPart<'p> {
    let Schemas { before, after, .. } = schemas;
    let mut objects: Vec<_> = [after, before].iter().filter_map(|schema| declared.object(schema, dialect)).collect();
    objects.extend(declared.schema().map(|it| DatabaseObject::Schema(it.to_owned())));
    objects.extend(rebuilt_views(declared, schemas, changes, dialect));
    let columns = match declared {
        Declared::Enum(name) => enum_columns(name, before, after),
        _ => Vec::new(),
    };
    let is_meant = |subject: &Subject| {
        objects.contains(&subject.object)
            || declared.table().is_some_and(|it| is_reference_to(it, subject, schemas, changes))
            || columns.iter().any(|(table, column)| is_of_column(subject, table, column, &changes.changed))
    };
    let loses = |loss: &&DataLoss| {
        let (DataLoss::Table { table } | DataLoss::Column { table, .. } | DataLoss::Values { table, .. }) = loss;
        objects.contains(&DatabaseObject::Table(table.clone()))
    };
    PlanPart {
        statements: plan.statements.iter().filter(|it| it.about.as_ref().is_some_and(is_meant)).collect(),
        unsupported: plan.unsupported.iter().filter(|it| it.about.as_deref().is_some_and(is_meant)).collect(),
        data_loss: plan.data_loss.iter().filter(loses).collect(),
    }
}

/// Whether a statement is about a foreign key to a table, of a table that does not change: it waits for the key.
fn is_reference_to(table: &ObjectName, subject: &Subject, schemas: &Schemas<'_>, changes: &Changes) -> bool {
    let (DatabaseObject::Table(of), Some(part)) = (&subject.object, &subject.part) else { return false };
    let declared = Declared::Table(of.clone());
    if part.kind != PartKind::ForeignKey || changes.changed.contains(&declared) || changes.removed.contains(&declared) {
        return false;
    }
    let mut sides = [schemas.before, schemas.after].into_iter().filter_map(|it| it.tables.get(of));
    sides.any(|it| {
        let is_stored_in = it.interleave.as_ref().is_some_and(|it| it.parent == *table);
        is_stored_in || it.foreign_keys.iter().any(|key| key.name == part.name && key.references == *table)
    })
}

/// The views that are made anew because what they read changes; of one that itself changes, its own declaration tells.
fn rebuilt_views(
    declared: &Declared,
    schemas: &Schemas<'_>,
    changes: &Changes,
    dialect: Dialect,
) -> impl Iterator<Item = DatabaseObject> {
    let read = match declared {
        Declared::Table(name) => {
            let old = schemas.after.tables.get(name).and_then(|it| it.was.as_deref()).map(object_name);
            old.into_iter().chain([name.clone()]).collect()
        }
        Declared::View(name) => vec![name.clone()],
        Declared::Enum(name) => enum_columns(name, schemas.before, schemas.after).into_iter().map(|it| it.0).collect(),
        _ => Vec::new(),
    };
    let readers =
        |schema| read.iter().flat_map(|it| view_readers(schema, it, schemas.targets, dialect)).collect::<Vec<_>>();
    let readers: BTreeSet<_> = [schemas.before, schemas.after].into_iter().flat_map(readers).collect();
    let tells = |it: &Declared| changes.changed.contains(it) || changes.removed.contains(it);
    let readers: Vec<_> = readers.into_iter().filter(|it| !tells(&Declared::View(it.clone()))).collect();
    readers.into_iter().map(DatabaseObject::View)
}

/// The part that is there because of a mixin.
pub(super) fn of_mixin<'p>(mixin: &MixinParts, plan: &'p Plan) -> PlanPart<'p> {
    let is_meant = |subject: &Subject| mixin.is_about(subject);
    PlanPart {
        statements: plan.statements.iter().filter(|it| it.about.as_ref().is_some_and(is_meant)).collect(),
        unsupported: plan.unsupported.iter().filter(|it| it.about.as_deref().is_some_and(is_meant)).collect(),
        data_loss: plan.data_loss.iter().filter(|it| mixin.loses(it)).collect(),
    }
}

/// The columns that hold an enum, if it is not a new one: of those that come with it, the table tells.
fn enum_columns(name: &str, before: &Schema, after: &Schema) -> Vec<(ObjectName, String)> {
    if !before.enums.contains_key(name) || !after.enums.contains_key(name) {
        return Vec::new();
    }
    let is_of_enum = |scalar: &ScalarType| matches!(scalar, ScalarType::Enum(it) if it == name);
    let tables = before.tables.values().chain(after.tables.values());
    let columns = tables.flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let columns = columns.filter(|(_, column)| is_of_enum(&column.column_type.scalar));
    let columns: BTreeSet<_> = columns.map(|(table, column)| (table.name.clone(), column.name.clone())).collect();
    columns.into_iter().collect()
}

/// Whether a statement is about a column or the check of its values. In a table that is new, that is the table's business.
fn is_of_column(subject: &Subject, table: &ObjectName, column: &str, changed: &BTreeSet<Declared>) -> bool {
    let DatabaseObject::Table(of) = &subject.object else { return false };
    let Some(part) = subject.part.as_ref().filter(|_| of == table) else { return false };
    let is_whole_table = !changed.contains(&Declared::Table(table.clone()));
    is_whole_table
        || match part.kind {
            PartKind::Column => part.name == column,
            PartKind::Check => part.name.starts_with(&names::check(table, &[column])),
            _ => false,
        }
}
