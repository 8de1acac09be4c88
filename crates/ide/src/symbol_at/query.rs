//! Names in queries: tables, columns and relations of what is read, parameters' types.

use orm_schema_lang::{
    database::Declaration,
    item::{
        Argument, DeclarationKind, ExpressionItem, ExpressionKind, Name,
        query::{
            AssignmentItem, Clause, ClauseKind, ConflictAction, ParameterItem, QueryItem, RelationItem, SelectionItem,
            SourceItem,
        },
    },
    lower::query::relation::relations,
};

use super::Search;
use crate::symbol::Symbol;

/// A table that is read, and what the text calls it.
#[derive(Clone)]
struct Read {
    name: String,
    table: Declaration,
}

impl Read {
    fn new(name: &Name, table: Declaration) -> Self {
        Read { name: name.text.rsplit('.').next().unwrap_or(&name.text).to_owned(), table }
    }
}

impl<'db> Search<'db> {
    pub(super) fn query(&mut self, query: &'db QueryItem) {
        for parameter in &query.parameters {
            self.parameter(parameter);
        }
        for column in query.result.iter().flat_map(|it| it.row.iter().flatten()) {
            self.parameter(column);
        }
        if let Some(clauses) = &query.clauses {
            self.clauses(clauses, &[]);
        }
    }

    fn parameter(&mut self, parameter: &ParameterItem) {
        let Some(written) = &parameter.value_type else { return };
        self.type_expression(written);
        self.name(&written.name, |it| it.resolve(&written.name.text, DeclarationKind::Table).map(Symbol::Declaration));
    }

    /// `outer`: what the queries around these clauses read.
    fn clauses(&mut self, clauses: &'db [Clause], outer: &[Read]) {
        let own = clauses.iter().filter_map(|it| match &it.kind {
            ClauseKind::From(source) | ClauseKind::Update(source) | ClauseKind::Delete(source) => {
                self.read(source.as_ref()?)
            }
            ClauseKind::Join { source, .. } => self.read(source.as_ref()?),
            ClauseKind::Insert(Some(name)) => self.table_of(name).map(|table| Read::new(name, table)),
            _ => None,
        });
        // The nearest is looked at first.
        let reads: Vec<_> = own.chain(outer.iter().cloned()).collect();
        for clause in clauses {
            self.clause(&clause.kind, &reads);
        }
    }

    fn clause(&mut self, clause: &'db ClauseKind, reads: &[Read]) {
        match clause {
            ClauseKind::With { query, .. } | ClauseKind::SetOperation { query, .. } => self.clauses(query, reads),
            ClauseKind::From(source) | ClauseKind::Update(source) | ClauseKind::Delete(source) => {
                self.source(source.as_ref(), reads);
            }
            ClauseKind::Join { source, condition, .. } => {
                self.source(source.as_ref(), reads);
                condition.iter().for_each(|it| self.value(it, reads));
            }
            ClauseKind::Where { condition, .. } | ClauseKind::Having(condition) => self.value(condition, reads),
            ClauseKind::GroupBy(items) | ClauseKind::Values(items) => {
                items.iter().for_each(|it| self.value(it, reads));
            }
            ClauseKind::OrderBy(keys) => keys.iter().for_each(|it| self.value(&it.value, reads)),
            ClauseKind::Limit(count) | ClauseKind::Offset(count) => self.value(count, reads),
            ClauseKind::Select { selection, .. } | ClauseKind::Returning(selection) => self.selection(selection, reads),
            ClauseKind::Insert(name) => name.iter().for_each(|it| self.table_name(it)),
            ClauseKind::Set(assignments) => self.assignments(assignments, reads),
            ClauseKind::OnConflict { target, action } => {
                target.iter().flatten().for_each(|it| self.value(&it.value, reads));
                if let Some(ConflictAction::Update { assignments, condition }) = action {
                    self.assignments(assignments, reads);
                    condition.iter().for_each(|it| self.value(it, reads));
                }
            }
            ClauseKind::Lock { .. } => {}
        }
    }

    fn source(&mut self, source: Option<&'db SourceItem>, reads: &[Read]) {
        match source.map(|it| &it.relation) {
            Some(RelationItem::Name(name)) => self.table_name(name),
            Some(RelationItem::Query(clauses)) => self.clauses(clauses, reads),
            Some(RelationItem::Function { .. }) | None => {}
        }
    }

    fn assignments(&mut self, assignments: &'db [AssignmentItem], reads: &[Read]) {
        for it in assignments {
            self.path(std::slice::from_ref(&it.target), reads);
            it.value.iter().for_each(|it| self.value(it, reads));
        }
    }

    fn selection(&mut self, selection: &'db [SelectionItem], reads: &[Read]) {
        for item in selection {
            let SelectionItem::Value { value, nested, .. } = item else { continue };
            let Some(nested) = nested else {
                self.value(value, reads);
                continue;
            };
            let (path, arguments) = match &value.kind {
                ExpressionKind::Path(path) => (path.as_slice(), [].as_slice()),
                ExpressionKind::Call { function, arguments } => (function.as_slice(), arguments.as_slice()),
                _ => continue,
            };
            self.relation(path, arguments, reads);
            if let Some(inner) = self.through(path, reads) {
                self.selection(nested, &inner);
            }
        }
    }

