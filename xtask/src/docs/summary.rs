//! The table of contents, in mdBook's form.

use std::fmt::Write;

use orm_schema_lang::diagnostics::rules;

/// The pages that people write, in reading order.
const GUIDE: &[(&str, &str)] = &[
    ("The schema language", "language.md"),
    ("Checking", "checking.md"),
    ("The editor", "editor.md"),
    ("Setting up an editor", "editor-setup.md"),
    ("The command orm", "cli.md"),
    ("Benchmarks", "benchmarks.md"),
    ("False alarms", "false-alarms.md"),
];

/// The pages that are made of the registry.
const REFERENCE: &[(&str, &str)] = &[
    ("Declarations", "reference/declarations.md"),
    ("Types", "reference/types.md"),
    ("Defaults", "reference/defaults.md"),
    ("Attributes", "reference/attributes.md"),
    ("Table items", "reference/items.md"),
    ("Functions", "reference/functions.md"),
    ("Clauses of queries", "reference/clauses.md"),
    ("Versions of PostgreSQL", "reference/versions.md"),
];

pub(super) fn page() -> String {
    let mut page = "# Summary\n\n[orm](README.md)\n\n# Guide\n\n".to_owned();
    for (title, path) in GUIDE {
        _ = writeln!(page, "- [{title}]({path})");
    }
    page += "\n# Reference\n\n";
    for (title, path) in REFERENCE {
        _ = writeln!(page, "- [{title}]({path})");
    }
    page += "- [Diagnostics](diagnostics/README.md)\n";
    for rule in rules::all() {
        _ = writeln!(page, "  - [{} {}](diagnostics/{}.md)", rule.code, rule.slug, rule.code);
    }
    page
}
