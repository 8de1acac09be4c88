//! The members of a table in their usual order: columns and spreads as they stand, then keys, checks, indexes, and where
//! the rows are.

use std::ops::Range;

use orm_schema_lang::item::Member;

use super::{Context, Offers, RefactoringKind};

/// Table items in their order; what is not among them comes last.
const ITEMS: &[&str] =
    &["primary_key", "unique", "foreign_key", "check", "index", "interleave", "interleave_in", "ttl"];

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let here = context.with_members()?;
    let ranks: Vec<_> = here.item.members.iter().map(rank).collect();
    if ranks.is_sorted() {
        return None;
    }
    let blocks: Vec<_> = here.item.members.iter().map(|it| here.block(context.text, it)).collect();
    if !blocks.iter().all(|it| it.is_alone) {
        return None;
    }
    let whole = blocks.first()?.range.start..blocks.last()?.range.end;
    let title = format!("Sort the members of `{}`", here.item.name_text());
    offers.add("sort_members", RefactoringKind::SortMembers, title, || {
        let mut members = pieces(context.text, &ranks, blocks.iter().map(|it| it.range.clone()));
        members.sort_by_key(|it| it.rank);
        vec![context.edit(whole, joined(&members))]
    });
    Some(())
}

/// A member with all that stands between it and the one before, so that no comment is lost.
struct Piece<'t> {
    rank: usize,
    /// Without the line ends before it.
    text: &'t str,
    /// Whether a blank line keeps it from one of its kind.
    is_apart: bool,
}

fn rank(member: &Member) -> usize {
    match member {
        Member::Column(_) | Member::Spread(_) => 0,
        Member::Item(it) => 1 + ITEMS.iter().position(|name| *name == &*it.name.text).unwrap_or(ITEMS.len()),
    }
}

fn pieces<'t>(text: &'t str, ranks: &[usize], blocks: impl Iterator<Item = Range<usize>>) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    for (rank, block) in ranks.iter().zip(blocks) {
        let all = &text[before.map_or(block.start, |(_, end)| end)..block.end];
        let own = all.trim_start_matches(['\r', '\n']);
        let lines = all[..all.len() - own.len()].matches('\n').count();
        let is_apart = lines > 1 && before.is_some_and(|(before, _)| is_item(before) == is_item(*rank));
        pieces.push(Piece { rank: *rank, text: own, is_apart });
        before = Some((*rank, block.end));
    }
    pieces
}

const fn is_item(rank: usize) -> bool {
    rank > 0
}

/// The members, with a blank line where there was one, and between columns and items.
fn joined(members: &[Piece<'_>]) -> String {
    let mut result = String::new();
    let mut before: Option<usize> = None;
    for it in members {
        let is_apart = it.is_apart || before.is_some_and(|before| is_item(before) != is_item(it.rank));
        match before {
            None => {}
            Some(_) if is_apart => result.push_str("\n\n"),
            Some(_) => result.push('\n'),
        }
        result.push_str(it.text);
        before = Some(it.rank);
    }
    result
}
