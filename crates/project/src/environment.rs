//! The environment, with `.env` behind it.
//!
//! `.env` never overrides what the process was started with, and it is not put into the environment of the process:
//! changing that while threads run is undefined behaviour.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fmt, io};

use crate::error::{ConfigError, Location};
use crate::text::read_text;

/// The variables that a project sees.
///
/// `Debug` shows their names only, since values may be secret.
#[derive(Clone, Default)]
pub struct Environment {
    process: BTreeMap<OsString, OsString>,
    file: Option<EnvFile>,
}

#[derive(Clone)]
struct EnvFile {
    path: PathBuf,
    variables: BTreeMap<String, String>,
}

/// The value of a variable and who set it.
#[derive(Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Its value, which may be secret.
    pub value: String,
    /// Who set it.
    pub source: VariableSource,
}

/// Who set a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableSource {
    /// The environment of the process.
    Process,
    /// This `.env` file.
    File(PathBuf),
}

impl fmt::Display for VariableSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            VariableSource::Process => f.write_str("the environment"),
            // Its folder is the project's.
            VariableSource::File(path) => write!(f, "{}", path.file_name().unwrap_or_default().display()),
        }
    }
}

impl Environment {
    /// The environment of this process, with the `.env` of `folder` behind it if there is one.
    pub fn load(folder: &Path) -> Result<Self, ConfigError> {
        Ok(Environment { process: env::vars_os().collect(), file: EnvFile::load(&folder.join(".env"))? })
    }

    /// An environment of exactly these variables.
    pub fn of<const N: usize>(variables: [(&str, &str); N]) -> Self {
        let process = variables.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Environment { process, file: None }
    }

    /// The variable; an empty one counts as not set, as `NAME=` is how a shell switches one off.
    pub fn get(&self, name: &str) -> Result<Option<Variable>, ConfigError> {
        let variable = |value: String, source| Variable { name: name.to_owned(), value, source };
        if let Some(value) = self.process.get(OsString::from(name).as_os_str()) {
            let value = value.clone().into_string().map_err(|_| not_unicode(name))?;
            return Ok(Some(variable(value, VariableSource::Process)).filter(|it| !it.value.is_empty()));
        }
        Ok(self.file.as_ref().and_then(|file| {
            let value = file.variables.get(name).filter(|value| !value.is_empty())?;
            Some(variable(value.clone(), VariableSource::File(file.path.clone())))
        }))
    }
}

fn not_unicode(name: &str) -> ConfigError {
    ConfigError::new(format!("the environment variable {name} is not Unicode text"))
        .with_help(format!("set {name} to UTF-8 text, or unset it"))
}

impl EnvFile {
    fn load(path: &Path) -> Result<Option<Self>, ConfigError> {
        let text = match read_text(path) {
            Ok(text) => text.text,
            Err(error) if is_missing(&error.problem) => return Ok(None),
            Err(error) => return Err(ConfigError::new(error.to_string()).with_help(error.problem.help())),
        };
        Ok(Some(EnvFile { path: path.to_owned(), variables: parse(path, &text)? }))
    }
}

fn is_missing(problem: &crate::text::ReadProblem) -> bool {
    matches!(problem, crate::text::ReadProblem::Io(error) if error.kind() == io::ErrorKind::NotFound)
}

/// As in a shell, the last of two lines for one variable wins.
fn parse(path: &Path, text: &str) -> Result<BTreeMap<String, String>, ConfigError> {
    dotenvy::from_read_iter(text.as_bytes()).collect::<Result<_, _>>().map_err(|error| bad_line(path, text, &error))
}

/// The line is named by its number: its text may be a secret.
fn bad_line(path: &Path, text: &str, error: &dotenvy::Error) -> ConfigError {
    let bad = match error {
        dotenvy::Error::LineParse(line, _) => line.trim(),
        _ => "",
    };
    let start = text.find(bad).unwrap_or_default();
    ConfigError::new("this is no line of a .env file")
        .at(Location::new(path, text, start..start + bad.len()))
        .with_help("write NAME=value, one a line, with quotes around a value that holds blanks or `#`")
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.iter().flat_map(|file| file.variables.keys());
        f.debug_set().entries(self.process.keys()).entries(file).finish()
    }
}

impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variable").field("name", &self.name).field("source", &self.source).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_file(process: &[(&str, &str)], text: &str) -> Environment {
        let path = PathBuf::from(".env");
        let variables = parse(&path, text).unwrap();
        let process = process.iter().map(|(name, value)| (name.into(), value.into())).collect();
        Environment { process, file: Some(EnvFile { path, variables }) }
    }

    fn value(environment: &Environment, name: &str) -> Option<String> {
        environment.get(name).unwrap().map(|it| format!("{} of {}", it.value, it.source))
    }

    #[test]
    fn the_file_stands_behind_the_environment() {
        let environment = with_file(&[("A", "process"), ("OFF", "")], "A=file\nexport B='two words'\nOFF=on\nEMPTY=\n");
        assert_eq!(value(&environment, "A").as_deref(), Some("process of the environment"));
        assert_eq!(value(&environment, "B").as_deref(), Some("two words of .env"));
        assert_eq!(value(&environment, "OFF"), None, "an empty variable of the process switches the file's off");
        assert_eq!(value(&environment, "EMPTY"), None);
        assert_eq!(value(&environment, "NONE"), None);
    }

    #[test]
    fn a_bad_line_is_named_without_its_text() {
        let error = parse(Path::new(".env"), "A=1\nPASSWORD hunter2\n").unwrap_err();
        assert_eq!(error.to_string(), ".env:2:1: this is no line of a .env file");
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn no_file_is_no_error_and_the_process_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Environment::load(folder.path()).is_ok());
        std::fs::write(folder.path().join(".env"), "ORM_PROJECT_TEST=1").unwrap();
        let environment = Environment::load(folder.path()).unwrap();
        assert!(environment.get("ORM_PROJECT_TEST").unwrap().is_some());
        assert_eq!(env::var_os("ORM_PROJECT_TEST"), None);
    }

    #[test]
    fn debug_shows_no_values() {
        let environment = with_file(&[("A", "secret1")], "B=secret2");
        let variable = environment.get("A").unwrap();
        assert!(!format!("{environment:?} {variable:?}").contains("secret"));
    }

    #[cfg(unix)]
    #[test]
    fn a_value_that_is_no_text_is_an_error() {
        use std::os::unix::ffi::OsStringExt;
        let process = [("A".into(), OsString::from_vec(vec![0xFF]))].into();
        let environment = Environment { process, file: None };
        assert!(environment.get("A").unwrap_err().to_string().contains("variable A is not Unicode"));
    }
}
