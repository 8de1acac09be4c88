//! An enum that cannot be stored.

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// An enum has no values, a storage that holds no text, or a value that does not fit its storage.
    ///
    /// ```orm,bad
    /// enum State : varchar(4) { open, closed }
    /// ```
    ///
    /// ```orm,good
    /// enum State : varchar(10) { open, closed }
    /// ```
    BAD_ENUM: "ORM050", "bad-enum", Error, language
}

pub(crate) fn empty(location: Location) -> Diagnostic {
    BAD_ENUM.at(location, "the enum has no values").help("list them in the braces: `{ open, done }`")
}

pub(crate) fn storage(location: Location) -> Diagnostic {
    let fix = Fix::offer("Store it as `text`").replace(&location, "text");
    BAD_ENUM
        .at(location, "an enum is stored as a text")
        .help("write `text`, `varchar(n)` or `char(n)`, or leave it out")
        .fix(fix)
}

pub(crate) fn stored(location: Location) -> Diagnostic {
    BAD_ENUM
        .at(location, "a value is stored as a text")
        .help("write the text in quotes: `in_progress = \"in-progress\"`")
}

/// `storage` is where the type stands that the values have.
pub(crate) fn too_long(location: Location, stored: &str, limit: u32, storage: Option<Location>) -> Diagnostic {
    let length = stored.chars().count();
    let longer = |place: &Location| Fix::offer(format!("Store {length} characters")).replace(place, longer(length));
    BAD_ENUM
        .at(location, format!("{stored:?} has {length} characters, {limit} fit"))
        .help("make the storage longer, or store a shorter text")
        .fix_at(storage, longer)
}

pub(crate) fn wrong_length(location: Location, stored: &str, length: u32, storage: Option<Location>) -> Diagnostic {
    let most = stored.chars().count().max(length as usize);
    let varying = |place: &Location| Fix::offer("Let the texts have any length").replace(place, longer(most));
    BAD_ENUM
        .at(location, format!("{stored:?} has {} characters, not {length}", stored.chars().count()))
        .help("`char(n)` holds texts of exactly one length; use `varchar(n)`")
        .fix_at(storage, varying)
}

fn longer(characters: usize) -> String {
    format!("varchar({characters})")
}
