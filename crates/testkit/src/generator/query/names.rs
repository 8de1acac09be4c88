//! What a query can name where something is drawn: sources and their columns.

use orm_model::{ColumnType, ScalarType};

use super::{
    super::{
        Named,
        column::{Column, Kind, Type},
    },
    ground::Readable,
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
    /// What stands after `from` or `join`.
    pub(super) text: String,
    /// The table or view, unless it is a query.
    pub(super) table: Option<String>,
    pub(super) columns: Vec<Col>,
    /// The columns, by their paths, of which no two rows have the same values.
    pub(super) key: Vec<String>,
}

impl Src {
    /// A table or view under a name.
    pub(super) fn of_table(table: &Readable, name: &str) -> Self {
        let columns = table.columns.iter().map(|it| Col {
            path: format!("{name}.{}", it.name),
            name: it.name.clone(),
            column_type: it.column_type.clone(),
            nullable: it.nullable,
        });
        let key = table.key.iter().map(|it| format!("{name}.{it}"));
        Src {
            name: name.to_owned(),
            text: format!("{} as {name}", table.name),
            table: Some(table.name.clone()),
            columns: columns.collect(),
            key: key.collect(),
        }
    }

    /// The same by the name that it has anyway.
    pub(super) fn without_alias(table: &Readable) -> Self {
        let name = table.name.rsplit('.').next().unwrap_or(&table.name);
        Src { text: table.name.clone(), ..Src::of_table(table, name) }
    }

    /// The same, with columns that nothing stands before.
    pub(super) fn unqualified(mut self) -> Self {
        self.columns.iter_mut().for_each(|it| it.path.clone_from(&it.name));
        let start = format!("{}.", self.name);
        self.key.iter_mut().for_each(|it| *it = it.replacen(&start, "", 1));
        self
    }

    /// A query that gives some of the columns of `inner`, its key first, by their own names.
    pub(super) fn of_query(inner: &Src, name: &str, columns: &[Col], text: String) -> Self {
        let renamed = |it: &Col| Col { path: format!("{name}.{}", it.name), ..it.clone() };
        let key = inner.key.iter().map(|it| it.replacen(&inner.name, name, 1)).collect();
        Src { name: name.to_owned(), text, table: None, columns: columns.iter().map(renamed).collect(), key }
    }
}

/// Whether the type is one that queries compare and order.
pub(super) fn is_comparable(column_type: &ColumnType) -> bool {
    !column_type.array && !matches!(column_type.scalar, ScalarType::Json | ScalarType::Jsonb)
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
