//! The workspace as xtask sees it: its folder, and commands that run in it.

use std::{
    env,
    path::PathBuf,
    process::{Command, ExitStatus},
};

use anyhow::{Context, Result, bail};

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// A program of the workspace that cargo has built: beside this one, wherever `CARGO_TARGET_DIR` puts them.
pub(crate) fn built(program: &str) -> Result<PathBuf> {
    let itself = env::current_exe().context("cannot find the folder in which cargo builds")?;
    Ok(itself.with_file_name(program).with_extension(env::consts::EXE_EXTENSION))
}

/// Whether nothing may be missing: continuous integration sets `CI=true`.
pub(crate) fn is_ci() -> bool {
    env::var("CI").is_ok_and(|it| it == "true")
}

/// A command in the folder of the workspace, without what cargo tells this program about itself: build scripts look at the
/// same variables, so that dependencies would be compiled anew by turns.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    let is_about_itself = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(is_about_itself)) {
        command.env_remove(name);
    }
    command
}

/// Runs a command, its output shown, and fails when it fails.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Result<()> {
    check(program, arguments, command(program, arguments).status())
}

/// The standard output of a command; fails when the command fails.
pub(crate) fn output(program: &str, arguments: &[&str]) -> Result<String> {
    let output = command(program, arguments).output().with_context(|| format!("cannot run `{program}`"))?;
    if !output.status.success() {
        bail!("`{program} {}` failed:\n{}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Turns the end of a command into an error that names it.
pub(crate) fn check(program: &str, arguments: &[&str], status: std::io::Result<ExitStatus>) -> Result<()> {
    let line = format!("{program} {}", arguments.join(" "));
    let status = status.with_context(|| format!("cannot run `{line}`"))?;
    if !status.success() {
        bail!("`{line}` failed: {status}");
    }
    Ok(())
}
