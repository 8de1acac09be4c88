//! The type of an expression's value: what the checker holds the parts of an expression to, and what tells the dialects
//! how to write it.
//!
//! Inference is small: a type depends on the parts of an expression, never on where it stands. Literals alone fit
//! themselves to what they stand beside.

use crate::{
    BinaryOperator, ColumnType, Expression, Literal, ScalarType, UnaryOperator,
    query::{AggregateFunction, Output},
    registry::{self, FunctionInfo, Nullability, ParameterType, ReturnType},
};

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueType {
    /// A portable type.
    Known(ColumnType),
    /// A whole number that was written: it becomes any number that holds it.
    IntegerLiteral {
        /// The least of 16, 32 and 64 that it fits.
        bits: u8,
    },
    /// A number with a point that was written: it becomes an exact or a floating-point number.
    DecimalLiteral,
    /// A text that was written: it becomes a text, a date, an instant or a UUID.
    TextLiteral,
    /// NULL, which is of every type.
    Null,
    /// Raw SQL and types that only a database knows: fits everything.
    Unknown,
}

/// The type of a value, and whether it may be NULL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    /// The type.
    pub value: ValueType,
    /// Whether it may be NULL.
    pub nullable: bool,
}

/// Types that stand for one another in an expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// `boolean`
    Boolean,
    /// `smallint`, `integer`, `bigint`
    Integer,
    /// `numeric`
    Numeric,
    /// `real`, `double`
    Float,
    /// `text`, `varchar`, `char`, enums
    Text,
    /// `bytes`
    Bytes,
    /// `uuid`
    Uuid,
    /// `date`
    Date,
    /// `timestamptz`
    Timestamp,
    /// `timestamp_local`
    LocalTimestamp,
    /// `time`
    Time,
    /// `interval`
    Interval,
    /// `json`, `jsonb`
    Json,
    /// An array.
    Array,
    /// Not known.
    Unknown,
}

impl ValueKind {
    /// What a value of this kind is, for messages.
    pub const fn title(self) -> &'static str {
        match self {
            ValueKind::Boolean => "a truth value",
            ValueKind::Integer => "a whole number",
            ValueKind::Numeric => "an exact number",
            ValueKind::Float => "a floating-point number",
            ValueKind::Text => "a text",
            ValueKind::Bytes => "bytes",
            ValueKind::Uuid => "a uuid",
            ValueKind::Date => "a date",
            ValueKind::Timestamp => "a timestamp",
            ValueKind::LocalTimestamp => "a local timestamp",
            ValueKind::Time => "a time of day",
            ValueKind::Interval => "an interval",
            ValueKind::Json => "JSON",
            ValueKind::Array => "an array",
            ValueKind::Unknown => "something",
        }
    }

    /// Whether it is a number.
    pub const fn is_number(self) -> bool {
        matches!(self, ValueKind::Integer | ValueKind::Numeric | ValueKind::Float)
    }

    /// Whether values of it have an order and an equality in both databases.
    pub const fn is_ordered(self) -> bool {
        !matches!(self, ValueKind::Json | ValueKind::Array)
    }
}

impl ValueType {
    /// What stands for it in an expression.
    pub fn kind(&self) -> ValueKind {
        match self {
            ValueType::Known(ColumnType { array: true, .. }) => ValueKind::Array,
            ValueType::Known(ColumnType { scalar, .. }) => scalar_kind(scalar),
            ValueType::IntegerLiteral { .. } => ValueKind::Integer,
            ValueType::DecimalLiteral => ValueKind::Numeric,
            ValueType::TextLiteral => ValueKind::Text,
            ValueType::Null | ValueType::Unknown => ValueKind::Unknown,
        }
    }

    /// The type, if it is that of a value that was not written.
    pub fn known(&self) -> Option<&ColumnType> {
        match self {
            ValueType::Known(it) => Some(it),
            _ => None,
        }
    }

    /// The type that a literal has on its own.
    #[must_use]
    pub fn settled(self) -> ValueType {
        match self {
            ValueType::IntegerLiteral { .. } => ScalarType::Bigint.into(),
            ValueType::DecimalLiteral => ScalarType::Numeric(None).into(),
            ValueType::TextLiteral => ScalarType::Text.into(),
            other => other,
        }
    }

