//! A tuple beside something else.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A tuple stands beside something that is no tuple of as many values.
    ///
    /// Tuples are compared with tuples, or looked for among them or in a query.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query page(at: timestamptz, id: uuid) {
    ///   from users
    ///   where (created_at, id) < $at
    ///   select name, created: created_at > $at, is_it: id = $id
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE users (id UUID PRIMARY KEY, name TEXT NOT NULL, email TEXT, created_at TIMESTAMPTZ NOT NULL);
    /// SELECT u.name FROM users AS u WHERE (u.created_at, u.id) < now()
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query page(at: timestamptz, id: uuid) {
    ///   from users
    ///   where (created_at, id) < ($at, $id)
    ///   select name
    /// }
    /// ```
    BAD_TUPLE: "QRY019", "bad-tuple", Error, oracle(Postgres, Spanner)
}

pub(crate) fn sides(location: Location) -> Diagnostic {
    BAD_TUPLE.at(location, "a tuple is compared with a tuple of as many values").help("write `(a, b) < ($a, $b)`")
}

pub(crate) fn place(location: Location) -> Diagnostic {
    BAD_TUPLE.at(location, "a tuple is no value").help("compare it: `(a, b) = ($a, $b)`, or name its parts one by one")
}
