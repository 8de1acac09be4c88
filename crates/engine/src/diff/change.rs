//! One change of a schema, and its inverse.

use std::{cmp::Ordering, fmt};

use orm_model::{
    Check, Column, Dialect, Enum, ForeignKey, Index, Interleave, ObjectName, PrimaryKey, RawBlock, Rename, Table, Ttl,
    Unique,
};
use serde::{Deserialize, Serialize};

use super::Object;

/// A change of a schema. As JSON it is one line of a migration file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Another name, wherever the schema speaks of the thing. The changes after it know it by the new name.
    Rename(Rename),
    /// A new enum.
    AddEnum(Enum),
    /// An enum that goes.
    DropEnum(Enum),
    /// An enum with other values, storage or documentation.
    ChangeEnum {
        /// As it was.
        before: Enum,
        /// As it is.
        after: Enum,
    },
    /// A new sequence or other object beside the tables.
    AddObject(Object),
    /// An object that goes.
    DropObject(Object),
    /// An object that keeps its name and is another one.
    ChangeObject {
        /// As it was.
        before: Box<Object>,
        /// As it is.
        after: Box<Object>,
    },
    /// A new block of raw SQL.
    AddRaw {
        /// Where it stands among all blocks, counted from 0.
        position: usize,
        /// The block.
        block: RawBlock,
    },
    /// A block of raw SQL that goes.
    DropRaw {
        /// Where it stood among all blocks, counted from 0.
        position: usize,
        /// The block.
        block: RawBlock,
    },
    /// The blocks that stay are in another order, which holds where all of them run.
    OrderRaw {
        /// As they stood.
        before: Vec<RawBlock>,
        /// As they stand.
        after: Vec<RawBlock>,
    },
    /// A new table with all that is in it.
    AddTable(Box<Table>),
    /// A table that goes.
    DropTable(Box<Table>),
    /// A table with another primary key, interleaving, declared name or documentation.
    ChangeTable {
        /// The table.
        table: ObjectName,
        /// As it was.
        before: Box<TableHead>,
        /// As it is.
        after: Box<TableHead>,
    },
    /// A new column.
    AddColumn {
        /// The table.
        table: ObjectName,
        /// Where it stands among all columns, counted from 0.
        position: usize,
        /// The column.
        column: Box<Column>,
    },
    /// A column that goes.
    DropColumn {
        /// The table.
        table: ObjectName,
        /// Where it stood among all columns, counted from 0.
        position: usize,
        /// The column.
        column: Box<Column>,
    },
    /// A column with another type, nullability, default, …
    ChangeColumn {
        /// The table.
        table: ObjectName,
        /// As it was.
        before: Box<Column>,
        /// As it is.
        after: Box<Column>,
    },
    /// The columns that stay are declared in another order. No database takes notice.
    OrderColumns {
        /// The table.
        table: ObjectName,
        /// Their names as they stood.
        before: Vec<String>,
        /// Their names as they stand.
        after: Vec<String>,
    },
    /// A new unique constraint, index, foreign key or check.
    Add {
        /// The table.
        table: ObjectName,
        /// What is new.
        #[serde(flatten)]
        member: Member,
    },
    /// A unique constraint, index, foreign key or check that goes.
    Drop {
        /// The table.
        table: ObjectName,
        /// What goes.
        #[serde(flatten)]
        member: Member,
    },
    /// A unique constraint, index, foreign key or check that keeps its name and is another one.
    Change {
        /// The table.
        table: ObjectName,
        /// As it was.
        before: Box<Member>,
        /// As it is.
        after: Box<Member>,
    },
}

/// What a table says of itself as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableHead {
    /// The name in the `.orm` text where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_name: Option<String>,
    /// The documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc: Option<String>,
    /// The primary key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_key: Option<PrimaryKey>,
    /// The parent that the rows are stored with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interleave: Option<Interleave>,
    /// The one database that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Dialect>,
    /// Why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// When rows go by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Ttl>,
}

impl TableHead {
    /// What `table` says of itself.
    pub fn of(table: &Table) -> Self {
        TableHead {
            declared_name: table.declared_name.clone(),
            doc: table.doc.clone(),
            primary_key: table.primary_key.clone(),
            interleave: table.interleave.clone(),
            only: table.only,
            deprecated: table.deprecated.clone(),
            ttl: table.ttl.clone(),
        }
    }

