//! Views, and statements that the language has no words for.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::text;

/// A view; its number in the schema gives its name.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) doc: Option<String>,
    /// The table that it reads.
    pub(super) table: Index,
    pub(super) columns: Vec<Index>,
    /// Whether it reads the view before instead.
    pub(super) reads_view: bool,
    pub(super) in_schema: bool,
}

/// Any views.
pub(super) fn views() -> impl Strategy<Value = Vec<View>> {
    let flags = (prop::bool::weighted(0.4), prop::bool::weighted(0.2));
    let view = (text::doc(), any::<Index>(), vec(any::<Index>(), 1..3), flags)
        .prop_map(|(doc, table, columns, (reads_view, in_schema))| View { doc, table, columns, reads_view, in_schema });
    prop_oneof![2 => Just(Vec::new()), 1 => vec(view, 1..3)]
}

/// Numbers of raw blocks.
pub(super) fn raw() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => Just(Vec::new()), 1 => vec(0..4_u8, 1..3)]
}

/// The block with this number, for the one or the other database.
pub(super) fn raw_block(number: u8) -> String {
    let (dialect, up, down) = match number % 2 {
        0 => (
            "postgres",
            format!("CREATE FUNCTION one{number}() RETURNS integer LANGUAGE sql AS 'SELECT 1; SELECT {number}'"),
            format!("DROP FUNCTION one{number}()"),
        ),
        _ => ("spanner", format!("CREATE CHANGE STREAM all{number}"), format!("DROP CHANGE STREAM all{number}")),
    };
    format!("raw {dialect} \"\"\"{up}\"\"\" down \"\"\"{down}\"\"\"\n")
}
