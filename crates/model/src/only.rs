//! `@only(postgres)`: things that one database alone has.

use std::borrow::Cow;

use crate::{Check, Column, Dialect, ForeignKey, Index, Interleave, Schema, Sequence, Table, Ttl, Unique};

/// Something that `@only(…)` may keep to one database.
pub trait Only {
    /// The one database that has it; `None`: all of them.
    fn only(&self) -> Option<Dialect>;

    /// Whether `dialect` has it.
    fn is_in(&self, dialect: Dialect) -> bool {
        self.only().is_none_or(|it| it == dialect)
    }
}

macro_rules! only {
    ($($type:ty),*) => {$(
        impl Only for $type {
            fn only(&self) -> Option<Dialect> {
                self.only
            }
        }
    )*};
}

only!(Table, Column, Unique, Index, ForeignKey, Check, Interleave, Sequence, Ttl);

impl Schema {
    /// The schema as `dialect` has it: without what is kept to another database.
    pub fn in_dialect(&self, dialect: Dialect) -> Cow<'_, Schema> {
        let is_whole = self.tables.values().all(|table| table.is_in(dialect) && table.is_whole_in(dialect));
        if is_whole && self.sequences.values().all(|it| it.is_in(dialect)) {
            return Cow::Borrowed(self);
        }
        let mut schema = self.clone();
        schema.tables.retain(|_, table| table.is_in(dialect));
        schema.sequences.retain(|_, sequence| sequence.is_in(dialect));
        schema.tables.values_mut().for_each(|table| table.keep_in(dialect));
        Cow::Owned(schema)
    }
}

impl Table {
    /// Whether `dialect` has everything that stands in the table.
    pub fn is_whole_in(&self, dialect: Dialect) -> bool {
        fn all<T: Only>(members: &[T], dialect: Dialect) -> bool {
            members.iter().all(|it| it.is_in(dialect))
        }
        all(&self.columns, dialect)
            && all(&self.uniques, dialect)
            && all(&self.indexes, dialect)
            && all(&self.foreign_keys, dialect)
            && all(&self.checks, dialect)
            && self.interleave.as_ref().is_none_or(|it| it.is_in(dialect))
            && self.ttl.as_ref().is_none_or(|it| it.is_in(dialect))
    }

    fn keep_in(&mut self, dialect: Dialect) {
        self.columns.retain(|it| it.is_in(dialect));
        self.uniques.retain(|it| it.is_in(dialect));
        self.indexes.retain(|it| it.is_in(dialect));
        self.foreign_keys.retain(|it| it.is_in(dialect));
        self.checks.retain(|it| it.is_in(dialect));
        self.interleave = self.interleave.take().filter(|it| it.is_in(dialect));
        self.ttl = self.ttl.take().filter(|it| it.is_in(dialect));
    }
}
