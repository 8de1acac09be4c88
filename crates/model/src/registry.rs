//! What the words of the language are: types, attributes, table items and functions, with their documentation.
//!
//! The grammar knows none of them; checking, hover, completion and the reference documentation read them here.
//! The SQL text of each stands in the engine's dialect folders.

/// Whether this version of `orm` can do what a word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It can.
    Supported,
    /// The word is reserved; a diagnostic says that it is not supported yet.
    Planned,
}

/// A type that a column can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TypeInfo {
    /// The word.
    pub name: &'static str,
    /// What it takes in parentheses.
    pub arguments: TypeArguments,
    /// What it is for.
    pub docs: &'static str,
    /// What it becomes in PostgreSQL.
    pub postgres: &'static str,
    /// What it becomes in Spanner.
    pub spanner: &'static str,
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

/// A word after `@`, or a table item: `index(…)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordInfo {
    /// The word, without `@`.
    pub name: &'static str,
    /// Whether it works.
    pub status: Status,
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
}

/// What the positional arguments of a word are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Positional {
    /// There are none.
    None,
    /// One or more columns of the table; `sorted` allows `desc` and `nulls last`.
    Columns {
        /// Whether an order may be given.
        sorted: bool,
    },
    /// One column of another table: `users.id`.
    ColumnOfTable,
    /// One table.
    Table,
    /// One expression.
    Expression,
    /// One text.
    Text,
    /// One name.
    Name,
}

/// A named argument of an attribute or item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedArgument {
    /// The name before the colon.
    pub name: &'static str,
    /// What stands after it.
    pub value: ArgumentValue,
    /// Whether it works.
    pub status: Status,
    /// What it is for.
    pub docs: &'static str,
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
    /// `no_action`, `restrict`, `cascade`, `set_null`, `set_default`
    Action,
    /// A name of the caller's choice.
    Name,
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

/// A function of expressions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunctionInfo {
    /// The name.
    pub name: &'static str,
    /// The types of its arguments.
    pub parameters: &'static [ParameterType],
    /// The type of its value.
    pub returns: ReturnType,
    /// Whether the same arguments give the same value at any time: a check may call it.
    pub deterministic: bool,
    /// What it is for.
    pub docs: &'static str,
}

/// The type of an argument of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterType {
    /// `text`, `varchar`, `char`, enums.
    Text,
    /// `bytes`
    Bytes,
    /// Any number.
    Number,
    /// Anything, the same type as the other arguments of this kind.
    Same,
}

/// The type of the value of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnType {
    /// `boolean`
    Boolean,
    /// `bigint`
    Bigint,
    /// `text`
    Text,
    /// `timestamptz`
    Timestamptz,
    /// `uuid`
    Uuid,
    /// The type of its first argument.
    FirstArgument,
}

const fn named(name: &'static str, value: ArgumentValue, docs: &'static str) -> NamedArgument {
    NamedArgument { name, value, status: Status::Supported, docs }
}

const fn planned(name: &'static str, value: ArgumentValue, docs: &'static str) -> NamedArgument {
    NamedArgument { name, value, status: Status::Planned, docs }
}

const NAME: NamedArgument = named("name", ArgumentValue::Text, "The name in the database instead of the derived one.");
const ON_DELETE: NamedArgument =
    named("on_delete", ArgumentValue::Action, "What happens to this row when the row that it refers to is deleted.");
const ON_UPDATE: NamedArgument =
    named("on_update", ArgumentValue::Action, "What happens to this row when the key that it refers to changes.");
const DEFERRABLE: NamedArgument =
    planned("deferrable", ArgumentValue::Boolean, "Check at the end of the transaction (PostgreSQL).");
const ENFORCED: NamedArgument =
    planned("enforced", ArgumentValue::Boolean, "`false` only tells the database; it does not check.");

