//! Two columns of a result with one name.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// Two columns of a result have one name.
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
    /// query pairs {
    ///   from users
    ///   join posts on posts.user_id = users.id
    ///   select users.id, posts.id
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
    /// query pairs {
    ///   from users
    ///   join posts on posts.user_id = users.id
    ///   select users.id, post_id: posts.id
    /// }
    /// ```
    DUPLICATE_OUTPUT: "QRY010", "duplicate-output", Error, language
}

/// `other`: a name that it may get.
pub(crate) fn report(location: Location, name: &str, other: Option<String>) -> Diagnostic {
    let named = other.map(|it| Fix::offer(format!("Call it `{it}`")).insert_before(&location, format!("{it}: ")));
    DUPLICATE_OUTPUT
        .at(location, format!("the result has a column `{name}` already"))
        .help("give one of them another name: `other: …`")
        .fix_if_any(named)
}
