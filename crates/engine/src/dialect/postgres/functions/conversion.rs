//! Conversions. The pattern comes first, so that PostgreSQL is never asked to read what only it could.

use orm_model::ValueKind::{Boolean, Date, Float, Integer, Numeric, Text, Timestamp};

use crate::dialect::functions::{CastText, FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("parse_integer", &[always("CASE WHEN @0 ~ '^-?[0-9]{1,18}$' THEN CAST(@0 AS BIGINT) END")]),
    text(
        "parse_numeric",
        &[always("CASE WHEN @0 ~ '^-?[0-9]{1,29}(\\.[0-9]{1,9})?$' THEN CAST(@0 AS NUMERIC(38, 9)) END")],
    ),
    text(
        "parse_double",
        &[always(
            "CASE WHEN @0 ~ '^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$' THEN CAST(@0 AS DOUBLE PRECISION) END",
        )],
    ),
    text("parse_boolean", &[always("CASE lower(@0) WHEN 'true' THEN true WHEN 'false' THEN false END")]),
    // A cast would ask the session how dates are written.
    text(
        "parse_date",
        &[always(
            "CASE WHEN @0 ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN make_date(CAST(substr(@0, 1, 4) AS INTEGER), \
             CAST(substr(@0, 6, 2) AS INTEGER), CAST(substr(@0, 9, 2) AS INTEGER)) END",
        )],
    ),
    text(
        "parse_timestamp",
        &[always(
            "CASE WHEN @0 ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}(:[0-9]{2})?)$' \
             THEN CAST(@0 AS TIMESTAMP WITH TIME ZONE) END",
        )],
    ),
];

/// What `CAST` does otherwise than Spanner.
pub(in crate::dialect::postgres) const CASTS: &[CastText] = &[
    (Numeric, Text, "CAST(trim_scale(@0) AS TEXT)"),
    (Float, Integer, ROUND_TO_INTEGER),
    (Integer, Boolean, "(@0 <> 0)"),
    (Boolean, Integer, "CAST(CAST(@0 AS INTEGER) AS BIGINT)"),
    (Date, Timestamp, "(CAST(@0 AS TIMESTAMP WITHOUT TIME ZONE) AT TIME ZONE 'UTC')"),
    (Timestamp, Date, "CAST((@0 AT TIME ZONE 'UTC') AS DATE)"),
];

const ROUND_TO_INTEGER: &str = "CAST(CASE WHEN abs(@0) < 4503599627370496 THEN CASE WHEN abs(@0 - trunc(@0)) >= 0.5 \
                                THEN trunc(@0) + sign(@0) ELSE trunc(@0) END ELSE @0 END AS BIGINT)";
