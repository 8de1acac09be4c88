//! A broken line must not break its neighbours: with any single line of a file cut, doubled, halved, robbed of its last
//! token or given a stray bracket or quote, another declaration is reported wrong in under 1 % of the edits, except
//! for using the broken one.

use std::{collections::HashMap, fs, path::Path};

use orm_model::Targets;
use orm_schema_lang::{Source, Workspace, source::SourceDeclaration};

/// The findings of each declaration, by its kind and name.
type Findings = HashMap<String, Vec<String>>;

fn opened(text: &str) -> Workspace {
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("schema.orm", text);
    workspace
}

fn findings(workspace: &Workspace) -> Findings {
    let source = workspace.source("schema.orm").expect("the file is open").clone();
    let mut findings = Findings::new();
    for declaration in source.declarations() {
        findings.entry(key(declaration)).or_default();
    }
    // That nothing uses a name any more is true, and no harm.
    let found = workspace.diagnostics("schema.orm").into_iter().filter(|it| !it.rule.slug.starts_with("unused-"));
    for finding in found {
        if let Some((_, declaration)) = source.declaration_at(finding.range.start) {
            let entry = findings.entry(key(declaration)).or_default();
            entry.push(format!("{} {}", finding.rule.code, finding.message));
        }
    }
    findings
}

fn key(declaration: &SourceDeclaration) -> String {
    format!("{} {}", declaration.item().kind, declaration.item().name_text())
}

/// What a hand at the keyboard does to a line.
fn edits(line: &str) -> Vec<String> {
    let indent: String = line.chars().take_while(|it| it.is_whitespace()).collect();
    let body = line.trim();
    let half: String = body.chars().take(body.chars().count() / 2).collect();
    let last = body.char_indices().rev().find(|(_, it)| !it.is_alphanumeric() && *it != '_').map_or(0, |(at, _)| at);
    let mut edited =
        vec![String::new(), format!("{line}\n{line}"), format!("{indent}{half}"), format!("{indent}{}", &body[..last])];
    edited.extend(["(", ")", "[", "]", "{", "}", "\"", "`"].map(|it| format!("{line} {it}")));
    edited
}

/// Edits, and those after which a declaration that does not use the edited one has a new finding.
fn harm(text: &str) -> (usize, Vec<String>) {
    let mut workspace = opened(text);
    let before = findings(&workspace);
    let source = Source::parse(text);
    let (mut count, mut harmful, mut start) = (0, Vec::new(), 0);
    for (number, line) in text.lines().enumerate() {
        let offset = start;
        start += line.len() + 1;
        if line.trim().is_empty() || line.trim_start().starts_with("//") {
            continue;
        }
        let touched = source.declaration_at(offset + line.len() / 2).map(|(_, it)| it);
        let users = users(&source, touched);
        for edited in edits(line) {
            workspace.edit("schema.orm", offset..offset + line.len(), &edited);
            let after = findings(&workspace);
            workspace.edit("schema.orm", offset..offset + edited.len(), line);
            count += 1;
            if let Some(victim) = victim(&before, &after, &source, &users) {
                harmful.push(format!("line {}: {edited:?}: {victim}", number + 1));
            }
        }
    }
    (count, harmful)
}

/// The declarations that name the touched one, or one that names it, however far: they may be reported.
fn users(source: &Source, touched: Option<&SourceDeclaration>) -> Vec<String> {
    let mut users: Vec<_> = touched.map(key).into_iter().collect();
    let mut names: Vec<String> = touched.map(|it| it.item().name_text().to_owned()).into_iter().collect();
    loop {
        let uses = |it: &&SourceDeclaration| {
            let text = &source.text()[it.range()];
            let mut words = text.split(|it: char| !it.is_alphanumeric() && it != '_');
            !users.contains(&key(it)) && words.any(|word| names.iter().any(|name| name == word))
        };
        let Some(next) = source.declarations().iter().find(uses) else { return users };
        users.push(key(next));
        names.push(next.item().name_text().to_owned());
    }
}

fn victim(before: &Findings, after: &Findings, source: &Source, users: &[String]) -> Option<String> {
    for name in source.declarations().iter().map(key).filter(|it| !users.contains(it)) {
        match after.get(&name) {
            None => return Some(format!("`{name}` is lost")),
            Some(found) => {
                if let Some(new) = found.iter().find(|it| !before[&name].contains(it)) {
                    return Some(format!("`{name}` has a new finding: {new}"));
                }
            }
        }
    }
    None
}

#[test]
fn a_broken_line_does_not_break_its_neighbours() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files = ["examples/uploads/schema/uploads.orm", "tree-sitter-orm/test/locality/tables.orm"];
    for file in files {
        let text = fs::read_to_string(root.join(file)).expect("the file is there");
        let (count, harmful) = harm(&text);
        let share = 100.0 * harmful.len() as f64 / count as f64;
        println!(
            "{file}: {count} edits, {} harm a declaration that has nothing to do with them ({share:.2} %)",
            harmful.len()
        );
        assert!(share < 1.0, "{file}: {share:.2} % of {count} edits:\n{}", harmful.join("\n"));
    }
}

