//! The statements of a plan that a declaration makes.

use std::collections::BTreeSet;

use orm_engine::plan::{DataLoss, DatabaseObject, PartKind, Plan, Statement, Subject, Unsupported};
use orm_model::{Dialect, ObjectName, ScalarType, Schema, names};

use super::mixins::MixinParts;
use crate::declared::Declared;

/// A part of a plan, in its order.
#[derive(Debug, Default)]
pub(super) struct PlanPart<'p> {
    pub(super) statements: Vec<&'p Statement>,
    pub(super) unsupported: Vec<&'p Unsupported>,
    pub(super) data_loss: Vec<&'p DataLoss>,
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
    before: &Schema,
    after: &Schema,
    changed: &BTreeSet<Declared>,
    dialect: Dialect,
) -> PlanPart<'p> {
    let objects: Vec<_> = [after, before].iter().filter_map(|schema| declared.object(schema, dialect)).collect();
    let columns = match declared {
        Declared::Enum(name) => enum_columns(name, before, after),
        _ => Vec::new(),
    };
    let is_meant = |subject: &Subject| {
        objects.contains(&subject.object)
            || columns.iter().any(|(table, column)| is_of_column(subject, table, column, changed))
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
