//! Tables that need one another's rows.

use crate::diagnostics::{Diagnostic, RuleContext, reference_graph::cycle, rule::rule};

rule! {
    /// Tables refer to one another, and no column on the way may be NULL.
    ///
    /// The first row of each needs a row of the next: no `INSERT` of one row is ever taken. One of the columns has to be
    /// nullable, so that it can be filled afterwards.
    ///
    /// ```orm,bad
    /// table teams {
    ///   id         uuid  @primary_key
    ///   leader_id  uuid  @references(members.id)
    ///
    ///   index(leader_id)
    /// }
    /// table members {
    ///   id       uuid  @primary_key
    ///   team_id  uuid  @references(teams.id)
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
    ///   team_id  uuid  @references(teams.id)
    ///
    ///   index(team_id)
    /// }
    /// ```
    REQUIRED_CYCLE: "ORM194", "required-cycle", Warning, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_table() {
        return;
    }
    let Some((index, path)) = cycle(context, |it| it.is_required) else { return };
    let place = match index {
        Some(index) => &context.lowered.foreign_keys[index],
        None => context.lowered.interleave.as_ref().expect("a reference that is no foreign key is the interleaving"),
    };
    let names: Vec<_> = path.iter().map(|it| format!("`{}`", it.name(context.db))).collect();
    let message = format!("a row needs a row of {}, which needs a row of this table", names.join(", that of "));
    let finding = context.at(&REQUIRED_CYCLE, &place.origin, place.anchor, message);
    let key = index.map(|index| &context.table().foreign_keys[index]).filter(|_| context.is_own(&place.origin));
    let required = key.into_iter().flat_map(|it| &it.columns).filter_map(|it| context.column_shape(it));
    let fix = required.filter(|it| context.is_own(&it.origin)).find_map(|it| context.let_be_null(it));
    let help = "let one of the columns be NULL (`?`), and fill it when the other row is there";
    diagnostics.push(finding.help(help).fix_if_any(fix));
}
