//! Two relations of PostgreSQL with one name.

use orm_model::Dialect;

use crate::{
    diagnostics::{Diagnostic, rule::rule},
    lower::names::{self, NameKind, Naming, location},
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
        diagnostics.push(finding);
    }
}

/// Two constraints of the table itself. Where Spanner is a target, its shared namespace says the same.
pub(crate) fn check(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) || context.is_for(Dialect::Spanner) {
        return;
    }
    let is_constraint =
        |kind| matches!(kind, NameKind::Unique | NameKind::PrimaryKey | NameKind::ForeignKey | NameKind::Check);
    let names: Vec<_> = context.names.iter().filter(|it| is_constraint(it.kind)).collect();
    for (index, name) in names.iter().enumerate() {
        if names[..index].iter().any(|other| other.text == name.text) {
            let (place, related) = location(context, name);
            let message = format!("`{}` is the name of another constraint of the table", name.text);
            let mut finding = RELATION_NAME_CLASH.at(place, message).help("give one of them another name with `name:`");
            finding.related.extend(related);
            diagnostics.push(finding);
        }
    }
}
