//! A name that a database cuts or refuses.

use orm_model::{Dialect, names::fit};

use crate::{
    diagnostics::{Diagnostic, database_name::rename, rule::rule},
    lower::names::{DatabaseName, Naming, location},
};

rule! {
    /// A name is longer than a database keeps: 63 bytes in PostgreSQL, 128 characters in Spanner.
    ///
    /// PostgreSQL cuts a longer name in silence, and two names may become one
    /// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>). Names that `orm`
    /// derives are cut by `orm`, the same in both databases.
    ///
    /// ```orm,bad
    /// table users {
    ///   id                                                                uuid  @primary_key
    ///   a_column_whose_name_goes_on_and_on_until_no_database_keeps_all_of_it  text
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id                  uuid  @primary_key
    ///   a_column_of_a_kind  text
    /// }
    /// ```
    NAME_TOO_LONG: "PG001", "name-too-long", Error, policy
}

pub(crate) fn check(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for dialect in context.dialects() {
        let length = dialect.capabilities().name_length;
        for name in context.names {
            let measured = length.measure(&name.text);
            if measured > length.limit() {
                diagnostics.push(finding(context, name, dialect, measured));
            }
        }
    }
}

fn finding(context: &Naming<'_>, name: &DatabaseName, dialect: Dialect, measured: usize) -> Diagnostic {
    let limit = dialect.capabilities().name_length.limit();
    let (location, related) = location(context, name);
    let message = format!("`{}` has {measured} characters, {} keeps {limit}", name.text, dialect.title());
    let mut finding = NAME_TOO_LONG.at(location, message).help("choose a shorter name, here or with `@db(\"…\")`");
    finding.related.extend(related);
    finding.fix_if_any(rename(context, name, &fit(&name.text)))
}
