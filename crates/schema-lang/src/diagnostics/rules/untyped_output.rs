//! A column of a result whose type nobody knows.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A value is selected whose type is not known.
    ///
    /// `null` and raw SQL have none of their own. Stubs need one.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query versions {
    ///   from users
    ///   select id, version: sql("1")
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
    /// query versions {
    ///   from users
    ///   select id, version: sql("1") as bigint
    /// }
    /// ```
    UNTYPED_OUTPUT: "QRY011", "untyped-output", Error, language
}

pub(crate) fn report(location: Location) -> Diagnostic {
    let fix = Fix::offer("Say that it is a text").insert_after(&location, " as text");
    UNTYPED_OUTPUT.at(location, "the type of this value is not known").help("say it: `… as text`").fix(fix)
}
