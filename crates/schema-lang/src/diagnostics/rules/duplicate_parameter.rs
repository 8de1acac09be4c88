//! A parameter that is declared twice.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// Two parameters of a query have one name.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query named(name: text, name: text) {
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
    /// query named(name: text) {
    ///   from users
    ///   where name = $name
    ///   select id
    /// }
    /// ```
    DUPLICATE_PARAMETER: "QRY004", "duplicate-parameter", Error, language
}

/// `whole` is the parameter.
pub(crate) fn report(location: Location, name: &str, whole: &Location) -> Diagnostic {
    let fix = Fix::offer("Remove this one").remove(whole);
    let finding = DUPLICATE_PARAMETER.at(location, format!("`{name}` is declared already"));
    finding.help("give it another name, or remove it").fix(fix)
}
