//! A named argument that does not exist.

use orm_model::registry::WordInfo;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::similar,
};

rule! {
    /// An attribute or table item has an argument that it does not take.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, uniq: true)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, unique: true)
    /// }
    /// ```
    UNKNOWN_ARGUMENT: "ORM023", "unknown-argument", Error, language
}

pub(crate) fn report(location: Location, info: &WordInfo, name: &str) -> Diagnostic {
    let finding = UNKNOWN_ARGUMENT.at(location, format!("`{}` has no argument `{name}:`", info.name));
    match similar(name, info.named.iter().map(|it| it.name)) {
        Some(known) => finding.help(format!("did you mean `{known}:`?")).fix(Fix::rename(&location, name, known)),
        None if info.named.is_empty() => finding.help("it takes no named argument"),
        None => {
            let known: Vec<_> = info.named.iter().map(|it| format!("`{}:`", it.name)).collect();
            finding.help(format!("known are {}", known.join(", ")))
        }
    }
}
