//! An expression that does not fit together.

use orm_model::{
    ColumnType,
    registry::{FunctionInfo, Parameter},
};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::similar,
};

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

pub(crate) fn argument_count(location: Location, info: &FunctionInfo) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("`{}` does not take these arguments", info.name))
        .help(format!("it is `{}`; arguments have no names", info.signature()))
}

pub(crate) fn argument(
    location: Location,
    info: &FunctionInfo,
    parameter: &Parameter,
    wanted: &str,
    found: &str,
) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("`{}` of `{}` is {wanted}, this is {found}", parameter.name, info.name))
        .help(format!("it is `{}`", info.signature()))
}

pub(crate) fn pattern(location: Location, part: &str) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("{part} does not mean the same in the regular expressions of both databases"))
        .help("use letters, classes, groups and repetitions, or write `sql(postgres: \"…\", spanner: \"…\")`")
}

pub(crate) fn bad_literal(location: Location, column_type: &ColumnType, complaint: &str) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("this text stands for a value of `{column_type}`: {complaint}"))
        .help("write a text that is one")
}

pub(crate) fn no_members(location: Location, column: &str, member: &str) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("`{column}` has no member `{member}`: it is no JSON"))
        .help("name a column of this table; only JSON has members")
}

pub(crate) fn no_number(location: Location, found: &str, is_moment: bool) -> Diagnostic {
    let finding = BAD_EXPRESSION.at(location, format!("a number must stand here, this is {found}"));
    if is_moment {
        finding.help("write `add_days(…)`, `add_hours(…)` or `days_between(…)`, …")
    } else {
        finding.help("write a number, or convert the value with `as`")
    }
}

pub(crate) fn open_escape(location: Location) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, "the pattern ends with a backslash, which takes away the meaning of nothing")
        .help("write `\\\\\\\\` for a backslash")
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

pub(crate) fn counting_function(location: Location, name: &str) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("`{name}` stands only as a whole default, of a column of whole numbers"))
        .help("write it alone after `=`: `id  bigint = identity()`")
}

pub(crate) fn app_function(location: Location) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, "a function of the application stands only as a whole default")
        .help("write it alone after `=`: `slug  text = app.slug()`")
}

pub(crate) fn no_value(location: Location, source: &str) -> Diagnostic {
    BAD_EXPRESSION
        .at(location, format!("`{source}` is what the query reads, no value"))
        .help(format!("name a column of it: `{source}.id`"))
}

pub(crate) fn no_enum_value<'a>(
    location: Location,
    name: &str,
    definition: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let finding = BAD_EXPRESSION.at(location, format!("`{name}` is neither a column nor a value of `{definition}`"));
    match similar(name, known.clone()) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")).fix(Fix::rename(&location, name, meant)),
        None => {
            let known: Vec<_> = known.map(|it| format!("`{it}`")).collect();
            finding.help(format!("its values are {}", known.join(", ")))
        }
    }
}
