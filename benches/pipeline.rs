//! What each stage costs, from text to SQL, at 10 to 5,000 tables; and what a keystroke costs.
//!
//! `cargo xtask bench` runs it and writes the table to docs/benchmarks.md.

#![allow(missing_docs, reason = "benchmarks are named by their functions")]

use chrono::{TimeZone, Utc};
use divan::Bencher;
use orm_engine::{
    ddl, diff,
    migrate::{Creation, Migrations, Request, create},
};
use orm_ide::{AnalysisHost, MigrationFile, MigrationPart};
use orm_model::{Dialect, Targets};
use orm_schema_lang::{FileDiagnostic, Severity, Source, Workspace};
use orm_testkit::large;

const TABLES: [usize; 4] = [10, 100, 1_000, 5_000];

fn main() {
    divan::main();
}

fn workspace() -> Workspace {
    Workspace::new(Targets::default(), Default::default())
}

/// Hints and warnings are as welcome in a large schema as elsewhere.
fn assert_no_errors(workspace: &mut Workspace, path: &str) {
    let is_error = |it: &FileDiagnostic| it.severity == Severity::Error;
    assert!(!workspace.diagnostics(path).iter().any(is_error), "the large schema is refused");
}

fn one_file(tables: usize) -> Workspace {
    let mut workspace = workspace();
    workspace.open("schema.orm", large::schema(tables));
    assert_no_errors(&mut workspace, "schema.orm");
    workspace
}

/// The schema in one file, as many queries in another, which is open.
fn with_queries(tables: usize) -> Workspace {
    let mut workspace = workspace();
    workspace.set_closed([("schema.orm".to_owned(), large::schema(tables))]);
    workspace.open("queries.orm", large::queries(tables));
    assert_no_errors(&mut workspace, "queries.orm");
    workspace
}

#[divan::bench(args = TABLES, max_time = 3)]
fn parse(bencher: Bencher<'_, '_>, tables: usize) {
    let text = large::schema(tables);
    bencher.bench_local(|| Source::parse(text.as_str()));
}

#[divan::bench(args = TABLES, max_time = 5)]
fn check(bencher: Bencher<'_, '_>, tables: usize) {
    let text = large::schema(tables);
    bencher.bench_local(|| {
        let mut workspace = workspace();
        workspace.set_closed([("schema.orm".to_owned(), text.clone())]);
        workspace.diagnostics("schema.orm")
    });
}

/// As many queries as tables.
#[divan::bench(args = TABLES, max_time = 5)]
fn check_with_queries(bencher: Bencher<'_, '_>, tables: usize) {
    let texts = [("schema.orm", large::schema(tables)), ("queries.orm", large::queries(tables))];
    bencher.bench_local(|| {
        let mut workspace = workspace();
        workspace.set_closed(texts.iter().map(|(path, text)| ((*path).to_owned(), text.clone())));
        (workspace.diagnostics("schema.orm"), workspace.diagnostics("queries.orm"))
    });
}

/// The SQL of a query with a relation, for one database.
#[divan::bench(args = Dialect::ALL)]
fn render_query(bencher: Bencher<'_, '_>, dialect: Dialect) {
    let mut workspace = with_queries(100);
    let (schema, queries) = (workspace.schema(), workspace.queries());
    let query = &queries["page_00011"];
    let targets = Targets::default();
    assert_no_errors(&mut workspace, "queries.orm");
    bencher.bench_local(|| orm_engine::query::render(query, &schema, &targets, dialect));
}

#[divan::bench(args = TABLES, max_time = 3)]
fn format(bencher: Bencher<'_, '_>, tables: usize) {
    let source = Source::parse(large::schema(tables));
    bencher.bench_local(|| orm_schema_lang::format::format(&source));
}

#[divan::bench(args = TABLES, max_time = 3)]
fn create_ddl(bencher: Bencher<'_, '_>, tables: usize) {
    let schema = one_file(tables).schema();
    let targets = Targets::default();
    bencher.bench_local(|| Dialect::ALL.map(|dialect| ddl::create(&schema, &targets, dialect)));
}

#[divan::bench(args = TABLES, max_time = 3)]
fn diff_one_column(bencher: Bencher<'_, '_>, tables: usize) {
    let before = one_file(tables).schema();
    let mut after = before.clone();
    if let Some(table) = after.tables.values_mut().last() {
        table.columns.pop();
    }
    bencher.bench_local(|| diff::diff(&before, &after));
}

/// A letter is typed into the name of a column in the middle, and taken back: both are keystrokes.
fn type_letters(bencher: Bencher<'_, '_>, workspace: Workspace, path: &str, tables: usize) {
    type_at(bencher, workspace, path, &format!("table table_{:05}", tables / 2), "metadata");
}

/// A letter is typed before the first `word` behind `start`, and taken back.
fn type_at(bencher: Bencher<'_, '_>, mut workspace: Workspace, path: &str, start: &str, word: &str) {
    let text = workspace.source(path).expect("the file is there").text().clone();
    let start = text.find(start).expect("the declaration is there");
    let at = start + text[start..].find(word).expect("its word");
    let mut typed = false;
    bencher.bench_local(|| {
        match typed {
            false => workspace.edit(path, at..at, "x"),
            true => workspace.edit(path, at..at + 1, ""),
        }
        typed = !typed;
        workspace.findings(path).len()
    });
}

