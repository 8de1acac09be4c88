//! A reference to what should not be used any more.

use crate::{
    diagnostics::{Diagnostic, Location, rule::rule},
    lower::shape::Signature,
};

rule! {
    /// A foreign key or a query uses a table or column that is `@deprecated`.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text  @unique @deprecated("names change: refer to id")
    /// }
    /// table posts {
    ///   id    uuid  @primary_key
    ///   user  text  @references(users.name)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid   @primary_key
    ///   nick  text?  @deprecated("use name")
    ///   name  text
    /// }
    /// query names {
    ///   from users
    ///   select nick
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text  @unique @deprecated("names change: refer to id")
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    /// }
    /// ```
    DEPRECATED_USE: "ORM160", "deprecated-use", Hint, policy
}

/// A foreign key to columns of a table.
pub(crate) fn reference(location: Location, parent: &Signature, referenced: &[String]) -> Option<Diagnostic> {
    let columns = parent.columns.iter().filter(|it| referenced.contains(&it.name));
    let column =
        columns.filter_map(|it| Some((format!("{}.{}", parent.name, it.declared_name), it.deprecated.as_ref()?)));
    let table = parent.deprecated.as_ref().map(|why| (parent.name.to_string(), why));
    let (what, why) = table.into_iter().chain(column).next()?;
    Some(DEPRECATED_USE.at(location, format!("`{what}` is deprecated: {why}")).help("refer to what replaces it"))
}

/// A table or column of a query.
pub(crate) fn in_query(location: Location, name: &str, why: &str) -> Diagnostic {
    DEPRECATED_USE.at(location, format!("`{name}` is deprecated: {why}")).help("use what replaces it")
}
