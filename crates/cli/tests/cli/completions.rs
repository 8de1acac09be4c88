//! `orm completions`.

use std::process::Stdio;

use crate::support::Folder;

#[test]
fn each_shell_gets_its_script() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let run = folder.orm(&["completions", shell]);
        assert_eq!(run.code, 0, "{run}");
        assert!(run.stdout.contains("completions"), "{shell}: {run}");
    }
}

#[cfg(unix)]
#[test]
fn bash_accepts_its_script() {
    let folder = Folder::new();
    folder.write("script", folder.orm(&["completions", "bash"]).stdout);
    let status = std::process::Command::new("bash").arg("-n").arg(folder.path().join("script")).status().unwrap();
    assert!(status.success());
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    let mut child =
        folder.command(&["completions", "zsh"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
