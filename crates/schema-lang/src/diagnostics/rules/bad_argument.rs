//! An argument that is missing, superfluous or of the wrong kind.

use orm_model::registry::WordInfo;

use crate::diagnostics::{Diagnostic, Fix, Location, rule::rule};

rule! {
    /// An attribute or table item has too few arguments, too many, or one of the wrong kind.
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text  @db(name)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text  @db("Name")
    /// }
    /// ```
    BAD_ARGUMENT: "ORM024", "bad-argument", Error, language
}

pub(crate) fn count(location: Location, info: &WordInfo, complaint: &str) -> Diagnostic {
    let finding = BAD_ARGUMENT.at(location, format!("`{}` {complaint}", info.name));
    if info.example.is_empty() { finding } else { finding.help(format!("for example `{}`", info.example)) }
}

pub(crate) fn value(location: Location, name: &str, expected: &str) -> Diagnostic {
    BAD_ARGUMENT.at(location, format!("`{name}` wants something else here")).help(format!("write {expected}"))
}

/// A name where a text must stand.
pub(crate) fn unquoted(location: Location, name: &str, written: &str) -> Diagnostic {
    let fix = Fix::safe("Put it in quotes").replace(&location, format!("\"{written}\""));
    value(location, name, "a text that is not empty: `\"…\"`").fix(fix)
}

pub(crate) fn missing(location: Location, name: &str, argument: &str) -> Diagnostic {
    BAD_ARGUMENT.at(location, format!("`{name}` does not say what it refers to")).help(format!("add `{argument}`"))
}

pub(crate) fn twice(location: Location, name: &str) -> Diagnostic {
    let fix = Fix::offer("Remove this one").remove(&location);
    BAD_ARGUMENT.at(location, format!("`{name}:` stands twice")).help("keep one of them").fix(fix)
}

pub(crate) fn order(location: Location, name: &str) -> Diagnostic {
    BAD_ARGUMENT.at(location, format!("`{name}` keeps no order here")).help("remove `asc`, `desc` and `nulls`")
}

pub(crate) fn key_expression(location: Location) -> Diagnostic {
    BAD_ARGUMENT
        .at(location, "a key is made of columns; expressions are not supported yet")
        .help("name a column of the table")
}

pub(crate) fn excluded(location: Location, name: &str, other: &str) -> Diagnostic {
    BAD_ARGUMENT
        .at(location, format!("`{name}:` and `{other}` do not stand together"))
        .help("keep one of them; NULLs of a key with a condition are distinct")
}

pub(crate) fn one_for_each_key(location: Location, name: &str, keys: usize) -> Diagnostic {
    BAD_ARGUMENT
        .at(location, format!("`{name}:` has not one value for each of the {keys} keys"))
        .help("write one value for all keys, or one for each in brackets, `default` for the usual one")
}

pub(crate) fn repeated_column(location: Location, name: &str) -> Diagnostic {
    let fix = Fix::safe("Remove this one").remove(&location);
    BAD_ARGUMENT.at(location, format!("`{name}` stands twice in one key")).help("a key holds a column once").fix(fix)
}

pub(crate) fn of_relation(location: Location, known: &[&str]) -> Diagnostic {
    BAD_ARGUMENT
        .at(location, "a relation does not take this here")
        .help(format!("what is said of its rows here is `{}`: `posts, where: …`", known.join("`, `")))
}
