//! Changes of tables that exist.

use orm_model::ObjectName;

use super::{
    Postgres, create,
    names::string,
    sequence,
    types::{self, Conversion},
};
use crate::{
    catalog::{Column, ForeignKey, Table},
    dialect::{SqlDialect, computation_failure, expression::ExpressionDialect, text_cases},
    plan::{Blocks, Cost, Statement, Unsupported, Work},
};

/// What most of `ALTER TABLE` waits for is ACCESS EXCLUSIVE: <https://www.postgresql.org/docs/current/explicit-locking.html>.
pub(super) const VALIDATION: Cost = Cost::new(Work::Scan, Blocks::ReadsAndWrites);
const REWRITE: Cost = Cost::new(Work::Rewrite, Blocks::ReadsAndWrites);

/// `ADD COLUMN` and its comment.
///
/// A column that needs a value and has no default can be added to an empty table only; the statement says so.
pub(super) fn add_column(table: &ObjectName, column: &Column) -> Vec<Statement> {
    let (name, not_null) = (Postgres.quote(&column.name), if column.not_null { " NOT NULL" } else { "" });
    let sql = format!("{} ADD COLUMN {name} {}{not_null}{}", alter(table), column.sql_type, create::value(column));
    let is_filled = column.default.is_some() || column.identity.counter().is_some();
    let add = if column.generated.as_ref().is_some_and(|it| it.stored) {
        let failure = computation_failure(column);
        let note = format!("rewrites {table}, to compute the column of every row; {failure}");
        Statement::new(sql).with_note(note).at_cost(REWRITE)
    } else if column.not_null && !is_filled {
        let note = format!(
            "fails when {table} has rows, which have no value for the column; to keep them, add the column without NOT \
             NULL, fill it, then SET NOT NULL"
        );
        Statement::new(sql).with_note(note).at_cost(VALIDATION)
    } else {
        Statement::new(sql).at_cost(addition(column))
    };
    let comment = column.comment.as_ref().map(|_| column_comment(table, column));
    std::iter::once(add).chain(comment).collect()
}

/// A value that every row shares is stored once; one that differs is written into each.
///
/// Source: <https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN>.
fn addition(column: &Column) -> Cost {
    let differs = column.default.as_ref().is_some_and(|it| types::may_be_volatile(it));
    match (differs || column.identity.counter().is_some(), column.generated.is_some() && column.not_null) {
        (true, _) => REWRITE,
        // Each value is computed, to see whether it is NULL.
        (false, true) => VALIDATION,
        (false, false) => Cost::INSTANT,
    }
}

/// What turns `before` into `after`; its comment is not looked at.
pub(super) fn column(table: &Table, before: &Column, after: &Column) -> Result<Vec<Statement>, Unsupported> {
    let column = format!("{} ALTER COLUMN {}", alter(&table.name), Postgres.quote(&after.name));
    let mut statements: Vec<_> = sequence::drop_identity(&column, before, after).into_iter().collect();
    let retype = before.sql_type != after.sql_type;
    let carries_default = !retype || converts_default(before, after);
    if before.default.is_some() && (after.default.is_none() || !carries_default) {
        statements.push(Statement::new(format!("{column} DROP DEFAULT")));
    }
    if before.not_null && !after.not_null {
        statements.push(Statement::new(format!("{column} DROP NOT NULL")));
    }
    if retype {
        statements.push(set_type(table, &column, before, after)?);
    }
    if let Some(default) = &after.default
        && (before.default != after.default || !carries_default)
    {
        statements.push(Statement::new(format!("{column} SET DEFAULT {}", create::operand(default))));
    }
    if !before.not_null && after.not_null {
        let note = format!("fails when a row has NULL in {}; fill it before", after.name);
        statements.push(Statement::new(format!("{column} SET NOT NULL")).with_note(note).at_cost(VALIDATION));
    }
    statements.extend(sequence::set_identity(&column, before, after));
    Ok(statements)
}

