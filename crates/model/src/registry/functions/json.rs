//! Functions of JSON. `metadata.a.b` is `json_get(metadata, "a", "b")`.

use super::{
    super::function::{Category, FunctionInfo, Nullability, Parameter, ParameterType as P, ReturnType},
    parameter,
};

const JSON: Parameter = parameter("json", P::Json);
const KEY: Parameter = parameter("key", P::Key);

pub(super) const FUNCTIONS: &[FunctionInfo] = &[
    function(
        "json_get",
        &[JSON, KEY],
        ReturnType::Jsonb,
        "The member of an object, and of the object in it for each further key; NULL where there is none.",
        "json_get(metadata, \"author\", \"name\")",
    )
    .variadic(),
    function(
        "json_element",
        &[JSON, parameter("number", P::Integer)],
        ReturnType::Jsonb,
        "The element of a JSON array, the first is 1; NULL where there is none.",
        "json_element(metadata.tags, 1)",
    ),
    function(
        "json_text",
        &[JSON],
        ReturnType::Text,
        "The text; NULL of JSON that is none.",
        "json_text(metadata.name)",
    ),
    function(
        "json_integer",
        &[JSON],
        ReturnType::Bigint,
        "The whole number, exact up to 2^53; NULL of JSON that is none.",
        "json_integer(metadata.count)",
    ),
    function(
        "json_double",
        &[JSON],
        ReturnType::Double,
        "The number; NULL of JSON that is none.",
        "json_double(metadata.ratio)",
    ),
    function(
        "json_boolean",
        &[JSON],
        ReturnType::Boolean,
        "The truth value; NULL of JSON that is none.",
        "json_boolean(metadata.active)",
    ),
    FunctionInfo::new(
        Category::Json,
        "json_type",
        &[JSON],
        ReturnType::Text,
        "`object`, `array`, `string`, `number`, `boolean` or `null`.",
        "json_type(metadata)",
    ),
    function(
        "json_array_length",
        &[JSON],
        ReturnType::Bigint,
        "How many elements a JSON array has; NULL of JSON that is none.",
        "json_array_length(metadata.tags)",
    ),
    FunctionInfo::new(
        Category::Json,
        "json_has",
        &[JSON, KEY],
        ReturnType::Boolean,
        "Whether an object has the member, be it JSON's null.",
        "json_has(metadata, \"author\")",
    )
    .null(Nullability::Never),
    FunctionInfo::new(
        Category::Json,
        "to_json",
        &[parameter("value", P::Jsonable)],
        ReturnType::Jsonb,
        "The value as JSON.",
        "to_json(tags)",
    )
    .stable_in_postgres(),
    FunctionInfo::new(
        Category::Json,
        "json_array",
        &[parameter("value", P::Jsonable)],
        ReturnType::Jsonb,
        "A JSON array of the values; NULL becomes JSON's null.",
        "json_array(name, size)",
    )
    .variadic()
    .null(Nullability::Never)
    .stable_in_postgres(),
];

const fn function(
    name: &'static str,
    parameters: &'static [Parameter],
    returns: ReturnType,
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    FunctionInfo::new(Category::Json, name, parameters, returns, docs, example).null(Nullability::Sometimes)
}
