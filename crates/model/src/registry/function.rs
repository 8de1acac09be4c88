//! What a function of the language is.

use crate::{ColumnType, Dialect, PerDialect, ScalarType};

/// A function of expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionInfo {
    /// The name.
    pub name: &'static str,
    /// What it is about.
    pub category: Category,
    /// Its parameters in order; those that may be left out stand last.
    pub parameters: &'static [Parameter],
    /// Whether the last parameter may be repeated.
    pub variadic: bool,
    /// The type of its value.
    pub returns: ReturnType,
    /// When its value is NULL.
    pub nullability: Nullability,
    /// What its value depends on.
    pub volatility: Volatility,
    /// Where each database takes it in a schema.
    pub places: PerDialect<&'static [FunctionPlace]>,
    /// What it is for.
    pub docs: &'static str,
    /// A call that shows it.
    pub example: &'static str,
    /// How the answers of the databases differ, where they cannot be made equal.
    pub difference: Option<&'static str>,
}

/// What a function is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Texts.
    Text,
    /// Numbers.
    Number,
    /// Dates and instants.
    Time,
    /// Choices between values.
    Conditional,
    /// A value as another type.
    Conversion,
    /// JSON.
    Json,
    /// Arrays.
    Array,
    /// Hashes, identifiers and bytes.
    Bytes,
}

impl Category {
    /// Every category, in the order of the reference.
    pub const ALL: [Category; 8] = [
        Category::Text,
        Category::Number,
        Category::Time,
        Category::Conditional,
        Category::Conversion,
        Category::Json,
        Category::Array,
        Category::Bytes,
    ];

    /// The heading of the reference.
    pub const fn title(self) -> &'static str {
        match self {
            Category::Text => "Text",
            Category::Number => "Numbers",
            Category::Time => "Dates and instants",
            Category::Conditional => "Choices",
            Category::Conversion => "Conversion",
            Category::Json => "JSON",
            Category::Array => "Arrays",
            Category::Bytes => "Bytes, hashes and identifiers",
        }
    }
}

/// A parameter of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// What it is called in the reference.
    pub name: &'static str,
    /// What may stand there.
    pub value: ParameterType,
    /// Whether it may be left out.
    pub optional: bool,
}

/// The type of an argument of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterType {
    /// `boolean`
    Boolean,
    /// `text`, `varchar`, `char`, enums.
    Text,
    /// A regular expression: a text that stands in the schema.
    Pattern,
    /// The name of a member of a JSON object: a text that stands in the schema.
    Key,
    /// A whole number.
    Integer,
    /// A whole or exact number: no floating point.
    Exact,
    /// `numeric`, `real` or `double`.
    Fraction,
    /// `double`, or what becomes one.
    Double,
    /// Any number.
    Number,
    /// `numeric`
    Numeric,
    /// `bytes`
    Bytes,
    /// `text` or `bytes`
    TextOrBytes,
    /// `date`
    Date,
    /// `timestamptz`
    Timestamp,
    /// `date` or `timestamptz`
    Moment,
    /// `json` or `jsonb`
    Json,
    /// Anything, of one type with the other arguments of this kind.
    Same,
    /// What has an order, of one type with the other arguments of this kind.
    Ordered,
    /// What can be put into JSON: texts, whole numbers, truth values, dates, JSON.
    Jsonable,
    /// An array; several have one type.
    Array,
    /// An array of texts.
    TextArray,
    /// An array of whole numbers.
    IntegerArray,
    /// An element of the array that is the first argument.
    Element,
}

/// The type of the value of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnType {
    /// `boolean`
    Boolean,
    /// `integer`
    Integer,
    /// `bigint`
    Bigint,
    /// `double`
    Double,
    /// `numeric`
    Numeric,
    /// `text`
    Text,
    /// `bytes`
    Bytes,
    /// `uuid`
    Uuid,
    /// `date`
    Date,
    /// `timestamptz`
    Timestamptz,
    /// `jsonb`
    Jsonb,
    /// `text[]`
    TextArray,
    /// The type that the [`Same`](ParameterType::Same) arguments have in common.
    Common,
    /// The number of the first argument, computed widely: `bigint`, `numeric` or `double`.
    Wide,
    /// The type of the first argument.
    FirstArgument,
    /// The type of the elements of the first argument.
    Element,
}

