//! A commit timestamp where Spanner does not allow one.

use orm_model::{Column, Default, Dialect, Expression, Index, ScalarType};

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    item::{argument, attribute},
    lower::shape::{ColumnShape, has_database_default},
};

rule! {
    /// `allow_commit_timestamp` stands on a column that cannot have it.
    ///
    /// Such a column is a `timestamptz` without a default, which no check and no foreign key reads: Spanner refuses
    /// others (<https://cloud.google.com/spanner/docs/commit-timestamp>).
    ///
    /// ```orm,bad
    /// table events {
    ///   id  uuid  @primary_key
    ///   at  date  @spanner(allow_commit_timestamp: true)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// mixin Changed {
    ///   changed_at  timestamptz  @spanner(allow_commit_timestamp: true)
    /// }
    /// table events {
    ///   id    uuid         @primary_key
    ///   from  timestamptz
    ///   ...Changed
    ///
    ///   check(changed_at >= from)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table events {
    ///   id    uuid         @primary_key
    ///   kind  text
    ///   at    timestamptz  @spanner(allow_commit_timestamp: true)
    ///
    ///   unique(kind, at, where: kind != "")
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events {
    ///   id  uuid         @primary_key
    ///   at  timestamptz  @spanner(allow_commit_timestamp: true)
    /// }
    /// ```
    COMMIT_TIMESTAMP: "SP090", "commit-timestamp", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| it.column.allow_commit_timestamp) {
        let own = context.is_own(&it.origin).then(|| of_column(&it.column)).flatten();
        if let Some((message, help)) = own.or_else(|| of_readers(context, &it.column)) {
            let finding = context.at(&COMMIT_TIMESTAMP, &it.origin, it.name, message).help(help);
            diagnostics.push(finding.fix_if_any(without_option(context, it)));
        }
    }
}

/// Takes the option out, where it is written as one.
pub(crate) fn without_option(context: &RuleContext<'_>, column: &ColumnShape) -> Option<Fix> {
    let attribute = attribute(&context.written(column)?.attributes, "spanner")?;
    let option = argument(&attribute.arguments, "allow_commit_timestamp")?;
    let anchor = if attribute.arguments.len() == 1 { attribute.anchor } else { option.anchor };
    Some(Fix::offer(format!("Remove the option of `{}`", column.declared_name())).remove(&column.location_of(anchor)))
}

/// Gives a column the option.
pub(crate) fn with_option(context: &RuleContext<'_>, column: &ColumnShape) -> Option<Fix> {
    let written = context.written(column)?;
    let fix = Fix::offer(format!("Give `{}` the option `allow_commit_timestamp`", column.declared_name()));
    Some(match attribute(&written.attributes, "spanner") {
        Some(it) => fix.add_argument(&column.location_of(it.anchor), "allow_commit_timestamp: true"),
        None => fix.insert_after(&column.location_of(written.anchor), "  @spanner(allow_commit_timestamp: true)"),
    })
}

/// What is wrong, and what to do.
type Complaint = (&'static str, &'static str);

/// What the column says of itself.
fn of_column(column: &Column) -> Option<Complaint> {
    let is_timestamp = matches!(column.column_type.scalar, ScalarType::Timestamptz(_) | ScalarType::TimestampLocal(_));
    if !is_timestamp || column.column_type.array {
        return Some(("only a timestamp can hold the commit timestamp", "change the type, or remove the option"));
    }
    has_other_default(column)
        .then_some(("a column with the commit timestamp has no other default", "remove the default, or the option"))
}

/// Who reads the column that must not. The column may come from a mixin and its reader from the table.
fn of_readers(context: &RuleContext<'_>, column: &Column) -> Option<Complaint> {
    let (table, lowered, name) = (context.table(), context.lowered, column.name.as_str());
    let mut checks = table.checks.iter().zip(&lowered.checks);
    if checks.any(|(it, place)| it.expression.columns().contains(&name) && context.is_own_pair(&place.origin, column)) {
        return Some(("a check cannot read the commit timestamp", "remove the check, or the option"));
    }
    let mut keys = table.foreign_keys.iter().zip(&lowered.foreign_keys);
    if keys.any(|(it, place)| it.columns.contains(&column.name) && context.is_own_pair(&place.origin, column)) {
        return Some(("a foreign key cannot hold the commit timestamp", "remove the foreign key, or the option"));
    }
    is_computed_of(context, column).then_some((
        "nothing can be computed of the commit timestamp",
        "compute it of another column, or remove the option",
    ))
}

fn has_other_default(column: &Column) -> bool {
    has_database_default(column) && !column.default.as_ref().is_some_and(Default::is_commit_timestamp)
}

/// Whether a generated column or an index reads the column in an expression.
fn is_computed_of(context: &RuleContext<'_>, column: &Column) -> bool {
    let reads = |it: &Expression| it.columns().contains(&column.name.as_str());
    let mut columns = context.lowered.columns.iter();
    let (table, mut indexes) = (context.table(), context.table().indexes.iter().zip(&context.lowered.indexes));
    // The last key of a unique index with a condition is a choice between its column and NULL.
    let chooses = |it: &Index| {
        let computed = table.computed_keys(it);
        computed.iter().any(|at| it.keys[*at].column_name() == Some(&column.name))
    };
    columns.any(|it| {
        it.column.generated.as_ref().is_some_and(|it| reads(&it.expression)) && context.is_own_pair(&it.origin, column)
    }) || indexes
        .any(|(it, place)| (it.expressions().any(reads) || chooses(it)) && context.is_own_pair(&place.origin, column))
}
