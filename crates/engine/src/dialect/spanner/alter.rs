//! Changes of tables that exist, and those that Spanner cannot make.
//!
//! Source: <https://cloud.google.com/spanner/docs/schema-updates#supported-updates>.

use orm_model::{ObjectName, ReferentialAction, Ttl};

use super::{Spanner, create, sequence, types};
use crate::{
    catalog::{Catalog, Column, Interleave, Table},
    dialect::{computation_failure, expression::ExpressionDialect},
    plan::{Blocks, Cost, Statement, Unsupported, Work},
};

/// Values that are there are read, and nobody waits: <https://cloud.google.com/spanner/docs/schema-updates#performance>.
///
/// Checks, too: <https://cloud.google.com/spanner/docs/check-constraint/how-to>.
pub(super) const VALIDATION: Cost = Cost::new(Work::Scan, Blocks::Nobody);
/// Rows that are there get their values in the background: those of defaults
/// (<https://cloud.google.com/spanner/docs/reference/standard-sql/data-definition-language#alter_table>) and of generated
/// columns that are stored
/// (<https://cloud.google.com/spanner/docs/generated-column/how-to>).
const BACKFILL: Cost = Cost::new(Work::WriteRows, Blocks::Nobody);

/// `ADD COLUMN`.
///
/// Spanner adds no column that needs a value and has no default, not even to an empty table. So it is added without
/// NOT NULL, which follows as a statement of its own: the place to fill the rows is between the two.
pub(super) fn add_column(table: &ObjectName, column: &Column) -> Result<Vec<Statement>, Unsupported> {
    let add = |column: &Column| format!("{} ADD COLUMN {}", alter(table), create::column(column));
    let is_filled = column.default.is_some() || column.generated.is_some() || column.identity.counter().is_some();
    if column.generated.as_ref().is_some_and(|it| it.stored) {
        return Ok(vec![Statement::new(add(column)).with_note(computation_failure(column)).at_cost(BACKFILL)]);
    }
    if !column.not_null || is_filled {
        let writes_rows = column.default.is_some() || column.identity.counter().is_some();
        let cost = if writes_rows { BACKFILL } else { Cost::INSTANT };
        return Ok(vec![Statement::new(add(column)).at_cost(cost)]);
    }
    if types::parse(&column.sql_type).array {
        return Err(required_array(table, column));
    }
    let nullable = Column { not_null: false, ..column.clone() };
    let note = format!("fails when {table} has rows, which have NULL in {}; fill it before", column.name);
    let require = Statement::new(restate(table, column)).with_note(note).at_cost(VALIDATION);
    Ok(vec![Statement::new(add(&nullable)), require])
}

/// What turns `before` into `after`.
pub(super) fn column(
    catalog: &Catalog,
    table: &Table,
    before: &Column,
    after: &Column,
) -> Result<Vec<Statement>, Unsupported> {
    let (old, new) = (types::parse(&before.sql_type), types::parse(&after.sql_type));
    let (retype, renull) = (old != new, before.not_null != after.not_null);
    check_change(catalog, table, before, after)?;
    let mut statements = Vec::new();
    if retype || renull {
        statements.push(change_type(&table.name, before, after));
    } else if before.default != after.default {
        statements.push(change_default(&table.name, after));
    }
    statements.extend(sequence::alter_identity(&alter_column(&table.name, &after.name), before, after));
    match (before.allow_commit_timestamp, after.allow_commit_timestamp) {
        // The default of a commit timestamp is there only while the option is.
        (false, true) => statements.insert(0, allow_commit_timestamp(&table.name, after)),
        (true, false) => statements.push(allow_commit_timestamp(&table.name, after)),
        _ => {}
    }
    Ok(statements)
}

/// `SET OPTIONS (allow_commit_timestamp = …)`
fn allow_commit_timestamp(table: &ObjectName, after: &Column) -> Statement {
    let value = if after.allow_commit_timestamp { "true" } else { "null" };
    let column = alter_column(table, &after.name);
    let option = Statement::new(format!("{column} SET OPTIONS (allow_commit_timestamp = {value})"));
    match after.allow_commit_timestamp {
        true => option.with_note(format!("fails when a value in {} is in the future", after.name)).at_cost(VALIDATION),
        false => option,
    }
}

