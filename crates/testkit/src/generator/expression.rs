//! Expressions of a wanted kind over the columns of a table, with every function and operator of the language.

use orm_model::{
    Targets,
    registry::{self, FunctionInfo, FunctionPlace, ParameterType, ReturnType, Volatility},
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{Named, column::Kind};

/// How many operators and calls stand inside one another at most; `fault` tries more.
const DEPTH: usize = 3;

/// What decides an expression while it is written, because only then it is known which columns there are. Whoever runs
/// out of choices takes the first of what is possible, so that fewer choices are a smaller expression.
#[derive(Debug, Clone)]
pub(super) struct Choices(Vec<u16>);

impl Choices {
    /// These choices.
    pub(super) fn of(choices: Vec<u16>) -> Self {
        Choices(choices)
    }
}

/// Any expression.
pub(super) fn choices() -> impl Strategy<Value = Choices> {
    vec(any::<u16>(), 1..20).prop_map(Choices)
}

/// Where an expression stands.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    /// The columns that it may read.
    pub(super) columns: &'a [Named],
    /// `None`: in a query, where every function may stand; then only those are called that give the same value each time.
    pub(super) place: Option<FunctionPlace>,
    /// The databases that have to take it.
    pub(super) targets: &'a Targets,
}

/// A kind of value that columns of the scope have and that has an order, or numbers where there are none.
pub(super) fn ordered_kind(choice: usize, scope: &Scope<'_>) -> Kind {
    let kinds: Vec<_> =
        scope.columns.iter().map(|it| it.column.column_type.kind).filter(|it| it.is_ordered()).collect();
    kinds.get(choice % kinds.len().max(1)).copied().unwrap_or(Kind::Integer)
}

/// An expression of this kind, which reads a column if there are columns; `None` where the scope has nothing of it.
pub(super) fn write(choices: &Choices, kind: Kind, scope: &Scope<'_>) -> Option<String> {
    let written = |has_constants| {
        let mut writer = Writer { choices: choices.0.iter(), scope, has_constants, reads: false };
        let value = writer.value(kind, DEPTH);
        value.filter(|_| writer.reads || scope.columns.is_empty())
    };
    written(true).or_else(|| written(false))
}

struct Writer<'a> {
    choices: std::slice::Iter<'a, u16>,
    scope: &'a Scope<'a>,
    /// Whether constants stand where a column could.
    has_constants: bool,
    /// Whether a column was read.
    reads: bool,
}