/// `DROP EXPRESSION`, which keeps the values.
pub(super) fn stop_computing(table: &Table, before: &Column) -> Result<Vec<Statement>, Unsupported> {
    if before.generated.as_ref().is_some_and(|it| !it.stored) {
        return Err(no_values(table, before));
    }
    let column = Postgres.quote(&before.name);
    Ok(vec![Statement::new(format!("{} ALTER COLUMN {column} DROP EXPRESSION", alter(&table.name)))])
}

/// A column that was computed when it was read has no values to keep.
fn no_values(table: &Table, column: &Column) -> Unsupported {
    Unsupported::new(
        format!("stop computing column {} of table {}", column.name, table.name),
        "it is computed when it is read, so that it has no values to keep",
        format!("add a column under another name, fill it with the values of {0}, then drop {0}", column.name),
    )
}

fn converts_default(before: &Column, after: &Column) -> bool {
    let (before, after) = (types::parse(&before.sql_type), types::parse(&after.sql_type));
    types::conversion(&before, &after) == Conversion::Assignment && before.base == after.base
}

fn set_type(table: &Table, column: &str, before: &Column, after: &Column) -> Result<Statement, Unsupported> {
    let name = Postgres.quote(&after.name);
    let (old, new) = (types::parse(&before.sql_type), types::parse(&after.sql_type));
    let using = match types::conversion(&old, &new) {
        Conversion::Assignment => String::new(),
        Conversion::Cast => format!(" USING {name}::{}", after.sql_type),
        Conversion::Text => {
            let array = if new.array { "[]" } else { "" };
            format!(" USING {name}::text{array}::{}", after.sql_type)
        }
        Conversion::Utc => format!(" USING {name} AT TIME ZONE 'UTC'"),
        Conversion::Encode => format!(" USING convert_to({name}, 'UTF8')"),
        Conversion::Decode => format!(" USING convert_from({name}, 'UTF8')"),
        Conversion::Impossible => {
            return Err(Unsupported::new(
                format!(
                    "change column {} of table {} from {} to {}",
                    after.name, table.name, before.sql_type, after.sql_type
                ),
                "PostgreSQL has no conversion between the two types",
                "add a column of the new type under another name, fill it, then drop this one",
            ));
        }
    };
    let sql = format!("{column} SET DATA TYPE {}{using}", after.sql_type);
    let statement = Statement::new(sql);
    if types::takes_only_more(&old, &new) {
        return Ok(statement);
    }
    let rewritten = statement.with_note(format!("rewrites {}", table.name)).at_cost(REWRITE);
    Ok(if types::takes_all(&old, &new) {
        rewritten
    } else {
        rewritten.with_further_note("fails when a value does not fit")
    })
}

/// `RENAME TO`, and the name that the primary key has of the table.
pub(super) fn rename_table(table: &Table, after: &ObjectName) -> Vec<Statement> {
    let mut statements = Vec::new();
    let moved = ObjectName { schema: after.schema.clone(), name: table.name.name.clone() };
    if table.name.schema != after.schema {
        let schema = after.schema.as_deref().unwrap_or("public");
        statements.push(Postgres.create_schema(schema));
        statements.push(Statement::new(format!("{} SET SCHEMA {}", alter(&table.name), Postgres.quote(schema))));
    }
    if table.name.name != after.name {
        statements.push(Statement::new(format!("{} RENAME TO {}", alter(&moved), Postgres.quote(&after.name))));
        let (old, new) = (create::derived_key_name(&table.name.name), create::derived_key_name(&after.name));
        let has_derived_name = table.primary_key.as_ref().is_some_and(|key| key.name.is_none());
        if has_derived_name && old != new {
            statements.push(Postgres.rename_constraint(after, &old, &new));
        }
    }
    statements
}

