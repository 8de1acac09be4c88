//! What the words of the language are: types, attributes, table items and functions, with their documentation.
//!
//! The grammar knows none of them; checking, hover, completion and the reference documentation read them here.
//! The SQL text of each stands in the engine's dialect folders.

mod arguments;
mod attributes;
mod clauses;
mod declarations;
mod defaults;
mod effect;
mod function;
mod functions;
mod items;
mod other_names;
mod text_size;
mod type_limits;
mod types;

pub use attributes::{ATTRIBUTES, find_attribute};
pub use clauses::{AGGREGATES, CLAUSES, RELATION, find_aggregate, find_clause};
pub use declarations::{DECLARATIONS, find_declaration};
pub use defaults::{DEFAULTS, find_default};
pub use effect::Effect;
pub use function::{
    Category, FunctionInfo, FunctionPlace, Nullability, Parameter, ParameterType, ReturnType, Volatility,
};
pub use functions::{find_function, functions};
pub use items::{ITEMS, find_item};
pub use other_names::{MeantType, OTHER_TYPE_NAMES, OtherTypeName, find_other_type_name};
pub use text_size::{POSTGRES_TEXT_SIZES, TextSize, postgres_text_size};
pub use type_limits::{KeyLength, TYPE_LIMITS, TypeLimit, type_limit, type_limits_of};
pub use types::{TYPES, find_type};

use crate::PerDialect;

/// A type that a column can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeInfo {
    /// The word.
    pub name: &'static str,
    /// What it takes in parentheses.
    pub arguments: TypeArguments,
    /// What it is for.
    pub docs: &'static str,
    /// What it becomes in each database; `None` where a database has no such column.
    pub sql: PerDialect<Option<&'static str>>,
}

/// What a type takes in parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeArguments {
    /// Nothing.
    None,
    /// `(length)`, may be left out.
    OptionalLength,
    /// `(length)`, must stand.
    Length,
    /// `(precision, scale)`, may be left out.
    PrecisionAndScale,
    /// `(precision)`: digits of the second, 0 to 6; may be left out.
    SecondPrecision,
    /// `("text")`: the type as the database writes it.
    Text,
}

/// A word that takes arguments: after `@`, a table item (`index(…)`), a default (`identity()`), a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordInfo {
    /// The word, without `@`.
    pub name: &'static str,
    /// Where it can stand.
    pub places: &'static [Place],
    /// What its positional arguments are.
    pub positional: Positional,
    /// Its named arguments.
    pub named: &'static [NamedArgument],
    /// What it is for.
    pub docs: &'static str,
    /// One line that shows it.
    pub example: &'static str,
    /// What each database makes of it.
    pub databases: PerDialect<Effect>,
}

/// Where an attribute or item can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The header of a table.
    Table,
    /// The header of a mixin.
    Mixin,
    /// The header of an enum.
    Enum,
    /// A value of an enum.
    EnumValue,
    /// A column.
    Column,
    /// A table item.
    Item,
    /// The body of a table or mixin.
    Body,
    /// What a column begins with: after `=`.
    Default,
    /// The header of a sequence.
    Sequence,
    /// The header of a view.
    View,
    /// The header of an extension.
    Extension,
    /// The header of a query or mutation.
    Query,
}

/// What the positional arguments of a word are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Positional {
    /// There are none.
    None,
    /// One or more columns or expressions of the table, with their order.
    Keys,
    /// One or more columns of the table; `sorted` allows `desc` and `nulls last`.
    Columns {
        /// Whether an order may be given.
        sorted: bool,
    },
    /// One column of another table: `users.id`.
    ColumnOfTable,
    /// One table.
    Table,
    /// One sequence.
    Sequence,
    /// One expression.
    Expression,
    /// One text.
    Text,
    /// One name.
    Name,
    /// One database: `postgres`, `spanner`.
    Dialect,
}

/// A named argument of an attribute or item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedArgument {
    /// The name before the colon.
    pub name: &'static str,
    /// What stands after it.
    pub value: ArgumentValue,
    /// What it is for.
    pub docs: &'static str,
    /// What each database makes of it; `None` where that is said by the word, or none learns of it.
    pub databases: Option<PerDialect<Effect>>,
}

/// What stands after the colon of a named argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentValue {
    /// `"text"`
    Text,
    /// `true` or `false`
    Boolean,
    /// A whole number.
    Integer,
    /// A whole number from 1 to the largest of 64 bits.
    Counter,
    /// `[1, 1000]`: two such numbers, the smaller one first.
    Range,
    /// A column of a table: `orders.id`
    ColumnOfTable,
    /// `no_action`, `restrict`, `cascade`, `set_null`, `set_default`
    Action,
    /// A name of the caller's choice.
    Name,
    /// A name, or one for each key of the index: `[a, default]`.
    Names,
    /// A text, or one for each key of the index: `["C", "default"]`.
    Texts,
    /// `[a, b]`: columns of the table.
    Columns,
    /// `table(a, b)`: a table and columns of it.
    TableWithColumns,
    /// A table.
    Table,
    /// `equal` or `distinct`
    NullsComparison,
    /// Any expression.
    Expression,
}
