//! A query of raw SQL as clauses, where all of it is understood and means the same: rows of one table, by conditions that
//! both databases answer alike.
//!
//! What depends on the database stays raw: the order of texts, NULLs in an order that does not say where they stand,
//! arithmetic, functions. Whoever reads the clauses must get the rows that the SQL gave.

mod parse;

use orm_model::{ScalarType, ValueKind, ValueType};
use orm_schema_lang::{
    database::resolve,
    diagnostics::written_name,
    item::{DeclarationKind, ExpressionKind, TypeExpression},
    lower::{
        query::lower_query,
        shape::{Signature, SignatureColumn, signature},
    },
};

use super::{Context, Here, Offers, RefactoringKind, text};
use parse::{Condition, Name, Operator, Order, Selected, Statement, Value};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let here = context.here.filter(|it| it.item.kind == DeclarationKind::Query && it.item.errors.is_empty())?;
    let sql = here.item.sql.as_ref()?;
    let result = here.item.query.as_ref()?.result.as_ref()?;
    let ExpressionKind::Call { arguments, .. } = &sql.kind else { return None };
    let texts = arguments.iter().map(|it| match &it.value.kind {
        ExpressionKind::String(sql) => Some(parse::statement(sql)?),
        _ => None,
    });
    let statements = texts.collect::<Option<Vec<_>>>()?;
    let statement = statements.first().filter(|first| statements.iter().all(|it| it == *first))?;
    let query = Written::new(context, &here, statement)?;
    let clauses = query.clauses()?;
    let word = here.source.span(result.cardinality.as_ref()?.anchor).end;
    offers.add("raw_to_clauses", RefactoringKind::Rewrite, "Convert to clauses", || {
        let range = word..here.source.range().end;
        let attributes = text::attributes(context, &here);
        vec![context.edit(range, format!("{attributes} {{\n{clauses}}}"))]
    });
    Some(())
}

/// A statement, and the table that it reads.
struct Written<'a> {
    statement: &'a Statement,
    table_name: String,
    signature: &'a Signature,
    /// What the query says that it gives: name, type, whether it may be NULL.
    row: Vec<(String, ValueType, bool)>,
    /// The parameters that a caller may leave out: comparing with them is no condition of the language.
    absent: Vec<String>,
}

impl<'a> Written<'a> {
    fn new(context: &Context<'a>, here: &Here<'a>, statement: &'a Statement) -> Option<Self> {
        let table = match &statement.table {
            Name::Declared(path) => resolve(context.db, context.project, path, &[DeclarationKind::Table])?,
            Name::Physical(name) => {
                let found = resolve(context.db, context.project, name, &[DeclarationKind::Table])?;
                let own = &signature(context.db, context.project, found).name;
                (own.schema.is_none() && own.name == *name).then_some(found)?
            }
        };
        let signature = signature(context.db, context.project, table);
        let lowered = lower_query(context.db, context.project, here.declaration).query.as_ref()?;
        let row = lowered.body.row().into_iter().map(|it| match it.value {
            orm_model::query::ResultValue::Value(Some(known)) => Some((it.name, ValueType::Known(known), it.nullable)),
            _ => None,
        });
        let parameters = &here.item.query.as_ref()?.parameters;
        let may_be_absent = |it: &TypeExpression| it.nullable;
        let absent = parameters.iter().filter(|it| it.value_type.as_ref().is_none_or(may_be_absent));
        Some(Written {
            statement,
            table_name: written_name(table.name(context.db)),
            signature,
            row: row.collect::<Option<_>>()?,
            absent: absent.map(|it| it.name.text.to_string()).collect(),
        })
    }

    /// The clauses, a line each; `None` where a part means something else in the language, or may.
    fn clauses(&self) -> Option<String> {
        let mut lines = vec![format!("from {}", self.table_name)];
        for condition in &self.statement.conditions {
            lines.push(format!("where {}", self.condition(condition)?));
        }
        if !self.statement.order_by.is_empty() {
            let keys = self.statement.order_by.iter().map(|it| self.order(it)).collect::<Option<Vec<_>>>()?;
            lines.push(format!("order_by {}", keys.join(", ")));
        }
        lines.extend(self.statement.limit.iter().map(|it| format!("limit {it}")));
        lines.extend(self.statement.offset.iter().map(|it| format!("offset {it}")));
        lines.push(format!("select {}", self.selection()?.join(", ")));
        Some(lines.into_iter().map(|it| format!("  {it}\n")).collect())
    }

    /// What is selected, which must be what the query declares.
    fn selection(&self) -> Option<Vec<String>> {
        let selected = &self.statement.selected;
        let counts = selected.iter().filter(|it| matches!(it, Selected::Count(_))).count();
        // A count beside columns has no group here.
        if selected.len() != self.row.len() || (counts > 0 && (counts < selected.len() || self.is_ordered())) {
            return None;
        }
        selected.iter().zip(&self.row).map(|(it, declared)| self.selected(it, declared)).collect()
    }

