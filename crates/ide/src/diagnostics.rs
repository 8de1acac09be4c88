//! What is wrong in a file.

pub use orm_schema_lang::workspace::{FileEdit, FileFinding as Diagnostic, FileFix, RelatedPlace};
use orm_schema_lang::{Database, File, workspace::file_findings};

/// What is wrong in a file, ordered by place.
pub(crate) fn diagnostics(db: &Database, file: File) -> Vec<Diagnostic<'_>> {
    file_findings(db, file)
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[test]
    fn a_finding_has_its_code_and_its_place() {
        let (analysis, fixture) = analysis("table users {\n  id  uid  @primary_key\n}\n");
        let found = analysis.diagnostics("schema.orm").unwrap();
        let [unknown] = found.as_slice() else { panic!("one finding: {found:?}") };
        assert_eq!(unknown.rule().slug, "unknown-type");
        assert_eq!(&fixture.text("schema.orm")[unknown.range.clone()], "uid");
    }

    #[test]
    fn a_finding_names_places_in_other_files() {
        let (analysis, _) = analysis(
            "//- a.orm\ntable users {\n  id  uuid  @primary_key\n}\n//- b.orm\ntable users {\n  id  uuid  @primary_key\n}\n",
        );
        let found = analysis.diagnostics("b.orm").unwrap();
        let [twice] = found.as_slice() else { panic!("one finding: {found:?}") };
        assert_eq!(twice.rule().slug, "duplicate-declaration");
        assert_eq!(twice.related.iter().map(|it| &*it.path).collect::<Vec<_>>(), ["a.orm"]);
    }
}
