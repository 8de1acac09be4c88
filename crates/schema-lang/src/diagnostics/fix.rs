//! Edits that remove a finding.

use std::ops::Range;

use orm_model::Dialect;

use super::Location;
use crate::{
    item::{Anchor, Item, attribute},
    lines::{block, reordered},
};

/// A change of the text that removes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as the menu of an editor shows it.
    pub title: String,
    /// Whether it can be applied unread: nothing else can have been meant, and of what databases take already it changes
    /// neither DDL nor queries. `orm check --fix` applies these alone.
    pub is_safe: bool,
    /// The edits. They do not overlap.
    pub edits: Vec<FixEdit>,
}

/// One edit, in terms of declarations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixEdit {
    /// The place that is changed.
    pub place: Location,
    /// How.
    pub kind: FixEditKind,
}

/// What an edit does with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FixEditKind {
    /// Another text takes its place.
    Replace(String),
    /// Of what stands there, the last occurrence of one text becomes another.
    ReplaceLast(String, String),
    /// Of what stands there, the first occurrence of one text becomes another.
    ReplaceFirst(String, String),
    /// A text is put before it.
    InsertBefore(String),
    /// A text is put behind it.
    InsertAfter(String),
    /// A line is put behind the last member of the declaration that the place is in; items stand apart from columns.
    AddItem(String),
    /// It goes, with what joins it to its neighbours: a comma, a `=`, or its whole line.
    Remove,
    /// The same, together with all up to the end of another place of the declaration.
    RemoveThrough(Anchor),
    /// What of it stands behind another place, which begins it but for brackets around the whole, becomes a text.
    ReplaceBehind(Anchor, String),
    /// An argument is put at the end of its parentheses, which it gets where it has none.
    AddArgument(String),
    /// A declaration is put below the one that it is in.
    AddDeclaration(String),
    /// What stands at another place of the declaration takes its place, in parentheses where they are wanted.
    ReplaceByCopy {
        /// The other place.
        of: Anchor,
        /// Whether parentheses stand around it.
        in_parentheses: bool,
    },
    /// A copy of the lines of a member of this declaration, or another one, is put below it, comments included.
    CopyLinesBelow(Location),
    /// Its lines go, with the comments that belong to it.
    RemoveLines,
    /// Values that stand in it, each from one place through another one, get this order.
    Reorder(Vec<(Anchor, Anchor)>),
}

impl Fix {
    /// A fix that nobody needs to look at.
    pub(crate) fn safe(title: impl Into<String>) -> Self {
        Fix { title: title.into(), is_safe: true, edits: Vec::new() }
    }

    /// A fix that somebody must decide for.
    pub(crate) fn offer(title: impl Into<String>) -> Self {
        Fix { title: title.into(), is_safe: false, edits: Vec::new() }
    }

    /// Puts the name that was likely meant in the place of a name that is none. Only where nothing but the case of
    /// letters differs it is certain.
    pub(crate) fn rename(place: &Location, written: &str, meant: &str) -> Self {
        let title = format!("Change `{written}` to `{meant}`");
        let fix = if written.eq_ignore_ascii_case(meant) { Fix::safe(title) } else { Fix::offer(title) };
        fix.replace(place, written_name(meant))
    }

    /// The same, where nothing else can have been meant.
    #[must_use]
    pub(crate) fn certain(self) -> Self {
        Fix { is_safe: true, ..self }
    }

    /// Puts another text in a place.
    #[must_use]
    pub(crate) fn replace(self, place: &Location, text: impl Into<String>) -> Self {
        self.edit(place, FixEditKind::Replace(text.into()))
    }

    /// Changes the last occurrence of `old` in a place.
    #[must_use]
    pub(crate) fn replace_last(self, place: &Location, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.edit(place, FixEditKind::ReplaceLast(old.into(), new.into()))
    }

    /// Changes the first occurrence of `old` in a place.
    #[must_use]
    pub(crate) fn replace_first(self, place: &Location, old: impl Into<String>, new: impl Into<String>) -> Self {
        self.edit(place, FixEditKind::ReplaceFirst(old.into(), new.into()))
    }

    /// Puts a text before a place.
    #[must_use]
    pub(crate) fn insert_before(self, place: &Location, text: impl Into<String>) -> Self {
        self.edit(place, FixEditKind::InsertBefore(text.into()))
    }

