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
    plan::{Statement, Unsupported},
};

/// What a reviewer should know of a statement that writes rows: <https://cloud.google.com/spanner/quotas#limits-for>.
const ROWS: &str = "writes every row in one transaction, which takes 80,000 changes of columns and index entries; for a \
                    larger table, split it by ranges of the key";

/// `RENAME TO`. Indexes, constraints and interleaved tables follow the table.
pub(super) fn table(before: &ObjectName, after: &ObjectName) -> Result<Statement, Unsupported> {
    if before.schema != after.schema {
        return Err(Unsupported::new(
            format!("rename table {before} to {after}"),
            "Spanner moves no table to another schema",
            alter::copy_advice(before),
        ));
    }
    Ok(Statement::new(format!("{} RENAME TO {}", alter::alter(before), Spanner.quote(&after.name))))
}

/// The new column, the values, what it promises, and the end of the old column.
pub(super) fn column(table: &Table, before: &Column, after: &Column) -> Result<Vec<Statement>, Unsupported> {
    if table.key_columns().any(|key| key == before.name) {
        return Err(alter::fixed_primary_key(&table.name));
    }
    let (old, new) = (types::parse(&before.sql_type), types::parse(&after.sql_type));
    // A column may be called like its table, so the row has a name of its own.
    let value = converted(&format!("it.{}", Spanner.quote(&before.name)), &old, &new);
    let value = value.ok_or_else(|| alter::fixed_type(&table.name, before, after))?;
    let first = first_form(after, &new);
    let (name, target) = (Spanner.object(&table.name), Spanner.quote(&after.name));
    let add = format!("{} ADD COLUMN {}", alter::alter(&table.name), create::column(&first));
    let fill = Statement::new(format!("UPDATE {name} AS it SET {target} = {value} WHERE TRUE"));
    let mut statements = vec![Statement::new(add), fill.with_note(fill_note(before, after, &old, &new))];
    if first != *after {
        statements.push(restated(table, before, after));
    }
    let drop = format!("{} DROP COLUMN {}", alter::alter(&table.name), Spanner.quote(&before.name));
    statements.push(Statement::new(drop));
    Ok(statements)
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
        return statement.with_note(format!("fails when a row has NULL in {}; fill it before", before.name));
    }
    statement
}

fn fill_note(before: &Column, after: &Column, old: &SqlType, new: &SqlType) -> String {
    let mut notes = vec![ROWS.to_owned()];
    if old.base != new.base || old.may_not_fit(new) || (new.array && after.not_null && !before.not_null) {
        notes.push(format!("fails when a value of {} does not fit {}", before.name, after.sql_type));
    }
    notes.join("; ")
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
    Ok(Statement::new(sql).with_note(ROWS))
}
