//! Column types in Rust.

use orm_model::{Column, ScalarType};

/// The type of a value of a column that is not NULL: the one that `@type` gives, or its type's. `enum_type` gives the identifier of an enum.
pub(super) fn value_type(column: &Column, enum_type: impl Fn(&str) -> String) -> String {
    if let Some(path) = &column.stub_type.rust {
        return path.clone();
    }
    let scalar = match &column.column_type.scalar {
        ScalarType::Boolean => "bool".to_owned(),
        ScalarType::Smallint => "i16".to_owned(),
        ScalarType::Integer => "i32".to_owned(),
        ScalarType::Bigint => "i64".to_owned(),
        ScalarType::Real => "f32".to_owned(),
        ScalarType::Double => "f64".to_owned(),
        ScalarType::Numeric(_) => "rust_decimal::Decimal".to_owned(),
        ScalarType::Bytes(_) => "Vec<u8>".to_owned(),
        ScalarType::Uuid => "uuid::Uuid".to_owned(),
        ScalarType::Date => "chrono::NaiveDate".to_owned(),
        ScalarType::Timestamptz(_) => "chrono::DateTime<chrono::Utc>".to_owned(),
        ScalarType::TimestampLocal(_) => "chrono::NaiveDateTime".to_owned(),
        ScalarType::Time(_) => "chrono::NaiveTime".to_owned(),
        ScalarType::Json | ScalarType::Jsonb => "serde_json::Value".to_owned(),
        ScalarType::Enum(name) => format!("super::super::enums::{}", enum_type(name)),
        // Intervals of months and days have no type in Rust, native types none that is known: as the database writes it.
        ScalarType::Text
        | ScalarType::Varchar(_)
        | ScalarType::Char(_)
        | ScalarType::Interval
        | ScalarType::Native(_) => "String".to_owned(),
    };
    if column.column_type.array { format!("Vec<{scalar}>") } else { scalar }
}
