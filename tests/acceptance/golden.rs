//! The SQL of every change, as files that a person has read. `UPDATE_GOLDEN=1` writes them anew.

use std::fmt::Write;

use orm_engine::{
    diff::{Change, apply_all, diff, invert},
    plan::{Plan, plan, plan_back},
};

use crate::case::{self, Case};

#[test]
fn changes_lead_forth_and_back() {
    for Case { name, before, after, .. } in case::migrations() {
        let changes = diff(&before, &after);
        let mut schema = before.without_orders().into_owned();
        apply_all(&mut schema, &changes).unwrap();
        assert_eq!(schema, *after.without_orders(), "{name}: the changes make the second schema of the first");
        apply_all(&mut schema, &invert(&changes)).unwrap();
        assert_eq!(schema, *before.without_orders(), "{name}: down undoes up");
        // A rename speaks of old names on one way and of new ones on the other.
        if !changes.iter().any(|it| matches!(it, Change::Rename(_))) {
            assert_eq!(invert(&changes), diff(&after, &before), "{name}: down undoes up");
        }
    }
}

#[test]
fn plans_are_the_golden_sql() {
    let cases = case::migrations();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    let wrong: Vec<_> = cases.iter().flat_map(differences).collect();
    assert!(wrong.is_empty(), "{}\nIf that is right: UPDATE_GOLDEN=1, and read the files.", wrong.join("\n"));
}

fn differences(case: &Case) -> Vec<String> {
    let mut wrong = Vec::new();
    for dialect in case.targets.dialects() {
        let (before, after, targets) = (&case.before, &case.after, &case.targets);
        let plans = [plan(before, after, targets, dialect), plan_back(before, after, targets, dialect)];
        for (direction, plan) in ["up", "down"].into_iter().zip(plans) {
            wrong.extend(case.golden(&format!("{dialect}.{direction}.sql"), &text(&plan)));
        }
    }
    wrong
}

/// A plan as a reviewer reads it.
fn text(plan: &Plan) -> String {
    let mut text = String::new();
    for loss in &plan.data_loss {
        writeln!(text, "-- data loss: {loss}").unwrap();
    }
    for gap in &plan.unsupported {
        writeln!(text, "-- unsupported: {gap}").unwrap();
    }
    for statement in &plan.statements {
        if !text.is_empty() {
            text.push('\n');
        }
        for line in statement.note.iter().flat_map(|it| it.lines()) {
            writeln!(text, "-- {line}").unwrap();
        }
        writeln!(text, "{};", statement.sql).unwrap();
    }
    if text.is_empty() { "-- nothing to do\n".to_owned() } else { text }
}
