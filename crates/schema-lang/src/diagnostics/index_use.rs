//! How a query finds the rows of a table: by which columns, and what helps.

use orm_model::{
    BinaryOperator, Column, Dialect, Expression, Index, Literal, ObjectName, Only, ScalarType, Table,
    query::{Join, JoinKind, QueryBody, Select, Source},
    schema::IndexKey,
};

use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    lower::query::lower_query,
};

use super::query::{QueryContext, own_column, reads, reads_column, stated};

/// A table that a query reads or writes, and the conditions that its rows must meet.
pub(crate) struct Access<'q> {
    /// The table.
    pub(crate) source: &'q Source,
    /// The conditions that always hold, of the whole query.
    conditions: Vec<&'q Expression>,
    /// The query that reads; `None`: a mutation.
    select: Option<&'q Select>,
}

/// What finds rows of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundBy {
    /// The primary key.
    PrimaryKey,
    /// The unique constraint or index with this name.
    Index(String),
    /// The index that the database keeps for the foreign key with this name.
    ForeignKey(String),
}

/// How a query finds the rows of a table that it reads or writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableAccess {
    /// The table.
    pub table: ObjectName,
    /// What finds its rows in each database of the query; `None`: every row is read.
    pub found_by: Vec<(Dialect, Option<FoundBy>)>,
}

/// How a query finds the rows of its tables, as its text says it; a database may choose otherwise.
pub fn table_accesses(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Vec<TableAccess> {
    let lowered = lower_query(db, project, declaration);
    let Some(query) = &lowered.query else { return Vec::new() };
    let context = QueryContext::new(db, project, declaration, query, &lowered.places);
    let mut found: Vec<TableAccess> = Vec::new();
    for joined in all(&context) {
        let beside: Vec<_> = context.dialects().map(|it| (it, joined.found_beside(&context, it))).collect();
        for (index, access) in joined.accesses.iter().enumerate() {
            let Some(table) = context.table(access.source).map(|it| &it.table) else { continue };
            let found_by = |(dialect, beside): &(Dialect, Vec<bool>)| {
                let is_reached = joined.has_other_sources || beside[index];
                let alone = access.found_by(table, *dialect, &access.sought(Known::Around));
                let with_others = || access.found_by(table, *dialect, &access.sought(Known::Joined));
                (*dialect, alone.or_else(|| with_others().filter(|_| is_reached)))
            };
            let it = TableAccess { table: table.name.clone(), found_by: beside.iter().map(found_by).collect() };
            if !found.contains(&it) {
                found.push(it);
            }
        }
    }
    found
}

/// The tables that are read together: joined.
pub(crate) struct Joined<'q> {
    /// The tables.
    pub(crate) accesses: Vec<Access<'q>>,
    /// Whether something else is joined, whose rows nobody knows.
    pub(crate) has_other_sources: bool,
    /// Whether these are the rows of a relation that is selected.
    pub(crate) is_relation: bool,
}

impl Joined<'_> {
    /// Of each table, whether the rows of another one are found in `dialect`.
    pub(crate) fn found_beside(&self, context: &QueryContext<'_>, dialect: Dialect) -> Vec<bool> {
        let found: Vec<_> = self.accesses.iter().map(|it| it.is_found(context, dialect)).collect();
        let count = found.iter().filter(|it| **it).count();
        found.into_iter().map(|is_found| count > usize::from(is_found)).collect()
    }
}

/// How the other side of a condition is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Known {
    /// Before anything is read: a constant, a parameter.
    Before,
    /// With a row of a query around this one.
    Around,
    /// With a row of another table that is joined.
    Joined,
}

/// Every query with the tables that it reads, and the table that is written. Where rows without a partner stay on the left,
/// conditions do not say which rows are read: such queries are not among them.
pub(crate) fn all<'q>(context: &QueryContext<'q>) -> Vec<Joined<'q>> {
    let body = &context.query.body;
    let written = match body {
        QueryBody::Update(it) => Some((&it.target, it.filters.as_slice())),
        QueryBody::Delete(it) => Some((&it.target, it.filters.as_slice())),
        QueryBody::Select(_) | QueryBody::Insert(_) | QueryBody::Sql(_) => None,
    };
    let written = written.map(|(source, filters)| {
        let access = Access { source, conditions: stated(filters).collect(), select: None };
        Joined { accesses: vec![access], has_other_sources: false, is_relation: false }
    });
    let selects = body.selects();
    let relations: Vec<_> = selects.iter().flat_map(|it| &it.select.outputs).filter_map(|it| it.query()).collect();
    let is_sided = |it: &Select| it.joins.iter().all(|it| !matches!(it.kind, JoinKind::Right | JoinKind::Full));
    let read = selects.iter().map(|it| it.select).filter(|it| is_sided(it)).map(|select| Joined {
        accesses: select.sources().filter(|it| context.table(it).is_some()).map(|it| Access::of(select, it)).collect(),
        has_other_sources: select.sources().any(|it| context.table(it).is_none()),
        is_relation: relations.iter().any(|it| std::ptr::eq(*it, select)),
    });
    written.into_iter().chain(read).collect()
}