    fn is_ordered(&self) -> bool {
        !self.statement.order_by.is_empty() || self.statement.limit.is_some() || self.statement.offset.is_some()
    }

    fn selected(&self, selected: &Selected, (name, declared, nullable): &(String, ValueType, bool)) -> Option<String> {
        match selected {
            Selected::Count(alias) => {
                let is_count = alias == name && declared.kind() == ValueKind::Integer && !nullable;
                let is_wide = matches!(declared, ValueType::Known(it) if it.to_string() == "bigint");
                (is_count && is_wide).then(|| format!("{}: count()", written_name(name)))
            }
            Selected::Column(column, alias) => {
                let column = self.column(column)?;
                let is_same = column.column_type.clone().map(ValueType::Known).as_ref() == Some(declared);
                let given = alias.as_deref().unwrap_or(&column.name);
                if !is_same || column.nullable != *nullable || given != name {
                    return None;
                }
                let written = written_name(&column.declared_name);
                Some(if column.declared_name == *name { written } else { format!("{}: {written}", written_name(name)) })
            }
        }
    }

    fn column(&self, name: &Name) -> Option<&'a SignatureColumn> {
        let found = match name {
            Name::Declared(path) => {
                let (table, column) = path.rsplit_once('.')?;
                let is_own = table == self.table_name.trim_matches('`');
                self.signature.columns.iter().find(|it| is_own && it.declared_name == column)
            }
            Name::Physical(name) => self.signature.columns.iter().find(|it| it.name == *name),
        };
        found.filter(|it| it.only.is_none() && it.column_type.is_some())
    }

    fn condition(&self, condition: &Condition) -> Option<String> {
        let column = self.column(&condition.column)?;
        let name = written_name(&column.declared_name);
        let kind = comparable(column);
        let value = |it: &Value| self.value(it, kind?);
        match &condition.operator {
            Operator::IsNull => Some(format!("{name} is null")),
            Operator::IsNotNull => Some(format!("{name} is not null")),
            Operator::Compare(sign, operand) => {
                let by_order = !matches!(sign.as_str(), "=" | "!=");
                let has_order = matches!(kind?, ValueKind::Integer | ValueKind::Date);
                (!by_order || has_order).then(|| Some(format!("{name} {sign} {}", value(operand)?)))?
            }
            Operator::In(values) => {
                let values = values.iter().map(value).collect::<Option<Vec<_>>>()?;
                Some(format!("{name} in ({})", values.join(", ")))
            }
        }
    }

    fn value(&self, value: &Value, kind: ValueKind) -> Option<String> {
        match value {
            Value::Parameter(name) => (!self.absent.contains(name)).then(|| format!("${name}")),
            Value::Number(number) => (kind == ValueKind::Integer).then(|| number.clone()),
            Value::Text(it) => {
                matches!(kind, ValueKind::Text | ValueKind::Uuid | ValueKind::Date).then(|| text::quoted(it))
            }
            Value::Boolean(it) => (kind == ValueKind::Boolean).then(|| it.to_string()),
        }
    }

    fn order(&self, order: &Order) -> Option<String> {
        let column = self.column(&order.column)?;
        let column_type = column.column_type.as_ref()?;
        let kind = ValueType::Known(column_type.clone()).kind();
        let is_same = matches!(kind, ValueKind::Integer | ValueKind::Date | ValueKind::Timestamp) && !column_type.array;
        // Where nothing is said, each database puts NULL somewhere else.
        if !is_same || (column.nullable && order.nulls_first.is_none()) {
            return None;
        }
        let direction = if order.descending { " desc" } else { "" };
        let nulls = match order.nulls_first.filter(|_| column.nullable) {
            Some(true) => " nulls first",
            Some(false) => " nulls last",
            None => "",
        };
        Some(format!("{}{direction}{nulls}", written_name(&column.declared_name)))
    }
}

/// What a column holds, where both databases compare such values alike. Floating-point numbers, JSON and arrays they do not;
/// the values of an enum have names in the language.
fn comparable(column: &SignatureColumn) -> Option<ValueKind> {
    let column_type = column.column_type.as_ref()?;
    let kind = ValueType::Known(column_type.clone()).kind();
    let is_exact =
        matches!(kind, ValueKind::Boolean | ValueKind::Integer | ValueKind::Text | ValueKind::Uuid | ValueKind::Date);
    let is_plain = !column_type.array && !matches!(column_type.scalar, ScalarType::Enum(_) | ScalarType::Char(_));
    (is_exact && is_plain).then_some(kind)
}
