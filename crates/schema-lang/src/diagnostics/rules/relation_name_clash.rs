//! Two relations of PostgreSQL with one name.

use orm_model::Dialect;

use crate::{
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    lower::names::{self, location},
};

rule! {
    /// A table, an index or a unique constraint has a name that another one has.
    ///
    /// In PostgreSQL they share one namespace, since a unique constraint is an index and an index is a relation.
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
    RELATION_NAME_CLASH: "PG002", "relation-name-clash", Error
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_table() || !context.is_for(Dialect::Postgres) {
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
