//! A raw block that no migration can take back.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// A raw block has no `down`.
    ///
    /// A block that is removed or changed is taken back by its `down`. Without one the migration leaves that to a person,
    /// and so does the way back of the migration that adds it.
    ///
    /// ```orm,bad
    /// raw postgres """CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'"""
    /// ```
    ///
    /// ```orm,good
    /// raw postgres """
    /// CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'
    /// """ down """
    /// DROP FUNCTION one()
    /// """
    /// ```
    RAW_WITHOUT_DOWN: "ORM126", "raw-without-down", Hint, policy
}

pub(crate) fn report(location: Location) -> Diagnostic {
    RAW_WITHOUT_DOWN.at(location, "nothing says how to take these statements back").help("add `down \"\"\"…\"\"\"`")
}
