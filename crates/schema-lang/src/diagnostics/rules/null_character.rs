//! U+0000, which PostgreSQL does not store.

use orm_model::{Dialect, Expression, Literal};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule},
    lower::names::location,
};

rule! {
    /// A name or a text of a check or an enum holds the character U+0000.
    ///
    /// PostgreSQL ends its texts with it and refuses it inside.
    ///
    /// ```orm,bad
    /// table files {
    ///   id    uuid  @primary_key
    ///   name  text  @check(name != "\u{0}")
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table files {
    ///   id    uuid  @primary_key
    ///   name  text  @check(name != "\u{1}")
    /// }
    /// ```
    NULL_CHARACTER: "PG005", "null-character", Error, oracle(Postgres)
}

const HELP: &str = "take the character out";

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for name in context.names().iter().filter(|it| context.is_table() && it.text.contains('\0')) {
        let (place, related) = location(&context.naming(), name);
        let mut finding = NULL_CHARACTER.at(place, "PostgreSQL has no U+0000 in names").help(HELP);
        finding.related.extend(related);
        diagnostics.push(finding);
    }
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        let mut is_bad = false;
        check.expression.walk(&mut |it| is_bad |= holds(it));
        if is_bad && context.is_own(&place.origin) && check.only != Some(Dialect::Spanner) {
            let message = "PostgreSQL has no U+0000 in texts";
            let finding = context.at(&NULL_CHARACTER, &place.origin, place.anchor, message).help(HELP);
            diagnostics.push(finding.fix(taken_out(&context.here(place.anchor))));
        }
    }
}

fn holds(expression: &Expression) -> bool {
    matches!(expression, Expression::Literal(Literal::String(text)) if text.contains('\0'))
}

/// The text of an enum's value.
pub(crate) fn stored(location: Location) -> Diagnostic {
    let fix = taken_out(&location);
    NULL_CHARACTER.at(location, "PostgreSQL has no U+0000 in texts").help(HELP).fix(fix)
}

/// As it is mostly written.
fn taken_out(place: &Location) -> Fix {
    Fix::offer("Take `\\u{0}` out").replace_last(place, "\\u{0}", "")
}
