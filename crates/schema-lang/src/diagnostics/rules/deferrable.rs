//! A foreign key that is to be checked later than Spanner does.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// Spanner has no `deferrable` foreign keys: it checks at the end of each statement.
    ///
    /// ```orm,bad
    /// table users {
    ///   id       uuid   @primary_key
    ///   best_id  uuid?  @references(users.id, deferrable: true)
    /// }
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE users (
    ///   id STRING(36) NOT NULL, best_id STRING(36),
    ///   CONSTRAINT fk FOREIGN KEY (best_id) REFERENCES users (id) DEFERRABLE INITIALLY DEFERRED
    /// ) PRIMARY KEY (id)
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id       uuid   @primary_key
    ///   best_id  uuid?  @references(users.id)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id       uuid   @primary_key
    ///   best_id  uuid?
    ///
    ///   foreign_key(best_id, references: users(id), deferrable: true) @only(postgres)
    /// }
    /// ```
    DEFERRABLE: "SP104", "deferrable", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let keys = context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys);
    for (_, place) in keys.filter(|(key, place)| key.deferrable && context.is_own(&place.origin)) {
        let message = "Spanner checks a foreign key at the end of each statement";
        let finding = context.at(&DEFERRABLE, &place.origin, place.anchor, message);
        let finding = finding
            .help("leave `deferrable:` out, or write the key for PostgreSQL alone: `foreign_key(…) @only(postgres)`");
        let finding = finding.fix_if_any(context.without_argument(place, "deferrable"));
        diagnostics.push(finding.fix_if_any(context.keep_to(place, Dialect::Postgres)));
    }
}
