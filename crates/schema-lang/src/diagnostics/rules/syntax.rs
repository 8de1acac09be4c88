//! What the parser had to step over.

use crate::{
    MAXIMUM_MEMBERS, MAXIMUM_MIXINS, MAXIMUM_NESTING,
    database::{AnalysisDatabase, Declaration},
    diagnostics::{Diagnostic, Fix, Location, rule::rule},
    item::{Anchor, SyntaxErrorKind},
};

rule! {
    /// The text does not follow the grammar.
    ///
    /// Only the line that is broken is left out: the rest of its declaration and all other declarations are checked.
    ///
    /// ```orm,bad
    /// table users {
    ///   id  bigint  @primary_key
    ///   name
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table users {
    ///   id    bigint  @primary_key
    ///   name  text = "nobody
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id    uuid  @primary_key
    ///   name  text
    /// }
    /// ```
    SYNTAX: "ORM001", "syntax", Error, language
}

/// The syntax errors of a declaration; of several at one place only the first is kept.
pub(crate) fn check(db: &dyn AnalysisDatabase, declaration: Declaration) -> Vec<Diagnostic> {
    let item = declaration.item(db);
    if item.kind == crate::item::DeclarationKind::Junk {
        return vec![message(&SyntaxErrorKind::Junk, Location { declaration, anchor: Anchor::DECLARATION })];
    }
    item.errors.iter().map(|error| message(&error.kind, Location { declaration, anchor: error.anchor })).collect()
}

fn message(kind: &SyntaxErrorKind, location: Location) -> Diagnostic {
    let at = |message: &str, help: &str| SYNTAX.at(location, message).help(help);
    match kind {
        SyntaxErrorKind::Unexpected => {
            let help = "remove it; a name with letters that English has not, or one that is a word of the language, stands \
                        in backticks";
            at("this fits nowhere", help)
        }
        SyntaxErrorKind::MissingToken(token) => {
            let space = if token.starts_with(char::is_alphabetic) { " " } else { "" };
            let fix = Fix::offer(format!("Add `{token}`")).insert_after(&location, format!("{space}{token}"));
            at(&format!("`{token}` is missing"), "add it").fix(fix)
        }
        SyntaxErrorKind::MissingExpression => at("a value is missing", "write a literal, a name or a call"),
        SyntaxErrorKind::MissingName => {
            at("a name is missing", "a name begins with a letter or `_`, or stands in backticks")
        }
        SyntaxErrorKind::MissingType => {
            at("a type is missing", "write one after the name: `name  text`, of a parameter `name: text`")
        }
        SyntaxErrorKind::Unclosed => {
            at("a bracket is never closed", "close it before the end of the line or declaration")
        }
        SyntaxErrorKind::Unopened => at("`{` is missing", "open the body at the end of the header"),
        SyntaxErrorKind::StrayBrace => {
            at("this `}` closes nothing", "remove it").fix(Fix::offer("Remove it").remove(&location))
        }
        SyntaxErrorKind::Junk => at(
            "this is no declaration",
            "a declaration begins at the start of a line with `table`, `mixin`, `enum`, `view`, `query`, `mutation`, \
             `sequence`, `extension` or `raw`; its attributes stand before its `{`",
        ),
        SyntaxErrorKind::UnclosedString => {
            at("the text is never closed", "add `\"`").fix(Fix::offer("Add `\"`").insert_after(&location, "\""))
        }
        SyntaxErrorKind::UnknownEscape => at(
            "a backslash stands before a character that has no meaning after it",
            "known are `\\\"`, `\\\\`, `\\n`, `\\r`, `\\t` and `\\u{1F600}`",
        ),
        SyntaxErrorKind::TooDeep => at(
            &format!("the expression is nested deeper than {MAXIMUM_NESTING}"),
            "split it, or write it as `sql(\"…\")`",
        ),
        SyntaxErrorKind::TooMany => too_many(location),
    }
}

/// More members than anybody compares with one another.
pub(crate) fn too_many(location: Location) -> Diagnostic {
    let message = format!("there are more than {MAXIMUM_MEMBERS} of these, and those from here on are left out");
    SYNTAX.at(location, message).help("no database takes so many: divide it")
}

/// Mixins that stand too deep in one another.
pub(crate) fn too_deep(location: Location) -> Diagnostic {
    let message = format!("mixins stand in one another deeper than {MAXIMUM_MIXINS}, and what is deeper is left out");
    SYNTAX.at(location, message).help("spread fewer mixins in mixins")
}
