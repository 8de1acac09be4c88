//! A comparison with NULL.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// NULL is compared, which is never true and never false: the condition says nothing.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid   @primary_key
    ///   name  text?  @check(name != null)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid   @primary_key
    ///   name  text?  @check(name is not null)
    /// }
    /// ```
    NULL_COMPARISON: "ORM082", "null-comparison", Error, policy
}

pub(crate) fn report(location: Location) -> Diagnostic {
    NULL_COMPARISON
        .at(location, "a comparison with NULL is never true")
        .help("write `is null` or `is not null`; `is_distinct(a, b)` compares values that may be NULL")
}
