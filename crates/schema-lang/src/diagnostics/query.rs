//! What a check of a query, mutation or view of clauses is given, and what the checks ask of it: which rows it finds, and by which keys.

use orm_model::{
    BinaryOperator, Dialect, Expression, Literal, Only, Targets,
    query::{Filter, JoinKind, Query, Select, Source},
};

use super::Location;
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    item::{
        Anchor, Argument, DeclarationKind, Item,
        query::{Clause, ClauseKind, ConflictAction},
    },
    lower::{
        query::names::SourcePlace,
        shape::Place,
        table::{LoweredTable, lower_table},
    },
};

/// What a check of a query, mutation or view of clauses is given.
pub(crate) struct QueryContext<'db> {
    pub(crate) db: &'db dyn AnalysisDatabase,
    pub(crate) project: Project,
    /// The query as it is written.
    pub(crate) item: &'db Item,
    /// The query.
    pub(crate) query: &'db Query,
    places: &'db [SourcePlace],
    declaration: Declaration,
    targets: Targets,
}

impl<'db> QueryContext<'db> {
    pub(crate) fn new(
        db: &'db dyn AnalysisDatabase,
        project: Project,
        declaration: Declaration,
        query: &'db Query,
        places: &'db [SourcePlace],
    ) -> Self {
        let targets = project.targets(db).limited_to(query.only);
        QueryContext { db, project, item: declaration.item(db), query, places, declaration, targets }
    }

    /// Whether the query must fit `dialect`.
    pub(crate) fn is_for(&self, dialect: Dialect) -> bool {
        self.targets.includes(dialect)
    }

    /// The databases that the query must fit.
    pub(crate) fn dialects(&self) -> impl Iterator<Item = Dialect> + '_ {
        self.targets.dialects()
    }

    /// A place in the query.
    pub(crate) fn here(&self, anchor: Anchor) -> Location {
        Location { declaration: self.declaration, anchor }
    }

    /// Where the sources of the query were written.
    pub(crate) const fn places(&self) -> &'db [SourcePlace] {
        self.places
    }

    /// Where the text names a source.
    pub(crate) fn place(&self, source: &Source) -> Location {
        let place = self.places.iter().find(|it| it.name == source.name);
        self.here(place.map_or_else(|| self.name_anchor(), |it| it.anchor))
    }

    /// Where the text names the query.
    pub(crate) fn name_place(&self) -> Location {
        self.here(self.name_anchor())
    }

    /// What stands in the parentheses of the attribute or item at a place of a table.
    pub(crate) fn arguments_of(&self, place: &Place) -> Option<&'db [Argument]> {
        place.origin.declaration.item(self.db).arguments_at(place.anchor)
    }

    /// The table that a source is, for edits of it.
    pub(crate) fn table_place(&self, source: &Source) -> Option<Location> {
        let table = self.places.iter().find(|it| it.name == source.name)?.table?;
        Some(Location { declaration: table, anchor: Anchor::DECLARATION })
    }

    /// What stands after `on_conflict`: the key, and what is done.
    pub(crate) fn on_conflict(&self) -> Option<(Option<&'db [Argument]>, Option<&'db ConflictAction>)> {
        self.clauses().iter().find_map(|it| match &it.kind {
            ClauseKind::OnConflict { target, action } => Some((target.as_deref(), action.as_ref())),
            _ => None,
        })
    }

    /// Where `on_conflict` stands.
    pub(crate) fn conflict_anchor(&self) -> Anchor {
        let clause = self.clauses().iter().find(|it| matches!(it.kind, ClauseKind::OnConflict { .. }));
        clause.map_or_else(|| self.name_anchor(), |it| it.anchor)
    }

    /// What the text calls a column of a source, by its physical name.
    pub(crate) fn declared_name<'n>(&'n self, source: &Source, column: &'n str) -> &'n str {
        let found = self.table(source).and_then(|it| it.table.column(column));
        found.map_or(column, |it| it.declared_name())
    }

    fn name_anchor(&self) -> Anchor {
        self.item.name.as_ref().map_or(Anchor::DECLARATION, |it| it.anchor)
    }

    /// Where the text names the first source of a query, or the whole of it where that reads nothing.
    pub(crate) fn place_of(&self, select: &Select) -> Location {
        select.from.as_ref().map_or_else(|| self.here(self.name_anchor()), |it| self.place(it))
    }

    /// The clauses of the outermost query.
    pub(crate) fn clauses(&self) -> &'db [Clause] {
        self.item.query.as_ref().and_then(|it| it.clauses.as_deref()).unwrap_or_default()
    }

    /// The table that a source is; `None` of anything else.
    pub(crate) fn table(&self, source: &Source) -> Option<&'db LoweredTable> {
        let table = self.places.iter().find(|it| it.name == source.name)?.table?;
        (table.kind(self.db) == DeclarationKind::Table).then(|| lower_table(self.db, self.project, table))
    }

    /// The columns of each unique key of a table that every database of the query has, the primary key first.
    pub(crate) fn unique_keys(&self, table: &'db LoweredTable) -> Vec<Vec<&'db str>> {
        let is_everywhere = |it: &dyn Only| self.dialects().all(|dialect| it.is_in(dialect));
        let table = &table.table;
        let primary = table.primary_key.iter().map(|it| it.columns.iter().map(|it| it.name.as_str()).collect());
        let uniques = table.uniques.iter().filter(|it| is_everywhere(*it));
        let uniques = uniques.map(|it| it.columns.iter().map(String::as_str).collect());
        let indexes = table.indexes.iter().filter(|it| is_everywhere(*it)).filter_map(|it| it.unique_columns());
        primary.chain(uniques).chain(indexes).filter(|it: &Vec<_>| !it.is_empty()).collect()
    }

    /// Whether a query finds one row at most.
    pub(crate) fn finds_one(&self, query: &Select) -> bool {
        let is_one_group = query.is_grouped() && query.group_by.is_empty();
        let is_limited = query.limit == Some(Expression::Literal(Literal::Integer(1)));
        is_one_group || is_limited || query.from.is_none() || query.sources().all(|it| self.is_fixed_in(query, it))
    }

    /// Whether a query finds one row at most of a source, for each row of the others.
    pub(crate) fn is_fixed_in(&self, query: &Select, source: &Source) -> bool {
        let joined = query.joins.iter().filter(|join| join.kind == JoinKind::Inner || join.source.name == source.name);
        let joined = joined.filter_map(|it| it.condition.as_ref());
        self.is_fixed(stated(&query.filters).chain(joined), source)
    }

    /// The columns of a source that a query sets equal to something that is not of it.
    pub(crate) fn equal_columns_in<'q>(&self, query: &'q Select, source: &Source) -> Vec<&'q str> {
        let joined = query.joins.iter().filter(|join| join.kind == JoinKind::Inner || join.source.name == source.name);
        let mut fixed = Vec::new();
        for condition in stated(&query.filters).chain(joined.filter_map(|it| it.condition.as_ref())) {
            equal_columns(condition, source, &mut fixed);
        }
        fixed
    }

    /// Whether conditions compare a unique key of a source with something that is not of it.
    pub(crate) fn is_fixed<'e>(&self, conditions: impl Iterator<Item = &'e Expression>, source: &Source) -> bool {
        let Some(table) = self.table(source) else { return false };
        let mut fixed = Vec::new();
        for condition in conditions {
            equal_columns(condition, source, &mut fixed);
        }
        self.unique_keys(table).iter().any(|key| key.iter().all(|it| fixed.contains(it)))
    }
}

