//! A broken line must not break its neighbours: every line of every file is broken in twelve ways, and the *other*
//! declarations must come through, identical and without errors.

mod support;

use support::{broken_nodes, example_files, locality_files, parser};
use tree_sitter::Parser;

/// The share of edits that may harm another declaration, in percent.
const THRESHOLD: f64 = 1.0;

/// What an edit may not change in the declarations that it does not touch.
#[derive(PartialEq)]
struct Declaration {
    text: String,
    tree: String,
}

/// A declaration of the unbroken file, with the lines that it occupies.
struct Original {
    declaration: Declaration,
    first_line: usize,
    last_line: usize,
}

#[derive(Default, Clone, Copy)]
struct Tally {
    edits: usize,
    harmful: usize,
}

impl Tally {
    fn count(&mut self, is_harmful: bool) {
        self.edits += 1;
        self.harmful += usize::from(is_harmful);
    }

    fn percent(self) -> f64 {
        100.0 * self.harmful as f64 / self.edits.max(1) as f64
    }
}

#[test]
fn files_without_edits_have_no_broken_node() {
    for (name, text) in locality_files().into_iter().chain(example_files()) {
        let broken = broken_nodes(&support::parse(&text));
        assert!(broken.is_empty(), "{name}: {}", broken.join(", "));
    }
}

#[test]
fn breaking_a_line_keeps_the_other_declarations() {
    assert_local(locality_files());
}

#[test]
fn breaking_a_line_of_an_example_keeps_the_other_declarations() {
    // A declaration that is alone in its file has no neighbour.
    let mut files = example_files();
    files.retain(|(_, text)| declarations(&mut parser(), text).len() > 1);
    assert!(files.len() > 3, "the examples are gone");
    assert_local(files);
}

#[test]
fn any_number_of_open_brackets_keeps_the_next_declaration() {
    let after = "table after {\n  id uuid\n}\n";
    let expected = declarations(&mut parser(), after).remove(0).declaration;
    for open in ["(", "[", "{", "f(", "x[", "1, (", "([", "([{", "([{("] {
        for count in [1, 2, 3, 4, 5, 50, 300] {
            for end in ["", "}\n"] {
                let text = format!("table before {{\n  a text = {}\n{end}{after}", open.repeat(count));
                let last = declarations(&mut parser(), &text).pop();
                assert!(last.is_some_and(|it| it.declaration == expected), "{count} times `{open}`: `after` is lost");
            }
        }
    }
}

#[track_caller]
fn assert_local(files: Vec<(String, String)>) {
    let mut failed = Vec::new();
    for (name, text) in files {
        let (total, harms) = measure(&name, &text);
        println!("{name:<28} edits {:6}  harmful {:4}  {:.3} %", total.edits, total.harmful, total.percent());
        harms.iter().for_each(|harm| println!("    {harm}"));
        if total.percent() >= THRESHOLD {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{THRESHOLD} % or more of the edits harm another declaration: {failed:?}");
}

fn measure(name: &str, text: &str) -> (Tally, Vec<String>) {
    let mut parser = parser();
    let originals = originals(&mut parser, text);
    let lines: Vec<&str> = text.lines().collect();
    let mut total = Tally::default();
    let mut harms = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if line.trim().is_empty() || line.trim_start().starts_with("//") {
            continue;
        }
        for (edit, replacement) in edits(line) {
            let broken = with_line(&lines, index, &replacement);
            let lost = lost(&mut parser, &originals, index, &broken);
            total.count(!lost.is_empty());
            if !lost.is_empty() {
                harms.push(format!("{name}:{} {edit}: `{}` loses {}", index + 1, line.trim(), lost.join(", ")));
            }
        }
    }
    (total, harms)
}

/// The first lines of the declarations that line `edited` does not touch and that `broken` no longer has.
fn lost(parser: &mut Parser, originals: &[Original], edited: usize, broken: &str) -> Vec<String> {
    let mut found: Vec<Declaration> = declarations(parser, broken).into_iter().map(|it| it.declaration).collect();
    let mut lost = Vec::new();
    for original in originals {
        if (original.first_line..=original.last_line).contains(&edited) {
            continue;
        }
        match found.iter().position(|it| *it == original.declaration) {
            Some(position) => drop(found.swap_remove(position)),
            None => lost.push(original.declaration.text.lines().next().unwrap_or_default().to_owned()),
        }
    }
    lost
}

fn originals(parser: &mut Parser, text: &str) -> Vec<Original> {
    let originals = declarations(parser, text);
    assert!(originals.len() > 1, "a file with one declaration proves nothing");
    originals
}

fn declarations(parser: &mut Parser, text: &str) -> Vec<Original> {
    let tree = parser.parse(text, None).expect("a parse without a time limit ends with a tree");
    let mut cursor = tree.walk();
    tree.root_node()
        .named_children(&mut cursor)
        .filter(|node| node.kind().ends_with("_declaration") && !node.has_error())
        .map(|node| Original {
            declaration: Declaration { text: text[node.byte_range()].to_owned(), tree: node.to_sexp() },
            first_line: node.start_position().row,
            last_line: node.end_position().row,
        })
        .collect()
}

/// The ways to break a line: what stands in its place.
fn edits(line: &str) -> Vec<(&'static str, Vec<String>)> {
    let indent = &line[..line.len() - line.trim_start().len()];
    let mut edits = vec![
        ("cut", vec![]),
        ("doubled", vec![line.to_owned(), line.to_owned()]),
        ("halved", vec![first_half(line, indent.len())]),
        ("last token dropped", vec![without_last_token(line)]),
        ("lone identifier above", vec![format!("{indent}foo"), line.to_owned()]),
    ];
    let appended = ["(", "\"", "{", "}", "\"\"\"", ")", "]"];
    edits.extend(appended.map(|token| (token, vec![format!("{line} {token}")])));
    edits
}

fn first_half(line: &str, indent: usize) -> String {
    let length = line.chars().count();
    line.chars().take(indent + (length - indent) / 2).collect()
}

fn without_last_token(line: &str) -> String {
    let is_word = |it: char| it.is_ascii_alphanumeric() || it == '_';
    let line = line.trim_end();
    let shorter = line.trim_end_matches(is_word);
    if shorter.len() < line.len() {
        return shorter.to_owned();
    }
    let mut characters = line.chars();
    characters.next_back();
    characters.as_str().to_owned()
}

fn with_line(lines: &[&str], index: usize, replacement: &[String]) -> String {
    let mut text = String::new();
    for (other, line) in lines.iter().enumerate() {
        let owned = [(*line).to_owned()];
        for line in if other == index { replacement } else { &owned } {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}
