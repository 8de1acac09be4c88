//! A key that one database alone would have.

use crate::{
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule},
    item::{ColumnItem, Member, TableItem, attribute},
};

rule! {
    /// `@only(…)` stands on a primary key or one of its columns.
    ///
    /// A table has the same key in every database, so that a row is the same row in all of them.
    ///
    /// ```orm,bad
    /// table users {
    ///   id      uuid
    ///   region  text  @only(spanner)
    ///
    ///   primary_key(id, region)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id      uuid
    ///   region  text
    ///
    ///   primary_key(id, region)
    /// }
    /// ```
    ONLY_KEY: "ORM153", "only-key", Error, language
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let table = context.table();
    let in_key = context.lowered.columns.iter().filter(|it| table.is_key_column(&it.column.name));
    for it in in_key.filter(|it| it.column.only.is_some()) {
        let place = table.primary_key.as_ref().and(context.lowered.primary_key.as_ref());
        if context.is_own(&it.origin) || place.is_some_and(|it| context.is_own(&it.origin)) {
            let message = format!("`{}` is part of the primary key, which every database has", it.declared_name());
            let finding = context.at(&ONLY_KEY, &it.origin, it.name, message);
            let written = context.is_own(&it.origin).then(|| column_attribute(context, it.name)).flatten();
            let remove = |place: &Location| Fix::offer("Remove `@only(…)`").remove(place);
            diagnostics
                .push(finding.help("remove `@only(…)`, or leave the column out of the key").fix_at(written, remove));
        }
    }
    for item in items(context).filter(|it| &*it.name.text == "primary_key") {
        let Some(only) = attribute(&item.attributes, "only") else { continue };
        let finding = ONLY_KEY.at(context.here(only.anchor), "the primary key is the same in every database");
        let fix = Fix::offer("Remove `@only(…)`").remove(&context.here(only.anchor));
        diagnostics.push(finding.help("remove `@only(…)`").fix(fix));
    }
}

fn items<'a>(context: &'a RuleContext<'_>) -> impl Iterator<Item = &'a TableItem> {
    context.declaration.item(context.db).members.iter().filter_map(|it| match it {
        Member::Item(item) => Some(item),
        _ => None,
    })
}

fn column_attribute(context: &RuleContext<'_>, name: crate::item::Anchor) -> Option<Location> {
    let item = context.declaration.item(context.db);
    let column: &ColumnItem = item.columns().find(|it| it.name.anchor == name)?;
    Some(context.here(attribute(&column.attributes, "only")?.anchor))
}
