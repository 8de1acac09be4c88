//! A part of an expression that is the same everywhere and may fail.

use orm_model::{BinaryOperator, Default, Expression};

use crate::{
    diagnostics::{
        Diagnostic, RuleContext,
        condition::{Value, evaluate, number, reads_nothing},
        rule::rule,
    },
    item::Anchor,
    lower::table::Origin,
};

rule! {
    /// An expression computes from constants alone what may fail.
    ///
    /// A division, `mod`, `div`, `sqrt` and `exp` may.
    /// PostgreSQL computes such a part when the index is created or the column is added, and refuses both when it fails;
    /// otherwise the first row that is written is refused. What the value is, only the database knows: write it out.
    ///
    /// ```orm,bad
    /// table items {
    ///   id     uuid    @primary_key
    ///   share  double = sqrt(floor(-0.5))
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table items {
    ///   id     uuid    @primary_key
    ///   count  bigint
    ///
    ///   index(count + 10 / char_length(lower("")))
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table items {
    ///   id     uuid    @primary_key
    ///   share  double = sqrt(2)
    ///   count  bigint
    ///
    ///   index(count + 10 / (2 + 3))
    /// }
    /// ```
    CONSTANT_FAILURE: "ORM109", "constant-failure", Error, policy
}

/// Functions that fail where the second argument is 0; most others give NULL for what they cannot do.
const DIVISIONS: [&str; 2] = ["div", "mod"];

/// The greatest power of e that a `double` holds.
const LARGEST_POWER: &str = "709";

/// Functions whose value differs between statements: what they are in is no constant.
const CLOCKS: [&str; 4] = ["now", "today", "commit_timestamp", "uuid"];

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut report = |expression: &Expression, origin: &Origin, anchor: Anchor| {
        let mut fails = false;
        expression.walk(&mut |it| fails |= may_fail(it));
        if fails && context.is_own(origin) {
            let message = "a part of this reads no column and may fail";
            let finding = context.at(&CONSTANT_FAILURE, origin, anchor, message);
            diagnostics.push(finding.help("write the value of that part instead of computing it"));
        }
    };
    for it in context.lowered.columns.iter() {
        if let (Some(Default::Expression(default)), Some(anchor)) = (&it.column.default, it.default) {
            report(default, &it.origin, anchor);
        }
        if let (Some(generated), Some(anchor)) = (&it.column.generated, it.generated) {
            report(&generated.expression, &it.origin, anchor);
        }
    }
    for (index, place) in context.table().indexes.iter().zip(&context.lowered.indexes) {
        index.expressions().for_each(|it| report(it, &place.origin, place.anchor));
    }
    for (check, place) in context.table().checks.iter().zip(&context.lowered.checks) {
        report(&check.expression, &place.origin, place.anchor);
    }
}

fn may_fail(expression: &Expression) -> bool {
    let known = |it: &Expression| match evaluate(it, &|_| None) {
        Some(Value::Number(number)) => Some(number),
        _ => None,
    };
    let is_safe = match expression {
        Expression::Binary { operator: BinaryOperator::Divide | BinaryOperator::Remainder, right, .. } => {
            known(right).is_some_and(|it| it != 0)
        }
        Expression::Call { function, arguments } => match (function.as_str(), arguments.as_slice()) {
            (division, [_, divisor]) if DIVISIONS.contains(&division) => known(divisor).is_some_and(|it| it != 0),
            ("sqrt", [argument]) => known(argument).is_some_and(|it| it >= 0),
            ("exp", [argument]) => known(argument).zip(number(LARGEST_POWER)).is_some_and(|(it, most)| it <= most),
            _ => true,
        },
        _ => true,
    };
    !is_safe && is_constant(expression)
}

/// Whether it is the same in every row and statement.
fn is_constant(expression: &Expression) -> bool {
    let mut has_clock = false;
    expression.walk(&mut |it| {
        has_clock |= matches!(it, Expression::Call { function, .. } if CLOCKS.contains(&function.as_str()));
    });
    !has_clock && reads_nothing(expression)
}