/// Refuses what Spanner refuses.
fn check_change(catalog: &Catalog, table: &Table, before: &Column, after: &Column) -> Result<(), Unsupported> {
    let (old, new) = (types::parse(&before.sql_type), types::parse(&after.sql_type));
    let is_key = table.key_columns().any(|key| key == before.name);
    let is_parent =
        || catalog.tables.values().any(|it| it.interleave.as_ref().is_some_and(|it| it.parent == table.name));
    sequence::check_identity(&table.name, before, after)?;
    if before.generated.is_some() && after.generated.is_none() {
        return Err(stays_generated(&table.name, after));
    }
    if !old.can_become(&new) {
        return Err(fixed_type(&table.name, before, after));
    }
    if is_key && before.not_null != after.not_null {
        return Err(fixed_primary_key(&table.name));
    }
    if is_key && old != new && (table.interleave.is_some() || is_parent()) {
        return Err(shared_key_column(&table.name, after));
    }
    if after.not_null && !before.not_null && new.array {
        return Err(required_array(&table.name, after));
    }
    Ok(())
}

fn change_type(table: &ObjectName, before: &Column, after: &Column) -> Statement {
    let sql = restate(table, after);
    let (old, new) = (types::parse(&before.sql_type), types::parse(&after.sql_type));
    let mut reasons = Vec::new();
    if after.not_null && !before.not_null {
        reasons.push(format!("fails when a row has NULL in {}; fill it before", after.name));
    }
    if old.may_not_fit(&new) {
        reasons.push(format!("fails when a value in {} is too long", after.name));
    }
    if old.base == "BYTES" && new.base == "STRING" {
        reasons.push(format!("fails when a value in {} is not UTF-8", after.name));
    }
    // <https://cloud.google.com/spanner/docs/schema-updates#updates-that-require-validation>
    let cost = if reasons.is_empty() && old.base == new.base { Cost::INSTANT } else { VALIDATION };
    let statement = Statement::new(sql).at_cost(cost);
    if reasons.is_empty() { statement } else { statement.with_note(reasons.join("; ")) }
}

/// `ADD`, `REPLACE` and `DROP ROW DELETION POLICY`. Rows go later, in the background:
/// <https://cloud.google.com/spanner/docs/ttl>.
pub(super) fn ttl(table: &ObjectName, before: Option<&Ttl>, after: Option<&Ttl>) -> Option<Statement> {
    let word = match (before, after) {
        (None, None) => return None,
        (Some(_), None) => return Some(Statement::new(format!("{} DROP ROW DELETION POLICY", alter(table)))),
        (None, Some(_)) => "ADD",
        (Some(_), Some(_)) => "REPLACE",
    };
    let after = after?;
    let sql = format!("{} {word} {}", alter(table), create::row_deletion_policy(after));
    Some(Statement::new(sql).with_note(format!("deletes the rows whose {} is {} days old", after.column, after.days)))
}

/// Rows that are there keep what they have:
/// <https://cloud.google.com/spanner/docs/reference/standard-sql/data-definition-language#alter_table>.
fn change_default(table: &ObjectName, after: &Column) -> Statement {
    let column = alter_column(table, &after.name);
    Statement::new(match &after.default {
        Some(text) => format!("{column} SET DEFAULT ({text})"),
        None => format!("{column} DROP DEFAULT"),
    })
}

/// `SET ON DELETE`; everything else about interleaving is fixed.
pub(super) fn interleave(before: &Table, after: &Table) -> Result<Vec<Statement>, Unsupported> {
    match (&before.interleave, &after.interleave) {
        (old, new) if old == new => Ok(Vec::new()),
        (Some(old), Some(new)) if old.parent == new.parent && old.placement_only != new.placement_only => {
            Ok(placement(after, new))
        }
        (Some(old), Some(new)) if old.parent == new.parent => {
            Ok(vec![Statement::new(format!("{} SET ON DELETE {}", alter(&after.name), new.on_delete.sql()))])
        }
        _ => Err(Unsupported::new(
            format!("change the interleaving of table {}", after.name),
            "Spanner stores a table where it was created",
            copy_advice(&after.name),
        )),
    }
}

