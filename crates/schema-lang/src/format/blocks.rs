//! Which lines are laid out, and which are left as they are.

use std::ops::Range;

use super::read::Unit;

/// Units that are laid out together, or lines that are left as they are.
#[derive(Debug)]
pub(super) struct Block {
    /// Indices of its units.
    pub(super) units: Range<usize>,
    /// Bytes of the file: of its units, or of their whole lines.
    pub(super) range: Range<usize>,
    pub(super) is_verbatim: bool,
}

/// Gives every broken unit the whole of its lines, together with the units that share them.
pub(super) fn blocks(text: &str, spans: impl Iterator<Item = (Range<usize>, bool)>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (index, (range, is_broken)) in spans.enumerate() {
        let mut block = Block { units: index..index + 1, range, is_verbatim: is_broken };
        loop {
            if block.is_verbatim {
                block.range = lines(text, &block.range);
            }
            let Some(previous) = blocks.last() else { break };
            let shares_line = !text[previous.range.end..block.range.start.max(previous.range.end)].contains('\n');
            if !shares_line || !(block.is_verbatim || previous.is_verbatim) {
                break;
            }
            block.units.start = previous.units.start;
            block.range = previous.range.start..block.range.end.max(previous.range.end);
            block.is_verbatim = true;
            blocks.pop();
        }
        blocks.push(block);
    }
    blocks
}

/// What `blocks` needs to know of units.
pub(super) fn span(unit: &Unit<'_>) -> (Range<usize>, bool) {
    (unit.start..unit.end, unit.is_broken)
}

/// The whole lines that a range touches, without the end of the last one.
fn lines(text: &str, range: &Range<usize>) -> Range<usize> {
    let start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    if text[..range.end].ends_with('\n') && range.end > range.start {
        return start..range.end;
    }
    let end = text[range.end..].find('\n').map_or(text.len(), |newline| range.end + newline);
    let end = text[..end].trim_end_matches('\r').len();
    start..end.max(range.end)
}
