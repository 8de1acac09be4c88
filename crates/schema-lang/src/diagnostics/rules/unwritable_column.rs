//! A column that cannot be written.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A mutation writes a column that the database computes, or writes one twice.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table people {
    ///   id     uuid  @primary_key
    ///   name   text
    ///   lower  text  @generated(lower(name))
    /// }
    /// mutation rename(id: uuid, name: text) {
    ///   update people
    ///   set name = $name, lower = $name
    ///   where id = $id
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE people (id UUID PRIMARY KEY, name TEXT, lower TEXT GENERATED ALWAYS AS (lower(name)) STORED);
    /// UPDATE people SET lower = 'a' WHERE TRUE
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE people (id STRING(36) NOT NULL, name STRING(MAX), lower STRING(MAX) AS (LOWER(name)) STORED) PRIMARY KEY (id);
    /// UPDATE people SET lower = 'a' WHERE TRUE
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table people {
    ///   id     uuid  @primary_key
    ///   name   text
    ///   lower  text  @generated(lower(name))
    /// }
    /// mutation rename(id: uuid, name: text) {
    ///   update people
    ///   set name = $name
    ///   where id = $id
    /// }
    /// ```
    UNWRITABLE_COLUMN: "QRY026", "unwritable-column", Error, oracle(Postgres, Spanner)
}

/// `fix` takes the value out.
pub(crate) fn generated(location: Location, name: &str, fix: Option<Fix>) -> Diagnostic {
    UNWRITABLE_COLUMN
        .at(location, format!("the database computes `{name}`: nobody writes it"))
        .help("write the columns that it is made of")
        .fix_if_any(fix)
}

pub(crate) fn twice(location: Location, name: &str, fix: Option<Fix>) -> Diagnostic {
    UNWRITABLE_COLUMN
        .at(location, format!("`{name}` is written already"))
        .help("keep one of the two values")
        .fix_if_any(fix)
}

pub(crate) fn all(location: Location, table: &str) -> Diagnostic {
    UNWRITABLE_COLUMN
        .at(location, format!("the database computes every column of `{table}`: nobody writes one"))
        .help("give the table a column that is written")
}