    /// Puts a text behind a place.
    #[must_use]
    pub(crate) fn insert_after(self, place: &Location, text: impl Into<String>) -> Self {
        self.edit(place, FixEditKind::InsertAfter(text.into()))
    }

    /// Adds a table item at the end of the declaration that a place is in.
    #[must_use]
    pub(crate) fn add_item(self, place: &Location, item: impl Into<String>) -> Self {
        self.edit(place, FixEditKind::AddItem(item.into()))
    }

    /// Takes a place out.
    #[must_use]
    pub(crate) fn remove(self, place: &Location) -> Self {
        self.edit(place, FixEditKind::Remove)
    }

    /// Takes all out from a place to the end of another one.
    #[must_use]
    pub(crate) fn remove_through(self, place: &Location, last: Anchor) -> Self {
        self.edit(place, FixEditKind::RemoveThrough(last))
    }

    /// Changes what stands in a place behind `first`, which begins it.
    #[must_use]
    pub(crate) fn replace_behind(self, place: &Location, first: Anchor, text: impl Into<String>) -> Self {
        self.edit(place, FixEditKind::ReplaceBehind(first, text.into()))
    }

    /// Adds an argument to an attribute, item or call.
    #[must_use]
    pub(crate) fn add_argument(self, place: &Location, argument: impl Into<String>) -> Self {
        self.edit(place, FixEditKind::AddArgument(argument.into()))
    }

    /// Adds a declaration below the one that a place is in.
    #[must_use]
    pub(crate) fn add_declaration(self, place: &Location, declaration: impl Into<String>) -> Self {
        let whole = Location { anchor: Anchor::DECLARATION, ..*place };
        self.edit(&whole, FixEditKind::AddDeclaration(declaration.into()))
    }

    /// Keeps what is named or written at a place to one database.
    pub(crate) fn keep_to(dialect: Dialect, place: &Location) -> Self {
        let title = format!("Keep it to {}: `@only({dialect})`", dialect.title());
        Fix::offer(title).insert_after(place, format!("  @only({dialect})"))
    }

    /// Keeps a query, mutation or view to one database, where it does not say so yet.
    pub(crate) fn keep_query_to(dialect: Dialect, item: &Item, whole: &Location) -> Option<Self> {
        // What the attributes of the header stand before.
        let body = if item.sql.is_some() { " = sql(" } else { " {" };
        let fix = Fix::offer(format!("Keep it to {}: `@only({dialect})`", dialect.title()));
        let is_free = attribute(&item.attributes, "only").is_none();
        is_free.then(|| fix.replace_first(whole, body, format!(" @only({dialect}){body}")))
    }

    /// Puts what stands at another place of the declaration in this place, too.
    #[must_use]
    pub(crate) fn replace_by_copy(self, place: &Location, of: Anchor, in_parentheses: bool) -> Self {
        self.edit(place, FixEditKind::ReplaceByCopy { of, in_parentheses })
    }

    /// Puts the lines of a member below a place, comments included.
    #[must_use]
    pub(crate) fn copy_lines_below(self, place: &Location, member: &Location) -> Self {
        self.edit(place, FixEditKind::CopyLinesBelow(*member))
    }

    /// Takes the lines of a member out, comments included.
    #[must_use]
    pub(crate) fn remove_lines(self, member: &Location) -> Self {
        self.edit(member, FixEditKind::RemoveLines)
    }

    /// Gives values that stand in a place another order.
    #[must_use]
    pub(crate) fn reorder(self, place: &Location, values: Vec<(Anchor, Anchor)>) -> Self {
        self.edit(place, FixEditKind::Reorder(values))
    }

    fn edit(mut self, place: &Location, kind: FixEditKind) -> Self {
        self.edits.push(FixEdit { place: *place, kind });
        self
    }
}

