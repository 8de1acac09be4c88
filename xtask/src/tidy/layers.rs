//! Who may depend on whom, as ARCHITECTURE.md says it.

use std::env;

use anyhow::{Result, bail};

use crate::workspace;

/// A crate, and what it must not reach, however far down.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("orm-model", &["orm-schema-lang", "orm-driver", "orm-engine", "tokio", "salsa", "tree-sitter"]),
    (
        "orm-engine",
        &["salsa", "tree-sitter", "orm-schema-lang", "tokio-postgres", "google-cloud-spanner", "pglite-oxide"],
    ),
    (
        "orm-schema-lang",
        &["tokio", "orm-driver", "orm-engine", "tokio-postgres", "google-cloud-spanner", "pglite-oxide"],
    ),
    ("orm-ide", &["tokio", "lsp-types", "tokio-postgres", "google-cloud-spanner", "pglite-oxide"]),
    ("orm-project", &["tokio", "salsa", "tree-sitter", "tokio-postgres", "google-cloud-spanner", "pglite-oxide"]),
    ("orm-driver", &["salsa", "tree-sitter", "orm-engine", "orm-schema-lang"]),
    ("orm-lsp", &["tokio-postgres", "google-cloud-spanner", "pglite-oxide"]),
];

/// Asks cargo for the tree of each crate, without dependencies of tests.
pub(super) fn check() -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    for (name, forbidden) in FORBIDDEN {
        let tree =
            workspace::output(&cargo, &["tree", "-p", name, "-e", "normal", "--prefix", "none", "--format", "{p}"])?;
        let reached = tree.lines().filter_map(|line| line.split_whitespace().next());
        let found: Vec<_> = reached.filter(|dependency| forbidden.contains(dependency)).collect();
        if let Some(dependency) = found.first() {
            bail!(
                "{name} reaches {dependency}, which ARCHITECTURE.md forbids; see `cargo tree -p {name} -i {dependency}`"
            );
        }
    }
    Ok(())
}
