//! Words of the language, as the registry documents them.

use orm_model::{
    Dialect, PostgresFeature,
    registry::{FunctionInfo, FunctionPlace, NamedArgument, TypeArguments, TypeInfo, WordInfo, type_limits_of},
};
use orm_schema_lang::diagnostics::rules::{
    function_place::FUNCTION_PLACE, no_column_type::NO_COLUMN_TYPE, postgres_version::POSTGRES_VERSION,
};

use super::{
    comparison::{Comparison, link, refused},
    orm_block, sql_block,
};
use crate::symbol::Word;

pub(super) fn describe(word: Word) -> Vec<String> {
    match word {
        Word::Type(it) => describe_type(it),
        Word::Attribute(it) => describe_word("@", it),
        Word::Item(it) | Word::Aggregate(it) => describe_word("", it),
        Word::Argument(it) => describe_argument(it),
        Word::Function(it) => describe_function(it),
    }
}

fn describe_type(info: &TypeInfo) -> Vec<String> {
    let arguments = match info.arguments {
        TypeArguments::None => "",
        TypeArguments::OptionalLength | TypeArguments::Length => "(length)",
        TypeArguments::PrecisionAndScale => "(precision, scale)",
        TypeArguments::SecondPrecision => "(precision)",
        TypeArguments::Text => "(\"type\")",
    };
    let mut sections = vec![orm_block(&format!("{}{arguments}", info.name)), info.docs.to_owned()];
    let mut databases = Comparison::new(Dialect::ALL);
    databases.row(format!("`{}`", info.name), |it| {
        Some(info.sql.get(it).map_or_else(|| refused(it, NO_COLUMN_TYPE.code), str::to_owned))
    });
    databases.row("A value", |it| {
        let limit = type_limits_of(info.name, it).filter(|it| !it.values.is_empty())?;
        Some(format!("[{}]({})", limit.values, limit.documentation))
    });
    sections.extend(databases.markdown());
    sections
}

/// An attribute or a table item; `sigil` is what stands before its name.
fn describe_word(sigil: &str, info: &WordInfo) -> Vec<String> {
    let mut sections = vec![orm_block(&format!("{sigil}{}", info.name)), info.docs.to_owned()];
    sections.push(orm_block(info.example));
    let arguments: Vec<_> =
        info.named.iter().map(|argument| format!("- `{}:` {}", argument.name, argument.docs)).collect();
    if !arguments.is_empty() {
        sections.push(arguments.join("\n"));
    }
    let mut databases = Comparison::new(Dialect::ALL);
    for (argument, effect) in info.effects() {
        let head = argument.map_or_else(|| format!("`{sigil}{}`", info.name), |it| format!("`{}:`", it.name));
        databases.effect(head, &effect);
    }
    sections.extend(databases.markdown());
    sections
}

fn describe_argument(argument: &NamedArgument) -> Vec<String> {
    let mut databases = Comparison::new(Dialect::ALL);
    if let Some(effect) = &argument.databases {
        databases.effect(format!("`{}:`", argument.name), effect);
    }
    let head = vec![orm_block(&format!("{}:", argument.name)), argument.docs.to_owned()];
    head.into_iter().chain(databases.markdown()).collect()
}

fn describe_function(info: &'static FunctionInfo) -> Vec<String> {
    let mut sections = vec![orm_block(&info.signature()), info.docs.to_owned(), orm_block(info.example)];
    let entry = orm_engine::functions::entry(info);
    sections.extend(entry.texts.into_iter().map(|(dialect, text)| sql_block(dialect.title(), &text)));
    sections.push(entry.places);
    let mut databases = Comparison::new(Dialect::ALL);
    let is_taken = |place: &FunctionPlace| Dialect::ALL.iter().all(|it| info.may_stand(*place, *it));
    for place in FunctionPlace::ALL.into_iter().filter(|it| !is_taken(it)) {
        databases.row(format!("In {}", place.title()), |it| {
            Some(if info.may_stand(place, it) { "yes".to_owned() } else { refused(it, FUNCTION_PLACE.code) })
        });
    }
    databases.row("Since", |it| {
        let feature = PostgresFeature::of_function(info.name).filter(|_| it == Dialect::Postgres)?;
        Some(format!("version {} ({})", feature.since, link(POSTGRES_VERSION.code)))
    });
    sections.extend(databases.markdown());
    sections.extend(info.difference.map(|difference| format!("The databases differ: {difference}.")));
    sections
}
