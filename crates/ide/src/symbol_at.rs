//! What the name at an offset means: the one place that hover, definition, references and rename ask.

use orm_schema_lang::{Database, File, database::item_tree};

use crate::names::{Names, Occurrence, Wanted};

/// The name that `offset` is in, or at the end of.
pub(crate) fn symbol_at(db: &Database, file: File, offset: usize) -> Option<Occurrence<'_>> {
    let (index, source) = file.source(db).declaration_at(offset)?;
    let declaration = *item_tree(db, file).get(index)?;
    let found = Names::new(db, declaration, source, Wanted::At(offset)).find();
    // Between two names that touch, the one that begins here is meant.
    found.into_iter().min_by_key(|it| (it.range.end == offset, it.range.len()))
}
