//! Options of a sequence that Spanner does not have.

use crate::{
    diagnostics::{Fix, rule::rule},
    item::argument,
    lower::Scope,
};

rule! {
    /// `increment:` and `cache:` say nothing to Spanner.
    ///
    /// Spanner reverses the bits of its counter: the numbers have no step, and every server takes its own share of them.
    /// PostgreSQL does what the option says.
    ///
    /// ```orm,bad
    /// sequence order_numbers(increment: 10)
    /// ```
    ///
    /// ```orm,good
    /// sequence order_numbers(start: 1000)
    /// ```
    SEQUENCE_OPTION: "SP141", "sequence-option", Warning, policy
}

pub(crate) fn check(scope: &mut Scope<'_>, arguments: &[crate::item::Argument]) {
    for name in ["increment", "cache"] {
        if let Some(it) = argument(arguments, name) {
            let finding = SEQUENCE_OPTION.at(scope.at(it.anchor), format!("Spanner's sequences have no `{name}`"));
            let fix = Fix::offer(format!("Leave `{name}:` out")).remove(&scope.at(it.anchor));
            scope.report(finding.help("leave it out, or let Spanner hand out its numbers without it").fix(fix));
        }
    }
}
