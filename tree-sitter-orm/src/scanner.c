// What the grammar cannot say with regular tokens: which newline ends a line, and where a construct ends that was
// left open. One function per mechanism; README.md describes them. The scanner keeps no state between tokens.
//
// Two rules of tree-sitter shape it:
// - A scan may look ahead as far as it likes, but the token ends where `mark_end` was last called.
// - During error recovery every token is valid and empty ones are ignored. What recovery may stop at, the end of a
//   line, a declaration keyword and a closing brace at column 0, is therefore never empty then.

#include "tree_sitter/parser.h"

#include <string.h>

// In the order of `externals` in grammar.js.
enum TokenType {
  LINE_END,
  IN_QUERY, // Never found: being valid, it tells that a clause ends here.
  BODY_CLOSE,
  RAW_STRING,
  UNCLOSED,
  UNCLOSED_AFTER_ITEM,
  UNCLOSED_BEFORE_ITEM,
  MISSING,
  STRAY,
  JUNK_LINE,
  ERROR_SENTINEL,
  DECLARATION_KEYWORD, // The first of DECLARATION_KEYWORDS; the others follow in their order.
};

enum {
  // Longer than any word of the language, terminator included.
  WORD_CAPACITY = 16,
  // How many comment lines a look at the next line passes over: bounded, since each of them may start such a look.
  MAX_COMMENT_LINES = 100,
  NO_BREAK_SPACE = 0xa0,
  BYTE_ORDER_MARK = 0xfeff,
};

typedef const char *const WordList[];

// In the order of DECLARATION_KEYWORDS in grammar.js.
static WordList DECLARATION_KEYWORDS = {
  "table", "mixin", "enum", "sequence", "view", "query", "mutation", "extension", "raw", NULL,
};

// A line of a body that begins with one of these goes on with the expression above.
static WordList MEMBER_CONTINUATIONS = {"and", "or", NULL};

// No clause begins with one of these, so that more words can go on with the line above than in a table.
static WordList CLAUSE_CONTINUATIONS = {
  "and", "or", "not", "in", "is", "like", "ilike", "between", "as", "on", "do", "when", "then", "else", "end", NULL,
};

// Words that can follow an operand.
static WordList AFTER_OPERAND = {
  "and", "or", "not", "in", "is", "like", "ilike", "between", "as", "asc", "desc", "nulls",
  "when", "then", "else", "end", NULL,
};

// Words that can stand before an operand.
static WordList BEFORE_OPERAND = {"case", "not", "exists", "when", "then", "else", "and", "or", "end", NULL};

static WordList CLAUSES = {
  "from", "join", "left_join", "right_join", "full_join", "cross_join", "where", "group_by", "having", "order_by",
  "limit", "offset", "select", "union", "union_all", "intersect", "except", "insert", "update", "delete", "values",
  "set", "on_conflict", "returning", "with", NULL,
};

static WordList TABLE_ITEMS = {
  "index", "unique", "check", "primary_key", "foreign_key", "interleave", "interleave_in", "ttl", NULL,
};

typedef struct {
  char text[WORD_CAPACITY];
} Word;

// ---------------------------------------------------------------- characters and words

static bool is_blank(int32_t character) {
  return character == ' ' || character == '\t' || character == '\f' || character == '\v' || character == '\r' ||
         character == NO_BREAK_SPACE || character == BYTE_ORDER_MARK;
}

static bool is_name_character(int32_t character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') || character == '_' ||
         (character >= '0' && character <= '9');
}

static bool starts_name(int32_t character) { return is_name_character(character) || character == '`'; }

static void advance(TSLexer *lexer) { lexer->advance(lexer, false); }

static bool at_line_end(TSLexer *lexer) { return lexer->lookahead == '\n' || lexer->eof(lexer); }

static void skip(TSLexer *lexer) { lexer->advance(lexer, true); }

static void advance_blanks(TSLexer *lexer) {
  while (is_blank(lexer->lookahead)) advance(lexer);
}

static void advance_to_line_end(TSLexer *lexer) {
  while (!at_line_end(lexer)) advance(lexer);
}

// Reads a word; one that does not fit is cut, and thus equals none of the lists.
static Word read_word(TSLexer *lexer) {
  Word word;
  unsigned length = 0;
  while (is_name_character(lexer->lookahead)) {
    if (length + 1 < WORD_CAPACITY) word.text[length++] = (char)lexer->lookahead;
    advance(lexer);
  }
  word.text[length] = '\0';
  return word;
}

static int index_in(Word word, WordList list) {
  for (int index = 0; list[index]; index++) {
    if (strcmp(word.text, list[index]) == 0) return index;
  }
  return -1;
}

static bool is_in(Word word, WordList list) { return index_in(word, list) >= 0; }

