//! Hovers say what `orm ddl` and `orm sql` print, held to the examples and to random schemas.

use std::collections::{BTreeMap, BTreeSet};

use orm_engine::{
    ddl,
    query::{Given, render},
};
use orm_model::{Dialect, Schema, Targets, query::Query};
use orm_testkit::{generator, repository};
use proptest::prelude::*;

use crate::{Analysis, AnalysisHost, Severities};

/// A project whose hovers are looked at.
struct Project {
    files: Vec<(String, String)>,
    targets: Targets,
    analysis: Analysis,
    schema: Schema,
    queries: BTreeMap<String, Query>,
}

impl Project {
    fn new(files: Vec<(String, String)>, targets: &Targets) -> Self {
        let mut host = AnalysisHost::new(targets.clone(), Severities::new());
        for (path, text) in &files {
            host.workspace_mut().open(path, text.as_str());
        }
        let (schema, queries) = (host.workspace_mut().schema(), host.workspace_mut().queries());
        Project { files, targets: targets.clone(), analysis: host.analysis(), schema, queries }
    }

    /// The hovers at these places of each file.
    fn hovers(&self, places: fn(&str) -> Vec<usize>) -> impl Iterator<Item = (&str, usize, String)> {
        self.files.iter().flat_map(move |(path, text)| {
            let hover = |offset| Some((path.as_str(), offset, self.analysis.hover(path, offset).unwrap()?.markdown));
            places(text).into_iter().filter_map(hover)
        })
    }

    /// What a hover of a declaration says otherwise than the commands; how many hovers say the same.
    fn compare_declarations(&self) -> Result<usize, String> {
        let mut compared = 0;
        for dialect in self.targets.dialects() {
            let all = ddl::create(&self.schema, &self.targets, dialect);
            let whole = ddl::text(&all);
            for (path, offset, markdown) in self.hovers(names).filter(|(_, _, it)| !it.starts_with("```orm\nmixin ")) {
                let shown = sql(&markdown, dialect);
                if let Some(query) = self.query(&markdown) {
                    let text = query_text(query, &self.schema, &self.targets, dialect);
                    if shown != text.unwrap_or_default() {
                        return Err(format!("{dialect}: {markdown}"));
                    }
                    compared += 1;
                    continue;
                }
                if let Some(other) = shown.split("\n\n").find(|it| !whole.contains(it)) {
                    return Err(format!("{dialect}: `orm ddl` does not print\n{other}\n\n{whole}"));
                }
                // Nothing is left out.
                let place = self.analysis.ddl_place(path, offset).unwrap();
                let Some(object) = place.and_then(|it| it.object(&self.schema, dialect)) else { continue };
                let about = all.iter().filter(|it| it.about.as_ref().is_some_and(|it| it.object == object));
                for statement in about {
                    compared += 1;
                    if !shown.contains(&statement.sql) {
                        return Err(format!("{dialect}: {markdown}\n\nlacks {}", statement.sql));
                    }
                }
            }
        }
        Ok(compared)
    }

    /// What the hover of a column says otherwise than `orm ddl`; how many say the same.
    fn compare_columns(&self) -> Result<usize, String> {
        let mut compared = 0;
        for dialect in self.targets.dialects() {
            let whole = ddl::text(&ddl::create(&self.schema, &self.targets, dialect));
            let lines: BTreeSet<_> = whole.lines().map(|it| it.trim().trim_end_matches(',')).collect();
            for (_, _, markdown) in self.hovers(columns) {
                if let Some(other) = sql(&markdown, dialect).lines().find(|it| !lines.contains(it)) {
                    return Err(format!("{dialect}: `orm ddl` does not print\n{other}\n\n{whole}"));
                }
                compared += 1;
            }
        }
        Ok(compared)
    }

    /// The query that a hover is about.
    fn query(&self, markdown: &str) -> Option<&Query> {
        let heading = markdown.strip_prefix("```orm\n")?.lines().next()?;
        let rest = heading.strip_prefix("query ").or_else(|| heading.strip_prefix("mutation "))?;
        self.queries.get(rest.split(['(', ' ']).next()?)
    }
}

/// What `orm sql` prints of a query, without its comments.
fn query_text(query: &Query, schema: &Schema, targets: &Targets, dialect: Dialect) -> Option<String> {
    let rendered = render(query, schema, targets, dialect).ok()?;
    let statements = rendered.bind(orm_engine::dialect::of(dialect), &Given::default());
    Some(statements.iter().map(|it| format!("{};", it.sql)).collect::<Vec<_>>().join("\n\n"))
}

/// The SQL under the name of a database.
fn sql(markdown: &str, dialect: Dialect) -> &str {
    let head = format!("**{}**\n```sql\n", dialect.title());
    let Some((_, rest)) = markdown.split_once(&head) else { return "" };
    rest.split_once("\n```").map_or(rest, |(sql, _)| sql)
}

/// Where the declarations of a text are named.
fn names(text: &str) -> Vec<usize> {
    let keywords = ["table ", "enum ", "sequence ", "view ", "extension ", "mixin ", "query ", "mutation "];
    let mut found = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let keyword = keywords.into_iter().find(|it| line.starts_with(it));
        found.extend(keyword.map(|it| offset + it.len()));
        offset += line.len();
    }
    found
}

/// Where the columns of tables are named.
fn columns(text: &str) -> Vec<usize> {
    let (mut offset, mut in_table, mut found) = (0, false, Vec::new());
    for line in text.split_inclusive('\n') {
        let word = line.strip_prefix("  ").and_then(|it| it.split_once("  ")).map(|(word, _)| word);
        match line.as_bytes().first() {
            Some(b' ') if in_table && word.is_some_and(is_name) => found.push(offset + 2),
            Some(b' ' | b'\n' | b'/') | None => {}
            Some(_) => in_table = line.starts_with("table "),
        }
        offset += line.len();
    }
    found
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_')
}

#[test]
fn the_examples_show_what_the_commands_print() {
    let mut compared = [0, 0];
    for files in repository::examples() {
        let project = Project::new(files, &Targets::default());
        compared[0] += project.compare_declarations().unwrap();
        compared[1] += project.compare_columns().unwrap();
    }
    assert!(compared.iter().all(|it| *it > 50), "{compared:?}");
}

proptest! {
    #![proptest_config(orm_testkit::random::reproducible(48))]

    #[test]
    fn hovers_show_what_the_commands_print(pair in generator::pair()) {
        let project = Project::new(vec![("schema.orm".to_owned(), pair.after)], &pair.targets);
        let declarations = project.compare_declarations().map_err(TestCaseError::fail)?;
        let columns = project.compare_columns().map_err(TestCaseError::fail)?;
        prop_assert!(declarations > 0 && columns > 0);
    }
}
