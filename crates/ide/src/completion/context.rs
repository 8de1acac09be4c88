//! Where the cursor stands: in which brackets, behind which words of the line, argument or clause.

use super::tokens::{End, Token, tokens};

/// The words that clauses begin with, in the order in which they are offered.
pub(crate) const CLAUSES: &[&str] = &[
    "from",
    "where",
    "select",
    "join",
    "left_join",
    "order_by",
    "limit",
    "group_by",
    "having",
    "offset",
    "with",
    "right_join",
    "full_join",
    "cross_join",
    "union",
    "union_all",
    "intersect",
    "except",
    "for",
];

/// The words that the clauses of a mutation begin with.
pub(crate) const MUTATION_CLAUSES: &[&str] =
    &["insert", "update", "delete", "values", "set", "where", "on_conflict", "returning", "from", "select"];

/// Brackets around the cursor, or the declaration itself, with what stands in them before the cursor.
#[derive(Debug, Clone)]
pub(crate) struct Frame<'t> {
    pub(crate) kind: FrameKind<'t>,
    /// The tokens since the last line, comma or clause began.
    pub(crate) tokens: Vec<Item<'t>>,
    /// How many commas stand before.
    pub(crate) index: usize,
    /// The word that the clause began with; empty where none has begun.
    pub(crate) clause: &'t str,
    /// Whether nothing stands before the cursor in its line.
    pub(crate) is_line_start: bool,
}

/// What brackets enclose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameKind<'t> {
    /// The header of the declaration.
    Header,
    /// The body of a table or mixin.
    TableBody,
    /// The values of an enum.
    EnumBody,
    /// Clauses.
    Query,
    /// What is selected of a relation.
    Selection,
    /// A row of `values`.
    Row,
    /// `{ key: value }`
    Object,
    /// The parameters of a query.
    Parameters,
    /// `word(…)`; `attribute`: whether it stands behind `@`.
    Arguments { word: &'t str, attribute: bool },
    /// `[…]`
    List,
    /// `(…)`
    Group,
}

/// A token, or brackets that are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item<'t> {
    Word(&'t str),
    Sign(&'t str),
    Parameter,
    Literal,
    Closed,
}

impl Item<'_> {
    /// Whether an operand ends here.
    pub(crate) fn is_operand(self) -> bool {
        match self {
            Item::Word(word) => !is_operator_word(word),
            Item::Sign(_) => false,
            Item::Parameter | Item::Literal | Item::Closed => true,
        }
    }
}

fn is_operator_word(word: &str) -> bool {
    let words = ["and", "or", "not", "in", "is", "like", "ilike", "between", "as", "case", "when", "then", "else"];
    words.contains(&word)
}

/// Where the cursor stands.
#[derive(Debug)]
pub(crate) struct Context<'t> {
    /// The word that the declaration begins with; empty outside.
    pub(crate) keyword: &'t str,
    /// From the declaration inwards. There is always one.
    pub(crate) frames: Vec<Frame<'t>>,
    /// Whether the cursor stands in a comment, and what of it before the cursor.
    pub(crate) comment: Option<&'t str>,
    /// Whether it stands in a text.
    pub(crate) is_text: bool,
}

impl<'t> Context<'t> {
    /// `text`: the declaration up to the word under the cursor.
    pub(crate) fn new(text: &'t str) -> Self {
        let (tokens, end) = tokens(text);
        let mut reader = Reader { keyword: "", frames: vec![frame(FrameKind::Header)] };
        for (index, token) in tokens.iter().enumerate() {
            reader.read(*token, tokens.get(index + 1).copied());
        }
        let comment = match end {
            End::Comment(it) => Some(it),
            _ => None,
        };
        Context { keyword: reader.keyword, frames: reader.frames, comment, is_text: end == End::Text }
    }

    /// The innermost brackets.
    pub(crate) fn inner(&self) -> &Frame<'t> {
        self.frames.last().expect("a declaration is always there")
    }

    /// The brackets around those; the declaration itself has none.
    pub(crate) fn around(&self) -> Option<&Frame<'t>> {
        self.frames.len().checked_sub(2).map(|index| &self.frames[index])
    }
}

const fn frame(kind: FrameKind<'_>) -> Frame<'_> {
    Frame { kind, tokens: Vec::new(), index: 0, clause: "", is_line_start: false }
}

struct Reader<'t> {
    keyword: &'t str,
    frames: Vec<Frame<'t>>,
}

impl<'t> Reader<'t> {
    fn read(&mut self, token: Token<'t>, next: Option<Token<'t>>) {
        let kind = self.inner().kind;
        match token {
            Token::Newline => return self.newline(next),
            Token::Open(open) => {
                let kind = self.opened(open);
                self.frames.push(frame(kind));
                return;
            }
            Token::Close => {
                if self.frames.len() > 1 {
                    self.frames.pop();
                }
                self.push(Item::Closed);
                // A declaration ends with its body.
                if matches!(kind, FrameKind::TableBody | FrameKind::EnumBody)
                    || kind == FrameKind::Query && self.frames.len() == 1
                {
                    self.keyword = "";
                    self.inner().tokens.clear();
                }
                return;
            }
            Token::Word(word)
                if kind == FrameKind::Header && self.inner().tokens.is_empty() && self.keyword.is_empty() =>
            {
                self.keyword = word;
                return;
            }
            Token::Word(word) if kind == FrameKind::Query && self.begins_clause(word) => {
                let inner = self.inner();
                inner.clause = word;
                inner.tokens.clear();
                inner.is_line_start = false;
                return;
            }
            Token::Sign(",") if kind != FrameKind::Header => {
                let inner = self.inner();
                inner.tokens.clear();
                inner.index += 1;
                inner.is_line_start = false;
                return;
            }
            _ => {}
        }
        self.push(match token {
            Token::Word(word) => Item::Word(word),
            Token::Sign(sign) => Item::Sign(sign),
            Token::Parameter(_) => Item::Parameter,
            _ => Item::Literal,
        });
    }

