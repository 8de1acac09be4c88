//! What a name in a query may be: a column of what it reads, or of what the queries around it read.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeSet,
};

use orm_model::{
    ColumnType, Dialect, Enum, Expression,
    query::{Field, Output, ParameterValue, QueryParameter, ResultValue, Select},
};

use super::{
    path::{self, Followed},
    uses,
};
use crate::{
    database::Declaration,
    diagnostics::rules::{ambiguous_column, bad_expression, relation_path, unknown_column},
    item::{Anchor, Name},
    lower::{Scope, object_name::path_text},
};

/// What all queries of a declaration share.
pub(crate) struct Whole<'a> {
    /// What the caller gives.
    pub(crate) parameters: &'a [QueryParameter],
    /// The names of sources that are taken.
    pub(crate) taken: RefCell<BTreeSet<String>>,
    /// Where they were written.
    pub(crate) places: RefCell<Vec<SourcePlace>>,
}

/// Where a source of a query was written, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SourcePlace {
    /// Its name in the model.
    pub(crate) name: String,
    /// Where the text names it.
    pub(crate) anchor: Anchor,
    /// The table, if it is one.
    pub(crate) table: Option<Declaration>,
}

impl<'a> Whole<'a> {
    /// What the queries of a declaration with these parameters share.
    pub(crate) fn new(parameters: &'a [QueryParameter]) -> Self {
        Whole { parameters, taken: RefCell::default(), places: RefCell::default() }
    }

    /// Remembers where a source was written.
    pub(crate) fn place(&self, source: &SourceNames, anchor: Anchor) {
        let place = SourcePlace { name: source.name.clone(), anchor, table: source.table };
        self.places.borrow_mut().push(place);
    }

    /// A name for a source that no other source of the declaration has: the wanted one, or one with a number.
    pub(crate) fn source_name(&self, wanted: &str) -> String {
        let mut taken = self.taken.borrow_mut();
        let mut name = wanted.to_owned();
        // Databases differ in whether case counts.
        for number in 2.. {
            if taken.insert(name.to_lowercase()) {
                break;
            }
            name = format!("{wanted}_{number}");
        }
        name
    }
}

/// What stands around a query.
#[derive(Clone, Copy)]
pub(crate) struct Around<'a> {
    pub(crate) whole: &'a Whole<'a>,
    /// The query around it.
    pub(crate) outer: Option<&'a QueryNames<'a>>,
    /// Whether only that there is a row matters, so that nothing need be selected.
    pub(crate) asks_existence: bool,
}

impl<'a> Around<'a> {
    /// The outermost query.
    pub(crate) const fn nothing(whole: &'a Whole<'a>) -> Self {
        Around { whole, outer: None, asks_existence: false }
    }

    /// A query inside another one.
    pub(crate) const fn inside(outer: &'a QueryNames<'a>) -> Self {
        Around { whole: outer.whole, outer: Some(outer), asks_existence: false }
    }

    /// The query of an `exists` inside another one.
    pub(crate) const fn existence(outer: &'a QueryNames<'a>) -> Self {
        Around { asks_existence: true, ..Self::inside(outer) }
    }
}

/// What a name in a query may be.
pub(crate) struct QueryNames<'a> {
    pub(crate) whole: &'a Whole<'a>,
    /// The query around this one.
    pub(crate) outer: Option<&'a QueryNames<'a>>,
    /// Whether only that there is a row matters, so that nothing need be selected.
    pub(crate) asks_existence: bool,
    /// What `from` and the joins read, in order.
    pub(crate) sources: Vec<SourceNames>,
    /// `with`
    pub(crate) common_tables: Vec<CommonNames>,
    /// What a sort key may name: the outputs.
    pub(crate) outputs: Vec<(String, Expression)>,
    /// Whether an aggregate may stand here.
    pub(crate) aggregates: Cell<Aggregates>,
    /// The parameters that are there, where the clause is left out without them.
    pub(crate) present: Vec<String>,
    /// Whether what a path leads through can be joined.
    pub(crate) can_join: Cell<bool>,
    /// What paths lead through, joined.
    pub(crate) followed: RefCell<Vec<Followed>>,
}

