//! The committed stubs are what the generator writes.

use std::{fs, path::Path};

use orm_engine::stubs::rust::{Options, StubError, generate};
use orm_model::Schema;
use orm_schema_lang::{Severity, Workspace};

const UPLOADS: &str = include_str!("../../../../examples/uploads/schema/uploads.orm");
const EVERYTHING: &str = include_str!("../everything.orm");

fn schema(text: &str) -> Schema {
    // PostgreSQL alone, since Spanner has no column type for some of the types.
    let targets = orm_model::Targets { spanner: None, ..Default::default() };
    let mut workspace = Workspace::new(targets, Default::default());
    workspace.open("schema.orm", text.to_owned());
    let errors: Vec<_> =
        workspace.diagnostics("schema.orm").into_iter().filter(|it| it.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    workspace.schema()
}

#[test]
fn committed_stubs_are_fresh() {
    let options = Options { derives: vec!["serde::Serialize".to_owned()] };
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for (module, text, options) in [("uploads", UPLOADS, Options::default()), ("everything", EVERYTHING, options)] {
        let files = generate(&schema(text), &options).expect("a schema without clashes");
        for (path, expected) in files.iter() {
            let path = source.join(module).join(path);
            if std::env::var_os("UPDATE_STUBS").is_some() {
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
                fs::write(&path, expected).expect("a file to write");
            }
            let actual = fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(actual, expected, "{} is stale: run with UPDATE_STUBS=1", path.display());
        }
    }
}

#[test]
fn clashes_are_errors() {
    let clash = |text| generate(&schema(text), &Options::default()).expect_err("a clash");
    let columns = clash("table t {\n  id uuid @primary_key\n  userName text\n  user_name text\n}\n");
    assert!(matches!(columns, StubError::Collision { .. }), "{columns}");
    assert!(columns.to_string().contains("`userName` and `user_name` are both `user_name` in Rust"), "{columns}");
    let tables = clash("table aB {\n  id uuid @primary_key\n}\n\ntable a_b {\n  id uuid @primary_key\n}\n");
    assert!(tables.to_string().starts_with("tables: "), "{tables}");
    let values = clash("enum e { a_b, aB }\n");
    assert!(values.to_string().starts_with("enum `e`: "), "{values}");
    let nameless = clash("table t {\n  id uuid @primary_key\n  `_` text\n}\n");
    assert!(matches!(nameless, StubError::Unnameable { .. }), "{nameless}");
}
