//! Source lines with carets under them.

use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use orm_driver::Position;

use crate::failure::RefusedStatement;

/// Renders with colours; the stream takes them out where they are not wanted.
pub(crate) const STYLED: Renderer = Renderer::styled().decor_style(DecorStyle::Ascii);

/// Renders without colours, which costs half where nobody wants them.
pub(crate) const PLAIN: Renderer = Renderer::plain().decor_style(DecorStyle::Ascii);

/// The statement with a caret where the database stumbled, or all of it.
pub(crate) fn of_statement(statement: &RefusedStatement) -> String {
    let mut snippet = Snippet::source(statement.sql.as_str());
    if let Some(range) = statement.position.and_then(|position| range_of(&statement.sql, position)) {
        snippet = snippet.annotation(AnnotationKind::Primary.span(range));
    }
    STYLED.render(&[Group::with_level(Level::ERROR).element(snippet.fold(false))])
}

/// The character at a position.
fn range_of(text: &str, position: Position) -> Option<Range<usize>> {
    let line_start = match position.line {
        0 | 1 => 0,
        line => text.match_indices('\n').nth(line - 2)?.0 + 1,
    };
    let (offset, character) = text[line_start..].char_indices().nth(position.column.checked_sub(1)?)?;
    let start = line_start + offset;
    Some(start..start + character.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_caret_stands_where_the_database_stumbled() {
        let statement = RefusedStatement {
            sql: "SELECT 'ä'\nFROM nowhere".to_owned(),
            position: Some(Position { line: 2, column: 6 }),
        };
        let text = anstream::adapter::strip_str(&of_statement(&statement)).to_string();
        insta::assert_snapshot!(text, @r"
          |
        1 | SELECT 'ä'
        2 | FROM nowhere
          |      ^
        ");
    }

    #[test]
    fn positions_outside_the_text_are_none() {
        assert_eq!(range_of("a\nbc", Position { line: 2, column: 2 }), Some(3..4));
        assert_eq!(range_of("a", Position { line: 3, column: 1 }), None);
        assert_eq!(range_of("a", Position { line: 1, column: 9 }), None);
        assert_eq!(range_of("a", Position { line: 1, column: 0 }), None);
    }
}
