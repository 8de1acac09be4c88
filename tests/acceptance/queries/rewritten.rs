//! What an editor makes of a query, clauses of raw SQL and raw SQL of clauses, gives the rows that it gave before.
//!
//! `tests/queries/rewritten` holds the raw queries that become clauses; all cases of `tests/queries` are where clauses become
//! raw SQL.

use std::fs;

use orm_ide::{AnalysisHost, FileEdit};
use orm_model::Targets;
use orm_schema_lang::{Source, diagnostics::Severities, item::DeclarationKind};
use orm_testkit::databases;

use super::{
    answers,
    case::{self, Case},
};
use crate::database::block_on;

const PATH: &str = "queries.orm";

/// The queries of a case that are rewritten, before and after.
struct Rewritten {
    before: Case,
    after: Case,
}

impl Rewritten {
    fn new(name: &str, before: &str, after: &str, names: &[String]) -> Self {
        let case = |text: &str| {
            let mut case = Case::of(name, text);
            case.steps.retain(|it| names.contains(&it.query.name));
            case
        };
        Rewritten { before: case(before), after: case(after) }
    }
}

#[test]
fn rewritten_queries_answer_as_before() {
    let raw = fs::read_to_string(case::folder().join("rewritten/raw.orm")).unwrap();
    let (clauses, names) = rewritten(&raw, "raw_to_clauses");
    assert!(!clauses.contains("= sql("), "a query stayed raw:\n{clauses}");
    let (again, back) = rewritten(&clauses, "query_to_raw");
    assert_eq!(back, names, "a query stayed clauses:\n{again}");
    let mut count = names.len() + back.len();
    let mut pairs =
        vec![Rewritten::new("raw", &raw, &clauses, &names), Rewritten::new("clauses", &clauses, &again, &back)];
    for file in case::files() {
        let (before, name) = (fs::read_to_string(&file).unwrap(), file.file_stem().unwrap().to_string_lossy());
        let (after, names) = rewritten(&before, "query_to_raw");
        pairs.push(Rewritten::new(&name, &before, &after, &names));
        count += names.len();
    }
    assert!(count >= ALL, "{count} queries were rewritten");
    let databases = databases::all();
    let pairs = &pairs;
    std::thread::scope(|scope| {
        for database in &databases {
            scope.spawn(move || {
                let cases: Vec<_> = pairs.iter().flat_map(|it| [&it.before, &it.after]).collect();
                let answers = block_on(answers(database, &cases));
                for (pair, answers) in pairs.iter().zip(answers.chunks(2)) {
                    for (before, after) in answers[0].iter().zip(&answers[1]) {
                        assert_eq!(by_row(before), by_row(after), "{}: {}", database.url(), pair.before.name);
                    }
                }
            });
        }
    });
    println!("{count} queries rewritten, on {} databases", databases.len());
}

/// So many queries are rewritten at least.
const ALL: usize = 120;

/// The answer with its rows sorted: raw SQL says nothing of an order.
fn by_row(answer: &str) -> String {
    let mut lines: Vec<_> = answer.lines().collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// A file in which every query that a refactoring is offered for is rewritten by it, and which were.
fn rewritten(text: &str, refactoring: &str) -> (String, Vec<String>) {
    let mut text = text.to_owned();
    let names: Vec<String> = Source::parse(text.as_str())
        .declarations()
        .iter()
        .filter(|it| it.item().kind == DeclarationKind::Query)
        .map(|it| it.item().name_text().to_owned())
        .collect();
    let mut done = Vec::new();
    for name in names {
        let mut host = AnalysisHost::new(Targets::default(), Severities::default());
        host.workspace_mut().open("schema.orm", case::schema());
        host.workspace_mut().open(PATH, text.as_str());
        let analysis = host.analysis();
        let start = text.find(&format!("query {name}")).unwrap() + "query ".len();
        let place = start..start;
        if let Some(edits) = analysis.refactoring_edits(PATH, place, refactoring).unwrap() {
            text = applied(&text, &edits);
            done.push(name);
        }
    }
    (text, done)
}

fn applied(text: &str, edits: &[FileEdit]) -> String {
    let mut text = text.to_owned();
    for it in edits.iter().rev() {
        text.replace_range(it.range.clone(), &it.replacement);
    }
    text
}
