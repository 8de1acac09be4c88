//! Two values of an enum that are one.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// Two values of an enum have the same name, or are stored as the same text.
    ///
    /// ```orm,bad
    /// enum State { open, done, open }
    /// ```
    ///
    /// ```orm,good
    /// enum State { open, done }
    /// ```
    DUPLICATE_ENUM_VALUE: "ORM051", "duplicate-enum-value", Error, language
}

/// `is_bare`: the value is nothing but its name, so that nothing is lost with it.
pub(crate) fn name(location: Location, name: &str, is_bare: bool) -> Diagnostic {
    let finding = DUPLICATE_ENUM_VALUE.at(location, format!("the enum has the value `{name}` already"));
    let finding = finding.help("remove it");
    if is_bare { finding.fix(Fix::safe("Remove it").remove(&location)) } else { finding }
}

pub(crate) fn stored(location: Location, stored: &str, other: &str) -> Diagnostic {
    DUPLICATE_ENUM_VALUE
        .at(location, format!("`{other}` is stored as {stored:?}, too"))
        .help("store another text, or the two cannot be told apart")
}
