//! What the documentation of an item says, made when it is asked for: the same as the hover.

use orm_model::registry;
use orm_schema_lang::{Database, Project, database::resolve, item::DeclarationKind};

use crate::{
    explain::explain,
    hover,
    symbol::{ColumnSymbol, Symbol, Word, columns},
};

/// The documentation of an item with this key, as Markdown.
pub(crate) fn documentation(db: &Database, key: &str) -> Option<String> {
    let (kind, name) = key.split_once(':')?;
    let symbol = match kind {
        "rule" => return explain(name).map(|it| it.markdown),
        "type" => Symbol::Word(Word::Type(registry::find_type(name)?)),
        "attribute" => Symbol::Word(Word::Attribute(registry::find_attribute(name)?)),
        "item" => Symbol::Word(Word::Item(registry::find_item(name)?)),
        "default" => Symbol::Word(Word::Item(registry::find_default(name)?)),
        "declaration" => Symbol::Word(Word::Item(registry::find_declaration(name)?)),
        "clause" => Symbol::Word(Word::Item(registry::find_clause(name)?)),
        "aggregate" => Symbol::Word(Word::Aggregate(registry::find_aggregate(name)?)),
        "function" => Symbol::Word(Word::Function(registry::find_function(name)?)),
        "argument" => {
            let (word, argument) = name.split_once('.')?;
            let words = [
                registry::find_attribute(word),
                registry::find_item(word),
                registry::find_default(word),
                registry::find_declaration(word),
                Some(&registry::RELATION).filter(|it| it.name == word),
            ];
            let mut named = words.into_iter().flatten().flat_map(|it| it.named);
            Symbol::Word(Word::Argument(named.find(|it| it.name == argument)?))
        }
        "column" => {
            let (table, column) = name.rsplit_once('.')?;
            let kinds = [DeclarationKind::Table, DeclarationKind::Mixin];
            let table = resolve(db, Project::get(db), table, &kinds)?;
            let shape = columns(db, table).iter().find(|it| it.declared_name() == column)?;
            Symbol::Column(ColumnSymbol::new(db, table, shape)?)
        }
        "value" => {
            let (declaration, value) = name.rsplit_once('.')?;
            let declaration = resolve(db, Project::get(db), declaration, &[DeclarationKind::Enum])?;
            let index = declaration.item(db).values.iter().position(|it| *it.name.text == *value)?;
            Symbol::EnumValue { declaration, index }
        }
        _ => {
            let kinds = [
                DeclarationKind::Table,
                DeclarationKind::View,
                DeclarationKind::Mixin,
                DeclarationKind::Enum,
                DeclarationKind::Sequence,
            ];
            let kind = kinds.into_iter().find(|it| it.keyword() == kind)?;
            Symbol::Declaration(resolve(db, Project::get(db), name, &[kind])?)
        }
    };
    hover::markdown(db, &symbol)
}
