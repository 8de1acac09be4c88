//! A comparison with a parameter that may be absent.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A value is compared with a parameter that may be absent.
    ///
    /// An absent parameter is NULL, and nothing equals NULL: the query would find no row. `where?` leaves the line out instead.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query named(name: text?) {
    ///   from users
    ///   where name = $name
    ///   select id
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
    /// query named(name: text?) {
    ///   from users
    ///   where? name = $name
    ///   select id
    /// }
    /// ```
    ABSENT_PARAMETER: "QRY014", "absent-parameter", Warning, policy
}

/// `clause` is the `where` that the comparison stands in.
pub(crate) fn report(location: Location, name: &str, clause: Option<Location>) -> Diagnostic {
    let optional = |clause: &Location| Fix::offer("Write `where?`").replace_first(clause, "where", "where?");
    ABSENT_PARAMETER
        .at(location, format!("`${name}` may be absent, and nothing equals NULL"))
        .help("write `where?`, which leaves the line out then, or test it: `$name is null or …`")
        .fix_at(clause, optional)
}