impl FixEditKind {
    /// The bytes of `text` that change, and what stands there afterwards; `None` where there is nothing to change.
    /// `span` tells where a place of the declaration is, `lines` what the lines of a member of any declaration say.
    pub(crate) fn resolve(
        &self,
        text: &str,
        place: Anchor,
        span: impl Fn(Anchor) -> Range<usize>,
        lines: impl Fn(&Location) -> Option<String>,
    ) -> Option<(Range<usize>, String)> {
        let place = span(place);
        Some(match self {
            FixEditKind::Replace(new) => (place, new.clone()),
            FixEditKind::ReplaceLast(old, new) => {
                let start = place.start + text[place.clone()].rfind(old.as_str())?;
                (start..start + old.len(), new.clone())
            }
            FixEditKind::ReplaceFirst(old, new) => {
                let start = place.start + text[place.clone()].find(old.as_str())?;
                (start..start + old.len(), new.clone())
            }
            FixEditKind::InsertBefore(new) => (place.start..place.start, new.clone()),
            FixEditKind::InsertAfter(new) => (place.end..place.end, new.clone()),
            FixEditKind::AddItem(item) => {
                let end = end_of_line(text, place.end);
                (end..end, format!("\n  {item}"))
            }
            FixEditKind::AddDeclaration(declaration) => {
                let end = end_of_line(text, place.end);
                (end..end, format!("\n\n{declaration}"))
            }
            FixEditKind::Remove => (with_joint(text, place), String::new()),
            FixEditKind::RemoveThrough(last) => (with_joint(text, place.start..span(*last).end), String::new()),
            FixEditKind::ReplaceBehind(first, new) => {
                let first = span(*first);
                // Brackets around the whole stay.
                let opened = text.get(place.start..first.start)?.matches('(').count();
                let behind = text.get(first.end..place.end)?;
                let end = match opened.checked_sub(1) {
                    Some(others) => first.end + behind.rmatch_indices(')').nth(others)?.0,
                    None => place.end,
                };
                (first.end..end, new.clone())
            }
            FixEditKind::ReplaceByCopy { of, in_parentheses: true } => (place, format!("({})", &text[span(*of)])),
            FixEditKind::ReplaceByCopy { of, in_parentheses: false } => (place, text[span(*of)].to_owned()),
            FixEditKind::CopyLinesBelow(member) => {
                let end = end_of_line(text, place.end);
                (end..end, format!("\n{}", lines(member)?))
            }
            FixEditKind::RemoveLines => {
                let block = block(text, place);
                if block.is_alone { (with_joint(text, block.range), String::new()) } else { return None }
            }
            FixEditKind::Reorder(values) => {
                let values: Vec<_> = values.iter().map(|(first, last)| span(*first).start..span(*last).end).collect();
                reordered(text, &values)?
            }
            FixEditKind::AddArgument(argument) => added_argument(text, place, argument)?,
        })
    }
}

/// Where a line ends that goes on behind `offset`: what it ends in, such as a comment, stays there.
fn end_of_line(text: &str, offset: usize) -> usize {
    let rest = text[offset..].split('\n').next().unwrap_or_default();
    let is_free = rest.trim().is_empty() || rest.trim_start().starts_with("//");
    offset + if is_free { rest.trim_end().len() } else { 0 }
}

/// An argument at the end of the first parentheses of a place. `None` where they are never closed.
fn added_argument(text: &str, place: Range<usize>, argument: &str) -> Option<(Range<usize>, String)> {
    let Some(open) = text[place.clone()].find('(') else {
        return Some((place.end..place.end, format!("({argument})")));
    };
    let first = place.start + open + 1;
    let inside = &text[first..first + closing(&text[first..place.end])?];
    let written = inside.trim_end();
    let at = first + written.len();
    let comma = if written.is_empty() || written.ends_with(',') { "" } else { "," };
    let blank = if written.is_empty() { "" } else { " " };
    Some((at..at, format!("{comma}{blank}{argument}")))
}

/// Where the parenthesis is closed that `text` stands behind.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut is_escaped) = (0, None, false);
    for (at, it) in text.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some(_) if it == '\\' => is_escaped = true,
            Some(open) => quote = Some(open).filter(|open| *open != it),
            None if matches!(it, '"' | '\'' | '`') => quote = Some(it),
            None if matches!(it, '(' | '[' | '{') => depth += 1,
            None if depth == 0 && it == ')' => return Some(at),
            None if matches!(it, ')' | ']' | '}') => depth -= 1,
            None => {}
        }
    }
    None
}

/// A place and what joins it to its neighbours.
pub(crate) fn with_joint(text: &str, place: Range<usize>) -> Range<usize> {
    let is_blank = |it: char| it == ' ' || it == '\t';
    let before = text[..place.start].trim_end_matches(is_blank);
    let after = text[place.end..].trim_start_matches(is_blank);
    let after_start = text.len() - after.len();
    if let Some(before) = before.strip_suffix([',', '=']) {
        return before.trim_end_matches(is_blank).len()..place.end;
    }
    if let Some(after) = after.strip_prefix(',') {
        return place.start..text.len() - after.trim_start_matches(is_blank).len();
    }
    if let (Some(before), true) = (before.strip_suffix('('), after.starts_with(')'))
        && can_stand_alone(before)
    {
        return before.len()..after_start + 1;
    }
    let line_end = after.strip_prefix('\r').unwrap_or(after).strip_prefix('\n').map(|rest| text.len() - rest.len());
    match line_end {
        Some(line_end) if before.is_empty() || before.ends_with('\n') => before.len()..line_end,
        _ if before.ends_with(['(', '[', '{', '\n']) => place.start..after_start,
        _ => before.len()..place.end,
    }
}

