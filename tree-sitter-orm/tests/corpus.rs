//! Runs `test/corpus/*.txt`, the standard format of tree-sitter, without its command line tool.
//!
//! `UPDATE_CORPUS=1 cargo test -p tree-sitter-orm --test corpus` rewrites the expected trees; read them before you
//! commit them.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{grammar_dir, parse};
use tree_sitter::TreeCursor;

const HEADER: &str = "==================";
const SEPARATOR: &str = "---";

/// One test of a corpus file.
struct Case {
    name: String,
    input: String,
    expected: String,
}

#[test]
fn every_tree_is_the_expected_one() {
    let mut failures = Vec::new();
    for path in corpus_files() {
        let cases = read(&path);
        assert!(!cases.is_empty(), "{} has no test", path.display());
        if std::env::var_os("UPDATE_CORPUS").is_some() {
            fs::write(&path, render(&cases)).expect("the corpus file is writable");
            continue;
        }
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        failures.extend(cases.iter().filter_map(|case| difference(&file, case)));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn names_of_tests_are_unique() {
    let mut names: Vec<String> = corpus_files().iter().flat_map(|path| read(path)).map(|case| case.name).collect();
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}

fn corpus_files() -> Vec<PathBuf> {
    let dir = grammar_dir().join("test/corpus");
    let entries = fs::read_dir(&dir).expect("the corpus folder is readable");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("the corpus folder is readable").path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn difference(file: &str, case: &Case) -> Option<String> {
    let actual = tree(&case.input);
    (normalize(&actual) != normalize(&case.expected))
        .then(|| format!("{file}: {}\nexpected\n{}\nfound\n{actual}", case.name, case.expected))
}

fn normalize(tree: &str) -> String {
    tree.split_whitespace().collect::<Vec<_>>().join(" ").replace(" )", ")")
}

/// Splits a corpus file: a name between two lines of `=`, the input, a line of `-`, the tree.
fn read(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).expect("the corpus file is readable");
    let mut cases = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !is_rule(line, '=') {
            continue;
        }
        let name = lines.next().expect("a header has a name").to_owned();
        assert!(lines.next().is_some_and(|line| is_rule(line, '=')), "{}: {name} ends its header", path.display());
        let mut input = Vec::new();
        for line in lines.by_ref() {
            if is_rule(line, '-') {
                break;
            }
            input.push(line);
        }
        let mut expected = Vec::new();
        while let Some(line) = lines.next_if(|line| !is_rule(line, '=')) {
            expected.push(line);
        }
        // As in tree-sitter, the blank lines around the input and the tree are not part of them.
        let input = format!("{}\n", input.join("\n").trim_matches('\n'));
        cases.push(Case { name, input, expected: expected.join("\n").trim().to_owned() });
    }
    cases
}

fn is_rule(line: &str, character: char) -> bool {
    line.len() >= 3 && line.chars().all(|it| it == character)
}

fn render(cases: &[Case]) -> String {
    let cases: Vec<String> = cases
        .iter()
        .map(|case| {
            let (name, input, tree) = (&case.name, &case.input, tree(&case.input));
            format!("{HEADER}\n{name}\n{HEADER}\n\n{input}\n{SEPARATOR}\n\n{tree}\n")
        })
        .collect();
    cases.join("\n")
}

/// The tree as an s-expression, one node a line, a node without children on the line of its parent's field.
fn tree(input: &str) -> String {
    let tree = parse(input);
    let mut out = String::new();
    write_node(&mut tree.walk(), 0, &mut out);
    out
}

fn write_node(cursor: &mut TreeCursor<'_>, depth: usize, out: &mut String) {
    let node = cursor.node();
    if depth > 0 {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    }
    if let Some(field) = cursor.field_name() {
        out.push_str(&format!("{field}: "));
    }
    let missing = if node.is_missing() { "MISSING " } else { "" };
    out.push_str(&format!("({missing}{}", node.kind()));
    if cursor.goto_first_child() {
        loop {
            if cursor.node().is_named() || cursor.node().is_missing() {
                write_node(cursor, depth + 1, out);
            }
            if !cursor.goto_next_sibling() {
                break;
            }
        }
        cursor.goto_parent();
    }
    out.push(')');
}
