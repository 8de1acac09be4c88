//! The reference of functions as data, for documentation and hovers.

use orm_model::{
    Dialect, ValueKind,
    registry::{self, Category, FunctionInfo, FunctionPlace},
};

use crate::dialect::{
    expression::{Strength, dialect_of},
    functions::Arguments,
};

/// A row of the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionEntry {
    /// The function.
    pub info: &'static FunctionInfo,
    /// Its SQL in each dialect, with the names of its parameters as arguments.
    pub texts: Vec<(Dialect, String)>,
    /// Where it may stand in a schema, a sentence.
    pub places: String,
}

/// Every function, by category in the order of the reference.
pub fn reference() -> Vec<(Category, Vec<FunctionEntry>)> {
    let entries = |category| registry::functions().filter(move |it| it.category == category).map(entry).collect();
    Category::ALL.into_iter().map(|category| (category, entries(category))).collect()
}

/// The row of one function.
pub fn entry(info: &'static FunctionInfo) -> FunctionEntry {
    let texts = Dialect::ALL.into_iter().map(|dialect| (dialect, text(info, dialect))).collect();
    FunctionEntry { info, texts, places: places(info) }
}

fn text(info: &FunctionInfo, dialect: Dialect) -> String {
    let printed: Vec<_> = info.parameters.iter().map(|it| (it.name.to_owned(), Strength::Atom)).collect();
    let arguments = Arguments { expressions: &[], printed: &printed, kind: ValueKind::Unknown };
    let mut texts = dialect_of(dialect).functions().iter().flat_map(|it| it.iter());
    texts.find(|it| it.name == info.name).and_then(|it| it.expand(&arguments)).unwrap_or_default()
}

fn places(info: &FunctionInfo) -> String {
    let missing = |dialect: Dialect| {
        let places = FunctionPlace::ALL.into_iter().filter(move |place| !info.may_stand(*place, dialect));
        places.map(FunctionPlace::title).collect::<Vec<_>>()
    };
    let [(first, one), (second, other)] = Dialect::ALL.map(|dialect| (dialect.title(), missing(dialect)));
    match (one.len(), other.len()) {
        (0, 0) => "May stand in every expression of a schema.".to_owned(),
        _ if one.len() == FunctionPlace::ALL.len() && other.len() == one.len() => "For queries only.".to_owned(),
        _ if one == other => format!("Not in {}.", listed(&one)),
        (_, 0) => format!("Not in {} in {first}.", listed(&one)),
        (0, _) => format!("Not in {} in {second}.", listed(&other)),
        _ => format!("Not in {} in {first}, not in {} in {second}.", listed(&one), listed(&other)),
    }
}

fn listed(places: &[&str]) -> String {
    match places {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> FunctionEntry {
        entry(registry::find_function(name).expect("it is registered"))
    }

    #[test]
    fn a_row_has_the_sql_of_both_databases() {
        let texts = of("ends_with").texts;
        let postgres = (Dialect::Postgres, "(right(text, char_length(part)) = part)".to_owned());
        assert_eq!(texts, [postgres, (Dialect::Spanner, "ENDS_WITH(text, part)".to_owned())]);
    }

    #[test]
    fn places_are_a_sentence() {
        assert_eq!(of("lower").places, "May stand in every expression of a schema.");
        assert_eq!(of("now").places, "Not in a check, a generated column and an index.");
        assert_eq!(of("array_join").places, "Not in a generated column and an index in PostgreSQL.");
        assert_eq!(of("array_sum").places, "For queries only.");
    }

    #[test]
    fn the_reference_has_every_function() {
        let rows: Vec<_> = reference().into_iter().flat_map(|(_, rows)| rows).collect();
        assert_eq!(rows.len(), registry::functions().count());
        assert!(rows.iter().all(|row| row.texts.iter().all(|(_, text)| !text.is_empty() && !text.contains("@0"))));
    }
}
