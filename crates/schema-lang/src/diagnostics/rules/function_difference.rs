//! A function that the databases do not answer alike.

use orm_model::{Targets, registry::FunctionInfo};

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// The databases give different answers for some arguments, and no SQL makes them equal.
    ///
    /// The finding says for which. Where they do not occur, or do not matter, there is nothing to do.
    ///
    /// ```orm,bad
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @check(email = lower(email))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @check(email = trim(email))
    /// }
    /// ```
    FUNCTION_DIFFERENCE: "PORT020", "function-difference", Hint, policy
}

/// The finding, if both databases are targets and differ in the function.
pub(crate) fn report(location: Location, info: &FunctionInfo, targets: &Targets) -> Option<Diagnostic> {
    let difference = info.difference.filter(|_| targets.dialects().count() > 1)?;
    Some(
        FUNCTION_DIFFERENCE
            .at(location, format!("`{}` is not quite the same in both databases: {difference}", info.name))
            .help("compute the value in the application where that matters"),
    )
}

/// Leaves of what was found since `told` in one expression the first of each function: `lower(a) = lower(b)`.
pub(crate) fn keep_first(diagnostics: &mut Vec<Diagnostic>, told: usize) {
    if diagnostics.len() < told + 2 {
        return;
    }
    let found = diagnostics.split_off(told);
    for it in found {
        let is_same = |other: &Diagnostic| other.rule == it.rule && other.message == it.message;
        if it.rule != &FUNCTION_DIFFERENCE || !diagnostics[told..].iter().any(is_same) {
            diagnostics.push(it);
        }
    }
}
