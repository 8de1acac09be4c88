//! From the model to the tables of one database: what is the same in every dialect.

use orm_model::{
    BinaryOperator, Column, Default, Dialect, Enum, Expression, Generated, Literal, ObjectName, ScalarType, Schema,
    Table, Targets, View, names,
};

use super::{
    Lowered, SqlDialect,
    expression::{Scope, condition_text, default_text, is_written_for, native_enum, storage},
    of,
};
use crate::{
    catalog::{self, EnumType, ForeignKey, Identity, Key, PrimaryKey},
    plan::{Action, DatabaseObject, PartKind, Subject, Unsupported},
    query::{Given, render},
};

/// What lowering a table needs to know beside the table.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The whole schema.
    pub schema: &'a Schema,
    /// The options of the databases.
    pub targets: &'a Targets,
    /// The dialect at hand.
    pub dialect: Dialect,
}

impl<'a> Context<'a> {
    fn sql(&self) -> &'static dyn SqlDialect {
        of(self.dialect)
    }

    fn scope(&self, table: &'a Table) -> Scope<'a> {
        Scope::of_table(self.schema, self.targets, table)
    }

    fn declared_enum(&self, scalar: &ScalarType) -> Option<&'a Enum> {
        match scalar {
            ScalarType::Enum(name) => self.schema.enums.get(name),
            _ => None,
        }
    }
}

/// The tables that `schema` becomes.
pub(super) fn lower(schema: &Schema, targets: &Targets, dialect: Dialect) -> Lowered {
    let cx = Context { schema, targets, dialect };
    let mut lowered = Lowered::default();
    for table in schema.tables.values() {
        let table = lower_table(&cx, table, &mut lowered.unsupported);
        lowered.catalog.tables.insert(table.name.clone(), table);
    }
    let sequences = schema.sequences.iter().map(|(name, it)| (name.clone(), cx.sql().lower_sequence(it)));
    lowered.catalog.sequences = sequences.collect();
    for (name, view) in &schema.views {
        match view_text(&cx, view) {
            Ok(Some(query)) => {
                lowered.catalog.views.insert(name.clone(), cx.sql().lower_view(&query, view.doc.as_deref()));
            }
            Ok(None) => {}
            Err(reason) => lowered.unsupported.push(reason),
        }
    }
    let extensions = schema.extensions.keys().filter(|_| dialect.capabilities().extensions);
    lowered.catalog.extensions = extensions.map(|it| it.name.clone()).collect();
    let raw = schema.raw.iter().filter(|it| it.dialect == dialect);
    lowered.catalog.raw = raw.map(|it| cx.sql().lower_raw(it)).collect();
    lowered.catalog.enums = schema.enums.values().filter_map(|it| lower_enum(&cx, it)).collect();
    lowered
}

/// The query of a view; `None` where the database has no such view.
fn view_text(cx: &Context<'_>, view: &View) -> Result<Option<String>, Unsupported> {
    let Some(query) = view.as_query().filter(|it| it.only.is_none_or(|it| it == cx.dialect)) else {
        return Ok(view.query.get(cx.dialect).clone());
    };
    match render(&query, cx.schema, cx.targets, cx.dialect) {
        // A view has no parameters, so it is one text.
        Ok(rendered) => Ok(rendered.bind(cx.sql(), &Given::default()).into_iter().next().map(|it| it.sql)),
        Err(error) => {
            let what = format!("create the view {}", view.name);
            let subject = Subject::of(DatabaseObject::View(view.name.clone()), Action::Add);
            let instead = "write it as raw SQL, or keep it to the other database";
            Err(Unsupported::new(what, error.reason, instead).about(&subject))
        }
    }
}

fn lower_enum(cx: &Context<'_>, declared: &Enum) -> Option<(ObjectName, EnumType)> {
    let name = native_enum(cx.dialect, declared)?.clone();
    let values = declared.values.iter().map(|it| it.stored.clone()).collect();
    Some((name, EnumType { values, comment: comment(cx, declared.doc.as_deref()) }))
}

fn lower_table(cx: &Context<'_>, table: &Table, unsupported: &mut Vec<Unsupported>) -> catalog::Table {
    let mut lowered = catalog::Table::new(table.name.clone());
    for column in &table.columns {
        match lower_column(cx, table, column) {
            Some(column) => lowered.columns.push(column),
            None => unsupported.push(no_column_type(cx, table, column)),
        }
    }
    lowered.comment = comment(cx, table.doc.as_deref());
    lowered.primary_key = table.primary_key.as_ref().map(|key| PrimaryKey {
        name: key.name.clone(),
        columns: key.columns.iter().map(|it| Key { name: it.name.clone(), descending: it.descending }).collect(),
    });
    lower_checks(cx, table, &mut lowered);
    lower_foreign_keys(cx, table, &mut lowered);
    cx.sql().lower_constraints(cx, table, &mut lowered);
    lowered
}

