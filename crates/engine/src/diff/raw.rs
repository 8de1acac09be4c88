//! Blocks of raw SQL: they come, go and change places; one whose text changes is another one.

use orm_model::RawBlock;

use super::Change;

/// What turns one list into the other.
pub(super) fn diff(before: &[RawBlock], after: &[RawBlock], changes: &mut Vec<Change>) {
    for (position, block) in before.iter().enumerate().filter(|(_, it)| !after.contains(it)) {
        changes.push(Change::DropRaw { position, block: block.clone() });
    }
    for (position, block) in after.iter().enumerate().filter(|(_, it)| !before.contains(it)) {
        changes.push(Change::AddRaw { position, block: block.clone() });
    }
    let kept = |list: &[RawBlock], other: &[RawBlock]| {
        list.iter().filter(|it| other.contains(it)).cloned().collect::<Vec<_>>()
    };
    let (before, after) = (kept(before, after), kept(after, before));
    if before != after {
        changes.push(Change::OrderRaw { before, after });
    }
}

/// Puts a block in its place. Two branches that both add blocks count each without the other's.
pub(super) fn add(list: &mut Vec<RawBlock>, position: usize, block: &RawBlock) -> Result<(), String> {
    if list.contains(block) {
        return Err("the raw block exists already".to_owned());
    }
    list.insert(position.min(list.len()), block.clone());
    Ok(())
}

/// Takes a block out.
pub(super) fn remove(list: &mut Vec<RawBlock>, block: &RawBlock) -> Result<(), String> {
    let at = list.iter().position(|it| it == block).ok_or("the raw block does not exist")?;
    list.remove(at);
    Ok(())
}

/// Puts the blocks into another order.
pub(super) fn order(list: &mut [RawBlock], before: &[RawBlock], after: &[RawBlock]) -> Result<(), String> {
    if list != before {
        return Err("the raw blocks are not those that they were when the change was made".to_owned());
    }
    list.sort_by_key(|it| after.iter().position(|other| other == it));
    Ok(())
}
