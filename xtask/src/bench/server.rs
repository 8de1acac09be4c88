//! What the process of the language server takes: CPU time and memory, as the kernel of Linux counts them.

use std::{collections::HashMap, fs, thread::sleep, time::Duration};

use anyhow::{Context, Result};

/// CPU time of each thread of a process.
pub(super) struct CpuTime(HashMap<String, u64>);

impl CpuTime {
    /// What was spent so far.
    pub(super) fn of(process: u32) -> Result<Self> {
        let mut threads = HashMap::new();
        let folder = format!("/proc/{process}/task");
        for thread in fs::read_dir(&folder).with_context(|| format!("cannot read {folder}"))? {
            let thread = thread?;
            // A thread that ended in the meantime did nothing that is measured.
            let Ok(spent) = fs::read_to_string(thread.path().join("schedstat")) else { continue };
            let nanoseconds = spent.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0);
            threads.insert(thread.file_name().to_string_lossy().into_owned(), nanoseconds);
        }
        Ok(CpuTime(threads))
    }

    /// What was spent since an earlier time. Threads come and go, idle ones only.
    pub(super) fn since(&self, before: &CpuTime) -> Duration {
        let spent = |(thread, now): (&String, &u64)| now - before.0.get(thread).copied().unwrap_or(0);
        Duration::from_nanos(self.0.iter().map(spent).sum())
    }

    /// What was spent since the process began.
    pub(super) fn total(&self) -> Duration {
        Duration::from_nanos(self.0.values().sum())
    }

    /// The same once the process does nothing for the time `quiet`.
    pub(super) fn when_quiet(process: u32, quiet: Duration) -> Result<Self> {
        let mut last = CpuTime::of(process)?;
        loop {
            sleep(quiet);
            let now = CpuTime::of(process)?;
            if now.since(&last).is_zero() {
                return Ok(now);
            }
            last = now;
        }
    }
}

/// Memory of a process in MiB.
#[derive(Debug, Clone, Copy)]
pub(super) struct Memory {
    pub(super) now: f64,
    pub(super) peak: f64,
}

impl Memory {
    pub(super) fn of(process: u32) -> Result<Self> {
        let status =
            fs::read_to_string(format!("/proc/{process}/status")).context("cannot read the server's memory")?;
        let value = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kib: Option<f64> = line.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok());
            kib.map(|it| it / 1024.0).with_context(|| format!("the kernel says no {name}"))
        };
        Ok(Memory { now: value("VmRSS:")?, peak: value("VmHWM:")? })
    }
}
