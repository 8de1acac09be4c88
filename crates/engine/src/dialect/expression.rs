//! Expressions as SQL: defaults and checks of tables, and what queries are made of.
//!
//! The printer is shared: SQL's operators, their order of precedence, CASE, IN, BETWEEN are the same in both databases.
//! Where they differ it asks the [`ExpressionDialect`]. What only queries have stands in files of its own:
//! [`aggregate`], [`comparison`] (texts and floating-point numbers by size, tuples) and [`membership`] (`in`, `exists`).
//! There the [query writer](crate::query) adds its own methods to the printer.

mod aggregate;
mod comparison;
mod membership;

pub use aggregate::AggregateText;

use orm_model::{
    BinaryOperator, ColumnType, Dialect, Expression, Literal, ObjectName, ScalarType, Schema, Targets, Typing,
    UnaryOperator, ValueKind, ValueType,
    query::{Field, Parameter},
    registry::{self, Category, FunctionInfo, ParameterType, ReturnType},
    typing,
};

use super::functions::{self, Arguments, CastText, FunctionText, Printed};
use crate::query::{QueryDialect, QueryScope, marks};

/// How one database writes names, literals, functions and the operators that differ.
pub trait ExpressionDialect: QueryDialect + Send + Sync {
    /// Which database it is.
    fn expression_dialect(&self) -> Dialect;

    /// An identifier, quoted where the dialect wants it.
    fn quote(&self, name: &str) -> String;

    /// A text as a literal.
    fn string(&self, text: &str) -> String;

    /// `true` or `false`.
    fn boolean(&self, value: bool) -> &'static str;

    /// A number that is no 64-bit integer, for a value of type `hint`.
    fn decimal(&self, text: &str, hint: Option<&ScalarType>) -> String;

    /// A whole number for a value of type `hint`.
    fn integer(&self, value: i64, hint: Option<&ScalarType>) -> String;

    /// A text for a value of type `hint`: a date, bytes, a UUID, …
    fn typed_string(&self, text: &str, hint: Option<&ScalarType>) -> String;

    /// A JSON value.
    fn json(&self, text: &str) -> String;

    /// A list as the value of an array; `items` are literals.
    fn list(&self, items: &[String], element: Option<&str>) -> String;

    /// The texts of the functions of the registry, by category.
    fn functions(&self) -> &'static [&'static [FunctionText]];

    /// A function that options of the target write in another way than its text.
    fn option_text(&self, _function: &str, _targets: &Targets) -> Option<&'static str> {
        None
    }

    /// The conversions that are no plain `CAST`.
    fn casts(&self) -> &'static [CastText];

    /// Whether `/` between whole numbers cuts the result towards zero.
    fn divides_integers(&self) -> bool;

    /// The result of arithmetic with exact numbers, in the digits that both databases have.
    fn exact(&self, text: String) -> String {
        text
    }

    /// The type as `CAST(x AS type)` writes it.
    fn cast_type(&self, column_type: &ColumnType, targets: &Targets) -> Option<String>;

    /// The SQL type of an array of `element`.
    fn array_type(&self, element: &str) -> String;

    /// A table or index, with its schema.
    fn object(&self, name: &ObjectName) -> String {
        match &name.schema {
            Some(schema) => format!("{}.{}", self.quote(schema), self.quote(&name.name)),
            None => self.quote(&name.name),
        }
    }

    /// Names of columns, separated by commas.
    fn columns(&self, names: &[String]) -> String {
        names.iter().map(|name| self.quote(name)).collect::<Vec<_>>().join(", ")
    }
}

/// What an expression stands in.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The schema, for the storage of enums.
    pub schema: &'a Schema,
    /// The options of the databases.
    pub targets: &'a Targets,
    /// Whose columns it reads.
    pub place: Place<'a>,
}

/// Whose columns an expression reads.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// Those of a table: a default, a check, an index.
    Table(&'a orm_model::Table),
    /// Those of the sources of a query.
    Query(&'a QueryScope<'a>),
}

impl<'a> Scope<'a> {
    /// The scope of what a table is made of.
    pub const fn of_table(schema: &'a Schema, targets: &'a Targets, table: &'a orm_model::Table) -> Self {
        Scope { schema, targets, place: Place::Table(table) }
    }

