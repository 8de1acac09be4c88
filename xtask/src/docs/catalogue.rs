//! A page for each diagnostic, and a list of them.

use std::fmt::Write;

use orm_schema_lang::{
    Rule, Severity,
    diagnostics::{Category, Part, rules},
};

use super::{MARK, Pages};

pub(super) fn pages(pages: &mut Pages) {
    for rule in rules::all() {
        pages.insert(format!("docs/diagnostics/{}.md", rule.code), page(rule));
    }
    pages.insert("docs/diagnostics/README.md".to_owned(), index());
}

fn page(rule: &Rule) -> String {
    let severity = rule.severity.name();
    let mut page = format!("{MARK}\n# {} {}\n\n{}.\n\n", rule.code, rule.slug, rule.title());
    _ = writeln!(page, "Severity: {severity}. {}", rule.oracle_sentence());
    for part in rule.parts() {
        match part {
            Part::Prose(text) => page += &format!("\n{text}"),
            Part::Example(example) => {
                let (heading, mark) = if example.is_good { ("Right", "good") } else { ("Wrong", "bad") };
                let mut marks = mark.to_owned();
                marks.extend(example.postgres.map(|it| format!(",postgres-{it}")));
                if example.only_postgres {
                    marks += ",only-postgres";
                }
                let targets = example.targets_title();
                page += &format!("\n{heading}{targets}:\n\n```orm,{marks}\n{}```\n", example.text);
            }
            Part::Refused(statements) => {
                page += &format!("\n{} refuses:\n\n```sql\n{}```\n", statements.dialect.title(), statements.text);
            }
        }
    }
    page += &format!("\n{}\n", how_to_silence(rule));
    page
}

fn how_to_silence(rule: &Rule) -> String {
    if rule.severity == Severity::Error {
        return "It is always an error: neither `[lint]` nor a [comment](../checking.md#accepting-a-finding) silences it."
            .to_owned();
    }
    format!(
        "To accept one place: `// orm-allow {}: REASON` ([how](../checking.md#accepting-a-finding)). \
         To set it for the project: `{} = \"off\"` in `[lint]` of `orm.toml`.",
        rule.code, rule.slug
    )
}

fn index() -> String {
    let mut page = format!(
        "{MARK}\n# Diagnostics\n\n`orm explain CODE` shows these pages in the terminal. An error is what a database refuses, \
         or what has no meaning; warnings and hints are for people to decide. Every example is executed by tests.\n"
    );
    for category in Category::ALL {
        let rules: Vec<_> = rules::all().into_iter().filter(|rule| rule.category() == category).collect();
        if rules.is_empty() {
            continue;
        }
        page +=
            &format!("\n## {}\n\n| Code | Name | Severity | What is wrong |\n|---|---|---|---|\n", category.title());
        for rule in rules {
            let (code, title) = (rule.code, rule.title().replace('|', "\\|"));
            _ = writeln!(page, "| [{code}]({code}.md) | `{}` | {} | {title} |", rule.slug, rule.severity.name());
        }
    }
    page
}
