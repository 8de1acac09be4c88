//! Which database a command works on, and who said so.
//!
//! The first that speaks wins: `--url`, `--database NAME`, the environment (`.env` included), `orm.toml`, and last the
//! embedded database of the project. Two voices of equal rank that contradict each other are an error, because a
//! migration in the wrong database is worse than none.

use std::fmt;
use std::path::Path;

use orm_driver::DatabaseUrl;

use crate::config::UrlSetting;
use crate::environment::Variable;
use crate::error::ConfigError;
use crate::project::Project;
use crate::suggestion::closest;

mod variables;

/// What the caller asks for.
#[derive(Debug, Clone, Copy, Default)]
pub struct DatabaseRequest<'a> {
    /// `--url`: the URL itself.
    pub url: Option<&'a str>,
    /// `--database`: the NAME of a `[database.NAME]`.
    pub name: Option<&'a str>,
}

/// The database that is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseChoice {
    /// Where it is. The folder of an embedded one is relative to the current folder.
    pub url: DatabaseUrl,
    /// Who said so.
    pub origin: DatabaseOrigin,
}

/// Who named a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseOrigin {
    /// `--url`.
    Argument,
    /// A variable, as `DATABASE_URL in the environment`.
    Variables(String),
    /// `[database.NAME]` of `orm.toml`.
    Setting(String),
    /// Nobody: it is the embedded database of the project.
    Default,
}

impl fmt::Display for DatabaseOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DatabaseOrigin::Argument => f.write_str("--url"),
            DatabaseOrigin::Variables(who) => f.write_str(who),
            DatabaseOrigin::Setting(name) => write!(f, "[database.{name}] of orm.toml"),
            DatabaseOrigin::Default => f.write_str("the project's embedded database"),
        }
    }
}

impl Project {
    /// The database that `request` means in this project.
    pub fn database(&self, request: DatabaseRequest<'_>) -> Result<DatabaseChoice, ConfigError> {
        if let Some(url) = request.url {
            return Ok(choice(parse(url, "--url")?, DatabaseOrigin::Argument, &self.root));
        }
        if let Some(name) = request.name {
            return self.named(name);
        }
        if let Some((url, who)) = variables::read(&self.environment)? {
            return Ok(choice(url, DatabaseOrigin::Variables(who), &self.root));
        }
        match self.default_name()? {
            Some(name) => self.named(name),
            None => {
                let url = DatabaseUrl::pglite(self.embedded_database_dir());
                Ok(DatabaseChoice { url, origin: DatabaseOrigin::Default })
            }
        }
    }

    fn named(&self, name: &str) -> Result<DatabaseChoice, ConfigError> {
        let setting = self.config.databases.get(name).ok_or_else(|| self.unknown_name(name))?;
        let origin = DatabaseOrigin::Setting(name.to_owned());
        match setting {
            UrlSetting::Url(url) => Ok(choice(url.clone(), origin, &self.root)),
            UrlSetting::Variable { name: variable, location } => {
                let Some(found) = self.environment.get(variable)? else {
                    let error = ConfigError::new(format!(
                        "the database `{name}` needs the variable {variable}, which is not set"
                    ));
                    return Err(error
                        .at(location.clone())
                        .with_help(format!("set {variable} in the environment or in .env")));
                };
                Ok(choice(parse_variable(&found)?, origin, &self.root))
            }
        }
    }

    /// The database that `orm.toml` means when nobody names one: `default`, or the only one.
    fn default_name(&self) -> Result<Option<&str>, ConfigError> {
        let mut names = self.config.databases.keys().map(String::as_str);
        match (self.config.databases.contains_key("default"), self.config.databases.len()) {
            (true, _) => Ok(Some("default")),
            (false, 0 | 1) => Ok(names.next()),
            (false, _) => Err(ConfigError::new("orm.toml names several databases, and none is called `default`")
                .with_help(format!("choose one with `--database NAME`: {}", names.collect::<Vec<_>>().join(", ")))),
        }
    }

    fn unknown_name(&self, name: &str) -> ConfigError {
        let names: Vec<&str> = self.config.databases.keys().map(String::as_str).collect();
        let help = match (closest(name, names.iter().copied()), names.is_empty()) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, true) => format!("write `[database.{name}]` with its `url` into orm.toml, or use --url"),
            (None, false) => format!("orm.toml has {}", names.join(", ")),
        };
        ConfigError::new(format!("orm.toml has no `[database.{name}]`")).with_help(help)
    }
}