/// Every type, in the order of the reference.
pub const TYPES: &[TypeInfo] = &[
    type_info("boolean", TypeArguments::None, "BOOLEAN", "BOOL", "True or false."),
    type_info(
        "smallint",
        TypeArguments::None,
        "SMALLINT",
        "INT64 + CHECK of the range",
        "A whole number of 16 bits: -32,768 to 32,767.",
    ),
    type_info(
        "integer",
        TypeArguments::None,
        "INTEGER",
        "INT64 + CHECK of the range",
        "A whole number of 32 bits: -2,147,483,648 to 2,147,483,647.",
    ),
    type_info("bigint", TypeArguments::None, "BIGINT", "INT64", "A whole number of 64 bits."),
    type_info("real", TypeArguments::None, "REAL", "FLOAT32", "A binary floating-point number of 32 bits."),
    type_info(
        "double",
        TypeArguments::None,
        "DOUBLE PRECISION",
        "FLOAT64",
        "A binary floating-point number of 64 bits.",
    ),
    type_info(
        "numeric",
        TypeArguments::PrecisionAndScale,
        "NUMERIC(precision, scale)",
        "NUMERIC",
        "An exact decimal number. Spanner keeps 38 digits, 9 of them after the point; without a size PostgreSQL gets \
         NUMERIC(38, 9), too.",
    ),
    type_info("text", TypeArguments::None, "TEXT", "STRING(MAX)", "Characters without a limit."),
    type_info(
        "varchar",
        TypeArguments::OptionalLength,
        "VARCHAR(length)",
        "STRING(length)",
        "At most `length` characters.",
    ),
    type_info(
        "char",
        TypeArguments::Length,
        "VARCHAR(length) + CHECK of the length",
        "STRING(length) + CHECK of the length",
        "Exactly `length` characters. PostgreSQL's CHAR pads with blanks, so it is not used.",
    ),
    type_info(
        "bytes",
        TypeArguments::OptionalLength,
        "BYTEA (+ CHECK of the length)",
        "BYTES(length)",
        "At most `length` bytes.",
    ),
    type_info("uuid", TypeArguments::None, "UUID", "STRING(36)", "A universally unique identifier."),
    type_info("date", TypeArguments::None, "DATE", "DATE", "A day, from 0001-01-01 to 9999-12-31."),
    type_info(
        "timestamptz",
        TypeArguments::SecondPrecision,
        "TIMESTAMP WITH TIME ZONE",
        "TIMESTAMP",
        "An instant. PostgreSQL keeps microseconds, Spanner nanoseconds.",
    ),
    type_info(
        "timestamp_local",
        TypeArguments::SecondPrecision,
        "TIMESTAMP WITHOUT TIME ZONE",
        "TIMESTAMP, taken as UTC",
        "A date and time of day without a zone.",
    ),
    type_info("time", TypeArguments::SecondPrecision, "TIME", "none", "A time of day. Spanner has no such column."),
    type_info("interval", TypeArguments::None, "INTERVAL", "none", "A span of time. Spanner has no such column."),
    type_info("json", TypeArguments::None, "JSON", "JSON", "JSON. PostgreSQL keeps the text as it was written."),
    type_info("jsonb", TypeArguments::None, "JSONB", "JSON", "JSON, kept as a value."),
    type_info(
        "postgres",
        TypeArguments::Text,
        "as written",
        "none",
        "A type that only PostgreSQL has: `postgres(\"citext\")`.",
    ),
    type_info(
        "spanner",
        TypeArguments::Text,
        "none",
        "as written",
        "A type that only Spanner has: `spanner(\"TOKENLIST\")`.",
    ),
];

const fn type_info(
    name: &'static str,
    arguments: TypeArguments,
    postgres: &'static str,
    spanner: &'static str,
    docs: &'static str,
) -> TypeInfo {
    TypeInfo { name, arguments, docs, postgres, spanner }
}

