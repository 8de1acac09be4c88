//! Columns: type, origin, their line of the DDL, and what holds them.

use orm_model::{ForeignKey, ReferentialAction, Table};
use orm_schema_lang::{Database, Project, item::DeclarationKind, lower::table::lower_table};

use super::{limits, orm_block, sql_block};
use crate::{ddl::TableSchema, symbol::ColumnSymbol};

pub(super) fn describe(db: &Database, symbol: ColumnSymbol<'_>) -> Vec<String> {
    let (owner, shape) = (symbol.owner, symbol.shape);
    let nullable = if shape.column.nullable { "?" } else { "" };
    let written_type = shape.column_type().map_or_else(|| "(unknown type)".to_owned(), ToString::to_string);
    let name = format!("{}.{}", owner.name(db), shape.declared_name());
    let mut sections = vec![orm_block(&format!("{name}  {written_type}{nullable}"))];
    sections.extend(symbol.item.doc.clone());
    sections.extend(shape.column.deprecated.as_ref().map(|why| format!("**Deprecated**: {why}")));
    sections.extend(shape.column.only.map(|it| format!("In {} alone", it.title())));
    if symbol.written_in != owner {
        sections.push(format!("From mixin `{}`", symbol.written_in.name(db)));
    }
    let table = TableSchema::new(db, owner);
    if shape.type_is_known {
        let line = |dialect| table.column_line(dialect, &shape.column.name);
        sections.extend(table.dialects().filter_map(|it| Some(sql_block(it.title(), &line(it)?))));
    }
    // The constraints of a mixin get their names from the table that spreads it.
    if owner.kind(db) == DeclarationKind::Table {
        let lowered = &lower_table(db, Project::get(db), owner).table;
        let lines = constraints(lowered, &shape.column.name);
        sections.extend((!lines.is_empty()).then(|| lines.join("  \n")));
        sections.extend(limits::of_column(db, &shape.column, Some(lowered)).filter(|_| shape.type_is_known));
    } else {
        sections.extend(limits::of_column(db, &shape.column, None).filter(|_| shape.type_is_known));
    }
    sections
}

/// What keys, indexes and constraints a column is part of, a line each.
fn constraints(table: &Table, column: &str) -> Vec<String> {
    let has = |columns: &[String]| columns.iter().any(|it| it == column);
    let mut lines = Vec::new();
    if table.is_key_column(column) {
        lines.push("Part of the primary key".to_owned());
    }
    lines.extend(table.foreign_keys.iter().filter(|key| has(&key.columns)).map(reference));
    lines.extend(table.uniques.iter().filter(|it| has(&it.columns)).map(|it| format!("Unique: `{}`", it.name)));
    let indexes = table.indexes.iter().filter(|it| it.keys.iter().any(|key| key.columns().contains(&column)));
    lines.extend(indexes.map(|it| format!("Index: `{}`", it.name)));
    let checks = table.checks.iter().filter(|it| it.expression.columns().contains(&column));
    lines.extend(checks.map(|it| format!("Check: `{}`", it.name)));
    lines
}

fn reference(key: &ForeignKey) -> String {
    let action = match key.on_delete {
        ReferentialAction::NoAction => String::new(),
        action => format!(", on delete `{}`", action.name()),
    };
    format!("References `{}({})`{action}", key.references, key.referenced_columns.join(", "))
}