    /// A relation and what is said of its rows.
    fn relation(&mut self, path: &[Name], arguments: &'db [Argument], reads: &[Read]) {
        self.path(path, reads);
        let Some(inner) = self.through(path, reads) else { return };
        for argument in arguments.iter().filter(|it| it.name.is_some()) {
            self.value(&argument.value, &inner);
        }
    }

    /// What the rows of a relation are read as, nearest first.
    fn through(&self, path: &[Name], reads: &[Read]) -> Option<Vec<Read>> {
        let table = self.related(path, reads)?;
        Some(std::iter::once(Read::new(path.last()?, table)).chain(reads.iter().cloned()).collect())
    }

    fn value(&mut self, item: &'db ExpressionItem, reads: &[Read]) {
        match &item.kind {
            ExpressionKind::Path(path) => return self.path(path, reads),
            ExpressionKind::Query(clauses) | ExpressionKind::Exists(clauses) => return self.clauses(clauses, reads),
            ExpressionKind::ExistsRelation(arguments) => {
                if let Some((path, rest)) = named_relation(arguments) {
                    self.relation(path, rest, reads);
                }
                return;
            }
            ExpressionKind::Call { function, arguments } => {
                if let Some(name) = function.first() {
                    self.name(name, |_| orm_model::registry::find_function(&name.text).map(Symbol::Function));
                }
                // `count(posts, where: …)`
                if let Some((path, rest)) = named_relation(arguments)
                    && self.related(path, reads).is_some()
                {
                    return self.relation(path, rest, reads);
                }
            }
            ExpressionKind::Cast { to, .. } => self.type_expression(to),
            _ => {}
        }
        for operand in item.operands() {
            self.value(operand, reads);
        }
    }

    /// A column, `users.name`, or a relation.
    fn path(&mut self, path: &[Name], reads: &[Read]) {
        if let [source, _, ..] = path
            && let Some(read) = reads.iter().find(|it| it.name == *source.text)
        {
            self.name(source, |_| Some(Symbol::Declaration(read.table)));
        }
        for (index, name) in path.iter().enumerate() {
            let qualifier = index.checked_sub(1).map(|before| &path[before]);
            let is_meant = |it: &&Read| qualifier.is_none_or(|qualifier| it.name == *qualifier.text);
            let meant: Vec<_> = reads.iter().filter(is_meant).collect();
            self.name(name, |it| meant.iter().find_map(|read| it.column_named(read.table, &name.text)));
        }
        if let (Some(name), Some(table)) = (path.last(), self.related(path, reads)) {
            self.name(name, |_| Some(Symbol::Declaration(table)));
        }
        self.relation_path(path, reads);
    }

    /// `author.company.name`, `posts.author.name`
    fn relation_path(&mut self, path: &[Name], reads: &[Read]) {
        let Some(first) = path.first() else { return };
        let is_source = reads.iter().any(|it| it.name == *first.text);
        let start = 1 + usize::from(is_source);
        let Some(mut table) = path.get(..start).and_then(|it| self.related(it, reads)) else { return };
        self.name(&path[start - 1], |_| Some(Symbol::Declaration(table)));
        for name in &path[start..] {
            let next = relations(self.db, self.project, table).iter().find(|it| it.name == name.text);
            self.name(name, |it| {
                let column = it.column_named(table, &name.text);
                column.or_else(|| next.map(|it| Symbol::Declaration(it.target)))
            });
            let Some(next) = next else { return };
            table = next.target;
        }
    }

    /// The table that a relation leads to.
    fn related(&self, path: &[Name], reads: &[Read]) -> Option<Declaration> {
        let (name, qualifier) = path.split_last()?;
        let mut meant = reads.iter().filter(|it| qualifier.last().is_none_or(|written| it.name == *written.text));
        meant.find_map(|read| {
            let relations = relations(self.db, self.project, read.table);
            relations.iter().find(|it| it.name == name.text).map(|it| it.target)
        })
    }

    fn read(&self, source: &SourceItem) -> Option<Read> {
        let RelationItem::Name(name) = &source.relation else { return None };
        Some(Read::new(source.alias.as_ref().unwrap_or(name), self.table_of(name)?))
    }

    fn table_of(&self, name: &Name) -> Option<Declaration> {
        self.resolve(&name.text, DeclarationKind::Table)
    }

    fn table_name(&mut self, name: &Name) {
        self.name(name, |it| {
            let table = it.resolve(&name.text, DeclarationKind::Table);
            table.or_else(|| it.resolve(&name.text, DeclarationKind::View)).map(Symbol::Declaration)
        });
    }
}

/// The relation that arguments begin with, and what is said of its rows.
fn named_relation(arguments: &[Argument]) -> Option<(&[Name], &[Argument])> {
    let (first, rest) = arguments.split_first()?;
    match &first.value.kind {
        ExpressionKind::Path(path) if first.name.is_none() => Some((path, rest)),
        _ => None,
    }
}
