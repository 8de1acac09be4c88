//! What may be typed at a place: one file for each kind of place.
//!
//! The place follows from the text before the cursor ([`context`]). What names mean there follows from the declaration with
//! a word of our own where the cursor is, parsed alone and kept by nobody.

mod argument;
mod attribute;
mod column_type;
mod comment;
pub(crate) mod context;
mod declaration;
mod documentation;
pub(crate) mod expression;
mod member;
mod parameter;
mod query;
mod space;
mod tokens;

use std::ops::Range;

use orm_model::registry::Place;
use orm_schema_lang::{
    Database, File, Project, Source,
    database::{Declaration, item_tree},
    format::TextEdit,
    item::{DeclarationKind, Item as DeclaredItem},
};

use context::{Context, FrameKind, Item};
pub(crate) use documentation::documentation;
use tokens::is_part;

/// A word that no schema has, in place of the one under the cursor.
const MARKER: &str = "orm_completion_marker";

/// The characters after which a list comes by itself; after a space only where something has to follow.
pub const TRIGGERS: [char; 7] = ['@', '.', '$', '(', '=', ':', ' '];

/// As many items are told; more come when the word is longer.
const MOST_ITEMS: usize = 200;

/// What may be typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completion {
    /// The items, the likeliest first.
    pub items: Vec<CompletionItem>,
    /// Whether a longer word may bring others.
    pub is_incomplete: bool,
}

/// Something that may be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionItem {
    /// What the list shows, and what is compared with the word under the cursor.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// What stands beside it in the list.
    pub detail: Option<String>,
    /// What is typed.
    pub insert: String,
    /// The same with places to fill in: `index($1)$0`.
    pub snippet: Option<String>,
    /// The word under the cursor.
    pub replace: Range<usize>,
    /// The part of it before the cursor.
    pub before: Range<usize>,
    /// What its documentation is asked for by, if it has one.
    pub key: Option<String>,
    /// Whether it should not be used any more.
    pub is_deprecated: bool,
    /// The edit that adds an index for a foreign key which has none.
    pub index: Option<TextEdit>,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are what they say")]
pub enum CompletionKind {
    Keyword,
    Type,
    Table,
    View,
    Mixin,
    Enum,
    EnumValue,
    Sequence,
    Column,
    Relation,
    Parameter,
    Function,
    Attribute,
    TableItem,
    Argument,
    Snippet,
    Value,
    Rule,
}

/// The place that is completed, and what is offered there so far.
struct Completer<'t, 'db> {
    db: &'db Database,
    project: Project,
    /// The declaration around the cursor, if one is known.
    declaration: Option<Declaration>,
    /// What it says with [`MARKER`] at the cursor.
    marked: Option<Marked>,
    context: Context<'t>,
    /// The word before the cursor.
    prefix: &'t str,
    /// Its letters, small ones.
    letters: Vec<char>,
    replace: Range<usize>,
    before: Range<usize>,
    /// Whether a colon stands behind the word.
    has_colon: bool,
    offers: Vec<(u32, CompletionItem)>,
}

/// A part of the text, with [`MARKER`], and the declaration there.
struct Marked {
    source: Source,
    index: usize,
}

impl Marked {
    fn declaration(&self) -> &orm_schema_lang::source::SourceDeclaration {
        &self.source.declarations()[self.index]
    }

    fn item(&self) -> &DeclaredItem {
        self.declaration().item()
    }
}

/// What may be typed at `offset`; `typed`: the one of the [`TRIGGERS`] for which nobody but the editor asks.
pub(crate) fn completion(db: &Database, file: File, offset: usize, typed: Option<char>) -> Completion {
    let source = file.source(db);
    let text = source.text();
    let offset = text.floor_char_boundary(offset);
    let start = offset - text[..offset].chars().rev().take_while(|it| is_part(*it)).map(char::len_utf8).sum::<usize>();
    let end = offset + text[offset..].chars().take_while(|it| is_part(*it)).map(char::len_utf8).sum::<usize>();
    // Where the word begins, with the backtick before it.
    let opening = if is_quoted(&text[..start]) { start - 1 } else { start };
    let context = Context::new(&text[declaration_start(text, opening)..opening]);
    if typed == Some(' ') && !space::must_follow(&context, &text[start..]) {
        return Completion::default();
    }
    let mut completer = Completer {
        db,
        project: Project::get(db),
        declaration: None,
        marked: None,
        context,
        prefix: &text[start..offset],
        letters: text[start..offset].chars().flat_map(char::to_lowercase).collect(),
        replace: start..end,
        before: start..offset,
        has_colon: text[end..].trim_start_matches(' ').starts_with(':'),
        offers: Vec::new(),
    };
    if let Some(comment) = completer.context.comment {
        comment::complete(&mut completer, comment);
        return completer.finish();
    }
    if completer.context.is_text || completer.prefix.starts_with(|it: char| it.is_ascii_digit()) {
        return Completion::default();
    }
    if !completer.context.keyword.is_empty() {
        completer.mark(file, source);
    }
    completer.complete(text[..opening].chars().next_back());
    if opening < start {
        completer.keep_names(text[end..].starts_with('`'));
    }
    completer.finish()
}

