//! A type with a size that it does not take.

use orm_model::registry::TypeArguments;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::TypeExpression,
};

rule! {
    /// A type has the wrong number of arguments, or one that is out of range.
    ///
    /// ```orm,bad
    /// table prices {
    ///   id      uuid             @primary_key
    ///   amount  numeric(4, 6)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users {
    ///   id  bigint(20)  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table prices {
    ///   id      uuid             @primary_key
    ///   amount  numeric(12, 6)
    /// }
    /// ```
    BAD_TYPE_ARGUMENT: "ORM011", "bad-type-argument", Error, language
}

/// The longest `varchar` of both databases (Spanner's STRING).
const MAXIMUM_CHARACTERS: u32 = 2_621_440;
/// The longest `bytes` of both databases (Spanner's BYTES).
const MAXIMUM_BYTES: u32 = 10_485_760;
/// The largest precision of PostgreSQL's NUMERIC.
const MAXIMUM_PRECISION: u32 = 1_000;

/// Says what is wrong with the numbers, and what to do.
pub(crate) fn check(name: &str, takes: TypeArguments, numbers: &[u32]) -> Result<(), (String, String)> {
    let count = |wanted: &str, example: &str| Err((format!("`{name}` takes {wanted}"), format!("write `{example}`")));
    match (takes, numbers) {
        (TypeArguments::None, []) | (TypeArguments::OptionalLength | TypeArguments::SecondPrecision, []) => Ok(()),
        (TypeArguments::PrecisionAndScale, []) | (TypeArguments::Text, _) => Ok(()),
        (TypeArguments::None, _) => count("no argument", name),
        (TypeArguments::OptionalLength | TypeArguments::Length, [length]) => {
            let limit = if name == "bytes" { MAXIMUM_BYTES } else { MAXIMUM_CHARACTERS };
            in_range(name, "length", *length, 1, limit)
        }
        (TypeArguments::OptionalLength, _) => count("at most one length", &format!("{name}(255)")),
        (TypeArguments::Length, _) => count("one length", &format!("{name}(2)")),
        (TypeArguments::SecondPrecision, [digits]) => in_range(name, "precision", *digits, 0, 6),
        (TypeArguments::SecondPrecision, _) => count("at most one precision", &format!("{name}(3)")),
        (TypeArguments::PrecisionAndScale, [precision]) => {
            in_range(name, "precision", *precision, 1, MAXIMUM_PRECISION)
        }
        (TypeArguments::PrecisionAndScale, [precision, scale]) => {
            in_range(name, "precision", *precision, 1, MAXIMUM_PRECISION)?;
            in_range(name, "scale", *scale, 0, *precision)
        }
        (TypeArguments::PrecisionAndScale, _) => count("a precision and a scale", "numeric(12, 2)"),
    }
}

fn in_range(name: &str, what: &str, value: u32, low: u32, high: u32) -> Result<(), (String, String)> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err((format!("the {what} of `{name}` cannot be {value}"), format!("it is {low} to {high}")))
}

/// A type without the argument that it does not take, where nothing else can be meant.
pub(crate) fn without_argument(written: &TypeExpression, takes: TypeArguments, place: &Location) -> Option<Fix> {
    let suffix = format!("{}{}", if written.array { "[]" } else { "" }, if written.nullable { "?" } else { "" });
    let name = format!("{}{suffix}", written.name.text);
    (takes == TypeArguments::None).then(|| Fix::offer(format!("Write `{name}`")).replace(place, name))
}

pub(crate) fn takes_none(location: Location, name: &str) -> Diagnostic {
    BAD_TYPE_ARGUMENT
        .at(location, format!("`{name}` is an enum and takes no argument"))
        .help(format!("the storage stands at its declaration: `enum {name} : varchar(10) {{`"))
}

pub(crate) fn needs_number(location: Location, name: &str) -> Diagnostic {
    BAD_TYPE_ARGUMENT
        .at(location, format!("`{name}` takes whole numbers"))
        .help("write digits, without a name before them")
}

pub(crate) fn needs_text(location: Location, name: &str) -> Diagnostic {
    BAD_TYPE_ARGUMENT
        .at(location, format!("`{name}` takes the type as the database writes it"))
        .help(format!("write `{name}(\"…\")`"))
}
