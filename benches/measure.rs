//! What a whole process takes: CPU time and memory at its peak.
//!
//! ```text
//! measure analysis TABLES          analyses a schema of so many tables, as an editor does
//! measure runs COUNT COMMAND…      runs a command so many times, without its output
//! ```
//!
//! `cargo xtask bench` starts it once for each measurement, since a peak is one of a process, or of all its children.

use std::{
    env,
    error::Error,
    fs,
    process::{Command, Stdio},
    time::Duration,
};

use nix::sys::{
    resource::{Usage, UsageWho, getrusage},
    time::{TimeVal, TimeValLike},
};
use orm_model::Targets;
use orm_schema_lang::Workspace;
use orm_testkit::large;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["analysis", tables] => analysis(tables.parse()?),
        ["runs", count, command, rest @ ..] => runs(count.parse()?, command, rest),
        _ => Err("say `analysis TABLES` or `runs COUNT COMMAND…`".into()),
    }
}

fn analysis(tables: usize) -> Result<(), Box<dyn Error>> {
    let text = large::schema(tables);
    let before = own_peak()?;
    let mut workspace = Workspace::new(Targets::default(), Default::default());
    workspace.open("schema.orm", text);
    let diagnostics = workspace.diagnostics("schema.orm");
    let schema = workspace.schema();
    let after = own_peak()?;
    println!(
        "{tables:5} tables: {:6.1} MB more than before, for a model of {} tables and {} findings",
        after - before,
        schema.tables.len(),
        diagnostics.len()
    );
    Ok(())
}

fn runs(count: usize, command: &str, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let mut times = Vec::new();
    let mut before = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    for _ in 0..count {
        let status = Command::new(command).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if !status.success() {
            return Err(format!("{command} ended with {status}").into());
        }
        let after = getrusage(UsageWho::RUSAGE_CHILDREN)?;
        let spent = |of: fn(&Usage) -> TimeVal| {
            Duration::from_micros((of(&after) - of(&before)).num_microseconds().unsigned_abs())
        };
        times.push((spent(Usage::user_time), spent(Usage::system_time)));
        before = after;
    }
    times.sort_by_key(|(user, system)| *user + *system);
    let show = |(user, system): (Duration, Duration)| {
        let milliseconds = |it: Duration| it.as_secs_f64() * 1e3;
        format!(
            "{:6.1} ms CPU (user {:.1}, system {:.1})",
            milliseconds(user + system),
            milliseconds(user),
            milliseconds(system)
        )
    };
    let (Some(fastest), Some(median)) = (times.first(), times.get(times.len() / 2)) else { return Ok(()) };
    println!("fastest {}, median {}, peak {:.1} MB", show(*fastest), show(*median), peak(&before));
    Ok(())
}

/// Megabytes of memory of this process at its peak. `getrusage` has the peak of the process that started it, too.
fn own_peak() -> Result<f64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("the system tells no peak")?;
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1024.0)
}

/// Megabytes of memory of a child at the peak. Linux counts in kilobytes.
fn peak(usage: &Usage) -> f64 {
    usage.max_rss() as f64 / 1024.0
}