/// Whether a name in backticks has begun where a text ends.
fn is_quoted(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    line.ends_with('`') && line.matches('`').count() % 2 == 1
}

/// Where the declaration begins that a place may be in: a line that begins with a word.
pub(crate) fn declaration_start(text: &str, offset: usize) -> usize {
    let mut end = offset;
    loop {
        let start = text[..end].rfind('\n').map_or(0, |it| it + 1);
        let word: &str = text[start..offset].split(|it| !is_part(it)).next().unwrap_or_default();
        if start == 0 || orm_model::registry::find_declaration(word).is_some() && start + word.len() < offset {
            return start;
        }
        end = start - 1;
    }
}

impl<'t, 'db> Completer<'t, 'db> {
    /// Parses the declaration with the marker; the project's own state does not change.
    fn mark(&mut self, file: File, source: &Source) {
        let found = source.declaration_at(self.replace.start);
        let before =
            || source.declarations().iter().enumerate().rev().find(|(_, it)| it.range().start <= self.replace.start);
        if let Some((index, _)) = found.or_else(before) {
            self.declaration = item_tree(self.db, file).get(index).copied();
        }
        let (start, marked) = source.edited_part(self.replace.clone(), MARKER);
        if let Some((index, _)) = marked.declaration_at(self.replace.start - start) {
            self.marked = Some(Marked { source: marked, index });
        }
    }

    /// `before`: the character before the word.
    fn complete(&mut self, before: Option<char>) {
        if self.context.keyword.is_empty() {
            return declaration::complete(self);
        }
        if before == Some('$') {
            return query::parameters(self);
        }
        let inner = self.context.inner().clone();
        if inner.tokens.last() == Some(&Item::Sign("@")) {
            return attribute::complete(self);
        }
        match inner.kind {
            FrameKind::Header => {
                // One without a body may have ended there.
                if before.is_none_or(|it| it == '\n') {
                    declaration::complete(self);
                }
                declaration::header(self, &inner);
            }
            FrameKind::TableBody => member::complete(self, &inner),
            FrameKind::EnumBody if inner.tokens.last().is_some_and(|it| it.is_operand()) => attribute::with_sign(self),
            FrameKind::EnumBody => {}
            FrameKind::Parameters => parameter::complete(self, &inner),
            FrameKind::Arguments { word, attribute } => argument::complete(self, &inner, word, attribute),
            FrameKind::Query => query::clause(self, &inner),
            FrameKind::Selection => query::selection(self, &inner),
            FrameKind::Row => query::row(self, &inner),
            FrameKind::List | FrameKind::Group => self.inside(&inner),
            FrameKind::Object => {}
        }
    }

    /// In brackets that only group: what may stand there is what may stand around them.
    fn inside(&mut self, inner: &context::Frame<'t>) {
        let Some(around) = self.context.around().cloned() else { return };
        match around.kind {
            FrameKind::Arguments { word, attribute } => {
                let tokens = around.tokens.iter().chain(&inner.tokens).copied().collect();
                argument::complete(self, &context::Frame { tokens, ..around.clone() }, word, attribute);
            }
            FrameKind::TableBody => expression::default_value(self, &inner.tokens),
            _ => expression::in_query(self, &inner.tokens, None),
        }
    }

    fn is_wanted(&self, label: &str) -> bool {
        self.has_letters(label.chars())
    }

    /// Whether the letters of the word stand among these, in their order.
    fn has_letters(&self, mut letters: impl Iterator<Item = char>) -> bool {
        let is_same = |it: char, wanted: char| match it.is_ascii() {
            true => it.to_ascii_lowercase() == wanted,
            false => it.to_lowercase().any(|it| it == wanted),
        };
        self.letters.iter().all(|wanted| letters.any(|it| is_same(it, *wanted)))
    }

