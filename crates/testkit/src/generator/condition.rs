//! Conditions of checks.

use proptest::prelude::*;
use proptest::sample::Index;

use super::{
    Named,
    column::Kind,
    expression::{self, Choices, Scope},
    text,
};

/// A condition; its columns are picked when it is written.
#[derive(Debug, Clone)]
pub(super) enum Condition {
    /// One comparison.
    Leaf(Leaf),
    /// Any expression that is true or false.
    Computed(Choices),
    /// `not (…)`
    Not(Box<Condition>),
    /// Two conditions joined by `and` or `or`.
    Both(Box<Condition>, &'static str, Box<Condition>),
}

/// A comparison of one column with constants, or with a column of the same type.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    column: Index,
    other: Index,
    /// Which of the comparisons that the column's type has.
    form: Index,
    operator: &'static str,
    number: i16,
    text: String,
    negated: bool,
}

/// Any condition.
pub(super) fn condition() -> impl Strategy<Value = Condition> {
    let leaf = prop_oneof![leaf().prop_map(Condition::Leaf), expression::choices().prop_map(Condition::Computed)];
    leaf.prop_recursive(3, 6, 2, |inner| {
        let joined = (inner.clone(), prop::sample::select(vec!["and", "or"]), inner.clone());
        prop_oneof![
            inner.prop_map(|it| Condition::Not(Box::new(it))),
            joined.prop_map(|(left, word, right)| Condition::Both(Box::new(left), word, Box::new(right))),
        ]
    })
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let operator = prop::sample::select(vec!["=", "!=", "<", "<=", ">", ">="]);
    let picks = (any::<Index>(), any::<Index>(), any::<Index>());
    (picks, operator, any::<i16>(), text::short(), any::<bool>()).prop_map(
        |((column, other, form), operator, number, text, negated)| Leaf {
            column,
            other,
            form,
            operator,
            number,
            text,
            negated,
        },
    )
}

/// The condition over the columns of the scope.
pub(super) fn render(condition: &Condition, scope: &Scope<'_>) -> String {
    match condition {
        Condition::Leaf(leaf) => leaf.render(scope.columns),
        Condition::Computed(choices) => expression::write(choices, Kind::Boolean, scope)
            .unwrap_or_else(|| format!("{} is not null", expression::name(&scope.columns[0]))),
        Condition::Not(inner) => format!("not ({})", render(inner, scope)),
        Condition::Both(left, word, right) => {
            format!("({}) {word} ({})", render(left, scope), render(right, scope))
        }
    }
}

impl Leaf {
    fn render(&self, columns: &[Named]) -> String {
        let named = self.column.get(columns);
        let (name, kind) = (&expression::name(named), named.column.column_type.kind);
        let mut forms = self.of_kind(name, kind);
        forms.extend(self.null(named));
        if kind.is_ordered() || kind == Kind::Enum {
            let same: Vec<_> =
                columns.iter().filter(|it| it.column.column_type.text == named.column.column_type.text).collect();
            forms.push(format!("{name} {} {}", self.operator, expression::name(same[self.other.index(same.len())])));
        }
        self.form.get(&forms).clone()
    }

    /// A test for NULL: on a column that takes none, it would be a condition that says nothing, and yet is allowed.
    fn null(&self, named: &Named) -> Option<String> {
        let test = if self.negated { "is not null" } else { "is null" };
        let kind = named.column.column_type.kind;
        (named.column.nullable || !(kind.is_ordered() || kind == Kind::Enum))
            .then(|| format!("{} {test}", expression::name(named)))
    }

    fn of_kind(&self, name: &str, kind: Kind) -> Vec<String> {
        let (operator, number) = (self.operator, self.number);
        let not = if self.negated { "not " } else { "" };
        let high = i32::from(number) + 10;
        match kind {
            Kind::Integer => vec![
                format!("{name} {operator} {number}"),
                format!("{name} {not}between {number} and {high}"),
                format!("{name} {not}in (1, {number}, {high})"),
                format!("{name} % 7 {operator} {number} + 2 * 3"),
                format!("abs({name} - 1) {operator} {high}"),
                format!("case when {name} > {number} then {name} < {high} else true end"),
                format!("-{name} {operator} {number}"),
                format!("coalesce({name}, 0) {operator} {number}"),
                format!("({name} + 1) / 2 {operator} {number}"),
                format!("{name} as double > {number}.5"),
                format!("{name} as text != \"{number}\""),
            ],
            Kind::Decimal => vec![
                format!("{name} {operator} {number}.25"),
                format!("{name} * 2 {operator} {number}"),
                format!("{name} {not}between {number} and {high}.5"),
                format!("abs({name}) {operator} {high}"),
            ],
            Kind::Float => vec![format!("{name} {operator} {number}.5"), format!("{name} {operator} {number}")],
            Kind::Text => self.of_text(name),
            Kind::Enum => vec![format!("{name} {operator} v0"), format!("{name} {not}in (v0)")],
            Kind::Boolean => vec![name.to_owned(), format!("not {name}"), format!("{name} = {}", self.negated)],
            Kind::Date => vec![
                format!("{name} {operator} \"2024-02-29\""),
                format!("{name} {not}between \"2024-02-29\" and \"2025-01-01\""),
            ],
            Kind::Timestamp => vec![format!("{name} {operator} \"2024-02-29T12:30:00Z\"")],
            Kind::LocalTimestamp => vec![format!("{name} {operator} \"2024-02-29T12:30:00\"")],
            Kind::Bytes => vec![format!("byte_length({name}) {operator} {high}")],
            Kind::Uuid => vec![format!("{name} {operator} \"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"")],
            Kind::TextArray => vec![format!("array_contains({name}, {})", text::quoted(&self.text))],
            Kind::Json | Kind::IntegerArray | Kind::OtherArray | Kind::Foreign => vec![format!("{name} is not null")],
        }
    }

    fn of_text(&self, name: &str) -> Vec<String> {
        let (operator, text) = (self.operator, text::quoted(&self.text));
        let not = if self.negated { "not " } else { "" };
        let pattern = text::quoted(&format!("{}%_", self.text.replace('\\', "")));
        vec![
            format!("{name} {operator} {text}"),
            format!("{name} {not}in ({text}, \"b\")"),
            format!("{name} {not}like {pattern}"),
            format!("{name} ilike {pattern}"),
            format!("lower({name}) {operator} upper({text})"),
            format!("char_length({name}) {operator} {}", self.number),
            format!("{name} || {text} {operator} {name}"),
        ]
    }
}
