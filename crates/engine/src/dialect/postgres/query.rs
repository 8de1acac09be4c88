//! Where PostgreSQL's queries are its own.

use orm_driver::ParameterType;
use orm_model::{
    ColumnType, ScalarType, Targets,
    query::{AggregateFunction, Lock, LockWait},
};

use super::{Postgres, types};
use crate::dialect::expression::ExpressionDialect;
use crate::{
    dialect::{expression::AggregateText, sent_scalar},
    query::{QueryDialect, SortText, marks},
};

/// The most pairs that `jsonb_build_object` takes: a function has 100 arguments.
const PAIRS: usize = 50;

impl QueryDialect for Postgres {
    fn placeholder(&self, position: usize) -> String {
        format!("${position}")
    }

    /// <https://www.postgresql.org/docs/current/limits.html>
    fn most_parameters(&self) -> usize {
        65_535
    }

    fn parameter_type(&self, stored: &ColumnType) -> Option<String> {
        let name = match &stored.scalar {
            ScalarType::Numeric(_) => "numeric".to_owned(),
            ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_) => "text".to_owned(),
            ScalarType::Timestamptz(_) => "timestamptz".to_owned(),
            ScalarType::TimestampLocal(_) => "timestamp".to_owned(),
            ScalarType::Time(_) => "time".to_owned(),
            ScalarType::Native(native) => native.postgres.clone()?,
            other => types::scalar_type(other)?.to_lowercase(),
        };
        Some(if stored.array { format!("{name}[]") } else { name })
    }

    fn sent_type(&self, stored: &ColumnType, _: &Targets) -> Option<ParameterType> {
        sent_scalar(&stored.scalar).map(|scalar| ParameterType { scalar, array: stored.array })
    }

    fn collation(&self) -> Option<&'static str> {
        Some("C")
    }

    fn has_ordered_nan(&self) -> bool {
        true
    }

    fn compares_tuples(&self) -> bool {
        true
    }

    fn finds_columns(&self) -> bool {
        true
    }

    fn in_array(&self, operand: &str, array: &str, negated: bool) -> String {
        let test = if negated { "<> ALL" } else { "= ANY" };
        format!("{operand} {test} ({array})")
    }

    /// Sums of whole numbers are `numeric`. Averages are sums by counts, as in Spanner: an average of whole numbers would be
    /// rounded twice, and `AVG` of floating-point numbers overflows with their variance, which it computes beside. NaN counts as the greatest number; truth values, UUIDs
    /// and bytes have no least and no greatest.
    fn aggregate(&self, aggregate: &AggregateText) -> String {
        use AggregateFunction::{Avg, Max, Min, Sum};
        let (argument, distinct) = (&aggregate.argument, aggregate.distinct);
        let mean = |sum: String| format!("({sum} / NULLIF(COUNT({distinct}{argument}), 0))");
        let is_least = aggregate.function == Min;
        match (aggregate.function, &aggregate.scalar) {
            (Sum, ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint) => {
                format!("CAST({} AS BIGINT)", aggregate.plain())
            }
            (Sum, ScalarType::Numeric(_)) => format!("CAST({} AS NUMERIC(38, 9))", aggregate.plain()),
            (Avg, ScalarType::Numeric(_)) => format!("ROUND({}, 9)", aggregate.plain()),
            (Sum, ScalarType::Real) => aggregate.of(&format!("CAST({argument} AS DOUBLE PRECISION)")),
            (Avg, ScalarType::Real) => mean(format!("SUM({distinct}CAST({argument} AS DOUBLE PRECISION))")),
            (Avg, ScalarType::Double) => mean(format!("SUM({distinct}{argument})")),
            (Avg, ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint) => {
                mean(format!("CAST(SUM({distinct}{argument}) AS DOUBLE PRECISION)"))
            }
            (Min, ScalarType::Real | ScalarType::Double) => {
                format!("CASE WHEN BOOL_OR({argument} = 'NaN') THEN 'NaN' ELSE {} END", aggregate.plain())
            }
            (Min | Max, ScalarType::Boolean) => {
                format!("{}({argument})", if is_least { "BOOL_AND" } else { "BOOL_OR" })
            }
            (Min | Max, ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_)) => {
                aggregate.of(&format!("{argument} COLLATE \"C\""))
            }
            (Min | Max, ScalarType::Uuid) => {
                format!("CAST({} AS UUID)", aggregate.of(&format!("CAST({argument} AS TEXT) COLLATE \"C\"")))
            }
            (Min | Max, ScalarType::Bytes(_)) => {
                format!("decode({}, 'hex')", aggregate.of(&format!("encode({argument}, 'hex') COLLATE \"C\"")))
            }
            _ => aggregate.plain(),
        }
    }

    /// NULL is the greatest value unless the text says otherwise, and NaN the greatest number.
    fn sort_keys(&self, key: &SortText) -> Vec<String> {
        let direction = if key.descending { " DESC" } else { "" };
        let nulls = match key.nulls_first {
            None => "",
            Some(true) => " NULLS FIRST",
            Some(false) => " NULLS LAST",
        };
        let sorted = |text: &str| format!("{text}{direction}{nulls}");
        let mut keys = vec![sorted(&key.text)];
        if key.may_be_nan {
            keys.insert(0, sorted(&format!("({} <> 'NaN')", key.text)));
        }
        keys
    }

    fn unlimited(&self) -> Option<&'static str> {
        None
    }

    fn lock(&self, lock: Lock, sources: Option<&[String]>) -> Result<String, &'static str> {
        let strength = if lock.shared { "FOR SHARE" } else { "FOR UPDATE" };
        let of = match sources {
            None => String::new(),
            Some([]) => return Err("a full join has no row that could be locked"),
            Some(sources) => format!(" OF {}", sources.join(", ")),
        };
        let wait = match lock.wait {
            LockWait::Wait => "",
            LockWait::Skip => " SKIP LOCKED",
            LockWait::Fail => " NOWAIT",
        };
        Ok(format!("{strength}{of}{wait}"))
    }

    fn json_text(&self, scalar: &ScalarType) -> Option<&'static str> {
        match scalar {
            ScalarType::Numeric(_) => Some("CAST(trim_scale(@0) AS TEXT)"),
            // The lines of MIME have 76 characters.
            ScalarType::Bytes(_) => Some("replace(encode(@0, 'base64'), E'\\n', '')"),
            ScalarType::Timestamptz(_) => Some("to_char(@0 AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
            ScalarType::TimestampLocal(_) => Some("to_char(@0, 'YYYY-MM-DD\"T\"HH24:MI:SS.US')"),
            ScalarType::Time(_) | ScalarType::Interval | ScalarType::Native(_) => Some("CAST(@0 AS TEXT)"),
            _ => None,
        }
    }

    fn json_array(&self, element: &str) -> String {
        format!(
            "CASE WHEN @0 IS NOT NULL THEN to_jsonb(ARRAY(SELECT {element} FROM unnest(@0) WITH ORDINALITY AS u(x, o) \
             ORDER BY o)) END"
        )
    }

    fn json_object(&self, fields: &[(String, String)]) -> String {
        let object = |fields: &[(String, String)]| {
            let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{name}, {value}")).collect();
            marks::call("jsonb_build_object", &pairs)
        };
        fields.chunks(PAIRS).map(object).collect::<Vec<_>>().join(" || ")
    }

    fn json_rows(&self, query: &str) -> String {
        format!("to_jsonb(ARRAY{query})")
    }

    fn result_text(&self, scalar: &ScalarType) -> Option<&'static str> {
        match scalar {
            ScalarType::Interval | ScalarType::Native(_) => Some("CAST(@0 AS TEXT)"),
            _ => None,
        }
    }

    fn needs_where(&self) -> bool {
        false
    }

    fn returning(&self) -> &'static str {
        "RETURNING"
    }

    fn nests_common_tables(&self) -> bool {
        true
    }

    fn columns_hide_sources(&self) -> bool {
        false
    }

    fn assigned_column(&self, _row: &str, column: &str) -> String {
        self.quote(column)
    }

    fn names_insert_target(&self) -> bool {
        true
    }

    fn insert_ignoring(&self) -> Option<&'static str> {
        None
    }
}
