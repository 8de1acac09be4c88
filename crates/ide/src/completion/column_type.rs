//! Types of columns and of parameters.

use orm_model::{
    Dialect,
    registry::{TYPES, TypeArguments, TypeInfo},
};
use orm_schema_lang::item::DeclarationKind;

use super::{Completer, CompletionKind};

/// Behind the name of a column.
pub(super) fn complete(completer: &mut Completer<'_, '_>, name: &str) {
    let likely = likely_type(name);
    for (rank, info) in (10..).zip(TYPES) {
        offer(completer, if Some(info.name) == likely { 0 } else { rank }, info);
    }
    completer.declarations(5, DeclarationKind::Enum);
}

/// The type that most columns with such a name have.
fn likely_type(name: &str) -> Option<&'static str> {
    let ends = |ends: &[&str]| ends.iter().any(|it| name.ends_with(it));
    Some(match name {
        "id" => "uuid",
        _ if ends(&["_id"]) => "uuid",
        _ if ends(&["_at"]) => "timestamptz",
        _ if ends(&["_on", "_date"]) => "date",
        _ if name.starts_with("is_") || name.starts_with("has_") => "boolean",
        _ if ends(&["count", "number", "size", "position"]) => "integer",
        _ if ends(&["price", "amount", "total"]) => "numeric",
        "metadata" | "settings" | "data" => "jsonb",
        _ => "text",
    })
}

/// What it becomes in each database stands beside it.
pub(super) fn offer(completer: &mut Completer<'_, '_>, rank: u32, info: &TypeInfo) {
    let Some(item) = completer.offer(rank, CompletionKind::Type, info.name) else { return };
    let [postgres, spanner] = Dialect::ALL.map(|it| info.sql.get(it).unwrap_or("none"));
    item.detail = Some(match postgres == spanner {
        true => postgres.to_owned(),
        false => format!("{postgres} · {spanner}"),
    });
    item.key = Some(format!("type:{}", info.name));
    item.snippet = match info.arguments {
        // Without a length it would be a text.
        TypeArguments::OptionalLength if info.name == "varchar" => Some("varchar(${1:255})$0".to_owned()),
        TypeArguments::Length => Some(format!("{}(${{1:255}})$0", info.name)),
        TypeArguments::Text => Some(format!("{}(\"$1\")$0", info.name)),
        _ => None,
    };
}
