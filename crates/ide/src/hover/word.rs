//! Words of the language, as the registry documents them.

use orm_model::{
    Dialect,
    registry::{FunctionInfo, NamedArgument, TypeArguments, TypeInfo, WordInfo},
};

use super::orm_block;

pub(super) fn describe_type(info: &TypeInfo) -> Vec<String> {
    let arguments = match info.arguments {
        TypeArguments::None => "",
        TypeArguments::OptionalLength | TypeArguments::Length => "(length)",
        TypeArguments::PrecisionAndScale => "(precision, scale)",
        TypeArguments::SecondPrecision => "(precision)",
        TypeArguments::Text => "(\"type\")",
    };
    let titles = Dialect::ALL.map(Dialect::title);
    let table = format!("| {} |\n|---|---|\n| {} | {} |", titles.join(" | "), info.postgres, info.spanner);
    vec![orm_block(&format!("{}{arguments}", info.name)), info.docs.to_owned(), table]
}

/// An attribute or a table item; `sigil` is what stands before its name.
pub(super) fn describe_word(sigil: &str, info: &WordInfo) -> Vec<String> {
    let mut sections = vec![orm_block(&format!("{sigil}{}", info.name)), info.docs.to_owned()];
    sections.push(orm_block(info.example));
    let arguments: Vec<_> =
        info.named.iter().map(|argument| format!("- `{}:` {}", argument.name, argument.docs)).collect();
    if !arguments.is_empty() {
        sections.push(arguments.join("\n"));
    }
    sections
}

pub(super) fn describe_argument(argument: &NamedArgument) -> Vec<String> {
    vec![orm_block(&format!("{}:", argument.name)), argument.docs.to_owned()]
}

pub(super) fn describe_function(info: &'static FunctionInfo) -> Vec<String> {
    let mut sections = vec![orm_block(&info.signature()), info.docs.to_owned(), orm_block(info.example)];
    let entry = orm_engine::functions::entry(info);
    sections.extend(entry.texts.into_iter().map(|(dialect, text)| super::sql_block(dialect.title(), &text)));
    sections.push(entry.places);
    sections.extend(info.difference.map(|difference| format!("The databases differ: {difference}.")));
    sections
}
