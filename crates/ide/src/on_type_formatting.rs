//! The layout of a declaration while somebody types it.
//!
//! The line that the cursor is in is never touched, nor are lines added or removed: who types a blank line wants it.

use std::ops::Range;

use orm_schema_lang::{Database, File, Source, format};

use crate::formatting::TextEdit;

/// The characters after which lines are put in order.
pub const TRIGGERS: [char; 2] = ['}', '\n'];

/// The edits after `typed`, which stands before `offset`: behind the brace that ends a declaration, of all of it; in a new
/// line, of the lines around it.
pub(crate) fn edits(db: &Database, file: File, offset: usize, typed: char) -> Vec<TextEdit> {
    let source = file.source(db);
    let text = source.text();
    let line = line_of(text, offset);
    let Some((_, declaration)) = source.declaration_at(offset.saturating_sub(1)) else { return Vec::new() };
    let around = whole_lines(text, declaration.range());
    match typed {
        '}' if text[..offset].ends_with('}') && declaration.range().end == offset => formatted(&text[around.clone()])
            .into_iter()
            .map(|it| moved(it, around.start))
            .filter(|it| it.range.end <= offset.max(line.end))
            .collect(),
        '\n' if text[line.clone()].trim().is_empty() && around.start < line.start && line.end <= around.end => {
            around_line(text, around, line)
        }
        _ => Vec::new(),
    }
}

/// The edits of a declaration as it would be without an empty line, if each is of one line.
fn around_line(text: &str, around: Range<usize>, empty: Range<usize>) -> Vec<TextEdit> {
    let without = format!("{}{}", &text[around.start..empty.start], &text[empty.end..around.end]);
    let before = empty.start - around.start;
    let edits = formatted(&without);
    let ends = |it: &str| it.matches('\n').count();
    let is_of_a_line = |it: &TextEdit| {
        let old = ends(&without[it.range.clone()]);
        old <= 1 && old == ends(&it.replacement)
    };
    if !edits.iter().all(is_of_a_line) {
        return Vec::new();
    }
    let by = |it: &TextEdit| around.start + if it.range.start < before { 0 } else { empty.len() };
    edits.into_iter().map(|it| (by(&it), it)).map(|(by, it)| moved(it, by)).collect()
}

/// The edits of a text that is one declaration. It ends as it is.
fn formatted(text: &str) -> Vec<TextEdit> {
    let ended = format!("{}\n", text.trim_end_matches(['\r', '\n']));
    let has_end = text.ends_with('\n');
    let edits = format::edits(&Source::parse(if has_end { text } else { &ended }));
    let fitting = |mut it: TextEdit| {
        if it.range.end > text.len() {
            it.range.end = text.len();
            it.replacement.truncate(it.replacement.trim_end_matches(['\r', '\n']).len());
        }
        it
    };
    edits.into_iter().map(fitting).filter(|it| text[it.range.clone()] != it.replacement).collect()
}

fn moved(edit: TextEdit, by: usize) -> TextEdit {
    TextEdit { range: edit.range.start + by..edit.range.end + by, ..edit }
}

/// The line that an offset is in, with its end.
fn line_of(text: &str, offset: usize) -> Range<usize> {
    let start = text[..offset].rfind('\n').map_or(0, |it| it + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |it| offset + it + 1);
    start..end
}

fn whole_lines(text: &str, range: Range<usize>) -> Range<usize> {
    line_of(text, range.start).start..line_of(text, range.end).end
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    /// The text after the character before `$0` was typed, with the cursor where it is then.
    #[track_caller]
    fn typed(text: &str) -> String {
        let (analysis, fixture) = analysis(text);
        let cursor = fixture.cursor();
        let before = fixture.text(&cursor.path);
        let typed = before[..cursor.offset].trim_end_matches(' ').chars().next_back().unwrap();
        let edits = analysis.on_type_formatting(&cursor.path, cursor.offset, typed).unwrap();
        let mut result = text.to_owned();
        for edit in edits.into_iter().rev() {
            assert!(edit.range.end <= cursor.offset || edit.range.start > cursor.offset || typed == '}', "{edit:?}");
            let marker = if edit.range.start >= cursor.offset { 2 } else { 0 };
            let end = if typed == '}' && edit.range.end >= cursor.offset { 2 } else { marker };
            result.replace_range(edit.range.start + marker..edit.range.end + end, &edit.replacement);
        }
        result
    }

    #[test]
    fn a_brace_puts_its_declaration_in_order() {
        assert_eq!(
            typed("table a{\nid uuid\n}\ntable b{\nid uuid @primary_key\nemail text\n}$0\n\ntable c{\n}\n")
                .replace("$0", ""),
            "table a{\nid uuid\n}\ntable b {\n  id     uuid  @primary_key\n  email  text\n}\n\ntable c{\n}\n",
        );
        assert_eq!(typed("table b {\n  id uuid\n  }$0").replace("$0", ""), "table b {\n  id  uuid\n}");
    }

    #[test]
    fn a_new_line_puts_the_lines_around_it_in_order() {
        assert_eq!(
            typed("table b {\n  id uuid @primary_key\n  $0\n  email text\n}\n"),
            "table b {\n  id     uuid  @primary_key\n  $0\n  email  text\n}\n",
        );
        assert_eq!(typed("table b {\r\nid uuid\r\n$0\r\n}\r\n"), "table b {\r\n  id  uuid\r\n$0\r\n}\r\n");
    }

    #[test]
    fn nobody_is_in_the_way_of_who_types() {
        for same in [
            "table b {\n  id uuid\n\n  $0\n}\n",
            "table b {\n  id  uuid\n  $0email text\n}\n",
            "table b {\n  id uuid = \n  $0\n}\n",
            "table b {\n  id uuid\n}\n$0\n",
            "query q {\n  from b\n  where id in {\n    select id}$0\n",
        ] {
            assert_eq!(typed(same), same);
        }
    }
}
