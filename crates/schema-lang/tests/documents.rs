//! The schemas in the documents are right, and written as the formatter writes them.

use orm_model::Targets;
use orm_schema_lang::{Workspace, format};
use orm_testkit::repository;

/// Blocks that are marked `orm,bad` or `orm,good` are examples of rules, which have tests of their own.
#[test]
fn schemas_in_documents_are_clean_and_formatted() {
    let documents = repository::files("docs", "md").into_iter();
    let mut shown = 0;
    for (document, text) in documents.chain([repository::file("README.md")]) {
        for block in text.split("```orm\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            let mut workspace = Workspace::new(Targets::default(), Default::default());
            workspace.open("schema.orm", block);
            assert_eq!(workspace.diagnostics("schema.orm"), [], "{document}:\n{block}");
            assert_eq!(format::format_text(block), block, "{document} is not formatted");
            shown += 1;
        }
    }
    assert!(shown >= 4, "the README and the guide show schemas");
}
