//! Queries and mutations that find, write and delete a row of a table by its key.

use orm_schema_lang::{diagnostics::written_name, item::DeclarationKind, lower::shape::ColumnShape};

use super::{Context, Here, Offers, RefactoringKind, text};
use crate::names::is_parameter_name;

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let here = context.here.filter(|it| it.item.kind == DeclarationKind::Table && it.item.errors.is_empty())?;
    let name = here.source.span(here.item.name.as_ref()?.anchor);
    if context.range.start < here.source.range().start || name.end < context.range.start {
        return None;
    }
    let table = Table::new(context, &here)?;
    let name = here.item.name_text();
    let mut add = |title: String, text: String| {
        let title = format!("Generate {title} for `{name}`");
        offers.add("generate_query", RefactoringKind::Generate, title, || {
            let end = text::line(context.text, here.source.range().end).end;
            vec![context.edit(end..end, format!("\n\n{text}"))]
        });
    };
    add("a query by key".to_owned(), table.by_key(context));
    add("an insert".to_owned(), table.insert(context));
    if let Some(update) = table.update(context) {
        add("an update by key".to_owned(), update);
    }
    add("a delete by key".to_owned(), table.delete(context));
    Some(())
}

/// A table whose every row is found by a key, in all databases of the project.
struct Table<'a> {
    name: String,
    /// The name without its schema.
    stem: &'a str,
    key: Vec<&'a ColumnShape>,
    columns: &'a [ColumnShape],
}

impl<'a> Table<'a> {
    fn new(context: &Context<'a>, here: &Here<'a>) -> Option<Self> {
        let shape = orm_schema_lang::lower::shape::shape(context.db, context.project, here.declaration);
        let (key, _) = shape.primary_key.as_ref()?;
        let columns: &'a [ColumnShape] = &shape.columns;
        // What is not known, or not in every database, has no place in a query for all of them.
        let is_plain = |it: &ColumnShape| {
            it.column_type().is_some() && it.column.only.is_none() && is_parameter_name(it.declared_name())
        };
        if shape.only.is_some() || !shape.is_complete || !columns.iter().all(is_plain) {
            return None;
        }
        let key = key.columns.iter().map(|key| columns.iter().find(|it| it.column.name == key.name));
        let key = key.collect::<Option<Vec<_>>>().filter(|it| !it.is_empty())?;
        let name = here.item.name_text();
        Some(Table { name: written_name(name), stem: crate::names::last_part(name), key, columns })
    }

    /// `users_by_id`
    fn free_name(&self, context: &Context<'_>, before: &str, behind: &str) -> String {
        written_name(&text::free_name(context, &format!("{before}{}{behind}", self.stem)))
    }

    fn key_parameters(&self) -> Vec<String> {
        self.key.iter().map(|it| parameter(it, false)).collect()
    }

    /// The lines that find the row.
    fn conditions(&self) -> String {
        let line = |it: &&ColumnShape| format!("  where {} = ${}\n", written(it), it.declared_name());
        self.key.iter().map(line).collect()
    }

    fn by_key(&self, context: &Context<'_>) -> String {
        let keys: Vec<_> = self.key.iter().map(|it| it.declared_name()).collect();
        let name = self.free_name(context, "", &format!("_by_{}", keys.join("_and_")));
        let columns: Vec<_> = self.columns.iter().map(written).collect();
        format!(
            "query {name}({}) : optional {{\n  from {}\n{}  select {}\n}}",
            self.key_parameters().join(", "),
            self.name,
            self.conditions(),
            columns.join(", ")
        )
    }

    fn insert(&self, context: &Context<'_>) -> String {
        let given: Vec<_> = self.columns.iter().filter(|it| is_given(it)).collect();
        let parameters: Vec<_> = given.iter().map(|it| parameter(it, it.column.nullable)).collect();
        let values: Vec<_> = given.iter().map(|it| format!("${}", it.declared_name())).collect();
        let name = self.free_name(context, "insert_", "");
        let row =
            if values.is_empty() { "values { }".to_owned() } else { format!("values {{ {} }}", values.join(", ")) };
        let parameters = if parameters.is_empty() { String::new() } else { format!("({})", parameters.join(", ")) };
        format!("mutation {name}{parameters} {{\n  insert into {}\n  {row}\n}}", self.name)
    }

    /// `None` where the key is all there is.
    fn update(&self, context: &Context<'_>) -> Option<String> {
        let is_key = |it: &&ColumnShape| self.key.iter().any(|key| key.column.name == it.column.name);
        let is_written = |it: &&ColumnShape| it.column.generated.is_none() && it.column.on_update.is_none();
        let set: Vec<_> = self.columns.iter().filter(|it| !is_key(it) && is_written(it)).collect();
        let assignments: Vec<_> = set.iter().map(|it| format!("{} = ${}", written(it), it.declared_name())).collect();
        let mut parameters = self.key_parameters();
        parameters.extend(set.iter().map(|it| parameter(it, it.column.nullable)));
        (!set.is_empty()).then(|| {
            format!(
                "mutation {}({}) {{\n  update {}\n  set {}\n{}}}",
                self.free_name(context, "update_", ""),
                parameters.join(", "),
                self.name,
                assignments.join(", "),
                self.conditions()
            )
        })
    }

    fn delete(&self, context: &Context<'_>) -> String {
        let (name, parameters) = (self.free_name(context, "delete_", ""), self.key_parameters().join(", "));
        format!("mutation {name}({parameters}) {{\n  delete from {}\n{}}}", self.name, self.conditions())
    }
}

/// `name: text?`
fn parameter(shape: &ColumnShape, nullable: bool) -> String {
    let written = shape.column_type().map(ToString::to_string).unwrap_or_default();
    format!("{}: {written}{}", shape.declared_name(), if nullable { "?" } else { "" })
}

/// Whether whoever inserts says the value: nothing else does.
const fn is_given(shape: &ColumnShape) -> bool {
    shape.column.generated.is_none() && shape.column.default.is_none()
}

/// The name of a column where clauses say it.
fn written(shape: &ColumnShape) -> String {
    written_name(shape.declared_name())
}
