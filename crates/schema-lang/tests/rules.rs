//! Every example of every rule is executed: the bad ones give the finding, the good ones are clean.

use chrono::NaiveDate;
use orm_model::Targets;
use orm_schema_lang::{
    Rule, Severity, Workspace,
    diagnostics::{Example, Oracle, rules::RULES},
    fix_all::{ROUNDS, without_overlaps},
    workspace::{FileDiagnostic, FileFix},
};

/// The examples of a rule that are good, or bad.
fn examples(rule: &Rule, mark: &str) -> Vec<Example> {
    rule.examples().filter(|it| it.is_good == (mark == "good")).collect()
}

/// The text of `schema.orm` after a fix.
fn fixed(text: &str, fix: &FileFix) -> String {
    let mut text = text.to_owned();
    let mut edits: Vec<_> = fix.edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.range.start));
    for edit in edits {
        text.replace_range(edit.range.clone(), &edit.replacement);
    }
    text
}

#[test]
fn every_fix_removes_its_finding_and_brings_no_error() {
    for rule in RULES {
        for example in examples(rule, "bad") {
            let before = check(&example);
            for (finding, fix) in before.iter().flat_map(|it| it.fixes.iter().map(move |fix| (it, fix))) {
                let after = Example { text: fixed(&example.text, fix), ..example.clone() };
                let left = check(&after);
                let title = &fix.title;
                assert!(
                    title.starts_with(char::is_uppercase),
                    "{}: {title}: begin it with a capital",
                    finding.rule.code
                );
                let context = || format!("{}: {}:\n{}\n{left:#?}", finding.rule.code, fix.title, after.text);
                let count = |of: &[FileDiagnostic]| of.iter().filter(|it| it.rule == finding.rule).count();
                assert!(count(&left) < count(&before), "the finding is still there: {}", context());
                let errors = |of: &[FileDiagnostic], rule| {
                    of.iter().filter(|it| it.rule == rule && it.severity == Severity::Error).count()
                };
                let new = left.iter().find(|it| errors(&left, it.rule) > errors(&before, it.rule));
                assert!(new.is_none(), "a new error: {new:?} {}", context());
            }
        }
    }
}

/// What `docs/checking.md` promises of safe fixes, for those that are made together, too.
#[test]
fn safe_fixes_leave_no_error_behind_and_change_nothing_that_works() {
    let mut count = 0;
    for rule in RULES {
        for example in rule.examples() {
            let before = check(&example);
            let safe = |found: &[FileDiagnostic]| -> Vec<FileFix> {
                let fixes = found.iter().filter_map(|it| it.fixes.iter().find(|it| it.is_safe)).cloned();
                without_overlaps(fixes, |it| it.edits.iter().map(|it| ("", it.range.clone())).collect())
            };
            let (mut after, mut found) = (example.clone(), before.clone());
            for _ in 0..ROUNDS {
                let edits = safe(&found).into_iter().flat_map(|it| it.edits).collect();
                after.text = fixed(&after.text, &FileFix { title: String::new(), is_safe: true, edits });
                found = check(&after);
            }
            let context = || format!("{}:\n{}\n->\n{}\n{found:#?}", rule.code, example.text, after.text);
            assert_eq!(safe(&found), [], "they never end: {}", context());
            let errors = |of: &[FileDiagnostic]| of.iter().filter(|it| it.severity == Severity::Error).count();
            let unsafe_errors = before.iter().filter(|it| !it.fixes.iter().any(|it| it.is_safe)).cloned();
            assert!(errors(&found) <= errors(&unsafe_errors.collect::<Vec<_>>()), "an error is left: {}", context());
            if errors(&before) == 0 {
                let (before, after) = (workspace(&example), workspace(&after));
                assert_eq!(before.schema(), after.schema(), "other DDL: {}", context());
                assert_eq!(before.queries(), after.queries(), "other queries: {}", context());
            }
            count += usize::from(example.text != after.text);
        }
    }
    assert!(count >= 8, "the examples have {count} with a safe fix");
}

fn workspace(example: &Example) -> Workspace {
    let mut workspace = Workspace::new(example.targets(), Default::default());
    workspace.set_today(NaiveDate::from_ymd_opt(2026, 7, 2));
    workspace.open("schema.orm", example.text.as_str());
    workspace
}

fn check(example: &Example) -> Vec<FileDiagnostic> {
    workspace(example).diagnostics("schema.orm")
}