impl<'q> Access<'q> {
    fn of(select: &'q Select, source: &'q Source) -> Self {
        let holds = |it: &&Join| it.kind == JoinKind::Inner || it.source.name == source.name;
        let joined = select.joins.iter().filter(holds).filter_map(|it| it.condition.as_ref());
        Access { source, conditions: stated(&select.filters).chain(joined).collect(), select: Some(select) }
    }

    /// The query that reads; `None` of a mutation.
    pub(crate) const fn select(&self) -> Option<&'q Select> {
        self.select
    }

    /// The conditions that always hold.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &'q Expression> {
        self.conditions.iter().copied()
    }

    /// The columns that an index could begin with once so much is known, in order, each once.
    pub(crate) fn sought(&self, known: Known) -> Vec<&'q str> {
        self.columns(known, false)
    }

    /// The columns that must be one of some values, once so much is known.
    pub(crate) fn equal(&self, known: Known) -> Vec<&'q str> {
        self.columns(known, true)
    }

    fn columns(&self, known: Known, only_equal: bool) -> Vec<&'q str> {
        let mut columns: Vec<&'q str> = Vec::new();
        for condition in &self.conditions {
            sought(condition, only_equal, &mut |operand, others| {
                let parts = match operand {
                    Expression::Tuple(items) => items.as_slice(),
                    other => std::slice::from_ref(other),
                };
                let own: Vec<_> = parts.iter().filter_map(|it| own_column(it, self.source)).collect();
                // Most conditions of many joins are none of this table.
                if own.iter().all(|it| columns.contains(it)) {
                    return;
                }
                let found = others.iter().try_fold(Known::Before, |found, it| Some(found.max(self.known(it)?)));
                for column in own.into_iter().filter(|_| found.is_some_and(|it| it <= known)) {
                    if !columns.contains(&column) {
                        columns.push(column);
                    }
                }
            });
        }
        columns
    }

    /// How a value is known; `None` where it is read from the table itself.
    fn known(&self, value: &Expression) -> Option<Known> {
        let mut known = Some(Known::Before);
        value.walk(&mut |it| {
            let Expression::Field(field) = it else { return };
            let is_joined = self.select.is_some_and(|it| it.sources().any(|it| it.name == field.source));
            let by = if is_joined { Known::Joined } else { Known::Around };
            known = known.filter(|_| field.source != self.source.name).map(|it| it.max(by));
        });
        known
    }

    /// The columns that the query reads; `None` of a mutation.
    pub(crate) fn read(&self) -> Option<Vec<&'q str>> {
        let mut columns = Vec::new();
        for it in self.select?.expressions() {
            it.walk(&mut |it| {
                if let Some(column) = own_column(it, self.source)
                    && !columns.contains(&column)
                {
                    columns.push(column);
                }
            });
        }
        Some(columns)
    }

    /// Whether something finds the rows in `dialect` by these columns without reading all of them.
    pub(crate) fn is_served(&self, table: &Table, dialect: Dialect, sought: &[&str]) -> bool {
        self.found_by(table, dialect, sought).is_some()
    }

    /// What finds the rows in `dialect` by these columns.
    fn found_by(&self, table: &Table, dialect: Dialect, sought: &[&str]) -> Option<FoundBy> {
        let begins = |column: Option<&str>| column.is_some_and(|it| sought.contains(&it));
        if begins(table.primary_key.iter().find_map(|it| it.columns.first()).map(|it| it.name.as_str())) {
            return Some(FoundBy::PrimaryKey);
        }
        let first = |columns: &[String]| begins(columns.first().map(String::as_str));
        let mut uniques = table.uniques.iter().filter(|it| it.is_in(dialect) && first(&it.columns));
        let mut indexes = table.indexes.iter().filter(|it| it.is_in(dialect) && self.is_used(it, sought));
        let foreign = table.foreign_keys.iter().filter(|it| it.is_in(dialect) && !it.not_enforced);
        let has_index = dialect.capabilities().foreign_key_indexes;
        let mut foreign = foreign.filter(|it| has_index && first(&it.columns));
        let unique = uniques.next().map(|it| FoundBy::Index(it.name.clone()));
        let index = || indexes.next().map(|it| FoundBy::Index(it.name.clone()));
        unique.or_else(index).or_else(|| foreign.next().map(|it| FoundBy::ForeignKey(it.name.clone())))
    }

    /// Whether the conditions on the table alone find its rows in `dialect`.
    pub(crate) fn is_found(&self, context: &QueryContext<'_>, dialect: Dialect) -> bool {
        let table = context.table(self.source).map(|it| &it.table);
        table.is_some_and(|it| self.is_served(it, dialect, &self.sought(Known::Around)))
    }

    fn is_used(&self, index: &Index, sought: &[&str]) -> bool {
        let is_sorted = index.using.as_deref().is_none_or(|it| it == "btree");
        let counted = if is_sorted { 1 } else { index.keys.len() };
        // An expression may be what a function in the conditions gives.
        let is_meant = |key: &IndexKey| match key.column_name() {
            Some(name) => sought.contains(&name) || (!is_sorted && self.reads(name)),
            None => key.columns().iter().any(|it| self.reads(it)),
        };
        index.keys.iter().take(counted).any(is_meant)
    }

    /// Whether a condition on the table alone reads a column.
    fn reads(&self, column: &str) -> bool {
        let others: Vec<_> = self.select.iter().flat_map(|it| it.sources()).filter(|it| **it != *self.source).collect();
        self.conditions()
            .any(|it| reads_column(it, self.source, column) && !others.iter().any(|other| reads(it, other)))
    }
}

