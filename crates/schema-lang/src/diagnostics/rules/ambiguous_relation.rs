//! Two relations with one name.

use crate::{
    diagnostics::{Diagnostic, rule::rule},
    item::Name,
    lower::{Scope, query::relation::TableRelation},
};

rule! {
    /// A name is that of several relations, so nobody can tell which one is meant.
    ///
    /// Two columns that refer to one table make two ways back that are both called by the table; `back:` tells them apart.
    ///
    /// ```orm,bad
    /// table users {
    ///   id          uuid  @primary_key
    ///   name        text
    ///   email       text?
    ///   created_at  timestamptz
    /// }
    /// table messages {
    ///   id         uuid  @primary_key
    ///   from_user  uuid  @references(users.id, as: sender)
    ///   to_user    uuid  @references(users.id, as: receiver)
    /// }
    /// query mail {
    ///   from users
    ///   select name, messages { id }
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
    /// table messages {
    ///   id         uuid  @primary_key
    ///   from_user  uuid  @references(users.id, as: sender, back: sent)
    ///   to_user    uuid  @references(users.id, as: receiver, back: received)
    /// }
    /// query mail {
    ///   from users
    ///   select name, sent { id }
    /// }
    /// ```
    AMBIGUOUS_RELATION: "QRY008", "ambiguous-relation", Error, language
}

pub(crate) fn report(scope: &Scope<'_>, name: &Name, several: &[&TableRelation]) -> Diagnostic {
    let columns = several.iter().map(|it| {
        let pairs: Vec<_> =
            it.columns.iter().map(|(own, other)| format!("{own} = {}.{other}", it.target.name(scope.db))).collect();
        format!("`{}`", pairs.join(" and "))
    });
    let columns: Vec<_> = columns.collect();
    AMBIGUOUS_RELATION
        .at(scope.at(name.anchor), format!("`{}` is the name of several relations: {}", name.text, columns.join(", ")))
        .help("tell them apart where the columns refer: `@references(users.id, as: …, back: …)`")
}
