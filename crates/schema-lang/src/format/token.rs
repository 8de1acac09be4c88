//! Tokens, and what stands between two of them on a line.

use std::borrow::Cow;

use crate::syntax::{kind::SyntaxKind, lower::single_quoted_text};

/// A leaf of the tree: a word, a literal, an operator, a bracket or a comment.
#[derive(Debug, Clone)]
pub(super) struct Token<'t> {
    pub(super) text: &'t str,
    /// The node that it is a direct part of.
    pub(super) parent: SyntaxKind,
    /// Whether it is a name or a literal, whose text is free, and no punctuation or word of the grammar.
    pub(super) is_named: bool,
    pub(super) is_comment: bool,
    /// Line ends between it and the token before.
    pub(super) newlines: usize,
    /// Whether it is the first of a clause.
    pub(super) starts_clause: bool,
}

impl Token<'_> {
    /// Whether it is this punctuation mark or word of the grammar.
    pub(super) fn is(&self, text: &str) -> bool {
        !self.is_named && self.text == text
    }

    pub(super) fn is_opening(&self) -> bool {
        self.is("(") || self.is("[") || self.is("{")
    }

    pub(super) fn is_closing(&self) -> bool {
        self.is(")") || self.is("]") || self.is("}")
    }

    /// How the token is written: operators and quotation marks that other languages have become those of this one.
    pub(super) fn spelling(&self) -> Cow<'_, str> {
        match self.text {
            "==" if !self.is_named => "=".into(),
            "<>" if !self.is_named => "!=".into(),
            text if self.is_comment => text.trim_end().into(),
            text if text.starts_with('\'') => match single_quoted_text(text) {
                Ok(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")).into(),
                Err(_) => text.into(),
            },
            text => text.into(),
        }
    }

    fn is_equals_sign_of_value(&self) -> bool {
        self.is("=") && self.parent != SyntaxKind::Binary
    }
}

/// Whether a space stands between two tokens of a line.
pub(super) fn is_spaced(before: &Token<'_>, after: &Token<'_>) -> bool {
    let is_after_open = before.is("(") || before.is("[");
    let is_prefix = before.is("@") || before.is("...") || before.is(".");
    let is_negation = before.is("-") && before.parent == SyntaxKind::Unary;
    if is_after_open || is_prefix || is_negation {
        return false;
    }
    if after.is_named {
        return true;
    }
    match after.text {
        "," | ")" | "]" | "?" | "." => false,
        ":" => matches!(after.parent, SyntaxKind::Enum | SyntaxKind::ResultType),
        "(" => !matches!(after.parent, SyntaxKind::Arguments | SyntaxKind::Parameters | SyntaxKind::RowType),
        "[" => !matches!(after.parent, SyntaxKind::ArraySuffix | SyntaxKind::Subscript),
        "}" => !before.is("{"),
        _ => true,
    }
}

/// Whether a line end that the author put between two tokens stays.
pub(super) fn may_break(before: &Token<'_>, after: &Token<'_>) -> bool {
    if !is_spaced(before, after) || before.is(":") || after.is(":") {
        return false;
    }
    if before.is_equals_sign_of_value() || after.is_equals_sign_of_value() {
        return false;
    }
    !after.is("{") || after.parent == SyntaxKind::Object || before.is(",")
}