    /// The query, in one.
    pub(crate) const fn query(&self) -> Option<&'a QueryScope<'a>> {
        match self.place {
            Place::Query(query) => Some(query),
            Place::Table(_) => None,
        }
    }

    /// The column of the schema that an expression is, if it is one.
    fn column(&self, expression: &Expression) -> Option<&'a orm_model::Column> {
        match (expression, self.place) {
            (Expression::Column(name), Place::Table(table)) => table.column(name),
            (Expression::Field(field), Place::Query(query)) => {
                self.schema.tables.get(query.table(&field.source)?)?.column(&field.column)
            }
            _ => None,
        }
    }

    /// The type of an expression, enums as what stores them.
    pub(crate) fn typing(&self, expression: &Expression) -> Typing {
        let column = |name: &str| {
            let Place::Table(table) = self.place else { return None };
            let column = table.column(name)?;
            Some(Typing { value: ValueType::Known(self.stored(&column.column_type)), nullable: column.nullable })
        };
        let typing = typing::infer(expression, &column);
        match &typing.value {
            ValueType::Known(it) => Typing { value: ValueType::Known(self.stored(it)), ..typing },
            _ => typing,
        }
    }

    /// The type with an enum as what stores it.
    pub(crate) fn stored(&self, column_type: &ColumnType) -> ColumnType {
        ColumnType { scalar: storage(self.schema, &column_type.scalar).clone(), array: column_type.array }
    }

    pub(crate) fn value(&self, expression: &Expression) -> ValueType {
        self.typing(expression).value
    }

    /// The type that a literal beside the expression takes: none of its own, if it is a literal.
    fn type_of(&self, expression: &Expression) -> Option<ScalarType> {
        self.value(expression).known().map(|it| it.scalar.clone())
    }

    /// The type of the value of an expression. Where nothing in it tells, it is a text.
    pub(super) fn value_type(&self, expression: &Expression) -> ScalarType {
        let settled = self.value(expression).settled();
        settled.known().map_or(ScalarType::Text, |it| storage(self.schema, &it.scalar).clone())
    }

    fn is_integer(&self, expression: &Expression) -> bool {
        self.value(expression).kind() == ValueKind::Integer
    }
}

/// How `dialect` writes expressions.
pub fn dialect_of(dialect: Dialect) -> &'static dyn ExpressionDialect {
    super::of(dialect)
}

fn is_arithmetic(operator: BinaryOperator) -> bool {
    use BinaryOperator::{Add, Concatenate, Divide, Multiply, Remainder, Subtract};
    matches!(operator, Add | Subtract | Multiply | Divide | Remainder | Concatenate)
}

/// The type that an enum is in `dialect`; `None` where it is stored as a text.
pub fn native_enum(dialect: Dialect, declared: &orm_model::Enum) -> Option<&ObjectName> {
    declared.native.as_ref().filter(|_| dialect.capabilities().native_enums)
}

/// The type that holds a value: an enum's storage, or the type itself.
pub fn storage<'a>(schema: &'a Schema, scalar: &'a ScalarType) -> &'a ScalarType {
    match scalar {
        ScalarType::Enum(name) => schema.enums.get(name).map_or(&ScalarType::Text, |it| &it.storage),
        other => other,
    }
}

/// Whether the expression has a text in `dialect`: no `sql("…")` in it lacks one.
pub fn is_written_for(expression: &Expression, dialect: Dialect) -> bool {
    let mut written = true;
    expression.walk(&mut |it| {
        if let Expression::Sql(text) = it {
            written &= text.get(dialect).is_some();
        }
    });
    written
}

/// The text of a default of a column of this type.
pub fn default_text(
    dialect: &dyn ExpressionDialect,
    scope: Scope<'_>,
    expression: &Expression,
    column_type: &ColumnType,
) -> String {
    let hint = storage(scope.schema, &column_type.scalar);
    if let Expression::List(items) = expression {
        let declared = match &column_type.scalar {
            ScalarType::Enum(name) => scope.schema.enums.get(name),
            _ => None,
        };
        let printer = Printer { dialect, scope };
        let Some(name) = declared.and_then(|it| native_enum(dialect.expression_dialect(), it)) else {
            return printer.list(items, Some(hint));
        };
        let items = items.iter().map(|item| printer.print(item, Some(hint)).0).collect::<Vec<_>>();
        return dialect.list(&items, Some(&dialect.object(name)));
    }
    Printer { dialect, scope }.print(expression, Some(hint)).0
}

