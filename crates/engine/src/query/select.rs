//! `SELECT`: a clause a line.

use orm_model::{
    BinaryOperator, Column, Expression, Literal, ValueKind,
    query::{Filter, Join, JoinKind, Output, OutputValue, Relation, Select, SetOperator, SortKey, Source},
};

use super::{dialect::SortText, group, marks};
use crate::dialect::expression::{Printer, Strength};

/// What the outputs of a query are written as.
#[derive(Clone, Copy)]
pub(super) enum Shape<'a> {
    /// Columns with their names.
    Columns,
    /// Columns whose names nobody asks for.
    Values,
    /// One tuple.
    Tuple,
    /// One JSON object.
    Json,
    /// Values for the columns of a table.
    Assigned(&'a [Option<&'a Column>]),
}

impl Printer<'_> {
    /// A query in parentheses, as a value or a set of them.
    pub(crate) fn subquery(&self, select: &Select) -> String {
        marks::block(&self.shaped(select, Shape::Values))
    }

    /// A query in parentheses that a tuple is looked for in.
    pub(crate) fn tuples_of(&self, select: &Select) -> String {
        let shape = if self.dialect.finds_columns() { Shape::Values } else { Shape::Tuple };
        marks::block(&self.shaped(select, shape))
    }

    /// A query.
    pub(super) fn shaped(&self, select: &Select, shape: Shape<'_>) -> String {
        match group::rewritten(self.scope, select, shape) {
            Ok(Some(rewritten)) => self.select(&rewritten, shape),
            Ok(None) => self.select(select, shape),
            Err(reason) => self.unchecked(reason).0,
        }
    }

    fn select(&self, select: &Select, shape: Shape<'_>) -> String {
        let mut lines = Vec::new();
        lines.extend(self.common_tables(select));
        lines.push(self.select_line(select, shape));
        lines.extend(self.sources(select));
        lines.extend(self.where_line(&select.filters, false));
        lines.extend(self.group_lines(select));
        lines.extend(self.order_line(&select.order_by));
        let limit = self.limit_lines(select);
        let lock = self.lock_line(select).map(|it| format!("{}{it}", marks::LINE)).unwrap_or_default();
        lines.join(marks::LINE) + &limit + &lock
    }

    fn common_tables(&self, select: &Select) -> Option<String> {
        let tables = select.common_tables.iter().map(|it| {
            let query = marks::block(&self.shaped(&it.query, Shape::Columns));
            format!("{} AS {query}", self.dialect.quote(&it.name))
        });
        let tables: Vec<_> = tables.collect();
        (!tables.is_empty()).then(|| format!("WITH {}", tables.join(", ")))
    }

    fn select_line(&self, select: &Select, shape: Shape<'_>) -> String {
        let distinct = if select.distinct { " DISTINCT" } else { "" };
        let outputs = match shape {
            Shape::Json => vec![self.json_object(&select.outputs)],
            Shape::Assigned(columns) => {
                let columns = columns.iter().copied().chain(std::iter::repeat(None));
                select.outputs.iter().zip(columns).map(|(it, column)| self.assigned_output(it, column)).collect()
            }
            _ if select.outputs.is_empty() => vec!["1".to_owned()],
            Shape::Tuple => {
                let values: Vec<_> = select.outputs.iter().map(|it| self.output(it)).collect();
                vec![format!("({})", values.join(", "))]
            }
            Shape::Values => select.outputs.iter().map(|it| self.output(it)).collect(),
            Shape::Columns => self.columns(&select.outputs),
        };
        format!("SELECT{distinct}{}", marks::list(&outputs))
    }

    /// Outputs with their names.
    pub(super) fn columns(&self, outputs: &[Output]) -> Vec<String> {
        outputs.iter().map(|it| format!("{} AS {}", self.output(it), self.dialect.quote(&it.name))).collect()
    }

    fn assigned_output(&self, output: &Output, column: Option<&Column>) -> String {
        match &output.value {
            OutputValue::Expression(it) => self.selected(it, column),
            _ => self.output(output),
        }
    }

    fn sources(&self, select: &Select) -> Vec<String> {
        let Some(from) = &select.from else {
            // Without a source there is no WHERE.
            let is_filtered = !select.filters.is_empty();
            return is_filtered.then(|| "FROM (SELECT 1 AS one) AS one".to_owned()).into_iter().collect();
        };
        let first = format!("FROM {}", self.source(from));
        std::iter::once(first).chain(select.joins.iter().map(|it| self.join(it))).collect()
    }

    pub(super) fn source(&self, source: &Source) -> String {
        let name = self.shown(&source.name);
        let relation = match &source.relation {
            Relation::Table(table) => self.dialect.object(table),
            Relation::CommonTable(name) => self.dialect.quote(name),
            Relation::Query(query) => marks::block(&self.shaped(query, Shape::Columns)),
            Relation::Set { operator, queries } => {
                let members: Vec<_> = queries.iter().map(|it| self.member(it)).collect();
                marks::block(&members.join(&format!("{0}{1}{0}", marks::LINE, set_operator(*operator))))
            }
        };
        format!("{relation} AS {}", self.dialect.quote(name))
    }

    /// One of the queries of a set.
    fn member(&self, query: &Select) -> String {
        let text = self.shaped(query, Shape::Columns);
        let is_plain = query.common_tables.is_empty() && query.order_by.is_empty() && query.has_every_row();
        if is_plain { text } else { marks::block(&text) }
    }

    fn join(&self, join: &Join) -> String {
        let word = match join.kind {
            JoinKind::Inner => "JOIN",
            JoinKind::Left => "LEFT JOIN",
            JoinKind::Right => "RIGHT JOIN",
            JoinKind::Full => "FULL JOIN",
            JoinKind::Cross => return format!("CROSS JOIN {}", self.source(&join.source)),
        };
        let condition = match &join.condition {
            Some(condition) => self.print(condition, None).0,
            None => self.dialect.boolean(true).to_owned(),
        };
        format!("{word} {} ON {condition}", self.source(&join.source))
    }

    /// `WHERE`, with the conditions that may be left out at its end.
    pub(super) fn where_line(&self, filters: &[Filter], is_needed: bool) -> Option<String> {
        if filters.is_empty() && !is_needed {
            return None;
        }
        let (always, sometimes): (Vec<_>, Vec<_>) = filters.iter().partition(|it| it.when.is_empty());
        let always: Vec<_> = always.into_iter().flat_map(|it| conjuncts(&it.condition)).collect();
        // What stands alone needs no parentheses.
        let least = if always.len() > 1 || !sometimes.is_empty() { Strength::Not } else { Strength::Or };
        let mut conditions = always.into_iter().map(|it| self.operand(it, None, least));
        let first = conditions.next().unwrap_or_else(|| self.dialect.boolean(true).to_owned());
        let and = format!("{}AND ", marks::LINE);
        let rest: String = conditions.map(|it| format!("{and}{it}")).collect();
        let optional: String = sometimes
            .into_iter()
            .map(|it| marks::when(&it.when, &format!("{and}{}", self.operand(&it.condition, None, Strength::And))))
            .collect();
        Some(format!("WHERE {first}{}{rest}{optional}{}", marks::DEEPER, marks::BACK))
    }

    fn group_lines(&self, select: &Select) -> Vec<String> {
        let mut lines = Vec::new();
        if !select.group_by.is_empty() {
            let keys: Vec<_> = match group::has_plain_keys(select) {
                true => select.group_by.iter().map(|it| self.group_key(it)).collect(),
                // The first outputs are the keys.
                false => (1..=select.group_by.len()).map(|position| position.to_string()).collect(),
            };
            lines.push(format!("GROUP BY {}", keys.join(", ")));
        }
        if !select.having.is_empty() {
            let conditions: Vec<_> = select.having.iter().map(|it| self.operand(it, None, Strength::And)).collect();
            let and = format!("{}AND ", marks::LINE);
            lines.push(format!("HAVING {}{}{}", marks::DEEPER, conditions.join(&and), marks::BACK));
        }
        lines
    }

    fn group_key(&self, key: &Expression) -> String {
        self.bare(key).unwrap_or_else(|| self.print(key, None).0)
    }

    fn order_line(&self, keys: &[SortKey]) -> Option<String> {
        // A constant orders nothing, and a whole number would be the position of an output.
        let keys = keys.iter().filter(|it| !matches!(it.value, Expression::Literal(_)));
        let keys: Vec<_> = keys.flat_map(|it| self.sort_keys(it)).collect();
        (!keys.is_empty()).then(|| format!("ORDER BY {}", keys.join(", ")))
    }

    fn sort_keys(&self, key: &SortKey) -> Vec<String> {
        let typing = self.scope.typing(&key.value);
        let kind = typing.value.kind();
        let printed = self.print(&key.value, None);
        let printed = if kind == ValueKind::Text { self.collated(printed) } else { printed };
        self.dialect.sort_keys(&SortText {
            // A comparison in front of `IS NULL` is no expression in Spanner.
            text: crate::dialect::expression::parenthesized(printed, Strength::Concatenate),
            may_be_nan: kind == ValueKind::Float,
            descending: key.descending,
            nulls_first: typing.nullable.then_some(key.nulls_first),
        })
    }

    /// `LIMIT` and `OFFSET`, each after the end of a line.
    fn limit_lines(&self, select: &Select) -> String {
        let line = |word: &str, it: &Expression| format!("{}{word} {}", marks::LINE, self.print(it, None).0);
        let limit = match (&select.limit, &select.offset) {
            (Some(limit), offset) => match limit {
                Expression::Parameter(it) if it.nullable => {
                    if offset.is_some() && self.dialect.unlimited().is_some() {
                        self.unchecked("its `offset` needs a `limit` that is never absent");
                    }
                    marks::when(std::slice::from_ref(&it.name), &line("LIMIT", limit))
                }
                _ => line("LIMIT", limit),
            },
            (None, Some(_)) => match self.dialect.unlimited() {
                Some(all) => format!("{}LIMIT {all}", marks::LINE),
                None => String::new(),
            },
            (None, None) => String::new(),
        };
        limit + &select.offset.as_ref().map(|it| line("OFFSET", it)).unwrap_or_default()
    }

    fn lock_line(&self, select: &Select) -> Option<String> {
        let lock = select.lock?;
        // A row that an outer join makes up cannot be locked.
        let is_outer =
            select.joins.iter().any(|it| matches!(it.kind, JoinKind::Left | JoinKind::Right | JoinKind::Full));
        let names = || select.locked_sources().into_iter().map(|it| self.dialect.quote(self.shown(&it.name)));
        let locked: Option<Vec<_>> = is_outer.then(|| names().collect());
        match self.dialect.lock(lock, locked.as_deref()) {
            Ok(text) => Some(text),
            Err(reason) => Some(self.refuse(reason).0),
        }
    }

    /// The value of an output.
    fn output(&self, output: &Output) -> String {
        match &output.value {
            OutputValue::Expression(it) => self.value(it),
            OutputValue::Row { query, .. } => marks::block(&self.shaped(query, Shape::Json)),
            OutputValue::Rows(query) => self.dialect.json_rows(&marks::block(&self.shaped(query, Shape::Json))),
        }
    }

    /// A value as the driver reads it.
    fn value(&self, expression: &Expression) -> String {
        let printed = self.print(expression, None);
        let typing = self.scope.typing(expression);
        let json = matches!(expression, Expression::Literal(Literal::Json(_)));
        let typing = typing.value.settled();
        let Some(known) = typing.known() else { return printed.0 };
        match self.dialect.cast_type(known, self.scope.targets).filter(|_| json) {
            Some(name) => format!("CAST({} AS {name})", printed.0),
            None => match self.dialect.result_text(&known.scalar).filter(|_| !known.array) {
                Some(template) => crate::dialect::functions::expand(template, &[printed]),
                None => printed.0,
            },
        }
    }
}

/// The conditions all of which must hold.
fn conjuncts(condition: &Expression) -> Vec<&Expression> {
    match condition {
        Expression::Binary { operator: BinaryOperator::And, left, right } => {
            [conjuncts(left), conjuncts(right)].concat()
        }
        other => vec![other],
    }
}

/// The words that both databases have.
fn set_operator(operator: SetOperator) -> &'static str {
    match operator {
        SetOperator::Union => "UNION DISTINCT",
        SetOperator::UnionAll => "UNION ALL",
        SetOperator::Intersect => "INTERSECT DISTINCT",
        SetOperator::Except => "EXCEPT DISTINCT",
    }
}
