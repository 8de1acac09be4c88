//! `cargo xtask dist`: the extension for VS Code, as a package that is installed or published.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::workspace;

/// The program that a package brings, and the platform that it is for, as VS Code names it: `linux-x64`, `darwin-arm64`.
pub(crate) struct Bundle {
    pub(crate) server: PathBuf,
    pub(crate) target: String,
}

/// Installs what `package-lock.json` names unless that is there, and writes `target/dist/orm-VERSION[-PLATFORM].vsix`.
pub(crate) fn dist(bundle: Option<&Bundle>) -> Result<()> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let package = workspace::root().join("target/dist").join(file_name(bundle));
    let package = package.to_string_lossy();
    let server = bundle.map(|it| absolute(&it.server)).transpose()?;
    let server = server.as_ref().map(|it| it.to_string_lossy());

    let mut packaging = vec!["run", "package", "--", "--out", &package];
    if let (Some(bundle), Some(server)) = (bundle, &server) {
        packaging.extend(["--target", &bundle.target, "--server", server]);
    }
    let folder = workspace::root().join("editors/vscode");
    let installing = (!is_installed(&folder)).then(|| vec!["ci"]);
    for arguments in installing.into_iter().chain([packaging]) {
        let mut command = workspace::command(npm, &arguments);
        let status = command.current_dir(&folder).status();
        workspace::check(npm, &arguments, status).context("packaging needs Node.js 24 or newer, with npm")?;
    }
    println!("{package}");
    Ok(())
}

/// Whether what is installed is what `package-lock.json` names: npm writes a copy of it when it has installed everything.
fn is_installed(folder: &Path) -> bool {
    let changed = |file: &str| folder.join(file).metadata().and_then(|it| it.modified());
    match (changed("package-lock.json"), changed("node_modules/.package-lock.json")) {
        (Ok(wanted), Ok(installed)) => installed >= wanted,
        _ => false,
    }
}

/// The extension has the version of the program that it is made for.
fn file_name(bundle: Option<&Bundle>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match bundle {
        Some(Bundle { target, .. }) => format!("orm-{version}-{target}.vsix"),
        None => format!("orm-{version}.vsix"),
    }
}

fn absolute(path: &Path) -> Result<PathBuf> {
    let current = env::current_dir().context("cannot tell the current folder")?;
    current.join(path).canonicalize().with_context(|| format!("there is no program {}", path.display()))
}
