//! The variables of the seed: `DB_DIALECT`, `DATABASE_URL`, `SPANNER_PROJECT_ID`, `SPANNER_INSTANCE_ID`, `SPANNER_DATABASE_ID`.

use orm_driver::DatabaseUrl;
use orm_driver::url::SpannerUrl;
use orm_model::Dialect;

use super::parse_variable;
use crate::environment::{Environment, Variable};
use crate::error::ConfigError;

const SPANNER: [&str; 3] = ["SPANNER_PROJECT_ID", "SPANNER_INSTANCE_ID", "SPANNER_DATABASE_ID"];

/// The database that the variables name, and which of them did.
pub(super) fn read(environment: &Environment) -> Result<Option<(DatabaseUrl, String)>, ConfigError> {
    let by_url = by_url(environment)?;
    let Some(dialect) = dialect(environment)? else { return without_dialect(environment, by_url) };
    match by_url {
        Some(found) if found.0.dialect() == dialect => Ok(Some(found)),
        found => by_parts(environment, dialect, found.is_some()),
    }
}

fn dialect(environment: &Environment) -> Result<Option<Dialect>, ConfigError> {
    let Some(variable) = environment.get("DB_DIALECT")? else { return Ok(None) };
    let dialect = variable.value.to_ascii_lowercase().parse();
    dialect.map(Some).map_err(|error: String| {
        ConfigError::new(format!("DB_DIALECT in {}: {error}", variable.source)).with_help("or unset DB_DIALECT")
    })
}

fn by_url(environment: &Environment) -> Result<Option<(DatabaseUrl, String)>, ConfigError> {
    let Some(variable) = environment.get("DATABASE_URL")? else { return Ok(None) };
    Ok(Some((parse_variable(&variable)?, format!("DATABASE_URL in {}", variable.source))))
}

/// Without `DB_DIALECT` the database must be named once: by `DATABASE_URL` or by the three variables of Spanner.
fn without_dialect(
    environment: &Environment,
    by_url: Option<(DatabaseUrl, String)>,
) -> Result<Option<(DatabaseUrl, String)>, ConfigError> {
    let parts = parts(environment)?;
    let all_parts = parts.iter().all(Option::is_some);
    match by_url {
        Some(_) if all_parts => Err(ConfigError::new(format!("DATABASE_URL and {} name two databases", SPANNER[2]))
            .with_help("set DB_DIALECT to `postgres` or `spanner`, or use --url")),
        Some(found) => Ok(Some(found)),
        None if parts.iter().any(Option::is_some) => by_parts(environment, Dialect::Spanner, false),
        None => Ok(None),
    }
}

/// The database of `dialect`, by its own variables. PostgreSQL has none but `DATABASE_URL`.
fn by_parts(
    environment: &Environment,
    dialect: Dialect,
    other_url: bool,
) -> Result<Option<(DatabaseUrl, String)>, ConfigError> {
    let contradiction = || {
        ConfigError::new(format!("DB_DIALECT says {dialect}, but DATABASE_URL names a database of the other kind"))
            .with_help("make the two agree, or use --url")
    };
    if dialect == Dialect::Postgres {
        return if other_url { Err(contradiction()) } else { Ok(None) };
    }
    match parts(environment)? {
        [Some(project), Some(instance), Some(database)] => spanner(&project, &instance, &database).map(Some),
        [None, None, None] if other_url => Err(contradiction()),
        parts => Err(missing(&parts)),
    }
}

fn parts(environment: &Environment) -> Result<[Option<Variable>; 3], ConfigError> {
    let [project, instance, database] = SPANNER;
    Ok([environment.get(project)?, environment.get(instance)?, environment.get(database)?])
}

fn spanner(project: &Variable, instance: &Variable, database: &Variable) -> Result<(DatabaseUrl, String), ConfigError> {
    let who = format!("{} in {}", database.name, database.source);
    let url = SpannerUrl::new(&project.value, &instance.value, &database.value);
    let url = url.map_err(|error| {
        ConfigError::new(format!("{}: {}", SPANNER.join(", "), error.message()))
            .with_help("each of them is an identifier, not a path")
    })?;
    Ok((DatabaseUrl::Spanner(url), who))
}

