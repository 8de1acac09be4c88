//! Two relations of PostgreSQL with one name.

use orm_model::Dialect;

use crate::{
    diagnostics::{Diagnostic, database_name, rule::rule},
    lower::names::{self, DatabaseName, NameKind, Naming, location},
};

rule! {
    /// A table, an index or a unique constraint has a name that another one has.
    ///
    /// In PostgreSQL they share one namespace, since a unique constraint is an index and an index is a relation. The
    /// constraints of a table have another one.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, name: "by_name")
    /// }
    /// table teams {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name, name: "by_name")
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
    /// table teams {
    ///   id    uuid  @primary_key
    ///   name  text
    ///
    ///   index(name)
    /// }
    /// ```
    RELATION_NAME_CLASH: "PG002", "relation-name-clash", Error, oracle(Postgres)
}

/// What other declarations have as well.
pub(crate) fn check_clashes(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for clash in names::clashes(context, Dialect::Postgres) {
        let (place, related) = location(context, clash.name);
        let message = format!("`{}` is the name of {} already", clash.name.text, clash.other);
        let mut finding =
            RELATION_NAME_CLASH.at(place, message).help("give one of them another name with `name:` or `@db`");
        finding.related.extend(related);
        finding.related.extend(clash.place);
        let another = database_name::another(context, clash.name);
        let fix = another.and_then(|it| database_name::rename(context, clash.name, &it));
        diagnostics.push(finding.fix_if_any(fix));
    }
}

/// Two constraints of the table itself, unless a namespace of a target holds both: then [`check_clashes`] or Spanner's
/// rule says it.
pub(crate) fn check(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    let is_constraint = |it: &&DatabaseName| {
        matches!(it.kind, NameKind::Unique | NameKind::PrimaryKey | NameKind::ForeignKey | NameKind::Check)
    };
    let names: Vec<_> = context.names.iter().filter(is_constraint).collect();
    let targets = context.project.targets(context.db);
    for (index, name) in names.iter().enumerate() {
        let is_told = |other: &DatabaseName| targets.dialects().any(|it| name.clashes_with(other, it));
        let is_twin = |other: &&&DatabaseName| other.text == name.text && !is_told(other);
        let Some(other) = names[..index].iter().find(is_twin) else { continue };
        let (place, related) = location(context, name);
        let message = format!("`{}` is the name of {}", name.text, owner(context, other, name));
        let mut finding = RELATION_NAME_CLASH.at(place, message).help("give one of them another name with `name:`");
        finding.related.extend(related);
        let fix = database_name::another(context, name).and_then(|it| database_name::rename(context, name, &it));
        diagnostics.push(finding.fix_if_any(fix));
    }
}

/// Who has the name already.
fn owner(context: &Naming<'_>, other: &DatabaseName, name: &DatabaseName) -> String {
    let key = context.lowered.and_then(|it| it.table.primary_key.as_ref());
    let is_unnamed = key.is_some_and(|it| it.name.is_none());
    match [other.kind, name.kind].contains(&NameKind::PrimaryKey) && is_unnamed {
        true => "the primary key, which PostgreSQL would call otherwise".to_owned(),
        false if other.kind == name.kind => format!("another {} of the table", other.kind.title()),
        false => format!("the {} of the table, too", other.kind.title()),
    }
}
