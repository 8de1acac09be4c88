//! How a query finds the rows of a table: by which columns, and what helps.

use orm_model::{
    BinaryOperator, Column, Dialect, Expression, Index, Literal, Only, ScalarType, Table,
    query::{Filter, QueryBody, Select, Source},
    schema::IndexKey,
};

use super::query::{QueryContext, own_column, stated};

/// The conditions on the rows of the one table that a query reads or writes.
pub(crate) struct Conditions<'q> {
    /// The table.
    pub(crate) source: &'q Source,
    filters: &'q [Filter],
    /// The query that reads; `None`: a mutation.
    select: Option<&'q Select>,
}

/// The queries and mutations of one table each, with conditions that are about it alone.
pub(crate) fn all<'q>(context: &QueryContext<'q>) -> Vec<Conditions<'q>> {
    let body = &context.query.body;
    let written = match body {
        QueryBody::Update(it) => Some((&it.target, it.filters.as_slice())),
        QueryBody::Delete(it) => Some((&it.target, it.filters.as_slice())),
        QueryBody::Select(_) | QueryBody::Insert(_) | QueryBody::Sql(_) => None,
    };
    let written = written.map(|(source, filters)| Conditions { source, filters, select: None });
    let selects = body.selects().into_iter().filter_map(|it| {
        let source = it.select.from.as_ref().filter(|_| it.select.joins.is_empty())?;
        Some(Conditions { source, filters: &it.select.filters, select: Some(it.select) })
    });
    // What is found for each row of another query is told of where the foreign key stands.
    written.into_iter().chain(selects).filter(|it| !it.reads_others()).collect()
}

impl<'q> Conditions<'q> {
    /// The conditions that always hold.
    pub(crate) fn stated(&self) -> impl Iterator<Item = &'q Expression> {
        stated(self.filters)
    }

    fn reads_others(&self) -> bool {
        let mut found = false;
        for filter in self.filters {
            walk_outer(&filter.condition, &mut |it| {
                found |= matches!(it, Expression::Field(field) if field.source != self.source.name);
            });
        }
        found
    }

    /// The columns that an index could begin with, in order, each once.
    pub(crate) fn sought(&self) -> Vec<&'q str> {
        let mut columns = Vec::new();
        for filter in self.filters {
            sought(&filter.condition, self.source, &mut columns);
        }
        columns
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

    /// Whether something finds the rows in `dialect` without reading all of them.
    pub(crate) fn is_served(&self, table: &Table, dialect: Dialect, sought: &[&str]) -> bool {
        let key = table.primary_key.iter().filter_map(|it| it.columns.first()).map(|it| it.name.as_str());
        let uniques = table.uniques.iter().filter(|it| it.is_in(dialect)).filter_map(|it| it.columns.first());
        // Spanner keeps an index for each foreign key.
        let foreign = table.foreign_keys.iter().filter(|it| dialect == Dialect::Spanner && it.is_in(dialect));
        let foreign = foreign.filter(|it| !it.not_enforced).filter_map(|it| it.columns.first());
        let mut first = key.chain(uniques.chain(foreign).map(String::as_str));
        first.any(|it| sought.contains(&it))
            || table.indexes.iter().filter(|it| it.is_in(dialect)).any(|it| self.is_used(it, sought))
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

    fn reads(&self, column: &str) -> bool {
        self.filters.iter().any(|it| super::query::reads_column(&it.condition, self.source, column))
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

/// Whether so few values are possible that an index on them finds half of the rows.
pub(crate) fn has_few_values(column: &Column) -> bool {
    column.column_type.scalar == ScalarType::Boolean
}

/// Calls `visit` with an expression and those in it, but for what stands in sub-queries.
fn walk_outer<'e>(expression: &'e Expression, visit: &mut impl FnMut(&'e Expression)) {
    visit(expression);
    match expression {
        Expression::Exists(_) | Expression::Subquery(_) => {}
        Expression::InQuery { operand, .. } => walk_outer(operand, visit),
        other => other.children().into_iter().for_each(|it| walk_outer(it, visit)),
    }
}

fn sought<'e>(condition: &'e Expression, source: &Source, columns: &mut Vec<&'e str>) {
    let mut add = |it: &'e Expression| {
        let parts = match it {
            Expression::Tuple(items) => items.as_slice(),
            other => std::slice::from_ref(other),
        };
        for column in parts.iter().filter_map(|it| own_column(it, source)) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
    };
    match condition {
        Expression::Binary { operator: BinaryOperator::And | BinaryOperator::Or, left, right } => {
            sought(left, source, columns);
            sought(right, source, columns);
        }
        Expression::Binary { operator, left, right } if *operator != BinaryOperator::NotEqual => {
            add(left);
            add(right);
        }
        Expression::In { operand, negated: false, .. }
        | Expression::InArray { operand, negated: false, .. }
        | Expression::InQuery { operand, negated: false, .. }
        | Expression::Between { operand, negated: false, .. }
        | Expression::IsNull { operand, negated: false } => add(operand),
        Expression::Like { operand, pattern, negated: false } if begins_with_text(pattern) => add(operand),
        Expression::Call { function, arguments } if function == "starts_with" => arguments.iter().take(1).for_each(add),
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
