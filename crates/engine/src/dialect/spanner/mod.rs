//! Google Spanner in its own dialect, GoogleSQL.

mod alter;
mod batch;
mod create;
mod expression;
mod functions;
pub(crate) mod history;
mod index;
mod inspect;
mod names;
mod normalize;
mod object;
mod query;
mod rename;
mod sequence;
pub(crate) mod statements;
mod types;

use async_trait::async_trait;
use orm_driver::Connection;
use orm_model::{Dialect, ObjectName, ScalarType, Targets, Ttl};

use super::{Dependents, Inspection, SqlDialect, lower::Context};
use crate::{
    catalog::{Catalog, Column, ForeignKey, Index, Table},
    plan::{Batch, Cost, Statement, Unsupported},
};

/// It has no types of its own: an enum is its texts with a check.
impl super::enum_type::EnumDialect for Spanner {}

/// The SQL of Spanner.
#[derive(Debug, Clone, Copy)]
pub struct Spanner;

#[async_trait]
impl SqlDialect for Spanner {
    fn dialect(&self) -> Dialect {
        Dialect::Spanner
    }

    fn scalar_type(&self, scalar: &ScalarType, targets: &Targets) -> Option<String> {
        types::scalar_type(scalar, targets)
    }

    fn has_default(&self, default: &orm_model::Default, targets: &Targets) -> bool {
        !default.is_commit_timestamp() || targets.spanner.as_ref().is_some_and(|it| it.commit_timestamp_defaults)
    }

    fn validation(&self) -> Cost {
        alter::VALIDATION
    }

    fn needs_check(&self, scalar: &ScalarType, targets: &Targets) -> bool {
        match scalar {
            ScalarType::Char(_) => true,
            ScalarType::Smallint | ScalarType::Integer => targets.spanner.as_ref().is_none_or(|it| it.range_checks),
            _ => false,
        }
    }

    fn array_within(&self, column: &str, values: &[String], _: &str) -> String {
        format!("ARRAY_INCLUDES_ALL([{}], {column})", values.join(", "))
    }

    fn lower_constraints(&self, cx: &Context<'_>, table: &orm_model::Table, lowered: &mut Table) {
        create::lower_constraints(cx, table, lowered);
    }

    fn create_table(&self, table: &Table) -> Vec<Statement> {
        vec![create::table(table)]
    }

    fn indexes_follow_table(&self) -> bool {
        true
    }

    fn drops_indexes_first(&self) -> bool {
        true
    }

    fn create_index(&self, table: &ObjectName, name: &str, index: &Index) -> Statement {
        index::create(table, name, index)
    }

    fn add_foreign_key(&self, table: &ObjectName, name: &str, key: &ForeignKey) -> Statement {
        create::foreign_key(table, name, key)
    }

    fn reference_cost(&self, key: &ForeignKey, referenced: &Table) -> Cost {
        create::reference_cost(key, referenced)
    }

    fn add_column(&self, table: &ObjectName, column: &Column) -> Result<Vec<Statement>, Unsupported> {
        alter::add_column(table, column)
    }

    fn alter_column(
        &self,
        catalog: &Catalog,
        table: &Table,
        before: &Column,
        after: &Column,
    ) -> Result<Vec<Statement>, Unsupported> {
        alter::column(catalog, table, before, after)
    }

    fn blocking_dependents(&self, before: &Column, after: &Column) -> Dependents {
        let retyped = types::parse(&before.sql_type).base != types::parse(&after.sql_type).base;
        let renulled = before.not_null != after.not_null;
        Dependents { indexes: renulled, foreign_keys: renulled || retyped, checks: retyped, generated: retyped }
    }

    /// The emulator breaks on them: `ZETASQL_RET_CHECK failure (…/foreign_key_validator.cc…)`.
    fn foreign_keys_block_rename(&self) -> bool {
        true
    }

    /// A view would read a table that is not there any more, which Spanner refuses.
    fn views_block_rename(&self) -> bool {
        true
    }

    fn rename_table(&self, table: &Table, after: &ObjectName) -> Result<Vec<Statement>, Unsupported> {
        rename::table(&table.name, after).map(|it| vec![it])
    }

    fn move_columns(&self, table: &Table, columns: &[(&Column, &Column)]) -> Result<Vec<Statement>, Unsupported> {
        rename::columns(table, columns)
    }

    fn rewrite_texts(
        &self,
        table: &Table,
        column: &Column,
        texts: &[(String, String)],
    ) -> Result<Statement, Unsupported> {
        rename::texts(table, column, texts)
    }

    /// What Spanner can change it refuses when a value does not fit.
    fn loses_data(&self, _: &Column, _: &Column) -> Option<String> {
        None
    }

    fn drop_primary_key(&self, table: &Table) -> Result<Statement, Unsupported> {
        Err(alter::fixed_primary_key(&table.name))
    }

    fn add_primary_key(&self, table: &Table) -> Result<Statement, Unsupported> {
        Err(alter::fixed_primary_key(&table.name))
    }

    fn alter_interleave(&self, before: &Table, after: &Table) -> Result<Vec<Statement>, Unsupported> {
        alter::interleave(before, after)
    }

    fn alter_ttl(&self, table: &ObjectName, before: Option<&Ttl>, after: Option<&Ttl>) -> Option<Statement> {
        alter::ttl(table, before, after)
    }

    fn alter_comments(&self, _: &Table, _: &Table) -> Vec<Statement> {
        Vec::new()
    }

    /// Spanner makes the unique index that a foreign key needs by itself.
    fn foreign_keys_need_unique(&self) -> bool {
        false
    }

    fn batches(&self, statements: &[&str]) -> Vec<Batch> {
        batch::batches(statements)
    }

    async fn inspect(&self, connection: &mut dyn Connection) -> orm_driver::Result<Inspection> {
        inspect::inspect(connection).await
    }

    fn normalize(&self, catalog: Catalog) -> Catalog {
        normalize::catalog(catalog)
    }
}
