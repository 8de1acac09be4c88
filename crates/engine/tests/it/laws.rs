//! What holds for any two schemas.

use orm_engine::{
    diff::{Change, apply_all, diff, invert},
    plan,
};
use orm_model::{Dialect, ScalarType, Schema, Targets};
use proptest::prelude::*;

use crate::{builder, random::schema};

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
