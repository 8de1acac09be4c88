//! Expressions of defaults and checks as SQL.
//!
//! The printer is shared: SQL's operators, their order of precedence, CASE, IN, BETWEEN are the same in both databases.
//! Where they differ it asks the [`ExpressionDialect`].

use orm_model::{
    BinaryOperator, ColumnType, Dialect, Expression, Literal, ObjectName, ScalarType, Schema, Targets, UnaryOperator,
};

/// How one database writes names, literals, functions and the operators that differ.
pub trait ExpressionDialect: Send + Sync {
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

    /// A call of a function of the registry.
    fn call(&self, function: &str, arguments: &[String], targets: &Targets) -> String;

    /// The function that divides whole numbers, where `/` does not cut the result towards zero.
    fn integer_division(&self) -> Option<&'static str>;

    /// The type as `CAST(x AS type)` writes it.
    fn cast_type(&self, column_type: &ColumnType, targets: &Targets) -> Option<String>;

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

/// What the columns of an expression are.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// The schema, for the storage of enums.
    pub schema: &'a Schema,
    /// The options of the databases.
    pub targets: &'a Targets,
    /// The table whose columns the expression reads.
    pub table: &'a orm_model::Table,
}

impl<'a> Scope<'a> {
    fn column(&self, name: &str) -> Option<&'a ScalarType> {
        self.table.column(name).map(|column| storage(self.schema, &column.column_type.scalar))
    }

    /// The type of an expression, as far as it is told by what it is made of; literals fit themselves to the rest.
    fn type_of(&self, expression: &Expression) -> Option<&'a ScalarType> {
        match expression {
            Expression::Column(name) => self.column(name),
            Expression::Unary { operand, .. } => self.type_of(operand),
            Expression::Binary { operator, left, right } if is_arithmetic(*operator) => {
                self.type_of(left).or_else(|| self.type_of(right))
            }
            Expression::Call { function, arguments } => match function.as_str() {
                "char_length" | "byte_length" => Some(&ScalarType::Bigint),
                "lower" | "upper" => Some(&ScalarType::Text),
                "now" => Some(&ScalarType::Timestamptz(None)),
                "uuid" => Some(&ScalarType::Uuid),
                _ => arguments.first().and_then(|argument| self.type_of(argument)),
            },
            Expression::Case { branches, .. } => branches.first().and_then(|(_, then)| self.type_of(then)),
            _ => None,
        }
    }

    fn is_integer(&self, expression: &Expression) -> bool {
        match expression {
            Expression::Literal(Literal::Integer(_)) => true,
            Expression::Unary { operand, .. } => self.is_integer(operand),
            Expression::Cast { to, .. } => is_integer(&to.scalar),
            other => self.type_of(other).is_some_and(is_integer),
        }
    }
}

fn is_integer(scalar: &ScalarType) -> bool {
    matches!(scalar, ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint)
}

fn is_arithmetic(operator: BinaryOperator) -> bool {
    use BinaryOperator::{Add, Concatenate, Divide, Multiply, Remainder, Subtract};
    matches!(operator, Add | Subtract | Multiply | Divide | Remainder | Concatenate)
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
        let printer = Printer { dialect, scope };
        let items = items.iter().map(|item| printer.print(item, Some(hint)).0).collect::<Vec<_>>();
        let element = dialect.cast_type(&ColumnType::scalar(hint.clone()), scope.targets);
        return dialect.list(&items, element.as_deref());
    }
    Printer { dialect, scope }.print(expression, Some(hint)).0
}

/// The text of a condition.
pub fn condition_text(dialect: &dyn ExpressionDialect, scope: Scope<'_>, expression: &Expression) -> String {
    Printer { dialect, scope }.print(expression, None).0
}

/// How tightly an expression holds together: PostgreSQL's order, which Spanner shares where it has the operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
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

type Printed = (String, Strength);

struct Printer<'a> {
    dialect: &'a dyn ExpressionDialect,
    scope: Scope<'a>,
}

