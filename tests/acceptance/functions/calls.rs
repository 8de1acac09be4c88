//! Calls of a function, derived from its parameters: columns of each type that fits, and literals.

use std::fmt;

use orm_model::{
    Expression, Literal,
    registry::{FunctionInfo, ParameterType},
};

/// A call that is tried.
pub(super) struct Call {
    pub(super) info: &'static FunctionInfo,
    pub(super) expression: Expression,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Expression::Call { arguments, .. } = &self.expression else { return Ok(()) };
        let arguments: Vec<_> = arguments
            .iter()
            .map(|it| match it {
                Expression::Column(name) => name.clone(),
                Expression::Literal(literal) => format!("{literal:?}"),
                other => format!("{other:?}"),
            })
            .collect();
        write!(f, "{}({})", self.info.name, arguments.join(", "))
    }
}

/// Every call that is tried of a function.
pub(super) fn calls(info: &'static FunctionInfo) -> Vec<Call> {
    let least = info.least_arguments();
    let most = info.parameters.len() + usize::from(info.variadic);
    let mut calls = Vec::new();
    for count in least..=most {
        // Each type that the first parameter takes; the others follow it where they must.
        for variant in 0..4 {
            let Some(arguments) = arguments(info, count, variant) else { continue };
            calls.push(arguments);
        }
        calls.extend(with_literals(info, count));
    }
    calls.dedup();
    let expression = |arguments| Expression::Call { function: info.name.to_owned(), arguments };
    calls.into_iter().map(|arguments| Call { info, expression: expression(arguments) }).collect()
}

/// Letters of the columns that a parameter takes.
fn letters(parameter: ParameterType) -> &'static [&'static str] {
    use ParameterType as P;
    match parameter {
        P::Boolean => &["b"],
        P::Text => &["t"],
        P::Pattern | P::Key => &[],
        P::Integer => &["i", "k"],
        P::Exact => &["i", "n"],
        P::Fraction => &["n", "f"],
        P::Double => &["f"],
        P::Number => &["i", "n", "f", "k"],
        P::Numeric => &["n"],
        P::Bytes => &["y"],
        P::TextOrBytes => &["t", "y"],
        P::Date => &["d"],
        P::Timestamp => &["z"],
        P::Moment => &["d", "z"],
        P::Json => &["j"],
        P::Same => &["t", "i", "z", "n"],
        P::Ordered => &["t", "i", "n", "z"],
        P::Jsonable => &["t", "i", "b", "ta"],
        P::Array => &["ta", "ia"],
        P::TextArray => &["ta"],
        P::IntegerArray => &["ia"],
        P::Element => &["t", "i"],
    }
}

/// Columns as arguments; `None` where the function has no such variant.
fn arguments(info: &FunctionInfo, count: usize, variant: usize) -> Option<Vec<Expression>> {
    let varies = |it: &ParameterType| letters(*it).len() > 1 && *it != ParameterType::Integer;
    let has_variant = variant == 0
        || (0..count)
            .filter_map(|it| info.parameter(it))
            .any(|it| varies(&it.value) && variant < letters(it.value).len());
    if !has_variant {
        return None;
    }
    let mut used: Vec<&str> = Vec::new();
    (0..count)
        .map(|index| {
            let parameter = info.parameter(index)?.value;
            let Some(letter) = letters(parameter).get(if varies(&parameter) { variant } else { 0 }) else {
                return Some(literals(parameter)[index % literals(parameter).len()].clone());
            };
            used.push(letter);
            let number = used.iter().filter(|it| *it == letter).count().min(columns(letter));
            Some(Expression::Column(format!("{letter}{number}")))
        })
        .collect()
}

fn columns(letter: &str) -> usize {
    match letter {
        "k" | "y" | "j" => 1,
        "b" | "u" | "ta" | "ia" => 2,
        _ => 3,
    }
}

/// Literals where they are written in another way than columns, or nothing else may stand.
fn with_literals(info: &FunctionInfo, count: usize) -> Vec<Vec<Expression>> {
    let Some(columns) = arguments(info, count, 0) else { return Vec::new() };
    let mut calls = Vec::new();
    for index in 0..count {
        let Some(parameter) = info.parameter(index) else { continue };
        for literal in literals(parameter.value) {
            let mut arguments = columns.clone();
            arguments[index] = literal;
            calls.push(arguments);
        }
    }
    calls
}

fn literals(parameter: ParameterType) -> Vec<Expression> {
    let text = |it: &str| Expression::Literal(Literal::String(it.to_owned()));
    match parameter {
        ParameterType::Integer => [0, 1, 3].map(|it| Expression::Literal(Literal::Integer(it))).to_vec(),
        ParameterType::Pattern => {
            ["^a", "b+c?$", "[A-Z]", "^.b", "\\d+", "日", "\\s", "^\\w+$", "(a|b){2}", "^$", "^.*$"].map(text).to_vec()
        }
        ParameterType::Key => ["a", "b", "a b", "é"].map(text).to_vec(),
        ParameterType::Text => ["abc", "X"].map(text).to_vec(),
        _ => Vec::new(),
    }
}
