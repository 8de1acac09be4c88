//! The names of a declaration, and what each of them means.
//!
//! One walk serves everybody who asks: for the name at an offset, for the names that are spelled in some way, or for all.
//! What a name means is found out only for those that are wanted.
//!
//! The walk follows the registry, which says what the arguments of each word are, so a new word needs no code here.
//! Queries are walked in [`query`], raw SQL in [`raw`].

mod query;
mod raw;

use std::ops::Range;

use orm_model::{
    ScalarType,
    registry::{self, ArgumentValue, Positional, WordInfo},
};
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, resolve},
    item::{
        Anchor, Argument, Attribute, ColumnItem, DeclarationKind, EnumValueItem, ExpressionItem, ExpressionKind, Item,
        Member, Name, TableItem, TypeExpression,
    },
    lower::{
        query::relation::{RelationKey, TableRelation, relation_key},
        shape::ColumnShape,
    },
    source::SourceDeclaration,
};

use crate::symbol::{ColumnSymbol, Definition, RelationSymbol, Symbol, Word, columns};

pub(crate) use query::{Columns, Read, Scope};

/// A name in the text.
#[derive(Clone)]
pub(crate) struct Occurrence<'db> {
    /// Its bytes.
    pub(crate) range: Range<usize>,
    /// What it means.
    pub(crate) symbol: Symbol<'db>,
    /// What is done with what it names.
    pub(crate) access: Access,
    /// What else the same name says.
    pub(crate) shorthand: Shorthand,
}

/// What is done with something where its name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It is declared.
    Declaration,
    /// It is used.
    Read,
    /// It gets a value.
    Write,
}

/// Whether a name says two things: in `{ $email }` the column that is written, and the parameter that is written into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shorthand {
    /// One thing only.
    No,
    /// It names what is written: another name of that stands before the value, with a colon.
    Key,
    /// It is the value: what is written keeps its name, which stands before another name of the value.
    Value,
}

/// Which names are looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted<'a> {
    /// The one at an offset of the file.
    At(usize),
    /// Those whose last part is one of these.
    Spelled(&'a [&'a str]),
    /// Every one.
    All,
}

/// The names of a declaration.
pub(crate) struct Names<'a, 'db> {
    db: &'db Database,
    project: Project,
    declaration: Declaration,
    /// What is walked: the declaration as it is, or as it would be with another text.
    source: &'db SourceDeclaration,
    /// The text that it is of.
    text: &'db str,
    wanted: Wanted<'a>,
    /// The only offsets at which a wanted name may stand, in order, if somebody knows them.
    places: Option<&'a [usize]>,
    /// The name by which a column is called here, and the column: as if it had got that name already.
    renamed: Option<(&'a str, Definition)>,
    /// How many views around this one are looked into.
    views: usize,
    found: Vec<Occurrence<'db>>,
    /// Whether it is kept what a name could be.
    captures: bool,
    /// What a name could be where the last wanted path stood, and what stands before it in that path.
    captured: Option<(Scope<'db>, Vec<Name>)>,
}

impl<'a, 'db> Names<'a, 'db> {
    pub(crate) fn new(
        db: &'db Database,
        declaration: Declaration,
        source: &'db SourceDeclaration,
        wanted: Wanted<'a>,
    ) -> Self {
        Names {
            db,
            project: Project::get(db),
            declaration,
            source,
            text: declaration.file(db).source(db).text(),
            wanted,
            places: None,
            renamed: None,
            views: 0,
            found: Vec::new(),
            captures: false,
            captured: None,
        }
    }

    /// The same for a declaration of another text than that of its file.
    pub(crate) fn in_text(mut self, text: &'db str) -> Self {
        self.text = text;
        self
    }

    /// Finds a column by another name as well: by the one that it is to get.
    pub(crate) fn with_renamed(mut self, name: &'a str, column: Definition) -> Self {
        self.renamed = Some((name, column));
        self
    }

    /// Walks only what has one of these offsets, which are in order: a wanted name stands nowhere else.
    pub(crate) fn at_places(mut self, places: &'a [usize]) -> Self {
        self.places = Some(places);
        self
    }

    /// Whether a wanted name may stand in a part of the declaration.
    fn may_hold(&self, part: Anchor) -> bool {
        self.places.is_none() || self.may_stand_in(&self.source.span(part))
    }

    fn may_stand_in(&self, range: &Range<usize>) -> bool {
        self.places.is_none_or(|places| {
            let next = places.partition_point(|it| *it < range.start);
            places.get(next).is_some_and(|it| *it < range.end)
        })
    }

    /// The members in which a wanted name may stand.
    fn members_to_walk<'i>(&self, members: &'i [Member]) -> Vec<&'i Member> {
        let Some(places) = self.places else { return members.iter().collect() };
        let (mut found, mut next) = (Vec::new(), 0);
        for place in places {
            // They are in the order of the text.
            let rest = &members[next..];
            let behind = rest.partition_point(|it| self.source.span(it.anchor()).end <= *place);
            let here = rest.get(behind).filter(|it| self.source.span(it.anchor()).start <= *place);
            next += behind + usize::from(here.is_some());
            found.extend(here);
        }
        found
    }

