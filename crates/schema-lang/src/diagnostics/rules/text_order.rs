//! A comparison of texts by their order.

use orm_model::{Targets, ValueKind};

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// Texts are compared by their order.
    ///
    /// That is the order of code points in Spanner, and that of the database's locale in PostgreSQL.
    ///
    /// ```orm,bad
    /// table ranges {
    ///   id    uuid  @primary_key
    ///   low   text
    ///   high  text  @check(low < high)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table ranges {
    ///   id    uuid     @primary_key
    ///   low   integer
    ///   high  integer  @check(low < high)
    /// }
    /// ```
    TEXT_ORDER: "PORT022", "text-order", Hint, policy
}

/// The finding, if both databases are targets and texts are among what is compared.
pub(crate) fn report(location: Location, kinds: &[ValueKind], targets: &Targets) -> Option<Diagnostic> {
    (kinds.contains(&ValueKind::Text) && targets.dialects().count() > 1).then(|| {
        TEXT_ORDER
            .at(location, "texts are ordered by code point in Spanner and by the database's locale in PostgreSQL")
            .help("compare numbers, or create the PostgreSQL database with the locale `C`")
    })
}
