//! Values: columns, functions, values of enums, words.

use orm_model::{
    ColumnType, ScalarType, ValueKind, ValueType,
    registry::{self, DEFAULTS, FunctionInfo, FunctionPlace, ParameterType},
};
use orm_schema_lang::{
    database::{Declaration, resolve},
    item::DeclarationKind,
    lower::shape::ColumnShape,
};

use super::{
    Completer, CompletionKind, column_type,
    context::{Frame, FrameKind, Item},
    query,
};
use crate::symbol::columns;

/// What would fit at a place.
#[derive(Debug, Clone, Default)]
pub(super) struct Expected {
    /// The kind of the value.
    pub(super) kind: Option<ValueKind>,
    /// The enum whose values may stand there.
    pub(super) values: Option<Declaration>,
    /// Whether it is a condition on rows.
    pub(super) is_condition: bool,
}

impl Expected {
    pub(super) fn of(completer: &Completer<'_, '_>, column_type: Option<&ColumnType>) -> Self {
        let values = match column_type.map(|it| &it.scalar) {
            Some(ScalarType::Enum(name)) => resolve(completer.db, completer.project, name, &[DeclarationKind::Enum]),
            _ => None,
        };
        Expected { kind: column_type.map(kind_of), values, is_condition: false }
    }

    pub(super) const fn truth() -> Self {
        Expected { kind: Some(ValueKind::Boolean), values: None, is_condition: true }
    }
}

