//! Members of a table become a mixin.

use std::ops::Range;

use orm_schema_lang::{
    database::{Declaration, item_tree, resolve},
    diagnostics::written_name,
    item::{Argument, Attribute, DeclarationKind, ExpressionKind, Member, argument},
    workspace::FileEdit,
};

use super::{Context, Here, Offers, RefactoringKind, text};
use crate::symbol::columns;

/// Members that stand beside each other in a file.
struct Run {
    declaration: Declaration,
    range: Range<usize>,
}

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    if context.range.is_empty() {
        return None;
    }
    let here = context.with_members()?;
    let selected = selected(context, &here)?;
    if overrides(context, &here, selected) {
        return None;
    }
    let own = run(context.text, &here, selected)?;
    let body = with_placeholder(context, &here, selected, &own)?;
    let count = match selected.len() {
        1 => "1 member".to_owned(),
        count => format!("{count} members"),
    };
    let edits = |runs: &[Run]| {
        let name = free_name(context, selected, &here);
        let spread = |run: &Run| {
            let file = run.declaration.file(context.db);
            let text = file.source(context.db).text();
            let line = &text[text::line(text, run.range.start)];
            let replacement = format!("{}...{name}", text::indentation(line));
            FileEdit { path: file.path(context.db).clone(), range: run.range.clone(), replacement }
        };
        let start = text::above(context.text, text::line(context.text, here.source.range().start).start);
        let mixin = format!("mixin {name} {{\n{}\n}}\n\n", text::indented(&body, "  "));
        let declared = context.edit(start..start, mixin);
        std::iter::once(declared).chain(runs.iter().map(spread)).collect()
    };
    let others = same_elsewhere(context, &here, selected, &own);
    let all = others.len() + 1;
    let own = std::slice::from_ref(&own);
    offers.add("extract_mixin", RefactoringKind::Extract, format!("Extract {count} to a mixin"), || edits(own));
    if all > 1 {
        let title = format!("Extract {count} to a mixin of all {all} tables that have them");
        offers.add("extract_mixin", RefactoringKind::Extract, title, || {
            let runs = own.iter().map(|it| Run { declaration: it.declaration, range: it.range.clone() });
            edits(&runs.chain(others).collect::<Vec<_>>())
        });
    }
    Some(())
}

/// The members that the selection touches, a column among them.
fn selected<'a>(context: &Context<'a>, here: &Here<'a>) -> Option<&'a [Member]> {
    let range = &context.range;
    let touched = |member: &Member| {
        let span = here.source.span(member.anchor());
        span.start < range.end && range.start < span.end
    };
    let members: &'a [Member] = &here.item.members;
    let first = members.iter().position(touched)?;
    let count = members[first..].iter().take_while(|it| touched(it)).count();
    let selected = &members[first..first + count];
    selected.iter().any(|it| matches!(it, Member::Column(_))).then_some(selected)
}

/// Whether a column replaces one of a mixin: two mixins with one column are an error.
fn overrides(context: &Context<'_>, here: &Here<'_>, selected: &[Member]) -> bool {
    let spreads = here.item.members.iter().filter_map(|it| match it {
        Member::Spread(it) => it.name.as_ref(),
        _ => None,
    });
    let mixins: Vec<_> =
        spreads.filter_map(|it| resolve(context.db, context.project, &it.text, &[DeclarationKind::Mixin])).collect();
    selected.iter().any(|member| match member {
        Member::Column(column) => mixins
            .iter()
            .any(|mixin| columns(context.db, *mixin).iter().any(|it| it.declared_name() == &*column.name.text)),
        _ => false,
    })
}

/// Where the members stand; `None` where other things stand on their lines.
fn run(text: &str, here: &Here<'_>, members: &[Member]) -> Option<Run> {
    let blocks: Vec<_> = members.iter().map(|it| here.block(text, it)).collect();
    let (first, last) = (blocks.first()?, blocks.last()?);
    let is_alone = blocks.iter().all(|it| it.is_alone);
    is_alone.then_some(Run { declaration: here.declaration, range: first.range.start..last.range.end })
}

