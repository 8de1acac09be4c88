//! `[database.NAME] url`: the databases of the project, by name.

use std::collections::BTreeMap;

use orm_driver::DatabaseUrl;

use super::reader::{Section, Text};
use crate::error::{ConfigError, Location};

/// What `url` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlSetting {
    /// The URL itself.
    Url(DatabaseUrl),
    /// `env("NAME")`: the variable that holds it. It is read when the database is used, so that an unset one harms nobody else.
    Variable {
        /// The variable's name.
        name: String,
        /// Where it is named.
        location: Location,
    },
}

pub(super) fn read(root: &Section<'_>) -> Result<BTreeMap<String, UrlSetting>, ConfigError> {
    let Some(databases) = root.section("database")? else { return Ok(BTreeMap::new()) };
    databases.keys().map(|name| Ok((name.text.to_owned(), database(&databases, &name)?))).collect()
}

fn database(databases: &Section<'_>, name: &Text<'_>) -> Result<UrlSetting, ConfigError> {
    let Some(section) = databases.section(name.text)? else { return Err(without_url(databases, name)) };
    section.allow(&["url"])?;
    let Some(url) = section.string("url")? else { return Err(without_url(databases, name)) };
    let location = section.document().location(url.range.clone());
    if let Some(variable) = variable_name(url.text) {
        return Ok(UrlSetting::Variable { name: variable.to_owned(), location });
    }
    url.text.parse().map(UrlSetting::Url).map_err(|error: orm_driver::Error| {
        let message =
            ConfigError::new(format!("`url` of the database `{}`: {}", name.text, error.message())).at(location);
        message.with_help(error.hint().unwrap_or_default())
    })
}

fn without_url(databases: &Section<'_>, name: &Text<'_>) -> ConfigError {
    databases.document().error(name.range.clone(), format!("the database `{}` has no `url`", name.text)).with_help(
        "write `url = 'env(\"DATABASE_URL\")'` to read it from the environment, which keeps passwords out of the file",
    )
}

/// The `NAME` of `env("NAME")`; a TOML string may spare itself the inner quotes or use single ones.
fn variable_name(text: &str) -> Option<&str> {
    let name = text.trim().strip_prefix("env(")?.strip_suffix(')')?.trim();
    let unquoted = ['"', '\''].into_iter().find_map(|quote| name.strip_prefix(quote)?.strip_suffix(quote));
    let name = unquoted.unwrap_or(name);
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::Config;

    fn parse(text: &str) -> Result<BTreeMap<String, UrlSetting>, ConfigError> {
        Config::parse(Path::new("orm.toml"), text).map(|config| config.databases)
    }

    #[test]
    fn urls_stand_there_or_in_the_environment() {
        let databases = parse("[database.a]\nurl = 'pglite:x'\n[database.b]\nurl = 'env(\"B_URL\")'\n").unwrap();
        assert_eq!(databases["a"], UrlSetting::Url(DatabaseUrl::pglite("x")));
        let UrlSetting::Variable { name, location } = &databases["b"] else { panic!("{databases:?}") };
        assert_eq!((name.as_str(), location.line), ("B_URL", 4));
    }

    #[test]
    fn the_inner_quotes_may_be_missing_or_single() {
        for text in ["env(X)", "env('X')", " env( \"X\" ) "] {
            assert_eq!(variable_name(text), Some("X"), "{text}");
        }
        assert_eq!(variable_name("env(a-b)"), None);
        assert_eq!(variable_name("postgres://h/env(X)"), None);
    }

    #[test]
    fn a_bad_url_is_not_repeated() {
        let error = parse("[database.prod]\nurl = 'mysql://me:hunter2@h/d'").unwrap_err();
        assert_eq!(error.to_string(), "orm.toml:2:7: `url` of the database `prod`: this is no database URL");
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn a_database_needs_its_url() {
        let error = parse("[database.prod]").unwrap_err();
        assert_eq!(error.to_string(), "orm.toml:1:11: the database `prod` has no `url`");
    }
}
