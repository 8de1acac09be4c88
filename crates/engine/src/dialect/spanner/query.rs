//! Where Spanner's queries are its own.

use orm_driver::{ParameterScalar, ParameterType};
use orm_model::{
    ColumnType, ScalarType, Targets,
    query::{AggregateFunction, Lock, LockWait},
};

use super::Spanner;
use crate::dialect::expression::ExpressionDialect;
use crate::{
    dialect::{expression::AggregateText, sent_scalar},
    query::{QueryDialect, SortText, marks},
};

impl QueryDialect for Spanner {
    fn placeholder(&self, position: usize) -> String {
        format!("@p{position}")
    }

    /// <https://cloud.google.com/spanner/quotas#query-limits>
    fn most_parameters(&self) -> usize {
        950
    }

    /// Values are sent with their types.
    fn parameter_type(&self, _: &ColumnType) -> Option<String> {
        None
    }

    fn sent_type(&self, stored: &ColumnType, targets: &Targets) -> Option<ParameterType> {
        let has_uuids = targets.spanner.as_ref().is_some_and(|it| it.native_uuid);
        let scalar = match &stored.scalar {
            ScalarType::Uuid if !has_uuids => ParameterScalar::String,
            // A date and time without a zone is one in UTC.
            ScalarType::TimestampLocal(_) => ParameterScalar::Timestamp,
            ScalarType::Time(_) | ScalarType::Interval => return None,
            other => sent_scalar(other)?,
        };
        Some(ParameterType { scalar, array: stored.array })
    }

    fn collation(&self) -> Option<&'static str> {
        None
    }

    fn has_ordered_nan(&self) -> bool {
        false
    }

    fn compares_tuples(&self) -> bool {
        false
    }

    fn finds_columns(&self) -> bool {
        false
    }

    fn in_array(&self, operand: &str, array: &str, negated: bool) -> String {
        let not = if negated { "NOT " } else { "" };
        format!("{operand} {not}IN UNNEST({array})")
    }

    /// `AVG` goes on from one average to the next: it is NaN where one of the numbers is infinite, and the last digits of an
    /// average of large whole numbers are wrong.
    fn aggregate(&self, aggregate: &AggregateText) -> String {
        let AggregateText { function, argument, scalar, distinct } = aggregate;
        match (function, scalar) {
            (AggregateFunction::Avg, ScalarType::Real | ScalarType::Double) => {
                format!("(SUM({distinct}{argument}) / NULLIF(COUNT({distinct}{argument}), 0))")
            }
            (AggregateFunction::Avg, ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint) => {
                let sum = format!("SUM({distinct}CAST({argument} AS NUMERIC))");
                format!("(CAST({sum} AS FLOAT64) / NULLIF(COUNT({distinct}{argument}), 0))")
            }
            _ => aggregate.plain(),
        }
    }

    /// NULL is the least value; the other order needs a key of its own.
    fn sort_keys(&self, key: &SortText) -> Vec<String> {
        let direction = if key.descending { " DESC" } else { "" };
        let mut keys = vec![format!("{}{direction}", key.text)];
        match key.nulls_first {
            Some(false) if !key.descending => keys.insert(0, format!("{} IS NULL", key.text)),
            Some(true) if key.descending => keys.insert(0, format!("{} IS NOT NULL", key.text)),
            _ => {}
        }
        keys
    }

    fn unlimited(&self) -> Option<&'static str> {
        Some("9223372036854775807")
    }

    /// <https://cloud.google.com/spanner/docs/reference/standard-sql/query-syntax#for_update_clause>
    fn lock(&self, lock: Lock, _: Option<&[String]>) -> Result<String, &'static str> {
        match (lock.shared, lock.wait) {
            (false, LockWait::Wait) => Ok("FOR UPDATE".to_owned()),
            (true, _) => Err("it has no `for share`"),
            (_, LockWait::Skip) => Err("it has no `skip_locked`"),
            (_, LockWait::Fail) => Err("it has no `nowait`"),
        }
    }

    fn json_text(&self, scalar: &ScalarType) -> Option<&'static str> {
        match scalar {
            ScalarType::Numeric(_) => Some("CAST(@0 AS STRING)"),
            ScalarType::Bytes(_) => Some("TO_BASE64(@0)"),
            ScalarType::Timestamptz(_) => Some("FORMAT_TIMESTAMP('%E4Y-%m-%dT%H:%M:%E9SZ', @0, 'UTC')"),
            ScalarType::TimestampLocal(_) => Some("FORMAT_TIMESTAMP('%E4Y-%m-%dT%H:%M:%E9S', @0, 'UTC')"),
            _ => None,
        }
    }

    fn json_array(&self, element: &str) -> String {
        format!(
            "CASE WHEN @0 IS NOT NULL THEN TO_JSON(ARRAY(SELECT {element} FROM UNNEST(@0) AS x WITH OFFSET AS o ORDER BY \
             o)) END"
        )
    }

    fn json_object(&self, fields: &[(String, String)]) -> String {
        let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{name}, {value}")).collect();
        marks::call("JSON_OBJECT", &pairs)
    }

    fn json_rows(&self, query: &str) -> String {
        format!("TO_JSON(ARRAY{query})")
    }

    fn result_text(&self, _: &ScalarType) -> Option<&'static str> {
        None
    }

    fn needs_where(&self) -> bool {
        true
    }

    fn returning(&self) -> &'static str {
        "THEN RETURN"
    }

    fn nests_common_tables(&self) -> bool {
        false
    }

    fn columns_hide_sources(&self) -> bool {
        true
    }

    fn assigned_column(&self, row: &str, column: &str) -> String {
        // Its name alone would be the whole row.
        match row.eq_ignore_ascii_case(column) {
            true => format!("{}.{}", self.quote(row), self.quote(column)),
            false => self.quote(column),
        }
    }

    fn names_insert_target(&self) -> bool {
        false
    }

    fn insert_ignoring(&self) -> Option<&'static str> {
        Some("INSERT OR IGNORE INTO")
    }
}
