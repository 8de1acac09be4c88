//! `@was(…)` for a table or column that the database does not have, after one that the schema does not have any more.

use std::collections::BTreeSet;

use orm_model::{ColumnType, Schema};
use orm_schema_lang::{
    database::item_tree,
    diagnostics::written_name,
    item::{DeclarationKind, Member, attribute},
    lower::shape::shape,
};

use super::{Context, Here, Offers, RefactoringKind};
use crate::{migrated, symbol::columns};

/// As many old names are offered, the likeliest first.
const MOST_OFFERS: usize = 4;

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let schema = context.base.schema()?;
    let here = context.here.filter(|it| it.item.kind == DeclarationKind::Table && it.item.errors.is_empty())?;
    match context.member() {
        Some((here, Member::Column(column))) => {
            if attribute(&column.attributes, "was").is_some() || attribute(&column.attributes, "db").is_some() {
                return None;
            }
            let end = here.source.span(column.anchor).end;
            let names = lost_columns(context, &here, schema, &column.name.text)?;
            add(context, offers, end, &column.name.text, names);
        }
        Some(_) => {}
        None => {
            let name = here.item.name.as_ref()?;
            let span = here.source.span(name.anchor);
            if context.range.start < span.start || span.end < context.range.start {
                return None;
            }
            if attribute(&here.item.attributes, "was").is_some() {
                return None;
            }
            add(context, offers, span.end, &name.text, lost_tables(context, &here, schema)?);
        }
    }
    Some(())
}

fn add(context: &Context<'_>, offers: &mut Offers<'_>, end: usize, new: &str, names: Vec<String>) {
    for name in names.into_iter().take(MOST_OFFERS) {
        let title = format!("Keep the data of `{name}` in `{new}`: `@was({name})`");
        let text = format!("  @was({})", written_name(&name));
        offers.add("add_old_name", RefactoringKind::Rewrite, title, || vec![context.edit(end..end, text)]);
    }
}

/// The columns of the database's table that the schema has no more; `None` where the database has the new one. Those of
/// the new one's type stand first.
fn lost_columns(context: &Context<'_>, here: &Here<'_>, schema: &Schema, new: &str) -> Option<Vec<String>> {
    let table = migrated::table(context.db, schema, here.declaration)?;
    let own = columns(context.db, here.declaration);
    if table.column(new).is_some() {
        return None;
    }
    let taken: BTreeSet<_> = here.item.columns().filter_map(|it| migrated::old_name(&it.attributes)).collect();
    let new_type = own.iter().find(|it| it.declared_name() == new)?.column_type().cloned();
    let is_lost = |name: &str| own.iter().all(|it| it.column.name != name) && !taken.contains(name);
    let mut lost: Vec<_> = table.columns.iter().filter(|it| is_lost(&it.name)).collect();
    let has_other_type = |it: &ColumnType| Some(it) != new_type.as_ref();
    lost.sort_by_key(|it| has_other_type(&it.column_type));
    Some(lost.into_iter().map(|it| it.name.clone()).collect())
}

/// The tables of the database that the schema has no more; `None` where the database has the new one.
fn lost_tables(context: &Context<'_>, here: &Here<'_>, schema: &Schema) -> Option<Vec<String>> {
    if migrated::table(context.db, schema, here.declaration).is_some() {
        return None;
    }
    let mut present = BTreeSet::new();
    for file in context.project.files(context.db) {
        for table in item_tree(context.db, file).iter().filter(|it| it.kind(context.db) == DeclarationKind::Table) {
            present.insert(shape(context.db, context.project, *table).name.clone());
            let old = migrated::old_name(&table.item(context.db).attributes);
            present.extend(old.map(|it| migrated::object_name(&it)));
        }
    }
    Some(schema.tables.keys().filter(|it| !present.contains(it)).map(ToString::to_string).collect())
}
