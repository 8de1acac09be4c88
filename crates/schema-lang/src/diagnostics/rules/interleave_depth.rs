//! Tables that are interleaved too deep.

use orm_model::ObjectName;

use crate::{
    database::resolve,
    diagnostics::{Diagnostic, RuleContext, rule::rule},
    item::DeclarationKind,
    lower::table::lower_table,
};

rule! {
    /// A table is interleaved more than seven levels deep, or in itself through others.
    ///
    /// Seven is Spanner's limit (<https://cloud.google.com/spanner/quotas#tables>).
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
    if !context.is_table() {
        return;
    }
    let mut depth = 0;
    let mut next: Option<ObjectName> = context.table().interleave.as_ref().map(|it| it.parent.clone());
    while let Some(name) = next {
        depth += 1;
        if name == context.table().name || depth > MAXIMUM_DEPTH {
            let (message, help) = match depth > MAXIMUM_DEPTH {
                true => (
                    format!("the table is interleaved more than {MAXIMUM_DEPTH} levels deep"),
                    "refer to an ancestor with a foreign key",
                ),
                false => {
                    ("the table is interleaved in itself, through its parents".to_owned(), "take one `interleave` out")
                }
            };
            diagnostics.push(context.at(&INTERLEAVE_DEPTH, &place.origin, place.anchor, message).help(help));
            return;
        }
        next = parent_of(context, &name);
    }
}

/// The parent of a table, by physical names: tables with `@db` are found by looking at what they became.
fn parent_of(context: &RuleContext<'_>, name: &ObjectName) -> Option<ObjectName> {
    let declaration = resolve(context.db, context.project, &name.to_string(), &[DeclarationKind::Table])?;
    lower_table(context.db, context.project, declaration).table.interleave.as_ref().map(|it| it.parent.clone())
}
