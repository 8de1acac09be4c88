//! Functions of JSON.

use crate::dialect::functions::{FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("json_get", &[always("@0@+[[#]@;@]")]),
    text(
        "json_element",
        &[always("CASE WHEN JSON_TYPE(@0) = 'array' AND @1 BETWEEN 1 AND 1000000000 THEN @0[@1 - 1] END")],
    ),
    text("json_text", &[always("CASE WHEN JSON_TYPE(@0) = 'string' THEN STRING(@0) END")]),
    text(
        "json_integer",
        &[always(
            "CASE WHEN JSON_TYPE(@0) = 'number' THEN CASE WHEN FLOAT64(@0) = TRUNC(FLOAT64(@0)) AND ABS(FLOAT64(@0)) < \
             9007199254740992 THEN CAST(FLOAT64(@0) AS INT64) END END",
        )],
    ),
    text("json_double", &[always("CASE WHEN JSON_TYPE(@0) = 'number' THEN FLOAT64(@0) END")]),
    text("json_boolean", &[always("CASE WHEN JSON_TYPE(@0) = 'boolean' THEN BOOL(@0) END")]),
    text("json_type", &[always("JSON_TYPE(@0)")]),
    text("json_array_length", &[always("ARRAY_LENGTH(JSON_QUERY_ARRAY(@0))")]),
    text("json_has", &[always("COALESCE(@0[@1] IS NOT NULL, FALSE)")]),
    text("to_json", &[always("CASE WHEN @0 IS NOT NULL THEN TO_JSON(@0) END")]),
    text("json_array", &[always("JSON_ARRAY(@*)")]),
];
