//! The databases that a schema is for, and what each of them can do.
//!
//! Code outside the dialect folders of the engine never matches on [`Dialect`]: it asks [`Dialect::capabilities`].

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A family of databases that speaks one SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// PostgreSQL, and PGlite, which is PostgreSQL compiled to WebAssembly.
    Postgres,
    /// Google Spanner with the GoogleSQL dialect.
    Spanner,
}

impl Dialect {
    /// Every dialect, in the order in which output shows them.
    pub const ALL: [Dialect; 2] = [Dialect::Postgres, Dialect::Spanner];

    /// The name as command-line options, file sections and attributes spell it.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::Postgres => "postgres",
            Dialect::Spanner => "spanner",
        }
    }

    /// The name as people write it.
    pub const fn title(self) -> &'static str {
        match self {
            Dialect::Postgres => "PostgreSQL",
            Dialect::Spanner => "Spanner",
        }
    }

    /// What the database can do and where its limits are.
    pub const fn capabilities(self) -> &'static Capabilities {
        match self {
            Dialect::Postgres => &Capabilities::POSTGRES,
            Dialect::Spanner => &Capabilities::SPANNER,
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Dialect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "postgres" | "postgresql" => Ok(Dialect::Postgres),
            "spanner" => Ok(Dialect::Spanner),
            other => Err(format!("`{other}` is no dialect: use `postgres` or `spanner`")),
        }
    }
}

/// How a database measures the length of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameLength {
    /// In bytes of UTF-8.
    Bytes(usize),
    /// In characters.
    Characters(usize),
}

impl NameLength {
    /// The limit itself.
    pub const fn limit(self) -> usize {
        match self {
            NameLength::Bytes(limit) | NameLength::Characters(limit) => limit,
        }
    }

    /// How long `name` is in this measure.
    pub fn measure(self, name: &str) -> usize {
        match self {
            NameLength::Bytes(_) => name.len(),
            NameLength::Characters(_) => name.chars().count(),
        }
    }
}

/// What a database can do, as data.
///
/// Sources: <https://cloud.google.com/spanner/quotas>, <https://www.postgresql.org/docs/current/limits.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// The longest name of a table, column, index or constraint.
    pub name_length: NameLength,
    /// Columns in a primary key or an index.
    pub key_columns: usize,
    /// Bytes in the key of a row of an index or, where it is an index itself, of the table.
    pub key_bytes: u64,
    /// Bytes in one value, an array with all its elements.
    pub value_bytes: u64,
    /// Columns in a table.
    pub columns_per_table: usize,
    /// Indexes on a table; `None` where there is no limit.
    pub indexes_per_table: Option<usize>,
    /// Tables in a database; `None` where there is no limit that a schema meets.
    pub tables_per_database: Option<usize>,
    /// Views in a database; `None` where there is no limit that a schema meets.
    pub views_per_database: Option<usize>,
    /// Indexes in a database, those of unique constraints included; `None` where there is no limit that a schema meets.
    pub indexes_per_database: Option<usize>,
    /// Bytes in the text of a DDL statement; `None` where there is no limit that a schema meets.
    pub statement_bytes: Option<usize>,
    /// Whether the columns that an index stores besides its keys count among its columns.
    pub index_counts_stored: bool,
    /// Whether a key of an index can be an expression; otherwise a hidden column of the table stands for it.
    pub expression_keys: bool,
    /// Whether several DDL statements can be undone together.
    pub transactional_ddl: bool,
    /// Whether a unique constraint exists beside the unique index.
    pub unique_constraints: bool,
    /// Whether a unique index can treat NULLs as distinct without leaving the rows out.
    pub distinct_nulls: bool,
    /// Whether NULL is the least value of an order that does not say where it stands; otherwise it is the greatest.
    pub least_nulls: bool,
    /// Whether a row can be stored inside its parent (`INTERLEAVE IN PARENT`).
    pub interleaving: bool,
    /// Whether names of indexes and constraints share one namespace with tables.
    pub shared_namespace: bool,
    /// Whether names that differ only in case are the same name.
    pub names_ignore_case: bool,
    /// Whether each foreign key has an index of its own on its columns.
    pub foreign_key_indexes: bool,
    /// Whether an entry of an index ends in the primary key of its row, which then counts among its columns.
    pub index_holds_primary_key: bool,
    /// Whether there are extensions (`CREATE EXTENSION`).
    pub extensions: bool,
    /// Whether enums can be types of the database (`CREATE TYPE … AS ENUM`).
    pub native_enums: bool,
    /// Whether a check may read nothing but generated columns.
    pub generated_column_checks: bool,
    /// The type of a column of texts of any length.
    pub text_type: &'static str,
    /// Whether a column can hold a time of day.
    pub time_of_day: bool,
    /// Whether a column can hold a span of time.
    pub intervals: bool,
    /// Whether tables and columns carry comments.
    pub comments: bool,
    /// Whether the primary key of an existing table can change.
    pub alter_primary_key: bool,
    /// Whether a column, an index and a constraint can get another name in place, as a table can everywhere.
    pub rename_columns: bool,
}