    /// The type in which numbers of this one are computed: 64 bits, 38 digits, or a double.
    #[must_use]
    pub fn widened(self) -> ValueType {
        match self.kind() {
            ValueKind::Integer => ScalarType::Bigint.into(),
            ValueKind::Numeric => ScalarType::Numeric(None).into(),
            ValueKind::Float => ScalarType::Double.into(),
            _ => self,
        }
    }

    /// The type that values of both can have, `None` where there is none.
    #[must_use]
    pub fn common(&self, other: &ValueType) -> Option<ValueType> {
        use ValueType::{Known, Null, TextLiteral, Unknown};
        if self == other {
            return Some(self.clone());
        }
        let (one, two) = (self.kind(), other.kind());
        match (self, other) {
            (Null, it) | (it, Null) => return Some(it.clone()),
            (Unknown, _) | (_, Unknown) => return Some(Unknown),
            (TextLiteral, it) | (it, TextLiteral) if it.takes_text_literals() => return Some(it.clone()),
            (Known(one), Known(two)) if one.array && two.array => {
                let element = |it: &ColumnType| Known(ColumnType::scalar(it.scalar.clone()));
                return match element(one).common(&element(two))? {
                    Known(it) => Some(Known(ColumnType { scalar: it.scalar, array: true })),
                    other => Some(other),
                };
            }
            _ => {}
        }
        match (one, two) {
            (ValueKind::Unknown, _) | (_, ValueKind::Unknown) => Some(Unknown),
            _ if one.is_number() && two.is_number() => Some(common_number(self, other)),
            (ValueKind::Text, ValueKind::Text) => Some(ScalarType::Text.into()),
            (ValueKind::Json, ValueKind::Json) => Some(ScalarType::Jsonb.into()),
            (ValueKind::Bytes, ValueKind::Bytes) => Some(ScalarType::Bytes(None).into()),
            (ValueKind::Timestamp, ValueKind::Timestamp) => Some(ScalarType::Timestamptz(None).into()),
            (ValueKind::LocalTimestamp, ValueKind::LocalTimestamp) => Some(ScalarType::TimestampLocal(None).into()),
            (ValueKind::Time, ValueKind::Time) => Some(ScalarType::Time(None).into()),
            _ => None,
        }
    }

    /// Whether a text that is written beside it becomes a value of it.
    fn takes_text_literals(&self) -> bool {
        use ValueKind::{Date, Interval, LocalTimestamp, Time, Timestamp, Uuid};
        matches!(self.kind(), Date | LocalTimestamp | Timestamp | Time | Interval | Uuid)
    }
}

impl From<ScalarType> for ValueType {
    fn from(scalar: ScalarType) -> Self {
        ValueType::Known(scalar.into())
    }
}

fn scalar_kind(scalar: &ScalarType) -> ValueKind {
    match scalar {
        ScalarType::Boolean => ValueKind::Boolean,
        ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint => ValueKind::Integer,
        ScalarType::Numeric(_) => ValueKind::Numeric,
        ScalarType::Real | ScalarType::Double => ValueKind::Float,
        ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_) | ScalarType::Enum(_) => ValueKind::Text,
        ScalarType::Bytes(_) => ValueKind::Bytes,
        ScalarType::Uuid => ValueKind::Uuid,
        ScalarType::Date => ValueKind::Date,
        ScalarType::Timestamptz(_) => ValueKind::Timestamp,
        ScalarType::TimestampLocal(_) => ValueKind::LocalTimestamp,
        ScalarType::Json | ScalarType::Jsonb => ValueKind::Json,
        ScalarType::Time(_) => ValueKind::Time,
        ScalarType::Interval => ValueKind::Interval,
        ScalarType::Native(_) => ValueKind::Unknown,
    }
}

/// The least of 16, 32 and 64 bits that a number fits.
fn bits(number: i64) -> u8 {
    match (i16::try_from(number), i32::try_from(number)) {
        (Ok(_), _) => 16,
        (_, Ok(_)) => 32,
        _ => 64,
    }
}

