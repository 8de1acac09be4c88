//! The databases: one folder each, with parallel file names, so that a third one is a folder to copy.
//!
//! | file | subject |
//! |---|---|
//! | `names` | quoting of identifiers and literals |
//! | `types` | portable types → SQL types, and which checks keep what the SQL type does not |
//! | `expression` | where expressions of defaults and checks differ from standard SQL |
//! | `query` | where queries and mutations differ |
//! | `functions` | the texts of the registry's functions, a file for each category |
//! | `create` | `CREATE TABLE`, `CREATE INDEX` |
//! | `alter` | changes of what exists, and which are impossible |
//! | `enum_type` | enums that are types |
//! | `object` | views, extensions, raw SQL |
//! | `sequence` | sequences and identity columns |
//! | `inspect` | reading a live database |
//! | `normalize` | one spelling for what the database and the schema spell differently |
//!
//! Everything else asks the [`SqlDialect`] that [`of`] hands out, and never matches on [`Dialect`].

pub mod enum_type;
pub mod expression;
pub mod functions;
pub mod lower;
pub mod object;
pub mod postgres;
pub mod sequence;
pub mod spanner;

use async_trait::async_trait;
use orm_driver::{Connection, ParameterScalar};
use orm_model::{Dialect, ObjectName, ScalarType, Schema, Targets, Ttl};

use crate::{
    catalog::{Catalog, Check, Column, ForeignKey, Index, Table, Unique},
    migrate::history::{HISTORY_TABLE, LOCK_TABLE},
    plan::{Batch, Cost, Statement, Unsupported, Work},
};

/// The SQL of `dialect`.
pub fn of(dialect: Dialect) -> &'static dyn SqlDialect {
    match dialect {
        Dialect::Postgres => &postgres::Postgres,
        Dialect::Spanner => &spanner::Spanner,
    }
}

/// What a schema becomes in one database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lowered {
    /// The tables.
    pub catalog: Catalog,
    /// What the database has no counterpart for; it is missing in the catalog.
    pub unsupported: Vec<Unsupported>,
}

/// What a live database has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inspection {
    /// The tables, without those of `orm` itself.
    pub catalog: Catalog,
    /// What the model has no words for (views, triggers, expression indexes, …), a line each. It is never touched.
    pub unmodelled: Vec<String>,
}

/// `CASE … WHEN old THEN new … END` over `operand`, what is none of the old texts as it is; and the old ones as a list.
fn text_cases(sql: &dyn SqlDialect, operand: &str, texts: &[(String, String)]) -> (String, String) {
    let pairs = texts.iter().map(|(old, new)| format!(" WHEN {} THEN {}", sql.string(old), sql.string(new)));
    let olds: Vec<_> = texts.iter().map(|(old, _)| sql.string(old)).collect();
    (format!("CASE {operand}{} ELSE {operand} END", pairs.collect::<String>()), olds.join(", "))
}

/// Whether a table is one in which `orm` keeps its history; inspection leaves them out.
fn is_own(table: &ObjectName) -> bool {
    table.schema.is_none() && [HISTORY_TABLE, LOCK_TABLE].contains(&table.name.as_str())
}

/// A remark on statements that fail when the rows that exist break what they ask for.
const DUPLICATES: &str = "fails when two rows have the same values";

/// When a generated column cannot be added to rows.
fn computation_failure(column: &Column) -> String {
    let null = if column.not_null { " or is NULL" } else { "" };
    format!("fails when the value of a row cannot be computed{null}")
}

/// A check, without its name.
fn check_definition(check: &Check) -> String {
    format!("CHECK ({}){}", check.condition, not_enforced(check.enforced))
}

/// ` NOT ENFORCED`
const fn not_enforced(is_enforced: bool) -> &'static str {
    if is_enforced { "" } else { " NOT ENFORCED" }
}

fn foreign_key_statement(statement: Statement, key: &ForeignKey, cost: Cost) -> Statement {
    match key.enforced {
        true => statement.with_note("fails when a row refers to one that is not there").at_cost(cost),
        false => statement,
    }
}

