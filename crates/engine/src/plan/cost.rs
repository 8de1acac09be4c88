//! What a statement costs a database with rows in it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What a statement has to do with the rows that are there, and who waits for it meanwhile.
///
/// Where it depends on what is stored, it is the more expensive of the two. Each dialect folder says it where the
/// statement is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Cost {
    /// What it does with the rows.
    pub work: Work,
    /// Who waits until it is done. An instant statement makes nobody wait for longer than its turn.
    pub blocks: Blocks,
}

/// What a statement does with the rows that are there; each is more than the one before.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Nothing: the definition changes.
    #[default]
    Instant,
    /// It reads all of them, to see whether they keep a new promise.
    Scan,
    /// It reads all of them and writes an index.
    BuildIndex,
    /// It writes rows.
    WriteRows,
    /// It writes the whole table anew, its indexes too.
    Rewrite,
    /// Nobody knows: SQL by hand.
    Unknown,
}

/// Who waits for a statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Blocks {
    /// Nobody.
    #[default]
    Nobody,
    /// Who writes to the table.
    Writes,
    /// Who reads it or writes to it.
    ReadsAndWrites,
}

impl Cost {
    /// Nothing but the definition changes.
    pub const INSTANT: Cost = Cost { work: Work::Instant, blocks: Blocks::Nobody };

    /// Work while somebody waits.
    pub const fn new(work: Work, blocks: Blocks) -> Self {
        Cost { work, blocks }
    }

    /// The dearer of two in each respect.
    #[must_use]
    pub fn max(self, other: Cost) -> Self {
        Cost { work: self.work.max(other.work), blocks: self.blocks.max(other.blocks) }
    }
}

impl fmt::Display for Cost {
    /// `reads every row, blocks reads and writes`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.work {
            Work::Instant => "instant",
            Work::Scan => "reads every row",
            Work::BuildIndex => "builds an index",
            Work::WriteRows => "writes rows",
            Work::Rewrite => "rewrites the table",
            Work::Unknown => "SQL by hand",
        })?;
        f.write_str(match self.blocks {
            Blocks::Nobody => "",
            Blocks::Writes => ", blocks writes",
            Blocks::ReadsAndWrites => ", blocks reads and writes",
        })
    }
}
