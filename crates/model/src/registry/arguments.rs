//! Named arguments that several attributes and items take.

use super::{ArgumentValue, NamedArgument};

pub(super) const fn named(name: &'static str, value: ArgumentValue, docs: &'static str) -> NamedArgument {
    NamedArgument { name, value, docs }
}

pub(super) const NAME: NamedArgument =
    named("name", ArgumentValue::Text, "The name in the database instead of the derived one.");
pub(super) const ON_DELETE: NamedArgument =
    named("on_delete", ArgumentValue::Action, "What happens to this row when the row that it refers to is deleted.");
pub(super) const ON_UPDATE: NamedArgument =
    named("on_update", ArgumentValue::Action, "What happens to this row when the key that it refers to changes.");
pub(super) const DEFERRABLE: NamedArgument =
    named("deferrable", ArgumentValue::Boolean, "`true`: PostgreSQL checks at the end of the transaction.");
pub(super) const ENFORCED: NamedArgument =
    named("enforced", ArgumentValue::Boolean, "`false` only tells the database, which does not check.");
pub(super) const WHERE: NamedArgument = named("where", ArgumentValue::Expression, "Only rows that meet the condition.");
pub(super) const NULLS: NamedArgument = named(
    "nulls",
    ArgumentValue::NullsComparison,
    "`equal`: two rows with NULL clash (PostgreSQL 15 and later). `distinct` is how it is without it.",
);
pub(super) const SKIP_RANGE: NamedArgument = named(
    "skip_range",
    ArgumentValue::Range,
    "Numbers that Spanner leaves out, because rows have them already: `[1, 1000]`.",
);
