//! Two objects of Spanner with one name.

use orm_model::Dialect;

use crate::{
    diagnostics::{Diagnostic, database_name, rule::rule},
    lower::names::{self, Naming, location},
};

rule! {
    /// Two of the tables, indexes and constraints have names that are one in Spanner.
    ///
    /// In Spanner they all share one namespace, and case does not tell names apart. A named schema has a namespace of its
    /// own for tables, indexes and sequences; foreign keys and checks share the default one, which holds the names of the
    /// schemas, too. PostgreSQL has a namespace of constraints for each table.
    ///
    /// ```orm,bad
    /// table users {
    ///   id   uuid      @primary_key
    ///   age  bigint
    ///
    ///   check(age > 0, name: "positive")
    /// }
    /// table pets {
    ///   id   uuid      @primary_key
    ///   age  bigint
    ///
    ///   check(age > 0, name: "Positive")
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id   uuid      @primary_key
    ///   age  bigint
    ///
    ///   check(age > 0)
    /// }
    /// table pets {
    ///   id   uuid      @primary_key
    ///   age  bigint
    ///
    ///   check(age > 0)
    /// }
    /// ```
    SHARED_NAMESPACE: "SP001", "shared-namespace", Error, oracle(Spanner)
}

/// The names that other declarations have as well.
pub(crate) fn check_clashes(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for clash in names::clashes(context, Dialect::Spanner) {
        let (place, related) = location(context, clash.name);
        let message = format!("`{}` is the name of {} already", clash.name.text, clash.other);
        let finding = SHARED_NAMESPACE.at(place, message);
        let mut finding = finding.help("Spanner has one namespace and ignores case: give one of them another name");
        finding.related.extend(related);
        finding.related.extend(clash.place);
        let another = database_name::another(context, clash.name);
        let fix = another.and_then(|it| database_name::rename(context, clash.name, &it));
        diagnostics.push(finding.fix_if_any(fix));
    }
}

/// The names that are those of named schemas.
pub(crate) fn check(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for name in names::schema_clashes(context, Dialect::Spanner) {
        let (place, related) = location(context, name);
        let finding = SHARED_NAMESPACE.at(place, format!("`{}` is the name of a schema", name.text));
        let mut finding = finding.help("Spanner has one namespace and ignores case: give one of them another name");
        finding.related.extend(related);
        let fix = database_name::another(context, name).and_then(|it| database_name::rename(context, name, &it));
        diagnostics.push(finding.fix_if_any(fix));
    }
}
