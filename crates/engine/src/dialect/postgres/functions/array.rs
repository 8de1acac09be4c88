//! Functions of arrays.

use crate::dialect::functions::{FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("array_length", &[always("cardinality(@0)")]),
    text("array_get", &[always("CASE WHEN @1 BETWEEN 1 AND 1000000000 THEN (@0)[CAST(@1 AS INTEGER)] END")]),
    text("array_first", &[always("(@0)[1]")]),
    text("array_last", &[always("(@0)[cardinality(@0)]")]),
    text("array_contains", &[always("COALESCE(@1 = ANY (@0), false)")]),
    text("array_contains_all", &[always("(@0 @> @1)")]),
    text("array_overlaps", &[always("(@0 && @1)")]),
    // PostgreSQL takes NULL for an empty array here.
    text("array_concat", &[always("CASE WHEN @0 IS NOT NULL AND @1 IS NOT NULL THEN array_cat(@0, @1) END")]),
    text("array_append", &[always("CASE WHEN @0 IS NOT NULL AND @1 IS NOT NULL THEN array_append(@0, @1) END")]),
    // `array_prepend` would take the type of the element, which for a text may be another one than that of the array.
    text(
        "array_prepend",
        &[always(
            "CASE WHEN @0 IS NOT NULL AND @1 IS NOT NULL THEN array_cat(array_append(trim_array(@0, cardinality(@0)), @1), @0) \
             END",
        )],
    ),
    text("array_join", &[always("array_to_string(@0, @1)")]),
    text("array_position", &[always("CAST(array_position(@0, @1) AS BIGINT)")]),
    text(
        "array_remove",
        &[always(
            "CASE WHEN @0 IS NOT NULL AND @1 IS NOT NULL THEN ARRAY(SELECT x FROM unnest(@0) WITH ORDINALITY u(x, o) WHERE \
             x <> @1 ORDER BY o) END",
        )],
    ),
    text(
        "array_reverse",
        &[always(
            "CASE WHEN @0 IS NOT NULL THEN ARRAY(SELECT x FROM unnest(@0) WITH ORDINALITY u(x, o) ORDER BY o DESC) END",
        )],
    ),
    text("array_min", &[always("(SELECT min(x) FROM unnest(@0) x)")]),
    text("array_max", &[always("(SELECT max(x) FROM unnest(@0) x)")]),
    text("array_sum", &[always("(SELECT CAST(sum(x) AS BIGINT) FROM unnest(@0) x)")]),
];
