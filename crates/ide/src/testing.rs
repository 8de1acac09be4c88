//! What the tests of the features share.

use orm_engine::migrate::{
    Migrations,
    create::{Creation, Request, create},
};
use orm_model::{Schema, Targets};
use orm_testkit::fixture::Fixture;

use crate::{Analysis, AnalysisHost, MigrationFile, Severities};

/// A project with these files, all of them open.
pub(crate) fn host(files: &[(&str, &str)]) -> AnalysisHost {
    let mut host = AnalysisHost::new(Targets::default(), Severities::new());
    for (path, text) in files {
        host.workspace_mut().open(path, *text);
    }
    host
}

/// The project that a fixture writes.
#[track_caller]
pub(crate) fn analysis(fixture: &str) -> (Analysis, Fixture) {
    let fixture = Fixture::parse(fixture);
    let files: Vec<_> = fixture.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    (host(&files).analysis(), fixture)
}

/// The first migration, which makes a schema.
#[track_caller]
pub(crate) fn migration(schema: &Schema) -> MigrationFile {
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    let targets = &Targets::default();
    let request = Request { schema, targets, title: "first", accept_data_loss: false, empty: false, now };
    let Ok(Creation::New(made)) = create(&Migrations::default(), &request) else { panic!("there is a migration") };
    MigrationFile { name: made.name.file_name(), content: made.text.into_bytes() }
}
