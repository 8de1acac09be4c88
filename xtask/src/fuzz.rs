//! `cargo xtask fuzz`: any input, for as long as asked.

use std::{env, fs, path::Path};

use anyhow::{Context, Result};

use crate::workspace;

/// Longer inputs find little more and are slow.
const MAXIMUM_LENGTH: usize = 2048;

/// Seconds that one input may take before it counts as a hang; a debug build with a sanitizer is slow.
const TIME_LIMIT: usize = 20;

/// Runs one target of `fuzz/` for some minutes.
///
/// What it finds stands in `fuzz/artifacts/TARGET`; a fixed finding is kept in `fuzz/findings/TARGET`, which the tests
/// of testkit replay. The corpus starts from those, the examples and the tests of the grammar.
pub(crate) fn fuzz(target: &str, minutes: u64) -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let corpus = workspace::root().join("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus).with_context(|| format!("cannot create {}", corpus.display()))?;
    let seeds: &[(&str, &str)] = match target {
        "migration" => &[("examples", "sql")],
        _ => &[
            ("examples", "orm"),
            ("tests/migrations", "orm"),
            ("tests/queries", "orm"),
            ("tree-sitter-orm/test/locality", "orm"),
        ],
    };
    for (folder, extension) in seeds {
        seed(&workspace::root().join(folder), extension, &corpus)?;
    }
    let findings = workspace::root().join("fuzz/findings").join(target);
    if findings.is_dir() {
        seed(&findings, "", &corpus)?;
    }
    let time = format!("-max_total_time={}", minutes * 60);
    let length = format!("-max_len={MAXIMUM_LENGTH}");
    let limit = format!("-timeout={TIME_LIMIT}");
    let dictionary = format!("-dict={}", workspace::root().join("fuzz/orm.dict").display());
    let arguments = ["fuzz", "run", target, "--", &time, &length, &limit, &dictionary, "-rss_limit_mb=4096"];
    // Sanitizers are unstable options of the compiler; the stable one has them, too.
    let status = workspace::command(&cargo, &arguments).env("RUSTC_BOOTSTRAP", "1").status();
    workspace::check(&cargo, &arguments, status).context("`cargo install cargo-fuzz` gives the command")
}

/// Copies the files with an extension (all for an empty one) into the corpus, long ones in pieces.
fn seed(folder: &Path, extension: &str, corpus: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            seed(&path, extension, corpus)?;
        } else if extension.is_empty() || path.extension().is_some_and(|it| it == extension) {
            let name: String = path.to_string_lossy().chars().map(|it| if it == '/' { '_' } else { it }).collect();
            for (index, piece) in fs::read(&path)?.chunks(MAXIMUM_LENGTH).enumerate() {
                fs::write(corpus.join(format!("{name}.{index}")), piece)?;
            }
        }
    }
    Ok(())
}
