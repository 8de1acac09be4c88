//! Tables, mixins, enums and their values.

use std::collections::HashSet;

use orm_engine::dialect::{self, expression::native_enum};
use orm_model::Enum;
use orm_schema_lang::{
    Database, Project,
    database::{Declaration, item_tree},
    item::{DeclarationKind, Member},
    lower::{enums::lower_enum, expand::ExpandedMember, shape::shape, table::lower_table},
    usages::carriers,
};

use super::{object, orm_block, query, sql_block};
use crate::{
    ddl::TableSchema,
    search::Sought,
    symbol::{Symbol, source_of},
};

/// As many users are named.
const NAMED_USERS: usize = 20;

pub(super) fn describe(db: &Database, declaration: Declaration) -> Vec<String> {
    match declaration.kind(db) {
        DeclarationKind::Table => describe_table(db, declaration),
        DeclarationKind::Mixin => describe_mixin(db, declaration),
        DeclarationKind::Enum => describe_enum(db, declaration),
        DeclarationKind::Sequence | DeclarationKind::View | DeclarationKind::Extension | DeclarationKind::Raw => {
            let mut sections = headed(db, declaration, &title(db, declaration));
            sections.extend(object::describe(db, declaration));
            sections
        }
        DeclarationKind::Query | DeclarationKind::Mutation => {
            query::describe(db, declaration, &signature(db, declaration))
        }
        DeclarationKind::Junk => headed(db, declaration, &title(db, declaration)),
    }
}

/// `query by_email(email: text)`: the heading with its parameters as they are written.
fn signature(db: &Database, declaration: Declaration) -> String {
    let heading = title(db, declaration);
    let parameters = declaration.item(db).query.as_ref().map(|it| it.parameters.as_slice()).unwrap_or_default();
    let (Some(source), text) = (source_of(db, declaration), declaration.file(db).source(db).text()) else {
        return heading;
    };
    let written: Vec<_> = parameters.iter().filter_map(|it| text.get(source.span(it.anchor))).collect();
    if written.is_empty() { heading } else { format!("{heading}({})", written.join(", ")) }
}

/// The heading and the doc comment.
fn headed(db: &Database, declaration: Declaration, heading: &str) -> Vec<String> {
    std::iter::once(orm_block(heading)).chain(declaration.item(db).doc.clone()).collect()
}

fn title(db: &Database, declaration: Declaration) -> String {
    format!("{} {}", declaration.kind(db), declaration.name(db)).trim_end().to_owned()
}

fn describe_table(db: &Database, declaration: Declaration) -> Vec<String> {
    let table = TableSchema::new(db, declaration);
    let mut sections = headed(db, declaration, &title(db, declaration));
    let lowered = &lower_table(db, Project::get(db), declaration).table;
    sections.extend(lowered.deprecated.as_ref().map(|why| format!("**Deprecated**: {why}")));
    sections.extend(lowered.only.map(|it| format!("In {} alone", it.title())));
    for dialect in table.dialects() {
        sections.push(sql_block(dialect.title(), &table.text(dialect)));
        sections.extend(table.unsupported(dialect));
    }
    sections
}

fn describe_mixin(db: &Database, declaration: Declaration) -> Vec<String> {
    let members = &shape(db, Project::get(db), declaration).members;
    let lines: Vec<_> = members.iter().filter_map(|member| written(db, member)).collect();
    let heading = match lines.as_slice() {
        [] => format!("{} {{}}", title(db, declaration)),
        lines => format!("{} {{\n  {}\n}}", title(db, declaration), lines.join("\n  ")),
    };
    let mut sections = headed(db, declaration, &heading);
    let table = TableSchema::new(db, declaration);
    for dialect in table.dialects() {
        let columns = table.column_lines(dialect);
        sections.extend((!columns.is_empty()).then(|| sql_block(dialect.title(), &columns.join(",\n"))));
        sections.extend(table.unsupported(dialect));
    }
    sections.push(format!("Used by {}", users_text(db, declaration)));
    sections
}

