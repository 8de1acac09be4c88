//! What holds for every text, well-formed or not: property tests ask it of random schemas and edits, the fuzzer of
//! anything at all. Each law panics where it is broken.

mod edits;
mod format;
mod migration;

pub use edits::{Edit, decode, edits, edits_of_bytes};
pub use format::format;
pub use migration::migration;

use std::ops::Range;

use orm_engine::{ddl, query};
use orm_model::{Dialect, Targets};
use orm_schema_lang::{FileDiagnostic, Severity, Source, Workspace, item::Anchor};

/// The file of a workspace with one file.
const FILE: &str = "schema.orm";

/// Bytes as the text of a file: what is not UTF-8 never reaches the parser.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Declarations stand in their order, without overlaps, and every place lies in the text, between characters.
#[track_caller]
pub fn parse(text: &str) -> Source {
    let source = Source::parse(text);
    let mut end = 0;
    for declaration in source.declarations() {
        let range = declaration.range();
        assert!(end <= range.start && range.start <= range.end, "declarations overlap at {end}: {range:?}");
        end = range.end;
        let mut anchor = 0;
        // The anchors of a declaration are numbered; past the last one, `span` is the whole.
        while anchor == 0 || declaration.span(Anchor(anchor)) != range {
            place(text, &declaration.span(Anchor(anchor)));
            anchor += 1;
        }
        place(text, &range);
    }
    source
}

/// Every finding lies in its file; what has no error becomes SQL in both dialects.
#[track_caller]
pub fn check(text: &str) -> Vec<FileDiagnostic> {
    let workspace = workspace(text);
    let diagnostics = workspace.diagnostics(FILE);
    for diagnostic in &diagnostics {
        place(text, &diagnostic.range);
        diagnostic.related.iter().for_each(|related| place(text, &related.range));
    }
    let schema = workspace.schema();
    if diagnostics.iter().all(|it| it.severity != Severity::Error) {
        for dialect in Dialect::ALL {
            let statements = ddl::create(&schema, &Targets::default(), dialect);
            assert!(schema.tables.is_empty() || !statements.is_empty(), "no SQL for {dialect}:\n{text}");
            for (name, query) in
                workspace.queries().into_iter().filter(|(_, it)| it.only.is_none_or(|it| it == dialect))
            {
                if let Err(refusal) = query::render(&query, &schema, &Targets::default(), dialect) {
                    panic!("no SQL of `{name}` for {dialect}: {refusal}\n{text}");
                }
            }
        }
    }
    diagnostics
}

fn workspace(text: &str) -> Workspace {
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open(FILE, text);
    workspace
}

#[track_caller]
fn place(text: &str, range: &Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} is no place in a text of {} bytes", text.len());
}
