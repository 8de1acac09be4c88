//! What a name can mean.

use orm_model::registry::{FunctionInfo, NamedArgument, TypeInfo, WordInfo};
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, DeclarationKey, item_tree},
    item::{ColumnItem, Item},
    lower::shape::ColumnShape,
    source::SourceDeclaration,
};

/// What a name means.
#[derive(Clone, Copy)]
pub(crate) enum Symbol<'db> {
    /// A table, mixin or enum.
    Declaration(Declaration),
    /// A column of a table or mixin.
    Column(ColumnSymbol<'db>),
    /// A value of an enum.
    EnumValue {
        /// The enum.
        declaration: Declaration,
        /// The how-manieth value.
        index: usize,
    },
    /// A type of the language.
    Type(&'static TypeInfo),
    /// A word after `@`.
    Attribute(&'static WordInfo),
    /// A table item.
    Item(&'static WordInfo),
    /// A named argument of an attribute or item.
    Argument(&'static NamedArgument),
    /// A function of expressions.
    Function(&'static FunctionInfo),
}

/// A column of a table, whether the table declares it itself or a mixin brings it.
#[derive(Clone, Copy)]
pub(crate) struct ColumnSymbol<'db> {
    /// The table, or the mixin on its own.
    pub(crate) owner: Declaration,
    /// The column.
    pub(crate) shape: &'db ColumnShape,
    /// The declaration that it is written in.
    pub(crate) written_in: Declaration,
    /// What is written there.
    pub(crate) item: &'db ColumnItem,
}

impl<'db> ColumnSymbol<'db> {
    /// The column of `owner` with this shape.
    pub(crate) fn new(db: &'db Database, owner: Declaration, shape: &'db ColumnShape) -> Option<Self> {
        let written_in = declaration_of(db, &shape.origin.declaration)?;
        let item = column_item(written_in.item(db), shape)?;
        Some(ColumnSymbol { owner, shape, written_in, item })
    }
}

fn column_item<'a>(item: &'a Item, shape: &ColumnShape) -> Option<&'a ColumnItem> {
    item.columns().find(|column| column.name.anchor == shape.name)
}

/// The declaration that a key names.
pub(crate) fn declaration_of(db: &Database, key: &DeclarationKey) -> Option<Declaration> {
    item_tree(db, key.file).iter().copied().find(|it| it.identity(db) == key)
}

/// The columns of a table or mixin, those of its mixins included.
pub(crate) fn columns(db: &Database, declaration: Declaration) -> &[ColumnShape] {
    &orm_schema_lang::lower::shape::shape(db, Project::get(db), declaration).columns
}

/// The text of a declaration.
pub(crate) fn source_of(db: &Database, declaration: Declaration) -> Option<&SourceDeclaration> {
    let file = declaration.file(db);
    let index = item_tree(db, file).iter().position(|it| *it == declaration)?;
    file.source(db).declarations().get(index)
}
