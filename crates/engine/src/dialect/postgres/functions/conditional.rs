//! Functions that choose between values. PostgreSQL's GREATEST leaves NULLs out and takes NaN for the greatest number.

use orm_model::ValueKind::{Float, Text};

use crate::dialect::functions::{FunctionText, When::Kind, always, text, when};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("coalesce", &[always("COALESCE(@*)")]),
    text("nullif", &[always("NULLIF(@0, @1)")]),
    text("if", &[always("CASE WHEN @0 THEN @1 ELSE @2 END")]),
    text(
        "greatest",
        &[
            when(
                Kind(Float),
                "CASE WHEN @[# IS NULL@; OR @] THEN NULL WHEN @[# = 'NaN'@; OR @] THEN 'NaN' ELSE GREATEST(@*) END",
            ),
            when(Kind(Text), "CASE WHEN @[# IS NULL@; OR @] THEN NULL ELSE GREATEST(@[# COLLATE \"C\"@;, @]) END"),
            always("CASE WHEN @[# IS NULL@; OR @] THEN NULL ELSE GREATEST(@*) END"),
        ],
    ),
    text(
        "least",
        &[
            when(
                Kind(Float),
                "CASE WHEN @[# IS NULL@; OR @] THEN NULL WHEN @[# = 'NaN'@; OR @] THEN 'NaN' ELSE LEAST(@*) END",
            ),
            when(Kind(Text), "CASE WHEN @[# IS NULL@; OR @] THEN NULL ELSE LEAST(@[# COLLATE \"C\"@;, @]) END"),
            always("CASE WHEN @[# IS NULL@; OR @] THEN NULL ELSE LEAST(@*) END"),
        ],
    ),
    text("is_distinct", &[always("(@0 IS DISTINCT FROM @1)")]),
];
