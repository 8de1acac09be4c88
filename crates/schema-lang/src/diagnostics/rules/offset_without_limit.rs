//! Rows are left out, and all others are read.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A query has an `offset` and no `limit`.
    ///
    /// All rows but the first ones are read. Pages have both; a page after a known row is cheaper: `where
    /// (created_at, id) < ($at, $id)`.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid         @primary_key
    ///   email       text         @unique
    ///   name        text?
    ///   created_at  timestamptz
    /// }
    /// query rest(skip: integer) {
    ///   from users
    ///   select name
    ///   order_by id
    ///   offset $skip
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid         @primary_key
    ///   email       text         @unique
    ///   name        text?
    ///   created_at  timestamptz
    /// }
    /// query page(skip: integer) {
    ///   from users
    ///   select name
    ///   order_by id
    ///   limit 20
    ///   offset $skip
    /// }
    /// ```
    OFFSET_WITHOUT_LIMIT: "QRY037", "offset-without-limit", Hint, policy
}

pub(crate) fn report(location: Location) -> Diagnostic {
    let fix = Fix::offer("Add `limit 20`").insert_after(&location, "\n  limit 20");
    OFFSET_WITHOUT_LIMIT
        .at(location, "nothing says how many rows come after those that are left out")
        .help("add `limit 20`")
        .fix(fix)
}