/// From `INTERLEAVE IN PARENT` to `INTERLEAVE IN` and back; what a delete does is set in a second step.
/// <https://cloud.google.com/spanner/docs/reference/standard-sql/data-definition-language#alter_table>
fn placement(table: &Table, interleave: &Interleave) -> Vec<Statement> {
    let (alter, parent) = (alter(&table.name), Spanner.object(&interleave.parent));
    if interleave.placement_only {
        return vec![Statement::new(format!("{alter} SET INTERLEAVE IN {parent}"))];
    }
    let note = "fails when a row has no parent";
    let adopt = Statement::new(format!("{alter} SET INTERLEAVE IN PARENT {parent}"));
    let adopt = adopt.with_note(note).at_cost(VALIDATION);
    let cascade = (interleave.on_delete == ReferentialAction::Cascade)
        .then(|| Statement::new(format!("{alter} SET ON DELETE CASCADE")));
    std::iter::once(adopt).chain(cascade).collect()
}

/// The primary key of a table never changes.
pub(super) fn fixed_primary_key(table: &ObjectName) -> Unsupported {
    Unsupported::new(
        format!("change the primary key of table {table}"),
        "Spanner stores the rows by it, so neither its columns, nor their order, type and nullability can change",
        copy_advice(table),
    )
}

fn stays_generated(table: &ObjectName, column: &Column) -> Unsupported {
    let name = &column.name;
    Unsupported::new(
        format!("stop computing column {name} of table {table}"),
        "Spanner never turns a generated column into one that is written",
        format!(
            "add a column under another name, fill it with a partitioned UPDATE (SET new_{name} = {name} WHERE true), \
             let the application use it, then drop {name}"
        ),
    )
}

pub(super) fn fixed_type(table: &ObjectName, before: &Column, after: &Column) -> Unsupported {
    let name = &after.name;
    Unsupported::new(
        format!("change column {name} of table {table} from {} to {}", before.sql_type, after.sql_type),
        "Spanner changes the length of STRING and BYTES, and one of the two into the other, nothing else",
        format!(
            "add a column of the new type under another name, fill it with a partitioned UPDATE (CAST({name} AS …)), let \
             the application use it, then drop {name}"
        ),
    )
}

/// What to do where a column cannot become what it should be.
pub(super) fn new_column_advice(column: &str) -> String {
    format!("add a column under another name as it should be, let the application use it, then drop {column}")
}

fn shared_key_column(table: &ObjectName, column: &Column) -> Unsupported {
    Unsupported::new(
        format!("change the type of key column {} of table {table}", column.name),
        "interleaved tables share their key, and Spanner changes the type of a shared column in none of them",
        copy_advice(table),
    )
}

fn required_array(table: &ObjectName, column: &Column) -> Unsupported {
    Unsupported::new(
        format!("make the array {} of table {table} NOT NULL", column.name),
        "Spanner takes NOT NULL for an array only when the column is created with the table or with a default",
        "give the column a default and add it anew, or let it be NULL: `?` after its type",
    )
}

pub(super) fn copy_advice(table: &ObjectName) -> String {
    format!(
        "create a table under another name as it should be, copy the rows in ranges of the key, then swap the names \
         (RENAME TABLE {table} TO {table}_old, {table}_new TO {table})"
    )
}

pub(super) fn restate(table: &ObjectName, column: &Column) -> String {
    format!("{} {}", alter_column(table, &column.name), create::type_and_value(column))
}

fn alter_column(table: &ObjectName, column: &str) -> String {
    format!("{} ALTER COLUMN {}", alter(table), Spanner.quote(column))
}

pub(super) fn alter(table: &ObjectName) -> String {
    format!("ALTER TABLE {}", Spanner.object(table))
}
