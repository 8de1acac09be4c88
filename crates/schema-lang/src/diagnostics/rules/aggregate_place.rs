//! An aggregate where there are no groups.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// An aggregate stands where there are no groups.
    ///
    /// `count`, `sum`, `avg`, `min` and `max` make one value of many rows: they stand in `select`, `having` and the order of a
    /// query that groups.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///   title    text
    /// }
    /// query busy {
    ///   from posts
    ///   where count() > 3
    ///   select user_id
    ///   group_by user_id
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE posts (id UUID PRIMARY KEY, user_id UUID, title TEXT);
    /// SELECT p.user_id FROM posts AS p WHERE COUNT(*) > 3 GROUP BY p.user_id
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE posts (id STRING(36) NOT NULL, user_id STRING(36), title STRING(MAX)) PRIMARY KEY (id);
    /// SELECT p.user_id FROM posts AS p WHERE COUNT(*) > 3 GROUP BY p.user_id
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///   title    text
    /// }
    /// query busy {
    ///   from posts
    ///   select user_id
    ///   group_by user_id
    ///   having count() > 3
    /// }
    /// ```
    AGGREGATE_PLACE: "QRY012", "aggregate-place", Error, oracle(Postgres, Spanner)
}

pub(crate) fn report(location: Location, name: &str, place: &str) -> Diagnostic {
    AGGREGATE_PLACE
        .at(location, format!("{place} is about one row: `{name}` of many has no value there"))
        .help("use it in `select` or `having`, or in a sub-query")
}

pub(crate) fn arguments(location: Location, name: &str, is_count: bool) -> Diagnostic {
    let takes = if is_count { "nothing or one value" } else { "one value" };
    AGGREGATE_PLACE.at(location, format!("`{name}` takes {takes}")).help(format!("write `{name}(x)`"))
}