    /// Makes `table` say this.
    pub fn put(self, table: &mut Table) {
        let TableHead { declared_name, doc, primary_key, interleave, ttl, only, deprecated } = self;
        table.declared_name = declared_name;
        table.doc = doc;
        table.primary_key = primary_key;
        table.interleave = interleave;
        table.only = only;
        table.deprecated = deprecated;
        table.ttl = ttl;
    }
}

/// Something of a table that has a name and no place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Member {
    /// A unique constraint.
    Unique(Unique),
    /// An index.
    Index(Index),
    /// A foreign key.
    ForeignKey(ForeignKey),
    /// A check.
    Check(Check),
}

impl Member {
    /// The name.
    pub fn name(&self) -> &str {
        match self {
            Member::Unique(it) => &it.name,
            Member::Index(it) => &it.name,
            Member::ForeignKey(it) => &it.name,
            Member::Check(it) => &it.name,
        }
    }

    /// What it is, for people.
    pub fn kind(&self) -> &'static str {
        match self {
            Member::Unique(_) => "unique constraint",
            Member::Index(_) => "index",
            Member::ForeignKey(_) => "foreign key",
            Member::Check(_) => "check",
        }
    }
}

/// What undoes `changes`, in the order in which [`apply`](super::apply) can follow it.
pub fn invert(changes: &[Change]) -> Vec<Change> {
    let is_rename = |it: &&Change| matches!(it, Change::Rename(_));
    let mut inverted = changes.iter().filter(|it| !is_rename(it)).map(Change::inverse).collect::<Vec<_>>();
    inverted.sort_by(in_order);
    // The others speak of the new names, so the old ones come back at the end.
    inverted.extend(changes.iter().rev().filter(is_rename).map(Change::inverse));
    inverted
}

impl Change {
    /// The change that undoes this one.
    pub fn inverse(&self) -> Change {
        match self.clone() {
            Change::Rename(it) => Change::Rename(it.inverse()),
            Change::AddEnum(it) => Change::DropEnum(it),
            Change::DropEnum(it) => Change::AddEnum(it),
            Change::ChangeEnum { before, after } => Change::ChangeEnum { before: after, after: before },
            Change::AddObject(it) => Change::DropObject(it),
            Change::DropObject(it) => Change::AddObject(it),
            Change::ChangeObject { before, after } => Change::ChangeObject { before: after, after: before },
            Change::AddRaw { position, block } => Change::DropRaw { position, block },
            Change::DropRaw { position, block } => Change::AddRaw { position, block },
            Change::OrderRaw { before, after } => Change::OrderRaw { before: after, after: before },
            Change::AddTable(it) => Change::DropTable(it),
            Change::DropTable(it) => Change::AddTable(it),
            Change::ChangeTable { table, before, after } => Change::ChangeTable { table, before: after, after: before },
            Change::AddColumn { table, position, column } => Change::DropColumn { table, position, column },
            Change::DropColumn { table, position, column } => Change::AddColumn { table, position, column },
            Change::ChangeColumn { table, before, after } => {
                Change::ChangeColumn { table, before: after, after: before }
            }
            Change::OrderColumns { table, before, after } => {
                Change::OrderColumns { table, before: after, after: before }
            }
            Change::Add { table, member } => Change::Drop { table, member },
            Change::Drop { table, member } => Change::Add { table, member },
            Change::Change { table, before, after } => Change::Change { table, before: after, after: before },
        }
    }

    /// The table that it is about; `None` for what is no table.
    pub fn table(&self) -> Option<&ObjectName> {
        match self {
            Change::Rename(_) | Change::AddEnum(_) | Change::DropEnum(_) | Change::ChangeEnum { .. } => None,
            Change::AddObject(_) | Change::DropObject(_) | Change::ChangeObject { .. } => None,
            Change::AddRaw { .. } | Change::DropRaw { .. } | Change::OrderRaw { .. } => None,
            Change::AddTable(table) | Change::DropTable(table) => Some(&table.name),
            Change::ChangeTable { table, .. }
            | Change::AddColumn { table, .. }
            | Change::DropColumn { table, .. }
            | Change::ChangeColumn { table, .. }
            | Change::OrderColumns { table, .. }
            | Change::Add { table, .. }
            | Change::Drop { table, .. }
            | Change::Change { table, .. } => Some(table),
        }
    }

