//! `CREATE TABLE`, `CREATE INDEX`, foreign keys and comments.

use orm_model::{BinaryOperator, Expression, ObjectName, ReferentialAction, schema::NullsOrder};

use super::{Postgres, sequence::identity};
use crate::{
    catalog::{Column, ForeignKey, Index, IndexKey, IndexValue, PrimaryKey, Table, Unique},
    dialect::{
        SqlDialect, check_definition,
        expression::ExpressionDialect,
        foreign_key_statement, index_statement,
        lower::{self, Context, interleave_foreign_key},
        not_enforced,
    },
    plan::{Blocks, Cost, Statement, Work},
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
        lowered.indexes.insert(index.name.clone(), lower_index(cx, table, index, lowered));
    }
    lowered.foreign_keys.extend(interleave_foreign_key(cx, table));
}

fn lower_index(cx: &Context<'_>, table: &orm_model::Table, index: &orm_model::Index, lowered: &Table) -> Index {
    let keys = index.keys.iter().map(|key| IndexKey {
        value: match &key.value {
            orm_model::IndexValue::Column(name) => IndexValue::Column(name.clone()),
            orm_model::IndexValue::Expression(it) => IndexValue::Expression(lower::expression(cx, table, it)),
        },
        descending: key.descending,
        nulls: key.nulls.filter(|nulls| *nulls != usual_nulls(key.descending)),
        opclass: key.opclass.clone(),
        collation: key.collation.clone(),
    });
    let mut storing = index.storing.clone();
    storing.sort();
    Index {
        unique: index.unique,
        keys: keys.collect(),
        storing,
        null_filtered: false,
        condition: condition(cx, table, index, lowered),
        using: index.using.clone().filter(|method| method != "btree"),
        interleave: None,
    }
}

/// The stated condition, and that no key is NULL where the index leaves such rows out.
fn condition(cx: &Context<'_>, table: &orm_model::Table, index: &orm_model::Index, lowered: &Table) -> Option<String> {
    let is_filled = |operand: Expression| Expression::IsNull { operand: Box::new(operand), negated: true };
    let filled = index.keys.iter().filter(|_| index.null_filtered).filter_map(|key| match &key.value {
        orm_model::IndexValue::Column(name) => {
            let is_nullable = lowered.column(name).is_some_and(|column| !column.not_null);
            is_nullable.then(|| is_filled(Expression::Column(name.clone())))
        }
        orm_model::IndexValue::Expression(it) => Some(is_filled(it.clone())),
    });
    let both = |left: Expression, right: Expression| Expression::Binary {
        operator: BinaryOperator::And,
        left: Box::new(left),
        right: Box::new(right),
    };
    let condition = filled.chain(index.condition.clone()).reduce(both)?;
    Some(lower::expression(cx, table, &condition))
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
        format!("{name} {}{not_null}{key}{}", column.sql_type, value(column))
    });
    let key = table.primary_key.iter().filter(|_| inline.is_none()).map(primary_key);
    let checks = table.checks.iter();
    let checks = checks.map(|(name, it)| format!("CONSTRAINT {} {}", Postgres.quote(name), check_definition(it)));
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

/// ` DEFAULT …`, in parentheses where it is more than a literal or a call, ` GENERATED ALWAYS AS …`, or
/// what makes it an identity column.
pub(super) fn value(column: &Column) -> String {
    match (&column.generated, &column.default) {
        (Some(it), _) => {
            let kind = if it.stored { "STORED" } else { "VIRTUAL" };
            format!(" GENERATED ALWAYS AS ({}) {kind}", it.expression)
        }
        (None, Some(text)) => format!(" DEFAULT {}", operand(text)),
        (None, None) => identity(column),
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
    if let Some(condition) = &index.condition {
        sql.push_str(&format!(" WHERE {condition}"));
    }
    // SHARE: it is read meanwhile. Source: <https://www.postgresql.org/docs/current/explicit-locking.html>.
    index_statement(sql, index, Cost::new(Work::BuildIndex, Blocks::Writes))
}

fn index_key(key: &IndexKey) -> String {
    let value = match &key.value {
        IndexValue::Column(name) => Postgres.quote(name),
        IndexValue::Expression(text) => format!("({text})"),
    };
    let collation = key.collation.as_ref().map(|name| format!(" COLLATE {}", Postgres.quote(name))).unwrap_or_default();
    let opclass = key.opclass.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    let order = if key.descending { " DESC" } else { "" };
    let nulls = match key.nulls {
        Some(NullsOrder::First) => " NULLS FIRST",
        Some(NullsOrder::Last) => " NULLS LAST",
        None => "",
    };
    format!("{value}{collation}{opclass}{order}{nulls}")
}

/// `ADD CONSTRAINT … FOREIGN KEY`.
pub(super) fn foreign_key(table: &ObjectName, name: &str, key: &ForeignKey) -> Statement {
    let action = |word: &str, action: ReferentialAction| match action {
        ReferentialAction::NoAction => String::new(),
        other => format!(" ON {word} {}", other.sql()),
    };
    let definition = format!(
        "FOREIGN KEY ({}) REFERENCES {} ({}){}{}{}{}",
        Postgres.columns(&key.columns),
        Postgres.object(&key.references),
        Postgres.columns(&key.referenced_columns),
        action("DELETE", key.delete_action()),
        action("UPDATE", key.on_update),
        if key.deferrable { " DEFERRABLE INITIALLY DEFERRED" } else { "" },
        not_enforced(key.enforced),
    );
    // SHARE ROW EXCLUSIVE, on both tables: <https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES>.
    let cost = Cost::new(Work::Scan, Blocks::Writes);
    foreign_key_statement(Postgres.add_constraint(table, name, &definition), key, cost)
}