/// `UPDATE` of the rows that hold one of the old texts.
pub(super) fn rewrite_texts(table: &ObjectName, column: &Column, texts: &[(String, String)]) -> Statement {
    let (table, name) = (Postgres.object(table), Postgres.quote(&column.name));
    if !column.sql_type.ends_with("[]") {
        let (cases, olds) = text_cases(&Postgres, &name, texts);
        let sql = format!("UPDATE {table} SET {name} = {cases} WHERE {name} IN ({olds})");
        return Statement::new(sql).at_cost(Cost::new(Work::WriteRows, Blocks::Writes));
    }
    let (cases, olds) = text_cases(&Postgres, "value", texts);
    let array =
        format!("ARRAY(SELECT {cases} FROM unnest({name}) WITH ORDINALITY AS it (value, place) ORDER BY place)");
    let sql_type = &column.sql_type;
    let sql = format!("UPDATE {table} SET {name} = {array}::{sql_type} WHERE {name} && ARRAY[{olds}]::{sql_type}");
    Statement::new(sql).at_cost(Cost::new(Work::WriteRows, Blocks::Writes))
}

/// `SET CONSTRAINTS`, until the transaction ends: a table with rows that a deferred constraint is still to check takes
/// neither `ALTER TABLE` nor `CREATE INDEX`.
///
/// Source: <https://www.postgresql.org/docs/current/sql-set-constraints.html>.
pub(super) fn check_at_once() -> Statement {
    Statement::new("SET CONSTRAINTS ALL IMMEDIATE")
}

/// `ADD PRIMARY KEY`.
pub(super) fn add_primary_key(table: &Table) -> Statement {
    let key = table.primary_key.as_ref().map(create::primary_key).unwrap_or_default();
    Statement::new(format!("{} ADD {key}", alter(&table.name)))
        .with_note("fails when two rows have the same key")
        .at_cost(Cost::new(Work::BuildIndex, Blocks::ReadsAndWrites))
}

/// `COMMENT ON` for the table and its columns, where the comment is another one.
pub(super) fn comments(before: &Table, after: &Table) -> Vec<Statement> {
    let table = (before.comment != after.comment).then(|| {
        let text = after.comment.as_ref().map_or("NULL".to_owned(), |text| string(text));
        Statement::new(format!("COMMENT ON TABLE {} IS {text}", Postgres.object(&after.name)))
    });
    let columns = after.columns.iter().filter(|column| {
        // The comment of a column that is new in a table that stays comes with the column.
        let old = before.column(&column.name);
        let is_new_table = before.columns.is_empty();
        old.map_or(is_new_table && column.comment.is_some(), |old| old.comment != column.comment)
    });
    table.into_iter().chain(columns.map(|column| column_comment(&after.name, column))).collect()
}

fn column_comment(table: &ObjectName, column: &Column) -> Statement {
    let text = column.comment.as_ref().map_or("NULL".to_owned(), |text| string(text));
    let (table, column) = (Postgres.object(table), Postgres.quote(&column.name));
    Statement::new(format!("COMMENT ON COLUMN {table}.{column} IS {text}"))
}

/// `ALTER CONSTRAINT`: when the rows are checked is a word of the constraint, so no row is looked at.
///
/// Source: <https://www.postgresql.org/docs/current/sql-altertable.html>.
pub(super) fn foreign_key(
    table: &ObjectName,
    name: &str,
    before: &ForeignKey,
    after: &ForeignKey,
) -> Option<Statement> {
    if *after != (ForeignKey { deferrable: after.deferrable, ..before.clone() }) {
        return None;
    }
    let when = if after.deferrable { "DEFERRABLE INITIALLY DEFERRED" } else { "NOT DEFERRABLE" };
    Some(Statement::new(format!("{} ALTER CONSTRAINT {} {when}", alter(table), Postgres.quote(name))))
}

fn alter(table: &ObjectName) -> String {
    format!("ALTER TABLE {}", Postgres.object(table))
}
