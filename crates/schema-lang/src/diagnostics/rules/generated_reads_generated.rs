//! A generated column that is made of another one.

use orm_model::Dialect;

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, rule::rule},
    item::{Anchor, ExpressionItem, ExpressionKind, attribute, positional},
    lower::shape::ColumnShape,
};

rule! {
    /// A generated column reads another generated column, which PostgreSQL refuses.
    ///
    /// ```orm,bad
    /// table people {
    ///   id     uuid  @primary_key
    ///   name   text
    ///   key    text  @generated(lower(name))
    ///   short  bigint  @generated(char_length(key))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id     uuid  @primary_key
    ///   name   text
    ///   key    text  @generated(lower(name))
    ///   short  bigint  @generated(char_length(lower(name)))
    /// }
    /// ```
    GENERATED_READS_GENERATED: "PG031", "generated-reads-generated", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) else { continue };
        let columns = generated.expression.columns();
        let mut inputs = columns.into_iter().filter_map(|name| context.column(name));
        if let Some(input) = inputs.find(|it| it.generated.is_some()) {
            let message = format!("`{}` is a generated column, too", input.declared_name());
            let finding = context.at(&GENERATED_READS_GENERATED, &it.origin, anchor, message);
            let finding = finding.help("write its expression here in place of its name");
            diagnostics.push(finding.fix_if_any(write_out(context, it)));
        }
    }
}

/// Writes the expressions of the generated columns that a generated column reads in the place of their names. `None` where
/// one of them reads a generated column itself, which is to be written out first, or stands in another declaration.
pub(crate) fn write_out(context: &RuleContext<'_>, column: &ColumnShape) -> Option<Fix> {
    let expression = written_expression(context, column)?;
    let mut fix = Fix::offer(format!("Write out what `{}` reads", column.declared_name()));
    for name in column.column.generated.as_ref()?.expression.columns() {
        let Some(input) = context.column_shape(name).filter(|it| it.column.generated.is_some()) else { continue };
        let theirs = written_expression(context, input)?;
        let is_computed = |name: &str| context.column(name).is_some_and(|it| it.generated.is_some());
        let read = input.column.generated.as_ref()?.expression.columns();
        if input.origin != column.origin || read.into_iter().any(is_computed) {
            return None;
        }
        let mut places = Vec::new();
        occurrences(expression, input.declared_name(), true, &mut places);
        for (anchor, is_alone) in places {
            let in_parentheses = !is_alone && !theirs.operands().is_empty() && !is_call(theirs);
            fix = fix.replace_by_copy(&column.location_of(anchor), theirs.anchor, in_parentheses);
        }
    }
    Some(fix)
}

/// The places where an expression names a column, and whether parentheses or commas stand around them.
fn occurrences(written: &ExpressionItem, name: &str, is_alone: bool, places: &mut Vec<(Anchor, bool)>) {
    match &written.kind {
        ExpressionKind::Path(path) if path.iter().map(|it| &*it.text).eq([name]) => {
            places.push((written.anchor, is_alone));
        }
        _ => written.operands().into_iter().for_each(|it| occurrences(it, name, is_call(written), places)),
    }
}

fn is_call(written: &ExpressionItem) -> bool {
    matches!(written.kind, ExpressionKind::Call { .. })
}

/// What stands in `@generated(…)`.
fn written_expression<'db>(context: &RuleContext<'db>, column: &ColumnShape) -> Option<&'db ExpressionItem> {
    let generated = attribute(&context.written(column)?.attributes, "generated")?;
    positional(&generated.arguments).next().map(|it| &it.value)
}
