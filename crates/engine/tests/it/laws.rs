//! What holds for any two schemas.

use orm_engine::{
    diff::{Change, apply_all, diff, invert},
    plan,
};
use orm_model::{
    BinaryOperator, Column, Dialect, Literal, ReferentialAction, ScalarType, Schema, Table, Targets, types::NumericSize,
};
use proptest::prelude::*;

use crate::builder::{self, ColumnBuilder, TableBuilder, binary, col, literal, with_enum};

fn scalar() -> impl Strategy<Value = ScalarType> {
    prop_oneof![
        Just(ScalarType::Boolean),
        Just(ScalarType::Integer),
        Just(ScalarType::Bigint),
        Just(ScalarType::Text),
        (1..4_u32).prop_map(|length| ScalarType::Varchar(Some(length))),
        (1..3_u32).prop_map(|scale| ScalarType::Numeric(Some(NumericSize { precision: 9, scale }))),
        Just(ScalarType::Enum("Color".to_owned())),
        Just(ScalarType::Uuid),
    ]
}

fn column(name: String) -> impl Strategy<Value = Column> {
    (scalar(), any::<bool>(), prop::option::of("[a-c ]{0,3}"), any::<bool>()).prop_map(move |(scalar, nullable, doc, null)| {
        let mut column = builder::column(&name, scalar);
        column.nullable = nullable;
        column.doc = doc;
        if null { column.default(Literal::Null) } else { column }
    })
}

fn table(name: &'static str) -> impl Strategy<Value = Table> {
    let columns = prop::sample::subsequence(vec!["a", "b", "c", "d", "e"], 0..5).prop_shuffle();
    let columns = columns.prop_flat_map(|names| names.into_iter().map(|name| column(name.to_owned())).collect::<Vec<_>>());
    (columns, any::<[bool; 5]>(), 0..4_usize).prop_map(move |(columns, [unique, index, key, check, interleave], at)| {
        let columns = std::iter::once(builder::column("id", ScalarType::Bigint)).chain(columns).collect::<Vec<_>>();
        let last = columns[at.min(columns.len() - 1)].name.clone();
        let mut table = builder::table(name, columns);
        if unique {
            table = table.unique(&[&last]);
        }
        if index {
            table = table.index_with("by_last", &[&last, "id"], |it| it.null_filtered = unique);
        }
        if key {
            table = table.references(&["id"], "t0", &["id"], ReferentialAction::Cascade);
        }
        if check {
            let condition = binary(BinaryOperator::Greater, col("id"), literal(Literal::Integer(at as i64)));
            table = table.check("positive", condition);
        }
        if interleave && name != "t0" {
            table = table.interleave("t0", ReferentialAction::NoAction);
        }
        table
    })
}

fn schema() -> impl Strategy<Value = Schema> {
    let tables = (table("t0"), prop::option::of(table("t1")), prop::option::of(table("t2")));
    (tables, 1..4_usize).prop_map(|((first, second, third), values)| {
        let schema = builder::schema([first].into_iter().chain(second).chain(third));
        with_enum(schema, "Color", ScalarType::Text, &["red", "green", "blue"][..values])
    })
}

proptest! {
    #[test]
    fn changes_replay_and_undo((before, after) in (schema(), schema())) {
        let changes = diff(&before, &after);
        let mut replayed = before.clone();
        apply_all(&mut replayed, &changes).unwrap();
        prop_assert_eq!(&replayed, &after);
        apply_all(&mut replayed, &invert(&changes)).unwrap();
        prop_assert_eq!(&replayed, &before);
        prop_assert_eq!(diff(&after, &before), invert(&changes));
        prop_assert_eq!(diff(&before, &before), vec![]);
    }

    #[test]
    fn changes_survive_a_file((before, after) in (schema(), schema())) {
        for change in diff(&before, &after) {
            let line = serde_json::to_string(&change).unwrap();
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(serde_json::from_str::<Change>(&line).unwrap(), change);
        }
    }

    #[test]
    fn a_plan_is_the_same_every_time((before, after) in (schema(), schema())) {
        for dialect in Dialect::ALL {
            let plan = || plan::plan(&before, &after, &Targets::default(), dialect);
            prop_assert_eq!(plan(), plan());
            prop_assert!(plan::plan(&after, &after, &Targets::default(), dialect).is_empty());
        }
    }
}

#[test]
fn a_change_that_does_not_fit_is_told() {
    let table = || builder::table("users", [builder::column("id", ScalarType::Bigint)]);
    let (empty, full) = (Schema::default(), builder::schema([table()]));
    let mut changed = full.clone();
    changed.tables.values_mut().for_each(|table| table.columns[0].nullable = true);
    let error = apply_all(&mut changed, &diff(&full, &empty)).unwrap_err();
    assert_eq!(error.to_string(), "cannot drop table users: the table is not as it was when the change was made");
    let error = apply_all(&mut full.clone(), &diff(&empty, &full)).unwrap_err();
    assert_eq!(error.to_string(), "cannot add table users: the table exists already");
}
