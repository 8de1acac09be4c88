//! What the databases write differently in a query.

use orm_driver::ParameterType;
use orm_model::{ColumnType, ScalarType, Targets, query::Lock};

use crate::dialect::expression::AggregateText;

/// What an `ORDER BY` sorts by.
#[derive(Debug, Clone)]
pub struct SortText {
    /// The value, in the order of its code points where it is a text.
    pub text: String,
    /// Whether it is a floating-point number, which may be NaN: NaN comes before all numbers, behind NULL.
    pub may_be_nan: bool,
    /// Whether large values come first.
    pub descending: bool,
    /// Whether NULL comes first; `None` where there is none.
    pub nulls_first: Option<bool>,
}

/// How one database writes queries.
pub trait QueryDialect {
    /// The parameter at `position`, counted from 1.
    fn placeholder(&self, position: usize) -> String;

    /// How many parameters a statement takes.
    fn most_parameters(&self) -> usize;

    /// The type that the text says behind a parameter; `None` where values are sent with their types.
    ///
    /// It has no length and no scale: a cast to `varchar(3)` would cut the value silently.
    fn parameter_type(&self, stored: &ColumnType) -> Option<String>;

    /// As what the values of a parameter are sent; `None` where the database has no such type.
    fn sent_type(&self, stored: &ColumnType, targets: &Targets) -> Option<ParameterType>;

    /// The collation that orders texts by their code points, where they are not ordered so anyway.
    fn collation(&self) -> Option<&'static str>;

    /// Whether NaN equals itself and is greater than every number, as no other database has it.
    fn has_ordered_nan(&self) -> bool;

    /// Whether tuples can be compared by size.
    fn compares_tuples(&self) -> bool;

    /// Whether a tuple is looked for in the columns of a query; otherwise in its only column, which holds tuples.
    fn finds_columns(&self) -> bool;

    /// Whether something is in an array.
    fn in_array(&self, operand: &str, array: &str, negated: bool) -> String;

    /// `SUM` and its like, but for `COUNT`.
    fn aggregate(&self, aggregate: &AggregateText) -> String;

    /// The keys of an `ORDER BY` that make one order.
    fn sort_keys(&self, key: &SortText) -> Vec<String>;

    /// The `LIMIT` that an `OFFSET` needs before it.
    fn unlimited(&self) -> Option<&'static str>;

    /// `FOR UPDATE`, of the named sources or of all; what the database has not, as a reason.
    fn lock(&self, lock: Lock, sources: Option<&[String]>) -> Result<String, &'static str>;

    /// The [template](crate::dialect::functions) that makes a value what it is inside of JSON; as it is without one.
    fn json_text(&self, scalar: &ScalarType) -> Option<&'static str>;

    /// The template that makes an array JSON, each element (`x`) by the text `element`.
    fn json_array(&self, element: &str) -> String;

    /// A JSON object of names, which are literals, and values.
    fn json_object(&self, fields: &[(String, String)]) -> String;

    /// A JSON array of the rows of a query in parentheses that gives JSON objects.
    fn json_rows(&self, query: &str) -> String;

    /// The template that makes a value of the result one that the driver reads; as it is without one.
    fn result_text(&self, scalar: &ScalarType) -> Option<&'static str>;

    /// Whether an `UPDATE` or `DELETE` without `WHERE` is refused.
    fn needs_where(&self) -> bool;

    /// What stands before the values that a mutation gives back.
    fn returning(&self) -> &'static str;

    /// Whether a sub-query can have a `WITH` of its own.
    fn nests_common_tables(&self) -> bool;

    /// Whether the name of an output hides the source of the same name in `GROUP BY`, `HAVING` and `ORDER BY`, and in a query
    /// inside another one the name of a column the source of the other one.
    fn columns_hide_sources(&self) -> bool;

    /// A column where an `UPDATE` of rows that are called `row` sets it.
    fn assigned_column(&self, row: &str, column: &str) -> String;

    /// Whether the table of an `INSERT` can have another name in it.
    fn names_insert_target(&self) -> bool;

    /// The `INSERT` that leaves rows with a taken primary key alone, where there is no `ON CONFLICT`.
    fn insert_ignoring(&self) -> Option<&'static str>;
}
