" Colours for .orm files where there is no tree-sitter parser (:OrmBuildParser makes one).
if exists('b:current_syntax')
  finish
endif
syntax case match

syntax match ormName /\<\h\w*\>/ contained
syntax match ormDeclaration /^\(table\|mixin\|enum\|sequence\|view\|query\|mutation\|extension\|raw\)\>/ nextgroup=ormName skipwhite
syntax match ormSpread /\.\.\.\s*\h\w*/
syntax match ormItem /^\s*\(primary_key\|unique\|index\|foreign_key\|check\|interleave\|interleave_in\|ttl\)\ze\s*(/
syntax match ormClause /^\s*\(with\|from\|join\|left_join\|where?\?\|group_by\|having\|order_by\|limit\|offset\|select\|insert into\|update\|delete from\|set\|values\|on_conflict\|returning\)\ze\s\+[^=]/
syntax match ormAttribute /@\h\w*/
syntax match ormParameter /\$\h\w*/
syntax match ormType /\<\(boolean\|smallint\|integer\|bigint\|real\|double\|numeric\|text\|varchar\|char\|bytes\|uuid\|date\|timestamptz\|timestamp_local\|timestamp\|time\|interval\|jsonb\?\)\>\ze[([? ]\|\<\(boolean\|smallint\|integer\|bigint\|real\|double\|numeric\|text\|varchar\|char\|bytes\|uuid\|date\|timestamptz\|timestamp_local\|time\|interval\|jsonb\?\)\>$/
syntax keyword ormOperator and or not is in between like ilike as
syntax keyword ormConstant true false null
syntax match ormNumber /\<\d\+\(\.\d\+\)\?\>/
syntax match ormQuoted /`[^`]*`/
syntax region ormString start=/"/ skip=/\\./ end=/"\|$/
syntax region ormRawString start=/"""/ end=/"""/
syntax match ormComment ://.*$: contains=@Spell
syntax match ormDocComment :///.*$: contains=@Spell

highlight default link ormName Type
highlight default link ormDeclaration Keyword
highlight default link ormSpread Type
highlight default link ormItem Statement
highlight default link ormClause Statement
highlight default link ormAttribute PreProc
highlight default link ormParameter Identifier
highlight default link ormType Type
highlight default link ormOperator Operator
highlight default link ormConstant Constant
highlight default link ormNumber Number
highlight default link ormString String
highlight default link ormRawString String
highlight default link ormComment Comment
highlight default link ormDocComment SpecialComment

let b:current_syntax = 'orm'
