//! PostgreSQL, and PGlite, which is PostgreSQL.

mod alter;
mod create;
mod enum_type;
mod expression;
mod functions;
pub(crate) mod history;
mod inspect;
mod names;
mod normalize;
mod object;
mod query;
mod sequence;
pub(crate) mod statements;
mod types;

use async_trait::async_trait;
use orm_driver::Connection;
use orm_model::{Dialect, ObjectName, ScalarType, Targets};

use super::{Dependents, Inspection, SqlDialect, lower::Context};
use crate::{
    catalog::{Catalog, Column, ForeignKey, Index, Table},
    plan::{Cost, Statement, Unsupported},
};

/// The SQL of PostgreSQL.
#[derive(Debug, Clone, Copy)]
pub struct Postgres;

#[async_trait]
impl SqlDialect for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn scalar_type(&self, scalar: &ScalarType, _: &Targets) -> Option<String> {
        types::scalar_type(scalar)
    }

    fn validation(&self) -> Cost {
        alter::VALIDATION
    }

    fn needs_check(&self, scalar: &ScalarType, _: &Targets) -> bool {
        matches!(scalar, ScalarType::Char(_) | ScalarType::Bytes(Some(_)))
    }

    fn array_within(&self, column: &str, values: &[String], sql_type: &str) -> String {
        format!("{column} <@ ARRAY[{}]::{sql_type}", values.join(", "))
    }

    fn lower_constraints(&self, cx: &Context<'_>, table: &orm_model::Table, lowered: &mut Table) {
        create::lower_constraints(cx, table, lowered);
    }

    fn create_table(&self, table: &Table) -> Vec<Statement> {
        create::table(table)
    }

    fn indexes_follow_table(&self) -> bool {
        false
    }

    fn drops_indexes_first(&self) -> bool {
        false
    }

    fn create_index(&self, table: &ObjectName, name: &str, index: &Index) -> Statement {
        create::index(table, name, index)
    }

    fn add_foreign_key(&self, table: &ObjectName, name: &str, key: &ForeignKey) -> Statement {
        create::foreign_key(table, name, key)
    }

    fn add_column(&self, table: &ObjectName, column: &Column) -> Result<Vec<Statement>, Unsupported> {
        Ok(alter::add_column(table, column))
    }

    fn stop_computing(&self, table: &Table, before: &Column) -> Result<Vec<Statement>, Unsupported> {
        alter::stop_computing(table, before)
    }

    fn alter_column(
        &self,
        _: &Catalog,
        table: &Table,
        before: &Column,
        after: &Column,
    ) -> Result<Vec<Statement>, Unsupported> {
        alter::column(table, before, after)
    }

    fn blocking_dependents(&self, before: &Column, after: &Column) -> Dependents {
        let retyped = types::parse(&before.sql_type).base != types::parse(&after.sql_type).base;
        let generated = before.sql_type != after.sql_type;
        Dependents { indexes: false, foreign_keys: retyped, checks: retyped, generated }
    }

    fn rename_table(&self, table: &Table, after: &ObjectName) -> Result<Vec<Statement>, Unsupported> {
        Ok(alter::rename_table(table, after))
    }

    fn check_at_once(&self) -> Option<Statement> {
        Some(alter::check_at_once())
    }

    fn rewrite_texts(
        &self,
        table: &Table,
        column: &Column,
        texts: &[(String, String)],
    ) -> Result<Statement, Unsupported> {
        Ok(alter::rewrite_texts(&table.name, column, texts))
    }

    fn loses_data(&self, before: &Column, after: &Column) -> Option<String> {
        types::loss(&types::parse(&before.sql_type), &types::parse(&after.sql_type))
    }

    fn drop_primary_key(&self, table: &Table) -> Result<Statement, Unsupported> {
        Ok(self.drop_constraint(&table.name, &create::primary_key_name(table)))
    }

    fn add_primary_key(&self, table: &Table) -> Result<Statement, Unsupported> {
        Ok(alter::add_primary_key(table))
    }

    /// The foreign key that stands for it is compared as a foreign key.
    fn alter_interleave(&self, _: &Table, _: &Table) -> Result<Vec<Statement>, Unsupported> {
        Ok(Vec::new())
    }

    fn alter_foreign_key(
        &self,
        table: &ObjectName,
        name: &str,
        before: &ForeignKey,
        after: &ForeignKey,
    ) -> Option<Statement> {
        alter::foreign_key(table, name, before, after)
    }

    fn alter_comments(&self, before: &Table, after: &Table) -> Vec<Statement> {
        alter::comments(before, after)
    }

    fn foreign_keys_need_unique(&self) -> bool {
        true
    }

    async fn inspect(&self, connection: &mut dyn Connection) -> orm_driver::Result<Inspection> {
        inspect::inspect(connection).await
    }

    fn normalize(&self, catalog: Catalog) -> Catalog {
        normalize::catalog(catalog)
    }
}