fn lower_column(cx: &Context<'_>, table: &Table, column: &Column) -> Option<catalog::Column> {
    Some(catalog::Column {
        name: column.name.clone(),
        sql_type: sql_type(cx, column)?,
        not_null: !column.nullable || table.is_key_column(&column.name),
        default: default(cx, table, column),
        identity: identity(cx, column),
        generated: column.generated.as_ref().map(|it| generated(cx, table, column, it)),
        hidden: false,
        allow_commit_timestamp: column.allow_commit_timestamp && cx.dialect.capabilities().interleaving,
        comment: comment(cx, column.doc.as_deref()),
    })
}

fn sql_type(cx: &Context<'_>, column: &Column) -> Option<String> {
    if let Some(text) = column.physical_type.get(cx.dialect) {
        return Some(text.clone());
    }
    let native = cx.declared_enum(&column.column_type.scalar).and_then(|it| native_enum(cx.dialect, it));
    let scalar = match native {
        Some(name) => cx.sql().object(name),
        None => cx.sql().scalar_type(storage(cx.schema, &column.column_type.scalar), cx.targets)?,
    };
    Some(if column.column_type.array { cx.sql().array_type(&scalar) } else { scalar })
}

fn no_column_type(cx: &Context<'_>, table: &Table, column: &Column) -> Unsupported {
    let (column_type, title) = (&column.column_type, cx.dialect.title());
    let subject = Subject::part(&table.name, PartKind::Column, &column.name, Action::Add);
    Unsupported::new(
        format!("create column {} of table {}", column.name, table.name),
        format!("{title} has no column type for `{column_type}`"),
        format!("give the column another type, or one for {title} alone: `@{}(type: \"…\")`", cx.dialect),
    )
    .about(&subject)
}

/// NULL is what a column without a default gets anyway, and databases do not tell the two apart.
fn default(cx: &Context<'_>, table: &Table, column: &Column) -> Option<String> {
    match column.default.as_ref().filter(|it| cx.sql().has_default(it, cx.targets))? {
        Default::App(_) | Default::Identity(_) | Default::Expression(Expression::Literal(Literal::Null)) => None,
        Default::NextValue(sequence) => Some(cx.sql().next_value(sequence)),
        Default::Expression(expression) if !is_written_for(expression, cx.dialect) => None,
        Default::Expression(expression) => {
            Some(default_text(cx.sql(), cx.scope(table), expression, &column.column_type))
        }
    }
}

fn identity(cx: &Context<'_>, column: &Column) -> Identity {
    match &column.default {
        Some(Default::Identity(counter)) => Identity::Counter(cx.sql().lower_counter(*counter)),
        _ => Identity::No,
    }
}

fn generated(cx: &Context<'_>, table: &Table, column: &Column, it: &Generated) -> catalog::Generated {
    let expression = default_text(cx.sql(), cx.scope(table), &it.expression, &column.column_type);
    catalog::Generated { expression, stored: it.stored }
}

fn comment(cx: &Context<'_>, doc: Option<&str>) -> Option<String> {
    doc.filter(|doc| cx.dialect.capabilities().comments && !doc.is_empty()).map(str::to_owned)
}

/// The text of a condition or key of an index of `table`.
pub(super) fn expression(cx: &Context<'_>, table: &Table, expression: &Expression) -> String {
    condition_text(cx.sql(), cx.scope(table), expression)
}

/// The SQL type of a column that holds what an expression of `table` gives, however long it is.
pub(super) fn expression_type(cx: &Context<'_>, table: &Table, expression: &Expression) -> String {
    let unlimited = match cx.scope(table).value_type(expression) {
        ScalarType::Varchar(_) | ScalarType::Char(_) => ScalarType::Text,
        ScalarType::Bytes(_) => ScalarType::Bytes(None),
        other => other,
    };
    cx.sql().scalar_type(&unlimited, cx.targets).unwrap_or_default()
}

fn lower_checks(cx: &Context<'_>, table: &Table, lowered: &mut catalog::Table) {
    for check in table.checks.iter().filter(|check| is_written_for(&check.expression, cx.dialect)) {
        let condition = condition_text(cx.sql(), cx.scope(table), &check.expression);
        lowered.checks.insert(check.name.clone(), catalog::Check { condition, enforced: !check.not_enforced });
    }
    let checks_generated = cx.dialect.capabilities().generated_column_checks;
    for column in table.columns.iter().filter(|it| checks_generated || it.generated.is_none()) {
        let Some(condition) = type_check(cx, table, column, lowered) else { continue };
        let name = names::check(&table.name, &[&column.name]);
        let is_taken = table.checks.iter().any(|check| check.name == name);
        let name = if is_taken { names::fit(&format!("{name}_type")) } else { name };
        lowered.checks.insert(name, catalog::Check { condition, enforced: true });
    }
}

