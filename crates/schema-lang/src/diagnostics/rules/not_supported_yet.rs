//! A word of the language that this version cannot carry out.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// The language has this word, and this version of `orm` does nothing with it yet.
    ///
    /// It is an error because leaving it out in silence would give a database that is not what the schema says.
    ///
    /// ```orm,bad
    /// view open_orders {
    ///   from orders
    ///   select id
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id  uuid = uuid()  @primary_key
    /// }
    /// ```
    NOT_SUPPORTED_YET: "ORM003", "not-supported-yet", Error, language
}

/// An attribute, argument, item or function.
pub(crate) fn word(location: Location, word: &str) -> Diagnostic {
    NOT_SUPPORTED_YET.at(location, format!("{word} is not supported yet")).help("remove it for now")
}
