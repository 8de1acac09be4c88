//! What `orm.toml` says, and what holds without it.
//!
//! Each section has its file. A key that nobody reads is an error, with the place and the key that was likely meant:
//! a setting with a slip in its name must not be a setting that silently does nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use orm_model::Targets;

use crate::error::ConfigError;

mod databases;
mod lint;
mod reader;
mod targets;

pub use databases::UrlSetting;
pub use lint::{LintLevel, LintSetting};
use reader::{Document, Section};

/// The settings of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `[schema] files`: globs of the schema files, relative to the project's folder.
    pub schema_files: Vec<String>,
    /// `[targets]`: the databases that the schema must fit.
    pub targets: Targets,
    /// `[migrations] dir`, relative to the project's folder.
    pub migrations_dir: PathBuf,
    /// `[database.NAME] url` by name.
    pub databases: BTreeMap<String, UrlSetting>,
    /// `[generate.rust] out`, relative to the project's folder.
    pub generate_rust: Option<PathBuf>,
    /// `[lint]`: the severity of diagnostics by code.
    pub lints: Vec<LintSetting>,
}

impl Default for Config {
    /// What holds without `orm.toml`: every `*.orm` file, both databases, `orm-migrations`.
    fn default() -> Self {
        Config {
            schema_files: vec!["**/*.orm".to_owned()],
            targets: Targets::default(),
            migrations_dir: PathBuf::from("orm-migrations"),
            databases: BTreeMap::new(),
            generate_rust: None,
            lints: Vec::new(),
        }
    }
}

impl Config {
    /// Reads the text of an `orm.toml`; `path` is for messages.
    pub fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        let document = Document::new(path, text);
        let table = document.parse()?;
        let root = Section::root(&document, table.get_ref());
        root.allow(&["schema", "targets", "migrations", "database", "generate", "lint"])?;
        let defaults = Config::default();
        Ok(Config {
            schema_files: schema_files(&root)?.unwrap_or(defaults.schema_files),
            targets: targets::read(&root)?.unwrap_or(defaults.targets),
            migrations_dir: path_in(&root, "migrations", "dir")?.unwrap_or(defaults.migrations_dir),
            databases: databases::read(&root)?,
            generate_rust: generate_rust(&root)?,
            lints: lint::read(&root)?,
        })
    }
}

fn schema_files(root: &Section<'_>) -> Result<Option<Vec<String>>, ConfigError> {
    let Some(section) = root.section("schema")? else { return Ok(None) };
    section.allow(&["files"])?;
    let Some(globs) = section.strings("files")? else { return Ok(None) };
    if globs.is_empty() {
        return Err(section.error_at("files", "`files` names no files").with_help(GLOB_HELP));
    }
    for glob in &globs {
        check_glob(glob.text)
            .map_err(|problem| section.document().error(glob.range.clone(), problem).with_help(GLOB_HELP))?;
    }
    Ok(Some(globs.into_iter().map(|glob| glob.text.to_owned()).collect()))
}

const GLOB_HELP: &str = "write globs relative to the folder of orm.toml, such as `files = [\"schema/**/*.orm\"]`";

fn check_glob(glob: &str) -> Result<(), String> {
    if Path::new(glob).is_absolute() || glob.split('/').any(|part| part == "..") {
        return Err(format!("`{glob}` leaves the folder of the project"));
    }
    crate::files::compile(glob).map(drop).map_err(|error| format!("`{glob}` is no glob: {}", error.kind()))
}

fn path_in(root: &Section<'_>, section: &'static str, key: &'static str) -> Result<Option<PathBuf>, ConfigError> {
    let Some(section) = root.section(section)? else { return Ok(None) };
    section.allow(&[key])?;
    let Some(path) = section.string(key)? else { return Ok(None) };
    if path.text.is_empty() {
        return Err(section
            .error_at(key, format!("`{key}` is empty"))
            .with_help("name a folder, or leave the line out"));
    }
    Ok(Some(PathBuf::from(path.text)))
}

fn generate_rust(root: &Section<'_>) -> Result<Option<PathBuf>, ConfigError> {
    let Some(generate) = root.section("generate")? else { return Ok(None) };
    generate.allow(&["rust"])?;
    path_in(&generate, "rust", "out")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Config {
        Config::parse(Path::new("orm.toml"), text).unwrap()
    }

    #[track_caller]
    fn refuses(text: &str, message: &str, help: &str) {
        let error = Config::parse(Path::new("orm.toml"), text).unwrap_err();
        assert_eq!((error.to_string().as_str(), error.help().unwrap_or_default()), (message, help));
    }

    #[test]
    fn an_empty_file_says_nothing() {
        assert_eq!(parse(""), Config::default());
    }

    #[test]
    fn every_section_is_read() {
        let config = parse(
            r#"
            [schema]
            files = ["schema/*.orm", "more.orm"]
            [migrations]
            dir = "db/migrations"
            [generate.rust]
            out = "src/db"
            "#,
        );
        assert_eq!(config.schema_files, ["schema/*.orm", "more.orm"]);
        assert_eq!(config.migrations_dir, Path::new("db/migrations"));
        assert_eq!(config.generate_rust.as_deref(), Some(Path::new("src/db")));
    }

    #[test]
    fn one_glob_needs_no_list() {
        assert_eq!(parse("schema.files = 'a.orm'").schema_files, ["a.orm"]);
    }

    #[test]
    fn unknown_keys_are_named_with_the_likely_one() {
        refuses("[shcema]", "orm.toml:1:2: unknown key `shcema`", "did you mean `schema`?");
        refuses("[schema]\nfile = 'a'", "orm.toml:2:1: unknown key `file` in `schema`", "did you mean `files`?");
        refuses(
            "[generate.java]\nout = 'x'",
            "orm.toml:1:11: unknown key `java` in `generate`",
            "`generate` has the key `rust`",
        );
    }

    #[test]
    fn values_of_another_type_are_refused() {
        refuses(
            "[schema]\nfiles = 3",
            "orm.toml:2:9: `files` is an integer, but must be a string or a list of strings",
            "",
        );
        refuses("schema = 'x'", "orm.toml:1:10: `schema` is a string, but must be a table", "write it as `[schema]`");
        refuses("[migrations]\ndir = true", "orm.toml:2:7: `dir` is a boolean, but must be a string", "");
        refuses("[migrations]\ndir = ''", "orm.toml:2:7: `dir` is empty", "name a folder, or leave the line out");
    }

    #[test]
    fn broken_toml_has_a_place() {
        let error = Config::parse(Path::new("orm.toml"), "[schema]\nfiles = [").unwrap_err();
        assert_eq!(error.location().map(|it| it.line), Some(2));
        assert!(error.to_string().starts_with("orm.toml:2:"), "{error}");
    }

    #[test]
    fn globs_that_cannot_work_are_refused() {
        refuses(
            "schema.files = '../x/*.orm'",
            "orm.toml:1:16: `../x/*.orm` leaves the folder of the project",
            GLOB_HELP,
        );
        refuses(
            "schema.files = '[a'",
            "orm.toml:1:16: `[a` is no glob: unclosed character class; missing ']'",
            GLOB_HELP,
        );
        refuses("schema.files = []", "orm.toml:1:16: `files` names no files", GLOB_HELP);
    }
}
