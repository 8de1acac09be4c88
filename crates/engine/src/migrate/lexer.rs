//! Splitting SQL that people edited into statements, without understanding it.
//!
//! Only what can hide a semicolon is known: quotes, comments and a few nestings. What these look like is the dialect's
//! business ([`Lexer`], `dialect/<name>/statements.rs`); the splitting is the same for all.

use std::ops::Range;

/// What a piece of SQL text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lexeme {
    /// Blanks and line ends.
    Space,
    /// A comment of any form.
    Comment,
    /// A quoted text or identifier.
    Quoted,
    /// A keyword, an unquoted identifier or a number.
    Word,
    /// The end of a statement.
    Semicolon,
    /// Any other single character.
    Symbol,
}

/// How a dialect writes the pieces.
pub trait Lexer: Sync {
    /// The kind and the length in bytes (at least 1) of the piece at the beginning of `text`, which is not empty;
    /// `Err` says what is never closed.
    fn lexeme(&self, text: &str) -> Result<(Lexeme, usize), &'static str>;

    /// How much deeper (or less deep) semicolons stand after `piece`, an upper-cased word or a symbol, in a statement
    /// that begins with the upper-cased words `head`. A semicolon in the depth ends no statement.
    fn nesting(&self, head: &[String], depth: usize, piece: &str) -> i32 {
        _ = (head, depth, piece);
        0
    }
}

/// A statement in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands, without the semicolon and without comments around it.
    pub range: Range<usize>,
    /// The same statement without comments and with single blanks, quoted text untouched: two spellings of one
    /// statement have one normal form.
    pub normal: String,
}

/// Something that is opened and never closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclosed {
    /// The byte offset at which it is opened.
    pub offset: usize,
    /// What is not closed.
    pub what: &'static str,
}

/// The statements of `text`, in order; nothing between two semicolons is no statement.
pub fn split(lexer: &dyn Lexer, text: &str) -> Result<Vec<Piece>, Unclosed> {
    let mut pieces = Vec::new();
    let mut statement = Statement::default();
    let mut offset = 0;
    while offset < text.len() {
        let (kind, length) = lexer.lexeme(&text[offset..]).map_err(|what| Unclosed { offset, what })?;
        let range = offset..offset + length;
        offset = range.end;
        if kind == Lexeme::Semicolon && statement.depth == 0 {
            pieces.extend(std::mem::take(&mut statement).finish());
        } else {
            statement.push(lexer, kind, &text[range.clone()], range);
        }
    }
    pieces.extend(statement.finish());
    Ok(pieces)
}

/// The words of a statement, upper-cased, without what is quoted.
pub fn words(lexer: &dyn Lexer, statement: &str) -> Vec<String> {
    lexemes(lexer, statement)
        .filter(|(kind, _)| *kind == Lexeme::Word)
        .map(|(_, text)| text.to_ascii_uppercase())
        .collect()
}

/// The pieces of a text that [`split`] accepted; ends early in one that it did not.
pub fn lexemes<'a>(lexer: &'a dyn Lexer, text: &'a str) -> impl Iterator<Item = (Lexeme, &'a str)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (kind, length) = lexer.lexeme(rest).ok()?;
        let (piece, tail) = rest.split_at(length);
        rest = tail;
        Some((kind, piece))
    })
}

/// The statement that is being read.
#[derive(Default)]
struct Statement {
    range: Option<Range<usize>>,
    normal: String,
    spaced: bool,
    head: Vec<String>,
    depth: usize,
}

/// Enough words to know `CREATE OR REPLACE FUNCTION`.
const HEAD_WORDS: usize = 4;

impl Statement {
    fn push(&mut self, lexer: &dyn Lexer, kind: Lexeme, text: &str, range: Range<usize>) {
        if matches!(kind, Lexeme::Space | Lexeme::Comment) {
            self.spaced = true;
            return;
        }
        if std::mem::take(&mut self.spaced) && self.range.is_some() {
            self.normal.push(' ');
        }
        self.normal.push_str(text);
        self.range = Some(self.range.as_ref().map_or(range.start, |it| it.start)..range.end);
        if matches!(kind, Lexeme::Word | Lexeme::Symbol) {
            self.nest(lexer, kind, text);
        }
    }

    fn nest(&mut self, lexer: &dyn Lexer, kind: Lexeme, text: &str) {
        let piece = text.to_ascii_uppercase();
        let step = lexer.nesting(&self.head, self.depth, &piece);
        self.depth = self.depth.saturating_add_signed(step as isize);
        if kind == Lexeme::Word && self.head.len() < HEAD_WORDS {
            self.head.push(piece);
        }
    }

    fn finish(self) -> Option<Piece> {
        self.range.map(|range| Piece { range, normal: self.normal })
    }
}

/// The length of a run of blanks.
pub(crate) fn space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The length of a line comment, without the line's end.
pub(crate) fn line_comment(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// The length of a word at the beginning of `text`, in which `also` may stand as well.
pub(crate) fn word(text: &str, also: char) -> usize {
    text.find(|it: char| !(it.is_alphanumeric() || it == '_' || it == also)).unwrap_or(text.len())
}

/// The length of a quoted text whose opening quote is `open` bytes long, up to and with `close`; `skip` tells how many
/// bytes at a place belong to the text whatever they are (an escape).
pub(crate) fn quoted(text: &str, open: usize, close: &str, skip: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    let mut at = open;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(length) = skip(rest) {
            at += length;
        } else if rest.starts_with(close) {
            return Some(at + close.len());
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    None
}

/// The escape `\x`: the backslash and the character after it.
pub(crate) fn backslash(text: &str) -> Option<usize> {
    let mut characters = text.chars();
    (characters.next() == Some('\\')).then(|| 1 + characters.next().map_or(0, char::len_utf8))
}
