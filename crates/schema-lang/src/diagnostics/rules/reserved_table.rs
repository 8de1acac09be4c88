//! A name that migrations need.

use orm_model::names::{HISTORY_TABLE, LOCK_TABLE};

use crate::{
    diagnostics::{Diagnostic, database_name::rename, rule::rule},
    lower::names::{NameKind, Naming, location},
};

rule! {
    /// A table has the name of the table in which migrations are remembered.
    ///
    /// `orm migrate` keeps `orm_migrations` and, in Spanner, `orm_migrations_lock` in the default schema of the database. Case
    /// does not tell names apart in Spanner.
    ///
    /// ```orm,bad
    /// table orm_migrations {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table migrations {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    RESERVED_TABLE: "ORM106", "reserved-table", Error, policy
}

pub(crate) fn check(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    use NameKind::{Index, Sequence, Table, Unique, View};
    for name in context.names.iter().filter(|it| it.schema.is_none()) {
        let is_relation = matches!(name.kind, Table | View | Sequence | Index | Unique);
        let is_taken = [HISTORY_TABLE, LOCK_TABLE].iter().any(|it| name.text.eq_ignore_ascii_case(it));
        if is_relation && is_taken {
            let (place, related) = location(context, name);
            let mut finding = RESERVED_TABLE.at(place, format!("`{}` is where migrations are remembered", name.text));
            finding.related.extend(related);
            let fix = rename(context, name, &format!("{}_", name.text));
            diagnostics.push(finding.help("give it another name").fix_if_any(fix));
        }
    }
}
