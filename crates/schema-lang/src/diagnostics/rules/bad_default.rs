//! A default that is no value of its column.

use orm_model::{ColumnType, Enum, ScalarType};

use crate::{
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    lower::similar,
};

rule! {
    /// What stands after `=` is no value of the column's type.
    ///
    /// ```orm,bad
    /// table users {
    ///   id   uuid      @primary_key
    ///   age  smallint = 40000
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users {
    ///   id    uuid           @primary_key
    ///   role  text = member
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id   uuid      @primary_key
    ///   age  smallint = 40
    /// }
    /// ```
    ///
    BAD_DEFAULT: "ORM070", "bad-default", Error, language
}

pub(crate) fn report(location: Location, column_type: &ColumnType, complaint: &str) -> Diagnostic {
    BAD_DEFAULT
        .at(location, format!("this is no default of type `{column_type}`: {complaint}"))
        .help(format!("write a value of type `{column_type}`, a function, or `sql(\"…\")`"))
}

pub(crate) fn enum_value(location: Location, definition: &Enum, value: &str) -> Diagnostic {
    let finding = BAD_DEFAULT.at(location, format!("`{}` has no value `{value}`", definition.name));
    match similar(value, definition.values.iter().map(|it| it.name.as_str())) {
        Some(known) => finding.help(format!("did you mean `{known}`?")).fix(Fix::rename(&location, value, known)),
        None => {
            let known: Vec<_> = definition.values.iter().map(|it| format!("`{}`", it.name)).collect();
            finding.help(format!("its values are {}", known.join(", ")))
        }
    }
}

pub(crate) fn name(location: Location, column_type: &ColumnType, name: &str) -> Diagnostic {
    let is_text = !column_type.array && matches!(column_type.scalar, ScalarType::Text | ScalarType::Varchar(_));
    let quoted = |place: &Location| Fix::offer("Put it in quotes").replace(place, format!("\"{name}\""));
    BAD_DEFAULT
        .at(location, format!("`{name}` is a name, and a default of type `{column_type}` cannot be one"))
        .help("a text stands in quotes, a function has parentheses; a default cannot name another column")
        .fix_at(Some(location).filter(|_| is_text), quoted)
}

pub(crate) fn null(location: Location) -> Diagnostic {
    let fix = Fix::offer("Leave the default out").remove(&location);
    let help = "leave it out: a column with `?` is NULL where nothing is said";
    BAD_DEFAULT.at(location, "NULL is no default").help(help).fix(fix)
}

pub(crate) fn app_arguments(location: Location, name: &str) -> Diagnostic {
    let fix = Fix::offer("Leave the arguments out").replace(&location, format!("app.{name}()"));
    BAD_DEFAULT
        .at(location, format!("`app.{name}` takes no arguments"))
        .help(format!("write `app.{name}()`; the application registers the function under this name"))
        .fix(fix)
}
