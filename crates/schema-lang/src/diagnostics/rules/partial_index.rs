//! An index that holds more rows in Spanner than it says.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// Spanner has no partial indexes: this one holds every row there.
    ///
    /// Queries find the same rows with it, and it takes more room. A condition that says of every key that it is not NULL
    /// is kept (`NULL_FILTERED`), and so is the condition of a unique index.
    ///
    /// ```orm,bad
    /// table posts {
    ///   id       uuid          @primary_key
    ///   author   text
    ///   deleted  timestamptz?
    ///
    ///   index(author, where: deleted is null)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table posts {
    ///   id       uuid          @primary_key
    ///   author   text?
    ///   deleted  timestamptz?
    ///
    ///   index(author, where: author is not null)
    /// }
    /// ```
    PARTIAL_INDEX: "PERF010", "partial-index", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let indexes = context.table().indexes.iter().zip(&context.lowered.indexes);
    for (index, place) in indexes.filter(|(it, place)| !it.unique && context.is_own(&place.origin)) {
        if index.condition.is_some() && !context.table().leaves_out_nulls_alone(index) {
            let message = "the index holds every row in Spanner";
            let finding = context.at(&PARTIAL_INDEX, &place.origin, place.anchor, message);
            let finding = finding.help("if it is for a database of its own, nothing is to be done");
            let both = context.targets().includes(Dialect::Postgres);
            let fix = context.keep_to(place, Dialect::Postgres).filter(|_| both);
            diagnostics.push(finding.fix_if_any(fix));
        }
    }
}
