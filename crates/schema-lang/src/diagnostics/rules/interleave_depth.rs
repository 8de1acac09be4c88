//! Tables that are interleaved too deep.

use orm_model::Dialect;

use crate::diagnostics::{Diagnostic, Fix, RuleContext, interleaving::ancestors, rule::rule};

rule! {
    /// A table is interleaved more than seven levels deep, or in itself through others.
    ///
    /// Seven is Spanner's limit (<https://cloud.google.com/spanner/quotas#tables>). The text may call a table otherwise than
    /// the database does.
    ///
    /// ```orm,bad
    /// table a {
    ///   id  uuid  @primary_key
    ///   interleave(b)
    /// }
    /// table b {
    ///   id  uuid  @primary_key
    ///   interleave(a)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table folders @db("Folders") {
    ///   id  uuid  @primary_key
    ///   interleave(files)
    /// }
    /// table files @db("Files") {
    ///   id  uuid  @primary_key
    ///   interleave(folders)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table a {
    ///   id  uuid  @primary_key
    /// }
    /// table b {
    ///   id  uuid  @primary_key
    ///   interleave(a)
    /// }
    /// ```
    INTERLEAVE_DEPTH: "SP030", "interleave-depth", Error, oracle(Spanner)
}

const MAXIMUM_DEPTH: usize = 7;

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let Some(place) = &context.lowered.interleave else { return };
    if !context.is_table() || !context.is_for(Dialect::Spanner) {
        return;
    }
    let chain: Vec<_> = ancestors(context.db, context.project, context.declaration).collect();
    let (message, help) = if chain.contains(&context.declaration) {
        ("the table is interleaved in itself, through its parents".to_owned(), "take one `interleave` out")
    } else if chain.len() > MAXIMUM_DEPTH {
        let message = format!("the table is interleaved more than {MAXIMUM_DEPTH} levels deep");
        (message, "refer to an ancestor with a foreign key")
    } else {
        return;
    };
    let own = Some(context.here(place.anchor)).filter(|_| context.is_own(&place.origin));
    let finding = context.at(&INTERLEAVE_DEPTH, &place.origin, place.anchor, message).help(help);
    diagnostics.push(finding.fix_at(own, |it| Fix::offer("Remove the interleaving").remove(it)));
}