/// Every attribute, in the order of the reference.
pub const ATTRIBUTES: &[WordInfo] = &[
    WordInfo {
        name: "primary_key",
        status: Status::Supported,
        places: &[Place::Column],
        positional: Positional::None,
        named: &[],
        docs: "The column is the primary key, or a part of it in the order of declaration.",
        example: "id  uuid = uuid()  @primary_key",
    },
    WordInfo {
        name: "unique",
        status: Status::Supported,
        places: &[Place::Column],
        positional: Positional::None,
        named: &[NAME, NULLS],
        docs: "No two rows have the same value. NULLs are distinct unless `nulls: equal`.",
        example: "email  text  @unique",
    },
    WordInfo {
        name: "references",
        status: Status::Supported,
        places: &[Place::Column],
        positional: Positional::ColumnOfTable,
        named: &[
            ON_DELETE,
            ON_UPDATE,
            NAME,
            named(
                "as",
                ArgumentValue::Name,
                "The name of the relation from this table; the column less `_id` without it.",
            ),
            named(
                "back",
                ArgumentValue::Name,
                "The name of the relation back to this table; the table's name without it.",
            ),
            ENFORCED,
            DEFERRABLE,
        ],
        docs: "The value is the key of a row of another table: a foreign key.",
        example: "user_id  uuid  @references(users.id, on_delete: cascade)",
    },
    WordInfo {
        name: "check",
        status: Status::Supported,
        places: &[Place::Column],
        positional: Positional::Expression,
        named: &[NAME],
        docs: "A condition that every row meets. NULL passes.",
        example: "size  integer  @check(size >= 0)",
    },
    WordInfo {
        name: "db",
        status: Status::Supported,
        places: &[Place::Table, Place::Column],
        positional: Positional::Text,
        named: &[],
        docs: "The name in the database, where it is not the one here.",
        example: "table users @db(\"Users\") {",
    },
    WordInfo {
        name: "on_update",
        status: Status::Supported,
        places: &[Place::Column],
        positional: Positional::Expression,
        named: &[],
        docs: "What the client writes on every update that does not set the column.",
        example: "updated_at  timestamptz = now()  @on_update(now())",
    },
    WordInfo {
        name: "postgres",
        status: Status::Supported,
        places: &[Place::Column, Place::Enum],
        positional: Positional::None,
        named: &[
            named("type", ArgumentValue::Text, "The type in PostgreSQL, as it is written there."),
            planned("native", ArgumentValue::Boolean, "The enum is a `CREATE TYPE`."),
        ],
        docs: "What holds in PostgreSQL only.",
        example: "email  text  @postgres(type: \"citext\")",
    },
    WordInfo {
        name: "spanner",
        status: Status::Supported,
        places: &[Place::Column],
        positional: Positional::None,
        named: &[
            named("type", ArgumentValue::Text, "The type in Spanner, as it is written there."),
            named("allow_commit_timestamp", ArgumentValue::Boolean, "The column may hold the commit timestamp."),
            named("on_delete", ArgumentValue::Action, "The action in Spanner, which knows `no_action` and `cascade`."),
        ],
        docs: "What holds in Spanner only.",
        example: "changed_at  timestamptz  @spanner(allow_commit_timestamp: true)",
    },
    planned_attribute("generated", &[Place::Column], "The database computes the column from others."),
    planned_attribute(
        "was",
        &[Place::Table, Place::Column, Place::Enum, Place::EnumValue],
        "The name before a rename.",
    ),
    planned_attribute("type", &[Place::Column], "The type in stubs."),
    planned_attribute(
        "deprecated",
        &[Place::Table, Place::Column, Place::Enum, Place::EnumValue],
        "Says not to use it, and why.",
    ),
    planned_attribute("only", &[Place::Table, Place::Column, Place::Item], "Keeps a thing to one dialect."),
];

const fn planned_attribute(name: &'static str, places: &'static [Place], docs: &'static str) -> WordInfo {
    WordInfo {
        name,
        status: Status::Planned,
        places,
        positional: Positional::Expression,
        named: &[],
        docs,
        example: "",
    }
}

const NULLS: NamedArgument = named(
    "nulls",
    ArgumentValue::NullsComparison,
    "`equal`: two rows with NULL clash (PostgreSQL 15 and later). `distinct` is how it is without it.",
);

