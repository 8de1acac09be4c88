; For the indentation of nvim-treesitter. Without it the plug-in has its own: lua/orm/indent.lua.

[
  (table_body)
  (enum_body)
  (query_body)
  (subquery)
  (selection_set)
  (arguments)
  (parameters)
  (list)
  (object)
] @indent.begin

[
  "}"
  ")"
  "]"
] @indent.branch @indent.end

; The lines of a text are what they are.
(raw_string) @indent.ignore