/// A literal becomes what the other side is, if that holds it; else the wider of both.
fn common_number(one: &ValueType, two: &ValueType) -> ValueType {
    if let (ValueType::IntegerLiteral { bits: one }, ValueType::IntegerLiteral { bits: two }) = (one, two) {
        return ValueType::IntegerLiteral { bits: *one.max(two) };
    }
    let rank = |it: &ValueType| match it.known().map(|it| &it.scalar) {
        Some(ScalarType::Smallint) => 1,
        Some(ScalarType::Integer) => 2,
        Some(ScalarType::Bigint) => 3,
        Some(ScalarType::Numeric(_)) => 4,
        Some(ScalarType::Real) => 5,
        Some(ScalarType::Double) => 6,
        _ => 0,
    };
    let (narrow, wide) = if rank(one) <= rank(two) { (one, two) } else { (two, one) };
    match (rank(narrow), rank(wide)) {
        (0, 0) => ValueType::DecimalLiteral,
        (0, 1..=3) => match narrow {
            ValueType::IntegerLiteral { bits: 64 } => ScalarType::Bigint.into(),
            ValueType::IntegerLiteral { bits: 32 } if rank(wide) == 1 => ScalarType::Integer.into(),
            ValueType::DecimalLiteral => ScalarType::Numeric(None).into(),
            _ => wide.clone(),
        },
        // Nobody knows whether it has so few digits.
        (0..=4, 4) => ScalarType::Numeric(None).into(),
        (1..=4, 5) => ScalarType::Double.into(),
        _ => wide.clone(),
    }
}

/// What the columns of an expression are: the type of each and whether it may be NULL; `None` of a name that is none.
pub type Columns<'a> = &'a dyn Fn(&str) -> Option<Typing>;

/// The type of an expression that was checked.
pub fn infer(expression: &Expression, columns: Columns<'_>) -> Typing {
    let all = |items: &[&Expression]| items.iter().any(|it| infer(it, columns).nullable);
    let typing = |value: ValueType, nullable| Typing { value, nullable };
    match expression {
        Expression::Literal(literal) => of_literal(literal),
        Expression::Column(name) => columns(name).unwrap_or(Typing::UNKNOWN),
        Expression::Call { function, arguments } => match registry::find_function(function) {
            Some(info) => of_call(info, &arguments.iter().map(|it| infer(it, columns)).collect::<Vec<_>>()),
            None => Typing::UNKNOWN,
        },
        Expression::Unary { operator, operand } => {
            let operand = infer(operand, columns);
            match operator {
                UnaryOperator::Not => typing(ScalarType::Boolean.into(), operand.nullable),
                UnaryOperator::Negate => typing(negated(operand.value), operand.nullable),
            }
        }
        Expression::Binary { operator, left, right } => match (&**left, &**right) {
            (Expression::Tuple(left), Expression::Tuple(right)) => {
                typing(ScalarType::Boolean.into(), all(&left.iter().chain(right).collect::<Vec<_>>()))
            }
            _ => of_binary(*operator, &infer(left, columns), &infer(right, columns)),
        },
        Expression::IsNull { .. } => typing(ScalarType::Boolean.into(), false),
        Expression::In { operand, list, .. } if matches!(**operand, Expression::Tuple(_)) => {
            let tuples = std::iter::once(&**operand).chain(list);
            typing(ScalarType::Boolean.into(), all(&tuples.flat_map(Expression::children).collect::<Vec<_>>()))
        }
        Expression::In { .. } | Expression::Between { .. } | Expression::Like { .. } => {
            typing(ScalarType::Boolean.into(), all(&expression.children()))
        }
        Expression::Case { branches, otherwise, .. } => {
            let values = branches.iter().map(|(_, then)| then).chain(otherwise.as_deref());
            let values: Vec<_> = values.map(|it| infer(it, columns)).collect();
            let nullable = otherwise.is_none() || values.iter().any(|it| it.nullable);
            typing(common_of(values.iter().map(|it| &it.value)), nullable)
        }
        Expression::Cast { operand, to } => typing(ValueType::Known(to.clone()), infer(operand, columns).nullable),
        Expression::List(items) => {
            let items: Vec<_> = items.iter().map(|it| infer(it, columns)).collect();
            let value = match common_of(items.iter().map(|it| &it.value)).settled() {
                ValueType::Known(it) if !it.array => ValueType::Known(ColumnType { scalar: it.scalar, array: true }),
                _ => ValueType::Unknown,
            };
            typing(value, false)
        }
        Expression::Sql(_) | Expression::Tuple(_) => Typing::UNKNOWN,
        Expression::Field(field) => typing(ValueType::Known(field.column_type.clone()), field.nullable),
        Expression::Parameter(it) => typing(ValueType::Known(it.column_type.clone()), it.nullable),
        Expression::Aggregate { function, argument, may_be_empty, .. } => {
            let argument = argument.as_ref().map(|it| infer(it, columns));
            of_aggregate(*function, argument.as_ref(), *may_be_empty)
        }
        Expression::Exists(_) => typing(ScalarType::Boolean.into(), false),
        Expression::Subquery(query) => match query.outputs.first().and_then(Output::expression) {
            // There is a row whatever it finds.
            Some(it) if query.is_grouped() && query.group_by.is_empty() && query.has_every_row() => infer(it, columns),
            Some(it) if query.finds_a_row => infer(it, columns),
            Some(it) => typing(infer(it, columns).value, true),
            None => Typing::UNKNOWN,
        },
        Expression::InQuery { operand, query, .. } => {
            let found = query.outputs.iter().filter_map(Output::expression);
            let operands = match &**operand {
                Expression::Tuple(items) => items.iter().collect(),
                other => vec![other],
            };
            let nullable = operands.into_iter().chain(found).any(|it| infer(it, columns).nullable);
            typing(ScalarType::Boolean.into(), nullable)
        }
        Expression::InArray { operand, array, .. } => {
            typing(ScalarType::Boolean.into(), infer(operand, columns).nullable || infer(array, columns).nullable)
        }
    }
}

