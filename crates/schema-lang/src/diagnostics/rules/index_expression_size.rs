//! The expressions of an index that are too long for PostgreSQL's catalog.

use orm_model::{Dialect, Expression, Literal, registry::postgres_text_size};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// The keys and the condition of an index are longer SQL than PostgreSQL surely takes.
    ///
    /// PostgreSQL keeps the expressions of an index in one row of its catalog, which holds 8,160 bytes (*row is too big*).
    /// From about 2,500 characters of SQL on an index may be refused, from about 5,000 on it is. A function that looks at an
    /// argument before it uses it writes the argument twice or more often, so that a few of them within one another
    /// are enough: `add_months` within `add_months` within `add_months`.
    ///
    /// ```orm,bad
    /// table visits {
    ///   id  uuid         @primary_key
    ///   at  timestamptz
    ///
    ///   index(add_months(add_days(add_months(add_seconds(at, 1), 1), 1), 1))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table visits {
    ///   id  uuid         @primary_key
    ///   at  timestamptz
    ///
    ///   index(add_months(add_days(at, 1), 2))
    /// }
    /// ```
    INDEX_EXPRESSION_SIZE: "PG092", "index-expression-size", Error, policy
}

/// Measured on PostgreSQL 15: of 200 indexes over functions within functions, lists and long texts the shortest one that was
/// refused had 2,501 characters.
const MAXIMUM: usize = 2_400;

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        let length = index.expressions().map(length).fold(0, usize::saturating_add);
        if length > MAXIMUM && context.is_own(&place.origin) {
            let message = "PostgreSQL has no room for expressions as long as those of this index";
            let finding = context.at(&INDEX_EXPRESSION_SIZE, &place.origin, place.anchor, message);
            let help = format!(
                "they are some {length} characters of SQL, {MAXIMUM} fit: keep the value in a column, with \
                 `@generated(…)`, and index that"
            );
            diagnostics.push(finding.help(help));
        }
    }
}

/// About how many characters of SQL an expression is in PostgreSQL, rather too many than too few.
fn length(expression: &Expression) -> usize {
    let parts = |own: usize| expression.children().into_iter().map(length).fold(own, usize::saturating_add);
    match expression {
        Expression::Literal(Literal::String(text) | Literal::Decimal(text) | Literal::Json(text)) => text.len() + 4,
        Expression::Literal(_) => 10,
        Expression::Column(name) => name.len() + 2,
        Expression::Call { function, arguments } => {
            let size = postgres_text_size(function);
            arguments.iter().enumerate().fold(size.own, |sum, (at, it)| {
                sum.saturating_add(length(it).saturating_add(2).saturating_mul(size.copies_of(at)))
            })
        }
        // Numbers are converted around it.
        Expression::Binary { .. } | Expression::Cast { .. } | Expression::Case { .. } => parts(30),
        Expression::Sql(text) => text.postgres.as_ref().map_or(0, String::len),
        _ => parts(20),
    }
}
