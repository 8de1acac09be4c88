//! A parameter that the query does not have.

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule, written_name},
    lower::similar,
};

rule! {
    /// A query uses a `$parameter` that it does not declare.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// query by_email(email: text) : optional {
    ///   from users
    ///   where email = $mail
    ///   select id
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
    /// query by_email(email: text) : many {
    ///   from users
    ///   where email = $email
    ///   select id
    /// }
    /// ```
    UNKNOWN_PARAMETER: "QRY002", "unknown-parameter", Error, language
}

/// `location` is the name with its `$`.
pub(crate) fn report<'a>(location: Location, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    written(location, name, "", known)
}

/// The same where `$name` is the value and the column of a row.
pub(crate) fn for_column<'a>(location: Location, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    written(location, name, &format!("{}: ", written_name(name)), known)
}

/// `column`: what is to stand before another parameter.
fn written<'a>(location: Location, name: &str, column: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let finding = UNKNOWN_PARAMETER.at(location, format!("the query has no parameter `${name}`"));
    let Some(known) = similar(name, known) else {
        return finding.help(format!("declare it in the parentheses after the name: `{name}: text`"));
    };
    let fix = Fix::offer(format!("Change `${name}` to `{column}${known}`"));
    finding.help(format!("did you mean `${known}`?")).fix(fix.replace(&location, format!("{column}${known}")))
}

pub(crate) fn rows(location: Location, name: &str) -> Diagnostic {
    UNKNOWN_PARAMETER.at(location, format!("`${name}` is rows, no value")).help("insert them: `values $rows`")
}

/// The same of a text, of which no part can be changed by itself.
pub(crate) fn in_text<'a>(location: Location, name: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let mut finding = report(location, name, known);
    finding.fixes.clear();
    finding
}
