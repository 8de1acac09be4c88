//! A relation that does not exist.

use crate::{
    database::Declaration,
    diagnostics::{Diagnostic, Fix, rule::rule},
    item::Name,
    lower::{
        Scope,
        query::{names::QueryNames, relation::relations},
        similar,
    },
};

rule! {
    /// A name in a query is that of no relation of what the query reads.
    ///
    /// Relations are made by `@references`: the way to the row that a column refers to is called by the column without `_id` or by
    /// `as:`, the way back by the table that refers or by `back:`.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///   title    text
    /// }
    /// query authors {
    ///   from users
    ///   select name, articles { title }
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    /// }
    /// query authors {
    ///   from users
    ///   select name, post { id }
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
    /// table posts {
    ///   id       uuid  @primary_key
    ///   user_id  uuid  @references(users.id)
    ///   title    text
    /// }
    /// query authors {
    ///   from users
    ///   select name, posts { title }
    /// }
    /// ```
    UNKNOWN_RELATION: "QRY007", "unknown-relation", Error, language
}

pub(crate) fn report(scope: &Scope<'_>, names: &QueryNames<'_>, name: &Name) -> Diagnostic {
    of_tables(scope, names.chain().flat_map(|it| &it.sources).filter_map(|it| it.table), name)
}

/// A path of several names that begins with nothing that is read.
pub(crate) fn beginning(scope: &Scope<'_>, names: &QueryNames<'_>, name: &Name) -> Diagnostic {
    let location = scope.at(name.anchor);
    let finding = UNKNOWN_RELATION.at(location, format!("nothing that is read here is called `{}`", name.text));
    let sources: Vec<_> = names.chain().flat_map(|it| &it.sources).collect();
    let tables = sources.iter().filter_map(|it| it.table);
    let relations = tables.flat_map(|it| relations(scope.db, scope.project, it)).map(|it| &*it.name);
    match similar(&name.text, sources.iter().map(|it| it.written.as_str()).chain(relations)) {
        Some(meant) => finding.help(format!("did you mean `{meant}`?")).fix(Fix::rename(&location, &name.text, meant)),
        None => finding.help("a path begins with a table or alias, or with a relation of one"),
    }
}

/// None of these tables has the relation.
pub(crate) fn of_tables(scope: &Scope<'_>, tables: impl IntoIterator<Item = Declaration>, name: &Name) -> Diagnostic {
    let tables = tables.into_iter();
    let known: Vec<_> = tables.flat_map(|it| relations(scope.db, scope.project, it)).map(|it| &*it.name).collect();
    let location = scope.at(name.anchor);
    let finding = UNKNOWN_RELATION.at(location, format!("there is no relation `{}` here", name.text));
    // Another table may have one that is called so.
    let others = known.iter().copied().filter(|it| *it != &*name.text);
    match (similar(&name.text, others), known.as_slice()) {
        (Some(meant), _) => {
            finding.help(format!("did you mean `{meant}`?")).fix(Fix::rename(&location, &name.text, meant))
        }
        (None, []) => finding.help("what is read here has no relations: `@references` makes them"),
        (None, known) => finding.help(format!("there are `{}`", known.join("`, `"))),
    }
}