    /// Offers something; the smaller `rank`, the earlier it stands.
    fn offer(&mut self, rank: u32, kind: CompletionKind, label: &str) -> Option<&mut CompletionItem> {
        if !self.is_wanted(label) {
            return None;
        }
        let item = CompletionItem {
            label: label.to_owned(),
            kind,
            detail: None,
            insert: label.to_owned(),
            snippet: None,
            replace: self.replace.clone(),
            before: self.before.clone(),
            key: None,
            is_deprecated: false,
            index: None,
        };
        self.offers.push((rank, item));
        self.offers.last_mut().map(|(_, item)| item)
    }

    /// What is typed of a name before a colon: that as well, where none stands behind it.
    fn named(&self, name: &str) -> String {
        let name = orm_schema_lang::diagnostics::written_name(name);
        if self.has_colon { name } else { format!("{name}: ") }
    }

    /// Offers words of the language.
    fn keywords(&mut self, rank: u32, words: &[&str]) {
        for (index, word) in (0..).zip(words) {
            self.offer(rank + index, CompletionKind::Keyword, word);
        }
    }

    /// Offers declarations of a kind.
    fn declarations(&mut self, rank: u32, kind: DeclarationKind) {
        let (icon, word) = match kind {
            DeclarationKind::Table => (CompletionKind::Table, "table"),
            DeclarationKind::View => (CompletionKind::View, "view"),
            DeclarationKind::Mixin => (CompletionKind::Mixin, "mixin"),
            DeclarationKind::Enum => (CompletionKind::Enum, "enum"),
            _ => (CompletionKind::Sequence, "sequence"),
        };
        let db = self.db;
        for declaration in self.all(kind) {
            let name = declaration.name(db);
            if let Some(item) = self.offer(rank, icon, name) {
                item.insert = orm_schema_lang::diagnostics::written_name(name);
                item.detail = Some(word.to_owned());
                item.key = Some(format!("{word}:{name}"));
            }
        }
    }

    /// The declarations of a kind that have a name.
    fn all(&self, kind: DeclarationKind) -> Vec<Declaration> {
        let files = self.project.files(self.db).into_iter();
        let all = files.flat_map(|file| item_tree(self.db, file).iter().copied());
        all.filter(|it| it.kind(self.db) == kind && !it.name(self.db).is_empty()).collect()
    }

    /// Where attributes stand that are typed here.
    fn attribute_place(&self) -> Place {
        match (self.context.inner().kind, self.context.keyword) {
            (FrameKind::TableBody, _) => match self.context.inner().tokens.as_slice() {
                [Item::Word(word), Item::Closed, ..] if orm_model::registry::find_item(word).is_some() => Place::Item,
                _ => Place::Column,
            },
            (FrameKind::EnumBody, _) => Place::EnumValue,
            (_, "table") => Place::Table,
            (_, "mixin") => Place::Mixin,
            (_, "enum") => Place::Enum,
            (_, "view") => Place::View,
            (_, "sequence") => Place::Sequence,
            (_, "extension") => Place::Extension,
            _ => Place::Query,
        }
    }

    /// In backticks stand names only, which need no further ones.
    fn keep_names(&mut self, is_closed: bool) {
        use CompletionKind::{Column, Enum, EnumValue, Mixin, Relation, Sequence, Table, View};
        let is_name = |kind| matches!(kind, Table | View | Mixin | Enum | EnumValue | Sequence | Column | Relation);
        // `...Mixin` and `users.id` are more than a name.
        let is_one =
            |it: &CompletionItem| !it.label.starts_with("...") && (it.kind != Column || !it.label.contains('.'));
        self.offers.retain(|(_, it)| is_name(it.kind) && is_one(it));
        for (_, item) in &mut self.offers {
            item.insert = item.label.clone();
            item.snippet = None;
            if !is_closed {
                item.insert.push('`');
            }
        }
    }

    fn finish(mut self) -> Completion {
        // What begins like the word stands before what only has its letters.
        let prefix = self.prefix.to_lowercase();
        let distance = |it: &CompletionItem| !it.label.to_lowercase().starts_with(&prefix);
        self.offers
            .sort_by(|(a, left), (b, right)| (distance(left), a, &left.label).cmp(&(distance(right), b, &right.label)));
        self.offers.dedup_by(|(_, a), (_, b)| a.label == b.label && a.kind == b.kind);
        let is_incomplete = self.offers.len() > MOST_ITEMS;
        self.offers.truncate(MOST_ITEMS);
        Completion { items: self.offers.into_iter().map(|(_, item)| item).collect(), is_incomplete }
    }
}

#[cfg(test)]
mod tests;
