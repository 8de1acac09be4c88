/**
 * The syntax of `.orm` schema files. This file is its only definition: the parser under `src/` is generated from it.
 *
 * Three ideas carry the grammar:
 *
 * - Small grammar, rich registry. Which types, attributes, table items and functions exist is data of the checker;
 *   here they are names with arguments.
 * - A newline ends a member or a clause. `src/scanner.c` decides which newline that is, since it depends on the next line.
 * - Whatever a user may not have typed yet is optional or has a node that says so (`missing`, `unclosed`, `unopened`,
 *   `stray`, `junk`). A broken line therefore stays in its place, and its neighbours keep their nodes.
 *
 * @file Grammar of the orm schema language
 * @license MIT OR Apache-2.0
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

/** Binding strength of operators, weakest first. */
const PRECEDENCE = {
  or: 1,
  and: 2,
  not: 3,
  compare: 4,
  concat: 5,
  add: 6,
  multiply: 7,
  negate: 8,
  cast: 9,
  postfix: 10,
};

/** Words that begin a declaration; in the order of `enum TokenType` in src/scanner.c. */
const DECLARATION_KEYWORDS = [
  'table', 'mixin', 'enum', 'sequence', 'view', 'query', 'mutation', 'extension', 'raw',
];

const keywordToken = word => `_${word}_keyword`;

