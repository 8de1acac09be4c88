//! What holds for every name and every word of the examples.

mod completion;
mod quick_fixes;
mod references;
mod rename;

use std::{collections::BTreeMap, ops::Range};

use orm_ide::{AnalysisHost, Severities, Targets};

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

/// The words outside of comments and texts, each with where it begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let behind = |opening: &str, closing: &str| {
            let end = rest[opening.len()..].find(closing).expect("it is closed");
            opening.len() + end + closing.len()
        };
        at += if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("\"\"\"") {
            behind("\"\"\"", "\"\"\"")
        } else if first == '"' {
            behind("\"", "\"")
        } else if is_part(first) {
            let length = rest.find(|it| !is_part(it)).unwrap_or(rest.len());
            if !first.is_ascii_digit() {
                words.push((at, &rest[..length]));
            }
            length
        } else {
            first.len_utf8()
        };
    }
    words
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
