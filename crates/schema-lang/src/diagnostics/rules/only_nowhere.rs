//! Something that no database has.

use orm_model::{Dialect, Only};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule},
    item::attribute,
    lower::shape::Place,
};

rule! {
    /// `@only(…)` keeps a column or item to another database than the one that has its table.
    ///
    /// ```orm,bad
    /// table events @only(postgres) {
    ///   id   uuid  @primary_key
    ///   day  date
    ///
    ///   index(day) @only(spanner)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table events @only(postgres) {
    ///   id   uuid  @primary_key
    ///   day  date
    ///
    ///   index(day)
    /// }
    /// ```
    ONLY_NOWHERE: "ORM154", "only-nowhere", Error, language
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (table, lowered) = (context.table(), context.lowered);
    if let (Some(Dialect::Postgres), Some(place)) = (table.ttl.as_ref().and_then(Only::only), &lowered.ttl) {
        let finding = context.at(&ONLY_NOWHERE, &place.origin, place.anchor, "no database has this `ttl`");
        let finding = finding.help("Spanner alone deletes rows by itself: remove `@only(postgres)`");
        diagnostics.push(finding.fix_at(only(context, place), remove));
    }
    let Some(home) = table.only else { return };
    let help = format!("its table is in {} alone: remove `@only(…)` here or there", home.title());
    for it in lowered.columns.iter().filter(|it| !it.column.is_in(home)) {
        let message = format!("no database has `{}`", it.declared_name());
        let finding = context.at(&ONLY_NOWHERE, &it.origin, it.name, message).help(&help);
        diagnostics.push(finding.fix_at(context.attribute(it, "only"), remove));
    }
    let mut items: Vec<(&Place, &str)> = Vec::new();
    items.extend(nowhere(&table.uniques, &lowered.uniques, home).map(|it| (it, "unique constraint")));
    items.extend(nowhere(&table.indexes, &lowered.indexes, home).map(|it| (it, "index")));
    items.extend(nowhere(&table.foreign_keys, &lowered.foreign_keys, home).map(|it| (it, "foreign key")));
    items.extend(nowhere(&table.checks, &lowered.checks, home).map(|it| (it, "check")));
    let interleave = table.interleave.as_ref().filter(|it| !it.is_in(home)).and(lowered.interleave.as_ref());
    items.extend(interleave.map(|it| (it, "interleaving")));
    for (place, what) in items {
        let message = format!("no database has this {what}");
        let finding = context.at(&ONLY_NOWHERE, &place.origin, place.anchor, message).help(&help);
        diagnostics.push(finding.fix_at(only(context, place), remove));
    }
}

fn nowhere<'a, T: Only>(members: &'a [T], places: &'a [Place], home: Dialect) -> impl Iterator<Item = &'a Place> {
    members.iter().zip(places).filter(move |(it, _)| !it.is_in(home)).map(|(_, place)| place)
}

/// `@only(…)` of a table item.
fn only(context: &RuleContext<'_>, place: &Place) -> Option<Location> {
    attribute(&context.item(place)?.attributes, "only").map(|it| context.here(it.anchor))
}

fn remove(only: &Location) -> Fix {
    Fix::offer("Remove `@only(…)`").remove(only)
}
