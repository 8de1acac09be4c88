//! A schema file that is no text.

use crate::diagnostics::rule::rule;

rule! {
    /// A schema file cannot be read as text.
    ///
    /// It is not UTF-8, holds a NUL byte, or the system does not let it be read. The rest of the project is checked
    /// without it.
    UNREADABLE_FILE: "ORM000", "unreadable-file", Error, language
}
