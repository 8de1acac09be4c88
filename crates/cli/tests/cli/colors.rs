//! Colours: by the usual conventions.

use crate::support::Folder;

const ESCAPE: char = '\u{1b}';

/// A run that ends with an error message.
fn failing(folder: &Folder, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = folder.command(&[&["db", "drop"], arguments].concat());
    let run = folder.run(command.envs(variables.iter().copied()));
    assert_eq!(run.code, 2, "{run}");
    run.stderr
}

#[test]
fn a_pipe_gets_none() {
    assert!(!failing(&Folder::new(), &[], &[]).contains(ESCAPE));
}

#[test]
fn they_can_be_asked_for() {
    let folder = Folder::new();
    assert!(failing(&folder, &["--color", "always"], &[]).contains(ESCAPE));
    assert!(failing(&folder, &[], &[("CLICOLOR_FORCE", "1")]).contains(ESCAPE));
}

#[test]
fn they_can_be_refused() {
    let folder = Folder::new();
    assert!(!failing(&folder, &["--color", "never"], &[("CLICOLOR_FORCE", "1")]).contains(ESCAPE));
    assert!(!failing(&folder, &[], &[("NO_COLOR", "1")]).contains(ESCAPE));
}
