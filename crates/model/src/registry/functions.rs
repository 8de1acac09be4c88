//! The functions of expressions.

use super::{FunctionInfo, ParameterType, ReturnType};

/// Every function, in the order of the reference.
pub const FUNCTIONS: &[FunctionInfo] = &[
    function("now", &[], ReturnType::Timestamptz, false, "The time of the statement or transaction."),
    function("uuid", &[], ReturnType::Uuid, false, "A random UUID (version 4)."),
    function("lower", &[ParameterType::Text], ReturnType::Text, true, "The text in lower case."),
    function("upper", &[ParameterType::Text], ReturnType::Text, true, "The text in upper case."),
    function("char_length", &[ParameterType::Text], ReturnType::Bigint, true, "How many characters the text has."),
    function("byte_length", &[ParameterType::Bytes], ReturnType::Bigint, true, "How many bytes the value has."),
    function("abs", &[ParameterType::Number], ReturnType::FirstArgument, true, "The number without its sign."),
    function(
        "coalesce",
        &[ParameterType::Same, ParameterType::Same],
        ReturnType::FirstArgument,
        true,
        "The first value if it is not NULL, else the second.",
    ),
];

const fn function(
    name: &'static str,
    parameters: &'static [ParameterType],
    returns: ReturnType,
    deterministic: bool,
    docs: &'static str,
) -> FunctionInfo {
    FunctionInfo { name, parameters, returns, deterministic, docs }
}

/// The function with this name.
pub fn find_function(name: &str) -> Option<&'static FunctionInfo> {
    FUNCTIONS.iter().find(|it| it.name == name)
}
