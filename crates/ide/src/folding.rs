//! What can be folded: bodies, brackets, texts, comments of several lines, and what stands between `// region` and
//! `// endregion`.
//!
//! There are no imports to fold: all files of a project are one schema.

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
    /// What it is.
    pub kind: FoldingKind,
}

/// What is folded, as editors tell it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoldingKind {
    /// A body, brackets or a text.
    Code,
    /// Lines of comments.
    Comment,
    /// From `// region` to `// endregion`.
    Region,
}

/// What can be folded in a file, in the order of the text.
pub(crate) fn folding_ranges(db: &Database, file: File) -> Vec<FoldingRange> {
    let source = file.source(db);
    let text = source.text();
    let (mut found, mut lines) = (Vec::new(), Vec::new());
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
                found.push(FoldingRange { range: node.byte_range(), kind: FoldingKind::Code });
            }
            if matches!(kind(node), SyntaxKind::Comment | SyntaxKind::DocComment) {
                let range = node.byte_range();
                let end = range.start + text[range.clone()].trim_end().len();
                lines.extend(Some(range.start..end).filter(|it| is_alone(text, it)));
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
    found.extend(comments(text, &lines).map(|range| FoldingRange { range, kind: FoldingKind::Comment }));
    found.extend(regions(text, &lines).into_iter().map(|range| FoldingRange { range, kind: FoldingKind::Region }));
    found.sort_by_key(|it| (it.range.start, std::cmp::Reverse(it.range.end)));
    found
}

/// Whether nothing stands before a comment in its line.
fn is_alone(text: &str, comment: &Range<usize>) -> bool {
    text[..comment.start].trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|it| it == '\n')
}

/// Comments one below the other. What begins or ends a region stands for itself.
fn comments<'t>(text: &'t str, lines: &'t [Range<usize>]) -> impl Iterator<Item = Range<usize>> + 't {
    let is_marked = |it: &Range<usize>| mark(&text[it.clone()]).is_some();
    let is_below = |one: &Range<usize>, two: &Range<usize>| text[one.end..two.start].matches('\n').count() == 1;
    let is_blank = |one: &Range<usize>, two: &Range<usize>| text[one.end..two.start].trim().is_empty();
    let runs =
        lines.chunk_by(move |one, two| is_blank(one, two) && is_below(one, two) && !is_marked(one) && !is_marked(two));
    let long = runs.filter(|run| run.len() > 1);
    long.filter_map(|run| Some(run.first()?.start..run.last()?.end))
}

/// What begins or ends a region.
enum Mark {
    Begin,
    End,
}

/// `// region Users`, `// #region`, `// endregion`: as VS Code's languages write it.
fn mark(comment: &str) -> Option<Mark> {
    let rest = comment.strip_prefix("//").filter(|it| !it.starts_with('/'))?.trim_start();
    match rest.trim_start_matches('#').split_whitespace().next()? {
        "region" => Some(Mark::Begin),
        "endregion" => Some(Mark::End),
        _ => None,
    }
}

/// Regions, which may stand in one another. One that never ends is none.
fn regions(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let (mut open, mut found) = (Vec::new(), Vec::new());
    for line in lines {
        match mark(&text[line.clone()]) {
            Some(Mark::Begin) => open.push(line.start),
            Some(Mark::End) => found.extend(open.pop().map(|start| start..line.end)),
            None => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::FoldingKind;
    use crate::testing::analysis;

    /// The first line of what folds, and how many lines it has.
    fn folded(text: &str, kind: FoldingKind) -> Vec<(String, usize)> {
        let (analysis, _) = analysis(text);
        let found = analysis.folding_ranges("schema.orm").unwrap();
        let texts = found.iter().filter(|it| it.kind == kind).map(|it| &text[it.range.clone()]);
        texts.map(|it| (it.lines().next().unwrap().to_owned(), it.lines().count())).collect()
    }

    #[test]
    fn comments_in_a_row_fold() {
        let text = "// a\n  // b\r\n//c\n\n// d\ntable t {\n  /// e\n  /// f\n  id  uuid  @primary_key  // g\n  // h\n  n  text\n}\n";
        assert_eq!(folded(text, FoldingKind::Comment), [("// a".to_owned(), 3), ("/// e".to_owned(), 2)]);
        let raw = "raw postgres \"\"\"\n// a\n// b\n\"\"\" down \"\"\"\n\"\"\"\n";
        assert_eq!(folded(raw, FoldingKind::Comment), []);
    }

    #[test]
    fn regions_fold_and_stand_in_one_another() {
        let text = "// region All\ntable t {\n  // #region keys\n  id  uuid  @primary_key\n  // #endregion\n}\n// endregion\n                    // endregion\n// region open\n// regional\n// offices\n";
        let found = folded(text, FoldingKind::Region);
        assert_eq!(found, [("// region All".to_owned(), 7), ("// #region keys".to_owned(), 3)]);
        assert_eq!(folded(text, FoldingKind::Comment), [("// regional".to_owned(), 2)]);
    }

    #[test]
    fn bodies_brackets_and_comments_fold() {
        let text = "// a\n// b\n\n// c\ntable t {\n  id uuid @primary_key\n  index(\n    id,\n  )\n}\nenum E { a }\nquery q {\n  from \
                    t\n  where id in {\n    from t\n    select id\n  }\n  select id, x {\n    id\n  }\n}\n";
        let (analysis, _) = analysis(text);
        let found = analysis.folding_ranges("schema.orm").unwrap();
        let shown: Vec<_> =
            found.iter().map(|it| (&text[it.range.clone()][..4], it.kind == FoldingKind::Comment)).collect();
        let expected =
            [("// a", true), ("{\n  ", false), ("(\n  ", false), ("{\n  ", false), ("{\n  ", false), ("{\n  ", false)];
        assert_eq!(shown, expected);
        assert!(found.iter().all(|it| text[it.range.clone()].contains('\n')));
    }
}
