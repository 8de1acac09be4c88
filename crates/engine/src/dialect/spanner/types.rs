//! Portable types as Spanner's, and what a change from one of its types to another does.

use orm_model::{ScalarType, Targets};

/// The SQL type; `None` where Spanner has no such column.
pub(super) fn scalar_type(scalar: &ScalarType, targets: &Targets) -> Option<String> {
    let native_uuid = targets.spanner.as_ref().is_some_and(|target| target.native_uuid);
    Some(match scalar {
        ScalarType::Boolean => "BOOL".to_owned(),
        ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint => "INT64".to_owned(),
        ScalarType::Real => "FLOAT32".to_owned(),
        ScalarType::Double => "FLOAT64".to_owned(),
        ScalarType::Numeric(_) => "NUMERIC".to_owned(),
        ScalarType::Text | ScalarType::Varchar(None) | ScalarType::Enum(_) => "STRING(MAX)".to_owned(),
        ScalarType::Varchar(Some(length)) | ScalarType::Char(length) => format!("STRING({length})"),
        ScalarType::Bytes(None) => "BYTES(MAX)".to_owned(),
        ScalarType::Bytes(Some(length)) => format!("BYTES({length})"),
        ScalarType::Uuid if native_uuid => "UUID".to_owned(),
        ScalarType::Uuid => "STRING(36)".to_owned(),
        ScalarType::Date => "DATE".to_owned(),
        ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_) => "TIMESTAMP".to_owned(),
        ScalarType::Json | ScalarType::Jsonb => "JSON".to_owned(),
        ScalarType::Native(native) => native.spanner.clone()?,
        ScalarType::Time(_) | ScalarType::Interval => return None,
    })
}

/// A type taken apart: `ARRAY<STRING(10)>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SqlType {
    /// The name of the type or of its elements, in capitals.
    pub(super) base: String,
    /// The length; `None` for `MAX` and for types without one.
    pub(super) length: Option<u32>,
    /// Whether it is an array.
    pub(super) array: bool,
}

/// Takes a type apart.
pub(super) fn parse(text: &str) -> SqlType {
    let text = text.trim().to_ascii_uppercase();
    let element = text.strip_prefix("ARRAY<").and_then(|rest| rest.strip_suffix('>'));
    let (scalar, array) = element.map_or((text.as_str(), false), |element| (element, true));
    let (base, length) = scalar.split_once('(').unwrap_or((scalar, ""));
    SqlType { base: base.trim().to_owned(), length: length.trim_end_matches(')').trim().parse().ok(), array }
}

impl SqlType {
    /// Whether Spanner can turn a column of this type into `after`: texts and bytes into each other, at any length.
    pub(super) fn can_become(&self, after: &SqlType) -> bool {
        let has_length = |it: &SqlType| matches!(it.base.as_str(), "STRING" | "BYTES");
        self == after || (self.array == after.array && has_length(self) && has_length(after))
    }

    /// Whether a value may be too long for `after`.
    pub(super) fn may_not_fit(&self, after: &SqlType) -> bool {
        match (self.length, after.length) {
            (_, None) => false,
            (None, Some(_)) => true,
            (Some(before), Some(after)) => after < before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_texts_and_bytes_change() {
        let can = |from: &str, to: &str| parse(from).can_become(&parse(to));
        assert!(can("STRING(10)", "STRING(MAX)") && can("STRING(MAX)", "BYTES(3)"));
        assert!(can("ARRAY<STRING(5)>", "ARRAY<STRING(9)>"));
        assert!(!can("INT64", "STRING(MAX)") && !can("STRING(36)", "UUID") && !can("STRING(5)", "ARRAY<STRING(5)>"));
    }

    #[test]
    fn shorter_may_not_fit() {
        let may_not = |from: &str, to: &str| parse(from).may_not_fit(&parse(to));
        assert!(may_not("STRING(MAX)", "STRING(10)") && may_not("STRING(10)", "STRING(9)"));
        assert!(!may_not("STRING(10)", "STRING(MAX)") && !may_not("INT64", "INT64"));
    }
}
