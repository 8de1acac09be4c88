//! A mixin that spreads itself.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A mixin spreads itself, directly or through others.
    ///
    /// ```orm,bad
    /// mixin A {
    ///   ...B
    /// }
    /// mixin B {
    ///   ...A
    /// }
    /// ```
    ///
    /// ```orm,good
    /// mixin A {
    ///   ...B
    /// }
    /// mixin B {
    ///   name  text
    /// }
    /// ```
    MIXIN_CYCLE: "ORM042", "mixin-cycle", Error, language
}

pub(crate) fn report(location: Location, home: &str, through: &str) -> Diagnostic {
    let message = match home == through {
        true => format!("mixin `{home}` spreads itself"),
        false => format!("mixin `{home}` spreads itself through `{through}`"),
    };
    let fix = Fix::offer(format!("Take `...{through}` out")).remove(&location);
    MIXIN_CYCLE.at(location, message).help("take the spread out of one of them").fix(fix)
}
