//! Rows that refer to rows which go by themselves.

use orm_model::{Dialect, ReferentialAction};

use crate::{
    diagnostics::{Diagnostic, Fix, RuleContext, interleaving::ttl_over, reference_graph::target, rule::rule},
    item::argument,
    lower::shape::Place,
};

rule! {
    /// Rows of a table with `ttl` are referred to by rows that would stay.
    ///
    /// Spanner deletes the rows by itself, so that nobody is there to take care of what refers to them: foreign keys to such
    /// a table, and to the tables that are interleaved in it, say `on_delete: cascade`, and so does `interleave`
    /// (<https://cloud.google.com/spanner/docs/ttl/working-with-ttl#restrictions>). The emulator refuses `ttl` under every
    /// foreign key, and does not look at foreign keys to the interleaved tables.
    ///
    /// ```orm,bad
    /// table sessions {
    ///   id    uuid         @primary_key
    ///   seen  timestamptz
    ///
    ///   ttl(seen, days: 30)
    /// }
    /// table visits {
    ///   id          uuid  @primary_key
    ///   session_id  uuid  @references(sessions.id)
    ///
    ///   index(session_id)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table sessions {
    ///   id    uuid         @primary_key
    ///   seen  timestamptz
    ///
    ///   ttl(seen, days: 30)
    /// }
    /// table visits {
    ///   id    uuid
    ///   page  text
    ///
    ///   primary_key(id, page)
    ///   interleave(sessions)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table sessions {
    ///   id    uuid         @primary_key
    ///   seen  timestamptz
    ///
    ///   ttl(seen, days: 30)
    /// }
    /// table visits {
    ///   id    uuid
    ///   page  text
    ///
    ///   primary_key(id, page)
    ///   interleave(sessions, on_delete: cascade)
    /// }
    /// ```
    TTL_BLOCKED: "SP110", "ttl-blocked", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let (table, lowered) = (context.table(), context.lowered);
    if let (Some(interleave), Some(place)) = (&table.interleave, &lowered.interleave) {
        let stays = interleave.on_delete != ReferentialAction::Cascade && !interleave.placement_only;
        if stays {
            report(context, place, "`interleave`", diagnostics);
        }
    }
    for (key, place) in table.foreign_keys.iter().zip(&lowered.foreign_keys) {
        let stays = key.on_delete_in(Dialect::Spanner) != ReferentialAction::Cascade && !key.not_enforced;
        if stays {
            report(context, place, "this foreign key", diagnostics);
        }
    }
}

fn report(context: &RuleContext<'_>, place: &Place, what: &str, diagnostics: &mut Vec<Diagnostic>) {
    let (db, project) = (context.db, context.project);
    if !context.is_own(&place.origin) {
        return;
    }
    let Some(parent) = target(db, project, place) else { return };
    let Some(owner) = ttl_over(db, project, parent) else { return };
    let owner_name = owner.name(db);
    let message = match owner == parent {
        true => format!("rows of `{owner_name}` go by themselves, and {what} keeps them"),
        false => format!(
            "rows of `{owner_name}` go by themselves, and take those of `{}` along, which {what} keeps",
            parent.name(db)
        ),
    };
    let finding = context.at(&TTL_BLOCKED, &place.origin, place.anchor, message);
    let finding = finding.help("let these rows go, too: `on_delete: cascade`; or take `ttl` out");
    let arguments = context.arguments(place).unwrap_or_default();
    diagnostics.push(match (argument(arguments, "on_delete"), arguments.last()) {
        (Some(action), _) => {
            finding.fix(Fix::offer("Write `cascade`").replace(&context.here(action.value.anchor), "cascade"))
        }
        (None, Some(last)) => {
            let fix = Fix::offer("Add `on_delete: cascade`");
            finding.fix(fix.insert_after(&context.here(last.anchor), ", on_delete: cascade"))
        }
        (None, None) => finding,
    });
}
