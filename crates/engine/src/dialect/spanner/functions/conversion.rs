//! Conversions. The pattern comes first, so that Spanner is never asked to read what only it could.

use orm_model::ValueKind::{Date, Timestamp};

use crate::dialect::functions::{CastText, FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("parse_integer", &[always("CASE WHEN REGEXP_CONTAINS(@0, r'^-?[0-9]{1,18}$') THEN CAST(@0 AS INT64) END")]),
    text(
        "parse_numeric",
        &[always("CASE WHEN REGEXP_CONTAINS(@0, r'^-?[0-9]{1,29}(\\.[0-9]{1,9})?$') THEN CAST(@0 AS NUMERIC) END")],
    ),
    text(
        "parse_double",
        &[always(
            "CASE WHEN REGEXP_CONTAINS(@0, r'^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$') THEN CAST(@0 AS FLOAT64) END",
        )],
    ),
    text("parse_boolean", &[always("CASE LOWER(@0) WHEN 'true' THEN TRUE WHEN 'false' THEN FALSE END")]),
    text(
        "parse_date",
        &[always("CASE WHEN REGEXP_CONTAINS(@0, r'^[0-9]{4}-[0-9]{2}-[0-9]{2}$') THEN CAST(@0 AS DATE) END")],
    ),
    text(
        "parse_timestamp",
        &[always(
            "CASE WHEN REGEXP_CONTAINS(@0, r'^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}(:[0-9]{2})?)$') \
             THEN CAST(@0 AS TIMESTAMP) END",
        )],
    ),
];

/// What `CAST` does otherwise than PostgreSQL: it takes Los Angeles for the zone.
pub(in crate::dialect::spanner) const CASTS: &[CastText] =
    &[(Date, Timestamp, "TIMESTAMP(@0, 'UTC')"), (Timestamp, Date, "DATE(@0, 'UTC')")];