impl Writer<'_> {
    /// A number below `count`; the first one where there are no choices any more.
    fn choose(&mut self, count: usize) -> usize {
        self.choices.next().map_or(0, |it| usize::from(*it) % count.max(1))
    }

    fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> &'t T {
        from[self.choose(from.len())]
    }

    fn value(&mut self, kind: Kind, depth: usize) -> Option<String> {
        if depth == 0 {
            return self.leaf(kind);
        }
        let reads = self.reads;
        let compound = match self.choose(6) {
            0 | 1 => None,
            2..=4 => self.call(kind, depth),
            _ => self.operation(kind, depth),
        };
        compound.or_else(|| {
            // What was read for nothing.
            self.reads = reads;
            self.leaf(kind)
        })
    }

    /// A column, or seldom a constant.
    fn leaf(&mut self, kind: Kind) -> Option<String> {
        let is_constant = self.choose(4) == 3 && self.has_constants;
        if let Some(constant) = is_constant.then(|| self.constant(kind)).flatten() {
            return Some(constant);
        }
        let column = self.column(kind).or_else(|| (kind == Kind::Boolean).then(|| self.null_test()).flatten());
        column.or_else(|| self.constant(kind))
    }

    fn column(&mut self, kind: Kind) -> Option<String> {
        // Enums are texts to functions and operators.
        let fits = |it: &&Named| {
            let its = it.column.column_type.kind;
            its == kind || (kind == Kind::Text && its == Kind::Enum)
        };
        let columns: Vec<_> = self.scope.columns.iter().filter(fits).collect();
        self.reads |= !columns.is_empty();
        (!columns.is_empty()).then(|| name(columns[self.choose(columns.len())]))
    }

    fn any_column(&mut self) -> Option<String> {
        let columns = self.scope.columns;
        self.reads |= !columns.is_empty();
        (!columns.is_empty()).then(|| name(&columns[self.choose(columns.len())]))
    }

    fn null_test(&mut self) -> Option<String> {
        let column = self.any_column()?;
        Some(format!("{column} is {}null", self.pick(&["not ", ""])))
    }

    fn constant(&mut self, kind: Kind) -> Option<String> {
        let of_kind: &[&str] = match kind {
            Kind::Integer => &["1", "0", "7", "-3", "100"],
            Kind::Decimal => &["2.5", "-0.25", "100.125"],
            Kind::Float => &["1.5", "-0.5", "2.0"],
            Kind::Text => &["\"a'b\"", "\"\"", "\"é🙂\"", "\"x%_\\\\\"", "\"7\"", "\"2024-02-29\""],
            Kind::Boolean => &["true", "false"],
            Kind::Date => &["\"2024-02-29\"", "\"1999-12-31\""],
            Kind::Timestamp => &["\"2024-02-29T12:30:00Z\"", "\"1999-12-31T23:59:59.999999+05:30\""],
            Kind::LocalTimestamp => &["\"2024-02-29T12:30:00\""],
            Kind::Uuid => &["\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\""],
            Kind::TextArray => &["[\"a\", \"it's\"]", "[\"\"]"],
            Kind::IntegerArray => &["[1, 2]", "[-5]"],
            Kind::Bytes | Kind::Enum | Kind::Json | Kind::OtherArray | Kind::Foreign => return None,
        };
        Some(self.pick(of_kind).to_owned())
    }

    /// A call of a function that gives such a value and may stand here.
    fn call(&mut self, kind: Kind, depth: usize) -> Option<String> {
        let mut functions =
            registry::functions().filter(|it| self.may_stand(it) && gives(it, kind)).collect::<Vec<_>>();
        if functions.is_empty() {
            return None;
        }
        let info = functions.swap_remove(self.choose(functions.len()));
        let shared = self.shared(info, kind);
        let (least, most) = (info.least_arguments(), info.parameters.len() + usize::from(info.variadic));
        let count = least + self.choose(most - least + 1);
        let arguments = (0..count).map(|at| self.argument(info.parameter(at)?.value, shared, depth - 1));
        let arguments = arguments.collect::<Option<Vec<_>>>()?;
        if info.returns == ReturnType::Common && self.are_mere_texts(kind, &arguments) {
            return None;
        }
        Some(format!("{}({})", info.name, arguments.join(", ")))
    }

    fn may_stand(&self, info: &FunctionInfo) -> bool {
        match self.scope.place {
            Some(place) => self.scope.targets.dialects().all(|dialect| info.may_stand(place, dialect)),
            None => info.volatility == Volatility::Immutable,
        }
    }

    /// The kind that arguments have in common which can be of several.
    fn shared(&mut self, info: &FunctionInfo, wanted: Kind) -> Kind {
        match info.returns {
            ReturnType::Common | ReturnType::Wide | ReturnType::FirstArgument => wanted,
            ReturnType::Element if wanted == Kind::Integer => Kind::IntegerArray,
            ReturnType::Element => Kind::TextArray,
            _ if info.parameters.iter().any(|it| it.value == ParameterType::Array) => {
                [Kind::TextArray, Kind::IntegerArray][self.choose(2)]
            }
            _ => ordered_kind(self.choose(64), self.scope),
        }
    }

    fn argument(&mut self, parameter: ParameterType, shared: Kind, depth: usize) -> Option<String> {
        use ParameterType as P;
        let mut one_of = |kinds: &[Kind]| {
            if kinds.contains(&shared) { shared } else { kinds[self.choose(kinds.len())] }
        };
        let kind = match parameter {
            P::Pattern => return Some(self.pick(&["\"^[a-z]+$\"", "\"a|b\"", "\"x\""]).to_owned()),
            P::Key => return Some(self.pick(&["\"key\"", "\"a b\"", "\"it's\""]).to_owned()),
            P::Boolean => Kind::Boolean,
            P::Text => Kind::Text,
            P::Integer => Kind::Integer,
            P::Exact => one_of(&[Kind::Integer, Kind::Decimal]),
            P::Fraction => one_of(&[Kind::Decimal, Kind::Float]),
            P::Double => Kind::Float,
            P::Number => one_of(&[Kind::Integer, Kind::Decimal, Kind::Float]),
            P::Numeric => Kind::Decimal,
            P::Bytes => Kind::Bytes,
            P::TextOrBytes => one_of(&[Kind::Text, Kind::Bytes]),
            P::Date => Kind::Date,
            P::Timestamp => Kind::Timestamp,
            P::Moment => one_of(&[Kind::Date, Kind::Timestamp]),
            P::Json => Kind::Json,
            P::Jsonable => one_of(&[Kind::Text, Kind::Integer, Kind::Boolean, Kind::Date, Kind::Json]),
            P::Same | P::Ordered | P::Array => shared,
            P::TextArray => Kind::TextArray,
            P::IntegerArray => Kind::IntegerArray,
            P::Element if shared == Kind::IntegerArray => Kind::Integer,
            P::Element => Kind::Text,
        };
        let value = self.value(kind, depth)?;
        // A text that may be a day or an instant is a day.
        let is_unclear = parameter == P::Moment && kind == Kind::Timestamp && value.starts_with('"');
        (!is_unclear).then_some(value)
    }

    /// Whether nothing may say that texts are to be of this kind: beside a column they are dates, instants and UUIDs.
    fn are_mere_texts(&self, kind: Kind, values: &[String]) -> bool {
        let columns = self.scope.columns.iter().filter(|it| it.column.column_type.kind == kind);
        matches!(kind, Kind::Date | Kind::Timestamp | Kind::LocalTimestamp | Kind::Uuid)
            && !columns.map(name).any(|it| values.contains(&it))
    }

    fn operation(&mut self, kind: Kind, depth: usize) -> Option<String> {
        let inner = depth - 1;
        if self.choose(5) == 4 {
            let condition = self.value(Kind::Boolean, inner)?;
            let (one, other) = (self.value(kind, inner)?, self.value(kind, inner)?);
            let values = [one, other];
            let [one, other] = &values;
            return (!self.are_mere_texts(kind, &values))
                .then(|| format!("(case when {condition} then {one} else {other} end)"));
        }
        match kind {
            Kind::Integer if self.choose(6) == 5 => {
                Some(format!("(({}) as bigint)", self.value(Kind::Decimal, inner)?))
            }
            Kind::Text if self.choose(3) == 2 => Some(format!("(({}) as text)", self.value(Kind::Integer, inner)?)),
            Kind::Float if self.choose(3) == 2 => Some(format!("(({}) as double)", self.value(Kind::Integer, inner)?)),
            Kind::Date if self.choose(2) == 1 => {
                let instant = [self.value(Kind::Timestamp, inner)?];
                (!self.are_mere_texts(Kind::Timestamp, &instant)).then(|| format!("({} as date)", instant[0]))
            }
            Kind::Integer if self.choose(6) == 5 => Some(format!("(-{})", self.value(kind, inner)?)),
            Kind::Integer => self.joined(kind, &["+", "-", "*", "/", "%"], inner),
            Kind::Decimal | Kind::Float => self.joined(kind, &["+", "-", "*", "/"], inner),
            Kind::Text => self.joined(kind, &["||"], inner),
            Kind::Boolean => self.condition(inner),
            _ => None,
        }
    }

    fn joined(&mut self, kind: Kind, operators: &[&str], depth: usize) -> Option<String> {
        let operator = self.pick(operators);
        let (left, right) = (self.value(kind, depth)?, self.value(kind, depth)?);
        Some(format!("({left} {operator} {right})"))
    }

    fn condition(&mut self, depth: usize) -> Option<String> {
        match self.choose(10) {
            0 => self.joined(Kind::Boolean, &["and", "or"], depth),
            1 => Some(format!("(not {})", self.value(Kind::Boolean, depth)?)),
            2 => self.null_test().map(|it| format!("({it})")),
            3 => {
                let (text, not) = (self.value(Kind::Text, depth)?, self.pick(&["", "not "]));
                let (word, pattern) = (self.pick(&["like", "ilike"]), self.pick(&["\"a%\"", "\"_b'%\"", "\"é\""]));
                Some(format!("({text} {not}{word} {pattern})"))
            }
            4 => {
                let kind = ordered_kind(self.choose(64), self.scope);
                let (value, not) = (self.value(kind, depth)?, self.pick(&["", "not "]));
                let (low, high) = (self.constant(kind)?, self.constant(kind)?);
                let is_list = self.choose(2) == 1;
                Some(if is_list {
                    format!("({value} {not}in ({low}, {high}))")
                } else {
                    format!("({value} {not}between {low} and {high})")
                })
            }
            5 => {
                let (column, operator) = (self.column(Kind::Json)?, self.pick(&["=", "!=", ">"]));
                let value = self.pick(&["\"dark\"", "3", "\"\""]);
                Some(format!("({column}.theme.kind {operator} {value})"))
            }
            6 => {
                let (column, form) =
                    (self.column(Kind::Enum)?, self.pick(&["= v0", "!= v0", "in (v0)", "is not null"]));
                Some(format!("({column} {form})"))
            }
            _ => {
                let kind = ordered_kind(self.choose(64), self.scope);
                let operators: &[&str] = &["=", "!=", "<", "<=", ">", ">="];
                self.joined(kind, operators, depth)
            }
        }
    }
}

