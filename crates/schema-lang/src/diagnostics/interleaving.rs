//! From a table to the tables that its rows are stored in.

use orm_model::{Dialect, Only, ReferentialAction};

use super::reference_graph::target;
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    lower::table::lower_table,
};

/// Spanner takes seven levels; what is deeper has a finding, and a cycle has no end.
const LONGEST_CHAIN: usize = 8;

/// Where Spanner stores the rows of a table, and whether they go by themselves. It is little, so that most changes of a
/// table are none for the tables that are stored in it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub(crate) struct Storage {
    /// The table that it is interleaved in.
    pub(crate) parent: Option<Declaration>,
    /// `interleave_in`: a row needs no row of the parent.
    pub(crate) placement_only: bool,
    /// Whether the rows go with the row of the parent.
    pub(crate) is_cascade: bool,
    /// Whether it has a `ttl`.
    pub(crate) has_ttl: bool,
}

/// Where Spanner stores the rows of a table.
#[salsa::tracked(returns(ref))]
pub(crate) fn storage(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Storage {
    project.settled(db);
    let lowered = lower_table(db, project, declaration);
    let interleave = lowered.table.interleave.as_ref().filter(|it| it.is_in(Dialect::Spanner));
    let place = lowered.interleave.as_ref().filter(|_| interleave.is_some());
    Storage {
        parent: place.and_then(|place| target(db, project, place)),
        placement_only: interleave.is_some_and(|it| it.placement_only),
        is_cascade: interleave.is_some_and(|it| it.on_delete == ReferentialAction::Cascade),
        has_ttl: lowered.table.ttl.as_ref().is_some_and(|it| it.is_in(Dialect::Spanner)),
    }
}

/// The tables that a table is interleaved in, the nearest first.
pub(crate) fn ancestors(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
) -> impl Iterator<Item = Declaration> {
    let parent = move |it: Declaration| storage(db, project, it).parent;
    std::iter::successors(parent(declaration), move |it| parent(*it)).take(LONGEST_CHAIN)
}

/// The table whose `ttl` deletes rows of `declaration`: itself, or one that its rows are stored in.
pub(crate) fn ttl_over(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Option<Declaration> {
    let mut next = Some(declaration);
    for _ in 0..=LONGEST_CHAIN {
        let here = next?;
        let storage = storage(db, project, here);
        if storage.has_ttl {
            return Some(here);
        }
        next = storage.parent.filter(|_| !storage.placement_only);
    }
    None
}
