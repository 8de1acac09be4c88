//! Calls of functions of the registry, each with arguments that fit.

use orm_model::{
    Dialect,
    registry::{self, FunctionInfo, FunctionPlace, ParameterType, ReturnType},
};

use super::column::Kind;

/// Comparisons of calls that take a column of this kind first, for a check.
pub(super) fn conditions(column: &str, kind: Kind) -> Vec<String> {
    let conditions = allowed(FunctionPlace::Check).filter_map(|info| {
        let first = info.parameters.first().filter(|it| takes(it.value, kind))?;
        let rest = (1..arguments(info)).map(|index| constant(info.parameter(index)?.value, first.value, kind));
        let rest = rest.collect::<Option<Vec<_>>>()?;
        let call =
            format!("{}({})", info.name, [column.to_owned()].into_iter().chain(rest).collect::<Vec<_>>().join(", "));
        Some(match info.returns {
            ReturnType::Boolean => call,
            ReturnType::Integer | ReturnType::Bigint => format!("{call} >= 0"),
            ReturnType::Text => format!("{call} != \"it's\""),
            ReturnType::Date => format!("{call} < \"2100-01-01\""),
            ReturnType::Timestamptz => format!("{call} < \"2100-01-01T00:00:00Z\""),
            _ => format!("{call} is not null"),
        })
    });
    conditions.collect()
}

/// Types and calls that compute a default of them.
pub(super) fn defaults() -> Vec<(&'static str, String)> {
    let defaults = allowed(FunctionPlace::Default).filter_map(|info| {
        let kind = match info.parameters.first().map(|it| it.value) {
            Some(ParameterType::Fraction | ParameterType::Numeric) => Kind::Decimal,
            Some(ParameterType::Double) => Kind::Float,
            Some(ParameterType::Number | ParameterType::Exact | ParameterType::Integer) => Kind::Integer,
            Some(ParameterType::Moment | ParameterType::Date) => Kind::Date,
            _ => Kind::Text,
        };
        let column_type = match info.returns {
            ReturnType::Boolean => "boolean",
            ReturnType::Integer | ReturnType::Bigint => "bigint",
            ReturnType::Double => "double",
            ReturnType::Numeric => "numeric",
            ReturnType::Text => "text",
            ReturnType::Bytes => "bytes",
            ReturnType::Date => "date",
            ReturnType::Timestamptz => "timestamptz",
            ReturnType::Jsonb => "jsonb",
            ReturnType::TextArray => "text[]",
            ReturnType::Uuid => "uuid",
            ReturnType::Common | ReturnType::Wide | ReturnType::FirstArgument => match kind {
                Kind::Decimal => "numeric",
                Kind::Integer => "bigint",
                Kind::Date => "date",
                _ => "text",
            },
            ReturnType::Element => return None,
        };
        let parts = (0..arguments(info)).map(|index| constant(info.parameter(index)?.value, ParameterType::Same, kind));
        Some((column_type, format!("{}({})", info.name, parts.collect::<Option<Vec<_>>>()?.join(", "))))
    });
    defaults.collect()
}

/// The functions that both databases take there.
fn allowed(place: FunctionPlace) -> impl Iterator<Item = &'static FunctionInfo> {
    registry::functions().filter(move |info| Dialect::ALL.iter().all(|dialect| info.may_stand(place, *dialect)))
}

/// All that it names, and one more where the last one may be repeated.
fn arguments(info: &FunctionInfo) -> usize {
    info.parameters.len() + usize::from(info.variadic)
}

fn takes(parameter: ParameterType, kind: Kind) -> bool {
    use ParameterType as P;
    match kind {
        Kind::Integer => {
            matches!(parameter, P::Integer | P::Exact | P::Number | P::Double | P::Numeric | P::Same | P::Ordered)
        }
        Kind::Decimal => {
            matches!(parameter, P::Exact | P::Fraction | P::Number | P::Double | P::Numeric | P::Same | P::Ordered)
        }
        Kind::Float => matches!(parameter, P::Fraction | P::Number | P::Double | P::Same | P::Ordered),
        Kind::Text => matches!(parameter, P::Text | P::TextOrBytes | P::Same | P::Ordered),
        Kind::Boolean => matches!(parameter, P::Boolean | P::Same | P::Ordered),
        Kind::Date => matches!(parameter, P::Date | P::Moment | P::Same | P::Ordered),
        Kind::Bytes => matches!(parameter, P::Bytes | P::TextOrBytes),
        Kind::Uuid => matches!(parameter, P::Same | P::Ordered),
        Kind::Enum | Kind::Timestamp | Kind::Other => false,
    }
}

/// A constant that fits a parameter, beside a first argument of this kind.
fn constant(parameter: ParameterType, first: ParameterType, kind: Kind) -> Option<String> {
    use ParameterType as P;
    let constant = match parameter {
        P::Boolean => "true",
        P::Text | P::TextOrBytes | P::Jsonable => "\"a'b\"",
        P::Pattern => "\"^[a-z]+$\"",
        P::Key => "\"key\"",
        P::Integer => "3",
        P::Fraction | P::Numeric => "2.5",
        P::Double => "0.5",
        P::Number => "-7",
        P::Date | P::Moment => "\"2024-02-29\"",
        P::Timestamp => "\"2024-02-29T12:30:00Z\"",
        P::Exact if kind == Kind::Decimal => "1.5",
        P::Exact => "4",
        // `if` takes its condition first, then two values of any type.
        P::Same | P::Ordered if first == P::Boolean => "\"x\"",
        P::Same | P::Ordered => match kind {
            Kind::Integer => "-3",
            Kind::Decimal => "0.25",
            Kind::Float => "1.5",
            Kind::Boolean => "false",
            Kind::Date => "\"2024-02-29\"",
            Kind::Uuid => "\"6ba7b810-9dad-11d1-80b4-00c04fd430c8\"",
            Kind::Text => "\"x\"",
            Kind::Enum | Kind::Timestamp | Kind::Bytes | Kind::Other => return None,
        },
        P::Bytes | P::Json | P::Array | P::TextArray | P::IntegerArray | P::Element => return None,
    };
    Some(constant.to_owned())
}