static bool accept(TSLexer *lexer, enum TokenType token) {
  lexer->result_symbol = (TSSymbol)token;
  return true;
}

// ---------------------------------------------------------------- lines

// Where a scan stands after the white space that it skipped. White space always belongs to the scan that follows it,
// so that only a scan that skipped none has to ask for its column.
typedef enum { COLUMN_UNKNOWN, COLUMN_0, COLUMN_INDENTED } Column;

static Column skip_blanks(TSLexer *lexer, Column column) {
  for (; is_blank(lexer->lookahead); skip(lexer)) column = COLUMN_INDENTED;
  return column;
}

static Column skip_blanks_and_newlines(TSLexer *lexer, Column column) {
  for (; is_blank(lexer->lookahead) || lexer->lookahead == '\n'; skip(lexer)) {
    column = lexer->lookahead == '\n' ? COLUMN_0 : COLUMN_INDENTED;
  }
  return column;
}

// Whether a token of which `length` characters have been read began at column 0. To tell a column, tree-sitter reads
// the line from its start: this is asked last.
static bool began_at_column_0(TSLexer *lexer, Column column, size_t length) {
  return column == COLUMN_0 || (column == COLUMN_UNKNOWN && lexer->get_column(lexer) == length);
}

typedef struct {
  bool is_readable; // False when the look ahead ended at something that is no comment, or at too many comments.
  bool is_indented;
} NextLine;

// From the end of a line to the first character of the next line that is neither blank nor a comment.
static NextLine advance_to_next_line(TSLexer *lexer) {
  NextLine line = {true, true};
  for (unsigned comments = 0; comments <= MAX_COMMENT_LINES; comments++) {
    while (is_blank(lexer->lookahead) || lexer->lookahead == '\n') {
      line.is_indented = lexer->lookahead != '\n';
      advance(lexer);
    }
    if (lexer->lookahead != '/') return line;
    advance(lexer);
    if (lexer->lookahead != '/') break;
    advance_to_line_end(lexer);
  }
  line.is_readable = false;
  return line;
}

// What can follow the keyword of a declaration: its name, or the brace of one that has no name yet.
static bool at_declaration_name(TSLexer *lexer) {
  if (!is_blank(lexer->lookahead)) return false;
  advance_blanks(lexer);
  return starts_name(lexer->lookahead) || lexer->lookahead == '"' || lexer->lookahead == '{';
}

// At a line that cannot go on with an expression or an argument list, since it is a member or a clause:
// `name type`, `index(`, `...Mixin`, `where x`.
static bool at_member_or_clause(TSLexer *lexer) {
  if (lexer->lookahead == '.') {
    advance(lexer);
    return lexer->lookahead == '.';
  }
  if (!is_name_character(lexer->lookahead)) return false;
  Word word = read_word(lexer);
  if (is_in(word, BEFORE_OPERAND)) return false;
  if (lexer->lookahead == '(') return is_in(word, TABLE_ITEMS);
  if (!is_blank(lexer->lookahead)) return false;
  advance_blanks(lexer);
  if (lexer->lookahead == '$') return is_in(word, CLAUSES);
  if (lexer->lookahead == '"' || lexer->lookahead == '\'') {
    return is_in(word, CLAUSES) || is_in(word, DECLARATION_KEYWORDS);
  }
  return starts_name(lexer->lookahead) && !is_in(read_word(lexer), AFTER_OPERAND);
}

// At the line after an operand: whether it does not go on with an operator, a separator or a closing bracket.
static bool at_end_of_operand(TSLexer *lexer) {
  int32_t character = lexer->lookahead;
  if (is_name_character(character)) return !is_in(read_word(lexer), AFTER_OPERAND);
  if (character == '.') return at_member_or_clause(lexer);
  return character == '`' || character == '@' || character == '"' || character == '\'' || character == '$' ||
         character == '}';
}

// ---------------------------------------------------------------- mechanisms

// Whether the line that was reached goes on with the one above.
static bool continues_line(TSLexer *lexer, WordList continuations) {
  if (lexer->eof(lexer)) return false;
  if (lexer->lookahead == '.') return !at_member_or_clause(lexer);
  if (lexer->lookahead != 0 && lexer->lookahead < 0x80 && strchr("{@=+-*<>!|%),]:", (char)lexer->lookahead)) return true;
  if (!is_name_character(lexer->lookahead)) return false;
  return is_in(read_word(lexer), continuations) && (is_blank(lexer->lookahead) || at_line_end(lexer));
}

