//! A parameter that cannot be.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule, written_name};

rule! {
    /// A parameter has a default that is not written out, or is rows in a way that they cannot be.
    ///
    /// A caller that says nothing gives the default, so it must be a constant. Rows of a table are always many: `rows: users[]`.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query since(at: timestamptz = now()) {
    ///   from users
    ///   where created_at > $at
    ///   select id
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// mutation add(rows: users) {
    ///   insert into users
    ///   values $rows
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query since(at: timestamptz = "2026-01-01T00:00:00Z") {
    ///   from users
    ///   where created_at > $at
    ///   select id
    /// }
    /// ```
    BAD_PARAMETER: "QRY005", "bad-parameter", Error, language
}

pub(crate) fn default(location: Location) -> Diagnostic {
    BAD_PARAMETER
        .at(location, "the default of a parameter is written out")
        .help("write a constant; the caller can compute any other value")
}

/// `has_default`: then the type is not all that is wrong.
pub(crate) fn rows(location: Location, table: &str, has_default: bool) -> Diagnostic {
    let fix = Fix::offer(format!("Take rows: `{table}[]`")).replace(&location, format!("{}[]", written_name(table)));
    BAD_PARAMETER
        .at(location, format!("`{table}` is a table"))
        .help(format!("rows of it are `{table}[]`, without a default"))
        .fix_if_any((!has_default).then_some(fix))
}

pub(crate) fn attribute(location: Location) -> Diagnostic {
    let fix = Fix::offer("Remove it").remove(&location);
    BAD_PARAMETER.at(location, "a parameter has no attributes").help("remove it").fix(fix)
}

pub(crate) fn no_rows(location: Location, table: &str) -> Diagnostic {
    BAD_PARAMETER
        .at(location, format!("rows of `{table}` must stand here"))
        .help(format!("declare the parameter as `{table}[]`, or write the values: `values {{ … }}`"))
}

pub(crate) fn column_default(location: Location) -> Diagnostic {
    let fix = Fix::offer("Remove it").remove(&location);
    BAD_PARAMETER.at(location, "a column of a result has no default").help("remove it").fix(fix)
}
