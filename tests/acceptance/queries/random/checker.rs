//! A schema, and `orm check` of queries beside it.

use std::collections::BTreeMap;

use orm_engine::query::{Argument, Arguments, argument};
use orm_model::{Targets, query::Query};
use orm_schema_lang::{Rule, Severity, Workspace, diagnostics::Severities};
use orm_testkit::generator::query::{Drawn, Ground, Sample};

use super::{FIXED, QUERIES};

/// Rules that say that databases differ for some values, and no SQL makes them equal.
const DECLARED: [&str; 3] = ["PORT020", "PORT021", "PORT023"];

/// `orm check` of a query beside the schema, which stays.
pub(super) struct Checker {
    workspace: Workspace,
    pub(super) stage: Stage,
}

/// A schema and its rows.
pub(super) struct Stage {
    /// The schema as text.
    pub(super) text: String,
    pub(super) ground: Ground,
    /// What reads each of its tables.
    pub(super) contents: Vec<Query>,
}

/// A query that was accepted, and what it is given.
pub(super) struct Run {
    pub(super) query: Query,
    pub(super) arguments: Arguments,
    pub(super) values: BTreeMap<String, serde_json::Value>,
    /// The rules that say where databases differ in it.
    pub(super) declared: Vec<&'static str>,
}

/// An error of a query.
#[derive(Debug)]
pub(super) struct Rejection {
    pub(super) rule: &'static Rule,
    pub(super) message: String,
}

impl Checker {
    /// With the schema of the seed.
    pub(super) fn of_seed(seed: u64) -> Self {
        let block = seed / QUERIES;
        let sample = if block.is_multiple_of(FIXED) { Sample::fixed() } else { Sample::random(block) };
        let mut workspace = Workspace::new(Targets::default(), Severities::default());
        let text = sample.text.clone();
        workspace.set_closed([("schema.orm".to_owned(), text.clone())]);
        let schema = workspace.schema();
        workspace.set_closed([("contents.orm".to_owned(), Sample::contents(&schema))]);
        for path in ["schema.orm", "contents.orm"] {
            let errors: Vec<_> = errors(&workspace, path).into_iter().map(|it| it.message).collect();
            assert!(errors.is_empty(), "ORM_QUERY_SEED={seed}\n{text}{}", errors.join("\n"));
        }
        let contents = workspace.queries().into_values().collect();
        Checker { workspace, stage: Stage { text, ground: sample.ground(schema, block), contents } }
    }

    /// The query, or its errors.
    pub(super) fn check(&mut self, drawn: &Drawn) -> Result<Run, Vec<Rejection>> {
        self.workspace.set_closed([("query.orm".to_owned(), drawn.text("q"))]);
        let errors = errors(&self.workspace, "query.orm");
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(self.run(drawn).expect("it was accepted"))
    }

    /// The query that was checked last, if one was made of it in spite of its errors.
    pub(super) fn run(&self, drawn: &Drawn) -> Option<Run> {
        let findings = self.workspace.diagnostics("query.orm");
        let declared = findings.iter().map(|it| it.rule.code).filter(|it| DECLARED.contains(it)).collect();
        let query = self.workspace.queries().get("q")?.clone();
        let values = drawn.values();
        let given = values.iter().map(|(name, it)| (name.clone(), Argument::Json(it.clone()))).collect();
        let arguments = argument::read(&query, &self.stage.ground.schema, &given);
        let arguments = arguments.unwrap_or_else(|error| panic!("{error}\n{}", drawn.text("q")));
        Some(Run { query, arguments, values, declared })
    }

    /// The query for these databases alone, if it is accepted there.
    pub(super) fn run_for(&self, drawn: &Drawn, targets: Targets) -> Option<Run> {
        let mut workspace = Workspace::new(targets, Severities::default());
        let files = [("schema.orm", self.stage.text.clone()), ("query.orm", drawn.text("q"))];
        workspace.set_closed(files.map(|(path, text)| (path.to_owned(), text)));
        if !errors(&workspace, "query.orm").is_empty() {
            return None;
        }
        let stage = Stage { text: String::new(), ground: self.stage.ground.clone(), contents: Vec::new() };
        Checker { workspace, stage }.run(drawn)
    }
}

fn errors(workspace: &Workspace, path: &str) -> Vec<Rejection> {
    let findings = workspace.diagnostics(path).into_iter().filter(|it| it.severity == Severity::Error);
    findings.map(|it| Rejection { rule: it.rule, message: format!("{} {}", it.rule.code, it.message) }).collect()
}
