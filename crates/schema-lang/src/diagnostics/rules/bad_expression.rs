//! An expression that does not fit together.

use crate::diagnostics::{Diagnostic, Location, rule::rule};

rule! {
    /// The parts of an expression do not fit together.
    ///
    /// A text is compared with a number, a condition is none, a function has the wrong number of arguments.
    ///
    /// ```orm,bad
    /// table users {
    ///   id   uuid      @primary_key
    ///   age  smallint  @check(age > "18")
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id   uuid      @primary_key
    ///   age  smallint  @check(age > 18)
    /// }
    /// ```
    BAD_EXPRESSION: "ORM080", "bad-expression", Error, language
}

pub(crate) fn wrong_type(location: Location, wanted: &str, found: &str) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("{wanted} must stand here, this is {found}"))
        .help("write a value of the other type, or convert one with `as`")
}

pub(crate) fn not_comparable(location: Location, what: &str) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("{what} has no order and no equality in both databases"))
        .help("compare a part of it, or write `sql(postgres: \"…\", spanner: \"…\")`")
}

pub(crate) fn argument_count(location: Location, function: &str, wanted: usize) -> Diagnostic {
    let arguments = if wanted == 1 { "argument" } else { "arguments" };
    BAD_EXPRESSION
        .at(location, format!("`{function}` takes {wanted} {arguments}, without names"))
        .help("add or remove arguments")
}

pub(crate) fn sql_arguments(location: Location) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, "`sql` takes one text for both databases, or one for each")
        .help("write `sql(\"…\")` or `sql(postgres: \"…\", spanner: \"…\")`")
}

pub(crate) fn query_only(location: Location, what: &str) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("{what} belongs into a query"))
        .help("a table's expressions see its own columns only")
}

pub(crate) fn app_function(location: Location) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, "a function of the application stands only as a whole default")
        .help("write it alone after `=`: `slug  text = app.slug()`")
}
