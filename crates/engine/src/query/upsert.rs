//! `on_conflict` where the database has no `ON CONFLICT`: rows that are there change, then rows that are not are inserted.
//!
//! Both happen in one transaction, row by row. Spanner's `INSERT OR UPDATE` is no way to write it: it puts the columns
//! that the statement does not list back to their defaults.

use orm_model::{
    BinaryOperator, Default, Expression, Literal, Table, UnaryOperator, ValueKind, ValueType,
    query::{
        Assignment, ConflictAction, EXCLUDED, Field, Filter, Insert, InsertRows, OnConflict, Output, OutputValue,
        Relation, Select, Source,
    },
};

use super::{
    marks,
    mutation::{Row, given_row},
    text::{self, RenderedStatement},
};
use crate::dialect::expression::Printer;

impl Printer<'_> {
    /// `ignoring`: the insert that leaves rows with a taken primary key alone.
    pub(super) fn upsert(
        &self,
        insert: &Insert,
        table: &Table,
        conflict: &OnConflict,
        ignoring: &str,
    ) -> Vec<RenderedStatement> {
        if let ConflictAction::Update { assignments, .. } = &conflict.action
            && assignments.iter().any(|it| conflict.columns.contains(&it.column))
        {
            self.unchecked("`on_conflict` changes the key by which it finds the row");
        }
        if insert.ignores_taken_keys() {
            let lines = vec![self.insert_line(ignoring, insert, table), self.rows(insert, table)];
            return vec![self.statement(lines, &insert.returning, None)];
        }
        let row = |row: &Row, each: Option<&str>| self.upsert_row(insert, table, conflict, row, each, ignoring);
        match &insert.rows {
            InsertRows::Values(rows) => rows.iter().flat_map(|it| row(it, None)).collect(),
            InsertRows::Parameter(name) => row(&given_row(name, &insert.columns, table), Some(name)),
            InsertRows::Query(query) => self.upsert_query(insert, table, conflict, query),
        }
    }

    fn upsert_row(
        &self,
        insert: &Insert,
        table: &Table,
        conflict: &OnConflict,
        row: &Row,
        each: Option<&str>,
        ignoring: &str,
    ) -> Vec<RenderedStatement> {
        let value = |column: &str| {
            let index = insert.columns.iter().position(|it| it == column)?;
            row.get(index).cloned().flatten()
        };
        let keys: Option<Vec<_>> = conflict.columns.iter().map(|it| Some((it.as_str(), value(it)?))).collect();
        let Some(keys) = keys else {
            self.unchecked("`on_conflict` has no value for a column of its key");
            return Vec::new();
        };
        let mut statements = Vec::new();
        if let ConflictAction::Update { assignments, filters } = &conflict.action {
            let set: Vec<_> = assignments.iter().map(|it| self.with_values(it, table, &value)).collect();
            let mut found: Vec<_> =
                keys.iter().map(|(column, it)| equal(&insert.target.name, column, table, it, conflict)).collect();
            found.extend(
                filters.iter().map(|it| Filter {
                    condition: self.with_value(&it.condition, table, &value),
                    when: it.when.clone(),
                }),
            );
            statements.push(self.update_found(insert, table, &set, &found, each));
        }
        if conflict.is_primary_key {
            let values = marks::list(&[self.row(&insert.columns, row, table)]);
            let lines = vec![self.insert_line(ignoring, insert, table), format!("VALUES{values}")];
            statements.push(self.statement(lines, &insert.returning, each));
        } else {
            statements.push(self.insert_unless_found(insert, table, conflict, &keys, row, each));
        }
        statements
    }

    fn update_found(
        &self,
        insert: &Insert,
        table: &Table,
        assignments: &[Assignment],
        filters: &[Filter],
        each: Option<&str>,
    ) -> RenderedStatement {
        let mut lines = vec![format!("UPDATE {}", self.source(&insert.target))];
        lines.push(format!("SET{}", marks::list(&self.assignments(assignments, &insert.target, table))));
        lines.extend(self.where_line(filters, true));
        self.statement(lines, &insert.returning, each)
    }

    /// `INSERT … SELECT … WHERE NOT EXISTS …`: the values of the key first, those that may be absent with their columns.
    fn insert_unless_found(
        &self,
        insert: &Insert,
        table: &Table,
        conflict: &OnConflict,
        keys: &[(&str, Expression)],
        row: &Row,
        each: Option<&str>,
    ) -> RenderedStatement {
        let mut columns: Vec<_> = keys.iter().map(|(name, _)| self.dialect.quote(name)).collect();
        let key_values = keys.iter().map(|(name, it)| self.selected(it, table.column(name)));
        let mut values: Vec<_> = key_values.collect();
        let mut optional = [String::new(), String::new()];
        for (name, value) in insert.columns.iter().zip(row) {
            let Some(value) = value.as_ref().filter(|_| !keys.iter().any(|(key, _)| key == name)) else { continue };
            let texts = [self.dialect.quote(name), self.selected(value, table.column(name))];
            match value {
                Expression::Parameter(it) if text::is_cell(&it.name) => {
                    for (part, text) in optional.iter_mut().zip(texts) {
                        part.push_str(&marks::when(std::slice::from_ref(&it.name), &format!(", {text}")));
                    }
                }
                _ => {
                    let [column, value] = texts;
                    columns.push(column);
                    values.push(value);
                }
            }
        }
        let [optional_columns, optional_values] = optional;
        let name = self.dialect.object(&table.name);
        let found = self.where_line(&[not_found(&self.found(table, conflict, keys))], true);
        let mut lines = vec![
            format!("INSERT INTO {name} ({}{optional_columns})", columns.join(", ")),
            format!("SELECT {}{optional_values}", values.join(", ")),
            "FROM (SELECT 1 AS one) AS one".to_owned(),
        ];
        lines.extend(found);
        self.statement(lines, &insert.returning, each)
    }

    /// The rows of the table that have the key.
    fn found(&self, table: &Table, conflict: &OnConflict, keys: &[(&str, Expression)]) -> Select {
        let name = self.scope.query().map_or_else(|| "taken".to_owned(), |it| it.fresh("taken"));
        let filters = keys.iter().map(|(column, it)| equal(&name, column, table, it, conflict)).collect();
        let relation = Relation::Table(table.name.clone());
        Select { from: Some(Source { name, relation }), filters, ..Select::default() }
    }

    fn upsert_query(
        &self,
        insert: &Insert,
        table: &Table,
        conflict: &OnConflict,
        query: &Select,
    ) -> Vec<RenderedStatement> {
        let query = &self.with_types_of(query, insert, table);
        let field = |column: &str| {
            let index = insert.columns.iter().position(|it| it == column)?;
            let output = query.outputs.get(index)?.result();
            Some(Expression::Field(Field {
                source: EXCLUDED.to_owned(),
                column: output.name,
                column_type: super::value_type(&output.value),
                nullable: output.nullable,
            }))
        };
        let keys: Option<Vec<_>> = conflict.columns.iter().map(|it| Some((it.as_str(), field(it)?))).collect();
        let Some(keys) = keys else {
            self.unchecked("`on_conflict` has no value for a column of its key");
            return Vec::new();
        };
        let excluded = || Source { name: EXCLUDED.to_owned(), relation: Relation::Query(Box::new(query.clone())) };
        let matching = |filters: Vec<Filter>, outputs: Vec<Output>| {
            let keys = keys.iter().map(|(column, it)| equal(&insert.target.name, column, table, it, conflict));
            Select { from: Some(excluded()), filters: keys.chain(filters).collect(), outputs, ..Select::default() }
        };
        let mut statements = Vec::new();
        if let ConflictAction::Update { assignments, filters } = &conflict.action {
            let value = |column: &str| {
                let value = OutputValue::Expression(field(column)?);
                let output = Output { name: column.to_owned(), value };
                Some(Expression::Subquery(Box::new(matching(Vec::new(), vec![output]))))
            };
            let set: Vec<_> = assignments.iter().map(|it| self.with_values(it, table, &value)).collect();
            let filters = filters
                .iter()
                .map(|it| Filter { condition: self.with_value(&it.condition, table, &field), when: it.when.clone() });
            // A value and no EXISTS: of a key that comes twice it is an error, as it is in PostgreSQL.
            let is_given = OutputValue::Expression(Expression::Literal(Literal::Boolean(true)));
            let is_given = matching(filters.collect(), vec![Output { name: "given".to_owned(), value: is_given }]);
            let is_given = Filter { condition: Expression::Subquery(Box::new(is_given)), when: Vec::new() };
            statements.push(self.update_found(insert, table, &set, &[is_given], None));
        }
        let outputs = insert
            .columns
            .iter()
            .filter_map(|it| Some(Output { name: it.clone(), value: OutputValue::Expression(field(it)?) }));
        let outputs = outputs.collect();
        let filters = vec![not_found(&self.found(table, conflict, &keys))];
        let rows = Select { from: Some(excluded()), filters, outputs, ..Select::default() };
        let insert = Insert { rows: InsertRows::Query(Box::new(rows)), ..insert.clone() };
        let lines = vec![self.insert_line("INSERT INTO", &insert, table), self.rows(&insert, table)];
        statements.push(self.statement(lines, &insert.returning, None));
        statements
    }

    /// The query with outputs of the types of the columns that they go to: numbers of another kind are none of theirs where
    /// they are read from a query. None is called like the table, which it would hide.
    fn with_types_of(&self, query: &Select, insert: &Insert, table: &Table) -> Select {
        let mut query = query.clone();
        for (output, name) in query.outputs.iter_mut().zip(&insert.columns) {
            if let Some(scope) = self.scope.query()
                && output.name.eq_ignore_ascii_case(self.shown(&insert.target.name))
            {
                output.name = scope.fresh(&output.name);
            }
            let (Some(column), OutputValue::Expression(value)) = (table.column(name), &mut output.value) else {
                continue;
            };
            let found = self.scope.value(value);
            let is_number = matches!(found.kind(), ValueKind::Integer | ValueKind::Numeric | ValueKind::Float);
            if is_number && found != ValueType::Known(column.column_type.clone()) {
                let operand = Box::new(value.clone());
                *value = Expression::Cast { operand, to: column.column_type.clone() };
            }
        }
        query
    }

    /// The assignment with values in the place of the row that was to be inserted.
    fn with_values(
        &self,
        assignment: &Assignment,
        table: &Table,
        value: &dyn Fn(&str) -> Option<Expression>,
    ) -> Assignment {
        let column = assignment.column.clone();
        let value = match &assignment.value {
            // The default of that column, where it has no value.
            Some(Expression::Field(it)) if it.source == EXCLUDED && it.column == column => value(&it.column),
            other => other.as_ref().map(|it| self.with_value(it, table, value)),
        };
        Assignment { column, value }
    }

    fn with_value(
        &self,
        expression: &Expression,
        table: &Table,
        value: &dyn Fn(&str) -> Option<Expression>,
    ) -> Expression {
        let mut expression = expression.clone();
        self.put_values(&mut expression, table, value);
        expression
    }

    /// Not into what is put there: the row that was to be inserted may be read in it.
    fn put_values(&self, expression: &mut Expression, table: &Table, value: &dyn Fn(&str) -> Option<Expression>) {
        match expression {
            Expression::Field(it) if it.source == EXCLUDED => {
                *expression = value(&it.column).unwrap_or_else(|| self.default_of(table, &it.column));
            }
            other => other.children_mut().into_iter().for_each(|it| self.put_values(it, table, value)),
        }
    }

    /// What a column is where nothing is written into it.
    fn default_of(&self, table: &Table, column: &str) -> Expression {
        let column = table.column(column);
        match column.and_then(|it| it.default.as_ref()) {
            Some(Default::Expression(it)) => it.clone(),
            None => {
                let to = column.map_or_else(super::unknown_type, |it| it.column_type.clone());
                Expression::Cast { operand: Box::new(Expression::Literal(Literal::Null)), to }
            }
            Some(_) => {
                self.unchecked("`on_conflict` reads what only the database can make");
                Expression::Literal(Literal::Null)
            }
        }
    }
}

