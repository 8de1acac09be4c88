//! `CREATE INDEX`, and what stands for the indexes that Spanner does not have.
//!
//! Spanner's indexes have columns for keys and hold all rows, or all without a NULL in the key. An expression is therefore
//! a hidden generated column, and a condition of a unique index makes the last key NULL in the rows that it leaves out.

use orm_model::{Expression, IndexKey as ModelKey, ObjectName, names};

use super::Spanner;
use crate::{
    catalog::{Column, Generated, Identity, Index, IndexKey, Table},
    dialect::{
        expression::ExpressionDialect,
        index_statement,
        lower::{self, Context},
    },
    plan::{Blocks, Cost, Statement, Work},
};

/// The unique constraints and indexes of a table, with the columns that they need.
///
/// Spanner's unique indexes hold NULLs for equal. Where a key column may be NULL the index is NULL_FILTERED, so that
/// NULLs are distinct as in PostgreSQL.
pub(super) fn lower_all(cx: &Context<'_>, table: &orm_model::Table, lowered: &mut Table) {
    for unique in &table.uniques {
        let keys = unique.columns.iter().map(|name| IndexKey::column(name, false)).collect::<Vec<_>>();
        let null_filtered = !unique.nulls_equal && has_nullable(&keys, lowered);
        let index = Index {
            unique: true,
            keys,
            storing: Vec::new(),
            null_filtered,
            condition: None,
            using: None,
            interleave: None,
        };
        lowered.indexes.insert(unique.name.clone(), index);
    }
    for index in &table.indexes {
        let lowered_index = lower_index(cx, table, index, lowered);
        lowered.indexes.insert(index.name.clone(), lowered_index);
    }
}

fn lower_index(cx: &Context<'_>, table: &orm_model::Table, index: &orm_model::Index, lowered: &mut Table) -> Index {
    let last = index.keys.len() - 1;
    let nulls_alone = table.leaves_out_nulls_alone(index);
    // What the condition of a unique index leaves out says which rows must not be equal. An index that is not unique only
    // finds rows, and does so with more of them, too.
    let kept = index.condition.as_ref().filter(|_| index.unique && !nulls_alone);
    let keys = index.keys.iter().enumerate().map(|(at, key)| {
        let name = match computed(key, kept.filter(|_| at == last)) {
            Some(expression) => {
                let column = hidden_column(cx, table, &names::computed_key(&index.name, at), &expression);
                let name = column.name.clone();
                lowered.columns.push(column);
                name
            }
            None => key.column_name().unwrap_or_default().to_owned(),
        };
        IndexKey::column(name, key.descending)
    });
    let keys = keys.collect::<Vec<_>>();
    let mut storing = index.storing.clone();
    // Every index stores the primary key, and refuses to be told so.
    storing.retain(|name| !lowered.key_columns().any(|key| key == name));
    storing.sort();
    Index {
        unique: index.unique,
        null_filtered: index.null_filtered
            || (nulls_alone && !index.unique)
            || (index.unique && has_nullable(&keys, lowered)),
        keys,
        storing,
        condition: None,
        using: None,
        interleave: index.interleave.clone(),
    }
}

/// What a hidden column has to hold for a key; `None` where a column of the table is the key.
fn computed(key: &ModelKey, condition: Option<&Expression>) -> Option<Expression> {
    let value = key.expression().cloned();
    let Some(condition) = condition else { return value };
    let value = value.or_else(|| key.column_name().map(|name| Expression::Column(name.to_owned())))?;
    Some(Expression::Case { operand: None, branches: vec![(condition.clone(), value)], otherwise: None })
}

fn hidden_column(cx: &Context<'_>, table: &orm_model::Table, name: &str, expression: &Expression) -> Column {
    Column {
        name: name.to_owned(),
        sql_type: lower::expression_type(cx, table, expression),
        not_null: false,
        default: None,
        generated: Some(Generated { expression: lower::expression(cx, table, expression), stored: true }),
        identity: Identity::No,
        hidden: true,
        allow_commit_timestamp: false,
        comment: None,
    }
}

fn has_nullable(keys: &[IndexKey], table: &Table) -> bool {
    let is_nullable = |name: &str| table.column(name).is_some_and(|column| !column.not_null);
    keys.iter().filter_map(IndexKey::column_name).any(is_nullable)
}

/// `CREATE INDEX`; an index lives in the schema of its table. It is filled in the background:
/// <https://cloud.google.com/spanner/docs/secondary-indexes#add-index>.
pub(super) fn create(table: &ObjectName, name: &str, index: &Index) -> Statement {
    let unique = if index.unique { "UNIQUE " } else { "" };
    let filtered = if index.null_filtered { "NULL_FILTERED " } else { "" };
    let qualified = Spanner.object(&ObjectName { schema: table.schema.clone(), name: name.to_owned() });
    let keys = index.keys.iter().map(key).collect::<Vec<_>>().join(", ");
    let mut sql = format!("CREATE {unique}{filtered}INDEX {qualified} ON {} ({keys})", Spanner.object(table));
    if !index.storing.is_empty() {
        sql.push_str(&format!(" STORING ({})", Spanner.columns(&index.storing)));
    }
    if let Some(parent) = &index.interleave {
        sql.push_str(&format!(", INTERLEAVE IN {}", Spanner.object(parent)));
    }
    index_statement(sql, index, Cost::new(Work::BuildIndex, Blocks::Nobody))
}

fn key(key: &IndexKey) -> String {
    let name = Spanner.quote(key.column_name().unwrap_or_default());
    format!("{name}{}", if key.descending { " DESC" } else { "" })
}
