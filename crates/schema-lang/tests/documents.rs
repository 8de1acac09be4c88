//! The schemas in the documents are right, and written as the formatter writes them.

use std::{
    fs,
    path::{Path, PathBuf},
};

use orm_model::Targets;
use orm_schema_lang::{Workspace, format};

/// The Markdown files under a folder.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there").map(|it| it.expect("it can be read").path());
    let (folders, mut documents): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    documents.retain(|path| path.extension().is_some_and(|it| it == "md"));
    for folder in folders {
        documents.extend(self::documents(&folder));
    }
    documents
}

/// Blocks that are marked `orm,bad` or `orm,good` are examples of rules, which have tests of their own.
#[test]
fn schemas_in_documents_are_clean_and_formatted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut shown = 0;
    for path in documents(&root.join("docs")).into_iter().chain([root.join("README.md")]) {
        let (text, document) = (fs::read_to_string(&path).expect("the document is there"), path.display());
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
