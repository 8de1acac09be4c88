//! A table item that does not exist.

use orm_model::registry;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::similar,
};

rule! {
    /// A word with parentheses in a table is no table item.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  uuid  @primary_key
    ///   idx(id)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name)
    /// }
    /// ```
    UNKNOWN_ITEM: "ORM022", "unknown-item", Error, language
}

pub(crate) fn report(location: Location, name: &str) -> Diagnostic {
    let finding = UNKNOWN_ITEM.at(location, format!("there is no table item `{name}(…)`"));
    match similar(name, registry::ITEMS.iter().map(|it| it.name)) {
        Some(known) => finding.help(format!("did you mean `{known}(…)`?")).fix(Fix::rename(&location, name, known)),
        None => {
            let known: Vec<_> = registry::ITEMS.iter().map(|it| format!("`{}`", it.name)).collect();
            finding.help(format!("known are {}", known.join(", ")))
        }
    }
}
