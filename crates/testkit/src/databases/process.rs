//! A server process that never outlives its test, not even when the test is killed.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::StartError;

/// How long a server may take to get ready on a busy machine.
const START_TIMEOUT: Duration = Duration::from_secs(60);

/// A shell that starts the server and reads its own standard input, which ends when this process ends in whatever way; then it stops the server and removes its directory.
///
/// Arguments: the signal, the directory, the command. Ctrl-C is ignored, since it reaches the test, whose end is what counts.
const WATCHDOG: &str = r#"
trap '' INT HUP
signal=$1 directory=$2
shift 2
"$@" >"$directory/log" 2>&1 </dev/null &
server=$!
read -r _
kill -s "$signal" "$server"
wait "$server"
rm -rf "$directory"
"#;

/// A running server with a directory of its own.
#[derive(Debug)]
pub(super) struct Server {
    watchdog: Child,
    directory: PathBuf,
}

impl Server {
    /// Starts a command; `signal` is the one that stops it at once.
    pub(super) fn start(directory: Directory, signal: &str, command: &[String]) -> io::Result<Self> {
        let mut watchdog = directory.command("sh");
        watchdog.args(["-c", WATCHDOG, "watchdog", signal]).arg(directory.path()).args(command);
        watchdog.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        let watchdog = watchdog.spawn()?;
        // From here on the watchdog removes it.
        Ok(Self { watchdog, directory: directory.temporary.keep() })
    }

    /// Waits until `probe` succeeds; tells its last error and the server's log when it takes too long.
    pub(super) fn wait_until<E: std::fmt::Display>(&self, probe: impl Fn() -> Result<(), E>) -> Result<(), StartError> {
        let start = Instant::now();
        while let Err(error) = probe() {
            if start.elapsed() > START_TIMEOUT {
                let log = fs::read_to_string(self.directory.join("log")).unwrap_or_default();
                return Err(StartError::Failed(format!("{error}\n{log}")));
            }
            sleep(Duration::from_millis(20));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.watchdog.stdin.take());
        // Nothing is left to do when the watchdog is gone already.
        _ = self.watchdog.wait();
    }
}

/// A temporary directory, owned by the user that the server runs as.
#[derive(Debug)]
pub(super) struct Directory {
    temporary: TempDir,
    /// User and group, when they are not those of this process.
    owner: Option<(u32, u32)>,
}

impl Directory {
    /// A directory for a server that refuses to run as root: for root it belongs to `postgres` or `nobody`.
    pub(super) fn for_unprivileged() -> io::Result<Self> {
        let mut directory = Self::new()?;
        if fs::metadata(directory.path())?.uid() == 0 {
            let owner = user("postgres").or_else(|| user("nobody"));
            let (uid, gid) = owner.ok_or_else(|| io::Error::other("there is no user `postgres` or `nobody`"))?;
            std::os::unix::fs::chown(directory.path(), Some(uid), Some(gid))?;
            directory.owner = Some((uid, gid));
        }
        Ok(directory)
    }

    /// A directory of this process's user.
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self { temporary: tempfile::Builder::new().prefix("orm-test-").tempdir()?, owner: None })
    }

    pub(super) fn path(&self) -> &Path {
        self.temporary.path()
    }

    /// Copies a file into it, readable by the owner alone.
    pub(super) fn copy(&self, source: &Path, name: &str) -> io::Result<()> {
        let target = self.path().join(name);
        fs::copy(source, &target)?;
        fs::set_permissions(&target, fs::Permissions::from_mode(0o600))?;
        match self.owner {
            Some((uid, gid)) => std::os::unix::fs::chown(&target, Some(uid), Some(gid)),
            None => Ok(()),
        }
    }

    /// A command that runs as the directory's owner and inside it.
    pub(super) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(self.path());
        if let Some((uid, gid)) = self.owner {
            command.uid(uid).gid(gid);
        }
        command
    }
}

/// A user's and its group's number.
fn user(name: &str) -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let line = users.lines().find(|it| it.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

/// A port that was free a moment ago.
pub(super) fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    Ok(listener.local_addr()?.port())
}

/// The first directory of `PATH` that has all the programs, or else the last match of the others.
pub(super) fn find_programs(programs: &[&str], others: Vec<PathBuf>) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let has_all = |directory: &PathBuf| programs.iter().all(|it| directory.join(it).is_file());
    std::env::split_paths(&path).find(has_all).or_else(|| others.into_iter().rfind(has_all))
}
