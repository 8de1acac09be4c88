//! The functions of the registry in Spanner, a file for each category.

mod array;
mod bytes;
mod conditional;
mod conversion;
mod json;
mod number;
mod text;
mod time;

use crate::dialect::functions::FunctionText;

pub(super) use conversion::CASTS;

/// The texts, by category.
pub(super) const FUNCTIONS: &[&[FunctionText]] = &[
    text::FUNCTIONS,
    number::FUNCTIONS,
    time::FUNCTIONS,
    conditional::FUNCTIONS,
    conversion::FUNCTIONS,
    json::FUNCTIONS,
    array::FUNCTIONS,
    bytes::FUNCTIONS,
];
