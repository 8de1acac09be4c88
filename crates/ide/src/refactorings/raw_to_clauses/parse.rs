//! The few statements that can be said in clauses: `SELECT … FROM … WHERE … ORDER BY … LIMIT … OFFSET …`.
//!
//! A parser of all of SQL would be less sure here: the text holds `${…}` and `$name`, which none reads, one text is for two
//! dialects, and of a tree that holds every dialect's clauses each one that is not meant would have to be looked for. What this
//! one does not know it refuses. `tests/queries/rewritten` holds the answers of all databases to it.

use orm_schema_lang::lower::query::raw;

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) selected: Vec<Selected>,
    pub(super) table: Name,
    /// Conditions that must all hold.
    pub(super) conditions: Vec<Condition>,
    pub(super) order_by: Vec<Order>,
    /// A number or a parameter, as the language writes it.
    pub(super) limit: Option<String>,
    pub(super) offset: Option<String>,
}

/// What names a table or column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    /// `${users.email}`
    Declared(String),
    /// `email`
    Physical(String),
}

/// Something that is selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Selected {
    Column(Name, Option<String>),
    /// `COUNT(*) AS total`
    Count(String),
}

/// A condition on a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) column: Name,
    pub(super) operator: Operator,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Operator {
    IsNull,
    IsNotNull,
    /// By the sign that the language has.
    Compare(String, Value),
    In(Vec<Value>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Parameter(String),
    Number(String),
    Text(String),
    Boolean(bool),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    pub(super) column: Name,
    pub(super) descending: bool,
    pub(super) nulls_first: Option<bool>,
}

/// A part of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// A word, as it is written.
    Word(String),
    /// `"users"` or `` `users` ``
    Quoted(String),
    /// `${users.email}`
    Declared(String),
    /// `$id`
    Parameter(String),
    Number(String),
    Text(String),
    Sign(String),
}

/// The statement; `None` where there is anything else in it.
pub(super) fn statement(sql: &str) -> Option<Statement> {
    let mut parser = Parser { tokens: tokens(sql)?, at: 0 };
    parser.keyword("select")?;
    let selected = parser.list(Parser::selected)?;
    parser.keyword("from")?;
    let table = parser.name()?;
    let conditions = match parser.keyword("where") {
        Some(()) => parser.conditions()?,
        None => Vec::new(),
    };
    let order_by = match parser.keyword("order").and_then(|()| parser.keyword("by")) {
        Some(()) => parser.list(Parser::order)?,
        None => Vec::new(),
    };
    let limit = match parser.keyword("limit") {
        Some(()) => Some(parser.count()?),
        None => None,
    };
    let offset = match parser.keyword("offset") {
        Some(()) => Some(parser.count()?),
        None => None,
    };
    (parser.at == parser.tokens.len()).then_some(Statement { selected, table, conditions, order_by, limit, offset })
}

fn tokens(sql: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let sql = sql.trim().trim_end_matches(';');
    for piece in raw::split(sql) {
        match piece {
            raw::Piece::Name(name) => tokens.push(Token::Declared(name.to_owned())),
            raw::Piece::Parameter(name) => tokens.push(Token::Parameter(name.to_owned())),
            raw::Piece::Text(text) => tokens_of_text(text, &mut tokens)?,
        }
    }
    Some(tokens)
}

fn tokens_of_text(mut rest: &str, tokens: &mut Vec<Token>) -> Option<()> {
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else { return Some(()) };
        let length = match first {
            '\'' | '"' | '`' => {
                let inner = &rest[1..];
                let end = inner.find(first)?;
                // What is escaped, and where, differs between the databases.
                if inner[end + 1..].starts_with(first) || inner[..end].contains('\\') {
                    return None;
                }
                let text = inner[..end].to_owned();
                tokens.push(if first == '\'' { Token::Text(text) } else { Token::Quoted(text) });
                end + 2
            }
            _ if first.is_ascii_digit() => {
                let end = rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len());
                // `1.5`, `1e3`
                if rest[end..].starts_with(|it: char| it == '.' || it.is_alphabetic()) {
                    return None;
                }
                tokens.push(Token::Number(rest[..end].to_owned()));
                end
            }
            _ if first.is_alphabetic() || first == '_' => {
                let end = rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(rest.len());
                tokens.push(Token::Word(rest[..end].to_owned()));
                end
            }
            _ => {
                let signs = ["<=", ">=", "<>", "!=", "=", "<", ">", ",", "(", ")", "*"];
                let sign = signs.into_iter().find(|it| rest.starts_with(it))?;
                tokens.push(Token::Sign(sign.to_owned()));
                sign.len()
            }
        };
        rest = &rest[length..];
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
}