    /// The wanted names, in no order.
    pub(crate) fn find(mut self) -> Vec<Occurrence<'db>> {
        self.item(self.source.item());
        self.found
    }

    /// What a name could be where the text says `marker`, and the names before it in the same path; where it stands in no
    /// expression, what the outermost clauses read.
    pub(crate) fn scope_at(&mut self, marker: &str) -> (Scope<'db>, Vec<Name>) {
        self.captures = true;
        self.item(self.source.item());
        if let Some((scope, path)) = self.captured.take() {
            let qualifier = path.into_iter().take_while(|it| *it.text != *marker).collect();
            return (scope, qualifier);
        }
        let clauses = self.source.item().query.as_ref().and_then(|it| it.clauses.as_ref());
        let scope = clauses.map(|it| self.scope(it, &Scope::default(), false)).unwrap_or_default();
        (scope, Vec::new())
    }

    /// The column that a path is.
    pub(crate) fn column_of(&self, path: &[&str], scope: &Scope<'db>) -> Option<&'db ColumnShape> {
        let path: Vec<_> = path.iter().map(|it| Name { text: (*it).into(), anchor: Anchor::DECLARATION }).collect();
        match self.path_symbols(&path, scope, false).pop()? {
            (parts, Symbol::Column(column)) if parts.end == path.len() => Some(column.shape),
            _ => None,
        }
    }

    /// Keeps what a name means if it is wanted; `meaning` is asked for a wanted one only.
    fn name(&mut self, name: &Name, meaning: impl FnOnce(&Self) -> Option<Symbol<'db>>) {
        self.name_for(name, Access::Read, Shorthand::No, meaning);
    }

    /// The name by which something is declared.
    fn declares(&mut self, name: &Name, meaning: impl FnOnce(&Self) -> Option<Symbol<'db>>) {
        self.name_for(name, Access::Declaration, Shorthand::No, meaning);
    }

    fn name_for(
        &mut self,
        name: &Name,
        access: Access,
        shorthand: Shorthand,
        meaning: impl FnOnce(&Self) -> Option<Symbol<'db>>,
    ) {
        let mut range = self.source.span(name.anchor);
        if !self.may_stand_in(&range) {
            return;
        }
        // `$name`
        if range.len() == name.text.len() + 1 {
            range.start += 1;
        }
        self.text_for(&name.text, range, access, shorthand, meaning);
    }

    fn text_for(
        &mut self,
        text: &str,
        range: Range<usize>,
        access: Access,
        shorthand: Shorthand,
        meaning: impl FnOnce(&Self) -> Option<Symbol<'db>>,
    ) {
        let is_wanted = match self.wanted {
            Wanted::At(offset) => range.start <= offset && offset <= range.end,
            Wanted::Spelled(names) => names.contains(&last_part(text)),
            Wanted::All => true,
        };
        if is_wanted && let Some(symbol) = meaning(self) {
            self.found.push(Occurrence { range, symbol, access, shorthand });
        }
    }

    /// A name of several parts that means one thing: `auth.users`.
    fn path_name(&mut self, path: &[Name], meaning: impl FnOnce(&Self, &str) -> Option<Symbol<'db>>) {
        let (Some(first), Some(last)) = (path.first(), path.last()) else { return };
        let range = self.source.span(first.anchor).start..self.source.span(last.anchor).end;
        if !self.may_stand_in(&range) {
            return;
        }
        let text = joined(path);
        self.text_for(&text, range, Access::Read, Shorthand::No, |it| meaning(it, &text));
    }

    /// The word that a declaration begins with, behind its comments.
    fn keyword(&mut self, item: &Item) {
        let Some(word) = registry::find_declaration(item.kind.keyword()) else { return };
        if !matches!(self.wanted, Wanted::At(_)) {
            return;
        }
        let text = self.text;
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
        if text.get(range.clone()) == Some(word.name) {
            self.word_at(range, || Some(Word::Item(word)));
        }
    }

    /// A word of the language that colours itself: it means something to who asks for an offset, and is no name otherwise.
    fn word_at(&mut self, range: Range<usize>, meaning: impl FnOnce() -> Option<Word>) {
        if matches!(self.wanted, Wanted::At(_)) {
            self.text_for("", range, Access::Read, Shorthand::No, |_| meaning().map(Symbol::Word));
        }
    }

    /// A word of the language that stands where a name could.
    fn word(&mut self, name: &Name, meaning: impl FnOnce() -> Option<Word>) {
        self.name(name, |_| meaning().map(Symbol::Word));
    }

    fn item(&mut self, item: &'db Item) {
        let declaration = self.declaration;
        self.keyword(item);
        if let Some(name) = &item.name {
            self.declares(name, |_| Some(Symbol::Declaration(declaration)));
        }
        if let Some(dialect) = item.raw.as_ref().and_then(|it| it.dialect.as_ref()) {
            self.name(dialect, |_| Some(Symbol::Declaration(declaration)));
        }
        self.attributes(&item.attributes, None);
        self.arguments(registry::find_declaration(item.kind.keyword()), &item.arguments, None);
        if let Some(sql) = &item.sql {
            self.expression(sql, None);
            self.raw(item, sql);
        }
        if let Some(query) = &item.query {
            self.query(query);
        }
        if let Some(storage) = &item.storage {
            self.type_expression(storage);
        }
        for member in self.members_to_walk(&item.members) {
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
        self.declares(&column.name, |it| it.own_column(column));
        let written = column.column_type.as_ref();
        if let Some(written) = written.filter(|it| self.may_hold(it.anchor)) {
            self.type_expression(written);
        }
        // Where a column of every table is looked for, its name is all that is wanted of most lines.
        let default = column.default.as_ref().filter(|it| self.may_hold(it.anchor));
        if default.is_none() && !column.attributes.iter().any(|it| self.may_hold(it.anchor)) {
            return;
        }
        let values = written.and_then(|it| self.resolve(&it.name.text, DeclarationKind::Enum));
        if let Some(default) = default {
            self.expression(default, values);
        }
        self.attributes(&column.attributes, values);
    }

    fn table_item(&mut self, item: &TableItem) {
        let word = registry::find_item(&item.name.text);
        self.word(&item.name, || word.map(Word::Item));
        self.arguments(word, &item.arguments, None);
        self.relation_names(word, item.anchor, &item.arguments);
        self.attributes(&item.attributes, None);
    }

    fn enum_value(&mut self, index: usize, value: &EnumValueItem) {
        let declaration = self.declaration;
        self.declares(&value.name, |_| Some(Symbol::EnumValue { declaration, index }));
        self.attributes(&value.attributes, None);
    }

    /// `values`: the enum whose values may stand in the expressions of the attributes.
    fn attributes(&mut self, attributes: &[Attribute], values: Option<Declaration>) {
        for attribute in attributes {
            let Some(name) = attribute.name.as_ref().filter(|_| self.may_hold(attribute.anchor)) else { continue };
            let word = registry::find_attribute(&name.text);
            self.word(name, || word.map(Word::Attribute));
            self.arguments(word, &attribute.arguments, values);
            self.relation_names(word, attribute.anchor, &attribute.arguments);
        }
    }

    /// `as: author, back: posts` of the foreign key at `key`.
    fn relation_names(&mut self, word: Option<&'static WordInfo>, key: Anchor, arguments: &[Argument]) {
        let takes_names = word.is_some_and(|word| word.named.iter().any(|it| it.value == ArgumentValue::Name));
        for argument in arguments.iter().filter(|_| takes_names) {
            let is_back = match argument.name.as_ref().map(|it| &*it.text) {
                Some("as") => false,
                Some("back") => true,
                _ => continue,
            };
            let text = match &argument.value.kind {
                ExpressionKind::Path(path) if path.len() == 1 => &*path[0].text,
                ExpressionKind::String(text) => text,
                _ => continue,
            };
            let range = self.source.span(argument.value.anchor);
            let range = if text.len() < range.len() { range.start + 1..range.end - 1 } else { range };
            self.text_for(text, range, Access::Declaration, Shorthand::No, |it| {
                let target = if is_back { Some(it.declaration) } else { it.referenced_table(arguments) };
                let key = RelationKey { written_in: it.declaration, anchor: key, is_back };
                Some(Symbol::Relation(RelationSymbol { key, target }))
            });
        }
    }

    /// The table that a foreign key with these arguments refers to.
    fn referenced_table(&self, arguments: &[Argument]) -> Option<Declaration> {
        let path = match arguments.iter().find(|it| it.name.as_ref().is_some_and(|it| &*it.text == "references")) {
            Some(argument) => match &argument.value.kind {
                ExpressionKind::Call { function, .. } => function.as_slice(),
                _ => return None,
            },
            None => match &arguments.iter().find(|it| it.name.is_none())?.value.kind {
                ExpressionKind::Path(path) => path.split_last()?.1,
                _ => return None,
            },
        };
        self.resolve(&joined(path), DeclarationKind::Table)
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
            self.word(name, || known.map(Word::Argument));
            match known.map(|known| known.value) {
                Some(ArgumentValue::Columns | ArgumentValue::Expression) => self.expression(value, None),
                Some(ArgumentValue::TableWithColumns) => self.table_with_columns(value),
                Some(ArgumentValue::Table) => self.table(value),
                Some(ArgumentValue::ColumnOfTable) => self.column_of_table(value),
                Some(ArgumentValue::Action | ArgumentValue::NullsComparison | ArgumentValue::Boolean) => {
                    self.word_at(self.source.span(value.anchor), || known.map(Word::Argument));
                }
                _ => {}
            }
        }
    }

    fn type_expression(&mut self, written: &TypeExpression) {
        let name = &written.name;
        self.name(name, |it| match registry::find_type(&name.text) {
            Some(info) => Some(Symbol::Word(Word::Type(info))),
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
        self.path_name(path, |it, name| it.resolve(name, DeclarationKind::Sequence).map(Symbol::Declaration));
    }

    /// A table, `auth.users` included, and names of its columns.
    fn table_path<'n>(&mut self, path: &[Name], column_names: impl Iterator<Item = &'n Name>) {
        self.path_name(path, |it, name| it.resolve(name, DeclarationKind::Table).map(Symbol::Declaration));
        for column in column_names {
            self.name(column, |it| it.column_named(it.resolve(&joined(path), DeclarationKind::Table)?, &column.text));
        }
    }

    /// `values`: the enum whose values may stand here, because of the type of the column or of the other operand.
    fn expression(&mut self, item: &ExpressionItem, values: Option<Declaration>) {
        if let ExpressionKind::Path(path) = &item.kind {
            // What follows the first name is inside JSON.
            if let Some(name) = path.first() {
                let values = values.filter(|_| path.len() == 1);
                self.name(name, |it| it.column_or_value(name, values));
            }
            return;
        }
        if let ExpressionKind::Call { function, arguments } = &item.kind
            && let Some(name) = function.first()
        {
            if let Some(word) = registry::find_default(&name.text) {
                function.iter().for_each(|name| self.word(name, || Some(Word::Item(word))));
                return self.arguments(Some(word), arguments, None);
            }
            self.word(name, || registry::find_function(&name.text).map(Word::Function));
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
        self.column_named(self.declaration, &name.text).or_else(|| self.value_named(values?, &name.text))
    }

    fn value_named(&self, declaration: Declaration, name: &str) -> Option<Symbol<'db>> {
        let index = declaration.item(self.db).values.iter().position(|it| *it.name.text == *name)?;
        Some(Symbol::EnumValue { declaration, index })
    }

    fn enum_of_column(&self, operand: &ExpressionItem) -> Option<Declaration> {
        let name = operand.as_name()?;
        let column = columns(self.db, self.declaration).iter().find(|it| *it.declared_name() == *name.text)?;
        self.enum_of(column)
    }

    /// The enum that a column is of.
    fn enum_of(&self, column: &ColumnShape) -> Option<Declaration> {
        match &column.column_type()?.scalar {
            ScalarType::Enum(name) => self.resolve(name, DeclarationKind::Enum),
            _ => None,
        }
    }

    fn column_named(&self, owner: Declaration, name: &str) -> Option<Symbol<'db>> {
        let columns = columns(self.db, owner);
        let renamed = || {
            let (_, column) = self.renamed.filter(|it| it.0 == name)?;
            columns.iter().find(|it| Definition::Member(it.origin.declaration, it.name) == column)
        };
        let shape = columns.iter().find(|it| it.declared_name() == name).or_else(renamed)?;
        ColumnSymbol::new(self.db, owner, shape).map(Symbol::Column)
    }

    /// The column that is written here, which is not the first of its name while a second one is an error.
    fn own_column(&self, item: &'db ColumnItem) -> Option<Symbol<'db>> {
        let owner = self.declaration;
        let is_it = |it: &&ColumnShape| it.origin.spread.is_none() && it.name == item.name.anchor;
        let shape = columns(self.db, owner).iter().find(is_it)?;
        Some(Symbol::Column(ColumnSymbol { owner, shape, written_in: owner, item }))
    }

    fn relation_symbol(&self, from: Declaration, relation: &TableRelation) -> Option<Symbol<'db>> {
        let key = relation_key(self.db, self.project, from, relation)?;
        Some(Symbol::Relation(RelationSymbol { key, target: Some(relation.target) }))
    }

    fn resolve(&self, name: &str, kind: DeclarationKind) -> Option<Declaration> {
        resolve(self.db, self.project, name, &[kind])
    }
}

/// What stands behind the last point of a name.
pub(crate) fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether a parameter can have the name: behind `$` stand letters of English, digits and `_`, and no backtick.
pub(crate) fn is_parameter_name(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
}

/// The parts of a name with points between them.
pub(crate) fn joined(path: &[Name]) -> String {
    path.iter().map(|part| &*part.text).collect::<Vec<_>>().join(".")
}
