//! The DDL of one table, made from that table and what it needs, never from the whole project.

use orm_engine::{ddl, dialect, plan::Statement};
use orm_model::{Dialect, ScalarType, Schema, Table};
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, resolve},
    item::{DeclarationKind, ExpressionKind, Member, TableItem, positional},
    lower::{enums::lower_enum, table::lower_table},
};

/// A table in the smallest schema that says the same about it as the project's.
pub(crate) struct TableSchema<'db> {
    schema: Schema,
    /// Without the columns whose types are not known: no DDL can be right about them.
    table: Table,
    /// Those columns.
    untyped: Vec<&'db str>,
    project: Project,
    db: &'db Database,
}

impl<'db> TableSchema<'db> {
    /// The table, or what a mixin would add to one: with its enums and the parent that it is interleaved in.
    pub(crate) fn new(db: &'db Database, declaration: Declaration) -> Self {
        let project = Project::get(db);
        let lowered = lower_table(db, project, declaration);
        let untyped: Vec<_> =
            lowered.columns.iter().filter(|it| !it.type_is_known).map(|it| it.column.name.as_str()).collect();
        let mut table = lowered.table.clone();
        table.columns.retain(|column| !untyped.contains(&column.name.as_str()));
        let mut schema = Schema::default();
        for column in &table.columns {
            if let ScalarType::Enum(name) = &column.column_type.scalar
                && let Some(declaration) = resolve(db, project, name, &[DeclarationKind::Enum])
            {
                let definition = lower_enum(db, project, declaration).definition.clone();
                schema.enums.insert(name.clone(), definition);
            }
        }
        if let Some(parent) = table.interleave.as_ref().and_then(|_| interleave_parent(db, project, declaration)) {
            let parent = &lower_table(db, project, parent).table;
            schema.tables.insert(parent.name.clone(), parent.clone());
        }
        schema.tables.insert(table.name.clone(), table.clone());
        TableSchema { schema, table, untyped, project, db }
    }

    /// The databases that the project is held to.
    pub(crate) fn dialects(&self) -> impl Iterator<Item = Dialect> + use<'db> {
        self.project.targets(self.db).dialects()
    }

    /// The text that `orm ddl` prints for the table.
    pub(crate) fn text(&self, dialect: Dialect) -> String {
        ddl::text(&ddl::table(&self.schema, &self.table.name, self.project.targets(self.db), dialect))
    }

    /// What is missing in the text, a line each: what the database has no counterpart for, and what is not known.
    pub(crate) fn unsupported(&self, dialect: Dialect) -> Vec<String> {
        let tables = std::iter::once((self.table.name.clone(), self.table.clone())).collect();
        let schema = Schema { tables, enums: self.schema.enums.clone(), ..Schema::default() };
        let lowered = dialect::of(dialect).lower(&schema, self.project.targets(self.db));
        let untyped = self.untyped.iter().map(|name| format!("column {name}: its type is not known"));
        lowered.unsupported.into_iter().map(|it| it.to_string()).chain(untyped).collect()
    }

    /// The statement of that text that makes a unique constraint or index.
    pub(crate) fn statement_of(&self, dialect: Dialect, name: &str) -> Option<String> {
        let made = ddl::table(&self.schema, &self.table.name, self.project.targets(self.db), dialect);
        let is_it =
            |it: &Statement| it.about.as_ref().and_then(|it| it.part.as_ref()).is_some_and(|it| it.name == name);
        let statement = made.into_iter().find(is_it)?;
        Some(ddl::text(&[statement]))
    }

    /// What that text says of a constraint: its own statement, or its line in `CREATE TABLE`.
    pub(crate) fn constraint_text(&self, dialect: Dialect, name: &str) -> Option<String> {
        self.statement_of(dialect, name).or_else(|| {
            let start = format!("  CONSTRAINT {} ", dialect::of(dialect).quote(name));
            line_of(&self.text(dialect), &start)
        })
    }

    /// What that text says of each column in `CREATE TABLE`.
    pub(crate) fn column_lines(&self, dialect: Dialect) -> Vec<String> {
        let text = self.text(dialect);
        self.table.columns.iter().filter_map(|it| column_line(&text, dialect, &it.name)).collect()
    }

    /// What that text says of a column in `CREATE TABLE`; `None` where the database has no such column.
    pub(crate) fn column_line(&self, dialect: Dialect, column: &str) -> Option<String> {
        column_line(&self.text(dialect), dialect, column)
    }
}

fn column_line(text: &str, dialect: Dialect, column: &str) -> Option<String> {
    let start = format!("  {} ", dialect::of(dialect).quote(column));
    line_of(text, &start)
}

/// The line of `CREATE TABLE` that begins like this.
fn line_of(text: &str, start: &str) -> Option<String> {
    let line = text.lines().find(|line| line.starts_with(start))?;
    Some(line.trim().trim_end_matches(',').to_owned())
}

/// The declaration that the `interleave(…)` of a table names.
fn interleave_parent(db: &Database, project: Project, declaration: Declaration) -> Option<Declaration> {
    let shape = orm_schema_lang::lower::shape::shape(db, project, declaration);
    let items = shape.members.iter().filter_map(|member| match member.member() {
        Member::Item(item) if &*item.name.text == "interleave" => Some(item),
        _ => None,
    });
    let named = |item: &TableItem| match &positional(&item.arguments).next()?.value.kind {
        ExpressionKind::Path(path) => Some(path.iter().map(|it| &*it.text).collect::<Vec<_>>().join(".")),
        _ => None,
    };
    items.filter_map(named).find_map(|name| resolve(db, project, &name, &[DeclarationKind::Table]))
}