/// The indexes of `dialect` that hold a place for every row, sorted by columns.
pub(crate) fn indexes(table: &Table, dialect: Dialect) -> impl Iterator<Item = &Index> {
    table.indexes.iter().filter(move |it| {
        it.is_in(dialect)
            && it.condition.is_none()
            && it.using.as_deref().is_none_or(|it| it == "btree")
            && it.keys.iter().all(|key| key.column_name().is_some())
    })
}

/// Whether so few values are possible that an index on them finds a good part of the rows.
pub(crate) fn has_few_values(column: &Column) -> bool {
    matches!(column.column_type.scalar, ScalarType::Boolean | ScalarType::Enum(_))
}

/// Calls `add` with each operand that a condition looks for, and what it is compared with.
fn sought<'e>(condition: &'e Expression, only_equal: bool, add: &mut impl FnMut(&'e Expression, &[&'e Expression])) {
    match condition {
        Expression::Binary { operator: BinaryOperator::And | BinaryOperator::Or, left, right } => {
            sought(left, only_equal, add);
            sought(right, only_equal, add);
        }
        Expression::Binary { operator: BinaryOperator::NotEqual, .. } => {}
        Expression::Binary { operator, left, right } if *operator == BinaryOperator::Equal || !only_equal => {
            add(left, &[right]);
            add(right, &[left]);
        }
        Expression::In { operand, list, negated: false } => add(operand, &list.iter().collect::<Vec<_>>()),
        Expression::InArray { operand, array, negated: false } => add(operand, &[array]),
        // What is looked for in a query of its own is known before.
        Expression::InQuery { operand, negated: false, .. } => add(operand, &[]),
        _ if only_equal => {}
        Expression::Between { operand, low, high, negated: false } => add(operand, &[low, high]),
        Expression::IsNull { operand, negated: false } => add(operand, &[]),
        Expression::Like { operand, pattern, negated: false } if begins_with_text(pattern) => add(operand, &[pattern]),
        Expression::Call { function, arguments } if function == "starts_with" => {
            if let [operand, pattern] = arguments.as_slice() {
                add(operand, &[pattern]);
            }
        }
        _ => {}
    }
}

/// Whether a pattern says what a text begins with.
fn begins_with_text(pattern: &Expression) -> bool {
    match pattern {
        Expression::Literal(Literal::String(text)) => !text.starts_with(['%', '_']),
        _ => true,
    }
}
