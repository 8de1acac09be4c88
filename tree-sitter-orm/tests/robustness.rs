//! Input that nobody writes by hand: the parser ends, in reasonable time, with a tree that covers the text.

mod support;

use std::time::{Duration, Instant};

use support::{broken_nodes, parse, walk};

/// Generous, since a debug build on a loaded machine must hold it too; what is quadratic misses it by far.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// How many brackets the deep inputs nest.
const DEPTH: usize = 100_000;

/// Parses and walks the text on a thread with the stack of any thread, and returns the depth of the tree.
#[track_caller]
fn depth_within_limit(name: &str, text: String) -> usize {
    let length = text.len();
    let start = Instant::now();
    let depth = std::thread::spawn(move || {
        let tree = parse(&text);
        let root = tree.root_node();
        assert_eq!(root.end_byte().max(text.trim_end().len()), root.end_byte(), "the tree covers the text");
        let mut deepest = 0;
        walk(&tree, |_, depth| deepest = deepest.max(depth));
        deepest
    })
    .join()
    .expect("the parser does not panic");
    let elapsed = start.elapsed();
    println!("{name:<40} {length:>9} bytes  depth {depth:>7}  {elapsed:?}");
    assert!(elapsed < TIME_LIMIT, "{name} took {elapsed:?}");
    depth
}

fn in_table(line: &str) -> String {
    format!("table users {{\n  {line}\n}}\n")
}

#[test]
fn empty_and_blank_files_are_empty_trees() {
    for text in ["", "\n", " \t\r\n\n", "\u{feff}", "// only a comment", "/// only a doc comment\n"] {
        let tree = parse(text);
        assert!(broken_nodes(&tree).is_empty(), "{text:?}");
        assert_eq!(tree.root_node().kind(), "source_file", "{text:?}");
    }
}

#[test]
fn line_endings_and_a_byte_order_mark_change_no_node() {
    let text = "/// Doc.\ntable users {\n  id uuid @primary_key // note\n  name text?\n\n  index(\n    name\n  )\n}\n\
                raw postgres \"\"\"\nselect 1\n\"\"\"\nquery all {\n  from users\n  where id = 1\n    and name is null\n}\n";
    let expected = parse(text).root_node().to_sexp();
    assert!(broken_nodes(&parse(text)).is_empty(), "{expected}");
    assert_eq!(parse(&text.replace('\n', "\r\n")).root_node().to_sexp(), expected);
    assert_eq!(parse(&format!("\u{feff}{text}")).root_node().to_sexp(), expected);
}

#[test]
fn nul_bytes_are_errors_where_they_stand() {
    let tree = parse("table a {\n  id\0 uuid\n}\n\0\ntable b {\n  id uuid\n}\n");
    assert!(!broken_nodes(&tree).is_empty());
    assert!(tree.root_node().to_sexp().contains("name: (path (identifier)) body: (table_body (column name: (identifier) type: (type name: (path (identifier))))))"));
    depth_within_limit("1 MB of NUL bytes", "\0".repeat(1_000_000));
    depth_within_limit("1 MB of NUL bytes in a table", in_table(&"\0".repeat(1_000_000)));
}

#[test]
fn one_line_of_a_megabyte_is_parsed() {
    let columns = "column text, ".repeat(80_000);
    let keywords = "table x ".repeat(125_000);
    let lines = [
        ("a comment", format!("// {}", "x".repeat(1_000_000))),
        ("a name", in_table(&"x".repeat(1_000_000))),
        ("a string", in_table(&format!("name text = \"{}\"", "x".repeat(1_000_000)))),
        ("an open string", in_table(&format!("name text = \"{}", "x".repeat(1_000_000)))),
        ("a raw string", format!("raw postgres \"\"\"{}\"\"\"", "x".repeat(1_000_000))),
        ("an argument list", in_table(&format!("index({}z)", "column, ".repeat(120_000)))),
        ("columns with commas", in_table(&columns)),
        ("blanks", in_table(&" ".repeat(1_000_000))),
        ("a chain of operators", in_table(&format!("check(x{})", " and x".repeat(160_000)))),
        ("keywords between declarations", keywords.clone()),
        ("keywords in a table", in_table(&keywords)),
        ("closing braces between declarations", "}".repeat(1_000_000)),
        ("closing braces in a table", in_table(&format!("a % {}", "}".repeat(1_000_000)))),
        ("junk", "% ".repeat(500_000)),
        ("junk in a table", in_table(&"% ".repeat(500_000))),
    ];
    for (name, text) in lines {
        depth_within_limit(name, text);
    }
}

#[test]
fn many_comments_and_blank_lines_are_parsed() {
    depth_within_limit("comments in an open bracket", in_table(&format!("index(\n{}", "  // note\n".repeat(100_000))));
    depth_within_limit("comments after a value", in_table(&format!("a text = \n{}", "  // note\n".repeat(100_000))));
    depth_within_limit("blank lines", in_table(&"\n".repeat(1_000_000)));
}

#[test]
fn deep_nesting_is_parsed() {
    for (open, close) in [("(", ")"), ("[", "]"), ("f(", ")"), ("{ a: ", " }"), ("case when a then ", " end")] {
        let (opened, closed) = (open.repeat(DEPTH), close.repeat(DEPTH));
        let balanced = in_table(&format!("a text = {opened}1{closed}"));
        let depth = depth_within_limit(&format!("balanced {open}"), balanced);
        assert!(depth >= DEPTH, "nesting is kept, so that it can be reported: {depth}");
        depth_within_limit(&format!("open {open}"), in_table(&format!("a text = {opened}1")));
        depth_within_limit(&format!("closed {close}"), in_table(&format!("a text = 1{closed}")));
    }
    depth_within_limit("not", in_table(&format!("a text = {}1", "not ".repeat(DEPTH))));
    depth_within_limit("minus", in_table(&format!("a text = {}1", "-".repeat(DEPTH))));
    depth_within_limit("member", in_table(&format!("a text = x{}", ".y".repeat(DEPTH))));
}

#[test]
fn every_prefix_and_every_suffix_of_a_file_is_parsed() {
    for (_, text) in support::example_files() {
        for (offset, _) in text.char_indices() {
            parse(&text[..offset]);
            parse(&text[offset..]);
        }
    }
}

#[test]
fn every_byte_sequence_that_tree_sitter_accepts_is_parsed() {
    // The parser takes bytes: what is not UTF-8 must not crash it either, although the analyzer refuses such files.
    let mut parser = support::parser();
    for bytes in [&b"table \xff {\n}\n"[..], b"\xc3\x28", b"table a { \xf0\x28\x8c\x28 }", b"\"\"\"\xff"] {
        assert!(parser.parse(bytes, None).is_some());
    }
}