impl Printer<'_> {
    fn print(&self, expression: &Expression, hint: Option<&ScalarType>) -> Printed {
        match expression {
            Expression::Literal(literal) => self.literal(literal, hint),
            Expression::Column(name) => (self.dialect.quote(name), Strength::Atom),
            Expression::Call { function, arguments } => self.call(function, arguments),
            Expression::Unary { operator, operand } => self.unary(*operator, operand, hint),
            Expression::Binary { operator, left, right } => self.binary(*operator, left, right, hint),
            Expression::IsNull { operand, negated } => {
                let operand = self.operand(operand, None, Strength::Compare);
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
            Expression::List(items) => {
                let items = items.iter().map(|item| self.print(item, hint).0).collect::<Vec<_>>();
                (self.dialect.list(&items, None), Strength::Atom)
            }
            Expression::Sql(text) => self.raw(text.get(self.dialect.expression_dialect()).as_deref().unwrap_or("NULL")),
        }
    }

    /// The text of an operand that must hold together at least as tightly as `least`.
    fn operand(&self, expression: &Expression, hint: Option<&ScalarType>, least: Strength) -> String {
        let (text, strength) = self.print(expression, hint);
        if strength < least { format!("({text})") } else { text }
    }

    /// An operand of IN, BETWEEN and LIKE, which neither nest nor chain without parentheses.
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

    fn call(&self, function: &str, arguments: &[Expression]) -> Printed {
        let hint = arguments.iter().find_map(|it| self.scope.type_of(it));
        let arguments = arguments.iter().map(|it| self.print(it, hint).0).collect::<Vec<_>>();
        (self.dialect.call(function, &arguments, self.scope.targets), Strength::Atom)
    }

    fn unary(&self, operator: UnaryOperator, operand: &Expression, hint: Option<&ScalarType>) -> Printed {
        match operator {
            UnaryOperator::Not => (format!("NOT {}", self.operand(operand, None, Strength::Not)), Strength::Not),
            // `--` begins a comment, so a sign never stands before a sign.
            UnaryOperator::Negate => (format!("-{}", self.operand(operand, hint, Strength::Atom)), Strength::Sign),
        }
    }

    fn binary(
        &self,
        operator: BinaryOperator,
        left: &Expression,
        right: &Expression,
        hint: Option<&ScalarType>,
    ) -> Printed {
        let hint = if is_arithmetic(operator) { hint } else { None };
        let hint = self.scope.type_of(left).or_else(|| self.scope.type_of(right)).or(hint);
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
            BinaryOperator::Remainder => return self.function("MOD", left, right, hint),
        };
        let (least_left, least_right) = match strength {
            Strength::Compare => (Strength::Match, Strength::Match),
            Strength::Or | Strength::And => (strength, strength),
            _ => (strength, tighter(strength)),
        };
        let (left, right) = (self.operand(left, hint, least_left), self.operand(right, hint, least_right));
        (format!("{left} {symbol} {right}"), strength)
    }

    fn divide(&self, left: &Expression, right: &Expression, hint: Option<&ScalarType>) -> Printed {
        let integers = self.scope.is_integer(left) && self.scope.is_integer(right);
        if let Some(name) = self.dialect.integer_division().filter(|_| integers) {
            return self.function(name, left, right, hint);
        }
        let left = self.operand(left, hint, Strength::Product);
        let right = self.operand(right, hint, Strength::Sign);
        (format!("{left} / {right}"), Strength::Product)
    }

    fn function(&self, name: &str, left: &Expression, right: &Expression, hint: Option<&ScalarType>) -> Printed {
        let (left, right) = (self.print(left, hint).0, self.print(right, hint).0);
        (format!("{name}({left}, {right})"), Strength::Atom)
    }

    fn is_in(&self, operand: &Expression, list: &[Expression], negated: bool) -> Printed {
        let hint = self.scope.type_of(operand).or_else(|| list.iter().find_map(|it| self.scope.type_of(it)));
        let items = list.iter().map(|item| self.print(item, hint).0).collect::<Vec<_>>().join(", ");
        (format!("{} {}IN ({items})", self.tight(operand, hint), not(negated)), Strength::Match)
    }

    fn between(&self, operand: &Expression, low: &Expression, high: &Expression, negated: bool) -> Printed {
        let hint = [operand, low, high].into_iter().find_map(|it| self.scope.type_of(it));
        let [operand, low, high] = [operand, low, high].map(|it| self.tight(it, hint));
        (format!("{operand} {}BETWEEN {low} AND {high}", not(negated)), Strength::Match)
    }

    fn case(
        &self,
        operand: Option<&Expression>,
        branches: &[(Expression, Expression)],
        otherwise: Option<&Expression>,
        hint: Option<&ScalarType>,
    ) -> Printed {
        let value_hint = branches.iter().find_map(|(_, then)| self.scope.type_of(then)).or(hint);
        let when_hint = operand.and_then(|it| self.scope.type_of(it));
        let mut text = "CASE".to_owned();
        if let Some(operand) = operand {
            text.push_str(&format!(" {}", self.print(operand, None).0));
        }
        for (when, then) in branches {
            let (when, then) = (self.print(when, when_hint).0, self.print(then, value_hint).0);
            text.push_str(&format!(" WHEN {when} THEN {then}"));
        }
        if let Some(otherwise) = otherwise {
            text.push_str(&format!(" ELSE {}", self.print(otherwise, value_hint).0));
        }
        (text + " END", Strength::Atom)
    }

    fn cast(&self, operand: &Expression, to: &ColumnType) -> Printed {
        let operand = self.print(operand, None).0;
        let to = ColumnType { scalar: storage(self.scope.schema, &to.scalar).clone(), array: to.array };
        match self.dialect.cast_type(&to, self.scope.targets) {
            Some(to) => (format!("CAST({operand} AS {to})"), Strength::Atom),
            None => (format!("({operand})"), Strength::Atom),
        }
    }
}

fn not(negated: bool) -> &'static str {
    if negated { "NOT " } else { "" }
}

fn tighter(strength: Strength) -> Strength {
    match strength {
        Strength::Concatenate => Strength::Sum,
        Strength::Sum => Strength::Product,
        _ => Strength::Sign,
    }
}