/// The name as an expression can hold it: `end` would end a `case`.
pub(super) fn name(column: &Named) -> String {
    if column.name == "end" { "`end`".to_owned() } else { column.name.clone() }
}

/// Whether a call can have a value of this kind.
fn gives(info: &FunctionInfo, kind: Kind) -> bool {
    match info.returns {
        ReturnType::Boolean => kind == Kind::Boolean,
        ReturnType::Integer | ReturnType::Bigint => kind == Kind::Integer,
        ReturnType::Double => kind == Kind::Float,
        ReturnType::Numeric => kind == Kind::Decimal,
        ReturnType::Text => kind == Kind::Text,
        ReturnType::Bytes => kind == Kind::Bytes,
        ReturnType::Uuid => kind == Kind::Uuid,
        ReturnType::Date => kind == Kind::Date,
        ReturnType::Timestamptz => kind == Kind::Timestamp,
        ReturnType::Jsonb => kind == Kind::Json,
        ReturnType::TextArray => kind == Kind::TextArray,
        ReturnType::Common => kind.is_ordered() && info.parameters.iter().any(|it| takes(it.value, kind)),
        ReturnType::Wide => info.parameters.first().is_some_and(|it| takes(it.value, kind)),
        ReturnType::Element => matches!(kind, Kind::Text | Kind::Integer),
        ReturnType::FirstArgument => info.parameters.first().is_some_and(|it| takes(it.value, kind)),
    }
}

