//! Names in queries: tables, columns, relations, parameters, and the names that a query gives itself.

use std::{ops::Range, sync::Arc};

use orm_model::registry;
use orm_schema_lang::{
    database::{Declaration, resolve},
    item::{
        Argument, DeclarationKind, ExpressionItem, ExpressionKind, Name,
        query::{
            AssignmentItem, Clause, ClauseKind, ConflictAction, ParameterItem, QueryItem, RelationItem, SelectionItem,
            SourceItem,
        },
    },
    lower::query::relation::{TableRelation, relations},
};

use super::{Access, Names, Shorthand, Wanted, joined, last_part};
use crate::symbol::{ColumnSymbol, LocalKind, LocalSymbol, Symbol, Word, columns, source_of};

/// So many views are looked into that read one another.
const MOST_VIEWS: usize = 16;

/// What a name in a query may be.
#[derive(Clone, Default)]
pub(crate) struct Scope<'db> {
    /// What is read, the nearest first: the sources of the query itself, then those of the queries around it.
    pub(crate) reads: Vec<Read<'db>>,
    /// `with`, the nearest first.
    pub(crate) common_tables: Vec<(LocalSymbol, Arc<str>, Outputs<'db>)>,
    /// What a sort key may name.
    pub(crate) outputs: Outputs<'db>,
    /// The table that rows are inserted into.
    pub(crate) target: Option<Declaration>,
}

/// The columns of a query by name.
pub(crate) type Outputs<'db> = Vec<(Arc<str>, Symbol<'db>)>;

/// Something that is read.
#[derive(Clone)]
pub(crate) struct Read<'db> {
    /// What the text calls it.
    pub(crate) name: Arc<str>,
    /// What the text may call it as well: `auth.users`.
    qualified: Option<Arc<str>>,
    /// What that name means.
    symbol: Symbol<'db>,
    /// What it has.
    pub(crate) columns: Columns<'db>,
}

/// What has columns.
#[derive(Clone)]
pub(crate) enum Columns<'db> {
    /// A table, which has relations, too.
    Table(Declaration),
    /// The outputs of a query.
    Outputs(Outputs<'db>),
}

impl<'db> Read<'db> {
    pub(crate) fn is_called(&self, name: &str) -> bool {
        *self.name == *name || self.qualified.as_deref() == Some(name)
    }

    fn table(name: &str, table: Declaration) -> Self {
        let last = last_part(name);
        Read {
            qualified: (last != name).then(|| Arc::from(name)),
            name: Arc::from(last),
            symbol: Symbol::Declaration(table),
            columns: Columns::Table(table),
        }
    }
}

impl<'db> Scope<'db> {
    fn read(&self, name: &str) -> Option<&Read<'db>> {
        self.reads.iter().find(|it| it.is_called(name))
    }

    /// The same with something nearer that is read.
    fn with(&self, read: Read<'db>) -> Self {
        let reads = std::iter::once(read).chain(self.reads.iter().cloned()).collect();
        Scope { reads, outputs: Vec::new(), ..self.clone() }
    }
}

