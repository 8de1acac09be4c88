//! Functions of JSON.

use crate::dialect::functions::{FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("json_get", &[always("(@0@+[ -> #@;@])")]),
    // Of a scalar the first element would be the scalar itself.
    text(
        "json_element",
        &[always(
            "CASE WHEN jsonb_typeof(@0) = 'array' AND @1 BETWEEN 1 AND 1000000000 THEN @0 -> (CAST(@1 AS INTEGER) - 1) END",
        )],
    ),
    text("json_text", &[always("CASE WHEN jsonb_typeof(@0) = 'string' THEN @0 #>> '{}' END")]),
    text(
        "json_integer",
        &[always(
            "CASE WHEN jsonb_typeof(@0) = 'number' THEN CASE WHEN CAST(@0 #>> '{}' AS DOUBLE PRECISION) = trunc(CAST(@0 #>> \
             '{}' AS DOUBLE PRECISION)) AND abs(CAST(@0 #>> '{}' AS DOUBLE PRECISION)) < 9007199254740992 THEN CAST(CAST(@0 \
             #>> '{}' AS DOUBLE PRECISION) AS BIGINT) END END",
        )],
    ),
    text(
        "json_double",
        &[always("CASE WHEN jsonb_typeof(@0) = 'number' THEN CAST(@0 #>> '{}' AS DOUBLE PRECISION) END")],
    ),
    text("json_boolean", &[always("CASE WHEN jsonb_typeof(@0) = 'boolean' THEN CAST(@0 AS BOOLEAN) END")]),
    text("json_type", &[always("jsonb_typeof(@0)")]),
    text(
        "json_array_length",
        &[always("CASE WHEN jsonb_typeof(@0) = 'array' THEN CAST(jsonb_array_length(@0) AS BIGINT) END")],
    ),
    text("json_has", &[always("COALESCE((@0 -> @1) IS NOT NULL, false)")]),
    text("to_json", &[always("to_jsonb(@0)")]),
    text("json_array", &[always("jsonb_build_array(@*)")]),
];