/// `source.column = value`, where NULL is NULL if the key takes it so.
fn equal(source: &str, column: &str, table: &Table, value: &Expression, conflict: &OnConflict) -> Filter {
    let declared = table.column(column);
    let field = Expression::Field(Field {
        source: source.to_owned(),
        column: column.to_owned(),
        column_type: declared.map_or_else(super::unknown_type, |it| it.column_type.clone()),
        nullable: declared.is_none_or(|it| it.nullable),
    });
    let may_be_null = declared.is_none_or(|it| it.nullable) && table.has_equal_nulls(&conflict.columns);
    let equal = binary(BinaryOperator::Equal, field.clone(), value.clone());
    let condition = match may_be_null {
        // Spanner compares with no NULL that is written out.
        true if *value == Expression::Literal(Literal::Null) => is_null(field),
        _ if *value == Expression::Literal(Literal::Null) => Expression::Literal(Literal::Boolean(false)),
        true => {
            let both = binary(BinaryOperator::And, is_null(field), is_null(value.clone()));
            binary(BinaryOperator::Or, equal, both)
        }
        false => equal,
    };
    Filter { condition, when: Vec::new() }
}

fn not_found(query: &Select) -> Filter {
    let exists = Expression::Exists(Box::new(query.clone()));
    let condition = Expression::Unary { operator: UnaryOperator::Not, operand: Box::new(exists) };
    Filter { condition, when: Vec::new() }
}

fn binary(operator: BinaryOperator, left: Expression, right: Expression) -> Expression {
    Expression::Binary { operator, left: Box::new(left), right: Box::new(right) }
}

fn is_null(operand: Expression) -> Expression {
    Expression::IsNull { operand: Box::new(operand), negated: false }
}