/// The check that keeps what the type promises and the SQL type does not.
fn type_check(cx: &Context<'_>, table: &Table, column: &Column, lowered: &catalog::Table) -> Option<String> {
    let scalar = &column.column_type.scalar;
    let sql_type = &lowered.column(&column.name)?.sql_type;
    if let Some(declared) = cx.declared_enum(scalar) {
        let is_type = native_enum(cx.dialect, declared).is_some();
        if is_type && column.physical_type.get(cx.dialect).is_none() {
            return None;
        }
        return Some(membership(cx, table, column, declared, sql_type));
    }
    let keeps_itself = !column.implies_check() || column.physical_type.get(cx.dialect).is_some();
    if keeps_itself || !cx.sql().needs_check(scalar, cx.targets) {
        return None;
    }
    Some(condition_text(cx.sql(), cx.scope(table), &value_condition(&column.name, scalar)?))
}

fn membership(cx: &Context<'_>, table: &Table, column: &Column, declared: &Enum, sql_type: &str) -> String {
    let values = declared.values.iter().map(|value| value.stored.as_str());
    if column.column_type.array {
        let values = values.map(|value| cx.sql().string(value)).collect::<Vec<_>>();
        return cx.sql().array_within(&cx.sql().quote(&column.name), &values, sql_type);
    }
    let is_in = Expression::In {
        operand: Box::new(Expression::Column(column.name.clone())),
        list: values.map(|value| Expression::Literal(Literal::String(value.to_owned()))).collect(),
        negated: false,
    };
    condition_text(cx.sql(), cx.scope(table), &is_in)
}

fn value_condition(column: &str, scalar: &ScalarType) -> Option<Expression> {
    let column = || Box::new(Expression::Column(column.to_owned()));
    let integer = |value: i64| Box::new(Expression::Literal(Literal::Integer(value)));
    let range = |low: i64, high: i64| Expression::Between {
        operand: column(),
        low: integer(low),
        high: integer(high),
        negated: false,
    };
    let length = |function: &str, operator, limit: u32| Expression::Binary {
        operator,
        left: Box::new(Expression::Call { function: function.to_owned(), arguments: vec![*column()] }),
        right: integer(i64::from(limit)),
    };
    Some(match scalar {
        ScalarType::Smallint => range(i64::from(i16::MIN), i64::from(i16::MAX)),
        ScalarType::Integer => range(i64::from(i32::MIN), i64::from(i32::MAX)),
        ScalarType::Char(limit) => length("char_length", BinaryOperator::Equal, *limit),
        ScalarType::Bytes(Some(limit)) => length("byte_length", BinaryOperator::LessOrEqual, *limit),
        _ => return None,
    })
}

fn lower_foreign_keys(cx: &Context<'_>, table: &Table, lowered: &mut catalog::Table) {
    for key in &table.foreign_keys {
        let foreign_key = ForeignKey {
            columns: key.columns.clone(),
            references: key.references.clone(),
            referenced_columns: key.referenced_columns.clone(),
            on_delete: Some(key.on_delete_in(cx.dialect)),
            on_update: key.on_update,
            deferrable: key.deferrable,
            enforced: !key.not_enforced,
        };
        lowered.foreign_keys.insert(key.name.clone(), foreign_key);
    }
}

/// The foreign key that says what an interleaving says, for a database without it; `None` if the table has it anyway.
pub fn interleave_foreign_key(cx: &Context<'_>, table: &Table) -> Option<(String, ForeignKey)> {
    let interleave = table.interleave.as_ref().filter(|it| !it.placement_only)?;
    let parent_key = cx.schema.tables.get(&interleave.parent)?.primary_key.as_ref()?;
    let referenced_columns = parent_key.columns.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
    let own = table.primary_key.iter().flat_map(|key| &key.columns).take(referenced_columns.len());
    let columns = own.map(|it| it.name.clone()).collect::<Vec<_>>();
    let is_declared = |parent: &ObjectName| {
        let same = |key: &&orm_model::ForeignKey| {
            key.references == *parent && key.columns == columns && key.referenced_columns == referenced_columns
        };
        table.foreign_keys.iter().any(|key| same(&key))
    };
    if columns.len() < referenced_columns.len() || is_declared(&interleave.parent) {
        return None;
    }
    let borrowed = columns.iter().map(String::as_str).collect::<Vec<_>>();
    let name = names::foreign_key(&table.name, &borrowed, &interleave.parent);
    let foreign_key = ForeignKey {
        references: interleave.parent.clone(),
        columns,
        referenced_columns,
        on_delete: Some(interleave.on_delete),
        on_update: orm_model::ReferentialAction::NoAction,
        deferrable: false,
        enforced: true,
    };
    Some((name, foreign_key))
}
