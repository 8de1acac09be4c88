//! What the tests of the features share.

use orm_model::Targets;
use orm_testkit::fixture::Fixture;

use crate::{Analysis, AnalysisHost, Severities};

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
