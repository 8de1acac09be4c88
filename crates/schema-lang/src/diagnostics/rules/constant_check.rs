//! A check that decides nothing.

use orm_model::{BinaryOperator, Expression};

use crate::diagnostics::{
    Diagnostic, Fix, RuleContext,
    condition::{Range, Value, conjuncts, evaluate, range},
    rule::rule,
};

rule! {
    /// A check that every row passes, or that no row can pass.
    ///
    /// It compares a column with itself, constants with one another, or a number with bounds that leave all or nothing of
    /// its type.
    ///
    /// ```orm,bad
    /// table rooms {
    ///   id    uuid     @primary_key
    ///   seats  integer  @check(seats > 100 and seats < 10)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table rooms {
    ///   id     uuid      @primary_key
    ///   seats  smallint  @check(seats <= 100000)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table rooms {
    ///   id     uuid     @primary_key
    ///   seats  integer  @check(seats > 10 and seats < 100)
    /// }
    /// ```
    CONSTANT_CHECK: "ORM191", "constant-check", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        let names = check.expression.columns();
        let columns = names.iter().filter_map(|name| context.column(name));
        if !columns.into_iter().all(|it| context.is_own_pair(&place.origin, it)) {
            continue;
        }
        let Some((message, help)) = complaint(context, &check.expression) else { continue };
        let finding = context.at(&CONSTANT_CHECK, &place.origin, place.anchor, message);
        let here = place.location();
        diagnostics.push(finding.help(help).fix(Fix::offer("Remove the check").remove(&here)));
    }
}

fn complaint(context: &RuleContext<'_>, condition: &Expression) -> Option<(String, &'static str)> {
    let passes = |what: &str| (format!("every row passes the check: {what}"), "remove the check, or say what is meant");
    let refuses = |what: &str| (format!("no row passes the check: {what}"), "say which values are meant");
    if condition.columns().is_empty() {
        // Spanner refuses it, which has a finding of its own.
        return None;
    }
    match evaluate(condition, &|_| None) {
        Some(Value::Boolean(false)) => return Some(refuses("it does not depend on the row")),
        Some(_) => return Some(passes("it does not depend on the row")),
        None => {}
    }
    let parts = conjuncts(condition);
    if let Some(name) = parts.iter().find_map(|it| compared_with_itself(it)) {
        return Some(passes(&format!("`{name}` is compared with itself")));
    }
    for part in &parts {
        if let Expression::IsNull { operand, negated: true } = part
            && let Expression::Column(name) = &**operand
            && let Some(column) = context.column(name)
            && (!column.nullable || context.table().is_key_column(name))
        {
            return Some(passes(&format!("`{}` is never NULL", column.declared_name())));
        }
    }
    bounds(context, &parts).map(|(is_refused, what)| if is_refused { refuses(&what) } else { passes(&what) })
}

/// `x = x`, `x >= x`; a row whose `x` is NULL passes, too.
fn compared_with_itself(condition: &Expression) -> Option<&str> {
    use BinaryOperator::{Equal, GreaterOrEqual, LessOrEqual};
    match condition {
        Expression::Binary { operator: Equal | GreaterOrEqual | LessOrEqual, left, right } if left == right => {
            match &**left {
                Expression::Column(name) => Some(name),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether the bounds of one column leave nothing (`true`) or everything (`false`), and which column it is.
fn bounds(context: &RuleContext<'_>, parts: &[&Expression]) -> Option<(bool, String)> {
    let mut ranges: Vec<(&str, Range)> = Vec::new();
    for (name, bounds) in parts.iter().filter_map(|it| range(it)) {
        match ranges.iter_mut().find(|(other, _)| *other == name) {
            Some((_, range)) => *range = range.and(bounds),
            None => ranges.push((name, bounds)),
        }
    }
    let all_bounded = ranges.len() == 1 && parts.iter().all(|it| range(it).is_some());
    ranges.into_iter().find_map(|(name, bounds)| {
        let column = context.column(name).filter(|it| !it.column_type.array)?;
        let whole = Range::of(&column.column_type.scalar);
        let within = whole.map_or(bounds, |whole| whole.and(bounds));
        let (name, column_type) = (column.declared_name(), &column.column_type);
        if within.is_empty() {
            return Some((true, format!("no `{column_type}` is within the bounds of `{name}`")));
        }
        (all_bounded && Some(within) == whole)
            .then(|| (false, format!("every `{column_type}` is within the bounds of `{name}`")))
    })
}
