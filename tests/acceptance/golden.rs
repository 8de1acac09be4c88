//! The SQL of every change, as files that a person has read. `UPDATE_GOLDEN=1` writes them anew.

use std::fmt::Write;

use orm_engine::{
    diff::{apply_all, diff, invert},
    plan::{Plan, plan},
};

use crate::case::{self, Case};

#[test]
fn changes_lead_forth_and_back() {
    for Case { name, before, after, .. } in case::migrations() {
        let changes = diff(&before, &after);
        assert_eq!(invert(&changes), diff(&after, &before), "{name}: down undoes up");
        let mut schema = before.clone();
        apply_all(&mut schema, &changes).unwrap();
        assert_eq!(schema, after, "{name}: the changes make the second schema of the first");
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
        for (direction, from, to) in [("up", &case.before, &case.after), ("down", &case.after, &case.before)] {
            let plan = plan(from, to, &case.targets, dialect);
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
