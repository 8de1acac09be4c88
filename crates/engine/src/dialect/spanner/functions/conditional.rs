//! Functions that choose between values.

use crate::dialect::functions::{FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("coalesce", &[always("COALESCE(@*)")]),
    text("nullif", &[always("NULLIF(@0, @1)")]),
    text("if", &[always("IF(@0, @1, @2)")]),
    text("greatest", &[always("GREATEST(@*)")]),
    text("least", &[always("LEAST(@*)")]),
    text("is_distinct", &[always("(NOT COALESCE(@0 = @1, @0 IS NULL AND @1 IS NULL))")]),
];
