; Captures by the names that Neovim and tree-sitter agree on. A later pattern wins over an earlier one, and a node over the
; node around it: a name made of parts is captured part by part.

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

(table_declaration name: (path (_) @type))
(mixin_declaration name: (path (_) @type))
(enum_declaration name: (path (_) @type))
(sequence_declaration name: (path (_) @type))
(extension_declaration name: (path (_) @module))
(view_declaration name: (path (_) @type))
(query_declaration name: (path (_) @function))
(mutation_declaration name: (path (_) @function))
(raw_declaration dialect: (identifier) @constant)

; Members
(column name: (_) @property)
(table_item name: (identifier) @keyword)
(spread "..." @operator)
(spread name: (path (_) @type))
(enum_value name: (_) @constant)
(type name: (path (_) @type))
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
(source relation: (path (_) @type))
(table_function function: (path (_) @function.call))
(insert_clause target: (path (_) @type))
(parameter name: (_) @variable.parameter)
(parameter_reference) @variable.parameter
(result cardinality: (identifier) @keyword)
(selection alias: (_) @property)
(source alias: (_) @variable)

; Expressions
(member_expression property: (_) @property)
(call_expression function: (identifier) @function.call)
(call_expression function: (member_expression property: (identifier) @function.call))

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
[
  (null)
  (default)
] @constant.builtin

; Punctuation and comments
[ "(" ")" "[" "]" "{" "}" ] @punctuation.bracket
[ "," "." ":" ] @punctuation.delimiter

(comment) @comment
(doc_comment) @comment.documentation