fn index_statement(sql: String, index: &Index, cost: Cost) -> Statement {
    let mut statement = Statement::new(sql).at_cost(cost);
    if index.unique {
        statement = statement.with_note(DUPLICATES);
    }
    if index.expressions().any(computes) {
        statement = statement.with_further_note("fails when a key or the condition cannot be computed for a row");
    }
    statement
}

/// Whether an expression calls, casts or calculates, which a value may rule out; a comparison takes every value.
fn computes(expression: &str) -> bool {
    expression.replace(" IN (", " ").contains(['(', '+', '*', '/']) || expression.contains(" - ")
}

/// As what a value of this type is sent, where the database has no other word for it.
fn sent_scalar(scalar: &ScalarType) -> Option<ParameterScalar> {
    Some(match scalar {
        ScalarType::Boolean => ParameterScalar::Bool,
        ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint => ParameterScalar::Int64,
        ScalarType::Real => ParameterScalar::Float32,
        ScalarType::Double => ParameterScalar::Float64,
        ScalarType::Numeric(_) => ParameterScalar::Numeric,
        ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_) => {
            ParameterScalar::String
        }
        ScalarType::Bytes(_) => ParameterScalar::Bytes,
        ScalarType::Uuid => ParameterScalar::Uuid,
        ScalarType::Date => ParameterScalar::Date,
        ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_) => ParameterScalar::Timestamp,
        ScalarType::Json | ScalarType::Jsonb => ParameterScalar::Json,
        ScalarType::Time(_) | ScalarType::Interval | ScalarType::Native(_) => ParameterScalar::String,
    })
}

/// Which dependents of a column have to go and come back around a change of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dependents {
    /// Indexes that have the column as a key or store it.
    pub indexes: bool,
    /// Foreign keys on either side.
    pub foreign_keys: bool,
    /// Checks, and expressions of indexes, that read it.
    pub checks: bool,
    /// Generated columns that are made of it.
    pub generated: bool,
}