/// Behind `=` of a column, and what it gets on an update.
pub(super) fn default_value(completer: &mut Completer<'_, '_>, tokens: &[Item<'_>]) {
    if follows_word(completer, tokens) {
        return;
    }
    let body = completer.context.frames.iter().rev().find(|it| it.kind == FrameKind::TableBody);
    let name = match body.and_then(|it| it.tokens.first()) {
        Some(Item::Word(name)) => *name,
        _ => "",
    };
    let own =
        completer.declaration.and_then(|it| columns(completer.db, it).iter().find(|it| it.declared_name() == name));
    let column_type = own.and_then(ColumnShape::column_type);
    let expected = Expected::of(completer, column_type);
    literals(completer, &expected);
    enum_values(completer, expected.values);
    for (rank, word) in (20..).zip(DEFAULTS) {
        if let Some(item) = completer.offer(rank, CompletionKind::Function, word.name) {
            item.detail = Some(word.example.to_owned());
            item.key = Some(format!("default:{}", word.name));
            let (plain, snippet) = match word.name {
                "app" => ("app.", "app.${1:function}()$0"),
                "sql" => ("sql()", "sql(\"$1\")$0"),
                "nextval" => ("nextval()", "nextval($1)$0"),
                _ => ("identity()", "identity()$0"),
            };
            (item.insert, item.snippet) = (plain.to_owned(), Some(snippet.to_owned()));
        }
    }
    functions(completer, &expected, Some(FunctionPlace::Default));
}

/// The default of a parameter whose type has this name.
pub(super) fn value_of_type(completer: &mut Completer<'_, '_>, name: &str) {
    let values = resolve(completer.db, completer.project, name, &[DeclarationKind::Enum]);
    let kind = if name == "boolean" { Some(ValueKind::Boolean) } else { None };
    literals(completer, &Expected { kind, values, is_condition: false });
    enum_values(completer, values);
}

/// In a check, a generated column or an index: the columns of the table itself.
pub(super) fn in_table(completer: &mut Completer<'_, '_>, tokens: &[Item<'_>]) {
    if follows_word(completer, tokens) {
        return;
    }
    let Some(declaration) = completer.declaration else { return };
    let db = completer.db;
    let place = place(completer);
    if place == FunctionPlace::Default {
        return functions(completer, &Expected::default(), Some(place));
    }
    let left = left_operand(tokens);
    let named = |name: &str| columns(db, declaration).iter().find(|it| it.declared_name() == name);
    let compared = match left.as_slice() {
        [name] => named(name).and_then(ColumnShape::column_type),
        _ => None,
    };
    let expected = Expected::of(completer, compared);
    enum_values(completer, expected.values);
    for (index, shape) in (0..).zip(columns(db, declaration)) {
        let rank = if fits(&expected, shape.column_type()) { 10 } else { 60 };
        offer_column(completer, rank + index, declaration, shape);
    }
    literals(completer, &expected);
    functions(completer, &expected, Some(place));
    completer.keywords(3900, &["not", "case"]);
}

/// The place in a table that an expression stands in.
fn place(completer: &Completer<'_, '_>) -> FunctionPlace {
    let frames = completer.context.frames.iter().rev();
    let mut places = frames.filter_map(|it| match it.kind {
        FrameKind::Arguments { word: "index" | "unique", .. } => Some(FunctionPlace::Index),
        FrameKind::Arguments { word: "check", .. } => Some(FunctionPlace::Check),
        FrameKind::Arguments { word: "generated", .. } => Some(FunctionPlace::Generated),
        FrameKind::Arguments { word: "on_update", .. } => Some(FunctionPlace::Default),
        FrameKind::TableBody if it.tokens.contains(&Item::Sign("=")) => Some(FunctionPlace::Default),
        _ => None,
    });
    places.next().unwrap_or(FunctionPlace::Check)
}

/// In a query; `expected` where the clause says what fits.
pub(super) fn in_query(completer: &mut Completer<'_, '_>, tokens: &[Item<'_>], expected: Option<Expected>) {
    if follows_word(completer, tokens) {
        return;
    }
    query::names(completer, tokens, expected);
}

/// In the parentheses of a function or relation.
pub(super) fn in_call(completer: &mut Completer<'_, '_>, inner: &Frame<'_>, word: &str, in_query: bool) {
    let value = match inner.tokens.as_slice() {
        [Item::Word(name), Item::Sign(":"), rest @ ..] if in_query => {
            if *name == "order_by" && rest.last().is_some_and(|it| it.is_operand()) {
                return query::sort_words(completer, rest);
            }
            let expected = (*name == "where").then(Expected::truth);
            return self::in_query(completer, rest, expected);
        }
        tokens => tokens.to_vec(),
    };
    let parameter = registry::find_function(word).and_then(|it| it.parameter(inner.index));
    let expected = Expected { kind: parameter.and_then(|it| parameter_kind(it.value)), ..Expected::default() };
    if in_query {
        if registry::find_function(word).is_none() && value.is_empty() {
            arguments_of_rows(completer, word, inner.index);
        }
        return self::in_query(completer, &value, Some(expected));
    }
    in_table(completer, &value);
}

/// What is said of the rows of a relation, in its parentheses or behind it in those of an aggregate.
fn arguments_of_rows(completer: &mut Completer<'_, '_>, word: &str, index: usize) {
    let named = match registry::find_aggregate(word) {
        // The relation or the column comes first.
        Some(_) if index == 0 => return,
        Some(aggregate) => aggregate.named,
        None => registry::RELATION.named,
    };
    for (rank, argument) in (0..).zip(named) {
        let label = format!("{}:", argument.name);
        if let Some(item) = completer.offer(rank, CompletionKind::Argument, &label) {
            item.insert = format!("{label} ");
            item.detail = Some(argument.docs.to_owned());
            item.key = Some(format!("argument:relation.{}", argument.name));
        }
    }
}

fn parameter_kind(value: ParameterType) -> Option<ValueKind> {
    Some(match value {
        ParameterType::Boolean => ValueKind::Boolean,
        ParameterType::Text | ParameterType::Pattern | ParameterType::Key | ParameterType::TextOrBytes => {
            ValueKind::Text
        }
        ParameterType::Integer | ParameterType::Exact | ParameterType::Number => ValueKind::Integer,
        ParameterType::Double | ParameterType::Fraction => ValueKind::Float,
        ParameterType::Numeric => ValueKind::Numeric,
        ParameterType::Bytes => ValueKind::Bytes,
        ParameterType::Date => ValueKind::Date,
        ParameterType::Timestamp | ParameterType::Moment => ValueKind::Timestamp,
        ParameterType::Json => ValueKind::Json,
        ParameterType::Array | ParameterType::TextArray | ParameterType::IntegerArray => ValueKind::Array,
        ParameterType::Same | ParameterType::Ordered | ParameterType::Jsonable | ParameterType::Element => return None,
    })
}

/// What stands before the comparison at the end: `state =`, `users.state !=`.
pub(crate) fn left_operand<'t>(tokens: &[Item<'t>]) -> Vec<&'t str> {
    let [before @ .., Item::Sign("=" | "!=" | "<" | ">" | "<=" | ">=") | Item::Word("in")] = tokens else {
        return Vec::new();
    };
    let mut path = Vec::new();
    for pair in before.rchunks(2) {
        match pair {
            [Item::Sign("."), Item::Word(name)] => path.push(*name),
            [.., Item::Word(name)] => {
                path.push(*name);
                break;
            }
            _ => break,
        }
    }
    path.reverse();
    path
}

fn kind_of(column_type: &ColumnType) -> ValueKind {
    ValueType::Known(column_type.clone()).kind()
}

pub(super) fn fits(expected: &Expected, column_type: Option<&ColumnType>) -> bool {
    let (Some(kind), Some(column_type)) = (expected.kind, column_type) else { return true };
    let other = kind_of(column_type);
    kind == other || kind.is_number() && other.is_number() || kind == ValueKind::Boolean
}