    /// What happens first within a table: what goes, what changes, what comes.
    fn phase(&self) -> u8 {
        match self {
            Change::Rename(_) | Change::DropTable(_) | Change::DropEnum(_) | Change::DropObject(_) => 0,
            Change::Drop { .. } => 1,
            Change::DropColumn { .. } | Change::DropRaw { .. } => 2,
            Change::OrderColumns { .. } | Change::OrderRaw { .. } => 3,
            Change::ChangeEnum { .. } | Change::ChangeObject { .. } | Change::ChangeTable { .. } => 4,
            Change::ChangeColumn { .. } => 5,
            Change::Change { .. } => 6,
            Change::AddEnum(_) | Change::AddObject(_) | Change::AddTable(_) => 7,
            Change::AddColumn { .. } | Change::AddRaw { .. } => 8,
            Change::Add { .. } => 9,
        }
    }

    /// The named schema of an object that is no table.
    fn schema(&self) -> Option<&str> {
        match self {
            Change::AddObject(it) | Change::DropObject(it) => it.schema(),
            Change::ChangeObject { before, .. } => before.schema(),
            _ => None,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Change::Add { member, .. } | Change::Drop { member, .. } => member.kind(),
            Change::Change { before, .. } => before.kind(),
            Change::AddObject(it) | Change::DropObject(it) => it.kind(),
            Change::ChangeObject { before, .. } => before.kind(),
            _ => "",
        }
    }

    fn name(&self) -> &str {
        match self {
            Change::AddRaw { block, .. } | Change::DropRaw { block, .. } => &block.up,
            Change::OrderRaw { .. } => "",
            Change::AddObject(it) | Change::DropObject(it) => it.local_name(),
            Change::ChangeObject { before, .. } => before.local_name(),
            Change::AddEnum(it) | Change::DropEnum(it) | Change::ChangeEnum { before: it, .. } => &it.name,
            Change::AddColumn { column, .. }
            | Change::DropColumn { column, .. }
            | Change::ChangeColumn { before: column, .. } => &column.name,
            Change::Add { member, .. } | Change::Drop { member, .. } => member.name(),
            Change::Change { before, .. } => before.name(),
            Change::Rename(_)
            | Change::AddTable(_)
            | Change::DropTable(_)
            | Change::ChangeTable { .. }
            | Change::OrderColumns { .. } => "",
        }
    }

    /// Columns go from the last and come from the first, so that every position counts what is there.
    fn position(&self) -> isize {
        let signed = |position: &usize| isize::try_from(*position).unwrap_or(isize::MAX);
        match self {
            Change::AddColumn { position, .. } | Change::AddRaw { position, .. } => signed(position),
            Change::DropColumn { position, .. } | Change::DropRaw { position, .. } => -signed(position),
            _ => 0,
        }
    }
}

/// The one order of changes, so that the same schemas give the same lines.
pub(super) fn in_order(a: &Change, b: &Change) -> Ordering {
    fn key(change: &Change) -> (Option<&ObjectName>, Option<&str>, u8, isize, &'static str, &str) {
        (change.table(), change.schema(), change.phase(), change.position(), change.kind(), change.name())
    }
    key(a).cmp(&key(b))
}

impl fmt::Display for Change {
    /// One line for people: `add column email to users`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Change::Rename(it) => write!(f, "{it}"),
            Change::AddEnum(it) => write!(f, "add enum {}", it.name),
            Change::DropEnum(it) => write!(f, "drop enum {}", it.name),
            Change::ChangeEnum { after, .. } => write!(f, "change enum {}", after.name),
            Change::AddRaw { block, .. } => write!(f, "add raw block {:?}", block.title()),
            Change::DropRaw { block, .. } => write!(f, "drop raw block {:?}", block.title()),
            Change::OrderRaw { .. } => f.write_str("order the raw blocks"),
            Change::AddObject(it) => write!(f, "add {it}"),
            Change::DropObject(it) => write!(f, "drop {it}"),
            Change::ChangeObject { after, .. } => write!(f, "change {after}"),
            Change::AddTable(it) => write!(f, "add table {}", it.name),
            Change::DropTable(it) => write!(f, "drop table {}", it.name),
            Change::ChangeTable { table, .. } => write!(f, "change table {table}"),
            Change::AddColumn { table, column, .. } => write!(f, "add column {} to {table}", column.name),
            Change::DropColumn { table, column, .. } => write!(f, "drop column {} of {table}", column.name),
            Change::ChangeColumn { table, after, .. } => write!(f, "change column {} of {table}", after.name),
            Change::OrderColumns { table, .. } => write!(f, "order the columns of {table}"),
            Change::Add { table, member } => write!(f, "add {} {} to {table}", member.kind(), member.name()),
            Change::Drop { table, member } => write!(f, "drop {} {} of {table}", member.kind(), member.name()),
            Change::Change { table, after, .. } => write!(f, "change {} {} of {table}", after.kind(), after.name()),
        }
    }
}
