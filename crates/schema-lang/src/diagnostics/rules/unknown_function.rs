//! A function that does not exist.

use orm_model::registry;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::similar,
};

rule! {
    /// An expression calls a function that the language does not have.
    ///
    /// What only one database has can be written as `sql(postgres: "…", spanner: "…")`.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text  @check(len(name) > 0)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text  @check(char_length(name) > 0)
    /// }
    /// ```
    UNKNOWN_FUNCTION: "ORM033", "unknown-function", Error, language
}

/// What other languages and databases call our functions.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("length", "char_length"),
    ("len", "char_length"),
    ("octet_length", "byte_length"),
    ("current_timestamp", "now"),
    ("gen_random_uuid", "uuid"),
    ("generate_uuid", "uuid"),
    ("uuid_generate_v4", "uuid"),
    ("ifnull", "coalesce"),
];

pub(crate) fn report(location: Location, name: &str) -> Diagnostic {
    let finding = UNKNOWN_FUNCTION.at(location.clone(), format!("there is no function `{name}`"));
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name.to_lowercase()).map(|(_, ours)| *ours);
    match other.or_else(|| similar(name, registry::FUNCTIONS.iter().map(|it| it.name))) {
        Some(known) => {
            let fix = Fix::rename(&location, name, known);
            let fix = if other.is_some() { fix.certain() } else { fix };
            finding.help(format!("did you mean `{known}`?")).fix(fix)
        }
        None => finding.help("write `sql(postgres: \"…\", spanner: \"…\")` for what the language lacks"),
    }
}
