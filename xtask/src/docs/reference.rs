//! Pages of the words of the language, from the registry.

use std::fmt::Write;

use orm_model::{
    Dialect, PostgresFeature,
    registry::{
        self, AGGREGATES, ATTRIBUTES, CLAUSES, Category, DECLARATIONS, DEFAULTS, Effect, FunctionInfo, FunctionPlace,
        ITEMS, MeantType, NamedArgument, OTHER_TYPE_NAMES, Place, TYPE_LIMITS, TYPES, TypeArguments, WordInfo,
    },
};

use super::{MARK, Pages};

pub(super) fn pages(pages: &mut Pages) {
    pages.insert("docs/reference/declarations.md".to_owned(), words("Declarations", "", DECLARATIONS));
    pages.insert("docs/reference/defaults.md".to_owned(), words("Defaults", "", DEFAULTS));
    pages.insert("docs/reference/types.md".to_owned(), types());
    pages.insert("docs/reference/attributes.md".to_owned(), words("Attributes", "@", ATTRIBUTES));
    pages.insert("docs/reference/items.md".to_owned(), words("Table items", "", ITEMS));
    pages.insert("docs/reference/functions.md".to_owned(), functions());
    pages.insert("docs/reference/clauses.md".to_owned(), clauses());
    pages.insert("docs/reference/versions.md".to_owned(), versions());
}

/// Clauses, and below them what makes one value of many rows.
fn clauses() -> String {
    let aggregates = words("Aggregates", "", AGGREGATES);
    let aggregates = aggregates.split_once("# Aggregates").map_or("", |(_, rest)| rest).replace("\n## ", "\n### ");
    words("Clauses", "", CLAUSES) + "\n## Aggregates\n" + &aggregates
}

fn types() -> String {
    let mut page = format!("{MARK}\n# Types\n\n| Type | PostgreSQL | Spanner | |\n|---|---|---|---|\n");
    for it in TYPES {
        let arguments = match it.arguments {
            TypeArguments::None => "",
            TypeArguments::OptionalLength => "[(length)]",
            TypeArguments::Length => "(length)",
            TypeArguments::PrecisionAndScale => "[(precision, scale)]",
            TypeArguments::SecondPrecision => "[(precision)]",
            TypeArguments::Text => "(\"…\")",
        };
        let [postgres, spanner] = Dialect::ALL.map(|dialect| it.sql.get(dialect).unwrap_or("none"));
        let [docs, postgres, spanner] = [it.docs, postgres, spanner].map(cell);
        _ = writeln!(page, "| `{}{arguments}` | {postgres} | {spanner} | {docs} |", it.name);
    }
    page += "\nWhat stands in brackets may be left out. The name of an `enum` is a type, too; `[]` behind a type makes an \
            array, `?` lets a column be NULL.\n";
    page + &limits() + &other_names()
}

/// What a value can be in each database.
fn limits() -> String {
    let [first, second] = Dialect::ALL.map(Dialect::title);
    let mut page = format!(
        "\n## Limits\n\nWithout a stated size; a stated one is the limit in both databases.\n\n| Type | {first} | {second} \
         |\n|---|---|---|\n"
    );
    for (name, limits) in TYPE_LIMITS {
        let [first, second] = Dialect::ALL.map(|it| match limits.get(it) {
            Some(limit) if limit.values.is_empty() => {
                format!("the stated number of {}", limit.unit.unwrap_or_default())
            }
            Some(limit) => format!("[{}]({})", limit.values, limit.documentation),
            None => "none".to_owned(),
        });
        _ = writeln!(page, "| `{name}` | {first} | {second} |");
    }
    page
}

/// What others call the types, by the type that is meant.
fn other_names() -> String {
    let mut page = "\n## Names of others\n\n`orm check` knows what these mean and offers it.\n\n| Here | Elsewhere \
                    |\n|---|---|\n"
        .to_owned();
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for it in OTHER_TYPE_NAMES {
        let here = match it.meant {
            MeantType::Type(ours) => format!("`{ours}`"),
            MeantType::InstantOrLocal => "`timestamptz` or `timestamp_local`".to_owned(),
            MeantType::Text => "`text`".to_owned(),
            MeantType::Counter(_) => "`bigint = identity()`".to_owned(),
            MeantType::Postgres => "`postgres(\"…\")`".to_owned(),
            MeantType::Spanner(_) => "`spanner(\"…\")`".to_owned(),
        };
        let name = format!("`{}`", it.name);
        match rows.iter_mut().find(|(row, _)| *row == here) {
            Some((_, names)) => names.push(name),
            None => rows.push((here, vec![name])),
        }
    }
    for (here, names) in rows {
        _ = writeln!(page, "| {here} | {} |", names.join(", "));
    }
    page
}

