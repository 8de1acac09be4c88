//! Where Spanner's expressions are its own.

use orm_model::{ColumnType, Dialect, ScalarType, Targets};

use super::{Spanner, functions, names, types};
use crate::dialect::{
    expression::ExpressionDialect,
    functions::{CastText, FunctionText},
};

impl ExpressionDialect for Spanner {
    fn expression_dialect(&self) -> Dialect {
        Dialect::Spanner
    }

    fn array_type(&self, element: &str) -> String {
        format!("ARRAY<{element}>")
    }

    fn quote(&self, name: &str) -> String {
        names::quote(name)
    }

    fn string(&self, text: &str) -> String {
        names::string(text)
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    /// `1.5` alone is a FLOAT64, which is no exact number.
    fn decimal(&self, text: &str, hint: Option<&ScalarType>) -> String {
        match hint {
            Some(ScalarType::Real | ScalarType::Double) => text.to_owned(),
            _ => format!("NUMERIC '{text}'"),
        }
    }

    fn integer(&self, value: i64, hint: Option<&ScalarType>) -> String {
        match hint {
            Some(ScalarType::Numeric(_)) => format!("NUMERIC '{value}'"),
            _ => value.to_string(),
        }
    }

    fn typed_string(&self, text: &str, hint: Option<&ScalarType>) -> String {
        match hint {
            Some(ScalarType::Bytes(_)) => names::bytes(text.as_bytes()),
            Some(ScalarType::Date) => format!("DATE {}", names::string(text)),
            Some(ScalarType::Timestamptz(_)) => format!("TIMESTAMP {}", names::string(text)),
            // Without a zone Spanner takes Los Angeles.
            Some(ScalarType::TimestampLocal(_)) => format!("TIMESTAMP {}", names::string(&format!("{text}Z"))),
            Some(ScalarType::Json | ScalarType::Jsonb) => self.json(text),
            _ => names::string(text),
        }
    }

    fn json(&self, text: &str) -> String {
        format!("JSON {}", names::string(text))
    }

    /// The elements of an array do not become floating-point numbers by themselves, as a single value does.
    fn list(&self, items: &[String], element: Option<&str>) -> String {
        let item = |item: &String| match element {
            Some("FLOAT32") => format!("CAST({item} AS FLOAT32)"),
            Some("FLOAT64") if item.parse::<i64>().is_ok() => format!("{item}.0"),
            _ => item.clone(),
        };
        format!("[{}]", items.iter().map(item).collect::<Vec<_>>().join(", "))
    }

    fn functions(&self) -> &'static [&'static [FunctionText]] {
        functions::FUNCTIONS
    }

    fn option_text(&self, function: &str, targets: &Targets) -> Option<&'static str> {
        let native_uuid = targets.spanner.as_ref().is_some_and(|it| it.native_uuid);
        (function == "uuid" && native_uuid).then_some("NEW_UUID()")
    }

    fn casts(&self) -> &'static [CastText] {
        functions::CASTS
    }

    fn divides_integers(&self) -> bool {
        false
    }

    /// Casts take no length.
    fn cast_type(&self, column_type: &ColumnType, targets: &Targets) -> Option<String> {
        let scalar = types::parse(&types::scalar_type(&column_type.scalar, targets)?).base;
        Some(if column_type.array { format!("ARRAY<{scalar}>") } else { scalar })
    }
}
