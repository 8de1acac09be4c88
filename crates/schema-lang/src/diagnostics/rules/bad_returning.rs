//! Rows of other tables in `returning`.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A mutation returns something that has to be read from other rows.
    ///
    /// `returning` sees the row that was written and nothing else; Spanner takes no sub-query there.
    /// See <https://cloud.google.com/spanner/docs/reference/standard-sql/dml-syntax#insert-and-then-return>.
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
    /// mutation remove(id: uuid) {
    ///   delete from users
    ///   where id = $id
    ///   returning name, posts { title }
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE users (id STRING(36) NOT NULL, name STRING(MAX) NOT NULL, email STRING(MAX), created_at TIMESTAMP NOT NULL) PRIMARY KEY (id);
    /// CREATE TABLE posts (id STRING(36) NOT NULL, user_id STRING(36), title STRING(MAX)) PRIMARY KEY (id);
    /// DELETE FROM users WHERE TRUE THEN RETURN name, (SELECT COUNT(*) FROM posts)
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
    /// mutation remove(id: uuid) {
    ///   delete from users
    ///   where id = $id
    ///   returning name
    /// }
    /// ```
    BAD_RETURNING: "QRY032", "bad-returning", Error, oracle(Spanner)
}

pub(crate) fn report(location: Location, name: &str) -> Diagnostic {
    BAD_RETURNING
        .at(location, format!("`{name}` is read from other rows, and `returning` sees the written row alone"))
        .help("read it with a query of its own")
}