/// Words that are no names here.
const WORDS: &[&str] = &[
    "select", "distinct", "from", "where", "order", "by", "limit", "offset", "and", "or", "not", "as", "in", "is",
    "null", "group", "having", "join", "union", "asc", "desc", "nulls", "first", "last", "true", "false", "for",
    "between", "like",
];

impl Parser {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.at).cloned();
        self.at += usize::from(token.is_some());
        token
    }

    fn keyword(&mut self, word: &str) -> Option<()> {
        let is_it = matches!(self.tokens.get(self.at), Some(Token::Word(it)) if it.eq_ignore_ascii_case(word));
        self.at += usize::from(is_it);
        is_it.then_some(())
    }

    fn sign(&mut self, sign: &str) -> Option<()> {
        let is_it = matches!(self.tokens.get(self.at), Some(Token::Sign(it)) if it == sign);
        self.at += usize::from(is_it);
        is_it.then_some(())
    }

    fn list<T>(&mut self, item: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut items = vec![item(self)?];
        while self.sign(",").is_some() {
            items.push(item(self)?);
        }
        Some(items)
    }

    fn name(&mut self) -> Option<Name> {
        Some(match self.next()? {
            Token::Declared(path) => Name::Declared(path),
            Token::Quoted(name) => Name::Physical(name),
            // PostgreSQL reads a name without quotation marks in small letters.
            Token::Word(name) if !WORDS.contains(&name.to_lowercase().as_str()) && name == name.to_lowercase() => {
                Name::Physical(name)
            }
            _ => return None,
        })
    }

    fn alias(&mut self) -> Option<Option<String>> {
        match self.keyword("as") {
            None => Some(None),
            Some(()) => match self.name()? {
                Name::Physical(name) => Some(Some(name)),
                Name::Declared(_) => None,
            },
        }
    }

    fn selected(&mut self) -> Option<Selected> {
        let start = self.at;
        if self.keyword("count").is_some() && self.sign("(").is_some() {
            self.sign("*")?;
            self.sign(")")?;
            return Some(Selected::Count(self.alias()??));
        }
        self.at = start;
        Some(Selected::Column(self.name()?, self.alias()?))
    }

    fn conditions(&mut self) -> Option<Vec<Condition>> {
        let mut conditions = vec![self.condition()?];
        while self.keyword("and").is_some() {
            conditions.push(self.condition()?);
        }
        Some(conditions)
    }

    fn condition(&mut self) -> Option<Condition> {
        let column = self.name()?;
        let operator = if self.keyword("is").is_some() {
            let negated = self.keyword("not").is_some();
            self.keyword("null")?;
            if negated { Operator::IsNotNull } else { Operator::IsNull }
        } else if self.keyword("in").is_some() {
            self.sign("(")?;
            let values = self.list(Self::value)?;
            self.sign(")")?;
            Operator::In(values)
        } else {
            let Token::Sign(sign) = self.next()? else { return None };
            let sign = match sign.as_str() {
                "<>" | "!=" => "!=",
                "=" | "<" | "<=" | ">" | ">=" => &sign,
                _ => return None,
            };
            Operator::Compare(sign.to_owned(), self.value()?)
        };
        Some(Condition { column, operator })
    }

    fn value(&mut self) -> Option<Value> {
        Some(match self.next()? {
            Token::Parameter(name) => Value::Parameter(name),
            Token::Number(number) => Value::Number(number),
            Token::Text(text) => Value::Text(text),
            Token::Word(word) if word.eq_ignore_ascii_case("true") => Value::Boolean(true),
            Token::Word(word) if word.eq_ignore_ascii_case("false") => Value::Boolean(false),
            _ => return None,
        })
    }

    fn order(&mut self) -> Option<Order> {
        let column = self.name()?;
        let descending = self.keyword("desc").is_some();
        if !descending {
            let _ascending = self.keyword("asc");
        }
        let nulls_first = match self.keyword("nulls") {
            None => None,
            Some(()) if self.keyword("first").is_some() => Some(true),
            Some(()) => {
                self.keyword("last")?;
                Some(false)
            }
        };
        Some(Order { column, descending, nulls_first })
    }

    fn count(&mut self) -> Option<String> {
        match self.next()? {
            Token::Number(number) => Some(number),
            Token::Parameter(name) => Some(format!("${name}")),
            _ => None,
        }
    }
}
