//! Folders to run `orm` in, and what a run said.

use std::fmt;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A folder of its own for one test.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    /// A folder with this schema in `app.orm`.
    pub(crate) fn with_schema(schema: &str) -> Self {
        let folder = Folder::new();
        folder.write("app.orm", schema);
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders that it needs.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.path().join(name).exists()
    }

    /// The command, ready to run here, without what the tester's own environment says about databases and colours.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orm"));
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        for variable in [
            "DATABASE_URL",
            "DB_DIALECT",
            "SPANNER_PROJECT_ID",
            "SPANNER_INSTANCE_ID",
            "SPANNER_DATABASE_ID",
            "SPANNER_EMULATOR_HOST",
            "NO_COLOR",
            "CLICOLOR",
            "CLICOLOR_FORCE",
            "CI",
        ] {
            command.env_remove(variable);
        }
        command
    }

    /// Runs `orm` here.
    pub(crate) fn orm(&self, arguments: &[&str]) -> Run {
        self.run(&mut self.command(arguments))
    }

    /// Runs the command; the folder's name in what it says becomes `[DIR]`.
    pub(crate) fn run(&self, command: &mut Command) -> Run {
        Run::new(&command.output().unwrap(), self.path())
    }
}

/// What a run said. Its text shows the exit code, standard output and standard error.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: &Output, folder: &Path) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&folder.display().to_string(), "[DIR]");
        Run { code: output.status.code().unwrap_or(-1), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exit {}\n--- stdout\n{}--- stderr\n{}", self.code, self.stdout, self.stderr)
    }
}
