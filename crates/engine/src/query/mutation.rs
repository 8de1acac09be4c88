//! `INSERT`, `UPDATE`, `DELETE`.

use orm_model::{
    Column, ColumnType, Expression, Literal, ScalarType, Table, ValueKind, ValueType,
    query::{
        Assignment, ConflictAction, Delete, EXCLUDED, Insert, InsertRows, OnConflict, Output, Parameter, Relation,
        Source, Update,
    },
};

use super::{
    marks,
    select::Shape,
    text::{self, RenderedStatement},
};
use crate::dialect::expression::Printer;

/// A value for each column; `None` is the default.
pub(super) type Row = Vec<Option<Expression>>;

impl Printer<'_> {
    pub(super) fn insert(&self, insert: &Insert) -> Vec<RenderedStatement> {
        let Some(table) = self.table(&insert.target) else { return Vec::new() };
        if insert.columns.is_empty() {
            self.unchecked("the insert names no column");
        }
        if let (Some(conflict), Some(ignoring)) = (&insert.on_conflict, self.dialect.insert_ignoring()) {
            return self.upsert(insert, table, conflict, ignoring);
        }
        let mut lines = vec![self.insert_line("INSERT INTO", insert, table), self.rows(insert, table)];
        lines.extend(insert.on_conflict.iter().flat_map(|it| self.on_conflict(it, insert, table)));
        vec![self.statement(lines, &insert.returning, None)]
    }

    pub(super) fn update(&self, update: &Update) -> Vec<RenderedStatement> {
        let Some(table) = self.table(&update.target) else { return Vec::new() };
        let mut lines = vec![format!("UPDATE {}", self.source(&update.target))];
        lines.push(format!("SET{}", marks::list(&self.assignments(&update.assignments, &update.target, table))));
        lines.extend(self.where_line(&update.filters, self.dialect.needs_where()));
        vec![self.statement(lines, &update.returning, None)]
    }

    pub(super) fn delete(&self, delete: &Delete) -> Vec<RenderedStatement> {
        let mut lines = vec![format!("DELETE FROM {}", self.source(&delete.target))];
        lines.extend(self.where_line(&delete.filters, self.dialect.needs_where()));
        vec![self.statement(lines, &delete.returning, None)]
    }

    /// A statement of lines, and of what it gives back.
    pub(super) fn statement(&self, lines: Vec<String>, returning: &[Output], each: Option<&str>) -> RenderedStatement {
        let mut text = lines.join(marks::LINE);
        if !returning.is_empty() {
            let outputs = marks::list(&self.columns(returning));
            text += &format!("{}{}{outputs}", marks::LINE, self.dialect.returning());
        }
        RenderedStatement {
            pieces: text::pieces(&text),
            each: each.map(str::to_owned),
            gives_rows: !returning.is_empty(),
        }
    }

    fn table(&self, target: &Source) -> Option<&Table> {
        let table = match &target.relation {
            Relation::Table(name) => self.scope.schema.tables.get(name),
            _ => None,
        };
        if table.is_none() {
            self.unchecked("what is written is no table");
        }
        table
    }

    pub(super) fn insert_line(&self, verb: &str, insert: &Insert, table: &Table) -> String {
        let name = self.dialect.object(&table.name);
        let alias = match self.dialect.names_insert_target() {
            true => format!(" AS {}", self.dialect.quote(&insert.target.name)),
            false => String::new(),
        };
        format!("{verb} {name}{alias} ({})", self.dialect.columns(&insert.columns))
    }

    /// `VALUES …` or a query.
    pub(super) fn rows(&self, insert: &Insert, table: &Table) -> String {
        match &insert.rows {
            InsertRows::Values(rows) => {
                let rows: Vec<_> = rows.iter().map(|it| self.row(&insert.columns, it, table)).collect();
                format!("VALUES{}", marks::list(&rows))
            }
            InsertRows::Parameter(name) => {
                let row = self.row(&insert.columns, &given_row(name, &insert.columns, table), table);
                let row = marks::each(name, &format!("{}{row}", marks::LINE));
                format!("VALUES{}{row}{}", marks::DEEPER, marks::BACK)
            }
            InsertRows::Query(query) => {
                let columns: Vec<_> = insert.columns.iter().map(|it| table.column(it)).collect();
                self.whole(query, Shape::Assigned(&columns))
            }
        }
    }

    pub(super) fn row(&self, columns: &[String], values: &[Option<Expression>], table: &Table) -> String {
        let values = columns.iter().zip(values).map(|(name, it)| self.written(it.as_ref(), table.column(name)));
        format!("({})", values.collect::<Vec<_>>().join(", "))
    }

    fn on_conflict(&self, conflict: &OnConflict, insert: &Insert, table: &Table) -> Vec<String> {
        let target = format!("ON CONFLICT ({}) DO", self.dialect.columns(&conflict.columns));
        match &conflict.action {
            // `DO NOTHING` keeps whichever row of the query comes first where it gives a key twice; to change a row twice is
            // an error, even where the condition leaves it as it is.
            ConflictAction::Nothing if matches!(insert.rows, InsertRows::Query(_)) => {
                let row = self.shown(&insert.target.name);
                let keys = conflict.columns.iter().take(1);
                let same = keys.map(|it| {
                    let assigned = self.dialect.assigned_column(row, it);
                    format!("{assigned} = {EXCLUDED}.{}", self.dialect.quote(it))
                });
                vec![format!("{target} UPDATE SET{}", marks::list(&same.collect::<Vec<_>>())), "WHERE FALSE".to_owned()]
            }
            ConflictAction::Nothing => vec![format!("{target} NOTHING")],
            ConflictAction::Update { assignments, filters } => {
                let assignments = marks::list(&self.assignments(assignments, &insert.target, table));
                let first = format!("{target} UPDATE SET{assignments}");
                std::iter::once(first).chain(self.where_line(filters, false)).collect()
            }
        }
    }

    pub(super) fn assignments(&self, assignments: &[Assignment], written: &Source, table: &Table) -> Vec<String> {
        let row = self.shown(&written.name);
        let assignment = |it: &Assignment| {
            let value = self.written(it.value.as_ref(), table.column(&it.column));
            format!("{} = {value}", self.dialect.assigned_column(row, &it.column))
        };
        assignments.iter().map(assignment).collect()
    }

    /// A value or `DEFAULT`.
    pub(super) fn written(&self, value: Option<&Expression>, column: Option<&Column>) -> String {
        match value {
            None => "DEFAULT".to_owned(),
            Some(Expression::Parameter(it)) if text::is_cell(&it.name) => {
                marks::or_default(&it.name, &self.assigned(&Expression::Parameter(it.clone()), column))
            }
            Some(value) => self.assigned(value, column),
        }
    }

    /// A value as the column takes it.
    pub(super) fn assigned(&self, value: &Expression, column: Option<&Column>) -> String {
        let Some(column) = column else { return self.print(value, None).0 };
        let stored = self.scope.stored(&column.column_type);
        let dialect = self.dialect.expression_dialect();
        if column.physical_type.get(dialect).is_none()
            && let Some(text) = self.as_native_enum(value, &column.column_type)
        {
            return text;
        }
        if let Expression::List(items) = value {
            return self.list(items, Some(&stored.scalar));
        }
        let text = self.print(value, Some(&stored.scalar)).0;
        // A computed number is a double, which is no 32-bit one by itself.
        let typing = self.scope.value(value);
        let is_wide = typing.kind() == ValueKind::Float && typing.known().is_some_and(|it| it.scalar != stored.scalar);
        match self.dialect.cast_type(&stored, self.scope.targets) {
            Some(name) if is_wide && stored.scalar == ScalarType::Real => format!("CAST({text} AS {name})"),
            _ => text,
        }
    }

    /// The same as the output of a query, where a number that is written out has a type of its own and NULL has none.
    pub(super) fn selected(&self, value: &Expression, column: Option<&Column>) -> String {
        if let (Expression::Literal(Literal::Null), Some(column)) = (value, column) {
            let operand = Box::new(value.clone());
            return self.print(&Expression::Cast { operand, to: column.column_type.clone() }, None).0;
        }
        let text = self.assigned(value, column);
        let stored = column.map(|it| self.scope.stored(&it.column_type));
        let is_float = |it: &ColumnType| matches!(it.scalar, ScalarType::Real | ScalarType::Double);
        let is_literal =
            matches!(self.scope.value(value), ValueType::IntegerLiteral { .. } | ValueType::DecimalLiteral);
        let stored = stored.filter(|it| is_literal && is_float(it));
        match stored.and_then(|it| self.dialect.cast_type(&it, self.scope.targets)) {
            Some(name) => format!("CAST({text} AS {name})"),
            None => text,
        }
    }

    /// A value as one of an enum of the database.
    fn as_native_enum(&self, value: &Expression, column_type: &ColumnType) -> Option<String> {
        let native = self.native_enum_named(&column_type.scalar)?;
        let name = self.enum_type(native.native.as_ref()?, column_type.array);
        if matches!(value, Expression::Literal(Literal::String(_) | Literal::Null)) {
            return Some(self.print(value, None).0);
        }
        let bare = self.enum_parameter(value, native);
        Some(bare.unwrap_or_else(|| format!("CAST({} AS {name})", self.print(value, None).0)))
    }
}

/// The row that a caller gives: a parameter for each column.
pub(super) fn given_row(parameter: &str, columns: &[String], table: &Table) -> Row {
    let value = |name: &String| {
        let column = table.column(name)?;
        Some(Expression::Parameter(Parameter {
            name: text::cell(parameter, name),
            column_type: column.column_type.clone(),
            nullable: column.nullable,
        }))
    };
    columns.iter().map(value).collect()
}
