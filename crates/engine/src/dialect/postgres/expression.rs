//! Where PostgreSQL's expressions are its own.

use orm_model::{ColumnType, Dialect, ScalarType, Targets};

use super::{Postgres, functions, names, types};
use crate::dialect::{
    expression::ExpressionDialect,
    functions::{CastText, FunctionText},
};

impl ExpressionDialect for Postgres {
    fn expression_dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn array_type(&self, element: &str) -> String {
        format!("{element}[]")
    }

    fn quote(&self, name: &str) -> String {
        names::quote(name)
    }

    fn string(&self, text: &str) -> String {
        names::string(text)
    }

    fn boolean(&self, value: bool) -> &'static str {
        if value { "true" } else { "false" }
    }

    fn decimal(&self, text: &str, _: Option<&ScalarType>) -> String {
        text.to_owned()
    }

    /// The smallest number has no literal: its digits do not fit before the sign is read.
    fn integer(&self, value: i64, _: Option<&ScalarType>) -> String {
        if value == i64::MIN { format!("({value})::bigint") } else { value.to_string() }
    }

    /// A literal without a type takes the type of what it stands beside.
    fn typed_string(&self, text: &str, hint: Option<&ScalarType>) -> String {
        match hint {
            Some(ScalarType::Bytes(_)) => {
                let hex = text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
                format!("'\\x{hex}'")
            }
            _ => names::string(text),
        }
    }

    fn json(&self, text: &str) -> String {
        names::string(text)
    }

    fn list(&self, items: &[String], element: Option<&str>) -> String {
        match element {
            _ if items.is_empty() => "'{}'".to_owned(),
            Some(element) => format!("ARRAY[{}]::{element}[]", items.join(", ")),
            None => format!("ARRAY[{}]", items.join(", ")),
        }
    }

    fn functions(&self) -> &'static [&'static [FunctionText]] {
        functions::FUNCTIONS
    }

    fn casts(&self) -> &'static [CastText] {
        functions::CASTS
    }

    fn divides_integers(&self) -> bool {
        true
    }

    /// Spanner rounds every result to 9 digits after the point and refuses more than 29 before it.
    fn exact(&self, text: String) -> String {
        format!("CAST({text} AS NUMERIC(38, 9))")
    }

    fn cast_type(&self, column_type: &ColumnType, _: &Targets) -> Option<String> {
        let scalar = types::scalar_type(&column_type.scalar)?;
        Some(if column_type.array { format!("{scalar}[]") } else { scalar })
    }
}
