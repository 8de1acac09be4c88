//! Two sources with one name.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule, written_name};

rule! {
    /// A query reads two things by one name.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query pairs {
    ///   from users
    ///   cross_join users
    ///   select users.name
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
    /// query pairs {
    ///   from users
    ///   cross_join users as other
    ///   select users.name, other_name: other.name
    /// }
    /// ```
    DUPLICATE_SOURCE: "QRY021", "duplicate-source", Error, language
}

/// `is_plain`: no name is given to it yet.
pub(crate) fn report(location: Location, name: &str, is_plain: bool) -> Diagnostic {
    let other = written_name(&format!("{name}_2"));
    let fix =
        is_plain.then(|| Fix::offer(format!("Call it `{other}`")).insert_after(&location, format!(" as {other}")));
    DUPLICATE_SOURCE
        .at(location, format!("the query reads a `{name}` already"))
        .help("give it another name: `users as other`")
        .fix_if_any(fix)
}

pub(crate) fn report_common(location: Location, name: &str) -> Diagnostic {
    DUPLICATE_SOURCE
        .at(location, format!("the query has a common table `{name}` already"))
        .help("give it another name: `with other { … }`")
}
