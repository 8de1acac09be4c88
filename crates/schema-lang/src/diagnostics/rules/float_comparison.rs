//! A comparison of floating-point numbers.

use orm_model::{Targets, ValueKind};

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A floating-point number is compared, and NaN compares differently in the databases.
    ///
    /// In PostgreSQL NaN equals itself and is greater than every number; in Spanner every comparison with it is false.
    /// A column that holds no NaN has no difference.
    ///
    /// ```orm,bad
    /// table readings {
    ///   id     uuid    @primary_key
    ///   value  double  @check(value < 100)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table readings {
    ///   id     uuid     @primary_key
    ///   value  numeric  @check(value < 100)
    /// }
    /// ```
    FLOAT_COMPARISON: "PORT021", "float-comparison", Hint, policy
}

/// The finding, if both databases are targets and such a number is among what is compared.
pub(crate) fn report(location: Location, kinds: &[ValueKind], targets: &Targets) -> Option<Diagnostic> {
    (kinds.contains(&ValueKind::Float) && targets.dialects().count() > 1).then(|| {
        FLOAT_COMPARISON
            .at(location, "NaN is greater than every number in PostgreSQL, and compares with nothing in Spanner")
            .help("use `numeric`, or see to it that no NaN is stored")
    })
}