/// The text of a condition.
pub fn condition_text(dialect: &dyn ExpressionDialect, scope: Scope<'_>, expression: &Expression) -> String {
    Printer { dialect, scope }.print(expression, None).0
}

/// How tightly an expression holds together: PostgreSQL's order, which Spanner shares where it has the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    Or,
    And,
    Not,
    Is,
    Compare,
    Match,
    Concatenate,
    Sum,
    Product,
    Sign,
    Atom,
}

/// Writes one expression, or one query.
pub(crate) struct Printer<'a> {
    pub(crate) dialect: &'a dyn ExpressionDialect,
    pub(crate) scope: Scope<'a>,
}

impl Printer<'_> {
    pub(crate) fn print(&self, expression: &Expression, hint: Option<&ScalarType>) -> Printed {
        match expression {
            Expression::Literal(literal) => self.literal(literal, hint),
            // What an enum does not do itself, its text does.
            Expression::Column(name) if self.native_enum(expression).is_some() => {
                (format!("{}::text", self.dialect.quote(name)), Strength::Atom)
            }
            Expression::Column(name) => (self.dialect.quote(name), Strength::Atom),
            Expression::Field(field) => self.field(field),
            Expression::Parameter(parameter) => (self.parameter(parameter), Strength::Atom),
            Expression::Call { function, arguments } => self.call(function, arguments),
            Expression::Unary { operator, operand } => self.unary(*operator, operand, hint),
            Expression::Binary { operator, left, right } => self.binary(*operator, left, right, hint),
            Expression::IsNull { operand, negated } => {
                let operand = self.bare(operand).unwrap_or_else(|| self.tight(operand, None));
                (format!("{operand} IS {}NULL", not(*negated)), Strength::Is)
            }
            Expression::In { operand, list, negated } => self.is_in(operand, list, *negated),
            Expression::Between { operand, low, high, negated } => self.between(operand, low, high, *negated),
            Expression::Like { operand, pattern, negated } => {
                let (left, right) = (self.tight(operand, None), self.tight(pattern, None));
                (format!("{left} {}LIKE {right}", not(*negated)), Strength::Match)
            }
            Expression::Case { operand, branches, otherwise } => {
                self.case(operand.as_deref(), branches, otherwise.as_deref(), hint)
            }
            Expression::Cast { operand, to } => self.cast(operand, to),
            // Whole numbers have 64 bits, also where nothing beside them says so.
            Expression::List(items) if hint.is_none_or(|it| *it == ScalarType::Bigint) && self.are_whole(items) => {
                (self.list(items, Some(&ScalarType::Bigint)), Strength::Atom)
            }
            Expression::List(items) => {
                let items = items.iter().map(|item| self.print(item, hint).0).collect::<Vec<_>>();
                (self.dialect.list(&items, None), Strength::Atom)
            }
            Expression::Sql(text) => match text.get(self.dialect.expression_dialect()) {
                Some(text) => self.raw(text),
                None => self.refuse("there is no `sql(…)` for it"),
            },
            Expression::Aggregate { function, argument, distinct, .. } => {
                self.aggregate(*function, argument.as_deref(), *distinct)
            }
            Expression::Tuple(items) => (self.tuple(items, &[]), Strength::Atom),
            Expression::Exists(query) => (format!("EXISTS {}", self.subquery(query)), Strength::Atom),
            Expression::Subquery(query) => (self.subquery(query), Strength::Atom),
            Expression::InQuery { operand, query, negated } => self.in_query(operand, query, *negated),
            Expression::InArray { operand, array, negated } => self.in_array(operand, array, *negated),
        }
    }

    /// `source.column`
    fn field(&self, field: &Field) -> Printed {
        let name = self.field_name(field);
        let native = self.native_enum_named(&field.column_type.scalar);
        let column = self.scope.column(&Expression::Field(field.clone()));
        let is_other = column.is_some_and(|it| it.physical_type.get(self.dialect.expression_dialect()).is_some());
        match native.filter(|_| !is_other) {
            // What an enum does not do itself, its text does.
            Some(_) if field.column_type.array => (format!("{name}::text[]"), Strength::Atom),
            Some(_) => (format!("{name}::text"), Strength::Atom),
            None => (name, Strength::Atom),
        }
    }

    pub(crate) fn field_name(&self, field: &Field) -> String {
        format!("{}.{}", self.dialect.quote(self.shown(&field.source)), self.dialect.quote(&field.column))
    }

    /// What the text calls a source.
    pub(crate) fn shown<'n>(&'n self, source: &'n str) -> &'n str {
        self.scope.query().map_or(source, |it| it.shown(source))
    }

    /// A parameter, whose type is always said where the database asks for it.
    fn parameter(&self, parameter: &Parameter) -> String {
        let name = marks::parameter(&parameter.name);
        match self.dialect.parameter_type(&self.scope.stored(&parameter.column_type)) {
            Some(written) => format!("{name}::{written}"),
            None => name,
        }
    }

    /// Notes what the database cannot do; the text is nobody's then.
    pub(crate) fn refuse(&self, reason: &str) -> Printed {
        if let Some(query) = self.scope.query() {
            query.refuse(reason);
        }
        ("NULL".to_owned(), Strength::Atom)
    }

    /// Notes what the checker does not let through; the text is nobody's then.
    pub(crate) fn unchecked(&self, reason: &str) -> Printed {
        if let Some(query) = self.scope.query() {
            query.unchecked(reason);
        }
        ("NULL".to_owned(), Strength::Atom)
    }

    pub(crate) fn native_enum_named(&self, scalar: &ScalarType) -> Option<&orm_model::Enum> {
        let ScalarType::Enum(name) = scalar else { return None };
        let declared = self.scope.schema.enums.get(name)?;
        native_enum(self.dialect.expression_dialect(), declared).map(|_| declared)
    }

    fn are_whole(&self, items: &[Expression]) -> bool {
        !items.is_empty() && items.iter().all(|it| self.scope.value(it).kind() == ValueKind::Integer)
    }

    /// The text of an operand that must hold together at least as tightly as `least`.
    pub(crate) fn operand(&self, expression: &Expression, hint: Option<&ScalarType>, least: Strength) -> String {
        parenthesized(self.print(expression, hint), least)
    }

    /// The enum of a column that is one of the database.
    fn native_enum(&self, expression: &Expression) -> Option<&orm_model::Enum> {
        let column = self.scope.column(expression)?;
        let is_other = column.physical_type.get(self.dialect.expression_dialect()).is_some();
        if is_other || column.column_type.array { None } else { self.native_enum_named(&column.column_type.scalar) }
    }

    /// A column that is an enum of the database, as such.
    pub(crate) fn bare(&self, expression: &Expression) -> Option<String> {
        match expression {
            Expression::Column(name) => self.native_enum(expression).map(|_| self.dialect.quote(name)),
            Expression::Field(field) => self.native_enum(expression).map(|_| self.field_name(field)),
            _ => None,
        }
    }

    /// A parameter as an enum of the database, or an array of it.
    pub(crate) fn enum_parameter(&self, expression: &Expression, native: &orm_model::Enum) -> Option<String> {
        let Expression::Parameter(it) = expression else { return None };
        let is_same = it.column_type.scalar == ScalarType::Enum(native.name.clone());
        let name = native.native.as_ref().filter(|_| is_same)?;
        let name = self.enum_type(name, it.column_type.array);
        Some(format!("{}::{name}", marks::parameter(&it.name)))
    }

    /// The type that an enum is in the database, or an array of it.
    pub(crate) fn enum_type(&self, name: &ObjectName, array: bool) -> String {
        let name = self.dialect.object(name);
        if array { self.dialect.array_type(&name) } else { name }
    }

    /// A column and values of its enum, as such: they compare without their texts.
    fn enum_operands(&self, operand: &Expression, others: &[&Expression]) -> Option<(String, Vec<String>)> {
        let native = self.native_enum(operand)?;
        let other = |it: &&Expression| match it {
            Expression::Literal(Literal::String(text)) => {
                native.values.iter().any(|value| value.stored == *text).then(|| self.dialect.string(text))
            }
            other => match self.enum_parameter(other, native) {
                Some(parameter) => Some(parameter),
                None => self.bare(other).filter(|_| self.native_enum(other) == Some(native)),
            },
        };
        Some((self.bare(operand)?, others.iter().map(other).collect::<Option<_>>()?))
    }

    /// An operand of IN, BETWEEN, LIKE and IS, which neither nest nor chain without parentheses. Nor do comparisons with any
    /// of them in Spanner.
    fn tight(&self, expression: &Expression, hint: Option<&ScalarType>) -> String {
        self.operand(expression, hint, Strength::Concatenate)
    }

    fn literal(&self, literal: &Literal, hint: Option<&ScalarType>) -> Printed {
        let text = match literal {
            Literal::Null => "NULL".to_owned(),
            Literal::Boolean(value) => self.dialect.boolean(*value).to_owned(),
            Literal::Integer(value) => self.dialect.integer(*value, hint),
            Literal::Decimal(text) => self.dialect.decimal(text, hint),
            Literal::String(text) => self.dialect.typed_string(text, hint),
            Literal::Json(text) => self.dialect.json(text),
        };
        let strength = if text.starts_with('-') { Strength::Sign } else { Strength::Atom };
        (text, strength)
    }

    fn raw(&self, text: &str) -> Printed {
        let is_atom = text.chars().all(|it| it.is_alphanumeric() || it == '_');
        (text.to_owned(), if is_atom { Strength::Atom } else { Strength::Or })
    }

    /// A function of the registry; one that it does not have is written as it stands.
    fn call(&self, function: &str, arguments: &[Expression]) -> Printed {
        let Some(info) = registry::find_function(function) else {
            let arguments = arguments.iter().map(|it| self.print(it, None).0).collect::<Vec<_>>();
            return (format!("{function}({})", arguments.join(", ")), Strength::Atom);
        };
        if let Some(text) = self.dialect.option_text(function, self.scope.targets) {
            return (text.to_owned(), Strength::Atom);
        }
        let values: Vec<_> = arguments.iter().map(|it| self.scope.value(it)).collect();
        let common = typing::common_argument(info, &values);
        let kind = match common.kind() {
            ValueKind::Unknown => values.first().map_or(ValueKind::Unknown, ValueType::kind),
            kind => kind,
        };
        let printed: Vec<_> =
            arguments.iter().enumerate().map(|(index, it)| self.argument(info, index, it, &values, &common)).collect();
        let arguments = Arguments { expressions: arguments, printed: &printed, kind };
        let mut texts = self.dialect.functions().iter().flat_map(|it| it.iter());
        let text = texts.find(|it| it.name == function).and_then(|it| it.expand(&arguments));
        (text.unwrap_or_else(|| format!("{function}()")), Strength::Atom)
    }

    /// An argument, converted to the type that its parameter computes with.
    fn argument(
        &self,
        info: &FunctionInfo,
        index: usize,
        argument: &Expression,
        values: &[ValueType],
        common: &ValueType,
    ) -> Printed {
        let value = &values[index];
        let first = values[0].known();
        let wanted = match info.parameter(index).map(|it| it.value) {
            Some(ParameterType::Number | ParameterType::Fraction) => Some(value.clone().settled().widened()),
            Some(ParameterType::Double) => Some(ScalarType::Double.into()),
            Some(ParameterType::Numeric) => Some(ScalarType::Numeric(None).into()),
            Some(ParameterType::Integer) if info.returns == ReturnType::Bigint => Some(ScalarType::Bigint.into()),
            Some(ParameterType::Exact) => Some(common.clone()),
            Some(ParameterType::Json) => Some(ScalarType::Jsonb.into()),
            Some(ParameterType::Same) if common.kind() == ValueKind::Json => Some(common.clone()),
            // A text alone has no type that a function of any type could take.
            Some(ParameterType::Jsonable) if *value == ValueType::TextLiteral => Some(ScalarType::Text.into()),
            // A conversion of a constant would be tried before the pattern that guards it.
            Some(ParameterType::Text) if info.category == Category::Conversion && *value == ValueType::TextLiteral => {
                Some(ScalarType::Text.into())
            }
            Some(ParameterType::Array) => first.cloned().map(ValueType::Known),
            _ => None,
        };
        let hint = match info.parameter(index).map(|it| it.value) {
            Some(ParameterType::Same | ParameterType::Ordered) => common.known().map(|it| it.scalar.clone()),
            Some(ParameterType::Element) => first.map(|it| it.scalar.clone()),
            _ => wanted.as_ref().and_then(|it| it.known()).map(|it| it.scalar.clone()),
        };
        if let Expression::List(items) = argument {
            return (self.list(items, hint.as_ref()), Strength::Atom);
        }
        let printed = self.print(argument, hint.as_ref());
        if let (Expression::Literal(Literal::Json(_)), Some(json)) =
            (argument, self.dialect.cast_type(&ScalarType::Jsonb.into(), self.scope.targets))
        {
            return (format!("CAST({} AS {json})", printed.0), Strength::Atom);
        }
        match wanted.as_ref().and_then(ValueType::known) {
            Some(wanted) => self.converted(printed, value, wanted),
            None => printed,
        }
    }

    /// A value as another type of its kind, where the database tells the two apart.
    fn converted(&self, printed: Printed, value: &ValueType, wanted: &ColumnType) -> Printed {
        let written = match value {
            ValueType::TextLiteral => {
                let wanted = self.dialect.cast_type(wanted, self.scope.targets);
                return wanted.map_or(printed.clone(), |it| (format!("CAST({} AS {it})", printed.0), Strength::Atom));
            }
            ValueType::Known(it) => it.clone(),
            ValueType::IntegerLiteral { .. } => ScalarType::Integer.into(),
            ValueType::DecimalLiteral => ScalarType::Numeric(None).into(),
            _ => return printed,
        };
        let becomes_exact = matches!(wanted.scalar, ScalarType::Numeric(_)) && value.kind() != ValueKind::Float;
        let name = |it: &ColumnType| self.dialect.cast_type(it, self.scope.targets);
        match name(wanted) {
            Some(wanted) if !becomes_exact && name(&written).is_some_and(|written| written != wanted) => {
                (format!("CAST({} AS {wanted})", printed.0), Strength::Atom)
            }
            _ => printed,
        }
    }

    pub(crate) fn list(&self, items: &[Expression], element: Option<&ScalarType>) -> String {
        let items = items.iter().map(|item| self.print(item, element).0).collect::<Vec<_>>();
        let element =
            element.and_then(|it| self.dialect.cast_type(&ColumnType::scalar(it.clone()), self.scope.targets));
        self.dialect.list(&items, element.as_deref())
    }

    fn unary(&self, operator: UnaryOperator, operand: &Expression, hint: Option<&ScalarType>) -> Printed {
        match operator {
            UnaryOperator::Not => (format!("NOT {}", self.operand(operand, None, Strength::Not)), Strength::Not),
            // `--` begins a comment, so a sign never stands before a sign.
            UnaryOperator::Negate => {
                let value = self.scope.value(operand);
                let printed = match value.clone().widened() {
                    ValueType::Known(wide) if value.known().is_some() => {
                        self.converted(self.print(operand, hint), &value, &wide)
                    }
                    _ => self.print(operand, hint),
                };
                (format!("-{}", parenthesized(printed, Strength::Atom)), Strength::Sign)
            }
        }
    }

    fn binary(
        &self,
        operator: BinaryOperator,
        left: &Expression,
        right: &Expression,
        hint: Option<&ScalarType>,
    ) -> Printed {
        if let (Expression::Tuple(left), Expression::Tuple(right)) = (left, right) {
            return self.tuples(operator, left, right);
        }
        let common = typing::common_of([&self.scope.value(left), &self.scope.value(right)]);
        let outer = if is_arithmetic(operator) { hint.cloned() } else { None };
        let own = common.known().map(|it| it.scalar.clone());
        let own = own.or_else(|| self.scope.type_of(left)).or_else(|| self.scope.type_of(right)).or(outer);
        let hint = own.as_ref();
        let (symbol, strength) = match operator {
            BinaryOperator::Or => ("OR", Strength::Or),
            BinaryOperator::And => ("AND", Strength::And),
            BinaryOperator::Equal => ("=", Strength::Compare),
            BinaryOperator::NotEqual => ("<>", Strength::Compare),
            BinaryOperator::Less => ("<", Strength::Compare),
            BinaryOperator::LessOrEqual => ("<=", Strength::Compare),
            BinaryOperator::Greater => (">", Strength::Compare),
            BinaryOperator::GreaterOrEqual => (">=", Strength::Compare),
            BinaryOperator::Concatenate => ("||", Strength::Concatenate),
            BinaryOperator::Add => ("+", Strength::Sum),
            BinaryOperator::Subtract => ("-", Strength::Sum),
            BinaryOperator::Multiply => ("*", Strength::Product),
            BinaryOperator::Divide => return self.divide(left, right, hint),
            BinaryOperator::Remainder => return self.call("mod", &[left.clone(), right.clone()]),
        };
        if is_computation(operator) {
            return self.compute(symbol, strength, left, right, hint);
        }
        if matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual)
            && let Some((column, value)) =
                self.enum_operands(left, &[right]).or_else(|| self.enum_operands(right, &[left]))
        {
            return (format!("{column} {symbol} {}", value.join("")), strength);
        }
        if strength == Strength::Compare
            && let Some(printed) = self.compared(operator, symbol, left, right, hint)
        {
            return printed;
        }
        let (least_left, least_right) = match strength {
            Strength::Compare => (Strength::Concatenate, Strength::Concatenate),
            Strength::Or | Strength::And => (strength, strength),
            _ => (strength, tighter(strength)),
        };
        let (left, right) = (self.operand(left, hint, least_left), self.operand(right, hint, least_right));
        (format!("{left} {symbol} {right}"), strength)
    }

    /// Sums and products: whole numbers in 64 bits, exact ones in the digits that both databases have.
    fn compute(
        &self,
        symbol: &str,
        strength: Strength,
        left: &Expression,
        right: &Expression,
        hint: Option<&ScalarType>,
    ) -> Printed {
        let mut left_printed = self.print(left, hint);
        let values = [self.scope.value(left), self.scope.value(right)];
        let is_narrow = |it: &ValueType| it.known().is_some_and(|it| *it != ScalarType::Bigint.into());
        let is_whole = values.iter().all(|it| it.kind() == ValueKind::Integer);
        let mut right_printed = self.print(right, hint);
        if is_whole && !values.contains(&ScalarType::Bigint.into()) {
            let wide = ScalarType::Bigint.into();
            if is_narrow(&values[0]) {
                left_printed = self.converted(left_printed, &values[0], &wide);
            } else if is_narrow(&values[1]) {
                right_printed = self.converted(right_printed, &values[1], &wide);
            }
        }
        let left = parenthesized(left_printed, strength);
        let right = parenthesized(right_printed, tighter(strength));
        self.exact(format!("{left} {symbol} {right}"), strength, &values)
    }

    fn exact(&self, text: String, strength: Strength, values: &[ValueType]) -> Printed {
        if typing::common_of(values).kind() != ValueKind::Numeric {
            return (text, strength);
        }
        let exact = self.dialect.exact(text.clone());
        let strength = if exact == text { strength } else { Strength::Atom };
        (exact, strength)
    }

    fn divide(&self, left: &Expression, right: &Expression, hint: Option<&ScalarType>) -> Printed {
        if self.scope.is_integer(left) && self.scope.is_integer(right) && !self.dialect.divides_integers() {
            return self.call("div", &[left.clone(), right.clone()]);
        }
        self.compute("/", Strength::Product, left, right, hint)
    }

    fn is_in(&self, operand: &Expression, list: &[Expression], negated: bool) -> Printed {
        if let Some((operand, items)) = self.enum_operands(operand, &list.iter().collect::<Vec<_>>()) {
            return (format!("{operand} {}IN ({})", not(negated), items.join(", ")), Strength::Match);
        }
        if let Expression::Tuple(operands) = operand {
            return self.tuple_in(operands, list, negated);
        }
        if let Some(expanded) = self.float_in(operand, list, negated) {
            return expanded;
        }
        let hint = self.scope.type_of(operand).or_else(|| list.iter().find_map(|it| self.scope.type_of(it)));
        let hint = hint.as_ref();
        let items = list.iter().map(|item| self.print(item, hint).0).collect::<Vec<_>>().join(", ");
        (format!("{} {}IN ({items})", self.tight(operand, hint), not(negated)), Strength::Match)
    }

    fn between(&self, operand: &Expression, low: &Expression, high: &Expression, negated: bool) -> Printed {
        if let Some(expanded) = self.float_between(operand, low, high, negated) {
            return expanded;
        }
        let hint = [operand, low, high].into_iter().find_map(|it| self.scope.type_of(it));
        let hint = hint.as_ref();
        let is_text = [operand, low, high].iter().all(|it| self.scope.value(it).kind() == ValueKind::Text);
        let [low, high] = [low, high].map(|it| self.tight(it, hint));
        let printed = self.print(operand, hint);
        let printed = if is_text { self.collated(printed) } else { printed };
        let operand = parenthesized(printed, Strength::Concatenate);
        (format!("{operand} {}BETWEEN {low} AND {high}", not(negated)), Strength::Match)
    }

    fn case(
        &self,
        operand: Option<&Expression>,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
        hint: Option<&ScalarType>,
    ) -> Printed {
        let values = || branches.iter().map(|(_, then)| then).chain(otherwise);
        let value_hint = values().find_map(|it| self.scope.type_of(it)).or_else(|| hint.cloned());
        let common = values().map(|it| self.scope.value(it)).reduce(|one, two| one.common(&two).unwrap_or(two));
        let common = common.filter(|it| it.kind() == ValueKind::Json);
        let common = common.as_ref().and_then(ValueType::known);
        // PostgreSQL has two types of JSON, and no value of both.
        let then = |it: &Expression, hint: Option<&ScalarType>| {
            let printed = self.print(it, hint);
            common.map_or(printed.clone(), |common| self.converted(printed, &self.scope.value(it), common)).0
        };
        let when_hint = operand.and_then(|it| self.scope.type_of(it));
        let (value_hint, when_hint) = (value_hint.as_ref(), when_hint.as_ref());
        let mut text = "CASE".to_owned();
        if let Some(operand) = operand {
            text.push_str(&format!(" {}", self.print(operand, None).0));
        }
        for (when, then_value) in branches {
            let (when, then) = (self.print(when, when_hint).0, then(then_value, value_hint));
            text.push_str(&format!(" WHEN {when} THEN {then}"));
        }
        if let Some(otherwise) = otherwise {
            text.push_str(&format!(" ELSE {}", then(otherwise, value_hint)));
        }
        (text + " END", Strength::Atom)
    }

    fn cast(&self, operand: &Expression, to: &ColumnType) -> Printed {
        let to = self.scope.stored(to);
        let (from, into) = (self.scope.value(operand), ValueType::Known(to.clone()).kind());
        let printed = self.print(operand, None);
        let special = self.dialect.casts().iter().find(|it| (it.0, it.1) == (from.kind(), into));
        if let Some((_, _, text)) = special {
            return (functions::expand(text, &[printed]), Strength::Atom);
        }
        match self.dialect.cast_type(&to, self.scope.targets) {
            Some(to) => (format!("CAST({} AS {to})", printed.0), Strength::Atom),
            None => (format!("({})", printed.0), Strength::Atom),
        }
    }
}

pub(crate) fn parenthesized((text, strength): Printed, least: Strength) -> String {
    if strength < least { format!("({text})") } else { text }
}

fn is_computation(operator: BinaryOperator) -> bool {
    is_arithmetic(operator) && operator != BinaryOperator::Concatenate
}

pub(crate) fn not(negated: bool) -> &'static str {
    if negated { "NOT " } else { "" }
}

fn tighter(strength: Strength) -> Strength {
    match strength {
        Strength::Concatenate => Strength::Sum,
        Strength::Sum => Strength::Product,
        _ => Strength::Sign,
    }
}
