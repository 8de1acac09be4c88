//! Sequences.

use proptest::prelude::*;
use proptest::sample::Index;

use super::text;

/// A sequence; its number in the schema gives its name.
#[derive(Debug, Clone)]
pub(super) struct Sequence {
    pub(super) doc: Option<String>,
    pub(super) start: Option<u32>,
    pub(super) increment: Option<u32>,
    pub(super) cache: Option<u32>,
    /// The first number that is skipped, and how many more.
    pub(super) skip_range: Option<(u32, u32)>,
    /// The table whose first column owns it, if it is in the same schema.
    pub(super) owner: Option<Index>,
}

/// Any sequence.
pub(super) fn sequence() -> impl Strategy<Value = Sequence> {
    let number = || prop::option::weighted(0.4, 1..5000_u32);
    let skip_range = prop::option::weighted(0.3, (1..5000_u32, 0..100_u32));
    (text::doc(), number(), number(), number(), skip_range, prop::option::of(any::<Index>())).prop_map(
        |(doc, start, increment, cache, skip_range, owner)| Sequence {
            doc,
            start,
            increment,
            cache,
            skip_range,
            owner,
        },
    )
}

/// The name of the sequence with this number: the first is in the default schema, the others in a named one.
pub(super) fn name(number: usize) -> String {
    let schema = if number == 0 { "" } else { super::SCHEMA };
    let point = if schema.is_empty() { "" } else { "." };
    format!("{schema}{point}numbers{number}")
}
