//! A project in a folder, and runs of `orm` in it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use orm_testkit::databases::TestDatabase;

/// A folder with a schema.
pub(crate) struct Project(tempfile::TempDir);

/// What a run said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    pub(crate) fn new(schema: &str) -> Self {
        let project = Project(tempfile::tempdir().unwrap());
        project.write("app.orm", schema);
        project
    }

    /// A copy of the files in `folder`, without what `orm` made there for itself.
    pub(crate) fn copy_of(folder: &Path) -> Self {
        let project = Project(tempfile::tempdir().unwrap());
        copy(folder, project.0.path());
        project
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.0.path().join(file), text).unwrap();
    }

    /// The files of migrations, by name.
    pub(crate) fn migrations(&self) -> Vec<PathBuf> {
        let folder = self.0.path().join("orm-migrations");
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
        files.sort();
        files
    }

    /// `orm` in this project, told nothing by the tester's own environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        let variables =
            ["DATABASE_URL", "DB_DIALECT", "SPANNER_PROJECT_ID", "SPANNER_INSTANCE_ID", "SPANNER_DATABASE_ID"];
        for variable in variables.iter().chain(&["SPANNER_EMULATOR_HOST", "CLICOLOR_FORCE"]) {
            command.env_remove(variable);
        }
        command
    }

    /// `orm` in this project with a database.
    pub(crate) fn command_on(&self, database: &TestDatabase, arguments: &[&str]) -> Command {
        let mut command = self.command(arguments);
        command.arg("--url").arg(database.url_text()).envs(database.environment());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn orm(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    pub(crate) fn orm_on(&self, database: &TestDatabase, arguments: &[&str]) -> Run {
        Run::of(self.command_on(database, arguments).output().unwrap())
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap).filter(|it| it.file_name() != ".orm") {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            copy(&source, &target);
        } else {
            fs::copy(&source, &target).unwrap();
        }
    }
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Asserts the exit code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// The program of this build, which lies beside the folder of the tests.
pub(crate) fn program() -> PathBuf {
    let test = env::current_exe().unwrap();
    let folder = test.parent().and_then(Path::parent).expect("tests run from target/PROFILE/deps");
    let program = folder.join(format!("orm{}", env::consts::EXE_SUFFIX));
    assert!(
        program.is_file(),
        "{} is not built: run `cargo build -p orm-cli`, or `cargo xtask test`",
        program.display()
    );
    program
}
