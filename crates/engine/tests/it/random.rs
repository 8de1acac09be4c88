//! Random schemas that both databases take.

use orm_model::{BinaryOperator, Column, Literal, ReferentialAction, ScalarType, Schema, Table, types::NumericSize};
use proptest::prelude::*;

use crate::builder::{self, ColumnBuilder, TableBuilder, binary, col, literal, text, with_enum};

/// A schema of one to three tables, of which every later one may refer to the first.
pub(crate) fn schema() -> impl Strategy<Value = Schema> {
    let tables = (table("t0"), prop::option::of(table("t1")), prop::option::of(table("t2")));
    (tables, 1..4_usize).prop_map(|((first, second, third), values)| {
        let schema = builder::schema([first].into_iter().chain(second).chain(third));
        with_enum(schema, "Color", ScalarType::Text, &["red", "green", "blue"][..values])
    })
}

fn table(name: &'static str) -> impl Strategy<Value = Table> {
    let columns = prop::sample::subsequence(vec!["a", "b", "c", "d", "e"], 0..5).prop_shuffle();
    let columns =
        columns.prop_flat_map(|names| names.into_iter().map(|name| column(name.to_owned())).collect::<Vec<_>>());
    (columns, any::<[bool; 6]>(), 0..4_usize).prop_map(move |(columns, choices, at)| {
        let columns = std::iter::once(builder::column("id", ScalarType::Bigint)).chain(columns).collect::<Vec<_>>();
        with_members(builder::table(name, columns), choices, at)
    })
}

fn with_members(mut table: Table, choices: [bool; 6], at: usize) -> Table {
    let [unique, index, key, check, interleave, stores] = choices;
    let name = table.name.name.clone();
    let last = table.columns[at.min(table.columns.len() - 1)].name.clone();
    if unique {
        table = table.unique(&[&last]);
    }
    if index && last != "id" {
        table = table.index_with(&format!("{name}_by_last"), &[&last, "id"], |it| it.null_filtered = unique);
    }
    if stores && last != "id" {
        table = table.index_with(&format!("{name}_stores"), &["id"], |it| it.storing = vec![last.clone()]);
    }
    if key {
        table = table.references(&["id"], "t0", &["id"], ReferentialAction::Cascade);
    }
    if check {
        let condition = binary(BinaryOperator::Greater, col("id"), literal(Literal::Integer(at as i64)));
        table = table.check(&format!("{name}_positive"), condition);
    }
    if interleave && name != "t0" {
        table = table.interleave("t0", ReferentialAction::NoAction);
    }
    table
}

fn column(name: String) -> impl Strategy<Value = Column> {
    let choices = (any::<bool>(), prop::option::of("[a-c ]{1,3}"), any::<bool>());
    (typed(), choices).prop_map(move |((scalar, value), (nullable, doc, has_default))| {
        let mut column = builder::column(&name, scalar);
        column.nullable = nullable;
        column.doc = doc;
        if has_default { column.default(value) } else { column }
    })
}

/// A type that can be a key, and a value of it.
fn typed() -> impl Strategy<Value = (ScalarType, Literal)> {
    prop_oneof![
        any::<bool>().prop_map(|it| (ScalarType::Boolean, Literal::Boolean(it))),
        any::<i16>().prop_map(|it| (ScalarType::Smallint, Literal::Integer(it.into()))),
        any::<i32>().prop_map(|it| (ScalarType::Integer, Literal::Integer(it.into()))),
        any::<i64>().prop_map(|it| (ScalarType::Bigint, Literal::Integer(it))),
        "[a-z'\\\\\n\"é]{0,5}".prop_map(|it| (ScalarType::Text, text(&it))),
        (3..6_u32, "[a-z]{0,3}").prop_map(|(length, it)| (ScalarType::Varchar(Some(length)), text(&it))),
        "[a-z]{3}".prop_map(|it| (ScalarType::Char(3), text(&it))),
        (1..4_u32, "[0-9]{1,3}\\.[0-9]").prop_map(|(scale, it)| {
            (ScalarType::Numeric(Some(NumericSize { precision: 9, scale })), Literal::Decimal(it))
        }),
        Just((ScalarType::Enum("Color".to_owned()), text("red"))),
        Just((ScalarType::Uuid, text("6ba7b810-9dad-11d1-80b4-00c04fd430c8"))),
        Just((ScalarType::Date, text("2024-02-29"))),
        Just((ScalarType::Timestamptz(None), text("2024-02-29T10:00:00Z"))),
        Just((ScalarType::Bytes(Some(4)), text("a'b"))),
    ]
}
