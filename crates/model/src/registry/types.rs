//! The types that a column can have.

use super::{TypeArguments, TypeInfo};
use crate::PerDialect;

/// Every type, in the order of the reference.
pub const TYPES: &[TypeInfo] = &[
    type_info("boolean", TypeArguments::None, "BOOLEAN", "BOOL", "True or false."),
    type_info(
        "smallint",
        TypeArguments::None,
        "SMALLINT",
        "INT64 + CHECK of the range",
        "A whole number of 16 bits: -32,768 to 32,767.",
    ),
    type_info(
        "integer",
        TypeArguments::None,
        "INTEGER",
        "INT64 + CHECK of the range",
        "A whole number of 32 bits: -2,147,483,648 to 2,147,483,647.",
    ),
    type_info("bigint", TypeArguments::None, "BIGINT", "INT64", "A whole number of 64 bits."),
    type_info("real", TypeArguments::None, "REAL", "FLOAT32", "A binary floating-point number of 32 bits."),
    type_info(
        "double",
        TypeArguments::None,
        "DOUBLE PRECISION",
        "FLOAT64",
        "A binary floating-point number of 64 bits.",
    ),
    type_info(
        "numeric",
        TypeArguments::PrecisionAndScale,
        "NUMERIC(precision, scale)",
        "NUMERIC",
        "An exact decimal number. Spanner keeps 38 digits, 9 of them after the point; without a size PostgreSQL gets \
         NUMERIC(38, 9), too.",
    ),
    type_info("text", TypeArguments::None, "TEXT", "STRING(MAX)", "Characters without a limit."),
    type_info(
        "varchar",
        TypeArguments::OptionalLength,
        "VARCHAR(length)",
        "STRING(length)",
        "At most `length` characters.",
    ),
    type_info(
        "char",
        TypeArguments::Length,
        "VARCHAR(length) + CHECK of the length",
        "STRING(length) + CHECK of the length",
        "Exactly `length` characters. PostgreSQL's CHAR pads with blanks, so it is not used.",
    ),
    type_info(
        "bytes",
        TypeArguments::OptionalLength,
        "BYTEA (+ CHECK of the length)",
        "BYTES(length)",
        "At most `length` bytes.",
    ),
    type_info("uuid", TypeArguments::None, "UUID", "STRING(36)", "A universally unique identifier."),
    type_info("date", TypeArguments::None, "DATE", "DATE", "A day, from 0001-01-01 to 9999-12-31."),
    type_info(
        "timestamptz",
        TypeArguments::SecondPrecision,
        "TIMESTAMP WITH TIME ZONE",
        "TIMESTAMP",
        "An instant. PostgreSQL keeps microseconds, Spanner nanoseconds.",
    ),
    type_info(
        "timestamp_local",
        TypeArguments::SecondPrecision,
        "TIMESTAMP WITHOUT TIME ZONE",
        "TIMESTAMP, taken as UTC",
        "A date and time of day without a zone.",
    ),
    of_one("time", TypeArguments::SecondPrecision, in_postgres("TIME"), "A time of day. Spanner has no such column."),
    of_one("interval", TypeArguments::None, in_postgres("INTERVAL"), "A span of time. Spanner has no such column."),
    type_info("json", TypeArguments::None, "JSON", "JSON", "JSON. PostgreSQL keeps the text as it was written."),
    type_info("jsonb", TypeArguments::None, "JSONB", "JSON", "JSON, kept as a value."),
    of_one(
        "postgres",
        TypeArguments::Text,
        in_postgres("as written"),
        "A type that only PostgreSQL has: `postgres(\"citext\")`.",
    ),
    of_one(
        "spanner",
        TypeArguments::Text,
        PerDialect { postgres: None, spanner: Some("as written") },
        "A type that only Spanner has: `spanner(\"TOKENLIST\")`.",
    ),
];

const fn type_info(
    name: &'static str,
    arguments: TypeArguments,
    postgres: &'static str,
    spanner: &'static str,
    docs: &'static str,
) -> TypeInfo {
    TypeInfo { name, arguments, docs, sql: PerDialect { postgres: Some(postgres), spanner: Some(spanner) } }
}

/// A type that one database has.
const fn of_one(
    name: &'static str,
    arguments: TypeArguments,
    sql: PerDialect<Option<&'static str>>,
    docs: &'static str,
) -> TypeInfo {
    TypeInfo { name, arguments, docs, sql }
}

const fn in_postgres(sql: &'static str) -> PerDialect<Option<&'static str>> {
    PerDialect { postgres: Some(sql), spanner: None }
}

/// The type with this name.
pub fn find_type(name: &str) -> Option<&'static TypeInfo> {
    TYPES.iter().find(|it| it.name == name)
}
