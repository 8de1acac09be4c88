//! A column of a row beside values of a group.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A column stands where a group is one row, and is not what the rows are grouped by.
    ///
    /// The rows of a group may differ in it. Spanner knows no exception; PostgreSQL knows one, for what depends on the primary key.
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
    /// query counts {
    ///   from posts
    ///   select user_id, title, posts: count()
    ///   group_by user_id
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE posts (id UUID PRIMARY KEY, user_id UUID, title TEXT);
    /// SELECT p.user_id, p.title, COUNT(*) FROM posts AS p GROUP BY p.user_id
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE posts (id STRING(36) NOT NULL, user_id STRING(36), title STRING(MAX)) PRIMARY KEY (id);
    /// SELECT p.user_id, p.title, COUNT(*) FROM posts AS p GROUP BY p.user_id
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
    /// query counts {
    ///   from posts
    ///   select user_id, posts: count()
    ///   group_by user_id
    /// }
    /// ```
    UNGROUPED_COLUMN: "QRY013", "ungrouped-column", Error, oracle(Postgres, Spanner)
}

/// `last`: where the last key of the groups stands; without it there is one group. `column`: the column as a further key, where
/// it can be written as one.
pub(crate) fn report(location: Location, name: &str, last: Option<Location>, column: Option<&str>) -> Diagnostic {
    let message = match last.is_none() {
        true => format!("all rows become one beside an aggregate, and `{name}` differs in them"),
        false => format!("the rows of a group may differ in `{name}`"),
    };
    let fix = last.zip(column).map(|(last, column)| {
        Fix::offer(format!("Group by `{column}` as well")).insert_after(&last, format!(", {column}"))
    });
    let finding = UNGROUPED_COLUMN.at(location, message);
    finding.help(format!("add it to `group_by`, or write `min({name})`")).fix_if_any(fix)
}