// The newline that ends a member, a clause or a declaration without a body. It is empty, so that nodes end with
// their text; only recovery, which ignores empty tokens, gets the newline itself.
static bool scan_line_end(TSLexer *lexer, bool is_recovering, bool is_in_query) {
  if (is_recovering) {
    if (lexer->eof(lexer)) return false;
    advance(lexer);
    lexer->mark_end(lexer);
    return accept(lexer, LINE_END);
  }
  lexer->mark_end(lexer);
  if (!advance_to_next_line(lexer).is_readable) return false;
  if (continues_line(lexer, is_in_query ? CLAUSE_CONTINUATIONS : MEMBER_CONTINUATIONS)) return false;
  return accept(lexer, LINE_END);
}

// `missing`: a value was announced by an operator, `=` or a comma, and its line or its brackets are over.
static bool scan_missing(TSLexer *lexer) {
  lexer->mark_end(lexer);
  if (lexer->lookahead != '\n') return accept(lexer, MISSING);
  NextLine line = advance_to_next_line(lexer);
  if (!line.is_readable) return false;
  bool is_missing = lexer->lookahead == '}' || lexer->eof(lexer) || !line.is_indented || at_member_or_clause(lexer);
  return is_missing && accept(lexer, MISSING);
}

// `unclosed` for `(` and `[`: the line is over, and the next one is no part of the list.
static bool scan_unclosed_bracket(TSLexer *lexer, bool is_after_item) {
  lexer->mark_end(lexer);
  enum TokenType token = is_after_item ? UNCLOSED_AFTER_ITEM : UNCLOSED_BEFORE_ITEM;
  if (!advance_to_next_line(lexer).is_readable) return false;
  if (lexer->eof(lexer) || lexer->lookahead == '}') return accept(lexer, token);
  bool ends = is_after_item ? at_end_of_operand(lexer) : at_member_or_clause(lexer);
  return ends && accept(lexer, token);
}

// `}` closes a declaration. One that does not stand at column 0 is `stray` when an indented line follows that is no
// declaration.
static bool scan_body_close(TSLexer *lexer, bool can_be_stray, Column column) {
  advance(lexer);
  lexer->mark_end(lexer);
  if (!can_be_stray || began_at_column_0(lexer, column, 1)) return accept(lexer, BODY_CLOSE);
  advance_blanks(lexer);
  if (lexer->lookahead != '\n') return accept(lexer, BODY_CLOSE);
  NextLine line = advance_to_next_line(lexer);
  if (!line.is_readable || !line.is_indented || lexer->eof(lexer) || lexer->lookahead == '}') {
    return accept(lexer, BODY_CLOSE);
  }
  if (is_in(read_word(lexer), DECLARATION_KEYWORDS) && at_declaration_name(lexer)) return accept(lexer, BODY_CLOSE);
  return accept(lexer, STRAY);
}

// In recovery a `}` closes the declaration only where it cannot close anything else: alone at column 0.
static bool scan_body_close_in_recovery(TSLexer *lexer, Column column) {
  advance(lexer);
  lexer->mark_end(lexer);
  return at_line_end(lexer) && began_at_column_0(lexer, column, 1) && accept(lexer, BODY_CLOSE);
}

// At the start of a line inside a raw string: whether it looks like the header of a declaration, `table users {` or
// `raw postgres """`, so that the string above was left open.
static bool at_header_line(TSLexer *lexer) {
  if (!is_in(read_word(lexer), DECLARATION_KEYWORDS) || !at_declaration_name(lexer)) return false;
  unsigned quotes = 0;
  for (; !at_line_end(lexer); advance(lexer)) {
    quotes = lexer->lookahead == '"' ? quotes + 1 : 0;
    if (quotes == 3 || lexer->lookahead == '{') return true;
  }
  return false;
}

// `"""…"""`. An open one ends before the next header.
static bool scan_raw_string(TSLexer *lexer) {
  for (unsigned quotes = 0; quotes < 3; quotes++) {
    if (lexer->lookahead != '"') return false;
    advance(lexer);
  }
  unsigned quotes = 0;
  while (!lexer->eof(lexer) && quotes < 3) {
    bool is_line_end = lexer->lookahead == '\n';
    quotes = lexer->lookahead == '"' ? quotes + 1 : 0;
    if (is_line_end) lexer->mark_end(lexer);
    advance(lexer);
    if (is_line_end && is_name_character(lexer->lookahead) && at_header_line(lexer)) return accept(lexer, RAW_STRING);
  }
  lexer->mark_end(lexer);
  return accept(lexer, RAW_STRING);
}

// Between declarations a keyword begins one wherever it stands.
static bool scan_keyword_at_top_level(TSLexer *lexer) {
  int keyword = index_in(read_word(lexer), DECLARATION_KEYWORDS);
  if (keyword < 0) return false;
  lexer->mark_end(lexer);
  return accept(lexer, DECLARATION_KEYWORD + keyword);
}

