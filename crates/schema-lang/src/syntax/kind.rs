//! Node kinds and fields of the grammar as Rust values.
//!
//! tree-sitter tells both by number; comparing numbers instead of names keeps a cold check of a large file fast.

use std::sync::LazyLock;

use tree_sitter::{Language, Node};

/// The language, loaded once.
pub static LANGUAGE: LazyLock<Language> = LazyLock::new(|| tree_sitter_orm::LANGUAGE.into());

macro_rules! kinds {
    ($($(#[$docs:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// The named nodes that the analyzer reads.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the variants are the node names of the grammar")]
        pub enum SyntaxKind { $($(#[$docs])* $variant,)* Other }

        static KINDS: LazyLock<Box<[SyntaxKind]>> = LazyLock::new(|| {
            let mut kinds = vec![SyntaxKind::Other; LANGUAGE.node_kind_count()];
            for id in 0..LANGUAGE.node_kind_count() as u16 {
                if !LANGUAGE.node_kind_is_named(id) { continue; }
                kinds[usize::from(id)] = match LANGUAGE.node_kind_for_id(id) {
                    $(Some($name) => SyntaxKind::$variant,)*
                    _ => SyntaxKind::Other,
                };
            }
            kinds.into_boxed_slice()
        });
    };
}

kinds! {
    Table = "table_declaration",
    Mixin = "mixin_declaration",
    Enum = "enum_declaration",
    Sequence = "sequence_declaration",
    Extension = "extension_declaration",
    Raw = "raw_declaration",
    View = "view_declaration",
    Query = "query_declaration",
    Mutation = "mutation_declaration",
    Junk = "junk",
    Column = "column",
    TableItem = "table_item",
    Spread = "spread",
    EnumValue = "enum_value",
    DocComment = "doc_comment",
    Comment = "comment",
    Missing = "missing",
    Unclosed = "unclosed",
    Unopened = "unopened",
    Stray = "stray",
    Binary = "binary_expression",
    Unary = "unary_expression",
    Like = "like_expression",
    In = "in_expression",
    Between = "between_expression",
    NullTest = "null_test",
    Cast = "cast_expression",
    Case = "case_expression",
    Exists = "exists_expression",
    Call = "call_expression",
    Member = "member_expression",
    Subscript = "subscript_expression",
    Parenthesized = "parenthesized_expression",
    Tuple = "tuple",
    List = "list",
    Object = "object",
    Pair = "pair",
    Subquery = "subquery",
    Argument = "argument",
    ParameterReference = "parameter_reference",
    Path = "path",
    Identifier = "identifier",
    QuotedIdentifier = "quoted_identifier",
    Number = "number",
    String = "string",
    RawString = "raw_string",
    Boolean = "boolean",
    Null = "null",
    Default = "default",
    TableBody = "table_body",
    EnumBody = "enum_body",
    QueryBody = "query_body",
    Arguments = "arguments",
    Parameters = "parameters",
    RowType = "row_type",
    ResultType = "result",
    ArraySuffix = "array_suffix",
    Attribute = "attribute",
    SelectionSet = "selection_set",
    Parameter = "parameter",
    WithClause = "with_clause",
    FromClause = "from_clause",
    JoinClause = "join_clause",
    WhereClause = "where_clause",
    GroupByClause = "group_by_clause",
    HavingClause = "having_clause",
    OrderByClause = "order_by_clause",
    LimitClause = "limit_clause",
    OffsetClause = "offset_clause",
    SelectClause = "select_clause",
    ReturningClause = "returning_clause",
    SetOperation = "set_operation",
    LockClause = "lock_clause",
    InsertClause = "insert_clause",
    UpdateClause = "update_clause",
    DeleteClause = "delete_clause",
    ValuesClause = "values_clause",
    SetClause = "set_clause",
    OnConflictClause = "on_conflict_clause",
    DoNothing = "do_nothing",
    DoUpdate = "do_update",
    Wildcard = "wildcard",
    TableFunction = "table_function",
}

/// The kind of a node.
pub fn kind(node: Node<'_>) -> SyntaxKind {
    KINDS.get(usize::from(node.kind_id())).copied().unwrap_or(SyntaxKind::Other)
}

macro_rules! fields {
    ($($field:ident = $name:literal),* $(,)?) => {
        /// The numbers of the grammar's fields.
        #[allow(missing_docs, reason = "they are the field names of the grammar")]
        pub struct Fields { $(pub $field: u16,)* }

        /// The fields, looked up once.
        pub static FIELDS: LazyLock<Fields> = LazyLock::new(|| Fields {
            $($field: LANGUAGE.field_id_for_name($name).map_or(0, |id| id.get()),)*
        });
    };
}

fields! {
    name = "name",
    kind_type = "type",
    default = "default",
    attribute = "attribute",
    arguments = "arguments",
    body = "body",
    storage = "storage",
    sql = "sql",
    dialect = "dialect",
    up = "up",
    down = "down",
    value = "value",
    array = "array",
    nullable = "nullable",
    left = "left",
    right = "right",
    operator = "operator",
    operand = "operand",
    negated = "negated",
    lower = "lower",
    upper = "upper",
    subject = "subject",
    branch = "branch",
    condition = "condition",
    result = "result",
    otherwise = "else",
    function = "function",
    object = "object",
    property = "property",
    key = "key",
    direction = "direction",
    nulls = "nulls",
    parameters = "parameters",
    cardinality = "cardinality",
    row = "row",
    recursive = "recursive",
    query = "query",
    source = "source",
    kind = "kind",
    dynamic = "dynamic",
    count = "count",
    distinct = "distinct",
    selection = "selection",
    alias = "alias",
    nested = "nested",
    strength = "strength",
    wait = "wait",
    target = "target",
    assignment = "assignment",
    action = "action",
    set = "set",
    filter = "where",
    relation = "relation",
    index = "index",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_exists_in_the_grammar() {
        let fields = &*FIELDS;
        for field in [fields.name, fields.kind_type, fields.otherwise, fields.nulls, fields.storage, fields.array] {
            assert_ne!(field, 0, "a field of the grammar was renamed");
        }
    }

    #[test]
    fn every_kind_exists_in_the_grammar() {
        for wanted in [SyntaxKind::Table, SyntaxKind::Missing, SyntaxKind::Unopened, SyntaxKind::NullTest] {
            assert!(KINDS.contains(&wanted), "{wanted:?} is no node of the grammar any more");
        }
    }
}