/// Whether what `before` ends in needs no parentheses: an attribute, or the header of a declaration.
fn can_stand_alone(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let word = line.rsplit(|it: char| !it.is_alphanumeric() && it != '_').next().unwrap_or_default();
    line[..line.len() - word.len()].ends_with('@') || line.starts_with(char::is_alphabetic)
}

/// Words that are no name at every place where a name may stand: as a value, behind a point, between the clauses of a query in
/// one line.
const WORDS: [&str; 50] = [
    "and",
    "as",
    "asc",
    "between",
    "case",
    "cross_join",
    "delete",
    "desc",
    "distinct",
    "else",
    "end",
    "except",
    "exists",
    "false",
    "for",
    "from",
    "full_join",
    "group_by",
    "having",
    "ilike",
    "in",
    "insert",
    "intersect",
    "is",
    "join",
    "left_join",
    "like",
    "limit",
    "not",
    "null",
    "nulls",
    "offset",
    "on",
    "on_conflict",
    "or",
    "order_by",
    "recursive",
    "returning",
    "right_join",
    "select",
    "set",
    "then",
    "true",
    "union",
    "union_all",
    "update",
    "values",
    "when",
    "where",
    "with",
];

/// A name as the language writes it: in backticks where it is more than letters, digits and `_`, or a word that is not read as
/// a name everywhere.
pub fn written_name(name: &str) -> String {
    let is_plain = |part: &str| {
        WORDS.binary_search(&part).is_err()
            && part.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
            && part.chars().all(|it| it.is_ascii_alphanumeric() || it == '_')
    };
    if name.split('.').all(is_plain) { name.to_owned() } else { format!("`{name}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn removed(text: &str) -> String {
        let (start, end) = (text.find('<').unwrap(), text.rfind('>').unwrap() - 1);
        let mut text = text.replace(['<', '>'], "");
        let range = with_joint(&text, start..end);
        text.replace_range(range, "");
        text
    }

    #[test]
    fn what_joins_a_place_to_its_neighbours_goes_with_it() {
        assert_eq!(removed("a, <b>, c"), "a, c");
        assert_eq!(removed("  index(<a>, b)"), "  index(b)");
        assert_eq!(removed("  a  text  @unique(<nulls: equal>)"), "  a  text  @unique");
        assert_eq!(removed("  a  bigint = identity(<start: 2>)"), "  a  bigint = identity()");
        assert_eq!(removed("query all(<name: text>) {"), "query all {");
        assert_eq!(removed("index(a, <using: gin>)"), "index(a)");
        assert_eq!(removed("  name  text  <@unique>\n}"), "  name  text\n}");
        assert_eq!(removed("  name  text = <null>  @unique\n"), "  name  text  @unique\n");
        assert_eq!(removed("{\n  <name  text>\r\n  b  text\n"), "{\n  b  text\n");
        assert_eq!(removed("{ <a> }"), "{ }");
    }

    #[test]
    fn an_argument_stands_behind_the_others() {
        let added = |text: &str| {
            let mut text = text.to_owned();
            let (range, argument) = added_argument(&text, 0..text.len(), "a: 1").unwrap();
            text.replace_range(range, &argument);
            text
        };
        assert_eq!(added("@unique"), "@unique(a: 1)");
        assert_eq!(added("identity()"), "identity(a: 1)");
        assert_eq!(added("index(lower(b), \")\")  @only(postgres)"), "index(lower(b), \")\", a: 1)  @only(postgres)");
        assert_eq!(added("index(b,)"), "index(b, a: 1)");
        assert_eq!(added_argument("index(b", 0..7, "a: 1"), None);
    }

    #[test]
    fn names_that_are_no_words_stand_in_backticks() {
        assert_eq!(written_name("auth.users"), "auth.users");
        assert_eq!(written_name("two words"), "`two words`");
    }
}
