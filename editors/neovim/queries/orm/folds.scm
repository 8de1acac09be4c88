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
  (raw_string)
] @fold