/// Whether an aggregate may stand somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aggregates {
    /// It may not: this is what stands there.
    Refused(&'static str),
    /// It may.
    Allowed {
        /// Whether there may be no row at all.
        may_be_empty: bool,
    },
}

/// A source and what it has.
#[derive(Debug, Clone)]
pub(crate) struct SourceNames {
    /// What the text calls it: its alias, or the last part of the table's name.
    pub(crate) written: String,
    /// What the text may call it as well: `auth.users`.
    pub(crate) qualified: Option<String>,
    /// Its name in the model.
    pub(crate) name: String,
    /// The columns in order.
    pub(crate) columns: Vec<SourceColumn>,
    /// Whether every column is known.
    pub(crate) is_complete: bool,
    /// Whether there may be no row of it: the other side of an outer join.
    pub(crate) is_optional: bool,
    /// The table, whose relations it has.
    pub(crate) table: Option<Declaration>,
}

/// A column of a source.
#[derive(Debug, Clone)]
pub(crate) struct SourceColumn {
    /// The name in the text.
    pub(crate) declared_name: String,
    /// The name in the database.
    pub(crate) name: String,
    /// Its type, if it could be understood.
    pub(crate) column_type: Option<ColumnType>,
    /// Whether it may be NULL.
    pub(crate) nullable: bool,
    /// The one database that has it.
    pub(crate) only: Option<Dialect>,
    /// Why it should not be used any more.
    pub(crate) deprecated: Option<String>,
}

/// A common table expression.
#[derive(Debug, Clone)]
pub(crate) struct CommonNames {
    /// What the text calls it.
    pub(crate) written: String,
    /// Its name in the model.
    pub(crate) name: String,
    /// Its columns.
    pub(crate) columns: Vec<SourceColumn>,
    /// Whether every column is known.
    pub(crate) is_complete: bool,
}

impl SourceNames {
    /// The column that the text calls so.
    pub(crate) fn column(&self, declared: &str) -> Option<&SourceColumn> {
        self.columns.iter().find(|it| it.declared_name == declared)
    }

    /// A column as an expression; `None` where its type could not be understood.
    pub(crate) fn field(&self, column: &SourceColumn) -> Option<Expression> {
        Some(Expression::Field(Field {
            source: self.name.clone(),
            column: column.name.clone(),
            column_type: column.column_type.clone()?,
            nullable: column.nullable || self.is_optional,
        }))
    }

    /// The column with this name in the database, as an expression.
    pub(crate) fn physical(&self, name: &str) -> Option<Expression> {
        self.field(self.columns.iter().find(|it| it.name == name)?)
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        self.written == name || self.qualified.as_deref() == Some(name)
    }
}

/// The outputs of a query as the columns of a source.
pub(crate) fn columns_of(query: &Select) -> Vec<SourceColumn> {
    let column = |it: &Output| {
        let result = it.result();
        let column_type = match result.value {
            ResultValue::Value(it) => it,
            ResultValue::Row(_) | ResultValue::Rows(_) => None,
        };
        let (declared_name, name) = (result.name.clone(), result.name);
        SourceColumn { declared_name, name, column_type, nullable: result.nullable, only: None, deprecated: None }
    };
    query.outputs.iter().map(column).collect()
}

/// What a path begins with.
enum Found<'n> {
    /// A column of a source, told by so many parts of the path.
    Column(&'n SourceNames, &'n SourceColumn, usize),
    /// A source that lacks the column.
    NoColumn(&'n SourceNames, usize),
    /// Columns of several sources.
    Several(Vec<String>),
}

