//! A file of a megabyte: what an editor asks of it is answered. It is as large as it has to be: whatever looks at all of it for
//! each of its bytes, words or lines takes hours, and what does not takes a second. A line of the file may be as long as that.

use orm_ide::{AnalysisHost, Severities};
use orm_model::Targets;

const PATH: &str = "huge.orm";
const BYTES: usize = 1 << 20;

fn host(text: String) -> AnalysisHost {
    let mut host = AnalysisHost::new(Targets::default(), Severities::new());
    host.workspace_mut().open(PATH, text);
    host
}

/// Symbols, folding, colours, links, and what is asked in the middle. How many symbols and folding ranges there are.
fn ask(text: String) -> (usize, usize) {
    let middle = (text.len() / 2..).find(|it| text.is_char_boundary(*it)).expect("a text ends");
    let whole = 0..text.len();
    let analysis = host(text).analysis();
    let symbols = analysis.document_symbols(PATH).expect("nobody edits").len();
    let folds = analysis.folding_ranges(PATH).expect("nobody edits").len();
    analysis.semantic_tokens(PATH, whole).expect("nobody edits");
    analysis.hover(PATH, middle).expect("nobody edits");
    analysis.selection_ranges(PATH, middle).expect("nobody edits");
    analysis.document_links(PATH).expect("nobody edits");
    analysis.refactorings(PATH, middle..middle).expect("nobody edits");
    analysis.completion(PATH, middle, None).expect("nobody edits");
    analysis.signature_help(PATH, middle).expect("nobody edits");
    analysis.document_highlights(PATH, middle).expect("nobody edits");
    (symbols, folds)
}

#[test]
fn many_declarations() {
    let table = |it: usize| {
        format!(
            "/// The {it}th\n/// table.\ntable t{it} {{\n  id    uuid  @primary_key\n  name  text?\n\n  index(name)\n}}\n\n"
        )
    };
    let mut text = String::new();
    let mut count = 0;
    while text.len() < BYTES {
        text += &table(count);
        count += 1;
    }
    assert_eq!(ask(text), (count, 2 * count));
}

#[test]
fn one_text_of_many_lines() {
    let line = "SELECT 1; // no comment\n";
    let text = format!("raw postgres \"\"\"\n{}\"\"\" down \"\"\"SELECT 2\"\"\"\n", line.repeat(BYTES / line.len()));
    let (_, folds) = ask(text);
    assert_eq!(folds, 1);
}

#[test]
fn one_line_that_never_ends() {
    for text in [
        format!("table t {{ id uuid @check({}id", "(".repeat(BYTES / 8)),
        format!("table t {{\n  id  text = \"{}", "a".repeat(BYTES)),
        format!("// {}", "region ".repeat(BYTES / 7)),
        "// region\n".repeat(BYTES / 10),
        // Each word is looked for among all rules.
        "// orm-allow PERF003 ".repeat(2_000),
        format!("table t {{ id uuid @primary_key{} }}", ", c text".repeat(BYTES / 8)),
        format!("table t {{\n{}}}\n", "  c  text\n".repeat(BYTES / 10)),
        "{".repeat(BYTES),
        "}\n".repeat(BYTES / 2),
        "é".repeat(BYTES / 2),
    ] {
        ask(text);
    }
}
