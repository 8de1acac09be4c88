//! What the name at an offset means: the one place that hover, definition and, later, references and rename ask.
//!
//! Queries are walked in [`query`].
//!
//! The walk follows the registry, which says what the arguments of each word are, so a new word needs no code here.

mod query;

use std::ops::Range;

use orm_model::{
    ScalarType,
    registry::{self, ArgumentValue, Positional, WordInfo},
};
use orm_schema_lang::{
    Database, File, Project,
    database::{Declaration, item_tree, resolve},
    item::{
        Argument, Attribute, ColumnItem, DeclarationKind, EnumValueItem, ExpressionItem, ExpressionKind, Item, Member,
        Name, TableItem, TypeExpression,
    },
    source::SourceDeclaration,
};

use crate::symbol::{ColumnSymbol, Symbol, columns};

/// A name in the text.
pub(crate) struct SymbolAt<'db> {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// What it means.
    pub(crate) symbol: Symbol<'db>,
}

/// The name that `offset` is in, or at the end of.
pub(crate) fn symbol_at(db: &Database, file: File, offset: usize) -> Option<SymbolAt<'_>> {
    let (index, source) = file.source(db).declaration_at(offset)?;
    let declaration = *item_tree(db, file).get(index)?;
    let mut search = Search { db, project: Project::get(db), declaration, source, offset, found: Vec::new() };
    search.item(declaration.item(db));
    // Between two names that touch, the one that begins here is meant.
    search.found.into_iter().min_by_key(|it| (it.range.end == offset, it.range.len()))
}

struct Search<'db> {
    db: &'db Database,
    project: Project,
    declaration: Declaration,
    source: &'db SourceDeclaration,
    offset: usize,
    found: Vec<SymbolAt<'db>>,
}

impl<'db> Search<'db> {
    /// Keeps what a name means if the offset is in it; `meaning` is asked for that one only.
    fn name(&mut self, name: &Name, meaning: impl FnOnce(&Self) -> Option<Symbol<'db>>) {
        let range = self.source.span(name.anchor);
        if range.start <= self.offset
            && self.offset <= range.end
            && let Some(symbol) = meaning(self)
        {
            self.found.push(SymbolAt { range, symbol });
        }
    }

    /// The word that a declaration begins with, behind its comments.
    fn keyword(&mut self, item: &Item) {
        let Some(word) = registry::find_declaration(item.kind.keyword()) else { return };
        let text = self.declaration.file(self.db).source(self.db).text();
        let whole = self.source.range();
        let mut start = whole.start;
        for line in text.get(whole).unwrap_or_default().split_inclusive('\n') {
            let code = line.trim_start();
            if !code.is_empty() && !code.starts_with("//") {
                start += line.len() - code.len();
                break;
            }
            start += line.len();
        }
        let range = start..start + word.name.len();
        if text.get(range.clone()) == Some(word.name) && range.start <= self.offset && self.offset <= range.end {
            self.found.push(SymbolAt { range, symbol: Symbol::Item(word) });
        }
    }

    fn item(&mut self, item: &'db Item) {
        let declaration = self.declaration;
        self.keyword(item);
        if let Some(name) = &item.name {
            self.name(name, |_| Some(Symbol::Declaration(declaration)));
        }
        if let Some(dialect) = item.raw.as_ref().and_then(|it| it.dialect.as_ref()) {
            self.name(dialect, |_| Some(Symbol::Declaration(declaration)));
        }
        self.attributes(&item.attributes, None);
        self.arguments(registry::find_declaration(item.kind.keyword()), &item.arguments, None);
        if let Some(sql) = &item.sql {
            self.expression(sql, None);
        }
        if let Some(query) = &item.query {
            self.query(query);
        }
        if let Some(storage) = &item.storage {
            self.type_expression(storage);
        }
        for member in &item.members {
            match member {
                Member::Column(column) => self.column(column),
                Member::Spread(spread) => {
                    if let Some(name) = &spread.name {
                        self.name(name, |it| it.resolve(&name.text, DeclarationKind::Mixin).map(Symbol::Declaration));
                    }
                }
                Member::Item(item) => self.table_item(item),
            }
        }
        for (index, value) in item.values.iter().enumerate() {
            self.enum_value(index, value);
        }
    }

