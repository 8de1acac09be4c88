//! From one schema to another: ordered statements of one database, what they lose, and what cannot be done.
//!
//! A plan compares what the two schemas *become* in the database, not the schemas: `integer` → `bigint` is a new type in
//! PostgreSQL and one CHECK less in Spanner, and where both are the same nothing happens. The way back is the plan with
//! the two schemas exchanged.

mod cost;
mod data_loss;
mod defaults;
mod delta;
mod enums;
mod generated;
mod order;
mod raw;
mod rename;
mod sequences;
pub mod slice;
mod statement;
mod steps;
mod subject;
mod views;
mod wider;

use std::{collections::BTreeSet, ops::Range};

use orm_model::{Dialect, ObjectName, Renames, Schema, Targets};
use serde::{Deserialize, Serialize};

use crate::{
    catalog::Catalog,
    dialect::{self, SqlDialect},
};

use rename::{Moved, Rewrite};

pub use cost::{Blocks, Cost, Work};
pub use data_loss::DataLoss;
pub use statement::{Statement, Unsupported};
pub use subject::{Action, DatabaseObject, Part, PartKind, Subject};

/// How a database gets from one schema to another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The statements in the order in which they can run.
    pub statements: Vec<Statement>,
    /// What the statements leave out, because the database cannot do it. A plan with an entry here is not the whole way.
    pub unsupported: Vec<Unsupported>,
    /// What the statements throw away of the rows that are there.
    pub data_loss: Vec<DataLoss>,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.unsupported.is_empty()
    }
}

/// The way from `before` to `after` in `dialect`; what `after` orders by `@was(…)` is renamed.
pub fn plan(before: &Schema, after: &Schema, targets: &Targets, dialect: Dialect) -> Plan {
    plan_renaming(before, after, &Renames::between(before, after), targets, dialect)
}

/// The way back from `after` to `before`: [`plan`] undone.
pub fn plan_back(before: &Schema, after: &Schema, targets: &Targets, dialect: Dialect) -> Plan {
    plan_renaming(after, before, &Renames::between(before, after).inverse(), targets, dialect)
}

fn plan_renaming(before: &Schema, after: &Schema, renames: &Renames, targets: &Targets, dialect: Dialect) -> Plan {
    let sql = dialect::of(dialect);
    let known = sql.lower(before, targets).unsupported;
    let mut renamed = rename::in_place(before, after, renames, targets, sql);
    let after_catalog = sql.lower(after, targets);
    let moves = Moves {
        moved: rename::moved(renames, sql),
        rewrites: rename::rewrites(before, &renamed.schema, after, renames),
        null_defaults: defaults::null_defaults(after, dialect),
    };
    let mut plan = planned(&renamed.catalog, &after_catalog.catalog, &moves, sql);
    renamed.statements.append(&mut plan.statements);
    plan.statements = renamed.statements;
    let new_gaps = after_catalog
        .unsupported
        .into_iter()
        .filter(|gap| !known.iter().any(|it| it.is_same(gap)))
        .chain(renamed.unsupported);
    plan.unsupported.splice(0..0, new_gaps);
    plan
}

/// The views that may read a table or view, also by way of others: a plan makes them anew where that changes.
pub fn view_readers(schema: &Schema, object: &ObjectName, targets: &Targets, dialect: Dialect) -> Vec<ObjectName> {
    if schema.views.is_empty() {
        return Vec::new();
    }
    views::readers(&dialect::of(dialect).lower(schema, targets).catalog, &[object])
}

/// What of the rows moves, because columns or values of enums are called otherwise, and what may not come to them.
#[derive(Default)]
struct Moves<'a> {
    moved: Vec<Moved<'a>>,
    rewrites: Vec<Rewrite>,
    null_defaults: defaults::Columns,
}

/// The way from one catalog to another of the same dialect.
pub fn between(before: &Catalog, after: &Catalog, sql: &dyn SqlDialect) -> Plan {
    planned(before, after, &Moves::default(), sql)
}

fn planned(before: &Catalog, after: &Catalog, moves: &Moves<'_>, sql: &dyn SqlDialect) -> Plan {
    let way = enums::make_way(sql, before, after);
    let before = way.before.as_ref();
    let deltas = delta::deltas(before, after, moves, sql);
    let mut steps = steps::Steps::new(sql, before, after, &deltas, &moves.null_defaults);
    steps.drop_what_goes();
    steps.rename_what_stays();
    steps.create_what_comes();
    let mut plan = steps.finish();
    way.attribute(&mut plan.statements);
    plan.statements.splice(0..0, way.statements.iter().cloned());
    plan.data_loss = data_loss::losses(before, after, &deltas, sql);
    plan
}

/// Statements that go to the database together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Which.
    pub statements: Range<usize>,
    /// Whether they change rows and take no part in a schema change, where the database keeps the two apart.
    pub changes_rows: bool,
}

/// How `statements` go to the database together, in order, each batch one call or transaction.
pub fn batches(statements: &[&str], dialect: Dialect) -> Vec<Batch> {
    dialect::of(dialect).batches(statements)
}

/// The named schemas that `after` needs and `before` does not.
fn new_schemas<'a>(before: &'a Catalog, after: &'a Catalog) -> BTreeSet<&'a str> {
    let known = before.schemas().collect::<BTreeSet<_>>();
    after.schemas().filter(|schema| !known.contains(schema)).collect()
}
