//! The queries fit the grammar, and capture what an editor shows.

mod support;

use support::{language, parse};
use tree_sitter::{Query, QueryCursor, StreamingIterator};

const SAMPLE: &str = r#"/// People.
table auth.users @db("Users") {
  ...Timestamps
  /// How to reach them.
  email  varchar(320)? = lower("X")  @unique
  index(email desc, unique: true)
}

enum Role { admin = 1, guest }

query find(id: uuid) : optional {
  from users as u
  where u.id = $id and name is not null // why
  select id, label: name
}

raw postgres """select 1"""
"#;

/// Every capture of a query on the sample, as `text → capture`, in the order that an editor paints them in: a later one covers
/// an earlier one, so an inner node covers the node around it, and of several patterns on one node the last one counts.
fn captures(query: &str) -> Vec<(String, String)> {
    let query = Query::new(&language(), query).expect("the query fits the grammar");
    let tree = parse(SAMPLE);
    assert!(support::broken_nodes(&tree).is_empty());
    let mut cursor = QueryCursor::new();
    let mut found = Vec::new();
    let mut captures = cursor.captures(&query, tree.root_node(), SAMPLE.as_bytes());
    while let Some((matched, index)) = captures.next() {
        let capture = matched.captures()[*index];
        let text = SAMPLE[capture.node.byte_range()].to_owned();
        found.push((text, query.capture_names()[capture.index as usize].to_owned()));
    }
    found
}

/// Asserts the capture that wins for a text.
#[track_caller]
fn assert_captured(query: &str, expected: &[(&str, &str)]) {
    let captures = captures(query);
    for (text, capture) in expected {
        let names: Vec<&str> = captures.iter().filter(|(it, _)| it == text).map(|(_, name)| name.as_str()).collect();
        assert_eq!(names.last(), Some(capture), "{text}: {names:?}");
    }
}

#[test]
fn highlights() {
    assert_captured(
        tree_sitter_orm::HIGHLIGHTS_QUERY,
        &[
            ("/// People.", "comment.documentation"),
            ("// why", "comment"),
            ("table", "keyword"),
            ("auth", "type"),
            ("users", "type"),
            ("@", "attribute"),
            ("db", "attribute"),
            ("\"Users\"", "string"),
            ("...", "operator"),
            ("Timestamps", "type"),
            ("varchar", "type"),
            ("320", "number"),
            ("?", "operator"),
            ("lower", "function.call"),
            ("index", "keyword"),
            ("desc", "keyword"),
            ("true", "boolean"),
            ("admin", "constant"),
            ("find", "function"),
            ("$id", "variable.parameter"),
            ("optional", "keyword"),
            ("from", "keyword"),
            ("and", "keyword.operator"),
            ("is", "keyword.operator"),
            ("null", "constant.builtin"),
            ("label", "property"),
            ("raw", "keyword"),
            ("\"\"\"select 1\"\"\"", "string"),
            ("{", "punctuation.bracket"),
            (",", "punctuation.delimiter"),
        ],
    );
}

#[test]
fn folds() {
    let folds = captures(tree_sitter_orm::FOLDS_QUERY);
    let has_fold = |start: &str| folds.iter().any(|(text, name)| name == "fold" && text.starts_with(start));
    assert!(has_fold("{\n  ...Timestamps"), "a table");
    assert!(has_fold("{ admin"), "an enum");
    assert!(has_fold("{\n  from users"), "a query");
    assert!(has_fold("\"\"\""), "a raw string");
}

#[test]
fn locals() {
    assert_captured(
        tree_sitter_orm::LOCALS_QUERY,
        &[
            ("auth.users", "local.definition.type"),
            ("Role", "local.definition.type"),
            ("Timestamps", "local.reference"),
            ("users", "local.reference"),
            ("$id", "local.reference"),
        ],
    );
    let captures = captures(tree_sitter_orm::LOCALS_QUERY);
    assert!(captures.contains(&("id".to_owned(), "local.definition.parameter".to_owned())));
    assert!(captures.contains(&("u".to_owned(), "local.definition.var".to_owned())));
}

#[test]
fn tags() {
    let captures = captures(tree_sitter_orm::TAGS_QUERY);
    for (text, name) in [
        ("/// People.", "doc"),
        ("auth.users", "name"),
        ("Role", "name"),
        ("find", "name"),
        ("email", "name"),
        ("Timestamps", "name"),
    ] {
        assert!(captures.contains(&(text.to_owned(), name.to_owned())), "{text} is no @{name}: {captures:?}");
    }
    let has = |start: &str, name: &str| captures.iter().any(|(text, it)| it == name && text.starts_with(start));
    assert!(has("table auth.users", "definition.class"));
    assert!(has("enum Role", "definition.enum"));
    assert!(has("query find", "definition.function"));
}

#[test]
fn node_types_describe_the_language() {
    for kind in ["table_declaration", "column", "unclosed", "unopened", "missing", "stray", "junk"] {
        assert!(tree_sitter_orm::NODE_TYPES.contains(&format!("\"type\": \"{kind}\"")), "{kind}");
        assert_ne!(language().id_for_node_kind(kind, true), 0, "{kind}");
    }
}