/// Whether an argument of this kind may stand for the parameter.
fn takes(parameter: ParameterType, kind: Kind) -> bool {
    use ParameterType as P;
    match parameter {
        P::Exact => matches!(kind, Kind::Integer | Kind::Decimal),
        P::Fraction => matches!(kind, Kind::Decimal | Kind::Float),
        P::Number => matches!(kind, Kind::Integer | Kind::Decimal | Kind::Float),
        P::Integer => kind == Kind::Integer,
        P::Numeric => kind == Kind::Decimal,
        P::Double => kind == Kind::Float,
        P::Text => kind == Kind::Text,
        P::TextOrBytes => matches!(kind, Kind::Text | Kind::Bytes),
        P::Bytes => kind == Kind::Bytes,
        P::Date => kind == Kind::Date,
        P::Timestamp => kind == Kind::Timestamp,
        P::Moment => matches!(kind, Kind::Date | Kind::Timestamp),
        P::Json => kind == Kind::Json,
        P::Boolean => kind == Kind::Boolean,
        P::Array => matches!(kind, Kind::TextArray | Kind::IntegerArray),
        P::TextArray => kind == Kind::TextArray,
        P::IntegerArray => kind == Kind::IntegerArray,
        P::Same | P::Ordered | P::Jsonable => kind.is_ordered(),
        P::Pattern | P::Key | P::Element => false,
    }
}
