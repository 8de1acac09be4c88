//! Bytes, hashes and identifiers.

use crate::dialect::functions::{FunctionText, always, text};

pub(super) const FUNCTIONS: &[FunctionText] = &[
    text("uuid", &[always("GENERATE_UUID()")]),
    text("byte_length", &[always("BYTE_LENGTH(@0)")]),
    text("to_bytes", &[always("CAST(@0 AS BYTES)")]),
    text("to_hex", &[always("TO_HEX(@0)")]),
    text("from_hex", &[always("CASE WHEN REGEXP_CONTAINS(@0, r'^([0-9a-fA-F]{2})*$') THEN FROM_HEX(@0) END")]),
    text("to_base64", &[always("TO_BASE64(@0)")]),
    text(
        "from_base64",
        &[always(
            "CASE WHEN REGEXP_CONTAINS(@0, r'^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$') THEN \
             FROM_BASE64(@0) END",
        )],
    ),
    text("md5", &[always("TO_HEX(MD5(@0))")]),
    text("sha256", &[always("TO_HEX(SHA256(@0))")]),
    text("sha512", &[always("TO_HEX(SHA512(@0))")]),
];
