//! The schemas in the README and the guide are right, and written as the formatter writes them.

use std::{fs, path::Path};

use orm_model::Targets;
use orm_schema_lang::{Workspace, format};

#[test]
fn schemas_in_documents_are_clean_and_formatted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for document in ["README.md", "docs/language.md"] {
        let text = fs::read_to_string(root.join(document)).expect("the document is there");
        let blocks: Vec<_> = text.split("```orm\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        assert!(!blocks.is_empty(), "{document} shows no schema");
        for block in blocks {
            let mut workspace = Workspace::new(Targets::default(), Default::default());
            workspace.open("schema.orm", block);
            assert_eq!(workspace.diagnostics("schema.orm"), [], "{document}:\n{block}");
            assert_eq!(format::format_text(block), block, "{document} is not formatted");
        }
    }
}
