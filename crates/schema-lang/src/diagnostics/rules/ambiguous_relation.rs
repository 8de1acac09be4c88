//! Two relations with one name.

use crate::{
    database::Declaration,
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::{Name, argument},
    lower::{
        Scope,
        query::relation::{TableRelation, own_name, relation_key},
    },
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

/// `several`: each with the table that it leads away from.
pub(crate) fn report(scope: &Scope<'_>, name: &Name, several: &[(Option<Declaration>, &TableRelation)]) -> Diagnostic {
    let columns = several.iter().map(|(_, it)| {
        let pairs: Vec<_> =
            it.columns.iter().map(|(own, other)| format!("{own} = {}.{other}", it.target.name(scope.db))).collect();
        format!("`{}`", pairs.join(" and "))
    });
    let columns: Vec<_> = columns.collect();
    let finding = AMBIGUOUS_RELATION
        .at(scope.at(name.anchor), format!("`{}` is the name of several relations: {}", name.text, columns.join(", ")))
        .help("tell them apart where the columns refer: `@references(users.id, as: …, back: …)`");
    let fixes = several.iter().filter_map(|(from, _)| *from);
    let meant = fixes.zip(several).map(|(from, (_, relation))| fix(scope, name, several, (from, relation)));
    meant.fold(finding, Diagnostic::fix_if_any)
}

/// Gives each of the relations a name, and names the one that is meant.
fn fix(
    scope: &Scope<'_>,
    name: &Name,
    several: &[(Option<Declaration>, &TableRelation)],
    meant: (Declaration, &TableRelation),
) -> Option<Fix> {
    let own = |from, relation| own_name(scope.db, scope.project, from, relation);
    let meant = own(meant.0, meant.1);
    let mut fix = Fix::offer(format!("Name the relations, and mean `{meant}`"));
    for (from, relation) in several {
        let key = relation_key(scope.db, scope.project, (*from)?, relation)?;
        let arguments = key.written_in.item(scope.db).arguments_at(key.anchor)?;
        let word = if key.is_back { "back" } else { "as" };
        let place = Location { declaration: key.written_in, anchor: arguments.last()?.anchor };
        if argument(arguments, word).is_some() {
            return None;
        }
        fix = fix.insert_after(&place, format!(", {word}: {}", own((*from)?, relation)));
    }
    Some(fix.replace(&scope.at(name.anchor), meant))
}