    fn push(&mut self, item: Item<'t>) {
        let inner = self.inner();
        inner.tokens.push(item);
        inner.is_line_start = false;
    }

    fn inner(&mut self) -> &mut Frame<'t> {
        self.frames.last_mut().expect("a declaration is always there")
    }

    /// A line ends a member or value, unless the next one goes on with it; at the cursor it does not.
    fn newline(&mut self, next: Option<Token<'t>>) {
        if next == Some(Token::Newline) {
            return;
        }
        let inner = self.inner();
        inner.is_line_start = true;
        let goes_on = match next {
            Some(Token::Sign(sign)) => sign != "...",
            Some(Token::Word(word)) => matches!(word, "and" | "or"),
            _ => false,
        };
        if matches!(inner.kind, FrameKind::TableBody | FrameKind::EnumBody) && !goes_on {
            inner.tokens.clear();
        }
    }

    /// Whether a word begins a clause: at the beginning of a line, and in braces on one line anywhere.
    fn begins_clause(&self, word: &str) -> bool {
        let Some(inner) = self.frames.last() else { return false };
        let is_known = CLAUSES.contains(&word) || MUTATION_CLAUSES.contains(&word);
        let is_part = inner.tokens.last() == Some(&Item::Sign("."));
        let is_first = inner.is_line_start || inner.tokens.is_empty() && inner.clause.is_empty();
        let is_nested = self.frames.iter().filter(|it| it.kind == FrameKind::Query).count() > 1;
        // `delete from`, `do update set … where …`
        let follows =
            matches!((inner.clause, word), ("delete", "from") | ("on_conflict" | "update" | "set", "set" | "where"));
        is_known && !is_part && (is_first || is_nested || follows)
    }

    fn opened(&mut self, open: char) -> FrameKind<'t> {
        let keyword = self.keyword;
        let inner = self.inner();
        let last = inner.tokens.last().copied();
        match open {
            '(' => match last {
                _ if inner.kind == FrameKind::Header && matches!(keyword, "query" | "mutation") => {
                    FrameKind::Parameters
                }
                Some(Item::Word(word)) if !is_operator_word(word) => {
                    let before = inner.tokens.len().checked_sub(2).map(|index| inner.tokens[index]);
                    FrameKind::Arguments { word, attribute: before == Some(Item::Sign("@")) }
                }
                None if inner.kind == FrameKind::Header => FrameKind::Arguments { word: keyword, attribute: false },
                None if inner.clause == "on_conflict" => FrameKind::Arguments { word: "on_conflict", attribute: false },
                _ => FrameKind::Group,
            },
            '[' => FrameKind::List,
            _ => match inner.kind {
                FrameKind::Header => match keyword {
                    "table" | "mixin" => FrameKind::TableBody,
                    "enum" => FrameKind::EnumBody,
                    _ => FrameKind::Query,
                },
                FrameKind::Selection => FrameKind::Selection,
                FrameKind::Query => match (inner.clause, last) {
                    ("values", None) => FrameKind::Row,
                    ("select" | "returning", Some(it)) if it.is_operand() && it != Item::Word("exists") => {
                        FrameKind::Selection
                    }
                    _ => FrameKind::Query,
                },
                FrameKind::Group => FrameKind::Query,
                _ => match last {
                    Some(Item::Word("in" | "exists")) => FrameKind::Query,
                    _ => FrameKind::Object,
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds of the brackets around the end of a text, and the clause or the tokens of the innermost.
    fn inner(text: &str) -> (FrameKind<'_>, String, usize) {
        let context = Context::new(text);
        let inner = context.inner();
        (inner.kind, inner.clause.to_owned(), inner.tokens.len())
    }

    #[test]
    fn lines_of_a_table() {
        assert_eq!(inner("table t {\n  a text\n  "), (FrameKind::TableBody, String::new(), 0));
        assert_eq!(inner("table t {\n  a "), (FrameKind::TableBody, String::new(), 1));
        assert_eq!(inner("table t {\n  a text\n    @"), (FrameKind::TableBody, String::new(), 3));
        let arguments = FrameKind::Arguments { word: "references", attribute: true };
        assert_eq!(inner("table t {\n  a text @references(users.id, on_delete: "), (arguments, String::new(), 2));
        assert_eq!(Context::new("table t {\n}\n").keyword, "");
    }

    #[test]
    fn clauses_of_a_query() {
        assert_eq!(inner("query q {\n  from users\n  where a = 1 and "), (FrameKind::Query, "where".to_owned(), 4));
        assert_eq!(inner("query q {\n  select a, author { "), (FrameKind::Selection, String::new(), 0));
        assert_eq!(inner("query q {\n  where id in { from posts select "), (FrameKind::Query, "select".to_owned(), 0));
        assert_eq!(inner("mutation m {\n  insert into users\n  values { "), (FrameKind::Row, String::new(), 0));
        assert_eq!(inner("query q(a: "), (FrameKind::Parameters, String::new(), 2));
        let arguments = FrameKind::Arguments { word: "posts", attribute: false };
        assert_eq!(inner("query q {\n  select posts(where: "), (arguments, String::new(), 2));
    }
}
