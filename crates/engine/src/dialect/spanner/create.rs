//! `CREATE TABLE`, `CREATE INDEX` and foreign keys.

use orm_model::{ObjectName, ReferentialAction};

use super::{Spanner, sequence::identity};
use crate::{
    catalog::{Column, ForeignKey, Index, Interleave, Key, Table},
    dialect::{SqlDialect, expression::ExpressionDialect, index_statement},
    plan::Statement,
};

/// Keys, indexes and interleaving as Spanner has them.
///
/// Spanner's unique indexes hold NULLs for equal. Where a key column may be NULL the index is NULL_FILTERED, so that
/// NULLs are distinct as in PostgreSQL.
pub(super) fn lower_constraints(table: &orm_model::Table, lowered: &mut Table) {
    if let Some(key) = &mut lowered.primary_key {
        key.name = None;
    }
    for unique in &table.uniques {
        let keys =
            unique.columns.iter().map(|name| Key { name: name.clone(), descending: false, nulls: None }).collect();
        let null_filtered = !unique.nulls_equal && has_nullable(&unique.columns, lowered);
        let index = Index { unique: true, keys, storing: Vec::new(), null_filtered, not_null: Vec::new(), using: None };
        lowered.indexes.insert(unique.name.clone(), index);
    }
    for index in &table.indexes {
        lowered.indexes.insert(index.name.clone(), lower_index(index, lowered));
    }
    for key in lowered.foreign_keys.values_mut() {
        key.on_delete = Some(known_action(key.delete_action()));
        key.on_update = ReferentialAction::NoAction;
    }
    lowered.interleave = table.interleave.as_ref().map(|interleave| Interleave {
        parent: interleave.parent.clone(),
        on_delete: known_action(interleave.on_delete),
    });
}

fn lower_index(index: &orm_model::Index, table: &Table) -> Index {
    let keys = index.keys.iter().map(|key| Key { name: key.column.clone(), descending: key.descending, nulls: None });
    let keys = keys.collect::<Vec<_>>();
    let names = keys.iter().map(|key| key.name.clone()).collect::<Vec<_>>();
    let mut storing = index.storing.clone();
    // Every index stores the primary key, and refuses to be told so.
    storing.retain(|name| !table.key_columns().any(|key| key == name));
    storing.sort();
    Index {
        unique: index.unique,
        null_filtered: index.null_filtered || (index.unique && has_nullable(&names, table)),
        keys,
        storing,
        not_null: Vec::new(),
        using: None,
    }
}

fn has_nullable(columns: &[String], table: &Table) -> bool {
    columns.iter().any(|name| table.column(name).is_some_and(|column| !column.not_null))
}

/// Spanner knows CASCADE and NO ACTION; the checker reports the others, and RESTRICT differs from NO ACTION in time only.
fn known_action(action: ReferentialAction) -> ReferentialAction {
    match action {
        ReferentialAction::Cascade => ReferentialAction::Cascade,
        _ => ReferentialAction::NoAction,
    }
}

/// `CREATE TABLE`.
pub(super) fn table(table: &Table) -> Statement {
    let columns = table.columns.iter().map(column);
    let checks = table.checks.iter().map(|(name, text)| format!("CONSTRAINT {} CHECK ({text})", Spanner.quote(name)));
    let lines = columns.chain(checks).collect::<Vec<_>>().join(",\n  ");
    let key = table.primary_key.iter().flat_map(|key| &key.columns).map(sorted).collect::<Vec<_>>().join(", ");
    let interleave = table.interleave.as_ref().map(interleave).unwrap_or_default();
    let name = Spanner.object(&table.name);
    Statement::new(format!("CREATE TABLE {name} (\n  {lines}\n) PRIMARY KEY ({key}){interleave}"))
}

/// A column as `CREATE TABLE` and `ADD COLUMN` write it; the order of its parts is fixed.
pub(super) fn column(column: &Column) -> String {
    let options = if column.allow_commit_timestamp { " OPTIONS (allow_commit_timestamp = true)" } else { "" };
    format!("{} {}{options}", Spanner.quote(&column.name), type_and_default(column))
}

/// All that `ALTER COLUMN` has to say again, because it drops what it does not say.
pub(super) fn type_and_default(column: &Column) -> String {
    let not_null = if column.not_null { " NOT NULL" } else { "" };
    let default = column.default.as_ref().map(|text| format!(" DEFAULT ({text})")).unwrap_or_default();
    format!("{}{not_null}{default}{}", column.sql_type, identity(column))
}

fn sorted(key: &Key) -> String {
    format!("{}{}", Spanner.quote(&key.name), if key.descending { " DESC" } else { "" })
}

fn interleave(interleave: &Interleave) -> String {
    let parent = Spanner.object(&interleave.parent);
    format!(",\n  INTERLEAVE IN PARENT {parent} ON DELETE {}", interleave.on_delete.sql())
}

/// `CREATE INDEX`; an index lives in the schema of its table.
pub(super) fn index(table: &ObjectName, name: &str, index: &Index) -> Statement {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let filtered = if index.null_filtered { "NULL_FILTERED " } else { "" };
    let qualified = Spanner.object(&ObjectName { schema: table.schema.clone(), name: name.to_owned() });
    let keys = index.keys.iter().map(sorted).collect::<Vec<_>>().join(", ");
    let mut sql = format!("CREATE {unique}{filtered}INDEX {qualified} ON {} ({keys})", Spanner.object(table));
    if !index.storing.is_empty() {
        sql.push_str(&format!(" STORING ({})", Spanner.columns(&index.storing)));
    }
    index_statement(sql, index)
}

/// `ADD CONSTRAINT … FOREIGN KEY`.
pub(super) fn foreign_key(table: &ObjectName, name: &str, key: &ForeignKey) -> Statement {
    let on_delete = match key.delete_action() {
        ReferentialAction::Cascade => " ON DELETE CASCADE",
        _ => "",
    };
    let definition = format!(
        "FOREIGN KEY ({}) REFERENCES {} ({}){on_delete}",
        Spanner.columns(&key.columns),
        Spanner.object(&key.references),
        Spanner.columns(&key.referenced_columns),
    );
    Spanner.add_constraint(table, name, &definition).with_note("fails when a row refers to one that is not there")
}