/// When the value of a function is NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nullability {
    /// When one of its arguments is.
    AnyArgument,
    /// When its first argument is.
    FirstArgument,
    /// When all of its arguments are.
    AllArguments,
    /// When one of its arguments but the first is, which only chooses between them.
    OtherArguments,
    /// Never.
    Never,
    /// Also when no argument is: the docs say when.
    Sometimes,
}

/// What the value of a function depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Volatility {
    /// Its arguments alone.
    Immutable,
    /// Also the transaction, such as its time.
    Stable,
    /// It is another one at each call.
    Volatile,
}

/// Where an expression can stand in a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FunctionPlace {
    /// After `=`.
    Default,
    /// In a check.
    Check,
    /// In a generated column.
    Generated,
    /// In a key or a condition of an index.
    Index,
}

impl FunctionPlace {
    /// Every place.
    pub const ALL: [FunctionPlace; 4] =
        [FunctionPlace::Default, FunctionPlace::Check, FunctionPlace::Generated, FunctionPlace::Index];

    /// As messages and the reference call it.
    pub const fn title(self) -> &'static str {
        match self {
            FunctionPlace::Default => "a default",
            FunctionPlace::Check => "a check",
            FunctionPlace::Generated => "a generated column",
            FunctionPlace::Index => "an index",
        }
    }
}

pub(super) const EVERYWHERE: &[FunctionPlace] = &FunctionPlace::ALL;
const NOT_STORED: &[FunctionPlace] = &[FunctionPlace::Default, FunctionPlace::Check];
const DEFAULTS: &[FunctionPlace] = &[FunctionPlace::Default];
const QUERIES: &[FunctionPlace] = &[];

impl FunctionInfo {
    /// A function whose value depends on its arguments alone, and is NULL when one of them is.
    pub(super) const fn new(
        category: Category,
        name: &'static str,
        parameters: &'static [Parameter],
        returns: ReturnType,
        docs: &'static str,
        example: &'static str,
    ) -> Self {
        FunctionInfo {
            name,
            category,
            parameters,
            variadic: false,
            returns,
            nullability: Nullability::AnyArgument,
            volatility: Volatility::Immutable,
            places: PerDialect { postgres: EVERYWHERE, spanner: EVERYWHERE },
            docs,
            example,
            difference: None,
        }
    }

    pub(super) const fn variadic(mut self) -> Self {
        self.variadic = true;
        self
    }

    pub(super) const fn null(mut self, nullability: Nullability) -> Self {
        self.nullability = nullability;
        self
    }

    /// Defaults only, in both databases.
    pub(super) const fn depends_on(mut self, volatility: Volatility) -> Self {
        self.volatility = volatility;
        self.places = PerDialect { postgres: DEFAULTS, spanner: DEFAULTS };
        self
    }

    /// PostgreSQL says that the value depends on settings of the session, so it stores none.
    pub(super) const fn stable_in_postgres(mut self) -> Self {
        self.places.postgres = NOT_STORED;
        self
    }

    /// It needs a sub-query, which only queries may hold.
    pub(super) const fn in_queries(mut self) -> Self {
        self.places = PerDialect { postgres: QUERIES, spanner: QUERIES };
        self
    }

    /// PostgreSQL needs a sub-query for it, which only queries may hold.
    pub(super) const fn sub_query_in_postgres(mut self) -> Self {
        self.places.postgres = QUERIES;
        self
    }

    /// Spanner needs a sub-query for it, which only queries may hold.
    pub(super) const fn sub_query_in_spanner(mut self) -> Self {
        self.places.spanner = QUERIES;
        self
    }

    pub(super) const fn differs(mut self, how: &'static str) -> Self {
        self.difference = Some(how);
        self
    }

