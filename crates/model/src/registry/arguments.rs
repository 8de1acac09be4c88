//! Named arguments that several attributes and items take.

use super::{ArgumentValue, Effect, NamedArgument};

pub(super) const fn named(name: &'static str, value: ArgumentValue, docs: &'static str) -> NamedArgument {
    NamedArgument { name, value, docs, databases: None }
}

pub(super) const NAME: NamedArgument =
    named("name", ArgumentValue::Text, "The name in the database instead of the derived one.");
pub(super) const ON_DELETE: NamedArgument = named(
    "on_delete",
    ArgumentValue::Action,
    "What happens to this row when the row that it refers to is deleted: `cascade` deletes it as well, `no_action` and \
 `restrict` refuse, `set_null` and `set_default` write the column.",
)
.on(
    Effect::does("`ON DELETE` with any of them"),
    Effect::partly("`ON DELETE` with `no_action` and `cascade`", "SP010"),
);
pub(super) const ON_UPDATE: NamedArgument =
    named("on_update", ArgumentValue::Action, "What happens to this row when the key that it refers to changes.").on(
        Effect::does("`ON UPDATE` with any of them"),
        Effect::partly("only `no_action`, which is what it does", "SP010"),
    );
pub(super) const DEFERRABLE: NamedArgument =
    named("deferrable", ArgumentValue::Boolean, "`true`: PostgreSQL checks at the end of the transaction.")
        .on(Effect::does("`DEFERRABLE INITIALLY DEFERRED`"), Effect::refused("SP104"));
pub(super) const ENFORCED: NamedArgument =
    named("enforced", ArgumentValue::Boolean, "`false` only tells the database, which does not check.").on(
        Effect::partly("`NOT ENFORCED`, since version 18", "PG080"),
        Effect::partly("`NOT ENFORCED` of a foreign key without an action", "SP103"),
    );
pub(super) const WHERE: NamedArgument = named("where", ArgumentValue::Expression, "Only rows that meet the condition.")
    .on(Effect::does("`WHERE …`"), Effect::partly("`NULL_FILTERED` for `… is not null` of every key", "PERF010"));
pub(super) const NULLS: NamedArgument = named(
    "nulls",
    ArgumentValue::NullsComparison,
    "`equal`: two rows with NULL clash (PostgreSQL 15 and later). `distinct` is how it is without it.",
)
.on(
    Effect::partly("`NULLS NOT DISTINCT`, since version 15", "PG080"),
    Effect::does("a `UNIQUE INDEX` that is not `NULL_FILTERED`"),
);
pub(super) const SKIP_RANGE: NamedArgument = named(
    "skip_range",
    ArgumentValue::Range,
    "Numbers that Spanner leaves out, because rows have them already: `[1, 1000]`.",
)
.on(Effect::partly("nothing", "PG060"), Effect::does("`SKIP RANGE`"));
