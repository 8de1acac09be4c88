//! The edits that bring a file into its canonical form.

use std::ops::Range;

pub use orm_schema_lang::format::TextEdit;
use orm_schema_lang::{Database, File, format};

/// The edits, in the order of the text and without overlaps; none if the file is formatted.
pub(crate) fn edits(db: &Database, file: File) -> Vec<TextEdit> {
    format::edits(file.source(db))
}

/// The edits for the declarations that a range of bytes touches.
pub(crate) fn edits_in(db: &Database, file: File, range: Range<usize>) -> Vec<TextEdit> {
    format::edits_in(file.source(db), range)
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[track_caller]
    fn formatted(text: &str) -> String {
        let (analysis, _) = analysis(text);
        let mut result = text.to_owned();
        for edit in analysis.format("schema.orm").unwrap().into_iter().rev() {
            result.replace_range(edit.range, &edit.replacement);
        }
        result
    }

    #[test]
    fn the_edits_make_the_canonical_text() {
        let text = "table users{\nid uuid   @primary_key\nemail text\n}";
        assert_eq!(formatted(text), "table users {\n  id     uuid  @primary_key\n  email  text\n}\n");
    }

    #[test]
    fn a_range_formats_the_declarations_that_it_touches() {
        let text = "table users{\n  id  uuid\n}\n\ntable teams{\n  id  uuid\n}\n";
        let (analysis, _) = analysis(text);
        let edits = analysis.format_range("schema.orm", 3..3).unwrap();
        let [edit] = edits.as_slice() else { panic!("{edits:?}") };
        assert_eq!((edit.range.clone(), edit.replacement.as_str()), (0..13, "table users {\n"));
    }

    #[test]
    fn a_formatted_file_needs_no_edits() {
        let (analysis, _) = analysis("table users {\n  id  uuid  @primary_key\n}\n");
        assert_eq!(analysis.format("schema.orm").unwrap(), []);
    }
}
