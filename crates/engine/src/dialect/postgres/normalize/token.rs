//! The words of an expression, and the one spelling of each literal.

use std::fmt;

use chrono::{DateTime, NaiveDateTime, NaiveTime};

/// A word of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A name or keyword: lower case unless it was quoted.
    Word(String),
    /// A name in quotes that is not the same without them.
    Quoted(String),
    /// A text, without its quotes.
    Text(String),
    /// A number without a sign.
    Number(String),
    /// An operator, a parenthesis, a comma.
    Symbol(String),
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Token::Word(text) | Token::Number(text) | Token::Symbol(text) => f.write_str(text),
            Token::Quoted(name) => f.write_str(&super::super::names::quote(name)),
            Token::Text(text) => f.write_str(&literal(text)),
        }
    }
}

/// The words of `text`, white space left out. What is no word is a symbol of its own.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut rest = text.trim_start();
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '\'' => quoted(rest, '\'', Token::Text),
            '"' => quoted(rest, '"', name),
            it if it.is_ascii_digit() => number(rest),
            it if is_word(it) => word(rest),
            it if is_operator(it) => operator(rest),
            it => (Token::Symbol(it.to_string()), it.len_utf8()),
        };
        tokens.push(token);
        rest = rest[length..].trim_start();
    }
    tokens
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

fn is_operator(character: char) -> bool {
    "+-*/<>=~!@#%^&|`?:".contains(character)
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|it| !belongs(it)).unwrap_or(text.len())
}

fn word(text: &str) -> (Token, usize) {
    let length = span(text, is_word);
    (Token::Word(text[..length].to_lowercase()), length)
}

fn name(inner: String) -> Token {
    let is_plain = inner.starts_with(|it: char| it.is_ascii_lowercase() || it == '_')
        && inner.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_');
    if is_plain { Token::Word(inner) } else { Token::Quoted(inner) }
}

/// A doubled quote stands for one; without an end the rest is the text.
fn quoted(text: &str, quote: char, token: fn(String) -> Token) -> (Token, usize) {
    let mut inner = String::new();
    let mut characters = text.char_indices().skip(1).peekable();
    while let Some((at, character)) = characters.next() {
        if character != quote {
            inner.push(character);
        } else if characters.next_if(|(_, next)| *next == quote).is_some() {
            inner.push(quote);
        } else {
            return (token(inner), at + quote.len_utf8());
        }
    }
    (token(inner), text.len())
}

fn number(text: &str) -> (Token, usize) {
    let mut length = span(text, |it| it.is_ascii_digit() || it == '.');
    if let Some(exponent) = text[length..].strip_prefix(['e', 'E']) {
        let sign = usize::from(exponent.starts_with(['+', '-']));
        let digits = span(&exponent[sign..], |it| it.is_ascii_digit());
        if digits > 0 {
            length += 1 + sign + digits;
        }
    }
    (Token::Number(text[..length].to_owned()), length)
}

/// PostgreSQL's rule: the longest run, which ends in `+` or `-` only after certain signs.
fn operator(text: &str) -> (Token, usize) {
    if text.starts_with("::") {
        return (Token::Symbol("::".to_owned()), 2);
    }
    let mut run = &text[..span(text, is_operator)];
    let allows_sign = run.contains(['~', '!', '@', '#', '%', '^', '&', '|', '`', '?']);
    while !allows_sign && run.len() > 1 && run.ends_with(['+', '-']) {
        run = &run[..run.len() - 1];
    }
    (Token::Symbol(if run == "!=" { "<>".to_owned() } else { run.to_owned() }), run.len())
}

/// A text in the one spelling: numbers, times, JSON as PostgreSQL would print them whatever they are written like.
pub(super) fn literal(text: &str) -> String {
    if let Some(number) = plain_number(text) {
        return number;
    }
    let quote = |text: &str| super::super::names::string(text);
    if let Ok(instant) = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%F %T%.f%#z")) {
        return quote(&instant.to_utc().format("%FT%T%.fZ").to_string());
    }
    let local = ["%FT%T%.f", "%F %T%.f"].iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    if let Some(local) = local {
        return quote(&local.format("%FT%T%.f").to_string());
    }
    let time = ["%T%.f", "%H:%M"].iter().find_map(|format| NaiveTime::parse_from_str(text, format).ok());
    if let Some(time) = time {
        return quote(&time.format("%T%.f").to_string());
    }
    if text.starts_with(['{', '['])
        && let Ok(json) = serde_json::from_str::<serde_json::Value>(text)
    {
        return quote(&sorted(&json));
    }
    quote(text)
}

/// JSON without blanks, keys in the order of the alphabet, whatever order the parser keeps.
fn sorted(json: &serde_json::Value) -> String {
    match json {
        serde_json::Value::Object(fields) => {
            let fields = fields.iter().collect::<std::collections::BTreeMap<_, _>>();
            let field = |(key, value): (&String, &serde_json::Value)| {
                format!("{}:{}", serde_json::Value::String(key.clone()), sorted(value))
            };
            format!("{{{}}}", fields.into_iter().map(field).collect::<Vec<_>>().join(","))
        }
        serde_json::Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        other => other.to_string(),
    }
}

/// A number in the one spelling; `None` if the text is none, or one that is not spelled as numbers are (`007`).
pub(super) fn plain_number(text: &str) -> Option<String> {
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("-", digits));
    let starts_well = digits.starts_with(|it: char| it.is_ascii_digit())
        && !(digits.len() > 1 && digits.starts_with('0') && !digits[1..].starts_with(['.', 'e', 'E']));
    if !starts_well {
        return None;
    }
    if digits.contains(['e', 'E']) {
        return Some(signed(sign, &digits.parse::<f64>().ok()?.to_string()));
    }
    if !digits.chars().all(|it| it.is_ascii_digit() || it == '.') || digits.matches('.').count() > 1 {
        return None;
    }
    let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    Some(signed(sign, digits))
}

/// The number with its sign, which an exact zero does not keep.
pub(super) fn signed(sign: &str, digits: &str) -> String {
    if digits == "0" { digits.to_owned() } else { format!("{sign}{digits}") }
}
