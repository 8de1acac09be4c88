//! An attribute that does not exist.

use orm_model::registry;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::similar,
};

rule! {
    /// A word after `@` is no attribute.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    UNKNOWN_ATTRIBUTE: "ORM020", "unknown-attribute", Error, language
}

/// What other tools call our attributes.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("id", "primary_key"),
    ("pk", "primary_key"),
    ("primary", "primary_key"),
    ("map", "db"),
    ("relation", "references"),
    ("updatedAt", "on_update"),
];

pub(crate) fn report(location: Location, name: &str) -> Diagnostic {
    let finding = UNKNOWN_ATTRIBUTE.at(location, format!("there is no attribute `@{name}`"));
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == name).map(|(_, ours)| *ours);
    match other.or_else(|| similar(name, registry::ATTRIBUTES.iter().map(|it| it.name))) {
        Some(known) => {
            let fix = Fix::rename(&location, name, known);
            finding.help(format!("did you mean `@{known}`?")).fix(fix)
        }
        None if name == "default" => finding.help("a default stands after the type: `size  integer = 0`"),
        None => {
            let known: Vec<_> = registry::ATTRIBUTES.iter().map(|it| format!("`@{}`", it.name)).collect();
            finding.help(format!("known are {}", known.join(", ")))
        }
    }
}
