//! `nulls: equal` before PostgreSQL 15.

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// `nulls: equal` needs NULLS NOT DISTINCT, which PostgreSQL has from version 15 on.
    ///
    /// Without `[targets] postgres = "…"` in `orm.toml` version 15 is assumed.
    ///
    /// ```orm,bad,postgres-14
    /// table users {
    ///   id     uuid   @primary_key
    ///   email  text?  @unique(nulls: equal)
    /// }
    /// ```
    ///
    /// ```orm,good,postgres-14
    /// table users {
    ///   id     uuid   @primary_key
    ///   email  text?  @unique
    /// }
    /// ```
    NULLS_EQUAL_VERSION: "PG015", "nulls-equal-version", Error, oracle(Postgres)
}

const FIRST_VERSION: u32 = 15;

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(version) = context.targets().postgres.as_ref().map(|it| it.version) else { return };
    if version >= FIRST_VERSION {
        return;
    }
    for (unique, place) in context.table().uniques.iter().zip(&context.lowered.uniques) {
        if unique.nulls_equal && context.is_own(&place.origin) {
            let message = format!("PostgreSQL {version} has no NULLS NOT DISTINCT; version {FIRST_VERSION} has");
            let finding = context.at(&NULLS_EQUAL_VERSION, &place.origin, place.anchor, message);
            let finding = finding.help("make the column NOT NULL, or raise `[targets] postgres` in orm.toml");
            let nulls = context.argument(place, "nulls").map(|it| context.here(it.anchor));
            diagnostics.push(finding.fix_at(nulls, |nulls| Fix::offer("let NULLs be distinct").remove(nulls)));
        }
    }
}
