//! A word of the language that this version cannot carry out.

use crate::{
    database::{AnalysisDatabase, Declaration},
    diagnostics::{Diagnostic, Location, rule::rule},
    item::{Anchor, DeclarationKind},
};

rule! {
    /// The language has this word, and this version of `orm` does nothing with it yet.
    ///
    /// It is an error because leaving it out in silence would give a database that is not what the schema says.
    ///
    /// ```orm,bad
    /// view open_orders {
    ///   from orders
    ///   select id
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id  uuid = uuid()  @primary_key
    /// }
    /// ```
    NOT_SUPPORTED_YET: "ORM003", "not-supported-yet", Error, language
}

/// An attribute, argument, item or function.
pub(crate) fn word(location: Location, word: &str) -> Diagnostic {
    NOT_SUPPORTED_YET.at(location, format!("{word} is not supported yet")).help("remove it for now")
}

/// A declaration.
pub(crate) fn declaration(
    db: &dyn AnalysisDatabase,
    declaration: Declaration,
    kind: DeclarationKind,
) -> Option<Diagnostic> {
    let anchor = declaration.item(db).name.as_ref().map_or(Anchor::DECLARATION, |name| name.anchor);
    let location = Location { declaration: declaration.key(db), anchor };
    Some(word(location, &format!("`{kind}`")))
}
