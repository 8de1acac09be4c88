//! Defaults that a column may not have: the type forbids NULL, and the expression may give it.

use std::collections::BTreeSet;

use orm_model::{Column, Default, Dialect, ObjectName, Schema, ValueType, typing::infer};

/// A remark on a column that is added with such a default.
pub(super) const NULL_DEFAULT: &str = "fails when the table has rows and the default gives NULL";

/// Columns by their tables.
pub(super) type Columns = BTreeSet<(ObjectName, String)>;

/// The columns of a schema whose default may give a NULL that they do not take.
pub(super) fn null_defaults(schema: &Schema, dialect: Dialect) -> Columns {
    let schema = schema.in_dialect(dialect);
    let columns = schema.tables.values().flat_map(|table| table.columns.iter().map(move |column| (table, column)));
    let columns = columns.filter(|(_, column)| may_fail(column));
    columns.map(|(table, column)| (table.name.clone(), column.name.clone())).collect()
}

fn may_fail(column: &Column) -> bool {
    let Some(Default::Expression(expression)) = &column.default else { return false };
    // A default reads no columns. Of raw SQL nothing is known.
    let typing = infer(expression, &|_| None);
    !column.nullable && typing.nullable && typing.value != ValueType::Unknown
}