/// The type of an aggregate over values of a type; of rows without one.
fn of_aggregate(function: AggregateFunction, argument: Option<&Typing>, may_be_empty: bool) -> Typing {
    let value = argument.map_or(ValueType::Unknown, |it| it.value.clone().settled());
    let nullable = may_be_empty || argument.is_some_and(|it| it.nullable);
    match function {
        AggregateFunction::Count => Typing { value: ScalarType::Bigint.into(), nullable: false },
        AggregateFunction::Sum => Typing { value: value.widened(), nullable },
        AggregateFunction::Avg => {
            let is_exact = value.kind() == ValueKind::Numeric;
            let value = if is_exact { value.widened() } else { ScalarType::Double.into() };
            Typing { value, nullable }
        }
        AggregateFunction::Min | AggregateFunction::Max => Typing { value, nullable },
    }
}

impl Typing {
    /// Of what nothing is known.
    pub const UNKNOWN: Typing = Typing { value: ValueType::Unknown, nullable: true };
}

/// A literal keeps being one.
fn negated(value: ValueType) -> ValueType {
    if value.known().is_some() { value.widened() } else { value }
}

fn of_literal(literal: &Literal) -> Typing {
    let value = match literal {
        Literal::Null => return Typing { value: ValueType::Null, nullable: true },
        Literal::Boolean(_) => ScalarType::Boolean.into(),
        Literal::Integer(it) => ValueType::IntegerLiteral { bits: bits(*it) },
        Literal::Decimal(_) => ValueType::DecimalLiteral,
        Literal::String(_) => ValueType::TextLiteral,
        Literal::Json(_) => ScalarType::Jsonb.into(),
    };
    Typing { value, nullable: false }
}

fn of_binary(operator: BinaryOperator, left: &Typing, right: &Typing) -> Typing {
    use BinaryOperator as Op;
    let value = match operator {
        Op::Concatenate => ScalarType::Text.into(),
        Op::Add | Op::Subtract | Op::Multiply | Op::Divide | Op::Remainder => {
            common_of([&left.value, &right.value]).settled().widened()
        }
        _ => ScalarType::Boolean.into(),
    };
    Typing { value, nullable: left.nullable || right.nullable }
}

