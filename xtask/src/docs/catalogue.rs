//! A page for each diagnostic, and a list of them.

use std::fmt::Write;

use orm_schema_lang::diagnostics::{Category, rules};

use super::{MARK, Pages};

pub(super) fn pages(pages: &mut Pages) {
    for rule in rules::all() {
        pages.insert(format!("docs/diagnostics/{}.md", rule.code), format!("{MARK}\n{}", rule.markdown("..")));
    }
    pages.insert("docs/diagnostics/README.md".to_owned(), index());
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
        page += &format!(
            "\n## {}\n\n| Code | Name | Severity | Quick fix | What is wrong |\n|---|---|---|---|---|\n",
            category.title()
        );
        for rule in rules {
            let (code, title) = (rule.code, rule.title().replace('|', "\\|"));
            let fixes = rule.fixes();
            let fix = match fixes.iter().any(|it| it.is_safe) {
                true => "by `--fix`",
                false if fixes.is_empty() => "",
                false => "offered",
            };
            let severity = rule.severity.name();
            _ = writeln!(page, "| [{code}]({code}.md) | `{}` | {severity} | {fix} | {title} |", rule.slug);
        }
    }
    page
}
