//! Every example of every rule is executed: the bad ones give the finding, the good ones are clean.

use orm_model::Targets;
use orm_schema_lang::{Rule, Severity, Workspace, diagnostics::rules::RULES};

/// The blocks of a rule's documentation that are marked `orm,good` or `orm,bad`.
fn examples<'a>(rule: &'a Rule, mark: &str) -> Vec<String> {
    let open = format!("```orm,{mark}");
    let mut examples = Vec::new();
    let mut lines = rule.docs.lines();
    while lines.by_ref().any(|line| line.trim() == open) {
        let block = lines.by_ref().take_while(|line| line.trim() != "```");
        examples.push(block.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n"));
    }
    examples
}

fn check(text: &str) -> Vec<orm_schema_lang::FileDiagnostic> {
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("schema.orm", format!("{text}\n"));
    workspace.diagnostics("schema.orm")
}

#[test]
fn bad_examples_give_the_finding() {
    for rule in RULES {
        let bad = examples(rule, "bad");
        assert!(!bad.is_empty(), "{} has no bad example", rule.code);
        for text in bad {
            let found = check(&text);
            assert!(found.iter().any(|it| it.rule == *rule), "{} is not found in:\n{text}\n{found:#?}", rule.code);
        }
    }
}

#[test]
fn good_examples_are_clean() {
    for rule in RULES {
        let good = examples(rule, "good");
        assert!(!good.is_empty(), "{} has no good example", rule.code);
        for text in good {
            let found = check(&text);
            let loud = found.iter().find(|it| it.rule == *rule || it.severity == Severity::Error);
            assert!(loud.is_none(), "{}: the good example is not clean:\n{text}\n{loud:#?}", rule.code);
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
fn every_finding_says_what_to_do() {
    for rule in RULES {
        for text in examples(rule, "bad") {
            for finding in check(&text) {
                assert!(finding.help.is_some(), "{} gives no help in:\n{text}", finding.rule.code);
            }
        }
    }
}
