//! A type as it is written to a type of the model.

use orm_model::{
    ColumnType, PerDialect, ScalarType,
    registry::{self, TypeArguments},
    types::NumericSize,
};

use super::Scope;
use crate::{
    database::{Declaration, resolve},
    diagnostics::rules::{bad_type_argument, unknown_type},
    item::{Argument, DeclarationKind, ExpressionKind, TypeExpression},
};

/// The type, or `None` where a finding says why there is none.
pub(crate) fn lower_type(scope: &mut Scope<'_>, written: &TypeExpression) -> Option<ColumnType> {
    let scalar = lower_scalar(scope, written)?;
    Some(ColumnType { scalar, array: written.array })
}

/// The enum that a type names.
pub(crate) fn enum_of<'a>(scope: &Scope<'a>, name: &str) -> Option<Declaration> {
    resolve(scope.db, scope.project, name, &[DeclarationKind::Enum])
}

fn lower_scalar(scope: &mut Scope<'_>, written: &TypeExpression) -> Option<ScalarType> {
    let name = &*written.name.text;
    let Some(info) = registry::find_type(name) else {
        if enum_of(scope, name).is_some() {
            if let Some(argument) = written.arguments.first() {
                scope.report(bad_type_argument::takes_none(scope.at(argument.anchor), name));
            }
            return Some(ScalarType::Enum(name.to_owned()));
        }
        scope.report(unknown_type::report(scope, written));
        return None;
    };
    let sizes = match info.arguments {
        TypeArguments::Text => return native_type(scope, written),
        _ => sizes(scope, written, info.arguments)?,
    };
    let first = sizes.first().copied();
    let precision = first.map(|it| it as u8);
    Some(match name {
        "boolean" => ScalarType::Boolean,
        "smallint" => ScalarType::Smallint,
        "integer" => ScalarType::Integer,
        "bigint" => ScalarType::Bigint,
        "real" => ScalarType::Real,
        "double" => ScalarType::Double,
        "numeric" => ScalarType::Numeric(
            first.map(|precision| NumericSize { precision, scale: sizes.get(1).copied().unwrap_or(0) }),
        ),
        "text" => ScalarType::Text,
        "varchar" => ScalarType::Varchar(first),
        "char" => ScalarType::Char(first?),
        "bytes" => ScalarType::Bytes(first),
        "uuid" => ScalarType::Uuid,
        "date" => ScalarType::Date,
        "timestamptz" => ScalarType::Timestamptz(precision),
        "timestamp_local" => ScalarType::TimestampLocal(precision),
        "time" => ScalarType::Time(precision),
        "interval" => ScalarType::Interval,
        "json" => ScalarType::Json,
        _ => ScalarType::Jsonb,
    })
}

/// `postgres("citext")`, `spanner("TOKENLIST")`
fn native_type(scope: &mut Scope<'_>, written: &TypeExpression) -> Option<ScalarType> {
    let name = &*written.name.text;
    let text = match written.arguments.as_slice() {
        [Argument { value, name: None, .. }] => match &value.kind {
            ExpressionKind::String(text) if !text.trim().is_empty() => text.clone(),
            _ => {
                scope.report(bad_type_argument::needs_text(scope.at(written.anchor), name));
                return None;
            }
        },
        _ => {
            scope.report(bad_type_argument::needs_text(scope.at(written.anchor), name));
            return None;
        }
    };
    let mut native = PerDialect::default();
    match name {
        "postgres" => native.postgres = Some(text),
        _ => native.spanner = Some(text),
    }
    Some(ScalarType::Native(native))
}

/// The numbers in parentheses, checked against what the type takes.
fn sizes(scope: &mut Scope<'_>, written: &TypeExpression, takes: TypeArguments) -> Option<Vec<u32>> {
    let name = &*written.name.text;
    let mut numbers = Vec::new();
    for argument in &written.arguments {
        let number = match &argument.value.kind {
            ExpressionKind::Number(text) if argument.name.is_none() => text.parse::<u32>().ok(),
            ExpressionKind::Missing => return None,
            _ => None,
        };
        let Some(number) = number else {
            scope.report(bad_type_argument::needs_number(scope.at(argument.anchor), name));
            return None;
        };
        numbers.push(number);
    }
    match bad_type_argument::check(name, takes, &numbers) {
        Ok(()) => Some(numbers),
        Err((message, help)) => {
            let location = scope.at(written.anchor);
            let fix = bad_type_argument::without_argument(written, takes, &location);
            scope.report(bad_type_argument::BAD_TYPE_ARGUMENT.at(location, message).help(help).fix_if_any(fix));
            None
        }
    }
}