    fn column(&mut self, column: &'db ColumnItem) {
        self.name(&column.name, |it| it.own_column(column));
        let mut values = None;
        if let Some(written) = &column.column_type {
            self.type_expression(written);
            values = self.resolve(&written.name.text, DeclarationKind::Enum);
        }
        if let Some(default) = &column.default {
            self.expression(default, values);
        }
        self.attributes(&column.attributes, values);
    }

    fn table_item(&mut self, item: &TableItem) {
        let word = registry::find_item(&item.name.text);
        self.name(&item.name, |_| word.map(Symbol::Item));
        self.arguments(word, &item.arguments, None);
        self.attributes(&item.attributes, None);
    }

    fn enum_value(&mut self, index: usize, value: &EnumValueItem) {
        let declaration = self.declaration;
        self.name(&value.name, |_| Some(Symbol::EnumValue { declaration, index }));
        self.attributes(&value.attributes, None);
    }

    /// `values`: the enum whose values may stand in the expressions of the attributes.
    fn attributes(&mut self, attributes: &[Attribute], values: Option<Declaration>) {
        for attribute in attributes {
            let Some(name) = &attribute.name else { continue };
            let word = registry::find_attribute(&name.text);
            self.name(name, |_| word.map(Symbol::Attribute));
            self.arguments(word, &attribute.arguments, values);
        }
    }

    fn arguments(&mut self, word: Option<&'static WordInfo>, arguments: &[Argument], values: Option<Declaration>) {
        for argument in arguments {
            let value = &argument.value;
            let Some(name) = &argument.name else {
                match word.map(|word| word.positional) {
                    Some(Positional::Keys | Positional::Columns { .. } | Positional::Expression) => {
                        self.expression(value, values)
                    }
                    Some(Positional::ColumnOfTable) => self.column_of_table(value),
                    Some(Positional::Table) => self.table(value),
                    Some(Positional::Sequence) => self.sequence(value),
                    Some(Positional::None | Positional::Text | Positional::Name | Positional::Dialect) | None => {}
                }
                continue;
            };
            let known = word.and_then(|word| word.named.iter().find(|it| *it.name == *name.text));
            self.name(name, |_| known.map(Symbol::Argument));
            match known.map(|known| known.value) {
                Some(ArgumentValue::Columns | ArgumentValue::Expression) => self.expression(value, None),
                Some(ArgumentValue::TableWithColumns) => self.table_with_columns(value),
                Some(ArgumentValue::Table) => self.table(value),
                Some(ArgumentValue::ColumnOfTable) => self.column_of_table(value),
                _ => {}
            }
        }
    }

    fn type_expression(&mut self, written: &TypeExpression) {
        let name = &written.name;
        self.name(name, |it| match registry::find_type(&name.text) {
            Some(info) => Some(Symbol::Type(info)),
            None => it.resolve(&name.text, DeclarationKind::Enum).map(Symbol::Declaration),
        });
    }

    /// `users.id`; while only `users` is typed, the table.
    fn column_of_table(&mut self, value: &ExpressionItem) {
        let ExpressionKind::Path(path) = &value.kind else { return };
        match path.split_last() {
            Some((_, [])) => self.table(value),
            Some((column, table)) => self.table_path(table, std::iter::once(column)),
            None => {}
        }
    }

    /// `orders(tenant_id, id)`
    fn table_with_columns(&mut self, value: &ExpressionItem) {
        if let ExpressionKind::Call { function, arguments } = &value.kind {
            self.table_path(function, arguments.iter().filter_map(|it| it.value.as_name()));
        }
    }

