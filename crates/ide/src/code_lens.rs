//! How often a declaration is named, above it. The counting is done for those that are looked at.

use std::ops::Range;

use orm_schema_lang::{Database, File, item::DeclarationKind};

/// The names of the declarations of a file that others name.
pub(crate) fn code_lenses(db: &Database, file: File) -> Vec<Range<usize>> {
    let declarations = file.source(db).declarations().iter();
    let counted = declarations.filter(|it| {
        matches!(
            it.item().kind,
            DeclarationKind::Table
                | DeclarationKind::Mixin
                | DeclarationKind::Enum
                | DeclarationKind::View
                | DeclarationKind::Sequence
        )
    });
    counted.filter_map(|it| Some(it.span(it.item().name.as_ref()?.anchor))).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[test]
    fn what_others_name_has_a_lens() {
        let text = "table users {\n  id uuid @primary_key\n}\nenum E { a }\nquery q {\n  from users\n  select id\n}\ntable {\n}\n";
        let (analysis, _) = analysis(text);
        let found = analysis.code_lenses("schema.orm").unwrap();
        assert_eq!(found.into_iter().map(|it| &text[it]).collect::<Vec<_>>(), ["users", "E"]);
    }
}
