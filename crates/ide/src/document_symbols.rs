//! The declarations of a file with their members.

use std::ops::Range;

use orm_schema_lang::{
    Database, File,
    item::{ColumnItem, DeclarationKind, EnumValueItem, Item, Member, SpreadItem, TableItem},
    source::SourceDeclaration,
};

/// A declaration or a member of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentSymbol {
    /// The name.
    pub name: String,
    /// What stands beside the name: the type of a column, the arguments of an index.
    pub detail: Option<String>,
    /// What it is.
    pub kind: SymbolKind,
    /// All of its bytes, doc comment included.
    pub full_range: Range<usize>,
    /// The bytes of the name, inside `full_range`.
    pub name_range: Range<usize>,
    /// Its members.
    pub children: Vec<DocumentSymbol>,
}

/// What a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// `table`
    Table,
    /// `mixin`
    Mixin,
    /// `enum`
    Enum,
    /// `query`, `mutation`
    Query,
    /// `view`
    View,
    /// `sequence`, `extension`, `raw`
    Other,
    /// A column.
    Column,
    /// `...Mixin`
    Spread,
    /// `primary_key(…)`, `index(…)`
    Item,
    /// A value of an enum.
    EnumValue,
}

/// The declarations of a file that have a name.
pub(crate) fn document_symbols(db: &Database, file: File) -> Vec<DocumentSymbol> {
    let source = file.source(db);
    source.declarations().iter().filter_map(|it| declaration(source.text(), it)).collect()
}

fn declaration(text: &str, source: &SourceDeclaration) -> Option<DocumentSymbol> {
    let item = source.item();
    // A raw block has no name; what tells it from others of the file is its database.
    let name = item.name.as_ref().or_else(|| item.raw.as_ref()?.dialect.as_ref())?;
    Some(DocumentSymbol {
        name: name.text.to_string(),
        detail: Some(item.kind.keyword().to_owned()),
        kind: declaration_kind(item.kind)?,
        full_range: source.range(),
        name_range: source.span(name.anchor),
        children: children(text, source, item),
    })
}

const fn declaration_kind(kind: DeclarationKind) -> Option<SymbolKind> {
    Some(match kind {
        DeclarationKind::Table => SymbolKind::Table,
        DeclarationKind::Mixin => SymbolKind::Mixin,
        DeclarationKind::Enum => SymbolKind::Enum,
        DeclarationKind::Query | DeclarationKind::Mutation => SymbolKind::Query,
        DeclarationKind::View => SymbolKind::View,
        DeclarationKind::Sequence | DeclarationKind::Extension | DeclarationKind::Raw => SymbolKind::Other,
        DeclarationKind::Junk => return None,
    })
}

fn children(text: &str, source: &SourceDeclaration, item: &Item) -> Vec<DocumentSymbol> {
    let members = item.members.iter().filter_map(|member| match member {
        Member::Column(it) => Some(column(text, source, it)),
        Member::Spread(it) => spread(source, it),
        Member::Item(it) => Some(table_item(text, source, it)),
    });
    members.chain(item.values.iter().map(|it| enum_value(source, it))).collect()
}

fn column(text: &str, source: &SourceDeclaration, item: &ColumnItem) -> DocumentSymbol {
    let written_type = item.column_type.as_ref().map(|it| text[source.span(it.anchor)].to_owned());
    leaf(&item.name.text, written_type, SymbolKind::Column, source.span(item.anchor), source.span(item.name.anchor))
}

fn spread(source: &SourceDeclaration, item: &SpreadItem) -> Option<DocumentSymbol> {
    let name = item.name.as_ref()?;
    let (full, name_range) = (source.span(item.anchor), source.span(name.anchor));
    Some(leaf(&format!("...{}", name.text), None, SymbolKind::Spread, full, name_range))
}

fn table_item(text: &str, source: &SourceDeclaration, item: &TableItem) -> DocumentSymbol {
    let arguments: Vec<_> = item.arguments.iter().map(|it| &text[source.span(it.anchor)]).collect();
    let (full, name) = (source.span(item.anchor), source.span(item.name.anchor));
    leaf(&item.name.text, Some(arguments.join(", ")), SymbolKind::Item, full, name)
}

fn enum_value(source: &SourceDeclaration, item: &EnumValueItem) -> DocumentSymbol {
    let name = source.span(item.name.anchor);
    leaf(&item.name.text, None, SymbolKind::EnumValue, name.clone(), name)
}

fn leaf(
    name: &str,
    detail: Option<String>,
    kind: SymbolKind,
    full_range: Range<usize>,
    name_range: Range<usize>,
) -> DocumentSymbol {
    DocumentSymbol { name: name.to_owned(), detail, kind, full_range, name_range, children: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::analysis;

    fn outline(text: &str) -> String {
        let (analysis, _) = analysis(text);
        let mut lines = String::new();
        for symbol in analysis.document_symbols("schema.orm").unwrap() {
            describe(text, &symbol, 0, &mut lines);
        }
        lines
    }

    fn describe(text: &str, symbol: &DocumentSymbol, depth: usize, lines: &mut String) {
        assert!(symbol.full_range.start <= symbol.name_range.start && symbol.name_range.end <= symbol.full_range.end);
        assert!(symbol.name.ends_with(&text[symbol.name_range.clone()]));
        let detail = symbol.detail.as_deref().unwrap_or("-");
        *lines += &format!("{:indent$}{:?} {}: {detail}\n", "", symbol.kind, symbol.name, indent = depth * 2);
        for child in &symbol.children {
            assert!(symbol.full_range.start <= child.full_range.start && child.full_range.end <= symbol.full_range.end);
            describe(text, child, depth + 1, lines);
        }
    }

    #[test]
    fn declarations_have_their_members() {
        let text = "enum State { open, done }\n\nmixin Base {\n  id  uuid = uuid()  @primary_key\n}\n\n/// Who.\ntable \
                    users {\n  ...Base\n  name  varchar(80)?\n\n  index(name desc, unique: true)\n}\n";
        assert_eq!(
            outline(text),
            "Enum State: enum\n  EnumValue open: -\n  EnumValue done: -\nMixin Base: mixin\n  Column id: uuid\nTable \
             users: table\n  Spread ...Base: -\n  Column name: varchar(80)?\n  Item index: name desc, unique: true\n"
        );
    }

    #[test]
    fn objects_beside_tables_are_shown() {
        let text = "extension citext\nsequence shop.numbers(start: 5)\nview recent = sql(\"SELECT 1 AS one\")\nraw postgres \
                    \"\"\"SELECT 1\"\"\"\n";
        assert_eq!(
            outline(text),
            "Other citext: extension\nOther shop.numbers: sequence\nView recent: view\nOther postgres: raw\n"
        );
    }

    #[test]
    fn a_half_typed_file_shows_what_is_there() {
        assert_eq!(
            outline("table {\n}\nta\n\ntable users {\n  name\n  ...\n"),
            "Table users: table\n  Column name: -\n"
        );
    }
}