#[divan::bench(args = TABLES, max_time = 3)]
fn keystroke_in_one_file(bencher: Bencher<'_, '_>, tables: usize) {
    type_letters(bencher, one_file(tables), "schema.orm", tables);
}

#[divan::bench(args = TABLES, max_time = 3)]
fn keystroke_over_files(bencher: Bencher<'_, '_>, tables: usize) {
    let mut workspace = workspace();
    workspace.set_closed(large::files(tables));
    let path = format!("table_{:05}.orm", tables / 2);
    let text = workspace.source(&path).expect("the file is there").text().clone();
    workspace.open(&path, text);
    assert_no_errors(&mut workspace, &path);
    type_letters(bencher, workspace, &path, tables);
}

#[divan::bench(args = TABLES, max_time = 3)]
fn keystroke_in_query(bencher: Bencher<'_, '_>, tables: usize) {
    type_at(bencher, with_queries(tables), "queries.orm", "query list_00004", "created_at");
}

/// No edit comes in between.
const UNDISTURBED: &str = "nobody edits meanwhile";

/// An editor of a schema whose migration made all but one column.
fn migrated(tables: usize) -> AnalysisHost {
    let mut host = AnalysisHost::new(Targets::default(), Default::default());
    host.workspace_mut().open("schema.orm", large::schema(tables));
    let schema = host.workspace().schema();
    let now = Utc.with_ymd_and_hms(2026, 1, 1, 0, 0, 0).single().expect("a time");
    let targets = Targets::default();
    let request =
        Request { schema: &schema, targets: &targets, title: "a", accept_data_loss: false, empty: false, now };
    let Ok(Creation::New(created)) = create(&Migrations::default(), &request) else { panic!("nothing to migrate") };
    host.set_migrations(vec![MigrationFile { name: created.name.file_name(), content: created.text.into_bytes() }]);
    host
}

/// Types a letter of the name of a column into the last table.
fn press(host: &mut AnalysisHost, is_pressed: bool) {
    let text = host.workspace().source("schema.orm").expect("the file is there").text().clone();
    let end = text.rfind('}').expect("a table ends the text");
    let line = "  typed  text?\n";
    match is_pressed {
        true => host.workspace_mut().edit("schema.orm", end..end, line),
        false => host.workspace_mut().edit("schema.orm", end - line.len()..end, ""),
    }
}

/// A keystroke, the lenses of the file, and what those of the migration say.
#[divan::bench(args = TABLES, max_time = 3)]
fn migration_lenses(bencher: Bencher<'_, '_>, tables: usize) {
    let mut host = migrated(tables);
    let mut is_pressed = false;
    assert_eq!(host.analysis().migration_lenses("schema.orm").expect(UNDISTURBED), []);
    bencher.bench_local(|| {
        is_pressed = !is_pressed;
        press(&mut host, is_pressed);
        let analysis = host.analysis();
        let lenses = analysis.migration_lenses("schema.orm").expect(UNDISTURBED);
        assert_eq!(lenses.len(), if is_pressed { 2 } else { 0 });
        let last = lenses.last().and_then(|it| analysis.migration_view("schema.orm", &it.part).expect(UNDISTURBED));
        last.map(|it| it.title())
    });
}

/// The same without what they say: what `codeLens` answers at once.
#[divan::bench(args = TABLES, max_time = 3)]
fn migration_lens_places(bencher: Bencher<'_, '_>, tables: usize) {
    let mut host = migrated(tables);
    let mut is_pressed = false;
    bencher.bench_local(|| {
        is_pressed = !is_pressed;
        press(&mut host, is_pressed);
        host.analysis().migration_lenses("schema.orm").expect(UNDISTURBED).len()
    });
}

/// The lens of a project without migrations: its whole DDL.
#[divan::bench(args = TABLES, max_time = 3)]
fn first_migration(bencher: Bencher<'_, '_>, tables: usize) {
    let mut host = AnalysisHost::new(Targets::default(), Default::default());
    host.workspace_mut().open("schema.orm", large::schema(tables));
    let mut is_pressed = false;
    bencher.bench_local(|| {
        is_pressed = !is_pressed;
        press(&mut host, is_pressed);
        host.analysis().migration_view("schema.orm", &MigrationPart::Whole).expect(UNDISTURBED).map(|it| it.title())
    });
}

/// A keystroke and the DDL of the whole project in both dialects, as the panel asks for it.
#[divan::bench(args = TABLES, max_time = 3)]
fn preview_ddl(bencher: Bencher<'_, '_>, tables: usize) {
    let mut host = migrated(tables);
    let mut is_pressed = false;
    bencher.bench_local(|| {
        is_pressed = !is_pressed;
        press(&mut host, is_pressed);
        host.analysis().project_ddl().expect(UNDISTURBED).previews(None).len()
    });
}
