//! Sequences, views, extensions and raw blocks: their DDL in each database.

use orm_engine::ddl;
use orm_model::{Schema, Targets};
use orm_schema_lang::{
    Database, Project,
    database::Declaration,
    item::DeclarationKind,
    lower::{enums::lower_enum, objects, sequence::lower_sequence},
};

use super::sql_block;

/// The text that `orm ddl` prints for a declaration, under the name of each database that has something of it.
pub(super) fn describe(db: &Database, declaration: Declaration) -> Vec<String> {
    let targets: &Targets = Project::get(db).targets(db);
    let schema = schema_of(db, declaration);
    let blocks = targets.dialects().filter_map(|it| {
        let text = ddl::text(&ddl::create(&schema, targets, it));
        (!text.is_empty()).then(|| sql_block(it.title(), &text))
    });
    blocks.collect()
}

/// A schema with nothing else in it.
fn schema_of(db: &Database, declaration: Declaration) -> Schema {
    let (mut schema, item) = (Schema::default(), declaration.item(db));
    match declaration.kind(db) {
        DeclarationKind::Sequence => {
            let it = lower_sequence(db, Project::get(db), declaration).definition.clone();
            schema.sequences.insert(it.name.clone(), it);
        }
        DeclarationKind::View => {
            let it = objects::lower_view(db, Project::get(db), declaration).view.clone();
            schema.views.insert(it.name.clone(), it);
        }
        DeclarationKind::Extension => {
            let it = objects::extension(item);
            schema.extensions.insert(it.name.clone(), it);
        }
        DeclarationKind::Raw => schema.raw.extend(objects::raw_block(item)),
        DeclarationKind::Enum => {
            let it = lower_enum(db, Project::get(db), declaration).definition.clone();
            schema.enums.insert(it.name.clone(), it);
        }
        _ => {}
    }
    schema
}
