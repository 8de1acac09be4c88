//! Bytes, hashes and identifiers.

use super::{
    super::function::{Category, FunctionInfo, Nullability, Parameter, ParameterType as P, ReturnType, Volatility},
    parameter,
};

const TEXT: &[Parameter] = &[parameter("text", P::Text)];
const BYTES: &[Parameter] = &[parameter("bytes", P::Bytes)];

pub(super) const FUNCTIONS: &[FunctionInfo] = &[
    function("uuid", &[], ReturnType::Uuid, "A random UUID (version 4).", "uuid()").depends_on(Volatility::Volatile),
    function(
        "byte_length",
        &[parameter("value", P::TextOrBytes)],
        ReturnType::Integer,
        "How many bytes the value has; a text in UTF-8.",
        "byte_length(content)",
    ),
    function("to_bytes", TEXT, ReturnType::Bytes, "The bytes of the text in UTF-8.", "to_bytes(name)"),
    function("to_hex", BYTES, ReturnType::Text, "The bytes as lower-case hexadecimal digits.", "to_hex(digest)"),
    function(
        "from_hex",
        TEXT,
        ReturnType::Bytes,
        "The bytes that pairs of hexadecimal digits say; NULL for any other text.",
        "from_hex(\"00ff\")",
    )
    .null(Nullability::Sometimes),
    function("to_base64", BYTES, ReturnType::Text, "The bytes in Base64, on one line.", "to_base64(digest)"),
    function(
        "from_base64",
        TEXT,
        ReturnType::Bytes,
        "The bytes that a text in Base64 says; NULL for any other text.",
        "from_base64(\"AP8=\")",
    )
    .null(Nullability::Sometimes),
    function("md5", TEXT, ReturnType::Text, "The MD5 hash as hexadecimal digits; nothing secret.", "md5(content)"),
    function("sha256", TEXT, ReturnType::Text, "The SHA-256 hash as hexadecimal digits.", "sha256(token)"),
    function("sha512", TEXT, ReturnType::Text, "The SHA-512 hash as hexadecimal digits.", "sha512(token)"),
];

const fn function(
    name: &'static str,
    parameters: &'static [Parameter],
    returns: ReturnType,
    docs: &'static str,
    example: &'static str,
) -> FunctionInfo {
    FunctionInfo::new(Category::Bytes, name, parameters, returns, docs, example)
}
