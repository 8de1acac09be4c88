//! A type that does not exist.

use orm_model::registry;

use crate::{
    diagnostics::{Diagnostic, Fix, rule::rule},
    item::Name,
    lower::{Scope, similar},
};

rule! {
    /// A column has a type that is neither one of the language nor a declared enum.
    ///
    /// `timestamp` is none on purpose: it means an instant in Spanner and a local time in PostgreSQL. Write
    /// `timestamptz` or `timestamp_local`.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid       @primary_key
    ///   created_at  timestamp
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id          uuid         @primary_key
    ///   created_at  timestamptz
    /// }
    /// ```
    UNKNOWN_TYPE: "ORM010", "unknown-type", Error, language
}

/// What other languages and databases call our types.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("bool", "boolean"),
    ("int2", "smallint"),
    ("int", "integer"),
    ("int4", "integer"),
    ("int32", "integer"),
    ("int8", "bigint"),
    ("int64", "bigint"),
    ("long", "bigint"),
    ("float4", "real"),
    ("float32", "real"),
    ("float", "double"),
    ("float8", "double"),
    ("float64", "double"),
    ("decimal", "numeric"),
    ("string", "text"),
    ("bytea", "bytes"),
    ("blob", "bytes"),
    ("binary", "bytes"),
    ("datetime", "timestamptz"),
    ("guid", "uuid"),
];

pub(crate) fn report(scope: &Scope<'_>, name: &Name) -> Diagnostic {
    let location = scope.at(name.anchor);
    if &*name.text == "timestamp" {
        return UNKNOWN_TYPE
            .at(location.clone(), "`timestamp` means opposite things in the two databases")
            .help("write `timestamptz` for an instant, `timestamp_local` for a date and time without a zone")
            .fix(Fix::offer("make it an instant: `timestamptz`").replace(&location, "timestamptz"))
            .fix(Fix::offer("make it a local time: `timestamp_local`").replace(&location, "timestamp_local"));
    }
    let finding = UNKNOWN_TYPE.at(location.clone(), format!("there is no type `{}`", name.text));
    let lower = name.text.to_lowercase();
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == lower).map(|(_, ours)| *ours);
    let known = || similar(&name.text, registry::TYPES.iter().map(|it| it.name));
    let almost_other = || {
        let almost = similar(&name.text, OTHER_NAMES.iter().map(|(other, _)| *other))?;
        OTHER_NAMES.iter().find(|(other, _)| *other == almost).map(|(_, ours)| *ours)
    };
    match other.or_else(known).or_else(almost_other) {
        Some(known) => {
            let fix = Fix::rename(&location, &name.text, known);
            let fix = if other.is_some() { fix.certain() } else { fix };
            finding.help(format!("did you mean `{known}`?")).fix(fix)
        }
        None => finding.help("use a type of the language, or declare an `enum` of this name"),
    }
}