impl<'db> Names<'_, 'db> {
    pub(super) fn query(&mut self, query: &'db QueryItem) {
        for parameter in query.parameters.iter().chain(query.result.iter().flat_map(|it| it.row.iter().flatten())) {
            self.parameter(parameter);
        }
        if let Some(clauses) = &query.clauses {
            self.clauses(clauses, &Scope::default());
        }
    }

    fn parameter(&mut self, item: &'db ParameterItem) {
        let declaration = self.declaration;
        self.declares(&item.name, |_| Some(Symbol::Parameter { declaration, item }));
        let Some(written) = &item.value_type else { return };
        self.type_expression(written);
        self.name(&written.name, |it| it.resolve(&written.name.text, DeclarationKind::Table).map(Symbol::Declaration));
        if let Some(default) = &item.default {
            self.value(default, &Scope::default(), self.resolve(&written.name.text, DeclarationKind::Enum));
        }
    }

    /// The names of these clauses. Returns what the clauses give.
    fn clauses(&mut self, clauses: &'db [Clause], outer: &Scope<'db>) -> Outputs<'db> {
        let scope = self.scope(clauses, outer, true);
        for clause in clauses {
            if self.may_hold(clause.anchor) {
                self.clause_word(clause);
                self.clause(&clause.kind, &scope);
            }
        }
        scope.outputs
    }

    /// The word that a clause begins with.
    fn clause_word(&mut self, clause: &Clause) {
        let range = self.source.span(clause.anchor);
        let text = self.text.get(range.clone()).unwrap_or_default();
        let length = text.find(|it: char| !it.is_ascii_lowercase() && it != '_').unwrap_or(text.len());
        let range = range.start..range.start + length;
        self.word_at(range, || registry::find_clause(&text[..length]).map(Word::Item));
    }

    /// What a query inside another one gives. Either its names are found, too, or nothing of it: each query is walked
    /// once, however deep it stands.
    fn inner(&mut self, clauses: &'db [Clause], outer: &Scope<'db>, finds: bool) -> Outputs<'db> {
        if finds { self.clauses(clauses, outer) } else { self.scope(clauses, outer, false).outputs }
    }

    /// What names may be in these clauses. `finds`: whether the names of what is read are found on the way.
    pub(crate) fn scope(&mut self, clauses: &'db [Clause], outer: &Scope<'db>, finds: bool) -> Scope<'db> {
        let mut scope = Scope { outputs: Vec::new(), target: None, ..outer.clone() };
        let mut own = 0;
        for clause in clauses {
            let read = match &clause.kind {
                ClauseKind::With { name, query, .. } => {
                    let outputs = self.inner(query, &scope, finds);
                    if let Some(name) = name {
                        let symbol = self.local(name, LocalKind::CommonTable, None);
                        if finds {
                            self.declares(name, |_| Some(Symbol::Local(symbol)));
                        }
                        scope.common_tables.insert(0, (symbol, name.text.clone(), outputs));
                    }
                    None
                }
                ClauseKind::From(source) | ClauseKind::Update(source) | ClauseKind::Delete(source) => {
                    source.as_ref().and_then(|it| self.read(it, &scope, finds))
                }
                ClauseKind::Join { source, .. } => source.as_ref().and_then(|it| self.read(it, &scope, finds)),
                ClauseKind::Insert(Some(name)) => {
                    if finds {
                        self.table_name(name);
                    }
                    scope.target = self.resolve(&name.text, DeclarationKind::Table);
                    None
                }
                _ => None,
            };
            if let Some(read) = read {
                scope.reads.insert(own, read);
                own += 1;
            }
        }
        let selections = clauses.iter().filter_map(|it| match &it.kind {
            ClauseKind::Select { selection, .. } => Some(selection),
            _ => None,
        });
        scope.outputs = selections.flat_map(|it| self.outputs(it, &scope)).collect();
        scope
    }

    fn read(&mut self, source: &'db SourceItem, scope: &Scope<'db>, finds: bool) -> Option<Read<'db>> {
        let mut read = match &source.relation {
            RelationItem::Name(name) => {
                let read = self.read_named(name, scope);
                if finds {
                    self.name(name, |_| read.as_ref().map(|it| it.symbol));
                }
                read?
            }
            RelationItem::Query(clauses) => {
                let columns = Columns::Outputs(self.inner(clauses, scope, finds));
                let alias = source.alias.as_ref()?;
                let symbol = Symbol::Local(self.local(alias, LocalKind::Alias, None));
                Read { name: alias.text.clone(), qualified: None, symbol, columns }
            }
            RelationItem::Function { .. } => return None,
        };
        if let Some(alias) = &source.alias {
            let of = match read.symbol {
                Symbol::Declaration(it) => Some(it),
                _ => None,
            };
            let symbol = Symbol::Local(self.local(alias, LocalKind::Alias, of));
            if finds {
                self.declares(alias, |_| Some(symbol));
            }
            read = Read { name: alias.text.clone(), qualified: None, symbol, columns: read.columns };
        }
        Some(read)
    }

    /// A common table expression, a table or a view.
    fn read_named(&self, name: &Name, scope: &Scope<'db>) -> Option<Read<'db>> {
        if let Some((symbol, _, outputs)) = scope.common_tables.iter().find(|it| it.1 == name.text) {
            let (symbol, columns) = (Symbol::Local(*symbol), Columns::Outputs(outputs.clone()));
            return Some(Read { name: name.text.clone(), qualified: None, symbol, columns });
        }
        if let Some(table) = self.resolve(&name.text, DeclarationKind::Table) {
            return Some(Read::table(&name.text, table));
        }
        let view = self.resolve(&name.text, DeclarationKind::View)?;
        Some(Read { columns: Columns::Outputs(self.view_outputs(view)), ..Read::table(&name.text, view) })
    }

    fn local(&self, name: &Name, kind: LocalKind, of: Option<Declaration>) -> LocalSymbol {
        LocalSymbol { declaration: self.declaration, anchor: name.anchor, kind, of }
    }

    fn view_outputs(&self, view: Declaration) -> Outputs<'db> {
        let clauses = view.item(self.db).query.as_ref().and_then(|it| it.clauses.as_ref());
        let (Some(clauses), Some(source)) = (clauses, source_of(self.db, view)) else { return Vec::new() };
        // Views that read one another are an error, and have no columns here.
        if self.views == MOST_VIEWS {
            return Vec::new();
        }
        let mut names = Names::new(self.db, view, source, Wanted::Spelled(&[]));
        names.views = self.views + 1;
        names.scope(clauses, &Scope::default(), false).outputs
    }

    fn outputs(&self, selection: &'db [SelectionItem], scope: &Scope<'db>) -> Outputs<'db> {
        let mut outputs = Vec::new();
        for item in selection {
            match item {
                SelectionItem::Wildcard(_) => {
                    let all = scope.reads.iter().flat_map(|read| self.columns_of(read));
                    outputs.extend(all);
                }
                SelectionItem::Value { alias: Some(alias), value, .. } => {
                    outputs.push((alias.text.clone(), self.output(alias, value, scope)));
                }
                SelectionItem::Value { value, .. } => {
                    let ExpressionKind::Path(path) = &value.kind else { continue };
                    let meant = self.path_symbols(path, scope, false).pop();
                    if let (Some(name), Some((_, symbol))) = (path.last(), meant) {
                        outputs.push((name.text.clone(), symbol));
                    }
                }
            }
        }
        outputs
    }

    /// What an alias in `select` names: an output, or the column that is inserted.
    fn output(&self, alias: &Name, value: &ExpressionItem, scope: &Scope<'db>) -> Symbol<'db> {
        let inserted = scope.target.and_then(|table| self.column_named(table, &alias.text));
        inserted.unwrap_or_else(|| {
            let values = self.enum_of_value(value, scope);
            Symbol::Local(self.local(alias, LocalKind::Output, values))
        })
    }

    /// The enum that a value is of, whatever it is made by.
    fn enum_of_value(&self, value: &ExpressionItem, scope: &Scope<'db>) -> Option<Declaration> {
        let of = |it: &ExpressionItem| self.enum_of_value(it, scope);
        match &value.kind {
            ExpressionKind::Cast { to, .. } => self.resolve(&to.name.text, DeclarationKind::Enum),
            // What has a type of its own gives no value of an enum.
            ExpressionKind::Call { function, arguments } => {
                let known = function.first().and_then(|it| registry::find_function(&it.text));
                let has_own_type = known.is_some_and(|it| it.returns.column_type().is_some());
                arguments.iter().filter(|_| !has_own_type).find_map(|it| of(&it.value))
            }
            ExpressionKind::Case { branches, otherwise, .. } => {
                branches.iter().map(|(_, then)| then).chain(otherwise.as_deref()).find_map(of)
            }
            ExpressionKind::Query(clauses) => {
                let mut names = Names::new(self.db, self.declaration, self.source, Wanted::Spelled(&[]));
                names.views = self.views;
                let outputs = names.in_text(self.text).scope(clauses, scope, false).outputs;
                outputs.first().and_then(|(_, it)| self.enum_of_symbol(it))
            }
            _ => self.enum_of_operand(value, scope),
        }
    }

    /// The columns of something that is read.
    pub(crate) fn columns_of(&self, read: &Read<'db>) -> Outputs<'db> {
        match &read.columns {
            Columns::Outputs(outputs) => outputs.clone(),
            Columns::Table(table) => {
                let shapes = columns(self.db, *table).iter();
                let symbols = shapes.filter_map(|shape| ColumnSymbol::new(self.db, *table, shape));
                symbols.map(|it| (Arc::from(it.shape.declared_name()), Symbol::Column(it))).collect()
            }
        }
    }

    fn clause(&mut self, clause: &'db ClauseKind, scope: &Scope<'db>) {
        let without_outputs = || Scope { outputs: Vec::new(), ..scope.clone() };
        match clause {
            ClauseKind::SetOperation { query, .. } => {
                self.clauses(query, &without_outputs());
            }
            ClauseKind::Join { condition: Some(condition), .. } => self.value(condition, &without_outputs(), None),
            ClauseKind::Where { condition, .. } | ClauseKind::Having(condition) => {
                self.value(condition, &without_outputs(), None);
            }
            ClauseKind::GroupBy(items) => items.iter().for_each(|it| self.value(it, scope, None)),
            ClauseKind::Values(rows) => rows.iter().for_each(|it| self.row(it, scope)),
            ClauseKind::OrderBy(keys) => keys.iter().for_each(|it| self.value(&it.value, scope, None)),
            ClauseKind::Limit(count) | ClauseKind::Offset(count) => self.value(count, scope, None),
            ClauseKind::Select { selection, .. } => self.selection(selection, &without_outputs()),
            ClauseKind::Returning(selection) => {
                self.selection(selection, &Scope { target: None, ..self.written(scope) });
            }
            ClauseKind::Set(assignments) => self.assignments(assignments, &without_outputs()),
            ClauseKind::OnConflict { target, action } => {
                let mut scope = self.written(scope);
                target.iter().flatten().for_each(|it| self.value(&it.value, &scope, None));
                if let Some(ConflictAction::Update { assignments, condition }) = action {
                    scope.reads.extend(scope.target.map(|table| Read::table(orm_model::query::EXCLUDED, table)));
                    self.assignments(assignments, &scope);
                    condition.iter().for_each(|it| self.value(it, &scope, None));
                }
            }
            // What they name is found while it is gathered what they add.
            ClauseKind::With { .. }
            | ClauseKind::From(_)
            | ClauseKind::Update(_)
            | ClauseKind::Delete(_)
            | ClauseKind::Insert(_)
            | ClauseKind::Join { .. }
            | ClauseKind::Lock { .. } => {}
        }
    }

    /// What names may be that speak of the written rows: of an insert not what its rows are read from.
    fn written(&self, scope: &Scope<'db>) -> Scope<'db> {
        let target = scope.target.map(|table| vec![Read::table(table.name(self.db), table)]);
        Scope { reads: target.unwrap_or_else(|| scope.reads.clone()), outputs: Vec::new(), ..scope.clone() }
    }

    /// `{ $email, name: "x" }`
    fn row(&mut self, row: &'db ExpressionItem, scope: &Scope<'db>) {
        let (ExpressionKind::Object(pairs), Some(table)) = (&row.kind, scope.target) else {
            return self.value(row, scope, None);
        };
        for (key, value) in pairs {
            let whole = self.source.span(value.anchor);
            // `$email` is the column and the parameter.
            let is_both = self.source.span(key.anchor) == whole;
            if let (true, ExpressionKind::Parameter(Some(name))) = (is_both, &value.kind) {
                self.parameter_name(name, Shorthand::Value);
            } else {
                self.value(value, scope, self.enum_of_named(table, &key.text));
            }
            let shorthand = if is_both { Shorthand::Key } else { Shorthand::No };
            self.name_for(key, Access::Write, shorthand, |it| it.column_named(table, &key.text));
        }
    }

    fn enum_of_named(&self, table: Declaration, column: &str) -> Option<Declaration> {
        let column = columns(self.db, table).iter().find(|it| it.declared_name() == column)?;
        self.enum_of(column)
    }

    fn assignments(&mut self, assignments: &'db [AssignmentItem], scope: &Scope<'db>) {
        for it in assignments {
            let target = std::slice::from_ref(&it.target);
            self.path(target, scope, false, Access::Write);
            if let Some(value) = &it.value {
                let values = self.enum_of_path(target, scope);
                self.value(value, scope, values);
            }
        }
    }

    fn selection(&mut self, selection: &'db [SelectionItem], scope: &Scope<'db>) {
        for item in selection {
            let SelectionItem::Value { alias, value, nested, .. } = item else { continue };
            if let Some(alias) = alias {
                let access = if scope.target.is_some() { Access::Write } else { Access::Declaration };
                self.name_for(alias, access, Shorthand::No, |it| Some(it.output(alias, value, scope)));
            }
            let (path, arguments) = match &value.kind {
                ExpressionKind::Path(path) if nested.is_some() => (path.as_slice(), [].as_slice()),
                // Whoever writes `posts(where: …)` has not come to the braces yet.
                ExpressionKind::Call { function, arguments }
                    if nested.is_some() || self.is_relation_call(function, scope) =>
                {
                    (function.as_slice(), arguments.as_slice())
                }
                _ if nested.is_some() => continue,
                _ => {
                    self.selected(alias.as_ref(), value, scope);
                    continue;
                }
            };
            self.relation(path, arguments, scope);
            if let (Some(nested), Some(inner)) = (nested, self.through(path, scope)) {
                self.selection(nested, &inner);
            }
        }
    }

    fn is_relation_call(&self, function: &[Name], scope: &Scope<'db>) -> bool {
        let is_function = matches!(function, [name] if orm_model::registry::find_function(&name.text).is_some());
        !is_function && self.related(function, scope).is_some()
    }

    /// A selected value. What is inserted goes into the column that it is called like.
    fn selected(&mut self, alias: Option<&Name>, value: &'db ExpressionItem, scope: &Scope<'db>) {
        let (Some(table), None, ExpressionKind::Path(path)) = (scope.target, alias, &value.kind) else {
            return self.value(value, scope, None);
        };
        let Some(name) = path.last() else { return };
        let first = self.found.len();
        self.path(path, scope, false, Access::Read);
        for found in self.found.iter_mut().skip(first).filter(|it| matches!(it.symbol, Symbol::Column(_))) {
            found.shorthand = Shorthand::Value;
        }
        self.name_for(name, Access::Write, Shorthand::Key, |it| it.column_named(table, &name.text));
    }

    /// A relation and what is said of its rows.
    fn relation(&mut self, path: &[Name], arguments: &'db [Argument], scope: &Scope<'db>) {
        self.path(path, scope, true, Access::Read);
        let Some(inner) = self.through(path, scope) else { return };
        for argument in arguments {
            let Some(name) = &argument.name else { continue };
            let known = registry::RELATION.named.iter().find(|it| *it.name == *name.text);
            self.word(name, || known.map(Word::Argument));
            self.value(&argument.value, &inner, None);
        }
    }

    /// What names may be in what is said of the rows of a relation.
    pub(crate) fn through(&self, path: &[Name], scope: &Scope<'db>) -> Option<Scope<'db>> {
        let (from, relation) = self.related(path, scope)?;
        let symbol = self.relation_symbol(from, relation)?;
        let name = path.last()?.text.clone();
        let read = Read { name, qualified: None, symbol, columns: Columns::Table(relation.target) };
        Some(Scope { target: None, ..scope.with(read) })
    }

    fn value(&mut self, item: &'db ExpressionItem, scope: &Scope<'db>, values: Option<Declaration>) {
        match &item.kind {
            ExpressionKind::Path(path) => {
                let is_known = self.path(path, scope, false, Access::Read);
                if let (false, [name], Some(values)) = (is_known, path.as_slice(), values) {
                    self.name(name, |it| it.value_named(values, &name.text));
                }
                return;
            }
            ExpressionKind::Parameter(Some(name)) => return self.parameter_name(name, Shorthand::No),
            ExpressionKind::Query(clauses) | ExpressionKind::Exists(clauses) => {
                self.clauses(clauses, scope);
                return;
            }
            ExpressionKind::ExistsRelation(arguments) => {
                if let Some((path, rest)) = named_relation(arguments) {
                    self.relation(path, rest, scope);
                }
                return;
            }
            ExpressionKind::Call { function, arguments } => {
                if let [name] = function.as_slice()
                    && let Some(sql) = registry::find_default(&name.text).filter(|it| it.name == "sql")
                {
                    self.word(name, || Some(Word::Item(sql)));
                    return self.arguments(Some(sql), arguments, None);
                }
                if let Some(name) = function.first() {
                    let aggregate = || registry::find_aggregate(&name.text).map(Word::Aggregate);
                    self.word(name, || registry::find_function(&name.text).map(Word::Function).or_else(aggregate));
                }
                // `count(posts, where: …)`
                if let Some((path, rest)) = named_relation(arguments)
                    && self.path_symbols(path, scope, false).iter().all(|(_, it)| !matches!(it, Symbol::Column(_)))
                    && self.related(path, scope).is_some()
                {
                    return self.relation(path, rest, scope);
                }
            }
            ExpressionKind::Cast { to, .. } => self.type_expression(to),
            _ => {}
        }
        let operands = item.operands();
        let values = operands.iter().find_map(|it| self.enum_of_operand(it, scope)).or(values);
        for operand in operands {
            self.value(operand, scope, values);
        }
    }

    fn enum_of_operand(&self, operand: &ExpressionItem, scope: &Scope<'db>) -> Option<Declaration> {
        match &operand.kind {
            ExpressionKind::Path(path) => self.enum_of_path(path, scope),
            ExpressionKind::Parameter(Some(name)) => {
                let written = self.parameter_item(&name.text)?.value_type.as_ref()?;
                self.resolve(&written.name.text, DeclarationKind::Enum)
            }
            _ => None,
        }
    }

    fn enum_of_path(&self, path: &[Name], scope: &Scope<'db>) -> Option<Declaration> {
        let (parts, symbol) = self.path_symbols(path, scope, false).pop()?;
        if parts.end == path.len() { self.enum_of_symbol(&symbol) } else { None }
    }

    fn enum_of_symbol(&self, symbol: &Symbol<'db>) -> Option<Declaration> {
        match symbol {
            Symbol::Column(column) => self.enum_of(column.shape),
            Symbol::Local(local) if local.kind == LocalKind::Output => local.of,
            _ => None,
        }
    }

    /// `$name`; the name is what stands behind the sign.
    fn parameter_name(&mut self, name: &Name, shorthand: Shorthand) {
        let declaration = self.declaration;
        self.name_for(name, Access::Read, shorthand, |it| {
            let item = it.parameter_item(&name.text)?;
            Some(Symbol::Parameter { declaration, item })
        });
    }

    fn parameter_item(&self, name: &str) -> Option<&'db ParameterItem> {
        let query = self.source.item().query.as_ref()?;
        query.parameters.iter().find(|it| *it.name.text == *name)
    }

    /// A column, `users.name`, or a relation. Returns whether it is one of them.
    fn path(&mut self, path: &[Name], scope: &Scope<'db>, prefers_relation: bool, access: Access) -> bool {
        if !path.iter().any(|name| self.is_wanted(name)) {
            // Whoever looks for a name of another spelling asks nothing of this one, an enum's value included.
            return true;
        }
        if self.captures {
            self.captured = Some((scope.clone(), path.to_vec()));
        }
        let symbols = self.path_symbols(path, scope, prefers_relation);
        for (parts, symbol) in &symbols {
            let names = &path[parts.clone()];
            let (Some(first), Some(last)) = (names.first(), names.last()) else { continue };
            let range = self.source.span(first.anchor).start..self.source.span(last.anchor).end;
            self.text_for(&joined(names), range, access, Shorthand::No, |_| Some(*symbol));
        }
        !symbols.is_empty()
    }

    fn is_wanted(&self, name: &Name) -> bool {
        match self.wanted {
            Wanted::At(offset) => {
                let range = self.source.span(name.anchor);
                range.start <= offset && offset <= range.end
            }
            Wanted::Spelled(names) => names.contains(&last_part(&name.text)),
            Wanted::All => true,
        }
    }

    /// What the parts of a path mean, and how many parts each takes. Behind a column stands what is inside its JSON, behind
    /// a relation what the row has that it leads to.
    pub(super) fn path_symbols(
        &self,
        path: &[Name],
        scope: &Scope<'db>,
        prefers_relation: bool,
    ) -> Vec<(Range<usize>, Symbol<'db>)> {
        if let [name] = path
            && let Some((_, symbol)) = scope.outputs.iter().find(|(output, _)| *output == name.text)
        {
            return vec![(0..1, *symbol)];
        }
        for parts in 1..path.len().min(3) {
            if let Some(read) = scope.read(&joined(&path[..parts])) {
                let members = self.members(std::slice::from_ref(read), path, parts, prefers_relation);
                return std::iter::once((0..parts, read.symbol)).chain(members).collect();
            }
        }
        self.members(&scope.reads, path, 0, prefers_relation)
    }

    /// The relations that a path goes along from `start`, and the column at its end.
    fn members(
        &self,
        reads: &[Read<'db>],
        path: &[Name],
        start: usize,
        prefers_relation: bool,
    ) -> Vec<(Range<usize>, Symbol<'db>)> {
        let Some(name) = path.get(start) else { return Vec::new() };
        let Some(symbol) = self.member(reads, &name.text, prefers_relation) else { return Vec::new() };
        let mut found = vec![(start..start + 1, symbol)];
        if !matches!(symbol, Symbol::Column(_))
            && let Some((_, relation)) = self.relation_named(reads, &name.text)
        {
            let reached = Read::table(&name.text, relation.target);
            found.extend(self.members(&[reached], path, start + 1, prefers_relation));
        }
        found
    }

    /// A column or relation of what is read.
    fn member(&self, reads: &[Read<'db>], name: &str, prefers_relation: bool) -> Option<Symbol<'db>> {
        let column = || {
            reads.iter().find_map(|read| match &read.columns {
                Columns::Table(table) => self.column_named(*table, name),
                Columns::Outputs(outputs) => outputs.iter().find(|it| *it.0 == *name).map(|it| it.1),
            })
        };
        let relation = || {
            let (from, relation) = self.relation_named(reads, name)?;
            self.relation_symbol(from, relation)
        };
        if prefers_relation { relation().or_else(column) } else { column().or_else(relation) }
    }

    fn relation_named(&self, reads: &[Read<'db>], name: &str) -> Option<(Declaration, &'db TableRelation)> {
        reads.iter().find_map(|read| {
            let Columns::Table(table) = &read.columns else { return None };
            let relations = relations(self.db, self.project, *table);
            relations.iter().find(|it| *it.name == *name).map(|it| (*table, it))
        })
    }

    /// The relation that a path leads along, and the table that it leads from.
    fn related(&self, path: &[Name], scope: &Scope<'db>) -> Option<(Declaration, &'db TableRelation)> {
        let (last, before) = path.split_last()?;
        // As in `path_symbols`: something that is read has at most a schema before its name.
        let source = (1..=before.len().min(2)).find_map(|parts| Some((parts, scope.read(&joined(&before[..parts]))?)));
        let (parts, mut reads) = match source {
            Some((parts, read)) => (parts, vec![read.clone()]),
            None => (0, scope.reads.clone()),
        };
        for name in &before[parts..] {
            let (_, relation) = self.relation_named(&reads, &name.text)?;
            reads = vec![Read::table(&name.text, relation.target)];
        }
        self.relation_named(&reads, &last.text)
    }

    fn table_or_view(&self, name: &str) -> Option<Declaration> {
        resolve(self.db, self.project, name, &[DeclarationKind::Table, DeclarationKind::View])
    }

    fn table_name(&mut self, name: &Name) {
        self.name(name, |it| it.table_or_view(&name.text).map(Symbol::Declaration));
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
