//! Raw SQL for one database where both are targets.

use orm_model::{Default, Dialect, Expression};

use crate::diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule};

rule! {
    /// `sql(…)` has no text for a database that the project is for.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   code  text = sql(postgres: "md5('x')")
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   code  text = sql(postgres: "md5('x')", spanner: "TO_HEX(MD5('x'))")
    /// }
    /// ```
    MISSING_DIALECT_TEXT: "PORT006", "missing-dialect-text", Error, language
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        if let (Some(Default::Expression(expression)), Some(anchor)) = (&it.column.default, it.default) {
            report(context, expression, &it.origin, anchor, diagnostics);
        }
        if let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) {
            report(context, &generated.expression, &it.origin, anchor, diagnostics);
        }
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        for expression in index.expressions().filter(|_| context.is_own(&place.origin)) {
            report(context, expression, &place.origin, place.anchor, diagnostics);
        }
    }
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        if context.is_own(&place.origin) {
            report(context, &check.expression, &place.origin, place.anchor, diagnostics);
        }
    }
}

fn report(
    context: &RuleContext<'_>,
    expression: &Expression,
    origin: &crate::lower::table::Origin,
    anchor: crate::item::Anchor,
    diagnostics: &mut Vec<Diagnostic>,
) {
    expression.walk(&mut |it| {
        let Expression::Sql(text) = it else { return };
        for dialect in context.dialects().filter(|dialect| text.get(*dialect).is_none()) {
            let message = format!("`sql` has no text for {}", dialect.title());
            let finding = context.at(&MISSING_DIALECT_TEXT, origin, anchor, message);
            let finding = finding.help(format!("add `{dialect}: \"…\"`"));
            let other = Dialect::ALL.into_iter().find(|it| text.get(*it).is_some());
            let fix = other.map(|other| {
                let place = Location { declaration: origin.declaration, anchor };
                Fix::offer("Use this text in both databases").replace_last(&place, format!("{other}: \""), "\"")
            });
            diagnostics.push(finding.fix_if_any(fix));
        }
    });
}
