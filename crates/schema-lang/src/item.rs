//! Declarations without offsets: the barrier that keeps an edit of white space or comments from reaching any check.
//!
//! An [`Item`] says what a declaration says, name by name. Where each name stands is an [`Anchor`]: the how-manieth
//! place it is in its declaration. The offsets belong to the [`Source`](crate::source::Source), which turns anchors
//! back into ranges when a diagnostic is shown.

pub mod query;
pub mod walk;

use std::{fmt, sync::Arc};

use query::{Clause, QueryItem};

/// A place in a declaration: an index into its list of ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Anchor(pub u32);

impl Anchor {
    /// The declaration as a whole, from its keyword to its closing brace.
    pub const DECLARATION: Anchor = Anchor(0);
}

/// What a declaration declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeclarationKind {
    /// `table`
    Table,
    /// `mixin`
    Mixin,
    /// `enum`
    Enum,
    /// `sequence`
    Sequence,
    /// `extension`
    Extension,
    /// `raw`
    Raw,
    /// `view`
    View,
    /// `query`
    Query,
    /// `mutation`
    Mutation,
    /// Lines that belong to no declaration.
    Junk,
}

impl DeclarationKind {
    /// The keyword.
    pub const fn keyword(self) -> &'static str {
        match self {
            DeclarationKind::Table => "table",
            DeclarationKind::Mixin => "mixin",
            DeclarationKind::Enum => "enum",
            DeclarationKind::Sequence => "sequence",
            DeclarationKind::Extension => "extension",
            DeclarationKind::Raw => "raw",
            DeclarationKind::View => "view",
            DeclarationKind::Query => "query",
            DeclarationKind::Mutation => "mutation",
            DeclarationKind::Junk => "junk",
        }
    }
}

impl fmt::Display for DeclarationKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.keyword())
    }
}

/// A declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it declares.
    pub kind: DeclarationKind,
    /// Its name; `None` while nobody has typed one.
    pub name: Option<Name>,
    /// The text of the `///` lines above it.
    pub doc: Option<String>,
    /// The attributes of its header.
    pub attributes: Vec<Attribute>,
    /// What stands in the parentheses of a sequence.
    pub arguments: Vec<Argument>,
    /// What stands after the `=` of a view, query or mutation.
    pub sql: Option<ExpressionItem>,
    /// The signature and the clauses of a view, query or mutation.
    pub query: Option<Arc<QueryItem>>,
    /// What a raw block says.
    pub raw: Option<RawItem>,
    /// The members of a table or mixin.
    pub members: Vec<Member>,
    /// The type after the colon of an enum.
    pub storage: Option<TypeExpression>,
    /// The values of an enum.
    pub values: Vec<EnumValueItem>,
    /// What the parser had to step over.
    pub errors: Vec<SyntaxError>,
}

/// `raw postgres """…""" down """…"""`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawItem {
    /// The word after `raw`.
    pub dialect: Option<Name>,
    /// What makes it.
    pub up: Option<String>,
    /// What takes it back.
    pub down: Option<String>,
}

/// A name and where it stands. `auth.users` is one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name without backticks.
    pub text: Arc<str>,
    /// Where it stands.
    pub anchor: Anchor,
}

/// A line of the body of a table or mixin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// `name type = default @attribute`
    Column(ColumnItem),
    /// `...Mixin`
    Spread(SpreadItem),
    /// `index(a, b)`
    Item(TableItem),
}

impl Member {
    /// The whole line.
    pub const fn anchor(&self) -> Anchor {
        match self {
            Member::Column(it) => it.anchor,
            Member::Spread(it) => it.anchor,
            Member::Item(it) => it.anchor,
        }
    }

    /// Whether it is the column of this name.
    pub fn declares(&self, column: &str) -> bool {
        matches!(self, Member::Column(it) if *it.name.text == *column)
    }

    /// What stands after it.
    pub fn attributes(&self) -> &[Attribute] {
        match self {
            Member::Column(it) => &it.attributes,
            Member::Item(it) => &it.attributes,
            Member::Spread(_) => &[],
        }
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnItem {
    /// Its name.
    pub name: Name,
    /// Its type; `None` while nobody has typed one.
    pub column_type: Option<TypeExpression>,
    /// What stands after `=`.
    pub default: Option<ExpressionItem>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// The text of the `///` lines above it.
    pub doc: Option<String>,
    /// The whole line.
    pub anchor: Anchor,
}

/// `...Mixin`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpreadItem {
    /// The mixin; `None` while nobody has typed one.
    pub name: Option<Name>,
    /// The whole line.
    pub anchor: Anchor,
}

/// `index(a, b desc, unique: true)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableItem {
    /// The word before the parentheses.
    pub name: Name,
    /// What stands in them.
    pub arguments: Vec<Argument>,
    /// The attributes after them.
    pub attributes: Vec<Attribute>,
    /// The whole line.
    pub anchor: Anchor,
}