    fn table(&mut self, value: &ExpressionItem) {
        if let ExpressionKind::Path(path) = &value.kind {
            self.table_path(path, std::iter::empty());
        }
    }

    /// A sequence, `auth.numbers` included.
    fn sequence(&mut self, value: &ExpressionItem) {
        let ExpressionKind::Path(path) = &value.kind else { return };
        let name = path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".");
        let sequence = self.resolve(&name, DeclarationKind::Sequence);
        for part in path {
            self.name(part, |_| sequence.map(Symbol::Declaration));
        }
    }

    /// A table, `auth.users` included, and names of its columns.
    fn table_path<'a>(&mut self, path: &[Name], column_names: impl Iterator<Item = &'a Name>) {
        let name = path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".");
        let table = self.resolve(&name, DeclarationKind::Table);
        for part in path {
            self.name(part, |_| table.map(Symbol::Declaration));
        }
        for column in column_names {
            self.name(column, |it| it.column_named(table?, &column.text));
        }
    }

    /// `values`: the enum whose values may stand here, because of the type of the column or of the other operand.
    fn expression(&mut self, item: &ExpressionItem, values: Option<Declaration>) {
        if let ExpressionKind::Path(path) = &item.kind {
            if let [name] = path.as_slice() {
                self.name(name, |it| it.column_or_value(name, values));
            }
            return;
        }
        if let ExpressionKind::Call { function, arguments } = &item.kind
            && let Some(name) = function.first()
        {
            if let Some(word) = registry::find_default(&name.text) {
                function.iter().for_each(|name| self.name(name, |_| Some(Symbol::Item(word))));
                return self.arguments(Some(word), arguments, None);
            }
            self.name(name, |_| registry::find_function(&name.text).map(Symbol::Function));
        }
        if let ExpressionKind::Cast { to, .. } = &item.kind {
            self.type_expression(to);
        }
        let operands = item.operands();
        let values = operands.iter().find_map(|operand| self.enum_of_column(operand)).or(values);
        for operand in operands {
            self.expression(operand, values);
        }
    }

    fn column_or_value(&self, name: &Name, values: Option<Declaration>) -> Option<Symbol<'db>> {
        self.column_named(self.declaration, &name.text).or_else(|| {
            let declaration = values?;
            let index = declaration.item(self.db).values.iter().position(|it| it.name.text == name.text)?;
            Some(Symbol::EnumValue { declaration, index })
        })
    }

    fn enum_of_column(&self, operand: &ExpressionItem) -> Option<Declaration> {
        let name = operand.as_name()?;
        let column = columns(self.db, self.declaration).iter().find(|it| *it.declared_name() == *name.text)?;
        match &column.column_type()?.scalar {
            ScalarType::Enum(name) => self.resolve(name, DeclarationKind::Enum),
            _ => None,
        }
    }

    fn column_named(&self, owner: Declaration, name: &str) -> Option<Symbol<'db>> {
        let shape = columns(self.db, owner).iter().find(|it| it.declared_name() == name)?;
        ColumnSymbol::new(self.db, owner, shape).map(Symbol::Column)
    }

    /// The column that is written here, which is not the first of its name while a second one is an error.
    fn own_column(&self, item: &'db ColumnItem) -> Option<Symbol<'db>> {
        let owner = self.declaration;
        let is_it = |it: &&orm_schema_lang::lower::shape::ColumnShape| {
            it.origin.spread.is_none() && it.name == item.name.anchor
        };
        let shape = columns(self.db, owner).iter().find(is_it)?;
        Some(Symbol::Column(ColumnSymbol { owner, shape, written_in: owner, item }))
    }

    fn resolve(&self, name: &str, kind: DeclarationKind) -> Option<Declaration> {
        resolve(self.db, self.project, name, &[kind])
    }
}
