//! What a name can mean.

use orm_model::registry::{FunctionInfo, NamedArgument, TypeInfo, WordInfo};
use orm_schema_lang::{
    Database, Project,
    database::Declaration,
    item::{Anchor, ColumnItem, Item, query::ParameterItem},
    lower::{query::relation::RelationKey, shape::ColumnShape},
    source::SourceDeclaration,
};

/// What a name means.
#[derive(Clone, Copy)]
pub(crate) enum Symbol<'db> {
    /// A table, mixin, enum, sequence, view, query and whatever else is declared.
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
    /// A way from a table to another one.
    Relation(RelationSymbol),
    /// What a caller gives to a query, or a column that a raw query says that it gives.
    Parameter {
        /// The query.
        declaration: Declaration,
        /// What is written there.
        item: &'db ParameterItem,
    },
    /// A name that a query or view gives to something in it.
    Local(LocalSymbol),
    /// A word of the language.
    Word(Word),
}

/// A word of the language. The registry says what it means.
#[derive(Clone, Copy)]
pub(crate) enum Word {
    /// A type.
    Type(&'static TypeInfo),
    /// A word after `@`.
    Attribute(&'static WordInfo),
    /// A table item, a default, a declaration, a clause.
    Item(&'static WordInfo),
    /// A named argument of an attribute or item.
    Argument(&'static NamedArgument),
    /// A function of expressions.
    Function(&'static FunctionInfo),
    /// What makes one value of many rows.
    Aggregate(&'static WordInfo),
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

/// A relation, by the foreign key that makes it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RelationSymbol {
    /// The foreign key.
    pub(crate) key: RelationKey,
    /// The table that it leads to.
    pub(crate) target: Option<Declaration>,
}

/// A name inside a query or view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LocalSymbol {
    /// The query or view.
    pub(crate) declaration: Declaration,
    /// Where it gets the name.
    pub(crate) anchor: Anchor,
    /// What is called so.
    pub(crate) kind: LocalKind,
    /// The table or view that an alias stands for; of an output, the enum that it is a value of.
    pub(crate) of: Option<Declaration>,
}

/// What a query or view gives a name to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LocalKind {
    /// `with name { … }`
    CommonTable,
    /// `from users as name`
    Alias,
    /// `select name: …`
    Output,
}

/// What makes two names the same: where the thing that they name is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Definition {
    /// A declaration.
    Declaration(Declaration),
    /// Something in a declaration, by its name there.
    Member(Declaration, Anchor),
    /// A relation, by its foreign key and whether it leads back.
    Relation(Declaration, Anchor, bool),
}

impl Definition {
    /// The declaration that it stands in.
    pub(crate) const fn declaration(self) -> Declaration {
        match self {
            Definition::Declaration(it) | Definition::Member(it, _) | Definition::Relation(it, ..) => it,
        }
    }
}

impl Symbol<'_> {
    /// Where it is declared; `None` for words of the language.
    pub(crate) fn definition(&self, db: &Database) -> Option<Definition> {
        Some(match self {
            Symbol::Declaration(it) => Definition::Declaration(*it),
            Symbol::Column(it) => Definition::Member(it.written_in, it.item.name.anchor),
            Symbol::EnumValue { declaration, index } => {
                Definition::Member(*declaration, declaration.item(db).values.get(*index)?.name.anchor)
            }
            Symbol::Relation(it) => Definition::Relation(it.key.written_in, it.key.anchor, it.key.is_back),
            Symbol::Parameter { declaration, item } => Definition::Member(*declaration, item.name.anchor),
            Symbol::Local(it) => Definition::Member(it.declaration, it.anchor),
            Symbol::Word(_) => return None,
        })
    }
}

impl<'db> ColumnSymbol<'db> {
    /// The column of `owner` with this shape.
    pub(crate) fn new(db: &'db Database, owner: Declaration, shape: &'db ColumnShape) -> Option<Self> {
        let written_in = shape.origin.declaration;
        let item = column_item(written_in.item(db), shape)?;
        Some(ColumnSymbol { owner, shape, written_in, item })
    }
}

fn column_item<'a>(item: &'a Item, shape: &ColumnShape) -> Option<&'a ColumnItem> {
    item.columns().find(|column| column.name.anchor == shape.name)
}

/// The columns of a table or mixin, those of its mixins included.
pub(crate) fn columns(db: &Database, declaration: Declaration) -> &[ColumnShape] {
    &orm_schema_lang::lower::shape::shape(db, Project::get(db), declaration).columns
}

/// The text of a declaration.
pub(crate) fn source_of(db: &Database, declaration: Declaration) -> Option<&SourceDeclaration> {
    let file = declaration.file(db);
    let index = *orm_schema_lang::database::file_positions(db, file).get(&declaration)?;
    file.source(db).declarations().get(index)
}