/// `@name(arguments)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// The word after `@`; `None` while nobody has typed one.
    pub name: Option<Name>,
    /// What stands in the parentheses.
    pub arguments: Vec<Argument>,
    /// Whether there are parentheses.
    pub has_parentheses: bool,
    /// The whole attribute.
    pub anchor: Anchor,
}

/// An argument: `value`, `name: value`, `value desc nulls last`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// The name before the colon.
    pub name: Option<Name>,
    /// The value; a [`ExpressionKind::Missing`] where there is none.
    pub value: ExpressionItem,
    /// Whether it says `asc` (`Some(false)`) or `desc` (`Some(true)`).
    pub descending: Option<bool>,
    /// Whether it says `nulls first` (`Some(true)`) or `nulls last` (`Some(false)`).
    pub nulls_first: Option<bool>,
    /// The whole argument.
    pub anchor: Anchor,
}

/// A type as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeExpression {
    /// Its name.
    pub name: Name,
    /// What stands in parentheses.
    pub arguments: Vec<Argument>,
    /// Whether `[]` follows.
    pub array: bool,
    /// Whether `?` follows.
    pub nullable: bool,
    /// The whole type.
    pub anchor: Anchor,
}

/// A value of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValueItem {
    /// Its name.
    pub name: Name,
    /// What stands after `=`.
    pub value: Option<ExpressionItem>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// The text of the `///` lines above it.
    pub doc: Option<String>,
}

impl EnumValueItem {
    /// Where it begins and where it ends.
    pub fn places(&self) -> (Anchor, Anchor) {
        let last = self.attributes.last().map(|it| it.anchor).or(self.value.as_ref().map(|it| it.anchor));
        (self.name.anchor, last.unwrap_or(self.name.anchor))
    }
}

/// An expression as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpressionItem {
    /// What it is.
    pub kind: ExpressionKind,
    /// Where it stands.
    pub anchor: Anchor,
}

/// What an expression is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionKind {
    /// Nothing yet, or something that a diagnostic was given for.
    Missing,
    /// `name`, `table.column`
    Path(Vec<Name>),
    /// A number as written.
    Number(String),
    /// A text without quotes and escapes.
    String(String),
    /// `true`, `false`
    Boolean(bool),
    /// `null`
    Null,
    /// `default`, which stands in `set column = default` alone.
    Default,
    /// `name(arguments)`
    Call {
        /// The function, `app.slug` is two names.
        function: Vec<Name>,
        /// What stands in parentheses.
        arguments: Vec<Argument>,
    },
    /// `not x`, `-x`
    Unary {
        /// The operator.
        operator: orm_model::UnaryOperator,
        /// What it stands before.
        operand: Box<ExpressionItem>,
    },
    /// `left operator right`
    Binary {
        /// The operator.
        operator: orm_model::BinaryOperator,
        /// The left side.
        left: Box<ExpressionItem>,
        /// The right side.
        right: Box<ExpressionItem>,
    },
    /// `x is null`
    IsNull {
        /// What is tested.
        operand: Box<ExpressionItem>,
        /// Whether `not` stands in it.
        negated: bool,
    },
    /// `x in (a, b)`, `x in [a, b]`
    In {
        /// What is looked for.
        operand: Box<ExpressionItem>,
        /// Where it is looked for.
        list: Vec<ExpressionItem>,
        /// Whether `not` stands in it.
        negated: bool,
    },
    /// `x between low and high`
    Between {
        /// What is tested.
        operand: Box<ExpressionItem>,
        /// The lower bound.
        low: Box<ExpressionItem>,
        /// The upper bound.
        high: Box<ExpressionItem>,
        /// Whether `not` stands in it.
        negated: bool,
    },
    /// `x like pattern`
    Like {
        /// What is tested.
        operand: Box<ExpressionItem>,
        /// The pattern.
        pattern: Box<ExpressionItem>,
        /// Whether `not` stands in it.
        negated: bool,
        /// Whether it is `ilike`.
        ignores_case: bool,
    },
    /// `case … end`
    Case {
        /// What is compared.
        subject: Option<Box<ExpressionItem>>,
        /// Pairs of `when` and `then`.
        branches: Vec<(ExpressionItem, ExpressionItem)>,
        /// What stands after `else`.
        otherwise: Option<Box<ExpressionItem>>,
    },
    /// `x as type`
    Cast {
        /// What is converted.
        operand: Box<ExpressionItem>,
        /// To which type.
        to: TypeExpression,
    },
    /// `[a, b]`
    List(Vec<ExpressionItem>),
    /// `{ key: value }`
    Object(Vec<(Name, ExpressionItem)>),
    /// `x in { … }`, `x in $parameter`
    InSet {
        /// What is looked for.
        operand: Box<ExpressionItem>,
        /// Where: a query or a parameter.
        set: Box<ExpressionItem>,
        /// Whether `not` stands in it.
        negated: bool,
    },
    /// `$name`; `None` while nobody has typed one.
    Parameter(Option<Name>),
    /// `(a, b)`
    Tuple(Vec<ExpressionItem>),
    /// `{ from … }`
    Query(Vec<Clause>),
    /// `exists { … }`
    Exists(Vec<Clause>),
    /// `exists(relation, where: …)`
    ExistsRelation(Vec<Argument>),
    /// `array[index]`
    Subscript {
        /// The array.
        object: Box<ExpressionItem>,
        /// Which element.
        index: Box<ExpressionItem>,
    },
}