// Anywhere else it does so at column 0, where its name follows.
static bool scan_keyword_at_column_0(TSLexer *lexer, enum TokenType unclosed, bool is_recovering, Column column) {
  lexer->mark_end(lexer);
  Word word = read_word(lexer);
  int keyword = index_in(word, DECLARATION_KEYWORDS);
  if (keyword < 0) return false;
  if (is_recovering) lexer->mark_end(lexer);
  if (!is_blank(lexer->lookahead) || !began_at_column_0(lexer, column, strlen(word.text))) return false;
  if (!at_declaration_name(lexer)) return false;
  // Outside of recovery what is open ends first. `unclosed` is empty: the keyword is read again after it.
  return accept(lexer, is_recovering ? (enum TokenType)(DECLARATION_KEYWORD + keyword) : unclosed);
}

// What is open ends before the comments of the next declaration, so that they stay with it.
static bool scan_unclosed_before_comment(TSLexer *lexer, enum TokenType unclosed, Column column) {
  lexer->mark_end(lexer);
  advance(lexer);
  if (lexer->lookahead != '/' || !began_at_column_0(lexer, column, 1)) return false;
  advance_to_line_end(lexer);
  NextLine line = advance_to_next_line(lexer);
  if (!line.is_readable || line.is_indented) return false;
  return is_in(read_word(lexer), DECLARATION_KEYWORDS) && at_declaration_name(lexer) && accept(lexer, unclosed);
}

// A line between declarations that is none of them and no comment.
static bool scan_junk_line(TSLexer *lexer) {
  if (lexer->lookahead == '/') {
    advance(lexer);
    if (lexer->lookahead == '/') return false;
  }
  advance_to_line_end(lexer);
  lexer->mark_end(lexer);
  return accept(lexer, JUNK_LINE);
}

// Between declarations: the next one, or a line of junk.
static bool scan_top_level(TSLexer *lexer) {
  if (lexer->eof(lexer)) return false;
  return scan_keyword_at_top_level(lexer) || scan_junk_line(lexer);
}

// What is decided at the end of a line, or at the closing bracket that ends it. Each of these must come before the newline is
// skipped, since the decision belongs to the line above.
static bool scan_at_line_end(TSLexer *lexer, const bool *valid, bool is_recovering) {
  if (!is_recovering) {
    if (valid[MISSING]) return scan_missing(lexer);
    if (valid[UNCLOSED_AFTER_ITEM]) return scan_unclosed_bracket(lexer, true);
    if (valid[UNCLOSED_BEFORE_ITEM]) return scan_unclosed_bracket(lexer, false);
  }
  return scan_line_end(lexer, is_recovering, valid[IN_QUERY]);
}

// Whether a decision of `scan_at_line_end` is due.
static bool is_line_decided(TSLexer *lexer, const bool *valid, bool is_recovering) {
  bool is_value_due = valid[MISSING] && !is_recovering;
  bool is_bracket_due = (valid[UNCLOSED_AFTER_ITEM] || valid[UNCLOSED_BEFORE_ITEM]) && !is_recovering;
  switch (lexer->lookahead) {
    case ')':
    case ']':
    case ',':
      return is_value_due;
    case '}':
      return is_value_due || is_bracket_due;
    default:
      return at_line_end(lexer) && (is_value_due || is_bracket_due || valid[LINE_END]);
  }
}

bool tree_sitter_orm_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  bool is_recovering = valid[ERROR_SENTINEL];
  Column column = skip_blanks(lexer, COLUMN_UNKNOWN);
  if (is_line_decided(lexer, valid, is_recovering)) return scan_at_line_end(lexer, valid, is_recovering);
  column = skip_blanks_and_newlines(lexer, column);
  if (valid[JUNK_LINE] && !is_recovering) return scan_top_level(lexer);
  // In recovery a `"""` is more likely one too many than the start of a string of many lines.
  if (lexer->lookahead == '"') return valid[RAW_STRING] && !is_recovering && scan_raw_string(lexer);
  if (lexer->lookahead == '}' && valid[BODY_CLOSE]) {
    return is_recovering ? scan_body_close_in_recovery(lexer, column) : scan_body_close(lexer, valid[STRAY], column);
  }
  // Braces may have ended down here with brackets around them that are still open: `([{`.
  if (!valid[UNCLOSED] && !valid[UNCLOSED_AFTER_ITEM]) return false;
  enum TokenType unclosed = valid[UNCLOSED] ? UNCLOSED : UNCLOSED_AFTER_ITEM;
  if (lexer->lookahead == '/') return !is_recovering && scan_unclosed_before_comment(lexer, unclosed, column);
  if (!lexer->eof(lexer)) return scan_keyword_at_column_0(lexer, unclosed, is_recovering, column);
  lexer->mark_end(lexer);
  return !is_recovering && accept(lexer, unclosed);
}

// ---------------------------------------------------------------- no state

void *tree_sitter_orm_external_scanner_create(void) { return NULL; }

void tree_sitter_orm_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_orm_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_orm_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}
