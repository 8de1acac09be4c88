//! `[targets]`: the databases that the schema must fit.

use orm_model::Targets;
use orm_model::targets::{PostgresTarget, SpannerTarget};
use toml::de::DeValue;

use super::reader::Section;
use crate::error::ConfigError;

/// PostgreSQL's major versions are one number since 10; before, they were two (`9.6`).
const OLDEST_VERSION: u32 = 10;

/// The targets that the section names; a dialect that it does not name is none.
pub(super) fn read(root: &Section<'_>) -> Result<Option<Targets>, ConfigError> {
    let Some(section) = root.section("targets")? else { return Ok(None) };
    section.allow(&["postgres", "spanner"])?;
    let targets = Targets { postgres: postgres(&section)?, spanner: spanner(&section)? };
    if targets.dialects().next().is_none() {
        return Err(root
            .error_at("targets", "`targets` names no database")
            .with_help("write `postgres = \"15\"`, `spanner = true` or both; without the section, both are targets"));
    }
    Ok(Some(targets))
}

fn postgres(section: &Section<'_>) -> Result<Option<PostgresTarget>, ConfigError> {
    let Some(value) = section.value("postgres") else { return Ok(None) };
    let version = match value.get_ref() {
        DeValue::Boolean(false) => return Ok(None),
        DeValue::Boolean(true) => return Ok(Some(PostgresTarget::default())),
        DeValue::String(text) => text.parse().ok(),
        DeValue::Integer(number) => number.as_str().parse().ok(),
        _ => return Err(section.wrong_type("postgres", "a version or `true`").with_help(VERSION_HELP)),
    };
    match version.filter(|version| *version >= OLDEST_VERSION) {
        Some(version) => Ok(Some(PostgresTarget { version, version_is_stated: true })),
        None => {
            Err(section.error_at("postgres", "`postgres` is no major version of PostgreSQL").with_help(VERSION_HELP))
        }
    }
}

const VERSION_HELP: &str = "write the oldest major version that the project runs on, such as `postgres = \"15\"`";

fn spanner(targets: &Section<'_>) -> Result<Option<SpannerTarget>, ConfigError> {
    match targets.value("spanner").map(toml::Spanned::get_ref) {
        None | Some(DeValue::Boolean(false)) => return Ok(None),
        Some(DeValue::Boolean(true)) => return Ok(Some(SpannerTarget::default())),
        Some(DeValue::Table(_)) => {}
        Some(_) => return Err(targets.wrong_type("spanner", "`true`, `false` or a table of options")),
    }
    let Some(section) = targets.section("spanner")? else { return Ok(None) };
    section.allow(&["native_uuid", "range_checks", "commit_timestamp_defaults"])?;
    let defaults = SpannerTarget::default();
    Ok(Some(SpannerTarget {
        native_uuid: section.boolean("native_uuid")?.unwrap_or(defaults.native_uuid),
        range_checks: section.boolean("range_checks")?.unwrap_or(defaults.range_checks),
        commit_timestamp_defaults: section
            .boolean("commit_timestamp_defaults")?
            .unwrap_or(defaults.commit_timestamp_defaults),
    }))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::Config;

    fn parse(text: &str) -> Result<Targets, ConfigError> {
        Config::parse(Path::new("orm.toml"), text).map(|config| config.targets)
    }

    fn version(text: &str) -> Option<(u32, bool)> {
        parse(text).unwrap().postgres.map(|it| (it.version, it.version_is_stated))
    }

    #[test]
    fn only_what_is_named_is_a_target() {
        let only_postgres = parse("[targets]\npostgres = '16'").unwrap();
        assert_eq!(only_postgres.spanner, None);
        let only_spanner = parse("[targets]\nspanner = true\npostgres = false").unwrap();
        assert_eq!((only_spanner.postgres, only_spanner.spanner), (None, Some(SpannerTarget::default())));
        assert_eq!(parse("").unwrap(), Targets::default());
    }

    #[test]
    fn the_version_may_be_a_string_a_number_or_left_open() {
        assert_eq!(version("[targets]\npostgres = '17'"), Some((17, true)));
        assert_eq!(version("[targets]\npostgres = 16"), Some((16, true)));
        assert_eq!(version("[targets]\npostgres = true"), Some((15, false)));
    }

    #[test]
    fn spanner_has_options() {
        let spanner = parse("[targets.spanner]\nnative_uuid = true\nrange_checks = false").unwrap().spanner;
        assert_eq!(spanner, Some(SpannerTarget { native_uuid: true, range_checks: false, ..SpannerTarget::default() }));
        let spanner = parse("[targets.spanner]").unwrap().spanner;
        assert_eq!(spanner, Some(SpannerTarget::default()));
    }

    #[test]
    fn nonsense_is_refused_with_its_place() {
        for (text, message) in [
            ("[targets]\npostgres = '9.6'", "orm.toml:2:12: `postgres` is no major version of PostgreSQL"),
            ("[targets]\npostgres = []", "orm.toml:2:12: `postgres` is a list, but must be a version or `true`"),
            (
                "[targets]\nspanner = 3",
                "orm.toml:2:11: `spanner` is an integer, but must be `true`, `false` or a table of options",
            ),
            ("[targets.spanner]\nuuid = true", "orm.toml:2:1: unknown key `uuid` in `targets.spanner`"),
            ("[targets]\nmysql = true", "orm.toml:2:1: unknown key `mysql` in `targets`"),
            ("[targets]", "orm.toml:1:1: `targets` names no database"),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), message);
        }
    }
}