/// The SQL of one database. The provided methods are standard SQL.
#[async_trait]
pub trait SqlDialect:
    expression::ExpressionDialect + sequence::SequenceDialect + enum_type::EnumDialect + object::ObjectDialect
{
    /// Which dialect it is.
    fn dialect(&self) -> Dialect;

    /// The SQL type of a portable type; `None` where the database has no such column.
    fn scalar_type(&self, scalar: &ScalarType, targets: &Targets) -> Option<String>;

    /// Whether a default is one of the database; otherwise the client writes the value.
    fn has_default(&self, _default: &orm_model::Default, _targets: &Targets) -> bool {
        true
    }

    /// Whether values of this type need a CHECK because the SQL type takes more: a range, a length.
    fn needs_check(&self, scalar: &ScalarType, targets: &Targets) -> bool;

    /// The condition that an array holds nothing but `values`, which are literals.
    fn array_within(&self, column: &str, values: &[String], sql_type: &str) -> String;

    /// Turns the keys, indexes and interleaving of a table into what the database has; columns are there already.
    fn lower_constraints(&self, cx: &lower::Context<'_>, table: &orm_model::Table, lowered: &mut Table);

    /// The tables that a schema becomes.
    fn lower(&self, schema: &Schema, targets: &Targets) -> Lowered {
        lower::lower(&schema.in_dialect(self.dialect()), targets, self.dialect())
    }

    /// `CREATE SCHEMA`, if it is not there: schemas may be shared with others, so they are never dropped.
    fn create_schema(&self, name: &str) -> Statement {
        Statement::new(format!("CREATE SCHEMA IF NOT EXISTS {}", self.quote(name)))
    }

    /// `CREATE TABLE` with key and checks; indexes, unique constraints and foreign keys follow.
    fn create_table(&self, table: &Table) -> Vec<Statement>;

    /// Whether indexes stand right after their table, where they cost nothing.
    fn indexes_follow_table(&self) -> bool;

    /// Whether an index has to be dropped before its table.
    fn drops_indexes_first(&self) -> bool;

    /// `CREATE INDEX`.
    fn create_index(&self, table: &ObjectName, name: &str, index: &Index) -> Statement;

    /// `DROP INDEX`.
    fn drop_index(&self, table: &ObjectName, name: &str) -> Statement {
        let qualified = ObjectName { schema: table.schema.clone(), name: name.to_owned() };
        Statement::new(format!("DROP INDEX {}", self.object(&qualified)))
    }

    /// `DROP TABLE`.
    fn drop_table(&self, table: &ObjectName) -> Statement {
        Statement::new(format!("DROP TABLE {}", self.object(table)))
    }

    /// `ADD CONSTRAINT … UNIQUE`.
    fn add_unique(&self, table: &ObjectName, name: &str, unique: &Unique) -> Statement {
        let nulls = if unique.nulls_equal { " NULLS NOT DISTINCT" } else { "" };
        let definition = format!("UNIQUE{nulls} ({})", self.columns(&unique.columns));
        let cost = Cost::new(Work::BuildIndex, self.validation().blocks);
        self.add_constraint(table, name, &definition).with_note(DUPLICATES).at_cost(cost)
    }

    /// `ADD CONSTRAINT … CHECK`.
    fn add_check(&self, table: &ObjectName, name: &str, check: &Check) -> Statement {
        let statement = self.add_constraint(table, name, &check_definition(check));
        match check.enforced {
            true => statement.with_note("fails when a row breaks the condition").at_cost(self.validation()),
            false => statement,
        }
    }

    /// What it costs to hold the rows that are there to a new check.
    fn validation(&self) -> Cost;

    /// `ADD CONSTRAINT … FOREIGN KEY`.
    fn add_foreign_key(&self, table: &ObjectName, name: &str, key: &ForeignKey) -> Statement;

    /// What a foreign key costs in the table that it refers to, beside what it costs in its own.
    fn reference_cost(&self, _key: &ForeignKey, _referenced: &Table) -> Cost {
        Cost::INSTANT
    }

    /// What makes one foreign key the other in place; `None` where it has to go and come back.
    fn alter_foreign_key(
        &self,
        _table: &ObjectName,
        _name: &str,
        _before: &ForeignKey,
        _after: &ForeignKey,
    ) -> Option<Statement> {
        None
    }

    /// `ADD CONSTRAINT`.
    fn add_constraint(&self, table: &ObjectName, name: &str, definition: &str) -> Statement {
        let (table, name) = (self.object(table), self.quote(name));
        Statement::new(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"))
    }

    /// `DROP CONSTRAINT`.
    fn drop_constraint(&self, table: &ObjectName, name: &str) -> Statement {
        Statement::new(format!("ALTER TABLE {} DROP CONSTRAINT {}", self.object(table), self.quote(name)))
    }

    /// `ADD COLUMN`.
    fn add_column(&self, table: &ObjectName, column: &Column) -> Result<Vec<Statement>, Unsupported>;

    /// `DROP COLUMN`.
    fn drop_column(&self, table: &ObjectName, column: &str) -> Statement {
        Statement::new(format!("ALTER TABLE {} DROP COLUMN {}", self.object(table), self.quote(column)))
    }

    /// Statements that make a generated column one that is written, before anything that it is made of goes. Without any,
    /// [`alter_column`](Self::alter_column) says what there is to say.
    fn stop_computing(&self, _table: &Table, _before: &Column) -> Result<Vec<Statement>, Unsupported> {
        Ok(Vec::new())
    }

    /// Statements that turn the column `before` of `table`, as it is in `catalog`, into `after`.
    fn alter_column(
        &self,
        catalog: &Catalog,
        table: &Table,
        before: &Column,
        after: &Column,
    ) -> Result<Vec<Statement>, Unsupported>;

    /// Whether a table with foreign keys, its own or to it, must lose them to get another name.
    fn foreign_keys_block_rename(&self) -> bool {
        false
    }

    /// Whether a table must lose the views that read it to get another name.
    fn views_block_rename(&self) -> bool {
        false
    }

    /// Statements that give a table another name.
    fn rename_table(&self, table: &Table, after: &ObjectName) -> Result<Vec<Statement>, Unsupported>;

    /// `RENAME COLUMN`.
    fn rename_column(&self, table: &ObjectName, before: &str, after: &str) -> Statement {
        let (table, before, after) = (self.object(table), self.quote(before), self.quote(after));
        Statement::new(format!("ALTER TABLE {table} RENAME COLUMN {before} TO {after}"))
    }

    /// `ALTER INDEX … RENAME`.
    fn rename_index(&self, table: &ObjectName, before: &str, after: &str) -> Statement {
        let qualified = ObjectName { schema: table.schema.clone(), name: before.to_owned() };
        Statement::new(format!("ALTER INDEX {} RENAME TO {}", self.object(&qualified), self.quote(after)))
    }

    /// `RENAME CONSTRAINT`.
    fn rename_constraint(&self, table: &ObjectName, before: &str, after: &str) -> Statement {
        let (table, before, after) = (self.object(table), self.quote(before), self.quote(after));
        Statement::new(format!("ALTER TABLE {table} RENAME CONSTRAINT {before} TO {after}"))
    }

    /// Statements that make the second column of each pair out of the first, where a column cannot be renamed: a new one
    /// takes the values, and the old one goes. What uses the columns is gone already and comes back later.
    fn move_columns(&self, table: &Table, columns: &[(&Column, &Column)]) -> Result<Vec<Statement>, Unsupported> {
        Ok(columns.iter().map(|(before, after)| self.rename_column(&table.name, &before.name, &after.name)).collect())
    }

    /// Statement that stores other texts in a column: the new one of each pair for the old one.
    fn rewrite_texts(
        &self,
        table: &Table,
        column: &Column,
        texts: &[(String, String)],
    ) -> Result<Statement, Unsupported>;

    /// Statement that lets no check of a written row wait for the end of the transaction, where a check that waits keeps the
    /// table from being changed; `None` where no check waits.
    fn check_at_once(&self) -> Option<Statement> {
        None
    }

    /// Which dependents stand in the way of turning `before` into `after`.
    fn blocking_dependents(&self, before: &Column, after: &Column) -> Dependents;

    /// Why turning `before` into `after` can lose what the rows hold; `None` if it cannot, or fails instead.
    fn loses_data(&self, before: &Column, after: &Column) -> Option<String>;

    /// Statement that takes the primary key away, before columns change.
    fn drop_primary_key(&self, table: &Table) -> Result<Statement, Unsupported>;

    /// Statement that gives a primary key to a table without one.
    fn add_primary_key(&self, table: &Table) -> Result<Statement, Unsupported>;

    /// Statements that change the interleaving of a table that stays.
    fn alter_interleave(&self, before: &Table, after: &Table) -> Result<Vec<Statement>, Unsupported>;

    /// Statement that changes after how many days rows go; `None` where the database deletes no rows by itself.
    fn alter_ttl(&self, _table: &ObjectName, _before: Option<&Ttl>, _after: Option<&Ttl>) -> Option<Statement> {
        None
    }

    /// Statements that change the comments of a table that stays.
    fn alter_comments(&self, before: &Table, after: &Table) -> Vec<Statement>;

    /// Whether foreign keys to a unique key hold it in place.
    fn foreign_keys_need_unique(&self) -> bool;

    /// How statements go to the database together, in order, each batch one call or transaction.
    fn batches(&self, statements: &[&str]) -> Vec<Batch> {
        let all = Batch { statements: 0..statements.len(), changes_rows: false };
        std::iter::once(all).filter(|all| !all.statements.is_empty()).collect()
    }

    /// Reads what the database has.
    async fn inspect(&self, connection: &mut dyn Connection) -> orm_driver::Result<Inspection>;

    /// Spells everything in the one way that makes a lowered and an inspected catalog comparable.
    fn normalize(&self, catalog: Catalog) -> Catalog;
}
