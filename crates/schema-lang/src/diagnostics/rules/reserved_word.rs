//! A name that is a word of SQL.

use orm_model::{Only, reserved::is_reserved};

use crate::{
    diagnostics::{Diagnostic, database_name::rename, rule::rule},
    lower::names::{NameKind, Naming, location},
};

rule! {
    /// A table or column has the name of a reserved word.
    ///
    /// `orm` quotes it wherever it writes SQL. SQL that people write by hand must quote it, too.
    ///
    /// ```orm,bad
    /// table order {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    RESERVED_WORD: "PORT010", "reserved-word", Hint, policy
}

pub(crate) fn check(context: &Naming<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for name in context.names {
        if !matches!(name.kind, NameKind::Table | NameKind::Column | NameKind::Sequence | NameKind::Schema) {
            continue;
        }
        let dialects: Vec<_> =
            context.dialects().filter(|it| name.is_in(*it) && is_reserved(*it, &name.text)).collect();
        if dialects.is_empty() {
            continue;
        }
        let titles: Vec<_> = dialects.iter().map(|it| it.title()).collect();
        let (place, related) = location(context, name);
        let message = format!("`{}` is a reserved word of {}", name.text, titles.join(" and "));
        let mut finding = RESERVED_WORD.at(place, message).help("it must be quoted in SQL that is written by hand");
        finding = finding.fix_if_any(rename(context, name, &format!("{}_", name.text)));
        finding.related.extend(related);
        diagnostics.push(finding);
    }
}
