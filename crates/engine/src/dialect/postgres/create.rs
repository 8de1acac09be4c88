//! `CREATE TABLE`, `CREATE INDEX`, foreign keys and comments.

use orm_model::{ObjectName, ReferentialAction, schema::NullsOrder};

use super::{Postgres, sequence::identity};
use crate::{
    catalog::{Column, ForeignKey, Index, Key, PrimaryKey, Table, Unique},
    dialect::{
        SqlDialect,
        expression::ExpressionDialect,
        index_statement,
        lower::{Context, interleave_foreign_key},
    },
    plan::Statement,
};

/// Keys, indexes and interleaving as PostgreSQL has them.
pub(super) fn lower_constraints(cx: &Context<'_>, table: &orm_model::Table, lowered: &mut Table) {
    if let Some(key) = &mut lowered.primary_key {
        key.columns.iter_mut().for_each(|column| column.descending = false);
    }
    for unique in &table.uniques {
        let constraint = Unique { columns: unique.columns.clone(), nulls_equal: unique.nulls_equal };
        lowered.uniques.insert(unique.name.clone(), constraint);
    }
    for index in &table.indexes {
        lowered.indexes.insert(index.name.clone(), lower_index(index, lowered));
    }
    lowered.foreign_keys.extend(interleave_foreign_key(cx, table));
}

fn lower_index(index: &orm_model::Index, table: &Table) -> Index {
    let key = |key: &orm_model::IndexKey| Key {
        name: key.column.clone(),
        descending: key.descending,
        nulls: key.nulls.filter(|nulls| *nulls != usual_nulls(key.descending)),
    };
    let nullable = |name: &String| table.column(name).is_some_and(|column| !column.not_null);
    let mut not_null = index.keys.iter().map(|key| key.column.clone()).filter(nullable).collect::<Vec<_>>();
    not_null.retain(|_| index.null_filtered);
    not_null.sort();
    let mut storing = index.storing.clone();
    storing.sort();
    Index {
        unique: index.unique,
        keys: index.keys.iter().map(key).collect(),
        storing,
        null_filtered: false,
        not_null,
        using: index.using.clone().filter(|method| method != "btree"),
    }
}

/// NULL counts as larger than every value.
pub(super) fn usual_nulls(descending: bool) -> NullsOrder {
    if descending { NullsOrder::First } else { NullsOrder::Last }
}

/// `CREATE TABLE` and its comments.
pub(super) fn table(table: &Table) -> Vec<Statement> {
    let inline = inline_key(table);
    let columns = table.columns.iter().map(|column| {
        let key = if inline == Some(column.name.as_str()) { " PRIMARY KEY" } else { "" };
        let (name, not_null) = (Postgres.quote(&column.name), if column.not_null { " NOT NULL" } else { "" });
        format!("{name} {}{not_null}{key}{}", column.sql_type, default(column))
    });
    let key = table.primary_key.iter().filter(|_| inline.is_none()).map(primary_key);
    let checks = table.checks.iter().map(|(name, text)| format!("CONSTRAINT {} CHECK ({text})", Postgres.quote(name)));
    let lines = columns.chain(key).chain(checks).collect::<Vec<_>>().join(",\n  ");
    let create = Statement::new(format!("CREATE TABLE {} (\n  {lines}\n)", Postgres.object(&table.name)));
    let comments = super::alter::comments(&Table::new(table.name.clone()), table);
    std::iter::once(create).chain(comments).collect()
}

/// The column that says `PRIMARY KEY` itself.
fn inline_key(table: &Table) -> Option<&str> {
    match table.primary_key.as_ref()? {
        PrimaryKey { name: None, columns } => match columns.as_slice() {
            [only] => Some(&only.name),
            _ => None,
        },
        _ => None,
    }
}

/// The primary key as a part of a table.
pub(super) fn primary_key(key: &PrimaryKey) -> String {
    let name = key.name.as_ref().map(|name| format!("CONSTRAINT {} ", Postgres.quote(name))).unwrap_or_default();
    let columns = key.columns.iter().map(|column| Postgres.quote(&column.name)).collect::<Vec<_>>().join(", ");
    format!("{name}PRIMARY KEY ({columns})")
}

/// The name of the constraint: given, or the one that PostgreSQL derives.
pub(super) fn primary_key_name(table: &Table) -> String {
    let given = table.primary_key.as_ref().and_then(|key| key.name.clone());
    given.unwrap_or_else(|| derived_key_name(&table.name.name))
}

/// `TABLE_pkey`, the table cut so that the whole has at most 63 bytes (`makeObjectName` in PostgreSQL's source).
pub(super) fn derived_key_name(table: &str) -> String {
    let mut end = table.len().min(63 - "_pkey".len());
    while !table.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}_pkey", &table[..end])
}

/// ` DEFAULT …`, in parentheses where it is more than a literal or a call; or what makes it an identity column.
pub(super) fn default(column: &Column) -> String {
    match &column.default {
        Some(text) => format!(" DEFAULT {}", operand(text)),
        None => identity(column),
    }
}

/// An expression where the grammar takes a simple one only.
pub(super) fn operand(text: &str) -> String {
    let is_literal = |text: &str| {
        let inner = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
        inner.is_some_and(|inner| !inner.replace("''", "").contains('\''))
    };
    let is_word = |text: &str| text.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '_' | '.' | '-'));
    let is_call = |text: &str| text.strip_suffix("()").is_some_and(is_word);
    let is_array = |text: &str| text.starts_with("ARRAY[") && text.ends_with("[]");
    if is_literal(text) || is_word(text) || is_call(text) || is_array(text) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

/// `CREATE INDEX`.
pub(super) fn index(table: &ObjectName, name: &str, index: &Index) -> Statement {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let using = index.using.as_ref().map(|method| format!(" USING {method}")).unwrap_or_default();
    let keys = index.keys.iter().map(index_key).collect::<Vec<_>>().join(", ");
    let mut sql =
        format!("CREATE {unique}INDEX {} ON {}{using} ({keys})", Postgres.quote(name), Postgres.object(table));
    if !index.storing.is_empty() {
        sql.push_str(&format!(" INCLUDE ({})", Postgres.columns(&index.storing)));
    }
    let filter = index.not_null.iter().map(|column| format!("{} IS NOT NULL", Postgres.quote(column)));
    let filter = filter.collect::<Vec<_>>().join(" AND ");
    if !filter.is_empty() {
        sql.push_str(&format!(" WHERE {filter}"));
    }
    index_statement(sql, index)
}

fn index_key(key: &Key) -> String {
    let order = if key.descending { " DESC" } else { "" };
    let nulls = match key.nulls {
        Some(NullsOrder::First) => " NULLS FIRST",
        Some(NullsOrder::Last) => " NULLS LAST",
        None => "",
    };
    format!("{}{order}{nulls}", Postgres.quote(&key.name))
}

/// `ADD CONSTRAINT … FOREIGN KEY`.
pub(super) fn foreign_key(table: &ObjectName, name: &str, key: &ForeignKey) -> Statement {
    let action = |word: &str, action: ReferentialAction| match action {
        ReferentialAction::NoAction => String::new(),
        other => format!(" ON {word} {}", other.sql()),
    };
    let definition = format!(
        "FOREIGN KEY ({}) REFERENCES {} ({}){}{}",
        Postgres.columns(&key.columns),
        Postgres.object(&key.references),
        Postgres.columns(&key.referenced_columns),
        action("DELETE", key.delete_action()),
        action("UPDATE", key.on_update),
    );
    Postgres.add_constraint(table, name, &definition).with_note("fails when a row refers to one that is not there")
}
