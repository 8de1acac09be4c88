//! Functions that choose between values.

use super::{
    super::function::{Category, FunctionInfo, Nullability, Parameter, ParameterType as P, ReturnType},
    parameter,
};

const VALUE: Parameter = parameter("value", P::Same);
const OTHER: Parameter = parameter("other", P::Same);
const ORDERED: &[Parameter] = &[parameter("value", P::Ordered), parameter("other", P::Ordered)];

pub(super) const FUNCTIONS: &[FunctionInfo] = &[
    function(
        "coalesce",
        &[VALUE, OTHER],
        ReturnType::Common,
        "The first value that is not NULL.",
        "coalesce(nickname, name)",
    )
    .variadic()
    .null(Nullability::AllArguments),
    function(
        "nullif",
        ORDERED,
        ReturnType::Common,
        "NULL where the values are equal, else the first one.",
        "nullif(name, \"\")",
    )
    .null(Nullability::Sometimes),
    function(
        "if",
        &[parameter("condition", P::Boolean), VALUE, OTHER],
        ReturnType::Common,
        "The value where the condition is true, else the other one; `case` chooses between more.",
        "if(size > 1000, \"large\", \"small\")",
    )
    .null(Nullability::OtherArguments),
    function(
        "greatest",
        ORDERED,
        ReturnType::Common,
        "The greatest of the values; NULL where one of them is. Texts are ordered by code point.",
        "greatest(updated_at, created_at)",
    )
    .variadic(),
    function(
        "least",
        ORDERED,
        ReturnType::Common,
        "The least of the values; NULL where one of them is. Texts are ordered by code point.",
        "least(price, 100)",
    )
    .variadic(),
    function(
        "is_distinct",
        ORDERED,
        ReturnType::Boolean,
        "Whether the values differ, where NULL equals NULL.",
        "is_distinct(old_state, state)",
    )
    .null(Nullability::Never),
];

const fn function(
    name: &'static str,
    parameters: &'static [Parameter],
    returns: ReturnType,
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    FunctionInfo::new(Category::Conditional, name, parameters, returns, docs, example)
}
