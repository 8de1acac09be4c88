//! What is selected when a selection grows.

use std::ops::Range;

use orm_schema_lang::{Database, File};

/// The bytes of what stands at `offset`, from the word outwards to the whole file, each larger than the one before.
pub(crate) fn selection_ranges(db: &Database, file: File, offset: usize) -> Vec<Range<usize>> {
    let source = file.source(db);
    let mut ranges: Vec<_> = std::iter::once(0..source.text().len()).collect();
    let mut add = |range: Range<usize>| {
        if ranges.last() != Some(&range) && range.start <= offset && offset <= range.end {
            ranges.push(range);
        }
    };
    // At the end of a word the word is meant, not what begins behind it.
    let Some(root) = source.root_at(offset).or_else(|| source.root_at(offset.saturating_sub(1))) else {
        return ranges;
    };
    let mut node = root;
    loop {
        let mut cursor = node.walk();
        let around: Vec<_> =
            node.children(&mut cursor).filter(|it| it.start_byte() <= offset && offset <= it.end_byte()).collect();
        let inner = around
            .iter()
            .find(|it| it.is_named() && it.child_count() == 0)
            .or_else(|| around.iter().filter(|it| it.is_named()).max_by_key(|it| it.end_byte() > offset));
        let Some(inner) = inner.or(around.first()).copied() else { break };
        add(inner.byte_range());
        node = inner;
    }
    ranges.reverse();
    ranges
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[test]
    fn a_selection_grows_from_the_word_to_the_file() {
        let (analysis, fixture) =
            analysis("table t {\n  id uuid @primary_key\n  a text @check(lower(a$0) != \"x\")\n}\ntable u {\n}\n");
        let text = fixture.text("schema.orm");
        let found = analysis.selection_ranges("schema.orm", fixture.cursor().offset).unwrap();
        let shown: Vec<_> = found.iter().map(|it| text[it.clone()].trim()).collect();
        assert_eq!(shown[..3], ["a", "(a)", "lower(a)"]);
        assert!(
            shown.contains(&"lower(a) != \"x\"") && shown.contains(&"a text @check(lower(a) != \"x\")"),
            "{shown:?}"
        );
        assert_eq!(shown.last(), Some(&text.trim()));
        assert!(found.windows(2).all(|it| it[1].start <= it[0].start && it[0].end <= it[1].end && it[0] != it[1]));
    }
}
