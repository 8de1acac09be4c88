//! Random schemas as `.orm` text, over the whole language.
//!
//! [`schema`] makes one schema, [`pair`] two that resemble one another, for a migration between them, [`provoking`] one
//! at the edge of what a rule finds. Most of what comes
//! out passes `orm check` for both databases, not all: a generator that knew every rule would hide those that are wrong.
//!
//! A schema is drawn as data first and written afterwards (`render`): what refers to something else says only *which*
//! (`Index`), and writing resolves it. So each part shrinks on its own.
//!
//! | file | subject |
//! |---|---|
//! | `column` | columns, types and defaults |
//! | `condition` | the conditions of checks |
//! | `fault` | schemas at the edge of what a database takes |
//! | `expression` | expressions of any type, with every function |
//! | `object` | views, extensions, raw SQL |
//! | `only` | what one database alone has |
//! | `provocation` | schemas at the edge of what one rule finds |
//! | `query` | queries for a schema |
//! | `sequence` | sequences |
//! | `table` | tables, mixins and what stands in them |
//! | `text` | names, comments, quoted text |
//! | `render` | schemas as text |

mod column;
mod condition;
mod expression;
mod fault;
mod object;
mod only;
mod provocation;
pub mod query;
mod render;
mod sequence;
mod table;
mod text;

use proptest::collection::vec;
use proptest::prelude::*;

use column::Column;
use object::View;
use only::Beside;
use orm_model::{Targets, targets::PostgresTarget};
pub use provocation::provoking;
use sequence::Sequence;
use table::{Mixin, Table};

/// Tables in a schema at most: enough for parents, children and cycles.
const TABLES: usize = 4;

/// The version of PostgreSQL that has virtual columns and constraints that are not enforced: that of PGlite.
const NEWER_POSTGRES: u32 = 18;

/// How many enums each schema declares; columns take them by number.
const ENUMS: usize = 3;

/// The named schema that some tables and sequences are in.
const SCHEMA: &str = "shop";

/// How many sequences each schema declares, the last one in a named schema; columns take them by number.
const SEQUENCES: usize = 2;

/// A schema before it is written.
#[derive(Debug, Clone)]
struct Schema {
    /// The databases that it is for.
    targets: Targets,
    enums: Vec<Enum>,
    sequences: Vec<Sequence>,
    mixins: Vec<Mixin>,
    tables: Vec<Table>,
    beside: Beside,
    views: Vec<View>,
    raw: Vec<u8>,
    has_extension: bool,
}

/// An enum: its storage, and which texts it stores for its values.
#[derive(Debug, Clone)]
struct Enum {
    storage: Option<&'static str>,
    /// Whether it is a type of PostgreSQL.
    native: bool,
    /// The text of each value; `None`: its name.
    values: Vec<Option<String>>,
    /// Whether its values but the first had other names in the schema before.
    was: bool,
    doc: Option<String>,
}

/// The text of a random schema.
pub fn schema() -> impl Strategy<Value = String> {
    drawn(Just(Targets::default())).prop_map(|schema| render::render(&schema))
}

/// The texts of two random schemas for the same databases.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The first schema.
    pub before: String,
    /// The second schema.
    pub after: String,
    /// The databases that both are for.
    pub targets: Targets,
}

/// Two random schemas, the second made of parts of the first and new ones.
pub fn pair() -> impl Strategy<Value = Pair> {
    (drawn(targets()), drawn(Just(Targets::default())), any::<u64>()).prop_map(|(first, other, choices)| {
        let second = mixed(&first, &other, choices);
        Pair { before: render::render(&first), after: render::render(&second), targets: first.targets }
    })
}

/// Mostly both databases, as a schema without `orm.toml`; also one alone, and a PostgreSQL that has more.
fn targets() -> impl Strategy<Value = Targets> {
    let newer = PostgresTarget { version: NEWER_POSTGRES, version_is_stated: true };
    let both = Targets::default();
    prop_oneof![
        6 => Just(both.clone()),
        2 => Just(Targets { spanner: None, ..both.clone() }),
        1 => Just(Targets { postgres: Some(newer.clone()), ..both.clone() }),
        1 => Just(Targets { postgres: Some(newer), spanner: None }),
        1 => Just(Targets { postgres: None, ..both }),
    ]
}

fn drawn(targets: impl Strategy<Value = Targets>) -> impl Strategy<Value = Schema> {
    let mixins = (table::mixin(0), table::mixin(1)).prop_map(|(first, second)| vec![first, second]);
    let tables = vec(table::table(), 1..=TABLES);
    let sequences = vec(sequence::sequence(), SEQUENCES);
    let objects = (object::views(), object::raw(), prop::bool::weighted(0.2), only::beside());
    (targets, vec(enumeration(), ENUMS), sequences, mixins, tables, objects).prop_map(
        |(targets, enums, sequences, mixins, tables, (views, raw, has_extension, beside))| Schema {
            targets,
            enums,
            sequences,
            mixins,
            tables,
            views,
            raw,
            has_extension,
            beside,
        },
    )
}

fn enumeration() -> impl Strategy<Value = Enum> {
    let storage = prop::option::of(prop::sample::select(vec!["text", "varchar", "varchar(20)"]));
    let stored = prop::option::weighted(0.3, text::short());
    (storage, prop::bool::weighted(0.3), vec(stored, 1..5), text::doc())
        .prop_map(|(storage, native, values, doc)| Enum { storage, native, values, was: false, doc })
}

/// The first schema with parts of the other one; each bit of `choices` decides one part.
fn mixed(first: &Schema, other: &Schema, choices: u64) -> Schema {
    let mut bits = (0..u64::BITS).cycle().map(|bit| choices >> bit & 1 == 1);
    let mut other_one = move || bits.next().unwrap_or_default();
    let mut schema = first.clone();
    if other_one() {
        schema.enums.clone_from(&other.enums);
    }
    if other_one() {
        schema.sequences.clone_from(&other.sequences);
    }
    if other_one() {
        schema.mixins.clone_from(&other.mixins);
    }
    if other_one() {
        schema.beside.clone_from(&other.beside);
    }
    if other_one() {
        schema.views.clone_from(&other.views);
    }
    if other_one() {
        schema.raw.clone_from(&other.raw);
        schema.has_extension = other.has_extension;
    }
    for (table, other) in schema.tables.iter_mut().zip(&other.tables) {
        table.take_parts(other, &mut other_one);
    }
    match other_one() {
        true => schema.tables.truncate(other.tables.len()),
        false => schema.tables.extend(other.tables.iter().skip(first.tables.len()).cloned()),
    }
    rename(&mut schema, first, &mut other_one);
    schema
}

/// Gives other names to some of what the first schema has, too.
fn rename(schema: &mut Schema, first: &Schema, choose: &mut impl FnMut() -> bool) {
    let mut seldom = || choose() && choose() && choose();
    for (table, old) in schema.tables.iter_mut().zip(&first.tables) {
        table.was = seldom();
        table.columns.iter_mut().zip(&old.columns).for_each(|(column, _)| column.was = seldom());
    }
    for declared in &mut schema.enums {
        declared.was = seldom();
    }
}

/// A column together with its name in its table.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    column: Column,
}