module.exports = grammar({
  name: 'orm',

  word: $ => $.identifier,

  extras: $ => [/[\s\u00a0\ufeff]/, $.doc_comment, $.comment],

  // In the order of `enum TokenType` in src/scanner.c.
  externals: $ => [
    $._line_end,
    $._in_query,
    $._body_close,
    $.raw_string,
    $.unclosed,
    $._unclosed_after_item,
    $._unclosed_before_item,
    $.missing,
    $.stray,
    $._junk_line,
    $._error_sentinel,
    ...DECLARATION_KEYWORDS.map(word => $[keywordToken(word)]),
  ],

  supertypes: $ => [$.declaration, $.table_member, $.clause, $.expression],

  inline: $ => [$._name],

  rules: {
    source_file: $ => repeat(choice($.declaration, $.junk)),

    // Consecutive lines that belong to no declaration are one node, hence one diagnostic.
    junk: $ => prec.right(repeat1($._junk_line)),

    declaration: $ => choice(
      $.table_declaration,
      $.mixin_declaration,
      $.enum_declaration,
      $.sequence_declaration,
      $.extension_declaration,
      $.raw_declaration,
      $.view_declaration,
      $.query_declaration,
      $.mutation_declaration,
    ),

    // ---------------------------------------------------------------- tables and mixins

    table_declaration: $ => seq(
      keyword($, 'table'),
      field('name', optional($.path)),
      repeat(field('attribute', $.attribute)),
      field('body', $.table_body),
    ),

    mixin_declaration: $ => seq(
      keyword($, 'mixin'),
      field('name', optional($.path)),
      repeat(field('attribute', $.attribute)),
      field('body', $.table_body),
    ),

    table_body: $ => body($, $.table_member, $._line_end),

    table_member: $ => choice($.column, $.table_item, $.spread),

    column: $ => seq(
      field('name', $._name),
      field('type', optional($.type)),
      optional(seq('=', field('default', value($)))),
      repeat(field('attribute', $.attribute)),
    ),

    // `index(a, b desc)`: no item is a keyword, so that `index integer` is a column.
    table_item: $ => seq(
      field('name', $.identifier),
      field('arguments', $.arguments),
      repeat(field('attribute', $.attribute)),
    ),

    // A line that begins with fewer dots is a spread that is being typed. The header above would swallow it otherwise.
    spread: $ => seq(
      choice('...', alias(choice('.', '..'), $.stray)),
      field('name', optional($.path)),
      repeat(field('attribute', $.attribute)),
    ),

    type: $ => prec.right(seq(
      field('name', $.path),
      field('arguments', optional($.arguments)),
      field('array', optional($.array_suffix)),
      field('nullable', optional('?')),
    )),

    array_suffix: $ => seq('[', choice(']', alias($._unclosed_before_item, $.unclosed))),

    attribute: $ => prec.right(seq(
      '@',
      field('name', optional($.identifier)),
      field('arguments', optional($.arguments)),
    )),

    // ---------------------------------------------------------------- other schema objects

    enum_declaration: $ => seq(
      keyword($, 'enum'),
      field('name', optional($.path)),
      optional(seq(':', field('storage', optional($.type)))),
      repeat(field('attribute', $.attribute)),
      field('body', $.enum_body),
    ),

    enum_body: $ => body($, $.enum_value, choice(',', $._line_end)),

    enum_value: $ => seq(
      field('name', $._name),
      optional(seq('=', field('value', value($)))),
      repeat(field('attribute', $.attribute)),
    ),

    sequence_declaration: $ => seq(
      keyword($, 'sequence'),
      field('name', optional($.path)),
      field('arguments', optional($.arguments)),
      repeat(field('attribute', $.attribute)),
      $._line_end,
    ),

    extension_declaration: $ => seq(
      keyword($, 'extension'),
      field('name', optional(choice($.path, $.string))),
      field('arguments', optional($.arguments)),
      repeat(field('attribute', $.attribute)),
      $._line_end,
    ),

    raw_declaration: $ => seq(
      keyword($, 'raw'),
      field('dialect', optional($.identifier)),
      field('up', optional($.raw_string)),
      optional(seq('down', field('down', optional($.raw_string)))),
      $._line_end,
    ),

    view_declaration: $ => seq(
      keyword($, 'view'),
      field('name', optional($.path)),
      repeat(field('attribute', $.attribute)),
      queryOrSql($),
    ),

    // ---------------------------------------------------------------- queries and mutations

    query_declaration: $ => seq(keyword($, 'query'), ...signature($), queryOrSql($)),

    mutation_declaration: $ => seq(keyword($, 'mutation'), ...signature($), queryOrSql($)),

    parameters: $ => bracketed($, '(', $.parameter, ')'),

    parameter: $ => seq(
      field('name', $._name),
      optional(seq(':', field('type', optional($.type)))),
      optional(seq('=', field('default', value($)))),
      repeat(field('attribute', $.attribute)),
    ),

    // `: optional`, `: one(total: bigint)`
    result: $ => prec.right(seq(
      ':',
      field('cardinality', optional($.identifier)),
      field('row', optional(alias($.parameters, $.row_type))),
    )),

    query_body: $ => body($, $.clause, clauseEnd($)),

    // A query inside another one may stand on a single line, hence the optional separator. Its clause words are
    // reserved for the same reason: a column called `limit` is written `limit` in backticks there.
    subquery: $ => seq('{', repeat1(seq($.clause, optional(clauseEnd($)))), closing($, '}')),

    clause: $ => choice(
      $.with_clause,
      $.from_clause,
      $.join_clause,
      $.where_clause,
      $.group_by_clause,
      $.having_clause,
      $.order_by_clause,
      $.limit_clause,
      $.offset_clause,
      $.select_clause,
      $.set_operation,
      $.lock_clause,
      $.insert_clause,
      $.update_clause,
      $.delete_clause,
      $.values_clause,
      $.set_clause,
      $.on_conflict_clause,
      $.returning_clause,
    ),

    with_clause: $ => seq(
      'with',
      field('recursive', optional('recursive')),
      field('name', optional($._name)),
      field('query', optional($.subquery)),
    ),

    from_clause: $ => seq('from', field('source', optional($.source))),

    source: $ => prec.right(seq(
      field('relation', choice($.path, $.table_function, $.subquery)),
      optional(seq('as', field('alias', optional($._name)))),
    )),

    table_function: $ => seq(field('function', $.path), field('arguments', $.arguments)),

    join_clause: $ => seq(
      field('kind', choice('join', 'left_join', 'right_join', 'full_join', 'cross_join')),
      field('source', optional($.source)),
      optional(seq('on', field('condition', optional($.expression)))),
    ),

    where_clause: $ => seq(
      'where',
      field('dynamic', optional('?')),
      field('condition', optional($.expression)),
    ),

    group_by_clause: $ => seq('group_by', optional(listed($, field('key', $.expression)))),

    having_clause: $ => seq('having', field('condition', optional($.expression))),

    order_by_clause: $ => seq('order_by', optional(listed($, field('key', $.sort_key)))),

    sort_key: $ => seq(field('value', $.expression), optional($._sort_order)),

    _sort_order: $ => choice(
      seq(field('direction', $.direction), field('nulls', optional($.nulls))),
      field('nulls', $.nulls),
    ),

    direction: _ => choice('asc', 'desc'),

    nulls: _ => seq('nulls', choice('first', 'last')),

    limit_clause: $ => seq('limit', field('count', optional($.expression))),

    offset_clause: $ => seq('offset', field('count', optional($.expression))),

    select_clause: $ => seq(
      'select',
      field('distinct', optional('distinct')),
      optional(listed($, field('selection', $._selected))),
    ),

    returning_clause: $ => seq(
      'returning',
      optional(listed($, field('selection', $._selected))),
    ),

    _selected: $ => choice($.selection, $.wildcard),

    wildcard: _ => '*',

    selection: $ => seq(
      choice(
        seq(field('alias', $._name), ':', field('value', value($))),
        field('value', $.expression),
      ),
      field('nested', optional($.selection_set)),
    ),

    selection_set: $ => braced($, field('selection', $._selected)),

    set_operation: $ => seq(
      field('operator', choice('union', 'union_all', 'intersect', 'except')),
      field('query', optional($.subquery)),
    ),

    lock_clause: $ => seq(
      'for',
      field('strength', choice('update', 'share')),
      field('wait', optional(choice('skip_locked', 'nowait'))),
    ),

    insert_clause: $ => seq('insert', 'into', field('target', optional($.path))),

    update_clause: $ => seq('update', field('target', optional($.source))),

    delete_clause: $ => seq('delete', 'from', field('target', optional($.source))),

    values_clause: $ => seq('values', optional(listed($, field('row', $.expression)))),

    set_clause: $ => seq('set', optional(listed($, field('assignment', $.assignment)))),

    assignment: $ => seq(
      field('target', $.path),
      optional(seq('=', field('value', choice($.default, value($))))),
    ),

    on_conflict_clause: $ => prec.right(seq(
      'on_conflict',
      field('target', optional($.arguments)),
      optional(seq('do', field('action', optional(choice($.do_nothing, $.do_update))))),
    )),

    do_nothing: _ => 'nothing',

    do_update: $ => prec.right(seq(
      'update',
      field('set', optional($.set_clause)),
      field('where', optional($.where_clause)),
    )),

    // ---------------------------------------------------------------- expressions

    expression: $ => choice(
      $.binary_expression,
      $.unary_expression,
      $.like_expression,
      $.in_expression,
      $.between_expression,
      $.null_test,
      $.cast_expression,
      $.case_expression,
      $.exists_expression,
      $.call_expression,
      $.member_expression,
      $.subscript_expression,
      $.parenthesized_expression,
      $.tuple,
      $.list,
      $.object,
      $.subquery,
      $.parameter_reference,
      $.identifier,
      $.quoted_identifier,
      $.number,
      $.string,
      alias($._single_quoted_string, $.string),
      $.raw_string,
      $.boolean,
      $.null,
    ),

    // `==` and `<>` are no operators of the language. They are parsed so that the checker can offer `=` and `!=`.
    binary_expression: $ => choice(...[
      ['or', PRECEDENCE.or],
      ['and', PRECEDENCE.and],
      ...['=', '==', '!=', '<>', '<', '<=', '>', '>='].map(it => [it, PRECEDENCE.compare]),
      ['||', PRECEDENCE.concat],
      ['+', PRECEDENCE.add],
      ['-', PRECEDENCE.add],
      ['*', PRECEDENCE.multiply],
      ['/', PRECEDENCE.multiply],
      ['%', PRECEDENCE.multiply],
    ].map(([operator, precedence]) => prec.left(precedence, seq(
      field('left', $.expression),
      field('operator', operator),
      field('right', value($)),
    )))),

    unary_expression: $ => choice(
      prec(PRECEDENCE.not, seq(field('operator', 'not'), field('operand', value($)))),
      prec(PRECEDENCE.negate, seq(field('operator', '-'), field('operand', value($)))),
    ),

    like_expression: $ => prec.left(PRECEDENCE.compare, seq(
      field('left', $.expression),
      field('negated', optional('not')),
      field('operator', choice('like', 'ilike')),
      field('right', value($)),
    )),

    in_expression: $ => prec.left(PRECEDENCE.compare, seq(
      field('left', $.expression),
      field('negated', optional('not')),
      'in',
      field('right', value($)),
    )),

    between_expression: $ => prec.left(PRECEDENCE.compare, seq(
      field('value', $.expression),
      field('negated', optional('not')),
      'between',
      field('lower', $.expression),
      'and',
      field('upper', value($)),
    )),

    null_test: $ => prec.left(PRECEDENCE.compare, seq(
      field('operand', $.expression),
      'is',
      field('negated', optional('not')),
      choice($.null, $.missing),
    )),

    cast_expression: $ => prec.left(PRECEDENCE.cast, seq(
      field('value', $.expression),
      'as',
      field('type', choice($.type, $.missing)),
    )),

    case_expression: $ => seq(
      'case',
      field('subject', optional($.expression)),
      repeat1(field('branch', $.when_branch)),
      optional(seq('else', field('else', value($)))),
      choice('end', alias($._unclosed_after_item, $.unclosed)),
    ),

    when_branch: $ => seq(
      'when',
      field('condition', value($)),
      'then',
      field('result', value($)),
    ),

    exists_expression: $ => prec(PRECEDENCE.postfix, seq(
      'exists',
      choice(field('query', $.subquery), field('arguments', $.arguments)),
    )),

    call_expression: $ => prec(PRECEDENCE.postfix, seq(
      field('function', $.expression),
      field('arguments', $.arguments),
    )),

    member_expression: $ => prec(PRECEDENCE.postfix, seq(
      field('object', $.expression),
      '.',
      field('property', optional($._name)),
    )),

    subscript_expression: $ => prec(PRECEDENCE.postfix, seq(
      field('object', $.expression),
      '[',
      choice(
        alias($._unclosed_before_item, $.unclosed),
        seq(field('index', $.expression), choice(']', alias($._unclosed_after_item, $.unclosed))),
      ),
    )),

    parenthesized_expression: $ => seq(
      '(',
      choice(
        alias($._unclosed_before_item, $.unclosed),
        seq(field('value', $.expression), choice(')', alias($._unclosed_after_item, $.unclosed))),
      ),
    ),

    tuple: $ => seq(
      '(',
      $.expression,
      ',',
      choice(
        alias($._unclosed_before_item, $.unclosed),
        seq(
          $.expression,
          repeat(seq(',', $.expression)),
          choice(
            ')',
            alias($._unclosed_after_item, $.unclosed),
            seq(',', alias($._unclosed_before_item, $.unclosed)),
          ),
        ),
      ),
    ),

    list: $ => bracketed($, '[', $.expression, ']'),

    object: $ => braced($, choice($.pair, $.parameter_reference)),

    pair: $ => seq(
      field('key', choice($._name, $.string)),
      ':',
      field('value', value($)),
    ),

    arguments: $ => bracketed($, '(', $.argument, ')'),

    // A sort order is allowed wherever an argument is: `index(a, b desc nulls last)`, `posts(order_by: created_at desc)`.
    argument: $ => choice(
      seq(field('value', $.expression), optional($._sort_order)),
      seq(
        field('name', $._name),
        ':',
        optional(seq(field('value', $.expression), optional($._sort_order))),
      ),
    ),

    // ---------------------------------------------------------------- names and literals

    // A name that may carry its schema: `auth.users`. What follows the dot may not be typed yet.
    path: $ => prec.right(PRECEDENCE.postfix, seq($._name, repeat(seq('.', optional($._name))))),

    _name: $ => choice($.identifier, $.quoted_identifier),

    identifier: _ => /[A-Za-z_][A-Za-z0-9_]*/,

    // The closing backtick and quotation mark are optional: an open one ends with its line, not with the file.
    quoted_identifier: _ => /`[^`\r\n]*`?/,

    string: _ => token(prec(-1, seq('"', /([^"\\\r\n]|\\[^\r\n])*/, optional('"')))),

    // SQL's way to write a text. The formatter turns it into a `string`.
    _single_quoted_string: _ => token(prec(-1, seq("'", /([^'\r\n]|'')*/, optional("'")))),

    parameter_reference: _ => /\$([A-Za-z_][A-Za-z0-9_]*)?/,

    number: _ => /\d+(\.\d+)?([eE][+-]?\d+)?/,

    boolean: _ => choice('true', 'false'),

    null: _ => 'null',

    // Of a column that is set.
    default: _ => 'default',

    // Doc comments are extras like the others, so that one in an odd place is never a syntax error. Which declaration
    // they describe follows from where they stand.
    doc_comment: _ => token(prec(1, /\/\/\/[^\r\n]*/)),

    comment: _ => token(prec(0, /\/\/[^\r\n]*/)),
  },
});

/** The keyword of a declaration. The scanner recognizes it, since at column 0 it also ends whatever is still open. */
function keyword($, word) {
  return alias($[keywordToken(word)], word);
}

/** An expression that must stand here, or the node that says that it does not. */
function value($) {
  return choice($.expression, $.missing);
}

/** `}`, or the place where a new declaration shows that it was forgotten. */
function closing($, bracket) {
  return choice(bracket, $.unclosed);
}

/**
 * The braces of a declaration with one member a line.
 *
 * The last member needs no end of line, so `{ id uuid }` is a body. `stray` is a `}` that the indented line below it
 * proves to be none; `unopened` is a header whose `{` is missing.
 */
function body($, member, end) {
  return seq(
    choice('{', alias($._line_end, $.unopened)),
    repeat(seq(choice(seq(member, optional($.stray)), $.stray), end)),
    optional(member),
    closing($, alias($._body_close, '}')),
  );
}

/**
 * The end of a clause. The scanner never finds `_in_query`: that it is valid tells the scanner that a clause ends here,
 * where more words go on with the line above than in a table.
 */
function clauseEnd($) {
  return choice($._line_end, $._in_query);
}

/** What stands before the body of a query or mutation. */
function signature($) {
  return [
    field('name', optional($.path)),
    field('parameters', optional($.parameters)),
    field('result', optional($.result)),
    repeat(field('attribute', $.attribute)),
  ];
}

/** What a view, query or mutation consists of: clauses in braces, or `= sql("…")`. */
function queryOrSql($) {
  return choice(
    field('body', $.query_body),
    seq('=', field('sql', value($)), $._line_end),
  );
}

/** Comma separated items in brackets, either of which may still be without its closing bracket. */
function bracketed($, open, item, close) {
  const closedOr = unclosed => choice(close, alias(unclosed, $.unclosed));
  return seq(
    open,
    choice(
      closedOr($._unclosed_before_item),
      seq(
        item,
        repeat(seq(',', item)),
        choice(
          closedOr($._unclosed_after_item),
          seq(',', closedOr($._unclosed_before_item)),
        ),
      ),
    ),
  );
}

/** Comma separated items in braces. */
function braced($, item) {
  return seq(
    '{',
    optional(seq(item, repeat(seq(',', item)), optional(','))),
    closing($, '}'),
  );
}

/** Comma separated items of a clause. */
function listed($, item) {
  return seq(item, repeat(seq(',', choice(item, $.missing))));
}