/// The syntax errors of a table whose column's default is `default`, above a table that has no finding.
fn errors_of_default(default: &str) -> Vec<String> {
    let table = format!("table before {{\n  id uuid @primary_key\n  a text = {default}\n}}\n");
    let mut findings = findings(&opened(&format!("{table}table after {{\n  id uuid @primary_key\n}}\n")));
    assert_eq!(findings.remove("table after"), Some(Vec::new()), "{default}");
    findings.into_values().flatten().filter(|it| it.starts_with("ORM001")).collect()
}

#[test]
fn any_number_of_open_brackets_is_one_finding() {
    for open in ["(", "[", "f(", "(["] {
        for count in [1, 3, 4, 5, 20] {
            let errors = errors_of_default(&open.repeat(count));
            assert_eq!(errors, ["ORM001 a bracket is never closed"], "{count} times `{open}`");
        }
    }
    let errors = errors_of_default(&"(".repeat(300));
    assert_eq!(errors.len(), 2, "nested too deep, and never closed: {errors:?}");
}

#[test]
fn junk_is_one_finding_up_to_the_next_declaration() {
    let unreadable = format!("table a {{\n  a text = {}\n", "case when ".repeat(300));
    for text in ["junk\n/// Doc.\njunk\n// Comment.\n! junk\n", &unreadable] {
        let findings: Vec<_> = findings(&opened(text)).into_values().flatten().collect();
        assert_eq!(findings, ["ORM001 this is no declaration"], "{text}");
    }
}

/// How many of a declaration's findings say each thing of ORM001.
fn syntax_errors(text: &str) -> Vec<String> {
    let found = findings(&opened(text)).into_values().flatten();
    found.filter(|it| it.starts_with("ORM001")).collect()
}

const TOO_MANY: &str = "ORM001 there are more than 5000 of these, and those from here on are left out";

#[test]
fn members_that_no_database_takes_are_left_out() {
    let columns = |count: usize| (0..count).map(|it| format!("  c{it}  text?\n")).collect::<String>();
    let table = |members: &str| format!("table t {{\n  id  uuid  @primary_key\n{members}}}\n");
    assert_eq!(syntax_errors(&table(&columns(4_999))), [""; 0]);
    assert_eq!(syntax_errors(&table(&columns(20_000))), [TOO_MANY]);
    // Each of the mixins is small enough.
    let mixin = |name: &str| format!("mixin {name} {{\n{}}}\n", columns(3_000).replace(" c", &format!(" {name}")));
    let mixins = format!("{}{}{}", mixin("a"), mixin("b"), table("  ...a\n  ...b\n"));
    assert_eq!(syntax_errors(&mixins), [TOO_MANY]);
    let selected = vec!["id"; 6_000].join(", ");
    assert_eq!(syntax_errors(&format!("{}query q {{\n  from t\n  select {selected}\n}}\n", table(""))), [TOO_MANY]);
    let clauses = "  with w {\n    from t\n    select id\n  }\n".repeat(6_000);
    let query = format!("{}query q {{\n{clauses}  from t\n  select id\n}}\n", table(""));
    assert!(syntax_errors(&query).contains(&TOO_MANY.to_owned()));
}

#[test]
fn mixins_stand_in_one_another_so_deep_only() {
    let chain = |length: usize| {
        let mixin = |it: usize| match it {
            0 => "mixin M0 {\n  c0  text\n}\n".to_owned(),
            _ => format!("mixin M{it} {{\n  ...M{}\n  c{it}  text\n}}\n", it - 1),
        };
        let mixins: String = (0..length).map(mixin).collect();
        format!("{mixins}table t {{\n  id  uuid  @primary_key\n  ...M{}\n}}\n", length - 1)
    };
    assert_eq!(syntax_errors(&chain(64)), [""; 0]);
    let deep = "ORM001 mixins stand in one another deeper than 64, and what is deeper is left out";
    assert_eq!(syntax_errors(&chain(65)), [deep], "in the table");
    // The recursion ends, whatever the stack; and a column of the outermost mixins is still there.
    let workspace = opened(&chain(2_000));
    let schema = workspace.schema();
    let table = schema.tables.values().next().expect("the table is there");
    assert!(table.column("c1999").is_some() && table.column("c0").is_none());
}

#[test]
fn an_enum_may_have_any_number_of_values() {
    let values = (0..20_000).map(|it| format!("  v{it}\n")).collect::<String>();
    let text = format!("enum E {{\n{values}  v0\n}}\n");
    let found: Vec<_> = findings(&opened(&text)).into_values().flatten().collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("`v0`"), "{found:?}");
}
