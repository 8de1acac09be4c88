//! An index of a table: its DDL, how long its key can get, and which queries find rows by it.

use orm_engine::dialect;
use orm_model::{Column, ScalarType, Table, schema::Index};
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, item_tree},
    diagnostics::{FoundBy, table_accesses},
    item::{Anchor, DeclarationKind},
    lower::table::lower_table,
};

use super::sql_block;
use crate::ddl::TableSchema;

/// As many queries are named.
const NAMED_QUERIES: usize = 20;

/// What is to be said of the index that is written at `anchor` of a table.
pub(super) fn describe(db: &Database, declaration: Declaration, anchor: Anchor) -> Vec<String> {
    let lowered = lower_table(db, Project::get(db), declaration);
    let own = lowered.indexes.iter().position(|it| it.origin.spread.is_none() && it.anchor == anchor);
    let Some(index) = own.and_then(|it| lowered.table.indexes.get(it)) else { return Vec::new() };
    let schema = TableSchema::new(db, declaration);
    let mut sections = Vec::new();
    for dialect in schema.dialects() {
        let name = format!(" {} ", dialect::of(dialect).quote(&index.name));
        let text = schema.text(dialect);
        let statement = text.split("\n\n").find(|it| it.contains(" INDEX ") && it.contains(&name));
        sections.extend(statement.map(|it| sql_block(dialect.title(), it)));
    }
    sections.extend(key_text(db, &lowered.table, index));
    sections.push(users_text(db, &lowered.table, index));
    sections
}

/// How long the key can get, and what the databases take.
fn key_text(db: &Database, table: &Table, index: &Index) -> Option<String> {
    let columns: Option<Vec<_>> = index.key_columns().map(|it| table.column(it)).collect();
    let sizes: Option<u64> = columns.as_ref()?.iter().map(|it| most_bytes(it)).sum();
    let limits: Vec<_> = Project::get(db)
        .targets(db)
        .dialects()
        .map(|it| format!("{} takes {} bytes", it.title(), it.capabilities().key_bytes))
        .collect();
    let most = match sizes {
        Some(bytes) => format!("at most {bytes} bytes"),
        None => "as long as its values".to_owned(),
    };
    Some(format!("Key: {most}; {}", limits.join(", ")))
}

/// How many bytes a value has at most; `None` where nothing limits it. A character has up to four.
fn most_bytes(column: &Column) -> Option<u64> {
    if column.column_type.array {
        return None;
    }
    Some(match &column.column_type.scalar {
        ScalarType::Boolean => 1,
        ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint | ScalarType::Real | ScalarType::Double => 8,
        ScalarType::Date => 4,
        ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_) | ScalarType::Time(_) => 12,
        // As a text, where the database has no such type.
        ScalarType::Uuid => 36,
        ScalarType::Numeric(_) => 22,
        ScalarType::Varchar(Some(length)) | ScalarType::Char(length) => u64::from(*length) * 4,
        ScalarType::Bytes(Some(length)) => u64::from(*length),
        _ => return None,
    })
}

fn users_text(db: &Database, table: &Table, index: &Index) -> String {
    let project = Project::get(db);
    let is_query = |it: &Declaration| matches!(it.kind(db), DeclarationKind::Query | DeclarationKind::Mutation);
    let all = project.files(db).into_iter().flat_map(|file| item_tree(db, file).iter().copied());
    let is_it = |way: &Option<FoundBy>| matches!(way, Some(FoundBy::Index(name)) if *name == index.name);
    let uses = |it: &Declaration| {
        let accesses = table_accesses(db, project, *it);
        accesses.iter().any(|it| it.table == table.name && it.found_by.iter().any(|(_, way)| is_it(way)))
    };
    let found: Vec<_> = all.filter(is_query).filter(uses).map(|it| format!("`{}`", it.name(db))).collect();
    match found.len() {
        0 => "Used by no query".to_owned(),
        count if count > NAMED_QUERIES => {
            format!("Used by {}, {} more", found[..NAMED_QUERIES].join(", "), count - NAMED_QUERIES)
        }
        _ => format!("Used by {}", found.join(", ")),
    }
}
