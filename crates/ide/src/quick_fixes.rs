//! The edits that remove what is wrong.

use std::ops::Range;

use orm_schema_lang::{
    Database, File,
    workspace::{FileFix, file_findings},
};

use crate::Diagnostic;

/// An edit that removes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuickFix<'db> {
    /// The finding.
    pub diagnostic: Diagnostic<'db>,
    /// The edits, and what they do.
    pub fix: FileFix,
    /// Whether it is the likeliest of the finding.
    pub is_preferred: bool,
}

/// The fixes of everything that is wrong in a range, in the order of the text.
pub(crate) fn quick_fixes<'db>(db: &'db Database, file: File, range: &Range<usize>) -> Vec<QuickFix<'db>> {
    let touches = |it: &Diagnostic<'_>| it.range.start <= range.end && range.start <= it.range.end;
    let found = file_findings(db, file).into_iter().filter(touches);
    found
        .flat_map(|diagnostic| {
            let fixes = diagnostic.fixes(db).into_iter().enumerate();
            fixes.map(move |(index, fix)| QuickFix { diagnostic: diagnostic.clone(), fix, is_preferred: index == 0 })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[test]
    fn only_what_is_wrong_at_the_place_is_fixed() {
        let text = "table users {\n  id    uuid  @primary_key\n  name  txt\n  age   intger\n}\n";
        let (analysis, _) = analysis(text);
        let place = text.find("xt").unwrap();
        let fixes = analysis.quick_fixes("schema.orm", place..place).unwrap();
        let [fix] = fixes.as_slice() else { panic!("one fix: {fixes:#?}") };
        assert_eq!((fix.fix.title.as_str(), fix.is_preferred), ("Change `txt` to `text`", true));
        assert_eq!(fix.fix.edits[0].replacement, "text");
        assert_eq!(analysis.quick_fixes("schema.orm", 0..text.len()).unwrap().len(), 2);
        assert_eq!(analysis.quick_fixes("schema.orm", 0..3).unwrap(), []);
    }

    #[test]
    fn the_first_of_several_is_preferred() {
        let text = "table users {\n  id  uuid  @primary_key\n  made  timestamp\n}\n";
        let (analysis, _) = analysis(text);
        let fixes = analysis.quick_fixes("schema.orm", 0..text.len()).unwrap();
        assert_eq!(fixes.iter().map(|it| it.is_preferred).collect::<Vec<_>>(), [true, false]);
    }
}
