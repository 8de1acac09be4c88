//! What the tests of the grammar share.

#![allow(dead_code)] // Each test file uses its own part.

use std::fs;
use std::path::{Path, PathBuf};

use tree_sitter::{Language, Node, Parser, Tree};

/// Node kinds that stand for broken input, besides tree-sitter's own ERROR and MISSING.
pub(crate) const RECOVERY_KINDS: [&str; 5] = ["unclosed", "unopened", "missing", "stray", "junk"];

/// A parser of the grammar.
pub(crate) fn parser() -> Parser {
    let mut parser = Parser::new();
    parser.set_language(&language()).expect("the generated parser has an ABI that tree-sitter reads");
    parser
}

/// The grammar.
pub(crate) fn language() -> Language {
    tree_sitter_orm::LANGUAGE.into()
}

/// A fresh parse.
pub(crate) fn parse(text: &str) -> Tree {
    parser().parse(text, None).expect("a parse without a time limit ends with a tree")
}

/// The folder of the grammar.
pub(crate) fn grammar_dir() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files that the tolerance for broken input is tuned on, with their names.
pub(crate) fn locality_files() -> Vec<(String, String)> {
    schema_files(&grammar_dir().join("test/locality"))
}

/// The examples of the project, with their names: held out, so that the grammar is not tuned on them.
pub(crate) fn example_files() -> Vec<(String, String)> {
    schema_files(&grammar_dir().join("../examples"))
}

fn schema_files(dir: &Path) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    collect(dir, &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "no .orm file in {}", dir.display());
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(dir).unwrap_or(&path).display().to_string();
            let text = fs::read_to_string(&path).expect("a schema file is readable");
            (name, text)
        })
        .collect()
}

fn collect(dir: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("the folder is readable") {
        let path = entry.expect("the folder is readable").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|it| it == "orm") {
            paths.push(path);
        }
    }
}

/// Calls `visit` for every node in document order, without recursion: a tree may be 100,000 levels deep.
pub(crate) fn walk(tree: &Tree, mut visit: impl FnMut(Node<'_>, usize)) {
    let mut cursor = tree.walk();
    let mut depth = 0;
    loop {
        visit(cursor.node(), depth);
        if cursor.goto_first_child() {
            depth += 1;
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
            depth -= 1;
        }
    }
}

/// Whether a node stands for broken input.
pub(crate) fn is_broken(node: Node<'_>) -> bool {
    node.is_error() || node.is_missing() || (node.is_named() && RECOVERY_KINDS.contains(&node.kind()))
}

/// Each broken node as `line:column kind`, counted from 1.
pub(crate) fn broken_nodes(tree: &Tree) -> Vec<String> {
    let mut broken = Vec::new();
    walk(tree, |node, _| {
        if is_broken(node) {
            let start = node.start_position();
            let column = start.column + 1;
            broken.push(format!("{}:{column} {}", start.row + 1, node.kind()));
        }
    });
    broken
}
