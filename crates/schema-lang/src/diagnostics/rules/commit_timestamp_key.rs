//! A commit timestamp that two tables share.

use orm_model::Dialect;

use crate::{
    diagnostics::{
        Diagnostic, RuleContext,
        reference_graph::target,
        rule::rule,
        rules::commit_timestamp::{with_option, without_option},
    },
    lower::shape::{ColumnShape, Place, Signature, shape, signature},
};

rule! {
    /// A column that two tables share may hold the commit timestamp in one of them only.
    ///
    /// The key columns that an interleaved table has from its parent are the same column: both have the option
    /// `allow_commit_timestamp`, or neither. A foreign key can neither hold nor refer to such a column
    /// (<https://cloud.google.com/spanner/docs/commit-timestamp>).
    ///
    /// ```orm,bad
    /// table commits {
    ///   at  timestamptz  @primary_key  @spanner(allow_commit_timestamp: true)
    /// }
    /// table notes {
    ///   id  uuid         @primary_key
    ///   of  timestamptz  @references(commits.at)
    ///
    ///   index(of)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table commits {
    ///   at  timestamptz  @primary_key  @spanner(allow_commit_timestamp: true)
    /// }
    /// table notes {
    ///   at   timestamptz
    ///   no   bigint
    ///
    ///   primary_key(at, no)
    ///   interleave(commits)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table commits {
    ///   id  uuid         @primary_key
    ///   at  timestamptz  @spanner(allow_commit_timestamp: true)
    /// }
    /// table notes {
    ///   id  uuid  @primary_key
    ///   of  uuid  @references(commits.id)
    ///
    ///   index(of)
    /// }
    /// ```
    COMMIT_TIMESTAMP_KEY: "SP112", "commit-timestamp-key", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    interleaved(context, diagnostics);
    for (key, place) in context.table().foreign_keys.iter().zip(&context.lowered.foreign_keys) {
        let Some(parent) = parent(context, place) else { continue };
        let is_one = |name: &&String| allows_commit_timestamp(parent, name) == Some(true);
        let Some(name) = key.referenced_columns.iter().find(is_one) else { continue };
        if context.is_own(&place.origin) {
            let message =
                format!("`{}.{name}` may hold the commit timestamp, which no foreign key refers to", parent.name);
            let finding = context.at(&COMMIT_TIMESTAMP_KEY, &place.origin, place.anchor, message);
            let finding = finding.help("refer to another column, or remove the option there");
            let theirs = column_there(context, place, name);
            diagnostics.push(finding.fix_if_any(theirs.and_then(|it| without_option(context, it))));
        }
    }
}

/// The key columns that a table has from its parent.
fn interleaved(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (table, lowered) = (context.table(), context.lowered);
    let Some(place) = lowered.interleave.as_ref().filter(|_| context.is_table()) else { return };
    let Some(parent) = parent(context, place) else { return };
    for theirs in &parent.primary_key {
        let Some(ours) = table.column(&theirs.name) else { continue };
        let there = allows_commit_timestamp(parent, &theirs.name).unwrap_or_default();
        if ours.allow_commit_timestamp != there {
            let (yes, no) = if there { ("there", "here") } else { ("here", "there") };
            let name = ours.declared_name();
            let message = format!(
                "`{name}` is a key of `{}`, too, and may hold the commit timestamp {yes}, not {no}",
                parent.name
            );
            let finding = context.at(&COMMIT_TIMESTAMP_KEY, &place.origin, place.anchor, message);
            let finding = finding.help("give the option to both tables or to neither");
            let (ours, theirs) = (context.column_shape(&theirs.name), column_there(context, place, &theirs.name));
            let (with, without) = if there { (ours, theirs) } else { (theirs, ours) };
            let finding = finding.fix_if_any(with.and_then(|it| with_option(context, it)));
            diagnostics.push(finding.fix_if_any(without.and_then(|it| without_option(context, it))));
        }
    }
}

fn parent<'db>(context: &RuleContext<'db>, place: &Place) -> Option<&'db Signature> {
    Some(signature(context.db, context.project, target(context.db, context.project, place)?))
}

/// A column of the table that is referred to at a place.
fn column_there<'db>(context: &RuleContext<'db>, place: &Place, name: &str) -> Option<&'db ColumnShape> {
    let shape = shape(context.db, context.project, target(context.db, context.project, place)?);
    shape.columns.iter().find(|it| it.column.name == name)
}

fn allows_commit_timestamp(table: &Signature, column: &str) -> Option<bool> {
    table.columns.iter().find(|it| it.name == column).map(|it| it.allow_commit_timestamp)
}
