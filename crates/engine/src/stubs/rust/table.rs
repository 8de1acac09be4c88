//! The module of a table.

use orm_model::{Column, Default, Expression, Literal, Schema, Table};

use super::{
    MARKER, Options, StubError, derive, docs, enums,
    names::{Names, constant},
    types::value_type,
};

/// A column as the module writes it.
struct Field<'s> {
    column: &'s Column,
    identifier: String,
    value_type: String,
}

pub(super) fn file(schema: &Schema, table: &Table, options: &Options) -> Result<String, StubError> {
    let enums = enums::identifiers(schema)?;
    let declared = table.declared_name.clone().unwrap_or_else(|| table.name.to_string());
    let mut names = Names::new(format!("table `{declared}`"));
    let fields = table.columns.iter().map(|column| {
        let identifier = names.snake(column.declared_name())?;
        let enum_type = |name: &str| enums.get(name).cloned().unwrap_or_else(|| name.to_owned());
        Ok(Field { column, identifier, value_type: value_type(column, enum_type) })
    });
    let fields: Vec<_> = fields.collect::<Result<_, StubError>>()?;

    let mut text = format!("{MARKER}\n//! Table `{}`.\n", docs::code(&declared));
    text.push_str(&table_names(table, &fields));
    let row = format!("A row of `{}`.", docs::code(&declared));
    let documentation = docs::paragraphs([Some(row.as_str()), table.doc.as_deref()]);
    structure(
        &mut text,
        &documentation,
        &derive("Debug, Clone, PartialEq", options),
        "Row",
        &fields.iter().collect::<Vec<_>>(),
        row_field,
    );
    // What the database computes is read and never written.
    let written: Vec<_> = fields.iter().filter(|field| field.column.generated.is_none()).collect();
    let insert = "A row to insert. A field that may be left out is an `Option`, its value then is what it says.";
    let is_default = written.iter().all(|field| is_optional(field.column) || field.column.default.is_some());
    let traits = if is_default { "Debug, Clone, PartialEq, Default" } else { "Debug, Clone, PartialEq" };
    structure(&mut text, insert, &derive(traits, options), "Insert", &written, insert_field);
    let update = "Changes of a row. A field that is `None` stays as it is.";
    let derives = derive("Debug, Clone, PartialEq, Default", options);
    structure(&mut text, update, &derives, "Update", &written, update_field);
    Ok(text)
}

/// The names that statements are made of.
fn table_names(table: &Table, fields: &[Field<'_>]) -> String {
    let mut constants = String::new();
    let mut all = String::new();
    for field in fields {
        let (name, constant) = (&field.column.name, constant(&field.identifier));
        let documentation = docs::lines("    ", &format!("Column `{}`.", docs::code(name)));
        let deprecated = docs::deprecated("    ", field.column.deprecated.as_deref());
        constants.push_str(&format!("{documentation}{deprecated}    pub const {constant}: &str = {name:?};\n"));
        all.push_str(&format!("    columns::{constant},\n"));
    }
    format!(
        r#"
/// The named schema that holds the table; `None` is the default one.
pub const SCHEMA: Option<&str> = {schema:?};

/// The name of the table in the database.
pub const TABLE: &str = {name:?};

/// The names of the columns in the database.
pub mod columns {{
{constants}}}

/// Every column, in the order of the schema.
pub const COLUMNS: [&str; {count}] = [
{all}];
"#,
        schema = table.name.schema,
        name = table.name.name,
        count = fields.len(),
    )
}

fn structure(
    text: &mut String,
    documentation: &str,
    derives: &str,
    name: &str,
    fields: &[&Field<'_>],
    member: impl Fn(&Field<'_>) -> (String, String),
) {
    text.push_str(&format!("\n{}{derives}pub struct {name} {{\n", docs::lines("", documentation)));
    for field in fields {
        let (note, field_type) = member(field);
        let own = format!("Column `{}`.", docs::code(&field.column.name));
        let only = field.column.only.map(|it| format!("{} alone has it; NULL elsewhere.", it.title()));
        let described = field.column.doc.as_deref().or(Some(own.as_str()));
        let documentation = docs::paragraphs([described, only.as_deref(), Some(note.as_str())]);
        let deprecated = docs::deprecated("    ", field.column.deprecated.as_deref());
        let documentation = docs::lines("    ", &documentation) + &deprecated;
        text.push_str(&format!("{documentation}    pub {}: {field_type},\n", field.identifier));
    }
    text.push_str("}\n");
}

fn row_field(field: &Field<'_>) -> (String, String) {
    let note = field.column.generated.as_ref().map(|_| "Computed by the database.".to_owned());
    (note.unwrap_or_default(), optional(is_optional(field.column), &field.value_type))
}

fn insert_field(field: &Field<'_>) -> (String, String) {
    let value = optional(is_optional(field.column), &field.value_type);
    match &field.column.default {
        Some(default) => (format!("Left out: {}.", source(default)), optional(true, &value)),
        None if is_optional(field.column) => ("Left out: NULL.".to_owned(), value),
        None => (String::new(), value),
    }
}

fn update_field(field: &Field<'_>) -> (String, String) {
    let value = optional(is_optional(field.column), &field.value_type);
    let null = is_optional(field.column).then_some("`Some(None)` sets NULL.");
    let written = field.column.on_update.as_ref().map(|it| format!("Left out: {}, on every update.", source(it)));
    (docs::paragraphs([null, written.as_deref()]), optional(true, &value))
}

/// Whether a row may have no value: NULL, or a database without the column.
fn is_optional(column: &Column) -> bool {
    column.nullable || column.only.is_some()
}

fn optional(is_optional: bool, value: &str) -> String {
    if is_optional { format!("Option<{value}>") } else { value.to_owned() }
}

/// Where a value comes from, in words.
fn source(default: &Default) -> String {
    match default {
        Default::App(name) => format!("`app.{}()`, computed by the client", docs::code(name)),
        Default::Identity(_) => "a number that the database counts".to_owned(),
        Default::NextValue(sequence) => format!("`nextval({})`", docs::code(&sequence.to_string())),
        Default::Expression(expression) => match text(expression) {
            Some(text) => format!("`{}`", docs::code(&text)),
            None => "what the schema's expression gives".to_owned(),
        },
    }
}

/// A short expression as the language writes it; `None` for one that the schema had better say itself.
fn text(expression: &Expression) -> Option<String> {
    let list = |items: &[Expression]| Some(items.iter().map(text).collect::<Option<Vec<_>>>()?.join(", "));
    Some(match expression {
        Expression::Literal(Literal::Null) => "null".to_owned(),
        Expression::Literal(Literal::Boolean(value)) => value.to_string(),
        Expression::Literal(Literal::Integer(value)) => value.to_string(),
        Expression::Literal(Literal::Decimal(text) | Literal::Json(text)) => text.clone(),
        Expression::Literal(Literal::String(text)) => format!("\"{text}\""),
        Expression::Call { function, arguments } => format!("{function}({})", list(arguments)?),
        Expression::List(items) => format!("[{}]", list(items)?),
        _ => return None,
    })
}
