//! What holds for every name and every word of the examples.

mod completion;
mod quick_fixes;
mod references;
mod rename;

use std::{collections::BTreeMap, ops::Range};

use orm_ide::{AnalysisHost, Severities, Targets};
use orm_testkit::words::{is_part, words};

/// The texts of a project by their paths.
type Files = BTreeMap<String, String>;

/// The projects of the examples.
fn projects() -> Vec<Files> {
    orm_testkit::repository::examples().into_iter().map(|it| it.into_iter().collect()).collect()
}

/// A project in an editor that has none of its files open, for both databases.
fn host(files: &Files) -> AnalysisHost {
    let mut host = AnalysisHost::new(Targets::default(), Severities::new());
    host.workspace_mut().set_closed(files.clone());
    host
}

/// What is wrong in a project: the code of the rule, and what it says.
fn findings(host: &AnalysisHost) -> Vec<(&'static str, String)> {
    let workspace = host.workspace();
    let files = workspace.paths().flat_map(|it| workspace.findings(it));
    files.map(|it| (it.rule().code, it.message().to_owned())).collect()
}

/// The edits, in the order of paths and places, made.
fn apply(files: &mut Files, edits: impl DoubleEndedIterator<Item = (String, Range<usize>, String)>) {
    for (path, range, replacement) in edits.rev() {
        files.get_mut(&path).expect("a file of the project").replace_range(range, &replacement);
    }
}
