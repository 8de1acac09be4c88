//! A column of a result without a name.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A value is selected that has no name.
    ///
    /// A column and the call of a function have one; anything else is given one before a colon.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query greetings {
    ///   from users
    ///   select "hello " || name
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
    /// query greetings {
    ///   from users
    ///   select greeting: "hello " || name
    /// }
    /// ```
    UNNAMED_OUTPUT: "QRY009", "unnamed-output", Error, language
}

pub(crate) fn report(location: Location) -> Diagnostic {
    let fix = Fix::offer("Give it a name").insert_before(&location, "value: ");
    UNNAMED_OUTPUT.at(location, "this column of the result has no name").help("write one before it: `name: …`").fix(fix)
}
