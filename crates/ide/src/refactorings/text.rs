//! Lines of a text, and what belongs to a member of a declaration.

pub(super) use orm_schema_lang::lines::{Block, above, block, line};
use orm_schema_lang::{database::declarations_named, item::Attribute};

use super::{Context, Here};

/// The byte after the end of the line at `offset`.
pub(super) fn next_line(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |it| offset + it + 1)
}

/// The blanks that a line begins with.
pub(super) fn indentation(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// Lines with another indentation. Texts over several lines would change with it: what has one keeps its own.
pub(super) fn indented(text: &str, indentation: &str) -> String {
    if text.contains("\"\"\"") {
        return text.to_owned();
    }
    let lines = || text.lines().filter(|it| !it.trim().is_empty());
    let common = lines().map(|it| self::indentation(it).len()).min().unwrap_or(0);
    let lines: Vec<_> = text
        .lines()
        .map(|it| if it.trim().is_empty() { String::new() } else { format!("{indentation}{}", &it[common..]) })
        .collect();
    lines.join("\n")
}

/// Words with one blank between them, to compare two texts whatever their layout.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name that nothing in the project has: `base`, or with a number behind it.
pub(super) fn free_name(context: &Context<'_>, base: &str) -> String {
    let is_free = |name: &String| declarations_named(context.db, context.project, name).is_empty();
    let numbered = (2_u32..).map(|number| format!("{base}{number}"));
    std::iter::once(base.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}

/// `order_items` as `OrderItems`.
pub(super) fn in_capitals(name: &str) -> String {
    let words = name.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect::<String>()
    };
    words.map(capital).collect()
}

/// A text in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r").replace('\t', "\\t")
    )
}

/// The attributes of a header as they are written, with a blank before them.
pub(super) fn attributes(context: &Context<'_>, here: &Here<'_>) -> String {
    let span = |it: &Attribute| here.source.span(it.anchor);
    let attributes = &here.item.attributes;
    let (first, last) = (attributes.first().map(span), attributes.last().map(span));
    first.zip(last).map_or_else(String::new, |(first, last)| format!(" {}", &context.text[first.start..last.end]))
}