#[test]
fn bad_examples_give_the_finding() {
    for rule in RULES {
        let bad = examples(rule, "bad");
        assert!(!bad.is_empty(), "{} has no bad example", rule.code);
        for example in bad {
            let found = check(&example);
            assert!(
                found.iter().any(|it| it.rule == *rule),
                "{} is not found in:\n{}\n{found:#?}",
                rule.code,
                example.text
            );
        }
    }
}

#[test]
fn good_examples_are_clean() {
    for rule in RULES {
        let good = examples(rule, "good");
        assert!(!good.is_empty(), "{} has no good example", rule.code);
        for example in good {
            let found = check(&example);
            let loud = found.iter().find(|it| it.rule == *rule || it.severity == Severity::Error);
            assert!(loud.is_none(), "{}: the good example is not clean:\n{}\n{loud:#?}", rule.code, example.text);
        }
    }
}

#[test]
fn codes_and_slugs_are_unique_and_ordered() {
    let codes: Vec<_> = RULES.iter().map(|rule| rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes.len(), sorted.len(), "a code stands twice");
    let mut slugs: Vec<_> = RULES.iter().map(|rule| rule.slug).collect();
    slugs.sort_unstable();
    slugs.dedup();
    assert_eq!(codes.len(), slugs.len(), "a slug stands twice");
}

#[test]
fn the_first_line_of_a_rule_is_its_title() {
    for rule in RULES {
        let paragraph: Vec<_> = rule.docs.lines().take_while(|line| !line.trim().is_empty()).collect();
        assert_eq!(paragraph.len(), 1, "{}: the first paragraph is the title and fits on one line", rule.code);
        assert!(rule.title().chars().count() <= 100, "{}: the title is longer than 100 characters", rule.code);
        assert!(!rule.title().contains(". "), "{}: the title is one sentence", rule.code);
    }
}

#[test]
fn codes_say_what_they_are_about() {
    for rule in RULES {
        assert!(rule.code.starts_with(rule.category().prefix()));
    }
}

#[test]
fn only_what_a_database_or_the_language_refuses_is_an_error_by_default() {
    for rule in RULES {
        let refused = rule.oracle != Oracle::Policy;
        assert!(!refused || rule.severity == Severity::Error, "{} is refused, but no error", rule.code);
    }
}

#[test]
fn every_finding_says_what_to_do() {
    for rule in RULES {
        for example in examples(rule, "bad") {
            for finding in check(&example) {
                assert!(finding.help.is_some(), "{} gives no help in:\n{}", finding.rule.code, example.text);
            }
        }
    }
}

#[test]
fn what_an_unknown_mixin_may_bring_is_not_missed() {
    let text =
        "table a {\n  ...Nothing\n\n  index(created_at)\n}\ntable b {\n  id  uuid  @primary_key  @references(a.id)\n}";
    let found = check(&Example { text: format!("{text}\n"), is_good: false, postgres: None, only_postgres: false });
    assert_eq!(found.iter().map(|it| it.rule.slug).collect::<Vec<_>>(), ["unknown-mixin"], "{found:#?}");
}

#[test]
fn constraints_of_one_table_need_names_in_postgresql_alone() {
    let text = "table a {\n  id  bigint  @primary_key\n  n   bigint  @check(n > 0, name: \"c\") @check(n < 9, name: \"c\")\n}\n";
    let targets = Targets { spanner: None, ..Targets::default() };
    let mut workspace = Workspace::new(targets, Default::default());
    workspace.open("schema.orm", text);
    let found = workspace.diagnostics("schema.orm");
    assert_eq!(found.iter().map(|it| it.rule.slug).collect::<Vec<_>>(), ["relation-name-clash"], "{found:#?}");
}

#[test]
fn the_name_of_a_primary_key_is_no_other_constraint_for_any_targets() {
    for item in [
        "primary_key(id)\n  check(n > 0, name: \"t_pkey\")",
        "primary_key(id, name: \"k\")\n  check(n > 0, name: \"k\")",
    ] {
        let mut workspace = Workspace::new(Targets::default(), Default::default());
        workspace.open("schema.orm", format!("table t {{\n  id  bigint\n  n   bigint\n  {item}\n}}\n"));
        let found = workspace.diagnostics("schema.orm");
        assert_eq!(found.iter().map(|it| it.rule.slug).collect::<Vec<_>>(), ["relation-name-clash"], "{found:#?}");
    }
}