/// The type that all have in common; unknown where they have none, which the checker refuses.
pub fn common_of<'a>(values: impl IntoIterator<Item = &'a ValueType>) -> ValueType {
    let mut common = ValueType::Null;
    for value in values {
        common = common.common(value).unwrap_or(ValueType::Unknown);
    }
    common
}

/// The type of a call whose arguments were checked.
pub fn of_call(info: &FunctionInfo, arguments: &[Typing]) -> Typing {
    let first = || arguments.first().map_or(ValueType::Unknown, |it| it.value.clone());
    let value = match info.returns {
        ReturnType::Common => common_argument(info, arguments.iter().map(|it| &it.value)).settled(),
        ReturnType::Wide => first().settled().widened(),
        ReturnType::FirstArgument => first().settled(),
        ReturnType::Element => match first() {
            ValueType::Known(it) => ValueType::Known(ColumnType::scalar(it.scalar)),
            other => other,
        },
        fixed => fixed.column_type().map_or(ValueType::Unknown, ValueType::Known),
    };
    let nullable = match info.nullability {
        Nullability::AnyArgument => arguments.iter().any(|it| it.nullable),
        Nullability::FirstArgument => arguments.first().is_some_and(|it| it.nullable),
        Nullability::AllArguments => arguments.iter().all(|it| it.nullable),
        Nullability::OtherArguments => arguments.iter().skip(1).any(|it| it.nullable),
        Nullability::Never => false,
        Nullability::Sometimes => true,
    };
    Typing { value, nullable }
}

/// The type that the arguments of one kind have in common, computed widely where they are numbers to compute with.
pub fn common_argument<'a>(info: &FunctionInfo, arguments: impl IntoIterator<Item = &'a ValueType>) -> ValueType {
    let is_shared =
        |index: usize, kinds: &[ParameterType]| info.parameter(index).is_some_and(|it| kinds.contains(&it.value));
    let shared = [ParameterType::Same, ParameterType::Ordered, ParameterType::Exact];
    let values = arguments.into_iter().enumerate().filter(|(index, _)| is_shared(*index, &shared));
    let common = common_of(values.map(|(_, value)| value));
    if is_shared(0, &[ParameterType::Exact]) { common.settled().widened() } else { common }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(scalar: ScalarType) -> ValueType {
        scalar.into()
    }

    #[test]
    fn literals_fit_themselves() {
        let date = known(ScalarType::Date);
        assert_eq!(date.common(&ValueType::TextLiteral), Some(date.clone()));
        assert_eq!(date.common(&known(ScalarType::Text)), None);
        let real = known(ScalarType::Real);
        assert_eq!(ValueType::DecimalLiteral.common(&real), Some(real));
        let numeric = known(ScalarType::Numeric(None));
        assert_eq!(ValueType::DecimalLiteral.common(&known(ScalarType::Integer)), Some(numeric));
    }

    #[test]
    fn a_literal_becomes_what_holds_it() {
        let common = |number, scalar| of_literal(&Literal::Integer(number)).value.common(&known(scalar));
        assert_eq!(common(-32_768, ScalarType::Smallint), Some(known(ScalarType::Smallint)));
        assert_eq!(common(70_000, ScalarType::Smallint), Some(known(ScalarType::Integer)));
        assert_eq!(common(5_000_000_000, ScalarType::Integer), Some(known(ScalarType::Bigint)));
        assert_eq!(common(5_000_000_000, ScalarType::Real), Some(known(ScalarType::Real)));
    }

    #[test]
    fn numbers_become_the_wider_one() {
        let common = |one, two| known(one).common(&known(two));
        assert_eq!(common(ScalarType::Smallint, ScalarType::Integer), Some(known(ScalarType::Integer)));
        assert_eq!(common(ScalarType::Bigint, ScalarType::Real), Some(known(ScalarType::Double)));
        assert_eq!(common(ScalarType::Text, ScalarType::Integer), None);
    }

    #[test]
    fn coalesce_is_null_when_all_are() {
        let value = |nullable| Typing { value: known(ScalarType::Integer), nullable };
        let coalesce = registry::find_function("coalesce").expect("it is registered");
        assert!(of_call(coalesce, &[value(true), value(true)]).nullable);
        assert!(!of_call(coalesce, &[value(true), value(false)]).nullable);
    }
}