fn words(title: &str, prefix: &str, words: &[WordInfo]) -> String {
    let mut page = format!("{MARK}\n# {title}\n");
    for it in words {
        _ = write!(page, "\n## `{prefix}{}`\n\n{}\n", it.name, it.docs);
        let places: Vec<_> = it.places.iter().copied().filter_map(place).collect();
        if !places.is_empty() {
            _ = write!(page, "\nFor {}.\n", places.join(", "));
        }
        if !it.example.is_empty() {
            _ = write!(page, "\n```text\n{}\n```\n", it.example);
        }
        page += &arguments(it.named);
        page += &databases(prefix, it);
    }
    page
}

/// What each database makes of a word and its arguments.
fn databases(prefix: &str, word: &WordInfo) -> String {
    let [first, second] = Dialect::ALL.map(Dialect::title);
    let mut table = format!("\n| | {first} | {second} |\n|---|---|---|\n");
    for (argument, effect) in word.effects() {
        let name = argument.map_or_else(|| format!("`{prefix}{}`", word.name), |it| format!("`{}:`", it.name));
        let [first, second] = Dialect::ALL.map(|it| effect_text(*effect.get(it)));
        _ = writeln!(table, "| {name} | {first} | {second} |");
    }
    table
}

fn effect_text(effect: Effect) -> String {
    let does = cell(effect.does);
    match effect.rule.map(|it| format!("[{it}](../diagnostics/{it}.md)")) {
        None => does,
        Some(rule) if does.is_empty() => format!("refused: {rule}"),
        Some(rule) => format!("{does}; see {rule}"),
    }
}

/// Table items stand in bodies, which says nothing about them.
fn place(place: Place) -> Option<&'static str> {
    match place {
        Place::Table => Some("tables"),
        Place::Mixin => Some("mixins"),
        Place::Enum => Some("enums"),
        Place::EnumValue => Some("values of enums"),
        Place::Column => Some("columns"),
        Place::Item => Some("table items"),
        Place::Sequence => Some("sequences"),
        Place::View => Some("views"),
        Place::Extension => Some("extensions"),
        Place::Query => Some("queries and mutations"),
        Place::Body | Place::Default => None,
    }
}

fn arguments(named: &[NamedArgument]) -> String {
    if named.is_empty() {
        return String::new();
    }
    let mut table = "\n| Argument | |\n|---|---|\n".to_owned();
    for it in named {
        _ = writeln!(table, "| `{}:` | {} |", it.name, cell(it.docs));
    }
    table
}

fn functions() -> String {
    let mut page = format!(
        "{MARK}\n# Functions\n\nThey give the same answer in both databases, unless the last column says how the answers \
         differ. What may be left out stands in brackets.\n"
    );
    for category in Category::ALL {
        page += &format!("\n## {}\n\n| Function | | Stands in | Difference |\n|---|---|---|---|\n", category.title());
        for it in registry::functions().filter(|it| it.category == category) {
            let (docs, difference) = (cell(it.docs), cell(it.difference.unwrap_or_default()));
            _ = writeln!(
                page,
                "| `{}`<br>`{}` | {docs} | {} | {difference} |",
                cell(&signature(it)),
                cell(it.example),
                places(it)
            );
        }
    }
    page
}

/// `substring(text, start, [length])`
fn signature(function: &FunctionInfo) -> String {
    let parameters = function.parameters.iter().map(|it| match it.optional {
        true => format!("[{}]", it.name),
        false => it.name.to_owned(),
    });
    let more = function.variadic.then(|| "…".to_owned());
    format!("{}({})", function.name, parameters.chain(more).collect::<Vec<_>>().join(", "))
}

/// Where both databases take a call.
fn places(function: &FunctionInfo) -> String {
    let is_taken = |place: &FunctionPlace| Dialect::ALL.iter().all(|dialect| function.may_stand(*place, *dialect));
    let places: Vec<_> = FunctionPlace::ALL.iter().filter(|it| is_taken(it)).map(|it| it.title()).collect();
    match places.len() {
        0 => "queries".to_owned(),
        count if count == FunctionPlace::ALL.len() => "everything".to_owned(),
        _ => places.join(", "),
    }
}

/// What the language uses of PostgreSQL that not every version has.
fn versions() -> String {
    let mut page = format!(
        "{MARK}\n# Versions of PostgreSQL\n\nWhat a schema uses and the version of `[targets] postgres` lacks is an error \
         ([PG080](../diagnostics/PG080.md)). The oldest version is 10.\n\n| Since | PostgreSQL | Used by |\n|---|---|---|\n"
    );
    for it in PostgresFeature::ALL {
        _ = writeln!(page, "| {} | {} | {} |", it.since, it.name, cell(it.used_by));
    }
    page
}

/// A text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
