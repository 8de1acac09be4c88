//! Reads an expression by the strength of its operators.

use super::{
    Node,
    token::{self, Token},
};

/// The tree of an expression; `None` if it is not understood to its end.
pub(super) fn parse(tokens: &[Token]) -> Option<Node> {
    let mut parser = Parser { tokens, at: 0 };
    let node = parser.expression(0)?;
    (parser.at == tokens.len()).then_some(node)
}

/// <https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-PRECEDENCE>
mod strength {
    pub(super) const OR: u8 = 1;
    pub(super) const AND: u8 = 2;
    pub(super) const NOT: u8 = 3;
    pub(super) const IS: u8 = 4;
    pub(super) const COMPARE: u8 = 5;
    pub(super) const MATCH: u8 = 6;
    pub(super) const OTHER: u8 = 7;
    pub(super) const SUM: u8 = 8;
    pub(super) const PRODUCT: u8 = 9;
    pub(super) const POWER: u8 = 10;
    pub(super) const AT: u8 = 11;
    pub(super) const COLLATE: u8 = 12;
    pub(super) const SIGN: u8 = 13;
    pub(super) const CAST: u8 = 14;
}

struct Parser<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn is_symbol(&self, symbol: &str) -> bool {
        matches!(self.peek(), Some(Token::Symbol(text)) if text == symbol)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(text)) if text == word)
    }

    fn eat_symbol(&mut self, symbol: &str) -> bool {
        let found = self.is_symbol(symbol);
        self.at += usize::from(found);
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        self.at += usize::from(found);
        found
    }

    fn expect_symbol(&mut self, symbol: &str) -> Option<()> {
        self.eat_symbol(symbol).then_some(())
    }

    fn expect_word(&mut self, word: &str) -> Option<()> {
        self.eat_word(word).then_some(())
    }

    /// An expression of operators that hold together more tightly than `least`.
    fn expression(&mut self, least: u8) -> Option<Node> {
        let mut left = self.prefix()?;
        while let Some(strength) = self.next_strength().filter(|it| *it > least) {
            left = self.infix(left, strength)?;
        }
        Some(left)
    }

    fn next_strength(&self) -> Option<u8> {
        Some(match self.peek()? {
            Token::Word(word) => match word.as_str() {
                "or" => strength::OR,
                "and" => strength::AND,
                "is" => strength::IS,
                "not" | "in" | "between" | "like" | "ilike" => strength::MATCH,
                "at" => strength::AT,
                "collate" => strength::COLLATE,
                _ => return None,
            },
            Token::Symbol(symbol) => match symbol.as_str() {
                "::" | "[" => strength::CAST,
                "=" | "<>" | "<" | ">" | "<=" | ">=" => strength::COMPARE,
                "+" | "-" => strength::SUM,
                "*" | "/" | "%" => strength::PRODUCT,
                "^" => strength::POWER,
                "(" | ")" | "]" | "," | "." | ";" => return None,
                _ => strength::OTHER,
            },
            _ => return None,
        })
    }

    fn prefix(&mut self) -> Option<Node> {
        if self.eat_word("not") {
            return Some(Node::Prefix("NOT".to_owned(), Box::new(self.expression(strength::NOT - 1)?)));
        }
        if self.eat_symbol("-") {
            return Some(match self.expression(strength::SIGN)? {
                Node::Leaf(number) if token::plain_number(&number).is_some() => match number.strip_prefix('-') {
                    Some(digits) => Node::Leaf(digits.to_owned()),
                    None => Node::Leaf(token::signed("-", &number)),
                },
                other => Node::Prefix("-".to_owned(), Box::new(other)),
            });
        }
        if self.eat_symbol("~") {
            return Some(Node::Prefix("~".to_owned(), Box::new(self.expression(strength::OTHER)?)));
        }
        self.primary()
    }

    fn infix(&mut self, left: Node, strength: u8) -> Option<Node> {
        match strength {
            strength::CAST if self.eat_symbol("::") => self.type_name().map(|()| left),
            strength::CAST => {
                self.expect_symbol("[")?;
                let index = self.expression(0)?;
                self.expect_symbol("]")?;
                Some(Node::Infix("[]".to_owned(), vec![left, index]))
            }
            strength::IS => self.is_test(left),
            strength::MATCH => self.match_test(left),
            strength::AT => {
                (self.eat_word("at") && self.eat_word("time") && self.eat_word("zone")).then_some(())?;
                Some(Node::infix("AT TIME ZONE", left, self.expression(strength)?))
            }
            strength::COLLATE => {
                self.expect_word("collate")?;
                Some(Node::infix("COLLATE", left, self.expression(strength)?))
            }
            _ => self.operator(left, strength),
        }
    }

    fn operator(&mut self, left: Node, strength: u8) -> Option<Node> {
        let operator = match self.peek()? {
            Token::Word(word) => word.to_uppercase(),
            other => other.to_string(),
        };
        self.at += 1;
        for (quantifier, negated) in [("any", false), ("all", true)] {
            if self.is_word(quantifier) {
                return self.quantified(left, &operator, negated);
            }
        }
        Some(Node::infix(&operator, left, self.expression(strength)?))
    }

    /// `x = ANY (ARRAY[…])` is `x IN (…)`, `x <> ALL (ARRAY[…])` is `x NOT IN (…)`.
    fn quantified(&mut self, left: Node, operator: &str, negated: bool) -> Option<Node> {
        self.at += 1;
        self.expect_symbol("(")?;
        let array = self.expression(0)?;
        self.expect_symbol(")")?;
        match array {
            Node::Call(name, items) if name == "array" && operator == if negated { "<>" } else { "=" } => {
                Some(is_in(left, items, negated))
            }
            other => {
                let quantifier = if negated { "ALL" } else { "ANY" };
                Some(Node::infix(&format!("{operator} {quantifier}"), left, other))
            }
        }
    }

    fn is_test(&mut self, left: Node) -> Option<Node> {
        self.expect_word("is")?;
        let not = if self.eat_word("not") { "NOT " } else { "" };
        if self.eat_word("distinct") {
            self.expect_word("from")?;
            return Some(Node::infix(&format!("IS {not}DISTINCT FROM"), left, self.expression(strength::IS)?));
        }
        let Some(Token::Word(what)) = self.peek() else { return None };
        let test = format!("IS {not}{}", what.to_uppercase());
        self.at += 1;
        Some(Node::Postfix(Box::new(left), test))
    }

    fn match_test(&mut self, left: Node) -> Option<Node> {
        let negated = self.eat_word("not");
        if self.eat_word("in") {
            self.expect_symbol("(")?;
            return Some(is_in(left, self.list(")")?, negated));
        }
        if self.eat_word("between") {
            let low = self.expression(strength::MATCH)?;
            self.expect_word("and")?;
            let high = self.expression(strength::MATCH)?;
            return Some(between(left, low, high, negated));
        }
        let operator = if self.eat_word("like") {
            "~~"
        } else {
            self.expect_word("ilike")?;
            "~~*"
        };
        let operator = if negated { format!("!{operator}") } else { operator.to_owned() };
        Some(Node::infix(&operator, left, self.expression(strength::MATCH)?))
    }

    fn primary(&mut self) -> Option<Node> {
        let token = self.peek()?.clone();
        self.at += 1;
        match token {
            Token::Text(text) => Some(Node::Leaf(token::literal(&text))),
            Token::Number(number) => {
                // A number may begin with zeros; a text that does is none.
                let digits = number.trim_start_matches('0');
                let zero = usize::from(!digits.starts_with(|it: char| it.is_ascii_digit()));
                let number = &number[number.len() - digits.len() - zero..];
                Some(Node::Leaf(token::plain_number(number).unwrap_or_else(|| number.to_owned())))
            }
            Token::Symbol(symbol) if symbol == "(" => {
                let inner = self.expression(0)?;
                self.expect_symbol(")")?;
                Some(inner)
            }
            Token::Symbol(_) => None,
            Token::Quoted(_) => self.name(token.to_string()),
            Token::Word(word) => match word.as_str() {
                "case" => self.case(),
                "cast" if self.is_symbol("(") => self.cast(),
                "array" if self.eat_symbol("[") => Some(Node::Call(word, self.list("]")?)),
                _ => self.name(word),
            },
        }
    }

    /// A name, a call, or a type before a text.
    fn name(&mut self, mut name: String) -> Option<Node> {
        while self.eat_symbol(".") {
            name = format!("{name}.{}", self.peek()?);
            self.at += 1;
        }
        if let Some(Token::Text(text)) = self.peek() {
            let leaf = Node::Leaf(token::literal(text));
            self.at += 1;
            return Some(leaf);
        }
        if self.eat_symbol("(") {
            return Some(Node::Call(name, self.list(")")?));
        }
        Some(Node::Leaf(name))
    }

    /// Expressions to the closing symbol; `EXTRACT(x FROM y)` and the like separate them by words.
    fn list(&mut self, close: &str) -> Option<Vec<Node>> {
        let mut items = Vec::new();
        while !self.eat_symbol(close) {
            items.push(self.expression(0)?);
            if !(self.eat_symbol(",") || self.eat_word("from") || self.eat_word("for") || self.is_symbol(close)) {
                return None;
            }
        }
        Some(items)
    }

    fn cast(&mut self) -> Option<Node> {
        self.expect_symbol("(")?;
        let operand = self.expression(0)?;
        self.expect_word("as")?;
        self.type_name()?;
        self.expect_symbol(")")?;
        Some(operand)
    }

    fn case(&mut self) -> Option<Node> {
        let mut parts = Vec::new();
        if !self.is_word("when") {
            parts.push(self.expression(0)?);
        }
        while self.eat_word("when") {
            let when = self.expression(0)?;
            self.expect_word("then")?;
            parts.push(Node::Call("WHEN".to_owned(), vec![when, self.expression(0)?]));
        }
        // PostgreSQL writes out that nothing else means NULL.
        if self.eat_word("else") {
            let otherwise = self.expression(0)?;
            parts.extend(
                (otherwise != Node::Leaf("null".to_owned())).then(|| Node::Call("ELSE".to_owned(), vec![otherwise])),
            );
        }
        self.expect_word("end")?;
        Some(Node::Call("CASE".to_owned(), parts))
    }

    /// Reads over the name of a type: `timestamp(3) with time zone`, `character varying(10)[]`.
    fn type_name(&mut self) -> Option<()> {
        match self.peek()? {
            Token::Word(_) | Token::Quoted(_) => self.at += 1,
            _ => return None,
        }
        while self.eat_symbol(".") {
            self.at += 1;
        }
        let _ = self.eat_word("varying") || self.eat_word("precision");
        if self.eat_symbol("(") {
            self.list(")")?;
        }
        if self.eat_word("with") || self.eat_word("without") {
            (self.eat_word("time") && self.eat_word("zone")).then_some(())?;
        }
        while self.is_symbol("[") && matches!(self.tokens.get(self.at + 1), Some(Token::Symbol(close)) if close == "]")
        {
            self.at += 2;
        }
        Some(())
    }
}

fn is_in(operand: Node, mut items: Vec<Node>, negated: bool) -> Node {
    if items.len() == 1 {
        let item = items.remove(0);
        return Node::infix(if negated { "<>" } else { "=" }, operand, item);
    }
    let operator = if negated { "NOT IN" } else { "IN" };
    Node::infix(operator, operand, Node::Call(String::new(), items))
}

fn between(operand: Node, low: Node, high: Node, negated: bool) -> Node {
    let (below, above, operator) = if negated { ("<", ">", "OR") } else { (">=", "<=", "AND") };
    Node::infix(operator, Node::infix(below, operand.clone(), low), Node::infix(above, operand, high))
}
