//! The members of a mixin take the place of a spread.

use std::{collections::HashSet, ops::Range};

use orm_schema_lang::{
    database::{Declaration, LookupName, resolve},
    item::{ColumnItem, DeclarationKind, Item, Member, argument},
    lower::shape::ColumnShape,
    source::SourceDeclaration,
    usages::declarations_spreading,
    workspace::FileEdit,
};

use super::{Context, Here, Offers, RefactoringKind, text};
use crate::symbol::{columns, source_of};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    if let Some((here, Member::Spread(spread))) = context.member() {
        let name = spread.name.as_ref()?;
        let mixin = Mixin::new(context, resolve(context.db, context.project, &name.text, &[DeclarationKind::Mixin])?)?;
        let title = format!("Inline mixin `{}`", name.text);
        offers.add("inline_mixin", RefactoringKind::Inline, title, || {
            mixin.spread_in(context, &here, &here.source.span(spread.anchor))
        });
        return Some(());
    }
    let here = context.here.filter(|it| it.item.kind == DeclarationKind::Mixin && it.item.errors.is_empty())?;
    let name = here.source.span(here.item.name.as_ref()?.anchor);
    if context.range.start > text::line(context.text, name.end).end {
        return None;
    }
    let mixin = Mixin::new(context, here.declaration)?;
    let users = declarations_spreading(
        context.db,
        context.project,
        LookupName::new(context.db, here.declaration.name(context.db).clone()),
    );
    if users.is_empty() {
        return None;
    }
    let user = |it: &Declaration| {
        let source = source_of(context.db, *it)?;
        Some(Here { declaration: *it, source, item: source.item() })
    };
    let users = users.iter().map(user).collect::<Option<Vec<_>>>()?;
    let title = format!("Inline mixin `{}` everywhere and remove it", here.item.name_text());
    offers.add("inline_mixin", RefactoringKind::Inline, title, || mixin.everywhere(context, &here, &users));
    Some(())
}

/// The columns that the other spreads of a declaration bring.
fn others<'a>(context: &Context<'a>, here: &Here<'_>, spread: &Range<usize>) -> HashSet<&'a str> {
    let names = here.item.members.iter().filter_map(|member| match member {
        Member::Spread(it) if here.source.span(it.anchor) != *spread => it.name.as_ref(),
        _ => None,
    });
    let mixins = names.filter_map(|it| resolve(context.db, context.project, &it.text, &[DeclarationKind::Mixin]));
    mixins.flat_map(|it| columns(context.db, it)).map(ColumnShape::declared_name).collect()
}

/// A mixin and the text between its braces.
struct Mixin<'a> {
    declaration: Declaration,
    source: &'a SourceDeclaration,
    item: &'a Item,
    text: &'a str,
    /// What stands between the braces.
    body: Range<usize>,
}

impl<'a> Mixin<'a> {
    /// `None` where its header says more than a name, or where it could not be read.
    fn new(context: &Context<'a>, declaration: Declaration) -> Option<Self> {
        let source = source_of(context.db, declaration)?;
        let item: &Item = source.item();
        if !item.attributes.is_empty() || !item.errors.is_empty() {
            return None;
        }
        let text: &str = declaration.file(context.db).source(context.db).text();
        let header = source.span(item.name.as_ref()?.anchor).end;
        let open = header + text[header..source.range().end].find('{')? + 1;
        let close = open + text[open..source.range().end].rfind('}')?;
        Some(Mixin { declaration, source, item, text, body: open..close })
    }

    /// The edits that put its members in the place of a spread.
    fn spread_in(&self, context: &Context<'_>, here: &Here<'_>, spread: &Range<usize>) -> Vec<FileEdit> {
        let file = here.declaration.file(context.db);
        let (path, text) = (file.path(context.db), file.source(context.db).text());
        let edit = |range, replacement| FileEdit { path: path.clone(), range, replacement };
        let mut changes = self.names_in(context, here);
        let mut edits = Vec::new();
        let others = others(context, here, spread);
        // A column below the spread takes the place of the mixin's, unless it stands below another one for the same reason.
        for (own, column) in self.overridden(here, spread) {
            let (block, place) = (text::block(text, here.source.span(own.anchor)), self.source.span(column.anchor));
            let place = text::block(self.text, place).range;
            changes.retain(|(range, _)| range.end <= place.start || place.end <= range.start);
            if others.contains(&*own.name.text) {
                changes.push((place.start..text::next_line(self.text, place.end).min(self.body.end), String::new()));
                continue;
            }
            let indentation = text::indentation(&self.text[text::line(self.text, place.start)]).to_owned();
            changes.push((place, text::indented(&text[block.range.clone()], &indentation)));
            let end = text::next_line(text, block.range.end);
            edits.push(edit(if block.is_alone { block.range.start..end } else { block.range }, String::new()));
        }
        changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
        let mut body = self.text[self.body.clone()].to_owned();
        for (range, replacement) in changes {
            body.replace_range(range.start - self.body.start..range.end - self.body.start, &replacement);
        }
        let indentation = text::indentation(&text[text::line(text, spread.start)]);
        let lines = text::indented(body.trim_matches(['\r', '\n']).trim_end(), indentation);
        edits.push(edit(spread.clone(), lines.trim_start().to_owned()));
        edits
    }

    /// Where a constraint's name says `{table}`, and the name of the table.
    fn names_in(&self, context: &Context<'_>, here: &Here<'_>) -> Vec<(Range<usize>, String)> {
        if here.item.kind != DeclarationKind::Table {
            return Vec::new();
        }
        let shape = orm_schema_lang::lower::shape::shape(context.db, context.project, here.declaration);
        let own = |member: &'a Member| match member {
            Member::Item(it) => it.arguments.as_slice(),
            Member::Column(_) | Member::Spread(_) => &[],
        };
        let lists = self.item.members.iter().flat_map(|member| {
            let attributes = member.attributes().iter().map(|it| it.arguments.as_slice());
            std::iter::once(own(member)).chain(attributes)
        });
        let names = lists.filter_map(|it| argument(it, "name")).map(|it| self.source.span(it.value.anchor));
        let replaced = |range: Range<usize>| {
            let written = self.text[range.clone()].replace("{table}", &shape.name.name);
            (range, written)
        };
        names.filter(|it| self.text[it.clone()].contains("{table}")).map(replaced).collect()
    }

    /// The columns of the declaration that replace one of the mixin, and that one.
    fn overridden<'h>(&self, here: &Here<'h>, spread: &Range<usize>) -> Vec<(&'h ColumnItem, &'a ColumnItem)> {
        let below = here.item.columns().filter(|it| here.source.span(it.anchor).start > spread.end);
        let same = below.filter_map(|own| Some((own, self.item.columns().find(|it| it.name.text == own.name.text)?)));
        same.collect()
    }

    /// The edits of all who spread it, without the mixin.
    fn everywhere(&self, context: &Context<'_>, own: &Here<'_>, users: &[Here<'_>]) -> Vec<FileEdit> {
        let mut edits = Vec::new();
        for here in users {
            for member in &here.item.members {
                if let Member::Spread(it) = member
                    && it.name.as_ref().is_some_and(|it| it.text == *self.declaration.name(context.db))
                {
                    edits.extend(self.spread_in(context, here, &here.source.span(it.anchor)));
                }
            }
        }
        let range = own.source.range();
        let mut end = text::next_line(context.text, range.end);
        // The blank line goes with it.
        while context.text[end..].starts_with(['\n', '\r']) {
            end += 1;
        }
        edits.push(context.edit(range.start..end, ""));
        edits
    }
}