/// The text of the members in a mixin: a constraint that has a name says `{table}` there. `None` where nobody knows which
/// part of the name that is.
fn with_placeholder(context: &Context<'_>, here: &Here<'_>, members: &[Member], run: &Run) -> Option<String> {
    let mut body = context.text[run.range.clone()].to_owned();
    let table = orm_schema_lang::lower::shape::shape(context.db, context.project, here.declaration).name.name.clone();
    let mut names: Vec<_> = members.iter().flat_map(name_arguments).collect();
    names.sort_by_key(|it| std::cmp::Reverse(here.source.span(it.value.anchor).start));
    for name in names {
        let span = here.source.span(name.value.anchor);
        let written = &context.text[span.clone()];
        if written.contains("{table}") {
            continue;
        }
        let is_mixin = here.item.kind == DeclarationKind::Mixin;
        if is_mixin || written.matches(&table).count() != 1 {
            return None;
        }
        let place = span.start - run.range.start..span.end - run.range.start;
        body.replace_range(place, &written.replace(&table, "{table}"));
    }
    Some(body)
}

/// The names of constraints and indexes.
fn name_arguments(member: &Member) -> impl Iterator<Item = &Argument> {
    let is_text = |it: &&Argument| matches!(it.value.kind, ExpressionKind::String(_));
    let own: &[Argument] = match member {
        Member::Item(it) => &it.arguments,
        Member::Column(_) | Member::Spread(_) => &[],
    };
    let of_attributes = member.attributes().iter().map(|it: &Attribute| it.arguments.as_slice());
    std::iter::once(own).chain(of_attributes).filter_map(|it| argument(it, "name")).filter(is_text)
}

/// The other tables and mixins in which the same members stand beside each other, one place each.
fn same_elsewhere(context: &Context<'_>, own: &Here<'_>, members: &[Member], run: &Run) -> Vec<Run> {
    let wanted = text::words(&context.text[run.range.clone()]);
    let Some(first) = members.first() else { return Vec::new() };
    let mut found = Vec::new();
    for file in context.project.files(context.db) {
        let source = file.source(context.db);
        for (declaration, written) in item_tree(context.db, file).iter().zip(source.declarations()) {
            let item = written.item();
            if *declaration == own.declaration || item.kind != DeclarationKind::Table || !item.errors.is_empty() {
                continue;
            }
            let starts = item.members.iter().enumerate().filter(|(_, it)| is_alike(it, first)).map(|(index, _)| index);
            let here = Here { declaration: *declaration, source: written, item };
            let same = starts.filter_map(|start| {
                let members = item.members.get(start..start + members.len())?;
                let run = self::run(source.text(), &here, members)?;
                let is_same = text::words(&source.text()[run.range.clone()]) == wanted;
                (is_same && !overrides(context, &here, members)).then_some(run)
            });
            found.extend({ same }.next());
        }
    }
    found
}

/// Whether two members may be the same.
fn is_alike(one: &Member, other: &Member) -> bool {
    match (one, other) {
        (Member::Column(one), Member::Column(other)) => one.name.text == other.name.text,
        (Member::Item(one), Member::Item(other)) => one.name.text == other.name.text,
        (Member::Spread(_), Member::Spread(_)) => true,
        _ => false,
    }
}

/// A name that nothing has, after what the columns are.
fn free_name(context: &Context<'_>, members: &[Member], here: &Here<'_>) -> String {
    let mut names = members.iter().filter_map(|it| match it {
        Member::Column(it) => Some(&*it.name.text),
        _ => None,
    });
    let base = match names.all(|it| it.ends_with("_at")) {
        true => "Timestamps".to_owned(),
        false => format!("{}Columns", text::in_capitals(crate::names::last_part(here.item.name_text()))),
    };
    written_name(&text::free_name(context, &base))
}
