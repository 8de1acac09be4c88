//! Functions of arrays.

use crate::dialect::functions::{FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("array_length", &[always("ARRAY_LENGTH(@0)")]),
    text("array_get", &[always("CASE WHEN @1 BETWEEN 1 AND 1000000000 THEN @0[SAFE_OFFSET(@1 - 1)] END")]),
    text("array_first", &[always("@0[SAFE_OFFSET(0)]")]),
    text("array_last", &[always("@0[SAFE_OFFSET(ARRAY_LENGTH(@0) - 1)]")]),
    text("array_contains", &[always("COALESCE(@1 IN UNNEST(@0), FALSE)")]),
    text("array_contains_all", &[always("ARRAY_INCLUDES_ALL(@0, @1)")]),
    text("array_overlaps", &[always("ARRAY_INCLUDES_ANY(@0, @1)")]),
    text("array_concat", &[always("ARRAY_CONCAT(@0, @1)")]),
    text("array_append", &[always("CASE WHEN @1 IS NOT NULL THEN ARRAY_CONCAT(@0, [@1]) END")]),
    text("array_prepend", &[always("CASE WHEN @1 IS NOT NULL THEN ARRAY_CONCAT([@1], @0) END")]),
    text("array_join", &[always("ARRAY_TO_STRING(@0, @1)")]),
    text("array_position", &[always("(SELECT MIN(o) + 1 FROM UNNEST(@0) x WITH OFFSET o WHERE x = @1)")]),
    text(
        "array_remove",
        &[always(
            "CASE WHEN @0 IS NOT NULL AND @1 IS NOT NULL THEN ARRAY(SELECT x FROM UNNEST(@0) x WITH OFFSET o WHERE x <> @1 \
             ORDER BY o) END",
        )],
    ),
    text("array_reverse", &[always("ARRAY_REVERSE(@0)")]),
    text("array_min", &[always("(SELECT MIN(x) FROM UNNEST(@0) x)")]),
    text("array_max", &[always("(SELECT MAX(x) FROM UNNEST(@0) x)")]),
    text("array_sum", &[always("(SELECT SUM(x) FROM UNNEST(@0) x)")]),
];
