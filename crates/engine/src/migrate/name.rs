//! Names of migrations: `20261122143000-add_posts`.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Duration, NaiveDateTime, Utc};

/// A migration's file name without `.sql`: the second (UTC) in which it was created, and a slug.
///
/// Migrations run in the order of their names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MigrationName(String);

const TIMESTAMP: &str = "%Y%m%d%H%M%S";
const TIMESTAMP_LENGTH: usize = 14;
const SLUG_LENGTH: usize = 80;

impl MigrationName {
    /// A name for a migration created at `now` that sorts after `last`: two in one second get the next free second.
    ///
    /// `None` when `title` has no letter or digit of ASCII.
    pub fn new(title: &str, now: DateTime<Utc>, last: Option<&MigrationName>) -> Option<Self> {
        let slug = slug(title)?;
        let free = last.and_then(MigrationName::second).map(|it| it + Duration::seconds(1));
        let second = free.map_or(now.naive_utc(), |free| free.max(now.naive_utc()));
        Some(Self(format!("{}-{slug}", second.format(TIMESTAMP))))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the file.
    pub fn file_name(&self) -> String {
        format!("{}.sql", self.0)
    }

    fn second(&self) -> Option<NaiveDateTime> {
        NaiveDateTime::parse_from_str(self.0.get(..TIMESTAMP_LENGTH)?, TIMESTAMP).ok()
    }
}

impl fmt::Display for MigrationName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for MigrationName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let name = Self(text.to_owned());
        let slug = text.get(TIMESTAMP_LENGTH..).and_then(|it| it.strip_prefix('-')).unwrap_or_default();
        let plain = |it: char| it.is_ascii_alphanumeric() || "-_.".contains(it);
        if name.second().is_some() && !slug.is_empty() && slug.chars().all(plain) {
            return Ok(name);
        }
        Err(format!("`{text}` is no name of a migration: it looks like `20261122143000-add_posts`"))
    }
}

/// Lower-case letters, digits and `_`; everything else becomes one `-`.
fn slug(title: &str) -> Option<String> {
    let mut slug = String::new();
    for it in title.chars().map(|it| it.to_ascii_lowercase()) {
        match it {
            'a'..='z' | '0'..='9' | '_' => slug.push(it),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(SLUG_LENGTH);
    let slug = slug.trim_end_matches('-');
    slug.contains(|it: char| it.is_ascii_alphanumeric()).then(|| slug.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_title_becomes_a_slug() {
        assert_eq!(slug("Add posts & tags!").as_deref(), Some("add-posts-tags"));
        assert_eq!(slug("../../etc/passwd").as_deref(), Some("etc-passwd"));
        assert_eq!(slug("add_posts").as_deref(), Some("add_posts"));
        assert_eq!(slug("日本"), None);
        assert_eq!(slug(&"x-".repeat(200)).map(|it| it.len()), Some(79));
    }

    #[test]
    fn two_in_one_second_get_the_next_free_one() {
        let now = Utc.with_ymd_and_hms(2026, 12, 31, 23, 59, 59).unwrap();
        let first = MigrationName::new("init", now, None).unwrap();
        let second = MigrationName::new("a", now, Some(&first)).unwrap();
        let late = MigrationName::new("b", now - Duration::hours(1), Some(&second)).unwrap();
        assert_eq!(first.as_str(), "20261231235959-init");
        assert_eq!(second.as_str(), "20270101000000-a");
        assert_eq!(late.as_str(), "20270101000001-b", "a clock that went back still sorts last");
    }

    #[test]
    fn names_are_recognised() {
        assert!("20261122143000-add_posts".parse::<MigrationName>().is_ok());
        for wrong in [
            "",
            "init",
            "2026112214300-a",
            "20261322143000-a",
            "20261122143000",
            "20261122143000-",
            "20261122143000-a b",
        ] {
            assert!(wrong.parse::<MigrationName>().is_err(), "{wrong}");
        }
    }
}
