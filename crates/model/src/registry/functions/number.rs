//! Functions of numbers. Whole numbers are computed in 64 bits, exact ones with 38 digits, 9 of them after the point.

use super::{
    super::function::{Category, FunctionInfo, Nullability, Parameter, ParameterType as P, ReturnType},
    parameter,
};

const NUMBER: Parameter = parameter("number", P::Number);
const FRACTION: Parameter = parameter("number", P::Fraction);
const DOUBLE: Parameter = parameter("number", P::Double);
const A: Parameter = parameter("a", P::Integer);
const B: Parameter = parameter("b", P::Integer);
const BITS: Parameter = parameter("bits", P::Integer);

/// Of what the mathematical library of a machine computes: PostgreSQL 15 and PGlite differ, for one.
const LAST_DIGIT: &str = "the last digit may be another one, as the machine's library computes it";

pub(super) const FUNCTIONS: &[FunctionInfo] = &[
    function("abs", &[NUMBER], ReturnType::Wide, "The number without its sign.", "abs(balance)"),
    function("sign", &[NUMBER], ReturnType::Wide, "-1, 0 or 1, as the number's sign says.", "sign(balance)"),
    function("floor", &[FRACTION], ReturnType::Wide, "The next whole number that is not greater.", "floor(price)"),
    function("ceil", &[FRACTION], ReturnType::Wide, "The next whole number that is not less.", "ceil(price)"),
    function(
        "round",
        &[FRACTION],
        ReturnType::Wide,
        "The nearest whole number; halves go away from zero.",
        "round(price)",
    ),
    function(
        "round_to",
        &[parameter("number", P::Numeric), parameter("digits", P::Integer)],
        ReturnType::Numeric,
        "The nearest number with so many digits after the point, 0 to 9; halves go away from zero. NULL for other \
         counts of digits.",
        "round_to(price, 2)",
    )
    .null(Nullability::Sometimes),
    function("trunc", &[FRACTION], ReturnType::Wide, "The number without what stands after its point.", "trunc(price)"),
    function(
        "trunc_to",
        &[parameter("number", P::Numeric), parameter("digits", P::Integer)],
        ReturnType::Numeric,
        "The number cut to so many digits after the point, 0 to 9. NULL for other counts of digits.",
        "trunc_to(price, 2)",
    )
    .null(Nullability::Sometimes),
    function(
        "mod",
        &[parameter("number", P::Exact), parameter("divisor", P::Exact)],
        ReturnType::Common,
        "The remainder of a division, with the sign of the number; the same as `%`.",
        "mod(number, 7)",
    ),
    function(
        "div",
        &[parameter("number", P::Integer), parameter("divisor", P::Integer)],
        ReturnType::Bigint,
        "The quotient of whole numbers, cut towards zero; the same as `/` between them.",
        "div(minutes, 60)",
    ),
    function("sqrt", &[DOUBLE], ReturnType::Double, "The square root; of a negative number an error.", "sqrt(area)"),
    function(
        "exp",
        &[DOUBLE],
        ReturnType::Double,
        "The power of e; 0 below -700. The last of its 16 digits is the database's own.",
        "exp(score)",
    )
    .differs(LAST_DIGIT),
    function(
        "ln",
        &[DOUBLE],
        ReturnType::Double,
        "The natural logarithm; NULL of 0 and less. The last of its 16 digits is the database's own.",
        "ln(score)",
    )
    .null(Nullability::Sometimes)
    .differs(LAST_DIGIT),
    function(
        "log10",
        &[DOUBLE],
        ReturnType::Double,
        "The logarithm to base 10; NULL of 0 and less. The last of its 16 digits is the database's own.",
        "log10(score)",
    )
    .null(Nullability::Sometimes)
    .differs(LAST_DIGIT),
    function("is_nan", &[DOUBLE], ReturnType::Boolean, "Whether it is not a number.", "is_nan(ratio)"),
    function("is_infinite", &[DOUBLE], ReturnType::Boolean, "Whether it is an infinity.", "is_infinite(ratio)"),
    function("bit_and", &[A, B], ReturnType::Bigint, "The bits that both numbers have.", "bit_and(flags, 4)"),
    function("bit_or", &[A, B], ReturnType::Bigint, "The bits that one of the numbers has.", "bit_or(flags, 4)"),
    function("bit_xor", &[A, B], ReturnType::Bigint, "The bits that differ.", "bit_xor(flags, 4)"),
    function("bit_not", &[BITS], ReturnType::Bigint, "Every bit turned.", "bit_not(flags)"),
    function("bit_count", &[BITS], ReturnType::Bigint, "How many bits are set.", "bit_count(flags)"),
    function(
        "shift_left",
        &[BITS, parameter("places", P::Integer)],
        ReturnType::Bigint,
        "The bits moved up; NULL unless by 0 to 63 places.",
        "shift_left(1, 3)",
    )
    .null(Nullability::Sometimes),
    function(
        "shift_right",
        &[BITS, parameter("places", P::Integer)],
        ReturnType::Bigint,
        "The bits moved down, the sign kept; NULL unless by 0 to 63 places.",
        "shift_right(flags, 1)",
    )
    .null(Nullability::Sometimes),
];

const fn function(
    name: &'static str,
    parameters: &'static [Parameter],
    returns: ReturnType,
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    FunctionInfo::new(Category::Number, name, parameters, returns, docs, example)
}
