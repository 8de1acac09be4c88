//! What a query can name where something is drawn: sources and their columns.

use orm_model::{ColumnType, ScalarType, Schema, Table};

use super::super::{
    Named,
    column::{Column, Kind, Type},
};

/// A column of a source.
#[derive(Debug, Clone)]
pub(super) struct Col {
    /// As an expression names it: `pets.name`.
    pub(super) path: String,
    /// Without its source.
    pub(super) name: String,
    pub(super) column_type: ColumnType,
    pub(super) nullable: bool,
}

/// What a query reads.
#[derive(Debug, Clone)]
pub(super) struct Src {
    /// What it is called.
    pub(super) name: String,
    /// The table, unless it is a query.
    pub(super) table: Option<String>,
    pub(super) columns: Vec<Col>,
    /// The columns, by their paths, of which no two rows have the same values.
    pub(super) key: Vec<String>,
}

/// A relation of a table.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) name: String,
    pub(super) target: String,
    /// Whether it leads to any number of rows.
    pub(super) many: bool,
}

impl Src {
    pub(super) fn of_table(table: &Table, name: &str) -> Self {
        let columns = table.columns.iter().map(|it| Col {
            path: format!("{name}.{}", it.name),
            name: it.name.clone(),
            column_type: it.column_type.clone(),
            nullable: it.nullable,
        });
        let key = table.primary_key.iter().flat_map(|it| &it.columns).map(|it| format!("{name}.{}", it.name));
        Src {
            name: name.to_owned(),
            table: Some(table.name.name.clone()),
            columns: columns.collect(),
            key: key.collect(),
        }
    }

    /// A query that gives some of the columns of `inner`, its key first, by their own names.
    pub(super) fn of_query(inner: &Src, name: &str, columns: &[Col]) -> Self {
        let renamed = |it: &Col| Col { path: format!("{name}.{}", it.name), ..it.clone() };
        let key = inner.key.iter().map(|it| it.replacen(&inner.name, name, 1)).collect();
        Src { name: name.to_owned(), table: None, columns: columns.iter().map(renamed).collect(), key }
    }
}

/// The relations of a table, by the names that they have where the schema gives none.
pub(super) fn links(schema: &Schema, table: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for (name, other) in &schema.tables {
        for key in &other.foreign_keys {
            if name.name == table && key.columns.len() == 1 {
                let called = key.columns[0].trim_end_matches("_id").to_owned();
                links.push(Link { name: called, target: key.references.name.clone(), many: false });
            }
            if key.references.name == table {
                links.push(Link { name: name.name.clone(), target: name.name.clone(), many: true });
            }
        }
    }
    links
}

pub(super) fn kind(column_type: &ColumnType) -> Kind {
    match (&column_type.scalar, column_type.array) {
        (ScalarType::Text, true) => Kind::TextArray,
        (ScalarType::Bigint, true) => Kind::IntegerArray,
        (_, true) => Kind::OtherArray,
        (ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint, _) => Kind::Integer,
        (ScalarType::Numeric(_), _) => Kind::Decimal,
        (ScalarType::Real | ScalarType::Double, _) => Kind::Float,
        (ScalarType::Boolean, _) => Kind::Boolean,
        (ScalarType::Date, _) => Kind::Date,
        (ScalarType::Timestamptz(_), _) => Kind::Timestamp,
        (ScalarType::TimestampLocal(_), _) => Kind::LocalTimestamp,
        (ScalarType::Bytes(_), _) => Kind::Bytes,
        (ScalarType::Uuid, _) => Kind::Uuid,
        (ScalarType::Json | ScalarType::Jsonb, _) => Kind::Json,
        (ScalarType::Enum(_), _) => Kind::Enum,
        (ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_), _) => Kind::Text,
        _ => Kind::Foreign,
    }
}

/// The columns as the generator of expressions knows them.
pub(super) fn named(columns: &[Col]) -> Vec<Named> {
    let one = |it: &Col| {
        let column_type = Type { text: it.column_type.to_string(), kind: kind(&it.column_type), is_key: false };
        Named { name: it.path.clone(), column: Column::of(column_type, it.nullable) }
    };
    columns.iter().map(one).collect()
}
