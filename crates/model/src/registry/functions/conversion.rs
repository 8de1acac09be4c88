//! Functions that read a text as another type. What a text does not say is NULL, never an error of one database.

use super::{
    super::function::{Category, FunctionInfo, Nullability, Parameter, ParameterType as P, ReturnType},
    parameter,
};

const TEXT: &[Parameter] = &[parameter("text", P::Text)];

pub(super) const FUNCTIONS: &[FunctionInfo] = &[
    parse(
        "parse_integer",
        ReturnType::Bigint,
        "The whole number that the text says, up to 18 digits; NULL for any other text.",
        "parse_integer(code)",
    ),
    parse(
        "parse_numeric",
        ReturnType::Numeric,
        "The exact number that the text says, up to 29 digits before and 9 after the point; NULL for any other text.",
        "parse_numeric(amount)",
    ),
    parse(
        "parse_double",
        ReturnType::Double,
        "The number that the text says, with an exponent of two digits at most; NULL for any other text.",
        "parse_double(reading)",
    ),
    parse(
        "parse_boolean",
        ReturnType::Boolean,
        "`true` and `false` in any case; NULL for any other text.",
        "parse_boolean(answer)",
    ),
    parse(
        "parse_date",
        ReturnType::Date,
        "The date of a text like `2027-01-31`; NULL for any other text. A day that no month has is an error.",
        "parse_date(born)",
    ),
    parse(
        "parse_timestamp",
        ReturnType::Timestamptz,
        "The instant of a text like `2027-01-31T12:00:00Z`; NULL for any other text. A day that no month has is an \
         error.",
        "parse_timestamp(sent)",
    )
    .stable_in_postgres(),
];

const fn parse(name: &'static str, returns: ReturnType, docs: &'static str, example: &'static str) -> FunctionInfo {
    FunctionInfo::new(Category::Conversion, name, TEXT, returns, docs, example).null(Nullability::Sometimes)
}
