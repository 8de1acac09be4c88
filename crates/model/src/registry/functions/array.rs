//! Functions of arrays. Elements count from 1 and are never NULL.

use super::{
    super::function::{Category, FunctionInfo, Nullability, Parameter, ParameterType as P, ReturnType},
    parameter,
};

const ARRAY: Parameter = parameter("array", P::Array);
const OTHER: Parameter = parameter("other", P::Array);
const ELEMENT: Parameter = parameter("element", P::Element);
const NUMBERS: Parameter = parameter("numbers", P::IntegerArray);

pub(super) const FUNCTIONS: &[FunctionInfo] = &[
    function("array_length", &[ARRAY], ReturnType::Integer, "How many elements it has.", "array_length(tags)"),
    function(
        "array_get",
        &[ARRAY, parameter("number", P::Integer)],
        ReturnType::Element,
        "The element with this number, the first is 1; NULL where there is none.",
        "array_get(tags, 1)",
    )
    .null(Nullability::Sometimes),
    function(
        "array_first",
        &[ARRAY],
        ReturnType::Element,
        "The first element; NULL of an empty one.",
        "array_first(tags)",
    )
    .null(Nullability::Sometimes),
    function(
        "array_last",
        &[ARRAY],
        ReturnType::Element,
        "The last element; NULL of an empty one.",
        "array_last(tags)",
    )
    .null(Nullability::Sometimes),
    function(
        "array_contains",
        &[ARRAY, ELEMENT],
        ReturnType::Boolean,
        "Whether the element occurs; false where one of both is NULL.",
        "array_contains(tags, \"new\")",
    )
    .null(Nullability::Never),
    function(
        "array_contains_all",
        &[ARRAY, OTHER],
        ReturnType::Boolean,
        "Whether every element of the other one occurs.",
        "array_contains_all(tags, [\"a\", \"b\"])",
    ),
    function(
        "array_overlaps",
        &[ARRAY, OTHER],
        ReturnType::Boolean,
        "Whether the two have an element in common.",
        "array_overlaps(tags, [\"a\", \"b\"])",
    ),
    function(
        "array_concat",
        &[ARRAY, OTHER],
        ReturnType::FirstArgument,
        "The elements of both.",
        "array_concat(tags, [\"a\"])",
    ),
    function(
        "array_append",
        &[ARRAY, ELEMENT],
        ReturnType::FirstArgument,
        "The array with one more element at its end.",
        "array_append(tags, \"new\")",
    ),
    function(
        "array_prepend",
        &[ARRAY, ELEMENT],
        ReturnType::FirstArgument,
        "The array with one more element before its first.",
        "array_prepend(tags, \"new\")",
    ),
    function(
        "array_join",
        &[parameter("array", P::TextArray), parameter("separator", P::Text)],
        ReturnType::Text,
        "The texts with the separator between them.",
        "array_join(tags, \", \")",
    )
    .stable_in_postgres(),
    function(
        "array_position",
        &[ARRAY, ELEMENT],
        ReturnType::Bigint,
        "The number of the first such element; NULL where it does not occur.",
        "array_position(tags, \"new\")",
    )
    .null(Nullability::Sometimes)
    .sub_query_in_spanner(),
    query(
        "array_remove",
        &[ARRAY, ELEMENT],
        ReturnType::FirstArgument,
        "The array without such elements.",
        "array_remove(tags, \"old\")",
    ),
    function(
        "array_reverse",
        &[ARRAY],
        ReturnType::FirstArgument,
        "The elements in reverse order.",
        "array_reverse(tags)",
    )
    .sub_query_in_postgres(),
    query("array_min", &[NUMBERS], ReturnType::Bigint, "The least number; NULL of an empty array.", "array_min(sizes)")
        .null(Nullability::Sometimes),
    query(
        "array_max",
        &[NUMBERS],
        ReturnType::Bigint,
        "The greatest number; NULL of an empty array.",
        "array_max(sizes)",
    )
    .null(Nullability::Sometimes),
    query("array_sum", &[NUMBERS], ReturnType::Bigint, "The sum; NULL of an empty array.", "array_sum(sizes)")
        .null(Nullability::Sometimes),
];

const fn function(
    name: &'static str,
    parameters: &'static [Parameter],
    returns: ReturnType,
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    FunctionInfo::new(Category::Array, name, parameters, returns, docs, example)
}

const fn query(
    name: &'static str,
    parameters: &'static [Parameter],
    returns: ReturnType,
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    function(name, parameters, returns, docs, example).in_queries()
}
