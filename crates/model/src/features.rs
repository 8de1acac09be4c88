//! What PostgreSQL has from a version on, as far as the language uses it: the table that rules and the reference read.

/// Something of PostgreSQL that older versions lack.
///
/// Source: the release notes (<https://www.postgresql.org/docs/release/>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostgresFeature {
    /// As PostgreSQL calls it.
    pub name: &'static str,
    /// What of the language uses it.
    pub used_by: &'static str,
    /// The first major version that has it.
    pub since: u32,
}

impl PostgresFeature {
    /// Columns that count by themselves.
    pub const IDENTITY_COLUMNS: PostgresFeature =
        PostgresFeature { name: "identity columns", used_by: "`identity()`", since: 10 };
    /// Further columns in an index.
    pub const INDEX_INCLUDE: PostgresFeature =
        PostgresFeature { name: "INCLUDE in an index", used_by: "`index(…, storing: […])`", since: 11 };
    /// Hashes of the SHA-2 family without an extension.
    pub const SHA2: PostgresFeature =
        PostgresFeature { name: "sha256() and sha512()", used_by: "`sha256(…)`, `sha512(…)`", since: 11 };
    /// Whether a text begins with another one.
    pub const STARTS_WITH: PostgresFeature =
        PostgresFeature { name: "starts_with()", used_by: "`starts_with(…)`", since: 11 };
    /// JSON truth values as truth values.
    pub const JSONB_CASTS: PostgresFeature =
        PostgresFeature { name: "casts of JSONB to other types", used_by: "`json_boolean(…)`", since: 11 };
    /// Generated columns whose values are stored.
    pub const STORED_COLUMNS: PostgresFeature =
        PostgresFeature { name: "generated columns", used_by: "`@generated(…)`", since: 12 };
    /// Further columns in an index of type GiST.
    pub const GIST_INCLUDE: PostgresFeature =
        PostgresFeature { name: "INCLUDE in a GiST index", used_by: "`storing: […]` with `using: gist`", since: 12 };
    /// New values of an enum in a transaction.
    pub const ENUM_VALUES: PostgresFeature = PostgresFeature {
        name: "ALTER TYPE … ADD VALUE in a transaction",
        used_by: "new values of an enum with `@postgres(native: true)`",
        since: 12,
    };
    /// Random UUIDs without an extension.
    pub const GEN_RANDOM_UUID: PostgresFeature =
        PostgresFeature { name: "gen_random_uuid()", used_by: "`uuid()`", since: 13 };
    /// Unicode normalization.
    pub const NORMALIZE: PostgresFeature =
        PostgresFeature { name: "normalize()", used_by: "`normalize(…)`", since: 13 };
    /// Decimal numbers without zeros at their end.
    pub const TRIM_SCALE: PostgresFeature =
        PostgresFeature { name: "trim_scale()", used_by: "a `numeric` `as text`", since: 13 };
    /// Bits of a number that are set.
    pub const BIT_COUNT: PostgresFeature =
        PostgresFeature { name: "bit_count()", used_by: "`bit_count(…)`", since: 14 };
    /// Further columns in an index of type SP-GiST.
    pub const SPGIST_INCLUDE: PostgresFeature = PostgresFeature {
        name: "INCLUDE in an SP-GiST index",
        used_by: "`storing: […]` with `using: spgist`",
        since: 14,
    };
    /// Arrays less their last elements.
    pub const TRIM_ARRAY: PostgresFeature =
        PostgresFeature { name: "trim_array()", used_by: "`array_prepend(…)`", since: 14 };
    /// Unique constraints to which NULLs are equal.
    pub const NULLS_NOT_DISTINCT: PostgresFeature =
        PostgresFeature { name: "NULLS NOT DISTINCT", used_by: "`nulls: equal`", since: 15 };
    /// Generated columns that are computed when they are read.
    pub const VIRTUAL_COLUMNS: PostgresFeature =
        PostgresFeature { name: "virtual generated columns", used_by: "`stored: false`", since: 18 };
    /// Constraints that the database is told and does not check.
    pub const NOT_ENFORCED: PostgresFeature =
        PostgresFeature { name: "NOT ENFORCED", used_by: "`enforced: false`", since: 18 };

    /// The table, by version.
    pub const ALL: [PostgresFeature; 17] = [
        PostgresFeature::IDENTITY_COLUMNS,
        PostgresFeature::INDEX_INCLUDE,
        PostgresFeature::SHA2,
        PostgresFeature::STARTS_WITH,
        PostgresFeature::JSONB_CASTS,
        PostgresFeature::STORED_COLUMNS,
        PostgresFeature::GIST_INCLUDE,
        PostgresFeature::ENUM_VALUES,
        PostgresFeature::GEN_RANDOM_UUID,
        PostgresFeature::NORMALIZE,
        PostgresFeature::TRIM_SCALE,
        PostgresFeature::BIT_COUNT,
        PostgresFeature::SPGIST_INCLUDE,
        PostgresFeature::TRIM_ARRAY,
        PostgresFeature::NULLS_NOT_DISTINCT,
        PostgresFeature::VIRTUAL_COLUMNS,
        PostgresFeature::NOT_ENFORCED,
    ];

    /// What a function of the language needs, if not every version has it.
    pub fn of_function(name: &str) -> Option<PostgresFeature> {
        Some(match name {
            "uuid" => PostgresFeature::GEN_RANDOM_UUID,
            "sha256" | "sha512" => PostgresFeature::SHA2,
            "starts_with" => PostgresFeature::STARTS_WITH,
            "json_boolean" => PostgresFeature::JSONB_CASTS,
            "normalize" => PostgresFeature::NORMALIZE,
            "bit_count" => PostgresFeature::BIT_COUNT,
            "array_prepend" => PostgresFeature::TRIM_ARRAY,
            _ => return None,
        })
    }
}
