//! Writes the tokens of a member, a clause or a header.

use super::token::{Token, is_spaced, may_break};
use crate::syntax::kind::SyntaxKind;

/// A text that grows by whole lines.
#[derive(Debug)]
pub(super) struct Writer<'n> {
    pub(super) text: String,
    newline: &'n str,
}

/// How far lines are indented, in steps of two spaces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Indentation {
    pub(super) first: usize,
    /// Of the lines that go on with the first.
    pub(super) continuation: usize,
}

/// A member or clause.
pub(super) const MEMBER: Indentation = Indentation { first: 1, continuation: 2 };
/// A declaration without body.
pub(super) const LINE: Indentation = Indentation { first: 0, continuation: 1 };
/// What stands before a body, which is indented by one step itself.
pub(super) const HEADER: Indentation = Indentation { first: 0, continuation: 2 };

/// An opening bracket whose closing one is still to come.
struct Frame {
    opening: usize,
    level: usize,
}

impl<'n> Writer<'n> {
    pub(super) fn new(newline: &'n str) -> Writer<'n> {
        Writer { text: String::new(), newline }
    }

    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn spaces(&mut self, count: usize) {
        self.text.extend(std::iter::repeat_n(' ', count));
    }

    pub(super) fn newlines(&mut self, count: usize) {
        for _ in 0..count {
            self.text.push_str(self.newline);
        }
    }

    /// Begins a line at an indentation, after a blank one if wanted.
    pub(super) fn line(&mut self, is_blank_before: bool, level: usize) {
        self.newlines(1 + usize::from(is_blank_before));
        self.spaces(2 * level);
    }

    /// Writes tokens; the first stands where the text ends. `padding` gives the spaces before a token in the columns
    /// of a body.
    pub(super) fn tokens(
        &mut self,
        tokens: &[Token<'_>],
        indentation: Indentation,
        padding: impl Fn(usize) -> Option<usize>,
    ) {
        let brackets = Brackets::new(tokens);
        let mut frames: Vec<Frame> = Vec::new();
        let mut level = indentation.first;
        let mut before: Option<usize> = None;
        for (index, token) in tokens.iter().enumerate() {
            let closed = token.is_closing().then(|| frames.pop()).flatten();
            if brackets.is_needless_comma(tokens, index) {
                continue;
            }
            if let Some(before) = before {
                if brackets.breaks(tokens, before, index, frames.last().map(|it| it.opening)) {
                    level = match (&closed, frames.last()) {
                        (Some(frame), _) => frame.level,
                        (None, Some(frame)) => frame.level + 1 + brackets.continuation(tokens, frame.opening, index),
                        (None, None) => indentation.continuation,
                    };
                    let is_in_query = frames.last().is_some_and(|frame| brackets.is_query(tokens, frame.opening));
                    let is_after_open = tokens[before].is_opening();
                    self.line(is_in_query && closed.is_none() && !is_after_open && token.newlines > 1, level);
                } else {
                    let space = if token.is_comment { 2 } else { usize::from(is_spaced(&tokens[before], token)) };
                    self.spaces(padding(index).unwrap_or(space));
                }
            }
            self.push(&token.spelling());
            if token.is_opening() {
                frames.push(Frame { opening: index, level });
            }
            before = Some(index);
        }
    }
}

/// The pairs of brackets among tokens.
struct Brackets {
    /// For each closing bracket the index of its opening one.
    opening: Vec<Option<usize>>,
    /// For each opening bracket whether a line ends after it, and its closing bracket begins one.
    is_spread: Vec<bool>,
}

impl Brackets {
    fn new(tokens: &[Token<'_>]) -> Brackets {
        let mut brackets = Brackets { opening: vec![None; tokens.len()], is_spread: vec![false; tokens.len()] };
        let mut open: Vec<usize> = Vec::new();
        for (index, token) in tokens.iter().enumerate() {
            if token.is_closing() {
                brackets.opening[index] = open.pop();
            }
            // What stands directly in a query that has several lines begins a line; in other brackets, the first does.
            let around = if token.is_closing() { brackets.opening[index] } else { open.last().copied() };
            if let Some(around) = around {
                let is_first = index == around + 1;
                let is_part = brackets.is_query(tokens, around) && (token.starts_clause || token.is_closing());
                let is_on_own_line = token.newlines > 0 || token.is_comment && is_first;
                let is_empty = is_first && token.is_closing();
                brackets.is_spread[around] |= (is_first || is_part) && is_on_own_line && !is_empty;
                brackets.is_spread[around] |= token.is_comment && brackets.is_query(tokens, around);
            }
            if token.is_opening() {
                open.push(index);
            }
        }
        brackets
    }

    /// Whether a line ends between two tokens; `around` is the innermost bracket that both stand in.
    fn breaks(&self, tokens: &[Token<'_>], before: usize, index: usize, around: Option<usize>) -> bool {
        let token = &tokens[index];
        if tokens[before].is_comment {
            return true;
        }
        if token.is_comment {
            return token.newlines > 0;
        }
        if let Some(opening) = self.opening[index] {
            return self.is_spread[opening];
        }
        if tokens[before].is_opening() {
            return self.is_spread[before];
        }
        if token.starts_clause && around.is_some_and(|around| self.is_query(tokens, around)) {
            return around.is_some_and(|around| self.is_spread[around]);
        }
        token.newlines > 0 && may_break(&tokens[before], token)
    }

    /// Steps that a line of a query is indented by, beyond its clauses.
    fn continuation(&self, tokens: &[Token<'_>], opening: usize, index: usize) -> usize {
        let is_continuation = |token: &Token<'_>| !token.starts_clause && !token.is_closing();
        let next = tokens[index..].iter().find(|token| !token.is_comment);
        usize::from(self.is_query(tokens, opening) && next.is_some_and(is_continuation))
    }

    fn is_query(&self, tokens: &[Token<'_>], opening: usize) -> bool {
        tokens[opening].parent == SyntaxKind::Subquery
    }

    /// Whether a token is a comma before a closing bracket of its line.
    fn is_needless_comma(&self, tokens: &[Token<'_>], index: usize) -> bool {
        let closing = self.opening.get(index + 1).copied().flatten();
        tokens[index].is(",") && closing.is_some_and(|opening| !self.is_spread[opening])
    }
}
