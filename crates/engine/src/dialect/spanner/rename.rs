//! Other names for what exists. Spanner renames tables alone; a column moves, its rows written anew.
//!
//! Source: <https://cloud.google.com/spanner/docs/schema-updates#supported-updates>.

use orm_model::ObjectName;

use super::{
    Spanner, alter, create,
    types::{self, SqlType},
};
use crate::{
    catalog::{Column, Table},
    dialect::{expression::ExpressionDialect, text_cases},
    plan::{Blocks, Cost, Statement, Unsupported, Work},
};

/// What a reviewer should know of a statement that writes rows: <https://cloud.google.com/spanner/quotas#limits-for>.
const ROWS: &str = "writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a \
                    larger table, split it by ranges of the key";

/// A transaction that writes rows keeps others from writing them:
/// <https://cloud.google.com/spanner/docs/transactions#locking>.
const UPDATE: Cost = Cost::new(Work::WriteRows, Blocks::Writes);

/// `RENAME TO`. Indexes, constraints and interleaved tables follow the table. The new name holds the named schema: without
/// it the table would leave that.
pub(super) fn table(before: &ObjectName, after: &ObjectName) -> Result<Statement, Unsupported> {
    if before.schema != after.schema {
        return Err(Unsupported::new(
            format!("rename table {before} to {after}"),
            "Spanner moves no table to another schema",
            alter::copy_advice(before),
        ));
    }
    Ok(Statement::new(format!("{} RENAME TO {}", alter::alter(before), Spanner.object(after))))
}

/// The new columns, the values of all in one statement, what the columns promise, and the end of the old ones.
pub(super) fn columns(table: &Table, columns: &[(&Column, &Column)]) -> Result<Vec<Statement>, Unsupported> {
    let alter = alter::alter(&table.name);
    let (mut adds, mut values, mut notes) = (Vec::new(), Vec::new(), vec![ROWS.to_owned()]);
    let (mut promises, mut drops) = (Vec::new(), Vec::new());
    for (before, after) in columns.iter().copied() {
        if table.key_columns().any(|key| key == before.name) {
            return Err(alter::fixed_primary_key(&table.name));
        }
        let (old, new) = (types::parse(&before.sql_type), types::parse(&after.sql_type));
        // A column may be called like its table, so the row has a name of its own.
        let value = converted(&format!("it.{}", Spanner.quote(&before.name)), &old, &new);
        let value = value.ok_or_else(|| alter::fixed_type(&table.name, before, after))?;
        let first = first_form(after, &new);
        adds.push(Statement::new(format!("{alter} ADD COLUMN {}", create::column(&first))));
        values.push(format!("{} = {value}", Spanner.quote(&after.name)));
        notes.extend(misfit(before, after, &old, &new));
        if first != *after {
            promises.push(restated(table, before, after));
        }
        drops.push(Statement::new(format!("{alter} DROP COLUMN {}", Spanner.quote(&before.name))));
    }
    let (name, values) = (Spanner.object(&table.name), values.join(", "));
    let fill = Statement::new(format!("UPDATE {name} AS it SET {values} WHERE TRUE"));
    let fill = fill.with_note(notes.join("; ")).at_cost(UPDATE);
    Ok(adds.into_iter().chain([fill]).chain(promises).chain(drops).collect())
}

/// The column while it is filled: NULL until then, except for an array, which cannot become NOT NULL later.
fn first_form(column: &Column, new: &SqlType) -> Column {
    match new.array && column.not_null {
        true => Column { default: column.default.clone().or_else(|| Some("[]".to_owned())), ..column.clone() },
        false => Column { not_null: false, default: None, ..column.clone() },
    }
}

fn restated(table: &Table, before: &Column, after: &Column) -> Statement {
    let statement = Statement::new(alter::restate(&table.name, after));
    if after.not_null && !before.not_null {
        let note = format!("fails when a row has NULL in {}; fill it before", before.name);
        return statement.with_note(note).at_cost(alter::VALIDATION);
    }
    if after.not_null { statement.at_cost(alter::VALIDATION) } else { statement }
}

fn misfit(before: &Column, after: &Column, old: &SqlType, new: &SqlType) -> Option<String> {
    let may_be_null = new.array && after.not_null && !before.not_null;
    let may_not_fit = old.base != new.base || old.may_not_fit(new) || may_be_null;
    may_not_fit.then(|| format!("fails when a value of {} does not fit {}", before.name, after.sql_type))
}

/// The value as the new type; `None` where a cast is missing or loses something.
///
/// <https://cloud.google.com/spanner/docs/reference/standard-sql/conversion_functions>
fn converted(value: &str, old: &SqlType, new: &SqlType) -> Option<String> {
    if old.array != new.array {
        return None;
    }
    if old.base == new.base {
        return Some(value.to_owned());
    }
    let is_exact = matches!(
        (old.base.as_str(), new.base.as_str()),
        ("INT64", "STRING" | "NUMERIC")
            | ("NUMERIC" | "BOOL" | "DATE" | "BYTES", "STRING")
            | ("STRING", "INT64" | "BOOL" | "DATE" | "BYTES")
            | ("FLOAT32", "FLOAT64")
    );
    (is_exact && !old.array).then(|| format!("CAST({value} AS {})", new.base))
}

/// `UPDATE` of the rows that hold one of the old texts.
pub(super) fn texts(table: &Table, column: &Column, texts: &[(String, String)]) -> Result<Statement, Unsupported> {
    if table.key_columns().any(|key| key == column.name) {
        return Err(alter::fixed_primary_key(&table.name));
    }
    let (name, target) = (Spanner.object(&table.name), Spanner.quote(&column.name));
    let sql = if types::parse(&column.sql_type).array {
        let (cases, olds) = text_cases(&Spanner, "value", texts);
        let array =
            format!("ARRAY(SELECT {cases} FROM UNNEST(it.{target}) AS value WITH OFFSET AS place ORDER BY place)");
        let is_concerned = format!("EXISTS(SELECT 1 FROM UNNEST(it.{target}) AS value WHERE value IN ({olds}))");
        format!("UPDATE {name} AS it SET {target} = {array} WHERE {is_concerned}")
    } else {
        let (cases, olds) = text_cases(&Spanner, &format!("it.{target}"), texts);
        format!("UPDATE {name} AS it SET {target} = {cases} WHERE it.{target} IN ({olds})")
    };
    Ok(Statement::new(sql).with_note(ROWS).at_cost(UPDATE))
}
