//! A table that does not exist.

use crate::{
    database::item_tree,
    diagnostics::{Diagnostic, Fix, rule::rule},
    item::{Anchor, DeclarationKind},
    lower::{Scope, similar},
};

rule! {
    /// A reference names a table that no file of the project declares.
    ///
    /// ```orm,bad
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(user.id)
    /// }
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    /// }
    /// table users {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    UNKNOWN_TABLE: "ORM030", "unknown-table", Error, language
}

pub(crate) fn report(scope: &Scope<'_>, anchor: Anchor, name: &str) -> Diagnostic {
    let location = scope.at(anchor);
    let finding = UNKNOWN_TABLE.at(location, format!("there is no table `{name}`"));
    let files = scope.project.files(scope.db);
    let tables = files
        .iter()
        .flat_map(|file| item_tree(scope.db, *file))
        .filter(|it| it.kind(scope.db) == DeclarationKind::Table)
        .map(|it| &**it.name(scope.db));
    match similar(name, tables) {
        Some(known) => {
            let finding = finding.help(format!("did you mean `{known}`?"));
            // Of `auth.user` only the first part is at hand.
            if name.contains('.') { finding } else { finding.fix(Fix::rename(&location, name, known)) }
        }
        None => finding.help("declare it, or name another table"),
    }
}

/// The same of a name in a text, of which no part can be changed by itself.
pub(crate) fn in_text(scope: &Scope<'_>, anchor: Anchor, name: &str) -> Diagnostic {
    let mut finding = report(scope, anchor, name);
    finding.fixes.clear();
    finding
}
