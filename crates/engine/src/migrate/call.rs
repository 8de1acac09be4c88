//! Statements that go to the database together: the next ones of a section, and of the sections after it.

use std::{collections::VecDeque, ops::Range};

use super::{
    file::ScriptStatement,
    history::{Joined, Pending},
    section::Section,
};

/// One call of the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Call {
    /// What the first section, the one after it, … have in it. A section without statements has an empty part.
    parts: Vec<Range<usize>>,
}

impl Call {
    /// The next `length` statements of `sections`.
    pub(crate) fn next(sections: &VecDeque<Section<'_>>, length: usize) -> Self {
        let (mut parts, mut left) = (Vec::new(), length);
        for section in sections {
            let taken = section.rest().len().min(left);
            parts.push(section.done()..section.done() + taken);
            left -= taken;
            if left == 0 {
                break;
            }
        }
        Self { parts }
    }

    /// The call that the journal of the first section says is under way.
    pub(crate) fn under_way(sections: &VecDeque<Section<'_>>) -> Option<Self> {
        let first = sections.front()?;
        let pending = first.entry.journal.pending.as_ref()?;
        let own = first.done()..first.done() + pending.statements.len();
        let joined = pending.joined.iter().map(|it| 0..it.statements.len());
        Some(Self { parts: std::iter::once(own).chain(joined).collect() })
    }

    /// What the journal of the first section says of it.
    pub(crate) fn pending(&self, sections: &VecDeque<Section<'_>>, operation: String) -> Pending {
        let hashes = |(part, section): (&Range<usize>, &Section<'_>)| {
            section.script.statements[part.clone()].iter().map(ScriptStatement::hash).collect::<Vec<_>>()
        };
        let mut parts = self.parts.iter().zip(sections);
        let statements = parts.next().map(hashes).unwrap_or_default();
        let joined = parts.map(|it| Joined { migration: it.1.migration.name.to_string(), statements: hashes(it) });
        Pending { operation, statements, joined: joined.collect() }
    }

    /// What each section, from the first, has in it.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        self.parts.iter().cloned().enumerate()
    }

    /// How many statements.
    pub(crate) fn len(&self) -> usize {
        self.parts.iter().map(ExactSizeIterator::len).sum()
    }

    /// Whether statements of several migrations are in it.
    pub(crate) fn is_joint(&self) -> bool {
        self.parts.len() > 1
    }

    /// Its statements in order.
    pub(crate) fn texts<'a>(&self, sections: &VecDeque<Section<'a>>) -> Vec<&'a str> {
        let of = |(part, section): (&Range<usize>, &Section<'a>)| section.script.statements[part.clone()].iter();
        self.parts.iter().zip(sections).flat_map(of).map(|it| it.text.as_str()).collect()
    }

    /// The section, and the statement of it, that stands at `offset` in the call; the last one beyond its end.
    pub(crate) fn place(&self, offset: usize) -> (usize, usize) {
        let mut left = offset;
        let mut last = (0, self.parts[0].start);
        for (section, part) in self.parts().filter(|(_, part)| !part.is_empty()) {
            if left < part.len() {
                return (section, part.start + left);
            }
            left -= part.len();
            last = (section, part.end - 1);
        }
        last
    }

    /// How many statements of each section's part took effect when the first `applied` of the call did; sections that
    /// the database did not come to are left out.
    pub(crate) fn effects(&self, applied: usize) -> Vec<usize> {
        let (mut effects, mut left) = (Vec::new(), applied);
        for part in &self.parts {
            let taken = part.len().min(left);
            left -= taken;
            if taken == 0 && !part.is_empty() && !effects.is_empty() {
                break;
            }
            effects.push(taken);
            if taken < part.len() {
                break;
            }
        }
        effects
    }
}
