//! Two values of an enum that are one.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

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

pub(crate) fn name(location: Location, name: &str) -> Diagnostic {
    DUPLICATE_ENUM_VALUE.at(location, format!("the enum has the value `{name}` already")).help("remove it")
}

pub(crate) fn stored(location: Location, stored: &str, other: &str) -> Diagnostic {
    DUPLICATE_ENUM_VALUE
        .at(location, format!("`{other}` is stored as {stored:?}, too"))
        .help("store another text, or the two cannot be told apart")
}
