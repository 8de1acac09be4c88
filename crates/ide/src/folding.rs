//! What can be folded: bodies, brackets, texts and comments of several lines.

use std::ops::Range;

use orm_schema_lang::{
    Database, File,
    syntax::kind::{SyntaxKind, kind},
};

/// Lines that can be folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldingRange {
    /// From the first byte of what is folded to its last.
    pub range: Range<usize>,
    /// Whether it is a comment.
    pub is_comment: bool,
}

/// What can be folded in a file, in the order of the text.
pub(crate) fn folding_ranges(db: &Database, file: File) -> Vec<FoldingRange> {
    let source = file.source(db);
    let text = source.text();
    let mut found = Vec::new();
    for root in source.roots() {
        let mut cursor = root.walk();
        // Depth first, and only into what has several lines.
        'tree: loop {
            let node = cursor.node();
            let is_long = node.end_position().row > node.start_position().row;
            let folds = matches!(
                kind(node),
                SyntaxKind::TableBody
                    | SyntaxKind::EnumBody
                    | SyntaxKind::QueryBody
                    | SyntaxKind::Subquery
                    | SyntaxKind::SelectionSet
                    | SyntaxKind::Object
                    | SyntaxKind::List
                    | SyntaxKind::Arguments
                    | SyntaxKind::Parameters
                    | SyntaxKind::Case
                    | SyntaxKind::RawString
            );
            if is_long && folds {
                found.push(FoldingRange { range: node.byte_range(), is_comment: false });
            }
            if is_long && cursor.goto_first_child() {
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    break 'tree;
                }
            }
        }
    }
    found.extend(comments(text).map(|range| FoldingRange { range, is_comment: true }));
    found.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
    found
}

/// Lines of comments, one below the other.
fn comments(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut lines = text.split_inclusive('\n').scan(0, |offset, line| {
        let start = *offset;
        *offset += line.len();
        Some((start, line))
    });
    std::iter::from_fn(move || {
        loop {
            let (start, first) = lines.find(|(_, line)| line.trim_start().starts_with("//"))?;
            let (mut count, mut end) = (1, start + first.trim_end().len());
            for (start, line) in lines.by_ref() {
                if !line.trim_start().starts_with("//") {
                    break;
                }
                count += 1;
                end = start + line.trim_end().len();
            }
            if count > 1 {
                return Some(start..end);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[test]
    fn bodies_brackets_and_comments_fold() {
        let text = "// a\n// b\n\n// c\ntable t {\n  id uuid @primary_key\n  index(\n    id,\n  )\n}\nenum E { a }\nquery q {\n  from \
                    t\n  where id in {\n    from t\n    select id\n  }\n  select id, x {\n    id\n  }\n}\n";
        let (analysis, _) = analysis(text);
        let found = analysis.folding_ranges("schema.orm").unwrap();
        let shown: Vec<_> = found.iter().map(|it| (&text[it.range.clone()][..4], it.is_comment)).collect();
        let expected =
            [("// a", true), ("{\n  ", false), ("(\n  ", false), ("{\n  ", false), ("{\n  ", false), ("{\n  ", false)];
        assert_eq!(shown, expected);
        assert!(found.iter().all(|it| text[it.range.clone()].contains('\n')));
    }
}