fn missing(parts: &[Option<Variable>; 3]) -> ConfigError {
    let missing: Vec<_> = SPANNER.iter().zip(parts).filter(|(_, part)| part.is_none()).map(|(name, _)| *name).collect();
    ConfigError::new(format!(
        "a Spanner database is named by {}, but {} is not set",
        SPANNER.join(", "),
        missing.join(", ")
    ))
    .with_help("set it in the environment or in .env, or use --url spanner://PROJECT/INSTANCE/DATABASE")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_from<const N: usize>(variables: [(&str, &str); N]) -> String {
        match read(&Environment::of(variables)) {
            Ok(Some((url, who))) => format!("{url} ({who})"),
            Ok(None) => "nothing".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    const PARTS: [(&str, &str); 3] =
        [("SPANNER_PROJECT_ID", "p"), ("SPANNER_INSTANCE_ID", "i"), ("SPANNER_DATABASE_ID", "d")];

    #[test]
    fn the_seeds_three_ways() {
        let url = ("DATABASE_URL", "postgresql://h/d");
        assert_eq!(read_from([("DB_DIALECT", "postgres"), url]), "postgres://h/d (DATABASE_URL in the environment)");
        let path = ("DATABASE_URL", "./spannerormtest.db");
        assert_eq!(
            read_from([("DB_DIALECT", "postgres"), path]),
            "pglite:./spannerormtest.db (DATABASE_URL in the environment)"
        );
        let [a, b, c] = PARTS;
        assert_eq!(
            read_from([("DB_DIALECT", "spanner"), a, b, c]),
            "spanner://p/i/d (SPANNER_DATABASE_ID in the environment)"
        );
    }

    #[test]
    fn the_dialect_may_be_left_out_when_one_database_is_named() {
        let [a, b, c] = PARTS;
        assert_eq!(read_from([]), "nothing");
        assert_eq!(read_from([("DATABASE_URL", "postgres://h/d")]), "postgres://h/d (DATABASE_URL in the environment)");
        assert_eq!(read_from([a, b, c]), "spanner://p/i/d (SPANNER_DATABASE_ID in the environment)");
        assert_eq!(
            read_from([a, b, c, ("DATABASE_URL", "postgres://h/d")]),
            "DATABASE_URL and SPANNER_DATABASE_ID name two databases"
        );
        assert_eq!(read_from([("DB_DIALECT", "postgres")]), "nothing");
    }

    #[test]
    fn the_dialect_decides_between_two() {
        let [a, b, c] = PARTS;
        let url = ("DATABASE_URL", "postgres://h/d");
        assert_eq!(
            read_from([("DB_DIALECT", "postgres"), a, b, c, url]),
            "postgres://h/d (DATABASE_URL in the environment)"
        );
        assert_eq!(
            read_from([("DB_DIALECT", "Spanner"), a, b, c, url]),
            "spanner://p/i/d (SPANNER_DATABASE_ID in the environment)"
        );
    }

    #[test]
    fn contradictions_and_gaps_are_errors() {
        let [a, b, _] = PARTS;
        let contradiction = "but DATABASE_URL names a database of the other kind";
        assert_eq!(
            read_from([("DB_DIALECT", "spanner"), ("DATABASE_URL", "postgres://h/d")]),
            format!("DB_DIALECT says spanner, {contradiction}")
        );
        assert_eq!(
            read_from([("DB_DIALECT", "postgres"), ("DATABASE_URL", "spanner://p/i/d")]),
            format!("DB_DIALECT says postgres, {contradiction}")
        );
        let gap = "a Spanner database is named by SPANNER_PROJECT_ID, SPANNER_INSTANCE_ID, SPANNER_DATABASE_ID, \
                   but SPANNER_DATABASE_ID is not set";
        assert_eq!(read_from([a, b]), gap);
        assert_eq!(read_from([("DB_DIALECT", "spanner"), a, b]), gap);
        assert_eq!(
            read_from([("DB_DIALECT", "mysql")]),
            "DB_DIALECT in the environment: `mysql` is no dialect: use `postgres` or `spanner`"
        );
        assert_eq!(
            read_from([("DATABASE_URL", "mysql://h/d")]),
            "DATABASE_URL in the environment: this is no database URL"
        );
    }
}
