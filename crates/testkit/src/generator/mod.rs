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
//! | `function` | calls of the registry's functions |
//! | `only` | what one database alone has |
//! | `provocation` | schemas at the edge of what one rule finds |
//! | `sequence` | sequences |
//! | `table` | tables, mixins and what stands in them |
//! | `text` | names, comments, quoted text |
//! | `render` | schemas as text |

mod column;
mod condition;
mod fault;
mod function;
mod only;
mod provocation;
mod render;
mod sequence;
mod table;
mod text;

use proptest::collection::vec;
use proptest::prelude::*;

use column::Column;
use only::Beside;
pub use provocation::provoking;
use sequence::Sequence;
use table::{Mixin, Table};

/// Tables in a schema at most: enough for parents, children and cycles.
const TABLES: usize = 4;

/// How many enums each schema declares; columns take them by number.
const ENUMS: usize = 3;

/// The named schema that some tables and sequences are in.
const SCHEMA: &str = "shop";

/// How many sequences each schema declares, the last one in a named schema; columns take them by number.
const SEQUENCES: usize = 2;

/// A schema before it is written.
#[derive(Debug, Clone)]
struct Schema {
    enums: Vec<Enum>,
    sequences: Vec<Sequence>,
    mixins: Vec<Mixin>,
    tables: Vec<Table>,
    beside: Beside,
}

/// An enum: its storage, and which texts it stores for its values.
#[derive(Debug, Clone)]
struct Enum {
    storage: Option<&'static str>,
    /// Whether it is a type of PostgreSQL.
    native: bool,
    /// The text of each value; `None`: its name.
    values: Vec<Option<String>>,
    doc: Option<String>,
}

/// The text of a random schema.
pub fn schema() -> impl Strategy<Value = String> {
    drawn().prop_map(|schema| render::render(&schema))
}

/// The texts of two random schemas, the second made of parts of the first and new ones.
pub fn pair() -> impl Strategy<Value = (String, String)> {
    (drawn(), drawn(), any::<u64>()).prop_map(|(first, other, choices)| {
        let second = mixed(&first, &other, choices);
        (render::render(&first), render::render(&second))
    })
}

fn drawn() -> impl Strategy<Value = Schema> {
    let mixins = (table::mixin(0), table::mixin(1)).prop_map(|(first, second)| vec![first, second]);
    let tables = vec(table::table(), 1..=TABLES);
    let sequences = vec(sequence::sequence(), SEQUENCES);
    (vec(enumeration(), ENUMS), sequences, mixins, tables, only::beside())
        .prop_map(|(enums, sequences, mixins, tables, beside)| Schema { enums, sequences, mixins, tables, beside })
}

fn enumeration() -> impl Strategy<Value = Enum> {
    let storage = prop::option::of(prop::sample::select(vec!["text", "varchar", "varchar(20)"]));
    let stored = prop::option::weighted(0.3, text::short());
    (storage, prop::bool::weighted(0.3), vec(stored, 1..5), text::doc())
        .prop_map(|(storage, native, values, doc)| Enum { storage, native, values, doc })
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
    for (table, other) in schema.tables.iter_mut().zip(&other.tables) {
        table.take_parts(other, &mut other_one);
    }
    match other_one() {
        true => schema.tables.truncate(other.tables.len()),
        false => schema.tables.extend(other.tables.iter().skip(first.tables.len()).cloned()),
    }
    schema
}

/// A column together with its name in its table.
#[derive(Debug, Clone)]
struct Named {
    name: String,
    column: Column,
}