/// The conditions that always hold.
pub(crate) fn stated(filters: &[Filter]) -> impl Iterator<Item = &Expression> {
    filters.iter().filter(|it| it.when.is_empty()).map(|it| &it.condition)
}

/// The physical name of the column of a source that an expression is.
pub(crate) fn own_column<'e>(expression: &'e Expression, source: &Source) -> Option<&'e str> {
    match expression {
        Expression::Field(field) if field.source == source.name => Some(&field.column),
        _ => None,
    }
}

/// The columns of a source that a condition sets equal to something that is not of it.
pub(crate) fn equal_columns<'e>(condition: &'e Expression, source: &Source, fixed: &mut Vec<&'e str>) {
    match condition {
        Expression::Binary { operator: BinaryOperator::And, left, right } => {
            equal_columns(left, source, fixed);
            equal_columns(right, source, fixed);
        }
        Expression::Binary { operator: BinaryOperator::Equal, left, right } => {
            match (own_column(left, source), own_column(right, source)) {
                (Some(column), None) | (None, Some(column)) => fixed.push(column),
                _ => {}
            }
        }
        _ => {}
    }
}

/// Whether an expression reads a source.
pub(crate) fn reads(expression: &Expression, source: &Source) -> bool {
    let mut found = false;
    expression.walk(&mut |it| found |= own_column(it, source).is_some());
    found
}

/// Whether an expression reads a column of a source, by its physical name.
pub(crate) fn reads_column(expression: &Expression, source: &Source, column: &str) -> bool {
    let mut found = false;
    expression.walk(&mut |it| found |= own_column(it, source) == Some(column));
    found
}