/// A column, with its type beside it.
pub(super) fn offer_column(completer: &mut Completer<'_, '_>, rank: u32, owner: Declaration, shape: &ColumnShape) {
    let db = completer.db;
    if let Some(item) = completer.offer(rank, CompletionKind::Column, shape.declared_name()) {
        item.insert = orm_schema_lang::diagnostics::written_name(shape.declared_name());
        let nullable = if shape.column.nullable { "?" } else { "" };
        item.detail = shape.column_type().map(|it| format!("{it}{nullable}"));
        item.key = Some(format!("column:{}.{}", owner.name(db), shape.declared_name()));
        item.is_deprecated = shape.column.deprecated.is_some();
    }
}

/// The values of an enum.
pub(super) fn enum_values(completer: &mut Completer<'_, '_>, values: Option<Declaration>) {
    let Some(declaration) = values else { return };
    let db = completer.db;
    for (rank, value) in (0..).zip(&declaration.item(db).values) {
        if let Some(item) = completer.offer(rank, CompletionKind::EnumValue, &value.name.text) {
            item.insert = orm_schema_lang::diagnostics::written_name(&value.name.text);
            item.detail = Some(declaration.name(db).to_string());
            item.key = Some(format!("value:{}.{}", declaration.name(db), value.name.text));
        }
    }
}

/// Values that are words.
pub(super) fn literals(completer: &mut Completer<'_, '_>, expected: &Expected) {
    if expected.kind == Some(ValueKind::Boolean) {
        // As a whole condition nobody writes them.
        let rank = if expected.is_condition { 3800 } else { 5 };
        completer.offer(rank, CompletionKind::Value, "true");
        completer.offer(rank + 1, CompletionKind::Value, "false");
    }
}

/// Functions; those that give what is expected first.
pub(super) fn functions(completer: &mut Completer<'_, '_>, expected: &Expected, place: Option<FunctionPlace>) {
    let targets = completer.project.targets(completer.db);
    let may_stand = |function: &FunctionInfo| {
        place.is_none_or(|place| targets.dialects().all(|dialect| function.may_stand(place, dialect)))
    };
    for function in registry::functions().filter(|it| may_stand(it)) {
        let returned = function.returns.column_type();
        let is_expected = match (expected.kind, &returned) {
            (Some(kind), Some(returned)) => kind == kind_of(returned),
            _ => false,
        };
        let is_likely = is_expected && matches!(function.name, "now" | "uuid" | "today");
        let rank = if is_likely {
            7
        } else if is_expected {
            3000
        } else {
            3400
        };
        let has_arguments = function.least_arguments() > 0;
        if let Some(item) = completer.offer(rank, CompletionKind::Function, function.name) {
            item.detail = Some(function.signature());
            item.insert = format!("{}()", function.name);
            item.snippet = has_arguments.then(|| format!("{}($1)$0", function.name));
            item.key = Some(format!("function:{}", function.name));
        }
    }
}

/// Behind an operand.
pub(super) fn operators(completer: &mut Completer<'_, '_>) {
    completer.keywords(10, &["and", "or", "is null", "is not null", "in", "not in", "like", "ilike", "between", "as"]);
}

/// The types that values are converted to: those without a size.
const CAST_TYPES: &[&str] =
    &["text", "bigint", "numeric", "double", "boolean", "date", "timestamptz", "uuid", "jsonb", "bytes", "real"];

/// What follows a word where neither a value nor an operator does; whether it is such a place.
pub(super) fn follows_word(completer: &mut Completer<'_, '_>, tokens: &[Item<'_>]) -> bool {
    match tokens {
        [.., Item::Word("as")] => {
            for (rank, info) in (0..).zip(CAST_TYPES.iter().filter_map(|it| registry::find_type(it))) {
                column_type::offer(completer, rank, info);
            }
        }
        [.., Item::Word("is")] => completer.keywords(0, &["null", "not null"]),
        [.., Item::Word("is"), Item::Word("not")] => completer.keywords(0, &["null"]),
        [.., before, Item::Word("not")] if before.is_operand() => {
            completer.keywords(0, &["in", "like", "ilike", "between"]);
        }
        [.., last] if last.is_operand() => match open_case(tokens) {
            Some(follows) => {
                completer.keywords(0, follows);
                operators(completer);
            }
            None => operators(completer),
        },
        _ => return false,
    }
    true
}

/// The words that go on with the `case` that has no `end` yet.
fn open_case<'w>(tokens: &[Item<'_>]) -> Option<&'w [&'w str]> {
    let mut ended = 0;
    for (index, token) in tokens.iter().enumerate().rev() {
        match token {
            Item::Word("end") => ended += 1,
            Item::Word("case") if ended > 0 => ended -= 1,
            Item::Word("case" | "when" | "then" | "else") if index + 1 == tokens.len() => return None,
            Item::Word("case") => return Some(&["when"]),
            Item::Word("when") if ended == 0 => return Some(&["then"]),
            Item::Word("then") if ended == 0 => return Some(&["when", "else", "end"]),
            Item::Word("else") if ended == 0 => return Some(&["end"]),
            _ => {}
        }
    }
    None
}
