//! Functions that choose between values.

use orm_model::ValueKind;

use crate::dialect::functions::{FunctionText, When::Kind, always, text, when};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("coalesce", &[always("COALESCE(@*)")]),
    text("nullif", &[always("NULLIF(@0, @1)")]),
    text("if", &[always("IF(@0, @1, @2)")]),
    text("greatest", &[always("GREATEST(@*)")]),
    text("least", &[always("LEAST(@*)")]),
    text(
        "is_distinct",
        &[
            // NaN is one value in PostgreSQL.
            when(
                Kind(ValueKind::Float),
                "(NOT COALESCE(@0 = @1 OR IS_NAN(@0) AND IS_NAN(@1), @0 IS NULL AND @1 IS NULL))",
            ),
            always("(NOT COALESCE(@0 = @1, @0 IS NULL AND @1 IS NULL))"),
        ],
    ),
];
