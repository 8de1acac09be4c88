; SQL in the language, without the quotation marks around it. It has colours where a parser for sql is installed.

((raw_string) @injection.content
  (#offset! @injection.content 0 3 0 -3)
  (#set! injection.language "sql"))

((call_expression
  function: (identifier) @_function
  arguments: (arguments
    (argument
      value: (string) @injection.content)))
  (#eq? @_function "sql")
  (#offset! @injection.content 0 1 0 -1)
  (#set! injection.language "sql"))

((comment) @injection.content
  (#set! injection.language "comment"))
