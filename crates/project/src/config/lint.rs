//! `[lint]`: how severe a diagnostic is, by its code.

use super::reader::{Section, Text};
use crate::error::{ConfigError, Location};
use crate::suggestion::closest;

/// How severe a diagnostic is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LintLevel {
    /// It is not shown.
    Off,
    /// A remark that no exit code depends on.
    Hint,
    /// Likely wrong.
    Warning,
    /// `orm check` fails.
    Error,
}

impl LintLevel {
    /// Every level, mildest first.
    pub const ALL: [LintLevel; 4] = [LintLevel::Off, LintLevel::Hint, LintLevel::Warning, LintLevel::Error];

    /// As `orm.toml` writes it.
    pub const fn name(self) -> &'static str {
        match self {
            LintLevel::Off => "off",
            LintLevel::Hint => "hint",
            LintLevel::Warning => "warning",
            LintLevel::Error => "error",
        }
    }
}

/// One line of `[lint]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LintSetting {
    /// The code or slug, as it is written. Whether a rule has it, the rules know.
    pub code: String,
    /// What the diagnostic becomes.
    pub level: LintLevel,
    /// Where the code stands, for the error that no rule has it.
    pub location: Location,
}

pub(super) fn read(root: &Section<'_>) -> Result<Vec<LintSetting>, ConfigError> {
    let Some(section) = root.section("lint")? else { return Ok(Vec::new()) };
    section.keys().map(|code| setting(&section, &code)).collect()
}

fn setting(section: &Section<'_>, code: &Text<'_>) -> Result<LintSetting, ConfigError> {
    let text = section.string(code.text)?.map(|it| it.text).unwrap_or_default();
    let Some(level) = LintLevel::ALL.into_iter().find(|level| level.name() == text) else {
        return Err(unknown_level(section, code.text, text));
    };
    let location = section.document().location(code.range.clone());
    Ok(LintSetting { code: code.text.to_owned(), level, location })
}

fn unknown_level(section: &Section<'_>, code: &str, text: &str) -> ConfigError {
    let names = LintLevel::ALL.map(LintLevel::name);
    let help = match closest(text, names) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write one of `{}`", names.join("`, `")),
    };
    section.error_at(code, format!("`{text}` is no severity")).with_help(help)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::Config;

    fn parse(text: &str) -> Result<Vec<LintSetting>, ConfigError> {
        Config::parse(Path::new("orm.toml"), text).map(|config| config.lints)
    }

    #[test]
    fn codes_get_their_severity() {
        let settings = parse("[lint]\nSP012 = 'off'\nhotspot-key = 'error'").unwrap();
        let settings: Vec<_> = settings.iter().map(|it| (it.code.as_str(), it.level, it.location.line)).collect();
        assert_eq!(settings, [("SP012", LintLevel::Off, 2), ("hotspot-key", LintLevel::Error, 3)]);
    }

    #[test]
    fn another_word_is_refused() {
        let error = parse("[lint]\nSP012 = 'warnin'").unwrap_err();
        assert_eq!(error.to_string(), "orm.toml:2:9: `warnin` is no severity");
        assert_eq!(error.help(), Some("did you mean `warning`?"));
        assert_eq!(
            parse("[lint]\nX = 'deny'").unwrap_err().help(),
            Some("write one of `off`, `hint`, `warning`, `error`")
        );
    }
}
