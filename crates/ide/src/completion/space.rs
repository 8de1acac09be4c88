//! Behind a space: whether a list may come that nobody asked for.
//!
//! It may where the line cannot end, so that the Enter of somebody who has written all of it never takes a suggestion.

use super::context::{Context, Frame, FrameKind, Item};

/// Whether something has to follow a space in this line. `behind`: the text behind the cursor.
pub(super) fn must_follow(context: &Context<'_>, behind: &str) -> bool {
    let line = behind.lines().next().unwrap_or_default().trim_start();
    // What follows is there already, as when columns are put in line.
    let is_open = line.is_empty() || line.starts_with([')', ']', '}', ',']) || line.starts_with("//");
    let inner = context.inner();
    if !is_open || inner.is_line_start || context.comment.is_some() || context.is_text {
        return false;
    }
    match inner.tokens.last() {
        None => follows_beginning(context, inner),
        Some(it) if it.is_operand() => follows_operand(inner),
        Some(Item::Sign("@" | ".")) => false,
        // `text?` is a whole type, `where?` no whole clause.
        Some(Item::Sign("?")) => inner.kind == FrameKind::Query,
        // `select *` and `count(*)` are whole, `price * ` is not.
        Some(Item::Sign("*")) => inner.tokens.iter().rev().nth(1).is_some_and(|it| it.is_operand()),
        Some(_) => true,
    }
}

/// Behind the brackets, the comma or the word that begins something.
fn follows_beginning(context: &Context<'_>, inner: &Frame<'_>) -> bool {
    match inner.kind {
        FrameKind::Header => context.keyword == "raw",
        // The name of a column, a value or a parameter is its author's.
        FrameKind::TableBody | FrameKind::EnumBody | FrameKind::Parameters => false,
        FrameKind::Query => !inner.clause.is_empty() || is_nested(context),
        FrameKind::Selection | FrameKind::Row => true,
        FrameKind::Object | FrameKind::Arguments { .. } | FrameKind::List | FrameKind::Group => inner.index > 0,
    }
}

/// Behind something that could be the end.
fn follows_operand(inner: &Frame<'_>) -> bool {
    match (inner.kind, inner.clause, inner.tokens.as_slice()) {
        // A column has a type.
        (FrameKind::TableBody, _, [_]) => true,
        (FrameKind::Query, "join" | "left_join" | "right_join" | "full_join", tokens) => {
            tokens.last() == Some(&Item::Word("on")) || !tokens.contains(&Item::Word("on"))
        }
        (FrameKind::Query, "insert", [Item::Word("into")]) => true,
        (FrameKind::Query, "select", [Item::Word("distinct")]) => true,
        (FrameKind::Query, "on_conflict", [Item::Closed] | [.., Item::Word("do" | "update")]) => true,
        (FrameKind::Query, _, [.., Item::Word("nulls")]) => inner.clause == "order_by",
        _ => false,
    }
}

/// Whether the clauses stand in braces inside of others, which go on in their line.
fn is_nested(context: &Context<'_>) -> bool {
    context.frames.iter().filter(|it| it.kind == FrameKind::Query).count() > 1
}
