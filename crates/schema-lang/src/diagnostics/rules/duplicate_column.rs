//! Two columns of a table have one name.

use crate::{
    database::Declaration,
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::Anchor,
};

rule! {
    /// A table declares two columns of the same name.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   name  varchar(20)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id         uuid  @primary_key
    ///   name       text
    ///   nick_name  varchar(20)
    /// }
    /// ```
    DUPLICATE_COLUMN: "ORM040", "duplicate-column", Error, language
}

/// `location` is the name of the second one, `line` the whole of it.
pub(crate) fn report(location: Location, line: &Location, name: &str, first: (Declaration, Anchor)) -> Diagnostic {
    let (declaration, anchor) = first;
    DUPLICATE_COLUMN
        .at(location, format!("column `{name}` is already declared"))
        .help("remove one of them, or give it another name")
        .related(Location { declaration, anchor }, "first declared here")
        .fix(Fix::offer("Remove this one").remove(line))
}
