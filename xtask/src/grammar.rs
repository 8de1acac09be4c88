//! `cargo xtask grammar`: generates the parser from `tree-sitter-orm/grammar.js`, or says that it is stale.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tree_sitter_generate::{OptLevel, generate_parser_in_directory};

/// The ABI that the generated parser speaks: the newest one that tree-sitter 0.25 and later read.
const ABI_VERSION: usize = 15;

/// What the generator writes, relative to `src/`.
const GENERATED_FILES: [&str; 6] = [
    "grammar.json",
    "node-types.json",
    "parser.c",
    "tree_sitter/alloc.h",
    "tree_sitter/array.h",
    "tree_sitter/parser.h",
];

/// Writes the generated files into `tree-sitter-orm/src`.
pub(crate) fn generate() -> Result<()> {
    generate_into(&grammar_dir().join("src"))
}

/// Fails when the committed parser is not the one that `grammar.js` describes.
pub(crate) fn check() -> Result<()> {
    let fresh = tempfile::tempdir().context("cannot make a temporary folder")?;
    generate_into(fresh.path())?;
    let committed = grammar_dir().join("src");
    let mut stale = Vec::new();
    for file in GENERATED_FILES {
        let expected = read(&fresh.path().join(file))?;
        // A file that is not there is as stale as one that differs.
        if fs::read(committed.join(file)).ok().as_ref() != Some(&expected) {
            stale.push(file);
        }
    }
    if !stale.is_empty() {
        bail!("tree-sitter-orm/src is stale ({}): run `cargo xtask grammar` and commit the result", stale.join(", "));
    }
    Ok(())
}

/// Runs the generator; grammar.js is evaluated by the embedded QuickJS, so neither node nor the tree-sitter CLI is needed.
fn generate_into(out: &Path) -> Result<()> {
    let mut diagnostics = Vec::new();
    generate_parser_in_directory(
        grammar_dir(),
        Some(out),
        None::<PathBuf>,
        ABI_VERSION,
        None,
        Some("native"),
        true,
        OptLevel::default(),
        &mut diagnostics,
    )
    .context("tree-sitter-orm/grammar.js does not generate a parser")?;
    if let Some(diagnostic) = diagnostics.first() {
        bail!("tree-sitter-orm/grammar.js: {diagnostic:?}");
    }
    Ok(())
}

fn grammar_dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tree-sitter-orm")
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn committed_parser_is_fresh() {
        super::check().expect("the committed parser is the one that grammar.js describes");
    }
}
