//! Deletes that come back to where they began.

use crate::diagnostics::{Diagnostic, Fix, RuleContext, reference_graph::cycle, rule::rule};

rule! {
    /// `on_delete: cascade` goes round in a circle of tables.
    ///
    /// Deleting one row can empty all of them. A table that refers to itself, such as a tree, is no circle.
    ///
    /// ```orm,bad
    /// table teams {
    ///   id         uuid   @primary_key
    ///   leader_id  uuid?  @references(members.id, on_delete: cascade)
    ///
    ///   index(leader_id)
    /// }
    /// table members {
    ///   id       uuid  @primary_key
    ///   team_id  uuid  @references(teams.id, on_delete: cascade)
    ///
    ///   index(team_id)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table teams {
    ///   id         uuid   @primary_key
    ///   leader_id  uuid?  @references(members.id)
    ///
    ///   index(leader_id)
    /// }
    /// table members {
    ///   id       uuid  @primary_key
    ///   team_id  uuid  @references(teams.id, on_delete: cascade)
    ///
    ///   index(team_id)
    /// }
    /// ```
    CASCADE_CYCLE: "ORM196", "cascade-cycle", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_table() {
        return;
    }
    let Some((index, path)) = cycle(context, |it| it.is_cascade) else { return };
    let place = match index {
        Some(index) => &context.lowered.foreign_keys[index],
        None => context.lowered.interleave.as_ref().expect("a reference that is no foreign key is the interleaving"),
    };
    let names: Vec<_> = path.iter().rev().map(|it| format!("`{}`", it.name(context.db))).collect();
    let message = format!("a delete here goes on through {} and comes back", names.join(", "));
    let finding = context.at(&CASCADE_CYCLE, &place.origin, place.anchor, message);
    let action = context.argument(place, "on_delete").map(|it| context.here(it.value.anchor));
    let finding = finding.help("let one of the foreign keys be `no_action`, or `set_null` where that can be");
    diagnostics.push(finding.fix_at(action, |it| Fix::offer("Write `no_action`").replace(it, "no_action")));
}
