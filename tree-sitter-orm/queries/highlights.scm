; Captures by the names that Neovim and tree-sitter agree on. A later pattern wins over an earlier one.

(identifier) @variable
(quoted_identifier) @variable

; Declarations
[
  "table"
  "mixin"
  "enum"
  "sequence"
  "view"
  "query"
  "mutation"
  "extension"
  "raw"
  "down"
] @keyword

(table_declaration name: (path) @type)
(mixin_declaration name: (path) @type)
(enum_declaration name: (path) @type)
(sequence_declaration name: (path) @type)
(extension_declaration name: (path) @module)
(view_declaration name: (path) @type)
(query_declaration name: (path) @function)
(mutation_declaration name: (path) @function)
(raw_declaration dialect: (identifier) @constant)

; Members
(column name: (_) @property)
(table_item name: (identifier) @keyword)
(spread "..." @operator)
(spread name: (path) @type)
(enum_value name: (_) @constant)
(type name: (path) @type)
(attribute "@" @attribute name: (identifier)? @attribute)
(argument name: (_) @property)
(pair key: (identifier) @property)
(pair key: (quoted_identifier) @property)
(pair key: (string) @property)

; Queries
[
  "with"
  "recursive"
  "from"
  "as"
  "join"
  "left_join"
  "right_join"
  "full_join"
  "cross_join"
  "on"
  "where"
  "group_by"
  "having"
  "order_by"
  "nulls"
  "first"
  "last"
  "limit"
  "offset"
  "select"
  "distinct"
  "union"
  "union_all"
  "intersect"
  "except"
  "for"
  "update"
  "share"
  "skip_locked"
  "nowait"
  "insert"
  "into"
  "delete"
  "values"
  "set"
  "on_conflict"
  "do"
  "returning"
  "case"
  "when"
  "then"
  "else"
  "end"
] @keyword

(direction) @keyword
(do_nothing) @keyword
(source relation: (path) @type)
(table_function function: (path) @function.call)
(insert_clause target: (path) @type)
(parameter name: (_) @variable.parameter)
(parameter_reference) @variable.parameter
(result cardinality: (identifier) @keyword)
(selection alias: (_) @property)
(source alias: (_) @variable)

; Expressions
(call_expression function: (identifier) @function.call)
(call_expression function: (member_expression property: (identifier) @function.call))
(member_expression property: (_) @property)

[
  "and"
  "or"
  "not"
  "in"
  "is"
  "like"
  "ilike"
  "between"
  "exists"
] @keyword.operator

[
  "="
  "=="
  "!="
  "<>"
  "<"
  "<="
  ">"
  ">="
  "||"
  "+"
  "-"
  "*"
  "/"
  "%"
  "?"
] @operator

(wildcard) @operator

; Literals
(string) @string
(raw_string) @string
(number) @number
(boolean) @boolean
(null) @constant.builtin

; Punctuation and comments
[ "(" ")" "[" "]" "{" "}" ] @punctuation.bracket
[ "," "." ":" ] @punctuation.delimiter

(comment) @comment
(doc_comment) @comment.documentation
