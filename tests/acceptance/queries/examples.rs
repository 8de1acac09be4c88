//! The queries of the projects under `examples`, on every database: `tests/queries/examples/NAME.json` lists what is run, in
//! order, from an empty database, and `NAME.txt` the answers.

use std::{fs, path::Path};

use orm_driver::DdlBatch;
use orm_engine::ddl;
use orm_model::{Schema, Targets, query::Query};
use orm_project::Project;
use orm_schema_lang::{Workspace, diagnostics::Severities};
use orm_testkit::databases::{self, TestDatabase};
use serde_json::Value;

use super::{
    answer,
    case::{Step, folder, golden},
};
use crate::database::block_on;

/// An example and what is run of it.
struct Example {
    name: String,
    schema: Schema,
    steps: Vec<Step>,
}

#[test]
fn queries_of_examples_answer_alike_in_every_database() {
    let mut wrong = Vec::new();
    for example in examples() {
        let databases = databases::all();
        if databases.len() < 3 {
            return;
        }
        let answers: Vec<_> = databases.iter().map(|it| block_on(answers(it, &example))).collect();
        for (database, other) in databases.iter().zip(&answers).skip(1) {
            let pairs = answers[0].iter().zip(other).filter(|(one, two)| one != two);
            wrong.extend(pairs.map(|(one, two)| format!("{}:\n{one}\n{} {two}", example.name, database.url())));
        }
        wrong.extend(golden(&format!("examples/{}.txt", example.name), &answers[0].join("\n")));
    }
    assert!(wrong.is_empty(), "{}\nIf that is right: UPDATE_GOLDEN=1, and read the files.", wrong.join("\n"));
}

fn examples() -> Vec<Example> {
    let parent = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut names: Vec<_> = fs::read_dir(&parent).unwrap().map(|it| it.unwrap().file_name()).collect();
    names.sort();
    names.iter().map(|it| Example::read(&parent, &it.to_string_lossy())).collect()
}

impl Example {
    fn read(parent: &Path, name: &str) -> Self {
        let project = Project::open(&parent.join(name)).unwrap();
        let mut workspace = Workspace::new(Targets::default(), Severities::default());
        let files = project.schema_files().unwrap().into_iter();
        workspace.set_closed(files.map(|it| (it.path.display().to_string(), fs::read_to_string(&it.path).unwrap())));
        let queries = workspace.queries();
        let text = fs::read_to_string(folder().join(format!("examples/{name}.json"))).unwrap();
        let steps: Vec<(String, Value)> = serde_json::from_str(&text).unwrap();
        let never: Vec<_> = queries.keys().filter(|it| !steps.iter().any(|(name, _)| name == *it)).collect();
        assert!(never.is_empty(), "{name}: {never:?} are never run");
        let step = |(name, values): (String, Value)| {
            let query: Query = queries.get(&name).unwrap_or_else(|| panic!("`{name}` is no query")).clone();
            Step { query, values }
        };
        Example { name: name.to_owned(), schema: workspace.schema(), steps: steps.into_iter().map(step).collect() }
    }
}

async fn answers(database: &TestDatabase, example: &Example) -> Vec<String> {
    let mut connection = database.connect().await.unwrap();
    let targets = Targets::default();
    let plan = ddl::plan(&example.schema, &targets, connection.dialect());
    let statements = plan.statements.iter().map(|it| it.sql.as_str());
    connection.apply_ddl(&DdlBatch::new(statements), &mut |_| {}).await.unwrap();
    let mut answers = Vec::new();
    for step in &example.steps {
        answers.push(answer(&mut *connection, step, &example.schema, &targets).await);
    }
    connection.close().await.unwrap();
    answers
}
