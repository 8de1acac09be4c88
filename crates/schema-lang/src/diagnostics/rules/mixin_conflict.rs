//! Two sources bring one column.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A mixin brings a column that the table has already from another mixin, or from a line above.
    ///
    /// A column that is declared *after* the spread replaces the mixin's, in its place.
    ///
    /// ```orm,bad
    /// mixin Named {
    ///   name  text
    /// }
    /// mixin Labelled {
    ///   name  varchar(20)
    /// }
    /// table tags {
    ///   id  uuid  @primary_key
    ///   ...Named
    ///   ...Labelled
    /// }
    /// ```
    ///
    /// ```orm,good
    /// mixin Named {
    ///   name  text
    /// }
    /// table tags {
    ///   id  uuid  @primary_key
    ///   ...Named
    ///   name  varchar(20)
    /// }
    /// ```
    MIXIN_CONFLICT: "ORM041", "mixin-conflict", Error, language
}

pub(crate) fn report(location: Location, mixin: &str, column: &str, first: Location) -> Diagnostic {
    MIXIN_CONFLICT
        .at(location, format!("`{mixin}` brings the column `{column}`, which is there already"))
        .help("declare the column once more below the spreads to say which one holds, or take it out of one mixin")
        .related(first, "the first one")
}
