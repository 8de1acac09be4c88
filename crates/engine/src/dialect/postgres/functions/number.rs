//! Functions of numbers. Exact ones are cut to 38 digits, 9 after the point, which is what Spanner has.

use orm_model::ValueKind::{Float, Integer};

use crate::dialect::functions::{FunctionText, When, When::Kind, When::Within, always, text, when};

/// PostgreSQL rounds halves of doubles to even numbers; beyond 2^52 there are no fractions.
const ROUND_DOUBLE: &str = "CASE WHEN abs(@0) < 4503599627370496 THEN CASE WHEN abs(@0 - trunc(@0)) >= 0.5 \
                                       THEN trunc(@0) + sign(@0) ELSE trunc(@0) END ELSE @0 END";

/// Digits after the point that are written out.
const DIGITS: When = Within(&[(1, 0, 9)]);

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("abs", &[always("abs(@0)")]),
    text(
        "sign",
        &[
            when(Kind(Integer), "CAST(sign(@0) AS BIGINT)"),
            when(Kind(Float), "CASE WHEN @0 <> 'NaN' THEN sign(@0) ELSE @0 END"),
            always("sign(@0)"),
        ],
    ),
    text("floor", &[when(Kind(Float), "floor(@0)"), always("CAST(floor(@0) AS NUMERIC(38, 9))")]),
    text("ceil", &[when(Kind(Float), "ceil(@0)"), always("CAST(ceil(@0) AS NUMERIC(38, 9))")]),
    text("round", &[when(Kind(Float), ROUND_DOUBLE), always("CAST(round(@0) AS NUMERIC(38, 9))")]),
    text(
        "round_to",
        &[
            when(DIGITS, "CAST(round(@0, @1) AS NUMERIC(38, 9))"),
            always("CASE WHEN @1 BETWEEN 0 AND 9 THEN CAST(round(@0, CAST(@1 AS INTEGER)) AS NUMERIC(38, 9)) END"),
        ],
    ),
    text("trunc", &[always("trunc(@0)")]),
    text(
        "trunc_to",
        &[
            when(DIGITS, "trunc(@0, @1)"),
            always("CASE WHEN @1 BETWEEN 0 AND 9 THEN trunc(@0, CAST(@1 AS INTEGER)) END"),
        ],
    ),
    text("mod", &[always("mod(@0, @1)")]),
    text("div", &[always("(@0 / @1)")]),
    text("sqrt", &[always("sqrt(@0)")]),
    // Below this PostgreSQL reports an underflow where Spanner gives 0.
    text("exp", &[always("CASE WHEN @0 < -700 THEN 0 ELSE exp(@0) END")]),
    text("ln", &[always("CASE WHEN @0 <= 0 THEN NULL ELSE ln(@0) END")]),
    text("log10", &[always("CASE WHEN @0 <= 0 THEN NULL ELSE log10(@0) END")]),
    text("is_nan", &[always("(@0 = 'NaN')")]),
    text("is_infinite", &[always("(@0 IN ('Infinity', '-Infinity'))")]),
    text("bit_and", &[always("(@0 & @1)")]),
    text("bit_or", &[always("(@0 | @1)")]),
    text("bit_xor", &[always("(@0 # @1)")]),
    text("bit_not", &[always("(~@0)")]),
    text("bit_count", &[always("bit_count(CAST(@0 AS BIT(64)))")]),
    text("shift_left", &[always("CASE WHEN @1 BETWEEN 0 AND 63 THEN @0 << CAST(@1 AS INTEGER) END")]),
    text("shift_right", &[always("CASE WHEN @1 BETWEEN 0 AND 63 THEN @0 >> CAST(@1 AS INTEGER) END")]),
];