impl Capabilities {
    const POSTGRES: Capabilities = Capabilities {
        name_length: NameLength::Bytes(63),
        key_columns: 32,
        // A third of a page, which is what a B-tree takes.
        key_bytes: 2_704,
        // 1 GB.
        value_bytes: 1 << 30,
        columns_per_table: 1_600,
        indexes_per_table: None,
        tables_per_database: None,
        views_per_database: None,
        indexes_per_database: None,
        statement_bytes: None,
        index_counts_stored: true,
        expression_keys: true,
        transactional_ddl: true,
        unique_constraints: true,
        distinct_nulls: true,
        least_nulls: false,
        interleaving: false,
        shared_namespace: false,
        names_ignore_case: false,
        foreign_key_indexes: false,
        index_holds_primary_key: false,
        extensions: true,
        native_enums: true,
        generated_column_checks: true,
        text_type: "TEXT",
        time_of_day: true,
        intervals: true,
        comments: true,
        alter_primary_key: true,
        rename_columns: true,
    };

    const SPANNER: Capabilities = Capabilities {
        name_length: NameLength::Characters(128),
        key_columns: 16,
        key_bytes: 8_192,
        // 10 MiB.
        value_bytes: 10 << 20,
        columns_per_table: 1_024,
        indexes_per_table: Some(128),
        tables_per_database: Some(5_000),
        views_per_database: Some(5_000),
        indexes_per_database: Some(10_000),
        // 10 MiB.
        statement_bytes: Some(10 << 20),
        index_counts_stored: false,
        expression_keys: false,
        transactional_ddl: false,
        unique_constraints: false,
        distinct_nulls: false,
        least_nulls: true,
        interleaving: true,
        shared_namespace: true,
        names_ignore_case: true,
        foreign_key_indexes: true,
        index_holds_primary_key: true,
        extensions: false,
        native_enums: false,
        generated_column_checks: false,
        text_type: "STRING(MAX)",
        time_of_day: false,
        intervals: false,
        comments: false,
        alter_primary_key: false,
        rename_columns: false,
    };
}

/// One value for each dialect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct PerDialect<T> {
    /// The value for PostgreSQL.
    pub postgres: T,
    /// The value for Spanner.
    pub spanner: T,
}

impl<T> PerDialect<T> {
    /// The value for `dialect`.
    pub const fn get(&self, dialect: Dialect) -> &T {
        match dialect {
            Dialect::Postgres => &self.postgres,
            Dialect::Spanner => &self.spanner,
        }
    }

    /// The value for `dialect`, to change it.
    pub const fn get_mut(&mut self, dialect: Dialect) -> &mut T {
        match dialect {
            Dialect::Postgres => &mut self.postgres,
            Dialect::Spanner => &mut self.spanner,
        }
    }
}

impl<T: PartialEq + std::default::Default> PerDialect<T> {
    /// Whether neither dialect has a value of its own.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
