//! A default that may turn out NULL.

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::TypeExpression,
};

rule! {
    /// A column takes no NULL, and its default may give one.
    ///
    /// A row for which it does is refused when it is written, and so is the column when it is added to a table that has
    /// rows.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid    @primary_key
    ///   size  bigint = json_integer(json_array(1))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid    @primary_key
    ///   size  bigint = coalesce(json_integer(json_array(1)), 0)
    /// }
    /// ```
    DEFAULT_NULL: "ORM071", "default-null", Warning, policy
}

pub(crate) fn report(location: Location, of: Option<&TypeExpression>) -> Diagnostic {
    let written = of.map(|it| Location { anchor: it.anchor, ..location });
    let finding = DEFAULT_NULL
        .at(location, "this default may be NULL, and what it is for takes none")
        .help("give a value in place of NULL, `coalesce(…)`, or add `?` to the type");
    finding.fix_at(written, |place| Fix::offer("Add `?` to the type").insert_after(place, "?"))
}
