//! Rust enums for the enums of a schema.

use std::collections::HashMap;

use orm_model::{Enum, Schema};

use super::{MARKER, Options, StubError, derive, docs, names::Names};

/// The identifiers of the enums by their names in the schema.
pub(super) fn identifiers(schema: &Schema) -> Result<HashMap<&str, String>, StubError> {
    let mut names = Names::new("enums");
    schema.enums.values().map(|it| Ok((it.name.as_str(), names.camel(&it.name)?))).collect()
}

pub(super) fn file(schema: &Schema, options: &Options) -> Result<String, StubError> {
    let identifiers = identifiers(schema)?;
    let mut text = format!("{MARKER}\n//! An enum for each enum of the schema; the database holds its text.\n");
    for declared in schema.enums.values() {
        text.push_str(&definition(declared, &identifiers[declared.name.as_str()], options)?);
    }
    Ok(text)
}

fn definition(declared: &Enum, identifier: &str, options: &Options) -> Result<String, StubError> {
    let mut names = Names::new(format!("enum `{}`", declared.name));
    let default = format!("Enum `{}`.", docs::code(&declared.name));
    let mut variants = String::new();
    let mut all = String::new();
    let mut to_text = String::new();
    let mut from_text = String::new();
    for value in &declared.values {
        let variant = names.camel(&value.name)?;
        let stored = format!("Stored as `{}`.", docs::code(&value.stored));
        let documentation = docs::paragraphs([value.doc.as_deref(), Some(stored.as_str())]);
        let deprecated = docs::deprecated("    ", value.deprecated.as_deref());
        variants.push_str(&format!("{}{deprecated}    {variant},\n", docs::lines("    ", &documentation)));
        all.push_str(&format!("        Self::{variant},\n"));
        to_text.push_str(&format!("            Self::{variant} => {:?},\n", value.stored));
        from_text.push_str(&format!("            {:?} => Ok(Self::{variant}),\n", value.stored));
    }
    let documentation = docs::lines("", &docs::paragraphs([declared.doc.as_deref().or(Some(default.as_str()))]));
    let deprecated = docs::deprecated("", declared.deprecated.as_deref());
    let derives = derive("Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash", options);
    let (count, name) = (declared.values.len(), &declared.name);
    Ok(format!(
        r#"
{documentation}{deprecated}{derives}pub enum {identifier} {{
{variants}}}

impl {identifier} {{
    /// Every value, in the order of the schema.
    pub const ALL: [Self; {count}] = [
{all}    ];

    /// The text that the database holds.
    pub const fn as_str(self) -> &'static str {{
        match self {{
{to_text}        }}
    }}
}}

impl ::std::fmt::Display for {identifier} {{
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {{
        f.write_str(self.as_str())
    }}
}}

impl ::std::str::FromStr for {identifier} {{
    type Err = super::UnknownValue;

    fn from_str(text: &str) -> ::std::result::Result<Self, super::UnknownValue> {{
        match text {{
{from_text}            _ => Err(super::UnknownValue {{ enum_name: {name:?}, value: text.to_owned() }}),
        }}
    }}
}}
"#
    ))
}
