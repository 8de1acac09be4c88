//! The functions of expressions, a file for each category.

mod array;
mod bytes;
mod conditional;
mod conversion;
mod json;
mod number;
mod text;
mod time;

use super::function::{FunctionInfo, Parameter, ParameterType};

/// Every function, by category, in the order of the reference.
pub(super) const FUNCTIONS: [&[FunctionInfo]; 8] = [
    text::FUNCTIONS,
    number::FUNCTIONS,
    time::FUNCTIONS,
    conditional::FUNCTIONS,
    conversion::FUNCTIONS,
    json::FUNCTIONS,
    array::FUNCTIONS,
    bytes::FUNCTIONS,
];

/// Every function, in the order of the reference.
pub fn functions() -> impl Iterator<Item = &'static FunctionInfo> {
    FUNCTIONS.into_iter().flatten()
}

/// The function with this name.
pub fn find_function(name: &str) -> Option<&'static FunctionInfo> {
    functions().find(|it| it.name == name)
}

const fn parameter(name: &'static str, value: ParameterType) -> Parameter {
    Parameter { name, value, optional: false }
}

const fn optional(name: &'static str, value: ParameterType) -> Parameter {
    Parameter { name, value, optional: true }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{super::Category, *};

    #[test]
    fn names_are_unique_and_everything_is_described() {
        let mut names = HashSet::new();
        for it in functions() {
            assert!(names.insert(it.name), "{} stands twice", it.name);
            assert!(it.docs.ends_with('.') && it.example.contains(it.name), "{}", it.name);
        }
        assert!(names.len() >= 80, "{}", names.len());
    }

    #[test]
    fn each_file_holds_its_category() {
        for (category, functions) in Category::ALL.into_iter().zip(FUNCTIONS) {
            assert!(functions.iter().all(|it| it.category == category), "{category:?}");
        }
    }
}
