//! What a user may set: in the options that the client sends when it starts the server, and later in its settings.

use serde_json::Value;

/// The section of an editor's settings that is ours.
pub(crate) const SECTION: &str = "orm";

/// The options of the start, with what the settings say in their place. Settings that say nothing change nothing.
pub(crate) fn with_settings(options: &Value, settings: &Value) -> Value {
    match (options, settings) {
        (Value::Object(options), Value::Object(settings)) => {
            let mut all = options.clone();
            for (name, value) in settings {
                let before = all.entry(name.clone()).or_insert(Value::Null);
                *before = with_settings(before, value);
            }
            Value::Object(all)
        }
        (options, Value::Null) => options.clone(),
        (_, settings) => settings.clone(),
    }
}

/// Our section of what a client sends that has no requests for settings. Some send the section alone.
pub(crate) fn section(settings: Value) -> Value {
    match settings {
        Value::Object(mut sections) if sections.contains_key(SECTION) => {
            sections.remove(SECTION).unwrap_or(Value::Null)
        }
        settings => settings,
    }
}

/// The hints that a user wants: `{ "inlayHints": { "physicalTypes": false } }` in the options that the client sends when it
/// starts the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hints {
    /// The types of columns in the databases.
    pub(crate) physical_types: bool,
    /// The columns that a mixin brings.
    pub(crate) mixin_columns: bool,
    /// Which results of a query may be NULL.
    pub(crate) nullability: bool,
}

impl Default for Hints {
    fn default() -> Self {
        Hints { physical_types: true, mixin_columns: true, nullability: true }
    }
}

impl Hints {
    pub(crate) fn new(options: Option<&Value>) -> Self {
        let is_wanted = |name: &str| options.and_then(|it| it.get("inlayHints")?.get(name)?.as_bool()).unwrap_or(true);
        Hints {
            physical_types: is_wanted("physicalTypes"),
            mixin_columns: is_wanted("mixinColumns"),
            nullability: is_wanted("nullability"),
        }
    }
}

/// The lenses that a user wants: `{ "lenses": { "migrations": false } }` in the same options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lenses {
    /// How often a declaration is named.
    pub(crate) references: bool,
    /// What the next migration does.
    pub(crate) migrations: bool,
}

impl Default for Lenses {
    fn default() -> Self {
        Lenses { references: true, migrations: true }
    }
}

impl Lenses {
    pub(crate) fn new(options: Option<&Value>) -> Self {
        let is_wanted = |name: &str| options.and_then(|it| it.get("lenses")?.get(name)?.as_bool()).unwrap_or(true);
        Lenses { references: is_wanted("references"), migrations: is_wanted("migrations") }
    }
}

/// Whether a completed reference brings an index: `{ "completion": { "foreignKeyIndexes": false } }` in the same options.
pub(crate) fn wants_indexes(options: Option<&Value>) -> bool {
    options.and_then(|it| it.get("completion")?.get("foreignKeyIndexes")?.as_bool()).unwrap_or(true)
}

/// Whether the options say that the client has a command of ours.
pub(crate) fn has_command(options: Option<&Value>, name: &str) -> bool {
    let commands = options.and_then(|it| it.get("commands")?.as_array());
    commands.is_some_and(|it| it.iter().any(|it| it == name))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn settings_outweigh_the_options_of_the_start() {
        let options = json!({ "inlayHints": { "physicalTypes": false, "mixinColumns": false }, "commands": ["a"] });
        let settings = json!({ "inlayHints": { "physicalTypes": true }, "server": { "path": "" } });
        let expected = json!({
            "inlayHints": { "physicalTypes": true, "mixinColumns": false },
            "commands": ["a"],
            "server": { "path": "" },
        });
        assert_eq!(with_settings(&options, &settings), expected);
        assert_eq!(with_settings(&options, &Value::Null), options);
        assert_eq!(with_settings(&Value::Null, &settings), settings);
    }

    #[test]
    fn the_section_is_found_with_and_without_its_name() {
        assert_eq!(section(json!({ "orm": { "a": 1 }, "other": 2 })), json!({ "a": 1 }));
        assert_eq!(section(json!({ "inlayHints": {} })), json!({ "inlayHints": {} }));
        assert_eq!(section(Value::Null), Value::Null);
    }
}
