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
    ("nvl", "coalesce"),
    ("iif", "if"),
    ("substr", "substring"),
    ("strpos", "position"),
    ("concat_ws", "concat_with"),
    ("btrim", "trim"),
    ("ceiling", "ceil"),
    ("regexp_like", "matches"),
    ("regexp_contains", "matches"),
    ("ascii", "code_point"),
    ("chr", "from_code_point"),
    ("current_date", "today"),
    ("cardinality", "array_length"),
    ("jsonb_typeof", "json_type"),
    ("jsonb_array_length", "json_array_length"),
    ("array_to_string", "array_join"),
    ("string_to_array", "split"),
];

pub(crate) fn report(location: Location, name: &str) -> Diagnostic {
    let finding = UNKNOWN_FUNCTION.at(location, format!("there is no function `{name}`"));
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name.to_lowercase()).map(|(_, ours)| *ours);
    match other.or_else(|| similar(name, registry::functions().map(|it| it.name))) {
        Some(known) => {
            let fix = Fix::rename(&location, name, known);
            let fix = if other.is_some() { fix.certain() } else { fix };
            finding.help(format!("did you mean `{known}`?")).fix(fix)
        }
        None => finding.help("write `sql(postgres: \"…\", spanner: \"…\")` for what the language lacks"),
    }
}
