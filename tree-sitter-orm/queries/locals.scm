; Tables, enums and mixins are known in every file; what a file knows by itself are the parameters of its queries.

(source_file) @local.scope
(query_declaration) @local.scope
(mutation_declaration) @local.scope

(table_declaration name: (path) @local.definition.type)
(mixin_declaration name: (path) @local.definition.type)
(enum_declaration name: (path) @local.definition.type)
(sequence_declaration name: (path) @local.definition.type)
(view_declaration name: (path) @local.definition.type)
(parameter name: (_) @local.definition.parameter)
(source alias: (_) @local.definition.var)

(type name: (path) @local.reference)
(spread name: (path) @local.reference)
(source relation: (path) @local.reference)
(insert_clause target: (path) @local.reference)
(member_expression object: (identifier) @local.reference)
(parameter_reference) @local.reference
