; For nvim-treesitter-textobjects.

; Declarations of things
[
  (table_declaration)
  (mixin_declaration)
  (enum_declaration)
  (sequence_declaration)
  (view_declaration)
] @class.outer

(table_declaration body: (table_body) @class.inner)
(mixin_declaration body: (table_body) @class.inner)
(enum_declaration body: (enum_body) @class.inner)

; Declarations of what is called
[
  (query_declaration)
  (mutation_declaration)
] @function.outer

(query_body) @function.inner

; Members and clauses
[
  (column)
  (table_item)
  (spread)
  (enum_value)
  (clause)
] @statement.outer

(attribute) @attribute.outer

(call_expression) @call.outer
(call_expression arguments: (arguments) @call.inner)

[
  (argument)
  (parameter)
] @parameter.inner

[
  (comment)
  (doc_comment)
] @comment.outer

(number) @number.inner
