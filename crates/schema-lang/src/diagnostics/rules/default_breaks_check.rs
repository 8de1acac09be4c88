//! A default that a check refuses.

use orm_model::Expression;

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    condition::{Value, default_value, evaluate},
    rule::rule,
};

rule! {
    /// A check refuses the default of a column.
    ///
    /// Databases take both; every row that leaves the column out is then refused.
    ///
    /// ```orm,bad
    /// table items {
    ///   id        uuid         @primary_key
    ///   quantity  integer = 0  @check(quantity > 0)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table items {
    ///   id        uuid         @primary_key
    ///   quantity  integer = 1  @check(quantity > 0)
    /// }
    /// ```
    DEFAULT_BREAKS_CHECK: "ORM205", "default-breaks-check", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        for it in check.expression.columns().into_iter().filter_map(|it| context.column_shape(it)) {
            let column = &it.column;
            let Some(value) = default_value(column).filter(|_| context.is_own_pair(&place.origin, column)) else {
                continue;
            };
            let is_refused = refuses(&check.expression, &column.name, &value);
            if let Some(default) = it.default.filter(|_| is_refused) {
                let there = place.location();
                let message = format!("the check refuses the default of `{}`", it.declared_name());
                let finding = context.at(&DEFAULT_BREAKS_CHECK, &it.origin, default, message);
                let finding = finding.help("choose a default that the check lets pass, or remove it");
                let fix = Fix::offer("Remove the default").remove(&it.location_of(default));
                diagnostics.push(finding.related(there, "the check").fix(fix));
            }
        }
    }
}

/// Whether the condition is false for this value, whatever the other columns hold; and not false for every value.
fn refuses(condition: &Expression, column: &str, value: &Value) -> bool {
    let with = |name: &str| (name == column).then(|| value.clone());
    let no = Some(Value::Boolean(false));
    evaluate(condition, &with) == no && evaluate(condition, &|_| None) != no
}
