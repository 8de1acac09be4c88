//! What each name is, for its colour: what no grammar can tell.

use std::ops::Range;

use orm_schema_lang::{
    Database, File,
    database::item_tree,
    item::{DeclarationKind, attribute},
};

use crate::{
    names::{Access, Names, Occurrence, Wanted},
    symbol::{LocalKind, Symbol, Word},
};

/// A name and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SemanticToken {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: SemanticTokenKind,
    /// Whether it is declared here.
    pub is_declaration: bool,
    /// Whether it should not be used any more.
    pub is_deprecated: bool,
}

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are what they say")]
pub enum SemanticTokenKind {
    Table,
    View,
    Mixin,
    Enum,
    EnumValue,
    Sequence,
    Query,
    Column,
    Relation,
    Parameter,
    Local,
    Type,
    Attribute,
    Keyword,
    Argument,
    Function,
}

/// The names of the declarations that a range of bytes touches, in the order of the text. They do not overlap.
pub(crate) fn semantic_tokens(db: &Database, file: File, range: Range<usize>) -> Vec<SemanticToken> {
    let source = file.source(db);
    let mut tokens = Vec::new();
    for (declaration, written) in item_tree(db, file).iter().zip(source.declarations()) {
        let place = written.range();
        if place.end < range.start || range.end < place.start {
            continue;
        }
        let names = Names::new(db, *declaration, written, Wanted::All).find();
        tokens.extend(names.iter().filter_map(|it| token(db, it)));
    }
    tokens.sort_by_key(|it| (it.range.start, it.range.end));
    let mut end = 0;
    tokens.retain(|it| {
        let is_free = it.range.start >= end;
        if is_free {
            end = it.range.end;
        }
        is_free
    });
    tokens
}

fn token(db: &Database, name: &Occurrence<'_>) -> Option<SemanticToken> {
    let kind = match &name.symbol {
        Symbol::Declaration(it) => match it.kind(db) {
            DeclarationKind::Table => SemanticTokenKind::Table,
            DeclarationKind::View => SemanticTokenKind::View,
            DeclarationKind::Mixin => SemanticTokenKind::Mixin,
            DeclarationKind::Enum => SemanticTokenKind::Enum,
            DeclarationKind::Query | DeclarationKind::Mutation => SemanticTokenKind::Query,
            DeclarationKind::Sequence => SemanticTokenKind::Sequence,
            DeclarationKind::Extension | DeclarationKind::Raw | DeclarationKind::Junk => return None,
        },
        Symbol::Column(_) => SemanticTokenKind::Column,
        Symbol::EnumValue { .. } => SemanticTokenKind::EnumValue,
        Symbol::Relation(_) => SemanticTokenKind::Relation,
        Symbol::Parameter { .. } => SemanticTokenKind::Parameter,
        Symbol::Local(it) => match it.kind {
            LocalKind::Output => SemanticTokenKind::Column,
            LocalKind::Alias | LocalKind::CommonTable => SemanticTokenKind::Local,
        },
        Symbol::Word(it) => match it {
            Word::Type(_) => SemanticTokenKind::Type,
            Word::Attribute(_) => SemanticTokenKind::Attribute,
            Word::Item(_) => SemanticTokenKind::Keyword,
            Word::Argument(_) => SemanticTokenKind::Argument,
            Word::Function(_) | Word::Aggregate(_) => SemanticTokenKind::Function,
        },
    };
    let is_deprecated = match &name.symbol {
        Symbol::Declaration(it) => attribute(&it.item(db).attributes, "deprecated").is_some(),
        Symbol::Column(it) => it.shape.column.deprecated.is_some(),
        Symbol::EnumValue { declaration, index } => {
            let value = declaration.item(db).values.get(*index);
            value.is_some_and(|it| attribute(&it.attributes, "deprecated").is_some())
        }
        _ => false,
    };
    let is_declaration = name.access == Access::Declaration;
    Some(SemanticToken { range: name.range.clone(), kind, is_declaration, is_deprecated })
}

#[cfg(test)]
mod tests {
    use super::SemanticTokenKind::{self, *};
    use crate::testing::analysis;

    fn tokens(text: &str) -> Vec<(String, SemanticTokenKind)> {
        let (analysis, _) = analysis(text);
        let found = analysis.semantic_tokens("schema.orm", 0..text.len()).unwrap();
        assert!(found.windows(2).all(|it| it[0].range.end <= it[1].range.start));
        found.into_iter().map(|it| (text[it.range].to_owned(), it.kind)).collect()
    }

    #[test]
    fn every_name_is_what_it_means() {
        let found = tokens(
            "enum State { open }\ntable index {\n  index State = open @check(index != open)\n}\nquery q(open: State) {\n  from \
             index as i\n  where i.index = $open and index = open\n  select index\n}\n",
        );
        let expected = [
            ("State", Enum),
            ("open", EnumValue),
            ("index", Table),
            ("index", Column),
            ("State", Enum),
            ("open", EnumValue),
            ("check", Attribute),
            ("index", Column),
            ("open", EnumValue),
            ("q", Query),
            ("open", Parameter),
            ("State", Enum),
            ("index", Table),
            ("i", Local),
            ("i", Local),
            ("index", Column),
            ("open", Parameter),
            ("index", Column),
            ("open", EnumValue),
            ("index", Column),
        ];
        assert_eq!(found, expected.map(|(text, kind)| (text.to_owned(), kind)));
    }

    #[test]
    fn a_range_holds_its_declarations_and_what_is_deprecated_is_marked() {
        let text = "table a {\n  old text @deprecated(\"no\")\n  index(old)\n}\ntable b {\n  x text\n}\n";
        let (analysis, _) = analysis(text);
        let found = analysis.semantic_tokens("schema.orm", 3..5).unwrap();
        assert!(found.iter().all(|it| it.range.end < text.find("table b").unwrap()));
        let old: Vec<_> = found.iter().filter(|it| &text[it.range.clone()] == "old").collect();
        assert!(old.len() == 2 && old.iter().all(|it| it.is_deprecated) && old[0].is_declaration);
    }
}
