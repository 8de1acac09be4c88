//! Everything that the project declares.

use std::collections::BTreeMap;

use orm_model::{
    Expression, ScalarType, Schema,
    query::{ParameterValue, Query},
};

use super::{
    enums::lower_enum,
    objects,
    query::{LoweredQuery, lower_query},
    sequence::lower_sequence,
    table::lower_table,
};
use crate::{
    database::{AnalysisDatabase, Project, item_tree, resolve},
    item::DeclarationKind,
};

/// The schema of the project, as far as it could be made: complete where nothing has an error.
pub fn schema(db: &dyn AnalysisDatabase, project: Project) -> Schema {
    let mut schema = Schema::default();
    for file in project.files(db) {
        for declaration in item_tree(db, file) {
            match declaration.kind(db) {
                DeclarationKind::Table if !declaration.name(db).is_empty() => {
                    let table = lower_table(db, project, *declaration).table.clone();
                    schema.tables.entry(table.name.clone()).or_insert(table);
                }
                DeclarationKind::Enum if !declaration.name(db).is_empty() => {
                    let definition = lower_enum(db, project, *declaration).definition.clone();
                    schema.enums.entry(definition.name.clone()).or_insert(definition);
                }
                DeclarationKind::View if !declaration.name(db).is_empty() => {
                    let view = objects::lower_view(db, project, *declaration).view.clone();
                    schema.views.entry(view.name.clone()).or_insert(view);
                }
                DeclarationKind::Extension if !declaration.name(db).is_empty() => {
                    let extension = objects::extension(declaration.item(db));
                    schema.extensions.insert(extension.name.clone(), extension);
                }
                DeclarationKind::Raw => {
                    let block = objects::raw_block(declaration.item(db)).filter(|it| !schema.raw.contains(it));
                    schema.raw.extend(block);
                }
                DeclarationKind::Sequence if !declaration.name(db).is_empty() => {
                    let definition = lower_sequence(db, project, *declaration).definition.clone();
                    schema.sequences.entry(definition.name.clone()).or_insert(definition);
                }
                _ => {}
            }
        }
    }
    schema
}

/// The part of the schema that the SQL of a query speaks of: its tables, and the enums of their columns and of its
/// parameters.
pub fn schema_of_query(db: &dyn AnalysisDatabase, project: Project, query: &LoweredQuery) -> Schema {
    let mut schema = Schema::default();
    let mut types = Vec::new();
    for declaration in query.places.iter().filter_map(|it| it.table) {
        let table = lower_table(db, project, declaration).table.clone();
        types.extend(table.columns.iter().map(|it| it.column_type.scalar.clone()));
        schema.tables.insert(table.name.clone(), table);
    }
    if let Some(query) = &query.query {
        types.extend(query.parameters.iter().filter_map(|it| match &it.value {
            ParameterValue::Value(it) => Some(it.scalar.clone()),
            ParameterValue::Rows(_) => None,
        }));
        query.body.walk(&mut |it| match it {
            Expression::Cast { to, .. } => types.push(to.scalar.clone()),
            Expression::Field(field) => types.push(field.column_type.scalar.clone()),
            _ => {}
        });
    }
    for scalar in types {
        let ScalarType::Enum(name) = scalar else { continue };
        if let Some(declaration) = resolve(db, project, &name, &[DeclarationKind::Enum]) {
            let definition = lower_enum(db, project, declaration).definition.clone();
            schema.enums.insert(definition.name.clone(), definition);
        }
    }
    schema
}

/// The queries and mutations of the project by name, those that findings of errors leave out are not among them.
pub fn queries(db: &dyn AnalysisDatabase, project: Project) -> BTreeMap<String, Query> {
    let mut queries = BTreeMap::new();
    for file in project.files(db) {
        for declaration in item_tree(db, file) {
            if matches!(declaration.kind(db), DeclarationKind::Query | DeclarationKind::Mutation)
                && let Some(query) = &lower_query(db, project, *declaration).query
            {
                queries.entry(query.name.clone()).or_insert_with(|| query.clone());
            }
        }
    }
    queries
}
