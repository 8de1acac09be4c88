//! Texts that a generated column computes of nothing.

use orm_model::{
    BinaryOperator, Dialect, Expression, Literal,
    registry::{self, ParameterType},
};

use crate::diagnostics::{Diagnostic, RuleContext, condition::reads_nothing, rule::rule};

rule! {
    /// A generated column compares or computes texts that no column is part of.
    ///
    /// PostgreSQL computes such a part once, when the table is made, and before it has decided how these texts compare:
    /// *could not determine which collation to use*. Whether it comes to that depends on the function; the value is always
    /// the same, so it can stand there itself.
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   text  @generated(name || lower("ABC"))
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   text  @generated(if("a" = "b", name, lower(name)))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   text  @generated(lower(name) || "abc")
    /// }
    /// ```
    GENERATED_CONSTANT_TEXT: "PG091", "generated-constant-text", Error, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) else { continue };
        let mut has_part = false;
        generated.expression.walk(&mut |part| has_part |= works_on_texts(part) && reads_nothing(part));
        if has_part {
            let message = "a part of this computes texts of constants alone";
            let finding = context.at(&GENERATED_CONSTANT_TEXT, &it.origin, anchor, message);
            diagnostics.push(finding.help("write the value of that part"));
        }
    }
}

fn works_on_texts(expression: &Expression) -> bool {
    let is_literal = |it: &Expression| matches!(it, Expression::Literal(Literal::String(_)));
    let is_text = |it: &Expression| match it {
        Expression::List(items) => items.iter().any(is_literal),
        other => is_literal(other),
    };
    match expression {
        Expression::Call { function, .. } => registry::find_function(function).is_some_and(|info| {
            let mut values = info.parameters.iter().map(|it| it.value);
            values.any(|it| matches!(it, ParameterType::Text | ParameterType::TextOrBytes | ParameterType::Pattern))
                || expression.children().into_iter().any(is_text)
        }),
        Expression::Binary { operator, left, right } => {
            *operator != BinaryOperator::Concatenate && (is_text(left) || is_text(right))
        }
        Expression::Like { .. } => true,
        Expression::In { operand, .. } | Expression::Between { operand, .. } => is_text(operand),
        _ => false,
    }
}
