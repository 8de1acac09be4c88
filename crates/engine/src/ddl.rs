//! The DDL of a whole schema, or of one of its tables: what `orm ddl` prints, migrations begin with and hovers show.

use orm_model::{Dialect, ObjectName, Schema, Targets};

use crate::{
    catalog::Catalog,
    dialect,
    plan::{self, Plan, Statement},
};

/// The statements that make `schema` in an empty database, in the order in which they can run.
pub fn create(schema: &Schema, targets: &Targets, dialect: Dialect) -> Vec<Statement> {
    plan(schema, targets, dialect).statements
}

/// Like [`create`], with what the database has no counterpart for.
pub fn plan(schema: &Schema, targets: &Targets, dialect: Dialect) -> Plan {
    plan::plan(&Schema::default(), schema, targets, dialect)
}

/// The statements that make one table with its indexes and foreign keys; none if the schema does not have it.
pub fn table(schema: &Schema, name: &ObjectName, targets: &Targets, dialect: Dialect) -> Vec<Statement> {
    let sql = dialect::of(dialect);
    let mut catalog = sql.lower(schema, targets).catalog;
    catalog.tables.retain(|table, _| table == name);
    plan::between(&Catalog::default(), &catalog, sql).statements
}

/// The statements as a text: each closed by a semicolon, a blank line between two.
pub fn text(statements: &[Statement]) -> String {
    let mut text = statements.iter().map(|it| format!("{};", it.sql)).collect::<Vec<_>>().join("\n\n");
    if !text.is_empty() {
        text.push('\n');
    }
    text
}
