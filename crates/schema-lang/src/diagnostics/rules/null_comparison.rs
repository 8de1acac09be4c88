//! A comparison with NULL.

use orm_model::BinaryOperator;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::Anchor,
};

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

/// `x = null` and `x != null`: what the whole becomes behind `x`.
pub(crate) fn sides(location: Location, left: Anchor, whole: Location, operator: BinaryOperator) -> Diagnostic {
    let test = match operator {
        BinaryOperator::Equal => "is null",
        BinaryOperator::NotEqual => "is not null",
        _ => return report(location),
    };
    report(location).fix(Fix::safe(format!("Write `{test}`")).replace_behind(&whole, left, format!(" {test}")))
}
