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
    /// Further columns in an index.
    pub const INDEX_INCLUDE: PostgresFeature =
        PostgresFeature { name: "INCLUDE in an index", used_by: "`index(…, storing: […])`", since: 11 };
    /// Random UUIDs without an extension.
    pub const GEN_RANDOM_UUID: PostgresFeature =
        PostgresFeature { name: "gen_random_uuid()", used_by: "`uuid()`", since: 13 };
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
    pub const ALL: [PostgresFeature; 5] = [
        PostgresFeature::INDEX_INCLUDE,
        PostgresFeature::GEN_RANDOM_UUID,
        PostgresFeature::NULLS_NOT_DISTINCT,
        PostgresFeature::VIRTUAL_COLUMNS,
        PostgresFeature::NOT_ENFORCED,
    ];

    /// What a function of the language needs, if not every version has it.
    pub fn of_function(name: &str) -> Option<PostgresFeature> {
        (name == "uuid").then_some(PostgresFeature::GEN_RANDOM_UUID)
    }
}
