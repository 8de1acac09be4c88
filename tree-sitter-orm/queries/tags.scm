(
  (doc_comment)* @doc
  .
  (table_declaration name: (path) @name) @definition.class
  (#strip! @doc "^///\\s?")
  (#select-adjacent! @doc @definition.class)
)

(
  (doc_comment)* @doc
  .
  (view_declaration name: (path) @name) @definition.class
  (#strip! @doc "^///\\s?")
  (#select-adjacent! @doc @definition.class)
)

(
  (doc_comment)* @doc
  .
  (mixin_declaration name: (path) @name) @definition.interface
  (#strip! @doc "^///\\s?")
  (#select-adjacent! @doc @definition.interface)
)

(
  (doc_comment)* @doc
  .
  (enum_declaration name: (path) @name) @definition.enum
  (#strip! @doc "^///\\s?")
  (#select-adjacent! @doc @definition.enum)
)

(sequence_declaration name: (path) @name) @definition.constant

(
  (doc_comment)* @doc
  .
  [
    (query_declaration name: (path) @name)
    (mutation_declaration name: (path) @name)
  ] @definition.function
  (#strip! @doc "^///\\s?")
  (#select-adjacent! @doc @definition.function)
)

(column name: (_) @name) @definition.field
(enum_value name: (_) @name) @definition.constant

(type name: (path) @name) @reference.type
(spread name: (path) @name) @reference.implementation
(source relation: (path) @name) @reference.class
(insert_clause target: (path) @name) @reference.class
