//! Where what is under the cursor is named in the same file, and what is done with it there.

use std::ops::Range;

use orm_schema_lang::{Database, File};

pub use crate::names::Access;
use crate::search::Sought;

/// A name to be highlighted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentHighlight {
    /// The bytes of the name.
    pub range: Range<usize>,
    /// What is done there.
    pub access: Access,
}

/// The names in a file of what the name at `offset` means.
pub(crate) fn document_highlights(db: &Database, file: File, offset: usize) -> Vec<DocumentHighlight> {
    let Some(sought) = Sought::at(db, file, offset) else { return Vec::new() };
    let found = sought.in_file(db, file).into_iter().map(|it| it.occurrence);
    found.map(|it| DocumentHighlight { range: it.range, access: it.access }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::analysis;

    #[test]
    fn only_this_file_is_highlighted_and_writes_are_told_apart() {
        let (analysis, fixture) = analysis(
            "//- a.orm\ntable users {\n  id uuid @primary_key\n  na$0me text\n}\nmutation rename(id: uuid, name: text) {\n  \
             update users\n  set name = $name\n  where id = $id\n  returning name\n}\n//- b.orm\nquery q {\n  from users\n  \
             select name\n}\n",
        );
        let cursor = fixture.cursor();
        let found = analysis.document_highlights(&cursor.path, cursor.offset).unwrap();
        assert!(found.iter().all(|it| &fixture.text("a.orm")[it.range.clone()] == "name"));
        let access: Vec<_> = found.iter().map(|it| it.access).collect();
        assert_eq!(access, [Access::Declaration, Access::Write, Access::Read]);
    }

    #[test]
    fn words_of_the_language_are_not_highlighted() {
        let (analysis, fixture) = analysis("table users {\n  id uu$0id\n  other uuid\n}\n");
        assert_eq!(analysis.document_highlights("schema.orm", fixture.cursor().offset).unwrap(), []);
    }
}
