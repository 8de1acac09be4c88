//! What the committed texts must not hold.

use std::{fs, path::Path};

use anyhow::{Result, bail};

use crate::workspace;

/// Beginnings of paths that exist on one machine only. Split, so that this file does not hold them itself.
const MACHINE_PATHS: &[[&str; 2]] = &[["/wo", "rk/"], ["/ro", "ot/"], ["/ho", "me/"], ["/Use", "rs/"]];

/// Where a `match` on the dialect belongs: the dialect folders and the capability table.
const DIALECT_FOLDERS: &[&str] = &["crates/engine/src/dialect/", "crates/model/src/"];

/// Files of one place that are copied to another, so that the copy works on its own.
const COPIES: &[[&str; 2]] = &[
    ["tree-sitter-orm/queries/highlights.scm", "editors/neovim/queries/orm/highlights.scm"],
    ["tree-sitter-orm/queries/folds.scm", "editors/neovim/queries/orm/folds.scm"],
    ["tree-sitter-orm/queries/locals.scm", "editors/neovim/queries/orm/locals.scm"],
];

/// Lines that name the version: an extension of another version than the program would say that they do not fit.
const VERSIONS: &[(&str, &str)] = &[
    ("editors/vscode/package.json", concat!("  \"version\": \"", env!("CARGO_PKG_VERSION"), "\",")),
    ("editors/neovim/lua/orm/version.lua", concat!("local PLUGIN = '", env!("CARGO_PKG_VERSION"), "'")),
];

pub(super) fn check() -> Result<()> {
    let root = workspace::root();
    let files = workspace::output("git", &["ls-files"])?;
    let mut problems = Vec::new();
    for path in files.lines() {
        let Ok(text) = fs::read_to_string(root.join(path)) else { continue };
        for (number, line) in text.lines().enumerate() {
            problems.extend(complaint(path, line).map(|it| format!("{path}:{}: {it}", number + 1)));
        }
    }
    problems.extend(COPIES.iter().filter_map(|[from, to]| stale_copy(&root, from, to)));
    problems.extend(VERSIONS.iter().filter_map(|(path, line)| stale_version(&root, path, line)));
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    Ok(())
}

fn complaint(path: &str, line: &str) -> Option<String> {
    if let Some(found) = MACHINE_PATHS.iter().map(|parts| parts.concat()).find(|it| line.contains(it.as_str())) {
        return Some(format!("`{found}` is a path of one machine"));
    }
    let is_source = path.starts_with("crates/") && path.contains("/src/") && path.ends_with(".rs");
    let matches_dialect = line.contains("Dialect::Postgres =>") || line.contains("Dialect::Spanner =>");
    if is_source && matches_dialect && !DIALECT_FOLDERS.iter().any(|folder| path.starts_with(folder)) {
        return Some("a `match` on the dialect belongs into its folder or the capability table".to_owned());
    }
    let is_protocol = line.contains("lsp_types") && is_source && !path.starts_with("crates/lsp/");
    is_protocol.then(|| "LSP types occur in crates/lsp only".to_owned())
}

fn stale_copy(root: &Path, from: &str, to: &str) -> Option<String> {
    let same = fs::read(root.join(from)).ok() == fs::read(root.join(to)).ok();
    (!same).then(|| format!("{to} is not the same as {from}: copy it"))
}

fn stale_version(root: &Path, path: &str, line: &str) -> Option<String> {
    let text = fs::read_to_string(root.join(path)).unwrap_or_default();
    (!text.lines().any(|it| it == line))
        .then(|| format!("{path} has not the line `{line}`: its version is the program's"))
}