/// A relative folder is meant from the folder of the project.
fn choice(url: DatabaseUrl, origin: DatabaseOrigin, root: &Path) -> DatabaseChoice {
    let url = match url {
        DatabaseUrl::Pglite(folder) => DatabaseUrl::Pglite(root.join(folder)),
        other => other,
    };
    DatabaseChoice { url, origin }
}

/// The message names who said it and never repeats it: it may hold a password.
fn parse(text: &str, who: &str) -> Result<DatabaseUrl, ConfigError> {
    text.parse().map_err(|error: orm_driver::Error| {
        ConfigError::new(format!("{who}: {}", error.message())).with_help(error.hint().unwrap_or_default())
    })
}

fn parse_variable(variable: &Variable) -> Result<DatabaseUrl, ConfigError> {
    let who = format!("{} in {}", variable.name, variable.source);
    let text = variable.value.as_str();
    // The seed reads anything that is no PostgreSQL URL as the folder of an embedded database.
    let is_folder = text.parse::<DatabaseUrl>().is_err() && !text.contains(':');
    if is_folder { Ok(DatabaseUrl::pglite(text)) } else { parse(text, &who) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Config, Environment};

    fn project<const N: usize>(config: &str, variables: [(&str, &str); N]) -> Project {
        let folder = tempfile::tempdir().unwrap();
        let mut project = Project::open(folder.path()).unwrap();
        project.root = "app".into();
        project.config = Config::parse(Path::new("orm.toml"), config).unwrap();
        project.environment = Environment::of(variables);
        project
    }

    fn chosen(project: &Project, url: Option<&str>, name: Option<&str>) -> String {
        match project.database(DatabaseRequest { url, name }) {
            Ok(choice) => format!("{} ({})", choice.url, choice.origin),
            Err(error) => format!("{error} [{}]", error.help().unwrap_or_default()),
        }
    }

    const ONE: &str = "[database.prod]\nurl = 'postgres://u:hunter2@prod/d'";

    #[test]
    fn the_first_that_speaks_wins() {
        let all = project(ONE, [("DATABASE_URL", "postgres://env/d")]);
        assert_eq!(chosen(&all, Some("spanner://p/i/d"), Some("prod")), "spanner://p/i/d (--url)");
        assert_eq!(chosen(&all, None, Some("prod")), "postgres://u@prod/d ([database.prod] of orm.toml)");
        assert_eq!(chosen(&all, None, None), "postgres://env/d (DATABASE_URL in the environment)");
        assert_eq!(chosen(&project(ONE, []), None, None), "postgres://u@prod/d ([database.prod] of orm.toml)");
        assert_eq!(chosen(&project("", []), None, None), "pglite:app/.orm/pglite (the project's embedded database)");
    }

    #[test]
    fn of_several_databases_the_default_is_called_so() {
        let two = "[database.a]\nurl='pglite:a'\n[database.b]\nurl='pglite:b'\n";
        assert_eq!(
            chosen(&project(two, []), None, None),
            "orm.toml names several databases, and none is called `default` [choose one with `--database NAME`: a, b]"
        );
        let three = format!("{two}[database.default]\nurl='pglite:c'");
        assert_eq!(chosen(&project(&three, []), None, None), "pglite:app/c ([database.default] of orm.toml)");
    }

    #[test]
    fn a_variable_is_read_when_its_database_is_used() {
        let text = "[database.prod]\nurl = 'env(\"PROD\")'\n[database.default]\nurl = 'pglite:/abs'";
        assert_eq!(chosen(&project(text, []), None, None), "pglite:/abs ([database.default] of orm.toml)");
        assert_eq!(
            chosen(&project(text, []), None, Some("prod")),
            "orm.toml:2:7: the database `prod` needs the variable PROD, which is not set [set PROD in the environment or in .env]"
        );
        let set = project(text, [("PROD", "postgres://p/d")]);
        assert_eq!(chosen(&set, None, Some("prod")), "postgres://p/d ([database.prod] of orm.toml)");
    }

    #[test]
    fn unknown_names_are_answered() {
        assert_eq!(
            chosen(&project(ONE, []), None, Some("prd")),
            "orm.toml has no `[database.prd]` [did you mean `prod`?]"
        );
        assert_eq!(
            chosen(&project("", []), None, Some("x")),
            "orm.toml has no `[database.x]` [write `[database.x]` with its `url` into orm.toml, or use --url]"
        );
    }

    #[test]
    fn no_error_repeats_a_url() {
        let bad = "mysql://me:hunter2@h/d";
        assert!(!chosen(&project("", []), Some(bad), None).contains("hunter2"));
        assert!(!chosen(&project("", [("DATABASE_URL", bad)]), None, None).contains("hunter2"));
    }
}
