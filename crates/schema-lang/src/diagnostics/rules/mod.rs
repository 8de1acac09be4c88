//! The rules, one file each. Reading this list is reading what the checker knows.
//!
//! A rule that is found while lowering offers functions that make its findings; a rule about a finished table has a
//! `check`, which stands in [`TABLE_CHECKS`].

pub mod bad_argument;
pub mod bad_default;
pub mod bad_enum;
pub mod bad_expression;
pub mod bad_interleave;
pub mod bad_type_argument;
pub mod duplicate_column;
pub mod duplicate_declaration;
pub mod duplicate_enum_value;
pub mod foreign_key_columns;
pub mod misplaced_attribute;
pub mod missing_primary_key;
pub mod mixin_conflict;
pub mod mixin_cycle;
pub mod not_supported_yet;
pub mod nullable_key;
pub mod syntax;
pub mod two_primary_keys;
pub mod unknown_argument;
pub mod unknown_attribute;
pub mod unknown_column;
pub mod unknown_function;
pub mod unknown_item;
pub mod unknown_mixin;
pub mod unknown_table;
pub mod unknown_type;

use super::{Diagnostic, Rule, RuleContext};

/// A check of a finished table or mixin.
pub(crate) type TableCheck = fn(&RuleContext<'_>, &mut Vec<Diagnostic>);

/// The checks that run on every table and mixin.
pub(crate) const TABLE_CHECKS: &[TableCheck] = &[missing_primary_key::check, nullable_key::check];

/// Every rule, ordered by code.
pub static RULES: &[&Rule] = &[
    &syntax::SYNTAX,
    &duplicate_declaration::DUPLICATE_DECLARATION,
    &not_supported_yet::NOT_SUPPORTED_YET,
    &unknown_type::UNKNOWN_TYPE,
    &bad_type_argument::BAD_TYPE_ARGUMENT,
    &unknown_attribute::UNKNOWN_ATTRIBUTE,
    &misplaced_attribute::MISPLACED_ATTRIBUTE,
    &unknown_item::UNKNOWN_ITEM,
    &unknown_argument::UNKNOWN_ARGUMENT,
    &bad_argument::BAD_ARGUMENT,
    &unknown_table::UNKNOWN_TABLE,
    &unknown_column::UNKNOWN_COLUMN,
    &unknown_mixin::UNKNOWN_MIXIN,
    &unknown_function::UNKNOWN_FUNCTION,
    &duplicate_column::DUPLICATE_COLUMN,
    &mixin_conflict::MIXIN_CONFLICT,
    &mixin_cycle::MIXIN_CYCLE,
    &bad_enum::BAD_ENUM,
    &duplicate_enum_value::DUPLICATE_ENUM_VALUE,
    &missing_primary_key::MISSING_PRIMARY_KEY,
    &two_primary_keys::TWO_PRIMARY_KEYS,
    &nullable_key::NULLABLE_KEY,
    &bad_default::BAD_DEFAULT,
    &bad_expression::BAD_EXPRESSION,
    &foreign_key_columns::FOREIGN_KEY_COLUMNS,
    &bad_interleave::BAD_INTERLEAVE,
];

/// The rule with this code or slug.
pub fn find(code_or_slug: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code == code_or_slug || rule.slug == code_or_slug)
}
