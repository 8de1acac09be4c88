//! Outside of bodies: declarations, and what stands in their headers.

use orm_model::registry::{DECLARATIONS, TYPES};
use orm_schema_lang::item::DeclarationKind;

use super::{
    Completer, CompletionKind, attribute,
    context::{Frame, Item},
    query,
};

/// The places to fill in of a declaration.
fn snippet(word: &str) -> &'static str {
    match word {
        "table" => "table ${1:name} {\n  id  ${2:uuid = uuid()}  @primary_key\n  $0\n}",
        "mixin" => "mixin ${1:Name} {\n  $0\n}",
        "enum" => "enum ${1:Name} { ${2:first}, ${3:second} }$0",
        "sequence" => "sequence ${1:name}$0",
        "view" => "view ${1:name} {\n  from ${2:table}\n  select ${0:columns}\n}",
        "query" => {
            "query ${1:name}(${2:id}: ${3:uuid}) {\n  from ${4:table}\n  where ${5:id = \\$id}\n  select ${0:columns}\n}"
        }
        "mutation" => {
            "mutation ${1:name}(${2:id}: ${3:uuid}) {\n  update ${4:table}\n  set ${5:column = value}\n  where ${6:id = \
             \\$id}\n  returning ${0:id}\n}"
        }
        "extension" => "extension ${1:name}$0",
        _ => "raw ${1|postgres,spanner|} \"\"\"\n$2\n\"\"\" down \"\"\"\n$0\n\"\"\"",
    }
}

/// At the top level of a file.
pub(super) fn complete(completer: &mut Completer<'_, '_>) {
    for (rank, word) in (0..).zip(DECLARATIONS) {
        if let Some(item) = completer.offer(rank, CompletionKind::Keyword, word.name) {
            item.detail = word.docs.split(['.', ':']).next().map(str::to_owned);
            item.snippet = Some(snippet(word.name).to_owned());
            item.key = Some(format!("declaration:{}", word.name));
        }
    }
}

/// In a header, behind the word that the declaration begins with.
pub(super) fn header(completer: &mut Completer<'_, '_>, inner: &Frame<'_>) {
    match (completer.context.keyword, inner.tokens.last()) {
        ("raw", None) => completer.keywords(0, &["postgres", "spanner"]),
        ("enum", Some(Item::Sign(":"))) => {
            for (rank, info) in (0..).zip(TYPES.iter().filter(|it| matches!(it.name, "text" | "varchar" | "char"))) {
                super::column_type::offer(completer, rank, info);
            }
        }
        ("query" | "mutation", Some(Item::Sign(":"))) => completer.keywords(0, &["many", "one", "optional", "exec"]),
        ("view" | "query" | "mutation", Some(Item::Sign("="))) => {
            if let Some(item) = completer.offer(0, CompletionKind::Function, "sql") {
                item.snippet = Some("sql(\"$1\")$0".to_owned());
            }
        }
        ("raw", Some(Item::Literal)) => completer.keywords(0, &["down"]),
        (_, Some(Item::Word(_) | Item::Closed)) => attribute::with_sign(completer),
        _ => {}
    }
}

/// Tables and views, what a query may read.
pub(super) fn sources(completer: &mut Completer<'_, '_>) {
    query::common_tables(completer, 0);
    completer.declarations(1, DeclarationKind::Table);
    completer.declarations(2, DeclarationKind::View);
}
