//! Bytes, hashes and identifiers. Spelled so that PostgreSQL knows that they depend on their arguments alone.

use crate::dialect::functions::{FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("uuid", &[always("gen_random_uuid()")]),
    text("byte_length", &[always("octet_length(@0)")]),
    // The text form of bytes, in which only the backslash has a meaning.
    text("to_bytes", &[always("CAST(replace(@0, '\\', '\\\\') AS BYTEA)")]),
    text("to_hex", &[always("encode(@0, 'hex')")]),
    text("from_hex", &[always("CASE WHEN @0 ~ '^([0-9a-fA-F]{2})*$' THEN decode(@0, 'hex') END")]),
    // PostgreSQL breaks lines.
    text("to_base64", &[always("replace(encode(@0, 'base64'), chr(10), '')")]),
    text(
        "from_base64",
        &[always(
            "CASE WHEN @0 ~ '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$' THEN decode(@0, 'base64') END",
        )],
    ),
    text("md5", &[always("md5(@0)")]),
    text("sha256", &[always("encode(sha256(CAST(replace(@0, '\\', '\\\\') AS BYTEA)), 'hex')")]),
    text("sha512", &[always("encode(sha512(CAST(replace(@0, '\\', '\\\\') AS BYTEA)), 'hex')")]),
];
