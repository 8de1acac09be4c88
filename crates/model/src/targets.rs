//! Which databases a project is held to, and with which options: the `[targets]` of `orm.toml`.

use serde::{Deserialize, Serialize};

use crate::Dialect;

/// The databases that the schema must fit. A dialect that is not named is neither checked nor written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Targets {
    /// PostgreSQL, if it is a target.
    pub postgres: Option<PostgresTarget>,
    /// Spanner, if it is a target.
    pub spanner: Option<SpannerTarget>,
}

/// How the PostgreSQL databases of the project are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostgresTarget {
    /// The oldest major version that the project runs on.
    pub version: u32,
    /// Whether the project said so, or it is assumed.
    pub version_is_stated: bool,
}

/// How the Spanner databases of the project are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpannerTarget {
    /// `uuid` columns are `UUID` instead of `STRING(36)`. The emulator has no such type.
    pub native_uuid: bool,
    /// `smallint` and `integer` columns get a CHECK of their range.
    pub range_checks: bool,
    /// `= commit_timestamp()` is a DEFAULT of the database. Spanner's emulator knows no such default; there the client
    /// writes the value.
    pub commit_timestamp_defaults: bool,
}

impl Default for PostgresTarget {
    /// PostgreSQL 15: the oldest version that the tests run on.
    fn default() -> Self {
        PostgresTarget { version: 15, version_is_stated: false }
    }
}

impl Default for SpannerTarget {
    fn default() -> Self {
        SpannerTarget { native_uuid: false, range_checks: true, commit_timestamp_defaults: false }
    }
}

impl Default for Targets {
    /// Both databases: what a project without `orm.toml` is held to.
    fn default() -> Self {
        Targets { postgres: Some(PostgresTarget::default()), spanner: Some(SpannerTarget::default()) }
    }
}

impl Targets {
    /// Whether the project is held to `dialect`.
    pub const fn includes(&self, dialect: Dialect) -> bool {
        match dialect {
            Dialect::Postgres => self.postgres.is_some(),
            Dialect::Spanner => self.spanner.is_some(),
        }
    }

    /// The same, of what `@only(…)` keeps to one of them.
    #[must_use]
    pub fn limited_to(&self, only: Option<Dialect>) -> Targets {
        let has = |dialect| only.is_none_or(|it| it == dialect);
        Targets {
            postgres: self.postgres.clone().filter(|_| has(Dialect::Postgres)),
            spanner: self.spanner.clone().filter(|_| has(Dialect::Spanner)),
        }
    }

    /// The dialects that the project is held to, in the order of [`Dialect::ALL`].
    pub fn dialects(&self) -> impl Iterator<Item = Dialect> + '_ {
        Dialect::ALL.into_iter().filter(|dialect| self.includes(*dialect))
    }
}
