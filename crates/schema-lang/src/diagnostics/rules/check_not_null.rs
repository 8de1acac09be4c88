//! A check that says what a type can say.

use orm_model::Expression;

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A check says `is not null` of a column that may be NULL.
    ///
    /// Without the `?` the type says it, stubs know it, and no check is needed.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid   @primary_key
    ///   name  text?  @check(name is not null)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// ```
    CHECK_NOT_NULL: "ORM207", "check-not-null", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        let Expression::IsNull { operand, negated: true } = &check.expression else { continue };
        let Expression::Column(name) = &**operand else { continue };
        let Some(column) = context.lowered.columns.iter().find(|it| it.column.name == *name) else { continue };
        if column.column.nullable && check.only.is_none() && context.is_own_pair(&place.origin, &column.column) {
            let message = format!("`{}` may be NULL, and the check takes that back", column.declared_name());
            let finding = context.at(&CHECK_NOT_NULL, &place.origin, place.anchor, message);
            let here = place.location();
            let fix = Fix::offer("Remove the check and the `?`").remove(&here);
            let fix = fix.replace_last(&column.location_of(column.written_type), "?", "");
            diagnostics.push(finding.help("remove the `?` of its type, and the check").fix(fix));
        }
    }
}