impl<'a> QueryNames<'a> {
    /// Names of a query that reads nothing yet.
    pub(crate) fn new(around: &Around<'a>) -> Self {
        QueryNames {
            whole: around.whole,
            outer: around.outer,
            asks_existence: around.asks_existence,
            sources: Vec::new(),
            common_tables: Vec::new(),
            outputs: Vec::new(),
            aggregates: Cell::new(Aggregates::Refused("a condition on rows")),
            present: Vec::new(),
            can_join: Cell::new(false),
            followed: RefCell::default(),
        }
    }

    /// This query and those around it, from the inside.
    pub(crate) fn chain(&self) -> impl Iterator<Item = &QueryNames<'a>> {
        std::iter::successors(Some(self), |it| it.outer)
    }

    /// The parameters that are there, here or around it.
    pub(crate) fn is_present(&self, parameter: &str) -> bool {
        self.chain().any(|it| it.present.iter().any(|name| name == parameter))
    }

    /// The common table expression that the text calls so.
    pub(crate) fn common_table(&self, written: &str) -> Option<&CommonNames> {
        self.chain().find_map(|it| it.common_tables.iter().rev().find(|table| table.written == written))
    }

    /// The value that a path begins with, and the rest of the path; `None` of the value where the path begins with nothing
    /// that is known. `None` of it all where a finding says what is wrong.
    pub(crate) fn resolve<'p>(
        &self,
        scope: &mut Scope<'_>,
        path: &'p [Name],
    ) -> Option<(Option<Expression>, &'p [Name])> {
        let first = path.first()?;
        if let [name] = path
            && let Some((_, expression)) = self.outputs.iter().find(|(output, _)| *output == *name.text)
        {
            return Some((Some(expression.clone()), &[]));
        }
        if let Some((names, sources, parts)) = self.relation_in(scope, path) {
            let (value, keys) = path::follow(scope, names, &sources, &path[parts..])?;
            return Some((Some(value), keys));
        }
        match self.find(path) {
            None => Some((None, &path[1..])),
            Some(Found::Column(source, column, parts)) => {
                uses::column(scope, path[parts - 1].anchor, &source.written, column);
                Some((Some(source.field(column)?), &path[parts..]))
            }
            Some(Found::NoColumn(source, parts)) => {
                let name = &path[parts];
                if source.is_complete {
                    let known = source.columns.iter().map(|it| it.declared_name.as_str());
                    let source = format!("`{}`", source.written);
                    scope.report(unknown_column::report(scope.at(name.anchor), &name.text, &source, known));
                }
                None
            }
            Some(Found::Several(sources)) => {
                scope.report(ambiguous_column::report(scope.at(first.anchor), &first.text, &sources));
                None
            }
        }
    }

    /// The query that reads the sources with a relation that a path goes through, those sources, and how many parts of the
    /// path name them.
    pub(super) fn relation_in(
        &self,
        scope: &Scope<'_>,
        path: &[Name],
    ) -> Option<(&QueryNames<'a>, Vec<&SourceNames>, usize)> {
        // A name alone may be the value of an enum.
        if path.len() < 2 {
            return None;
        }
        let found = self.find(path);
        let is_meant = |it: &SourceNames| match &found {
            None => true,
            Some(Found::NoColumn(source, _) | Found::Column(source, ..)) => source.name == it.name,
            Some(Found::Several(_)) => false,
        };
        let parts = match &found {
            Some(Found::NoColumn(_, parts)) => *parts,
            Some(Found::Column(_, _, parts)) => parts - 1,
            None | Some(Found::Several(_)) => 0,
        };
        let behind = &path[parts..];
        let has_relation = |it: &&SourceNames| {
            is_meant(it)
                && path::value(scope, it, behind).is_none()
                && behind.first().is_some_and(|name| !path::named(scope, it, &name.text).is_empty())
        };
        self.chain().find_map(|names| {
            let sources: Vec<_> = names.sources.iter().filter(has_relation).collect();
            (!sources.is_empty()).then_some((names, sources, parts))
        })
    }

    fn find(&self, path: &[Name]) -> Option<Found<'_>> {
        let first = path.first()?;
        for names in self.chain() {
            // `users.name`, `auth.users.name`
            let mut lacks = None;
            for parts in 1..path.len().min(3) {
                let written = path_text(&path[..parts]);
                let Some(source) = names.sources.iter().find(|it| it.is_called(&written)) else { continue };
                match source.column(&path[parts].text) {
                    Some(column) => return Some(Found::Column(source, column, parts + 1)),
                    None => lacks = Some(Found::NoColumn(source, parts)),
                }
            }
            let with_column = |source: &'_ SourceNames| source.column(&first.text).is_some();
            let candidates: Vec<_> = names.sources.iter().filter(|it| with_column(it)).collect();
            match candidates.as_slice() {
                [] => {}
                [source] => return Some(Found::Column(source, source.column(&first.text)?, 1)),
                several => return Some(Found::Several(several.iter().map(|it| it.written.clone()).collect())),
            }
            if lacks.is_some() {
                return lacks;
            }
        }
        None
    }

    /// The type of the column that a path is, if it is one.
    pub(crate) fn column_type(&self, scope: &Scope<'_>, path: &[Name]) -> Option<ColumnType> {
        if let Some((_, sources, parts)) = self.relation_in(scope, path) {
            return path::column_type(scope, sources.first()?, &path[parts..]);
        }
        match self.find(path)? {
            Found::Column(_, column, parts) if parts == path.len() => column.column_type.clone(),
            _ => None,
        }
    }

    /// Whether a path is a relation of a row that relations lead to.
    pub(crate) fn leads_to_relation(&self, scope: &Scope<'_>, path: &[Name]) -> bool {
        self.relation_in(scope, path).is_some_and(|(_, sources, parts)| {
            sources.first().is_some_and(|it| path::ends_with_relation(scope, it, &path[parts..]))
        })
    }

    /// The type of a parameter that is a value.
    pub(crate) fn parameter_type(&self, name: &str) -> Option<ColumnType> {
        match &self.whole.parameters.iter().find(|it| it.name == name)?.value {
            ParameterValue::Value(it) => Some(it.clone()),
            ParameterValue::Rows(_) => None,
        }
    }

    /// Says that a name is nothing here; `values` is the enum whose values may stand there.
    pub(crate) fn report_unknown(&self, scope: &mut Scope<'_>, name: &Name, values: Option<&Enum>) {
        if self.chain().any(|it| it.sources.iter().any(|source| !source.is_complete)) {
            return;
        }
        if let Some(values) = values {
            let known = values.values.iter().map(|it| it.name.as_str());
            scope.report(bad_expression::no_enum_value(scope.at(name.anchor), &name.text, &values.name, known));
            return;
        }
        if self.chain().any(|it| it.sources.iter().any(|source| source.is_called(&name.text))) {
            // After `users.` the column may not be typed yet.
            if !scope.has_syntax_errors() {
                scope.report(bad_expression::no_value(scope.at(name.anchor), &name.text));
            }
            return;
        }
        let relation =
            self.chain().flat_map(|it| &it.sources).find_map(|it| path::named(scope, it, &name.text).first().copied());
        if let Some(relation) = relation {
            let key = super::relation::only_key(scope, relation);
            scope.report(relation_path::no_column(scope.at(name.anchor), &name.text, key));
            return;
        }
        let nearest = self.chain().map(|it| it.sources.as_slice()).find(|it| !it.is_empty());
        let title = match nearest {
            None => "this query reads nothing, so it".to_owned(),
            Some([only]) => format!("`{}`", only.written),
            Some(_) => "what this query reads".to_owned(),
        };
        let sources: Vec<_> = self.chain().flat_map(|it| &it.sources).collect();
        let known = sources.iter().flat_map(|it| &it.columns).map(|it| it.declared_name.as_str());
        scope.report(unknown_column::report(scope.at(name.anchor), &name.text, &title, known));
    }
}
