//! What is known of a whole query while a part of it is written.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap, HashSet};

use orm_model::{
    Expression, ObjectName, Schema,
    query::{InsertRows, Output, QueryBody, Relation, Select, Source},
};

use super::QueryDialect;

/// The sources of a query, and what went wrong in writing it.
pub struct QueryScope<'a> {
    tables: HashMap<&'a str, &'a ObjectName>,
    /// The sources that the text calls otherwise, and how.
    shown: HashMap<&'a str, String>,
    /// The sources that are called like an output of their query.
    hidden: BTreeSet<&'a str>,
    /// The columns of what queries inside others read, in small letters: there they hide sources of the queries around them.
    inner_columns: HashSet<String>,
    /// The names of all sources.
    sources: BTreeSet<&'a str>,
    /// The names of sources and outputs, in small letters.
    names: RefCell<HashSet<String>>,
    refusal: RefCell<Option<String>>,
}

impl<'a> QueryScope<'a> {
    /// The scope of a query in a dialect.
    pub(super) fn new(body: &'a QueryBody, schema: &Schema, dialect: &dyn QueryDialect) -> Self {
        let mut scope = QueryScope {
            tables: HashMap::new(),
            shown: HashMap::new(),
            hidden: BTreeSet::new(),
            inner_columns: HashSet::new(),
            sources: BTreeSet::new(),
            names: RefCell::new(HashSet::new()),
            refusal: RefCell::new(None),
        };
        match body {
            QueryBody::Select(it) => scope.add(it),
            QueryBody::Insert(it) => {
                scope.add_source(&it.target);
                if let (Relation::Table(table), false) = (&it.target.relation, dialect.names_insert_target()) {
                    scope.shown.insert(&it.target.name, table.name.clone());
                }
                if let InsertRows::Query(query) = &it.rows {
                    scope.add(query);
                }
                scope.add_outputs(&it.returning);
            }
            QueryBody::Update(it) => {
                scope.add_source(&it.target);
                scope.add_outputs(&it.returning);
            }
            QueryBody::Delete(it) => {
                scope.add_source(&it.target);
                scope.add_outputs(&it.returning);
            }
            QueryBody::Sql(_) => {}
        }
        body.walk(&mut |it| {
            if let Expression::Exists(query) | Expression::Subquery(query) | Expression::InQuery { query, .. } = it {
                scope.add(query);
            }
        });
        if dialect.columns_hide_sources() {
            let is_inner = |it: &Select| !body.outermost().is_some_and(|outer| std::ptr::eq(outer, it));
            for nested in body.selects() {
                scope.add_given(nested.select);
                if is_inner(nested.select) {
                    scope.add_columns(nested.select, schema);
                }
            }
            scope.show_hidden();
        }
        scope
    }

    /// Notes the columns of the tables and views that a query inside another one reads.
    fn add_columns(&mut self, select: &Select, schema: &Schema) {
        for source in select.sources() {
            let Relation::Table(name) = &source.relation else { continue };
            let columns = schema.tables.get(name).into_iter().flat_map(|it| &it.columns);
            self.inner_columns.extend(columns.map(|it| it.name.to_lowercase()));
            let view = schema.views.get(name).and_then(|it| it.select.as_ref());
            self.inner_columns.extend(view.iter().flat_map(|it| &it.outputs).map(|it| it.name.to_lowercase()));
        }
    }

    /// Notes the columns of queries that are read like tables, wherever that is.
    fn add_given(&mut self, select: &Select) {
        let tables = select.common_tables.iter().map(|it| &it.query);
        let sources = select.sources().flat_map(|it| match &it.relation {
            Relation::Query(query) => std::slice::from_ref(&**query),
            Relation::Set { queries, .. } => queries.as_slice(),
            Relation::Table(_) | Relation::CommonTable(_) => &[],
        });
        let names = tables.chain(sources).flat_map(|it| &it.outputs).map(|it| it.name.to_lowercase());
        self.inner_columns.extend(names.collect::<Vec<_>>());
    }

    /// Gives sources that are called like an output, or like a column of a query inside, another name.
    fn show_hidden(&mut self) {
        for name in self.sources.clone() {
            if self.inner_columns.contains(&name.to_lowercase()) {
                self.hidden.insert(name);
            }
        }
        self.names.get_mut().extend(self.inner_columns.iter().cloned());
        for source in std::mem::take(&mut self.hidden) {
            let name = self.fresh(source);
            self.shown.entry(source).or_insert(name);
        }
    }

    fn add(&mut self, select: &'a Select) {
        for output in &select.outputs {
            self.names.get_mut().insert(output.name.to_lowercase());
        }
        for source in select.sources() {
            self.add_source(source);
            if select.outputs.iter().any(|it| it.name.eq_ignore_ascii_case(&source.name)) {
                self.hidden.insert(&source.name);
            }
        }
        for query in select.queries() {
            self.add(query);
        }
    }

    fn add_source(&mut self, source: &'a Source) {
        if let Relation::Table(table) = &source.relation {
            self.tables.insert(&source.name, table);
        }
        self.sources.insert(&source.name);
        self.names.get_mut().insert(source.name.to_lowercase());
    }

    fn add_outputs(&mut self, outputs: &'a [Output]) {
        for query in outputs.iter().filter_map(Output::query) {
            self.add(query);
        }
    }

    /// The table that a source reads, if it does.
    pub(crate) fn table(&self, source: &str) -> Option<&'a ObjectName> {
        self.tables.get(source).copied()
    }

    /// What the text calls a source.
    pub(crate) fn shown<'n>(&'n self, source: &'n str) -> &'n str {
        self.shown.get(source).map_or(source, String::as_str)
    }

    /// A name that no source has yet.
    pub(crate) fn fresh(&self, wish: &str) -> String {
        let mut names = self.names.borrow_mut();
        let numbered = (2..).map(|number| format!("{wish}_{number}"));
        let name = std::iter::once(wish.to_owned()).chain(numbered).find(|it| !names.contains(&it.to_lowercase()));
        let name = name.unwrap_or_default();
        names.insert(name.to_lowercase());
        name
    }

    /// Notes what the database cannot do; the first reason stays.
    pub(crate) fn refuse(&self, reason: &str) {
        self.refusal.borrow_mut().get_or_insert_with(|| reason.to_owned());
    }

    /// Notes what the checker does not let through; whoever sees it has found a mistake of ours.
    pub(crate) fn unchecked(&self, reason: &str) {
        self.refuse(&format!("{reason}, which `orm check` should have said: please report it"));
    }

    pub(super) fn refusal(self) -> Option<String> {
        self.refusal.into_inner()
    }
}
