//! Whatever a hover shows is what the command line prints: each table and query of the examples.

use std::{fs, path::Path};

use orm_engine::{
    ddl,
    query::{Given, render},
};
use orm_ide::{AnalysisHost, Severities, Targets};
use orm_model::Dialect;
use orm_schema_lang::item::DeclarationKind;

/// The schema files of a project, by their paths in it.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|it| it.expect("an entry").path()) {
        if entry.is_dir() {
            files(&entry, found);
        } else if entry.extension().is_some_and(|it| it == "orm") {
            let text = fs::read_to_string(&entry).expect("a text");
            found.push((entry.display().to_string(), text));
        }
    }
}

/// The SQL under the name of a dialect.
fn sql(markdown: &str, dialect: Dialect) -> &str {
    let start = format!("**{}**\n```sql\n", dialect.title());
    let rest = markdown.split_once(&start).map_or("", |(_, rest)| rest);
    rest.split("\n```").next().unwrap_or_default()
}

#[test]
fn hovers_show_what_the_command_line_prints() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let (mut tables, mut queries) = (0, 0);
    for project in fs::read_dir(examples).expect("the examples").map(|it| it.expect("an entry").path()) {
        if !project.is_dir() {
            continue;
        }
        let mut found = Vec::new();
        files(&project, &mut found);
        let targets = Targets::default();
        let mut host = AnalysisHost::new(targets.clone(), Severities::new());
        host.workspace_mut().set_closed(found.clone());
        let (schema, all) = (host.workspace().schema(), host.workspace().queries());
        let analysis = host.analysis();
        for (path, _) in &found {
            let source = host.workspace().source(path).expect("the file");
            for declaration in source.declarations() {
                let item = declaration.item();
                let Some(name) = &item.name else { continue };
                let hover = analysis.hover(path, declaration.span(name.anchor).start).expect("nobody edits");
                let markdown = hover.expect("a hover").markdown;
                for dialect in targets.dialects() {
                    let shown = sql(&markdown, dialect);
                    match item.kind {
                        DeclarationKind::Table => {
                            let printed = ddl::text(&ddl::create(&schema, &targets, dialect));
                            for statement in shown.split(";\n\n").map(|it| it.trim_end_matches(';')) {
                                assert!(printed.contains(statement), "{}: {statement}\nnot in\n{printed}", name.text);
                            }
                            assert!(!shown.is_empty(), "{}: {markdown}", name.text);
                            tables += 1;
                        }
                        DeclarationKind::Query | DeclarationKind::Mutation => {
                            let query = &all[&*name.text];
                            let Ok(rendered) = render(query, &schema, &targets, dialect) else { continue };
                            let sql = orm_engine::dialect::of(dialect);
                            let statements = rendered.bind(sql, &Given::default());
                            let printed: Vec<_> = statements.iter().map(|it| format!("{};", it.sql)).collect();
                            assert_eq!(shown, printed.join("\n\n"), "{}", name.text);
                            queries += 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    assert!(tables > 20 && queries > 20, "{tables} tables, {queries} queries");
}
