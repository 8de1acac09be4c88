//! What finds the rows of a table by their columns: the primary key, unique constraints, indexes.

use orm_model::{Dialect, Index, IndexKey, schema::NullsOrder};

use super::{Location, RuleContext};
use crate::lower::shape::Place;

/// One way to find rows.
pub(crate) struct AccessPath<'a> {
    /// What it is, for messages: `index`, `unique constraint`, `primary key`.
    pub(crate) kind: PathKind,
    /// The name in the database; the primary key may have none.
    pub(crate) name: Option<&'a str>,
    /// What it sorts by.
    pub(crate) keys: Vec<PathKey<'a>>,
    /// Further columns that it holds.
    pub(crate) storing: &'a [String],
    /// Whether it leaves rows out, in some target, whose key holds a NULL.
    pub(crate) leaves_out_nulls: bool,
    /// The access method of PostgreSQL; B-tree without it.
    pub(crate) using: Option<&'a str>,
    /// The one database that has it.
    pub(crate) only: Option<Dialect>,
    /// Where it was written.
    pub(crate) place: &'a Place,
}

/// Whether an index sorts columns as a query does, and holds a place for every row.
fn is_plain(index: &Index) -> bool {
    let is_plain = |key: &IndexKey| key.column_name().is_some() && key.opclass.is_none() && key.collation.is_none();
    index.condition.is_none() && index.keys.iter().all(is_plain)
}

/// What an access path was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PathKind {
    PrimaryKey,
    Unique,
    UniqueIndex,
    Index,
}

/// A column that a path sorts by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PathKey<'a> {
    /// Its physical name.
    pub(crate) column: &'a str,
    /// Whether it is sorted downwards.
    pub(crate) descending: bool,
    /// Where its NULLs stand, if that was said.
    pub(crate) nulls: Option<NullsOrder>,
}

impl<'a> PathKey<'a> {
    fn of(key: &'a IndexKey) -> Option<Self> {
        Some(PathKey { column: key.column_name()?, descending: key.descending, nulls: key.nulls })
    }

    fn ascending(column: &'a str) -> Self {
        PathKey { column, descending: false, nulls: None }
    }
}

impl PathKind {
    /// As messages call it.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            PathKind::PrimaryKey => "primary key",
            PathKind::Unique => "unique constraint",
            PathKind::UniqueIndex => "unique index",
            PathKind::Index => "index",
        }
    }

    /// Whether no two rows have the same key.
    pub(crate) const fn is_unique(self) -> bool {
        !matches!(self, PathKind::Index)
    }
}

impl<'a> AccessPath<'a> {
    /// All paths of a table or mixin: the primary key, then unique constraints, then indexes.
    pub(crate) fn all(context: &RuleContext<'a>) -> Vec<Self> {
        let (table, lowered) = (context.table(), context.lowered);
        let key = table.primary_key.iter().zip(&lowered.primary_key).map(|(key, place)| AccessPath {
            kind: PathKind::PrimaryKey,
            name: key.name.as_deref(),
            keys: key
                .columns
                .iter()
                .map(|it| PathKey { column: &it.name, descending: it.descending, nulls: None })
                .collect(),
            storing: &[],
            leaves_out_nulls: false,
            using: None,
            only: None,
            place,
        });
        let uniques = table.uniques.iter().zip(&lowered.uniques).map(|(it, place)| AccessPath {
            kind: PathKind::Unique,
            name: Some(&it.name),
            keys: it.columns.iter().map(|column| PathKey::ascending(column)).collect(),
            storing: &[],
            leaves_out_nulls: !it.nulls_equal && drops_nulls(context, it.columns.iter().map(String::as_str)),
            using: None,
            only: it.only,
            place,
        });
        let indexes = table.indexes.iter().zip(&lowered.indexes).filter(|(it, _)| is_plain(it));
        let indexes = indexes.map(|(it, place)| AccessPath {
            kind: if it.unique { PathKind::UniqueIndex } else { PathKind::Index },
            name: Some(&it.name),
            keys: it.keys.iter().filter_map(PathKey::of).collect(),
            storing: &it.storing,
            leaves_out_nulls: it.null_filtered || (it.unique && drops_nulls(context, it.key_columns())),
            using: it.using.as_deref(),
            only: it.only,
            place,
        });
        key.chain(uniques).chain(indexes).collect()
    }

    /// The physical names of its columns, in order.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &'a str> + '_ {
        self.keys.iter().map(|it| it.column)
    }

    /// Whether it is sorted, so that the beginning of its key finds rows, too.
    pub(crate) fn is_sorted(&self) -> bool {
        self.using.is_none_or(|it| it == "btree")
    }

    /// Whether it finds all rows by these columns, in any order.
    pub(crate) fn begins_with(&self, columns: &[String]) -> bool {
        let first: Vec<_> = self.columns().take(columns.len()).collect();
        self.is_sorted()
            && !self.leaves_out_nulls
            && first.len() == columns.len()
            && columns.iter().all(|it| first.contains(&it.as_str()))
    }

    /// Whether there is a database that has this one and not `other`.
    pub(crate) fn is_wider_than(&self, other: &Self) -> bool {
        other.only.is_some() && other.only != self.only
    }

    /// `index idx_users_email`
    pub(crate) fn title(&self) -> String {
        match self.name {
            Some(name) => format!("{} `{name}`", self.kind.title()),
            None => self.kind.title().to_owned(),
        }
    }

    /// Where it was written, in the table or the mixin.
    pub(crate) fn location(&self) -> Location {
        self.place.location()
    }
}

/// Whether a unique key of these columns becomes an index without the rows that hold a NULL in it.
fn drops_nulls<'a>(context: &RuleContext<'_>, mut columns: impl Iterator<Item = &'a str>) -> bool {
    let leaves_out = context.targets().dialects().any(|dialect| !dialect.capabilities().distinct_nulls);
    leaves_out && columns.any(|name| context.column(name).is_some_and(|it| it.nullable))
}
