//! A raw block that says nothing, or what another one says.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// A raw block names no database, has no statements, or is there twice.
    ///
    /// A block has no name: its text tells it from the others. Two of the same text would run once.
    ///
    /// ```orm,bad
    /// raw oracle """CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'"""
    /// ```
    ///
    /// ```orm,bad
    /// raw postgres """CREATE ROLE reader""" down """DROP ROLE reader"""
    /// raw postgres """CREATE ROLE reader""" down """DROP ROLE reader"""
    /// ```
    ///
    /// ```orm,good
    /// raw postgres """
    /// CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1'
    /// """ down """
    /// DROP FUNCTION one()
    /// """
    /// ```
    BAD_RAW: "ORM125", "bad-raw", Error, language
}

pub(crate) fn incomplete(location: Location) -> Diagnostic {
    BAD_RAW
        .at(location, "a raw block names its database and has statements")
        .help("write `raw postgres \"\"\"…\"\"\" down \"\"\"…\"\"\"`, or `raw spanner …`")
}

pub(crate) fn twice(location: Location) -> Diagnostic {
    let fix = Fix::offer("Remove this one").remove(&location);
    BAD_RAW.at(location, "another raw block says the same").help("remove one of them").fix(fix)
}
