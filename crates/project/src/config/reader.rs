//! Reading TOML by hand, so that every error has its place and its advice.

use std::ops::Range;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::error::{ConfigError, Location};
use crate::suggestion::closest;

/// The text of an `orm.toml`.
pub(super) struct Document<'a> {
    path: &'a Path,
    text: &'a str,
}

impl<'a> Document<'a> {
    pub(super) fn new(path: &'a Path, text: &'a str) -> Self {
        Document { path, text }
    }

    pub(super) fn parse(&self) -> Result<Spanned<DeTable<'a>>, ConfigError> {
        DeTable::parse(self.text).map_err(|error| {
            let range = error.span().unwrap_or_default();
            self.error(range, error.message().replace('\n', ", "))
                .with_help("orm.toml is written in TOML: https://toml.io")
        })
    }

    pub(super) fn error(&self, range: Range<usize>, message: impl Into<String>) -> ConfigError {
        ConfigError::new(message).at(self.location(range))
    }

    pub(super) fn location(&self, range: Range<usize>) -> Location {
        Location::new(self.path, self.text, range)
    }
}

/// A string and where it stands.
pub(super) struct Text<'a> {
    pub(super) text: &'a str,
    pub(super) range: Range<usize>,
}

/// A table of the document.
pub(super) struct Section<'a> {
    document: &'a Document<'a>,
    /// Its name with those around it, `generate.rust`; empty for the document itself.
    name: String,
    table: &'a DeTable<'a>,
}

impl<'a> Section<'a> {
    pub(super) fn root(document: &'a Document<'a>, table: &'a DeTable<'a>) -> Self {
        Section { document, name: String::new(), table }
    }

    pub(super) fn document(&self) -> &'a Document<'a> {
        self.document
    }

    /// Refuses every key that is not one of `keys`.
    pub(super) fn allow(&self, keys: &[&str]) -> Result<(), ConfigError> {
        let unknown = self.table.iter().find(|(key, _)| !keys.contains(&key.get_ref().as_ref()));
        match unknown {
            Some((key, _)) => Err(self.unknown_key(key.get_ref(), key.span(), keys)),
            None => Ok(()),
        }
    }

    fn unknown_key(&self, key: &str, range: Range<usize>, keys: &[&str]) -> ConfigError {
        let place = if self.name.is_empty() { String::new() } else { format!(" in `{}`", self.name) };
        let owner = if self.name.is_empty() { "orm.toml".to_owned() } else { format!("`{}`", self.name) };
        let help = match (closest(key, keys.iter().copied()), keys) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, [only]) => format!("{owner} has the key `{only}`"),
            (None, _) => format!("{owner} has the keys `{}`", keys.join("`, `")),
        };
        self.document.error(range, format!("unknown key `{key}`{place}")).with_help(help)
    }

    /// Every key of the section, in the order of their names.
    pub(super) fn keys(&self) -> impl Iterator<Item = Text<'a>> {
        self.table.keys().map(|key| Text { text: key.get_ref(), range: key.span() })
    }

    pub(super) fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.get(key)
    }

    /// An error at the value of `key`.
    pub(super) fn error_at(&self, key: &str, message: impl Into<String>) -> ConfigError {
        let range = self.value(key).map(Spanned::span).unwrap_or_default();
        self.document.error(range, message)
    }

    /// The error that `key` has a value of another type than `wanted`.
    pub(super) fn wrong_type(&self, key: &str, wanted: &str) -> ConfigError {
        let found = self.value(key).map_or("missing", |value| type_name(value.get_ref()));
        self.error_at(key, format!("`{key}` is {found}, but must be {wanted}"))
    }

    pub(super) fn section(&self, key: &str) -> Result<Option<Section<'a>>, ConfigError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let name = if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        match value.get_ref() {
            DeValue::Table(table) => Ok(Some(Section { document: self.document, name, table })),
            _ => Err(self.wrong_type(key, "a table").with_help(format!("write it as `[{name}]`"))),
        }
    }

    pub(super) fn string(&self, key: &str) -> Result<Option<Text<'a>>, ConfigError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        text_of(value).map(Some).ok_or_else(|| self.wrong_type(key, "a string"))
    }

    /// A list of strings; one string is a list of one.
    pub(super) fn strings(&self, key: &str) -> Result<Option<Vec<Text<'a>>>, ConfigError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let texts = match value.get_ref() {
            DeValue::Array(items) => items.iter().map(text_of).collect(),
            _ => text_of(value).map(|text| vec![text]),
        };
        texts.map(Some).ok_or_else(|| self.wrong_type(key, "a string or a list of strings"))
    }

    pub(super) fn boolean(&self, key: &str) -> Result<Option<bool>, ConfigError> {
        let Some(value) = self.value(key) else { return Ok(None) };
        value.get_ref().as_bool().map(Some).ok_or_else(|| self.wrong_type(key, "`true` or `false`"))
    }
}

fn text_of<'a>(value: &'a Spanned<DeValue<'a>>) -> Option<Text<'a>> {
    value.get_ref().as_str().map(|text| Text { text, range: value.span() })
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