    /// Whether the same arguments give the same value at any time.
    pub fn is_deterministic(&self) -> bool {
        self.volatility == Volatility::Immutable
    }

    /// Whether `dialect` takes a call of it there.
    pub fn may_stand(&self, place: FunctionPlace, dialect: Dialect) -> bool {
        self.places.get(dialect).contains(&place)
    }

    /// The least number of arguments.
    pub fn least_arguments(&self) -> usize {
        self.parameters.iter().filter(|it| !it.optional).count()
    }

    /// What the argument at `index` must be; `None` where there is no such parameter.
    pub fn parameter(&self, index: usize) -> Option<&'static Parameter> {
        let last = self.parameters.len().checked_sub(1)?;
        if self.variadic { self.parameters.get(index.min(last)) } else { self.parameters.get(index) }
    }

    /// The function as the reference writes it: `substring(text text, start integer[, length integer]) text`.
    pub fn signature(&self) -> String {
        let mut text = format!("{}(", self.name);
        for (index, parameter) in self.parameters.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            let (open, close) = if parameter.optional { ("[", "]") } else { ("", "") };
            text.push_str(&format!("{open}{comma}{}: {}{close}", parameter.name, parameter.value.title()));
        }
        let more = if self.variadic { ", …" } else { "" };
        format!("{text}{more}): {}", self.returns.title())
    }
}

impl ParameterType {
    /// As signatures write it.
    pub const fn title(self) -> &'static str {
        match self {
            ParameterType::Boolean => "boolean",
            ParameterType::Text | ParameterType::Key => "text",
            ParameterType::Pattern => "pattern",
            ParameterType::Integer => "bigint",
            ParameterType::Exact => "bigint or numeric",
            ParameterType::Fraction => "numeric or double",
            ParameterType::Double => "double",
            ParameterType::Number => "number",
            ParameterType::Numeric => "numeric",
            ParameterType::Bytes => "bytes",
            ParameterType::TextOrBytes => "text or bytes",
            ParameterType::Date => "date",
            ParameterType::Timestamp => "timestamptz",
            ParameterType::Moment => "date or timestamptz",
            ParameterType::Json => "jsonb",
            ParameterType::Same => "any",
            ParameterType::Ordered => "ordered",
            ParameterType::Jsonable => "value",
            ParameterType::Array => "any[]",
            ParameterType::TextArray => "text[]",
            ParameterType::IntegerArray => "bigint[]",
            ParameterType::Element => "element",
        }
    }
}

impl ReturnType {
    /// The type, where it is always the same.
    pub fn column_type(self) -> Option<ColumnType> {
        let scalar = match self {
            ReturnType::Boolean => ScalarType::Boolean,
            ReturnType::Integer => ScalarType::Integer,
            ReturnType::Bigint => ScalarType::Bigint,
            ReturnType::Double => ScalarType::Double,
            ReturnType::Numeric => ScalarType::Numeric(None),
            ReturnType::Text => ScalarType::Text,
            ReturnType::Bytes => ScalarType::Bytes(None),
            ReturnType::Uuid => ScalarType::Uuid,
            ReturnType::Date => ScalarType::Date,
            ReturnType::Timestamptz => ScalarType::Timestamptz(None),
            ReturnType::Jsonb => ScalarType::Jsonb,
            ReturnType::TextArray => return Some(ColumnType { scalar: ScalarType::Text, array: true }),
            ReturnType::Common | ReturnType::Wide | ReturnType::FirstArgument | ReturnType::Element => return None,
        };
        Some(scalar.into())
    }

    /// As signatures write it.
    pub fn title(self) -> String {
        match self {
            ReturnType::Common => "the type of its arguments".to_owned(),
            ReturnType::Wide => "bigint, numeric or double".to_owned(),
            ReturnType::FirstArgument => "the type of its first argument".to_owned(),
            ReturnType::Element => "element".to_owned(),
            other => other.column_type().map(|it| it.to_string()).unwrap_or_default(),
        }
    }
}
