//! `cargo xtask tidy`: what the compiler does not hold.
//!
//! - [`layers`]: who may depend on whom.
//! - [`text`]: no path of a machine, no dialect outside its folder, generated files fresh.
//! - the generated pages of docs/ are fresh, links lead somewhere.
//! - formatting, clippy with warnings denied, licences.

mod layers;
mod text;

use std::env;

use anyhow::{Context, Result};

use crate::{docs, grammar, workspace};

/// Runs every check and stops at the first that fails.
pub(crate) fn tidy() -> Result<()> {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    step("formatting", || workspace::run(&cargo, &["fmt", "--all", "--check"]))?;
    step("layers", layers::check)?;
    step("texts", text::check)?;
    step("the parser is generated from the grammar", grammar::check)?;
    step("documents", docs::check)?;
    step("licences", || licences(&cargo))?;
    step("clippy", || {
        let arguments = ["clippy", "--workspace", "--all-features", "--all-targets", "--quiet", "--", "-D", "warnings"];
        workspace::run(&cargo, &arguments)
    })
}

fn step(name: &str, check: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("tidy: {name}");
    check().with_context(|| format!("tidy: {name}"))
}

/// cargo-deny holds the licences of everything that is linked (`deny.toml`).
fn licences(cargo: &str) -> Result<()> {
    let is_installed = workspace::output(cargo, &["deny", "--version"]).is_ok();
    if !is_installed && !workspace::is_ci() {
        println!("skipped: licences: cargo-deny is missing, get it with `cargo install cargo-deny --locked`");
        return Ok(());
    }
    if !is_installed {
        workspace::run(cargo, &["install", "cargo-deny", "--locked", "--quiet"])?;
    }
    workspace::run(cargo, &["deny", "--all-features", "check", "licenses", "sources"])
}