/// Something that the parser had to step over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What it is.
    pub kind: SyntaxErrorKind,
    /// Where it stands.
    pub anchor: Anchor,
}

/// Kinds of syntax errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// Text that fits nowhere.
    Unexpected,
    /// A token that must stand here.
    MissingToken(String),
    /// An expression must stand here.
    MissingExpression,
    /// A name must stand here.
    MissingName,
    /// A column without a type.
    MissingType,
    /// A bracket that is never closed.
    Unclosed,
    /// A header without `{`.
    Unopened,
    /// A `}` that closes nothing.
    StrayBrace,
    /// Lines that belong to no declaration.
    Junk,
    /// A text without its closing quotation mark.
    UnclosedString,
    /// A backslash before a character that has no meaning after it.
    UnknownEscape,
    /// Brackets or operators nested deeper than [`crate::MAXIMUM_NESTING`].
    TooDeep,
    /// More members, clauses or selected values than [`crate::MAXIMUM_MEMBERS`]: those from here on are left out.
    TooMany,
}

impl Item {
    /// The columns that are written in the declaration itself.
    pub fn columns(&self) -> impl Iterator<Item = &ColumnItem> {
        self.members.iter().filter_map(|member| match member {
            Member::Column(column) => Some(column),
            Member::Spread(_) | Member::Item(_) => None,
        })
    }

    /// What stands in the parentheses of the attribute or table item at `anchor`.
    pub fn arguments_at(&self, anchor: Anchor) -> Option<&[Argument]> {
        // Anchors count the places in the order of the text.
        let next = self.members.partition_point(|it| it.anchor() <= anchor);
        let member = &self.members[next.checked_sub(1)?];
        match member {
            Member::Item(item) if item.anchor == anchor => Some(item.arguments.as_slice()),
            Member::Column(column) => {
                let attribute = column.attributes.iter().find(|it| it.anchor == anchor);
                attribute.map(|it| it.arguments.as_slice())
            }
            Member::Item(_) | Member::Spread(_) => None,
        }
    }

    /// The name, or nothing while nobody has typed one.
    pub fn name_text(&self) -> &str {
        self.name.as_ref().map_or("", |name| &name.text)
    }
}

impl ExpressionKind {
    /// What it is called where only queries may hold it; `None` for what any expression may hold.
    pub const fn query_only(&self) -> Option<&'static str> {
        match self {
            ExpressionKind::InSet { .. } => Some("`in` without a list"),
            ExpressionKind::Parameter(_) => Some("a `$parameter`"),
            ExpressionKind::Tuple(_) => Some("a tuple"),
            ExpressionKind::Query(_) => Some("a sub-query"),
            ExpressionKind::Exists(_) | ExpressionKind::ExistsRelation(_) => Some("`exists`"),
            ExpressionKind::Subscript { .. } => Some("a subscript"),
            _ => None,
        }
    }
}

impl ExpressionItem {
    /// The name, if the expression is nothing but one.
    pub fn as_name(&self) -> Option<&Name> {
        match &self.kind {
            ExpressionKind::Path(parts) => match parts.as_slice() {
                [name] => Some(name),
                _ => None,
            },
            _ => None,
        }
    }
}

/// Finds an attribute by its name.
pub fn attribute<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a Attribute> {
    attributes.iter().find(|attribute| attribute.name.as_ref().is_some_and(|it| &*it.text == name))
}

/// Finds a named argument.
pub fn argument<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a Argument> {
    arguments.iter().find(|argument| argument.name.as_ref().is_some_and(|it| &*it.text == name))
}

/// The arguments without a name.
pub fn positional(arguments: &[Argument]) -> impl Iterator<Item = &Argument> {
    arguments.iter().filter(|argument| argument.name.is_none())
}
