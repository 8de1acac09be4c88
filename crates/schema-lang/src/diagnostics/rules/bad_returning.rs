//! Rows of other tables in `returning`.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A mutation returns something that has to be read from other rows.
    ///
    /// `returning` sees the row that was written and nothing else: whether a sub-query there sees the rows before or after the
    /// change is another matter in each database.
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
    BAD_RETURNING: "QRY032", "bad-returning", Error, language
}

pub(crate) fn report(location: Location, name: &str) -> Diagnostic {
    BAD_RETURNING
        .at(location, format!("`{name}` is read from other rows, and `returning` sees the written row alone"))
        .help("read it with a query of its own")
}
