//! Functions of numbers.

use crate::dialect::functions::{FunctionText, When, When::Within, always, text, when};

/// Digits after the point that are written out.
const DIGITS: When = Within(&[(1, 0, 9)]);

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("abs", &[always("ABS(@0)")]),
    text("sign", &[always("SIGN(@0)")]),
    text("floor", &[always("FLOOR(@0)")]),
    text("ceil", &[always("CEIL(@0)")]),
    text("round", &[always("ROUND(@0)")]),
    text("round_to", &[when(DIGITS, "ROUND(@0, @1)"), always("CASE WHEN @1 BETWEEN 0 AND 9 THEN ROUND(@0, @1) END")]),
    text("trunc", &[always("TRUNC(@0)")]),
    text("trunc_to", &[when(DIGITS, "TRUNC(@0, @1)"), always("CASE WHEN @1 BETWEEN 0 AND 9 THEN TRUNC(@0, @1) END")]),
    text("mod", &[always("MOD(@0, @1)")]),
    // The smallest number divided by -1 does not fit 64 bits; the sign reports that, DIV does not.
    text(
        "div",
        &[when(Within(&[(1, 0, i64::MAX)]), "DIV(@0, @1)"), always("CASE WHEN @1 = -1 THEN -@0 ELSE DIV(@0, @1) END")],
    ),
    text("sqrt", &[always("SQRT(@0)")]),
    text("exp", &[always("CASE WHEN @0 < -700 THEN 0 ELSE EXP(@0) END")]),
    text("ln", &[always("CASE WHEN @0 <= 0 THEN NULL ELSE LN(@0) END")]),
    text("log10", &[always("CASE WHEN @0 <= 0 THEN NULL ELSE LOG10(@0) END")]),
    text("is_nan", &[always("IS_NAN(@0)")]),
    text("is_infinite", &[always("IS_INF(@0)")]),
    text("bit_and", &[always("(@0 & @1)")]),
    text("bit_or", &[always("(@0 | @1)")]),
    text("bit_xor", &[always("(@0 ^ @1)")]),
    text("bit_not", &[always("(~@0)")]),
    text("bit_count", &[always("BIT_COUNT(@0)")]),
    text("shift_left", &[always("CASE WHEN @1 BETWEEN 0 AND 63 THEN @0 << @1 END")]),
    // Spanner moves zeros in, not the sign.
    text(
        "shift_right",
        &[always(
            "CASE WHEN @1 NOT BETWEEN 0 AND 63 THEN NULL WHEN @0 >= 0 OR @1 = 0 THEN @0 >> @1 ELSE ~((~@0) >> @1) END",
        )],
    ),
];
