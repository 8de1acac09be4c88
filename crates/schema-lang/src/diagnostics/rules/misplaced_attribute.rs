//! An attribute where it means nothing.

use orm_model::registry::{Place, WordInfo};

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// An attribute stands where it has no meaning, or stands twice.
    ///
    /// ```orm,bad
    /// table users @unique {
    ///   id  uuid  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id     uuid  @primary_key
    ///   email  text  @unique
    /// }
    /// ```
    MISPLACED_ATTRIBUTE: "ORM021", "misplaced-attribute", Error, language
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Table => "a table",
        Place::Mixin => "a mixin",
        Place::Enum => "an enum",
        Place::EnumValue => "a value of an enum",
        Place::Column => "a column",
        Place::Item => "a table item",
        Place::Body => "a body",
        Place::Default => "a default",
        Place::Sequence => "a sequence",
        Place::View => "a view",
        Place::Query => "a query",
        Place::Extension => "an extension",
    }
}

pub(crate) fn place(location: Location, info: &WordInfo, place: Place) -> Diagnostic {
    let places: Vec<_> = info.places.iter().map(|place| place_name(*place)).collect();
    let fix = Fix::offer(format!("Remove `@{}`", info.name)).remove(&location);
    MISPLACED_ATTRIBUTE
        .at(location, format!("`@{}` means nothing for {}", info.name, place_name(place)))
        .help(format!("it belongs to {}", places.join(" or ")))
        .fix(fix)
}

/// `is_same` says that both are no more than the word.
pub(crate) fn twice(location: Location, name: &str, is_same: bool) -> Diagnostic {
    let fix = Fix::offer("Remove this one").remove(&location);
    let fix = if is_same { fix.certain() } else { fix };
    MISPLACED_ATTRIBUTE.at(location, format!("`@{name}` stands twice")).help("keep one of them").fix(fix)
}