/// Every table item, in the order of the reference.
pub const ITEMS: &[WordInfo] = &[
    WordInfo {
        name: "primary_key",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Columns { sorted: true },
        named: &[NAME],
        docs: "The primary key.",
        example: "primary_key(tenant_id, id)",
    },
    WordInfo {
        name: "unique",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Columns { sorted: false },
        named: &[NAME, NULLS, planned("where", ArgumentValue::Expression, "Only for rows that meet the condition.")],
        docs: "No two rows have the same values. NULLs are distinct unless `nulls: equal`.",
        example: "unique(tenant_id, slug)",
    },
    WordInfo {
        name: "index",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Columns { sorted: true },
        named: &[
            NAME,
            named("unique", ArgumentValue::Boolean, "No two rows have the same key; NULLs are distinct."),
            named("storing", ArgumentValue::Columns, "Further columns that are read from the index alone."),
            named("null_filtered", ArgumentValue::Boolean, "Leaves out rows with a NULL in the key."),
            named("using", ArgumentValue::Name, "The access method of PostgreSQL: `gin`, `gist`, `hash`, `brin`."),
            planned("where", ArgumentValue::Expression, "Only rows that meet the condition."),
            planned("opclass", ArgumentValue::Name, "The operator class of PostgreSQL."),
            planned("collate", ArgumentValue::Text, "The collation of PostgreSQL."),
            planned("interleave", ArgumentValue::Table, "Stores the index inside a table of Spanner."),
        ],
        docs: "An index. Keys are sorted upwards unless `desc`.",
        example: "index(user_id, created_at desc)",
    },
    WordInfo {
        name: "foreign_key",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Columns { sorted: false },
        named: &[
            named("references", ArgumentValue::TableWithColumns, "The table and its columns: `orders(tenant_id, id)`."),
            ON_DELETE,
            ON_UPDATE,
            NAME,
            named("as", ArgumentValue::Name, "The name of the relation from this table."),
            named("back", ArgumentValue::Name, "The name of the relation back to this table."),
            ENFORCED,
            DEFERRABLE,
        ],
        docs: "The values are the key of a row of another table.",
        example: "foreign_key(tenant_id, order_id, references: orders(tenant_id, id), on_delete: cascade)",
    },
    WordInfo {
        name: "check",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Expression,
        named: &[NAME, ENFORCED],
        docs: "A condition that every row meets. NULL passes.",
        example: "check(starts_on <= ends_on, name: \"ck_period\")",
    },
    WordInfo {
        name: "interleave",
        status: Status::Supported,
        places: &[Place::Body],
        positional: Positional::Table,
        named: &[named("on_delete", ArgumentValue::Action, "`cascade` or `no_action`.")],
        docs: "Spanner stores the rows inside the rows of the parent, whose key begins this table's key. PostgreSQL gets \
               the same foreign key, so that both databases hold the same rows.",
        example: "interleave(orders, on_delete: cascade)",
    },
    planned_item("interleave_in", Positional::Table, "Spanner stores the rows near the parent's; no foreign key."),
    planned_item("ttl", Positional::Columns { sorted: false }, "Rows are deleted some days after a timestamp."),
];

const fn planned_item(name: &'static str, positional: Positional, docs: &'static str) -> WordInfo {
    WordInfo { name, status: Status::Planned, places: &[Place::Body], positional, named: &[], docs, example: "" }
}

/// Every function, in the order of the reference.
pub const FUNCTIONS: &[FunctionInfo] = &[
    function("now", &[], ReturnType::Timestamptz, false, "The time of the statement or transaction."),
    function("uuid", &[], ReturnType::Uuid, false, "A random UUID (version 4)."),
    function("lower", &[ParameterType::Text], ReturnType::Text, true, "The text in lower case."),
    function("upper", &[ParameterType::Text], ReturnType::Text, true, "The text in upper case."),
    function("char_length", &[ParameterType::Text], ReturnType::Bigint, true, "How many characters the text has."),
    function("byte_length", &[ParameterType::Bytes], ReturnType::Bigint, true, "How many bytes the value has."),
    function("abs", &[ParameterType::Number], ReturnType::FirstArgument, true, "The number without its sign."),
    function(
        "coalesce",
        &[ParameterType::Same, ParameterType::Same],
        ReturnType::FirstArgument,
        true,
        "The first value if it is not NULL, else the second.",
    ),
];

const fn function(
    name: &'static str,
    parameters: &'static [ParameterType],
    returns: ReturnType,
    deterministic: bool,
    docs: &'static str,
) -> FunctionInfo {
    FunctionInfo { name, parameters, returns, deterministic, docs }
}

/// The type with this name.
pub fn find_type(name: &str) -> Option<&'static TypeInfo> {
    TYPES.iter().find(|it| it.name == name)
}

/// The attribute with this name.
pub fn find_attribute(name: &str) -> Option<&'static WordInfo> {
    ATTRIBUTES.iter().find(|it| it.name == name)
}

/// The table item with this name.
pub fn find_item(name: &str) -> Option<&'static WordInfo> {
    ITEMS.iter().find(|it| it.name == name)
}

/// The function with this name.
pub fn find_function(name: &str) -> Option<&'static FunctionInfo> {
    FUNCTIONS.iter().find(|it| it.name == name)
}
