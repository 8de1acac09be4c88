//! Fixes that nobody needs to look at, applied together.

use std::ops::Range;

/// As many times fixes are chosen and applied: one may bring another finding to light, which has a fix; after so many rounds
/// two of them undo each other.
pub const ROUNDS: usize = 10;

/// The items, without those that change a text which an earlier one changes. `edits` says what one changes: paths and bytes.
pub fn without_overlaps<'p, T>(
    items: impl IntoIterator<Item = T>,
    edits: impl Fn(&T) -> Vec<(&'p str, Range<usize>)>,
) -> Vec<T> {
    let mut taken: Vec<(&str, Range<usize>)> = Vec::new();
    let mut chosen = Vec::new();
    for item in items {
        let changed = edits(&item);
        let is_free = |(path, range): &(&str, Range<usize>)| {
            let overlaps = |other: &Range<usize>| other.start <= range.end && range.start <= other.end;
            !taken.iter().any(|(other, range)| other == path && overlaps(range))
        };
        if changed.iter().all(is_free) {
            taken.extend(changed);
            chosen.push(item);
        }
    }
    chosen
}
