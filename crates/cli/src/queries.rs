//! The queries of a project, found by name.

use std::collections::BTreeMap;

use orm_model::query::{Cardinality, ParameterValue, Query, QueryParameter};
use orm_project::closest;

use crate::failure::Failure;

/// The query that a person means.
pub(crate) fn find<'q>(queries: &'q BTreeMap<String, Query>, name: &str) -> Result<&'q Query, Failure> {
    queries.get(name).ok_or_else(|| {
        let names = || queries.keys().map(String::as_str);
        let help = match (closest(name, names()), queries.len()) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, 0) => "the schema files declare none: `query NAME { … }`".to_owned(),
            (None, _) => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
        };
        Failure::usage(format!("there is no query or mutation `{name}`")).with_help(help)
    })
}

/// A parameter that does not exist.
pub(crate) fn unknown_parameter(query: &Query, name: &str) -> Failure {
    let names = || query.parameters.iter().map(|it| it.name.as_str());
    let help = match (closest(name, names()), query.parameters.is_empty()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, true) => "it has none".to_owned(),
        (None, false) => format!("it has {}", names().collect::<Vec<_>>().join(", ")),
    };
    Failure::usage(format!("`{}` has no parameter `{name}`", query.name)).with_help(help)
}

/// What a parameter is, for people: its type, and whether it may be left out.
pub(crate) fn described(parameter: &QueryParameter) -> String {
    let value = match &parameter.value {
        ParameterValue::Value(column_type) => column_type.to_string(),
        ParameterValue::Rows(table) => format!("rows of {table}"),
    };
    let remark = match (&parameter.default, parameter.nullable) {
        (Some(_), _) => ", has a default",
        (None, true) => ", may be absent",
        (None, false) => "",
    };
    format!("{value}{remark}")
}

/// How many rows a query gives, in the word of the language.
pub(crate) const fn cardinality(query: &Query) -> &'static str {
    match query.cardinality {
        Cardinality::Many => "many",
        Cardinality::One => "one",
        Cardinality::Optional => "optional",
        Cardinality::Exec => "exec",
    }
}