/// The text of a member, wherever it is written.
fn written<'db>(db: &'db Database, member: &ExpandedMember) -> Option<&'db str> {
    let declaration = member.origin.declaration;
    let anchor = match member.member() {
        Member::Column(it) => it.anchor,
        Member::Item(it) => it.anchor,
        Member::Spread(it) => it.anchor,
    };
    let span = source_of(db, declaration)?.span(anchor);
    declaration.file(db).source(db).text().get(span)
}

fn users_text(db: &Database, mixin: Declaration) -> String {
    named(users(db, mixin))
}

/// Declarations by their names, the first of them.
fn named(users: Vec<(DeclarationKind, &str)>) -> String {
    if users.is_empty() {
        return "nothing".to_owned();
    }
    let mut names: Vec<_> = users.iter().take(NAMED_USERS).map(|(kind, name)| format!("{kind} `{name}`")).collect();
    if users.len() > NAMED_USERS {
        names.push(format!("{} more", users.len() - NAMED_USERS));
    }
    names.join(", ")
}

/// Who spreads a mixin, directly or by another mixin: mixins first, then tables, each by name.
fn users(db: &Database, mixin: Declaration) -> Vec<(DeclarationKind, &str)> {
    let users = carriers(db, Project::get(db), mixin).into_iter().filter(|it| *it != mixin);
    let mut users: Vec<_> = users.map(|it| (it.kind(db), &**it.name(db))).collect();
    users.sort_by_key(|(kind, name)| (*kind != DeclarationKind::Mixin, *name));
    users.dedup();
    users
}

fn describe_enum(db: &Database, declaration: Declaration) -> Vec<String> {
    let definition = &lower_enum(db, Project::get(db), declaration).definition;
    let mut sections = headed(db, declaration, &format!("enum {} : {}", definition.name, definition.storage));
    let values: Vec<_> = definition
        .values
        .iter()
        .map(|value| {
            let stored =
                if value.stored == value.name { String::new() } else { format!(", stored as `{}`", value.stored) };
            let doc = value.doc.as_ref().map(|doc| format!(": {doc}")).unwrap_or_default();
            format!("- `{}`{stored}{doc}", value.name)
        })
        .collect();
    if !values.is_empty() {
        sections.push(values.join("\n"));
    }
    sections.extend(storage_text(db, definition));
    sections.extend(object::describe(db, declaration));
    sections.push(format!("Used by {}", named(naming(db, declaration))));
    sections
}

/// The declarations that name another one, each once, in the order of paths and places.
fn naming(db: &Database, declaration: Declaration) -> Vec<(DeclarationKind, &str)> {
    let symbol = Symbol::Declaration(declaration);
    let Some(sought) = Sought::new(db, &symbol, declaration.name(db)) else { return Vec::new() };
    let (mut users, mut seen) = (Vec::new(), HashSet::new());
    for found in sought.everywhere(db) {
        let source = found.file.source(db);
        let Some((index, _)) = source.declaration_at(found.occurrence.range.start) else { continue };
        let Some(user) = item_tree(db, found.file).get(index).filter(|it| **it != declaration) else { continue };
        if seen.insert(*user) {
            users.push((user.kind(db), &**user.name(db)));
        }
    }
    users
}

fn storage_text(db: &Database, definition: &Enum) -> Option<String> {
    let targets = Project::get(db).targets(db);
    let stored: Vec<_> = targets
        .dialects()
        .filter(|it| native_enum(*it, definition).is_none())
        .filter_map(|it| {
            let sql_type = dialect::of(it).scalar_type(&definition.storage, targets)?;
            Some(format!("`{sql_type}` in {}", it.title()))
        })
        .collect();
    (!stored.is_empty()).then(|| format!("Stored as {}, with a CHECK of its values", stored.join(", ")))
}

/// A value of an enum.
pub(super) fn describe_value(db: &Database, declaration: Declaration, index: usize) -> Vec<String> {
    let Some(value) = declaration.item(db).values.get(index) else { return Vec::new() };
    let definition = &lower_enum(db, Project::get(db), declaration).definition;
    let stored = definition.values.iter().find(|it| it.name == *value.name.text).map(|it| &it.stored);
    let stored = stored.map(|it| format!(" = \"{it}\"")).unwrap_or_default();
    let heading = orm_block(&format!("{}.{}{stored}", declaration.name(db), value.name.text));
    std::iter::once(heading).chain(value.doc.clone()).collect()
}
