//! Memory of the language server over a hundred thousand edits, with questions in between.

use std::{
    fmt::Write,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use orm_testkit::language_client::storm::Storm;

use super::{
    release_build,
    server::{CpuTime, Memory},
};

const EDITS: u64 = 100_000;
/// Memory is looked at after so many.
const STEP: u64 = 10_000;
/// More than this many MiB between the first half of the looks and the second are growth.
const MOST: f64 = 8.0;

pub(super) fn edits() -> Result<String> {
    let orm = release_build()?;
    let folder = tempfile::tempdir()?;
    let mut storm = Storm::start(Command::new(&orm).arg("lsp"), folder.path(), 3, false, false)?;
    let start = Instant::now();
    let mut looks = Vec::new();
    for edit in 1..=EDITS {
        storm.step()?;
        if edit % STEP == 0 {
            storm.settle(|folder| {
                let mut check = Command::new(&orm);
                Ok(check.arg("-C").arg(folder).args(["check", "--format", "json"]).output()?.stdout)
            })?;
            CpuTime::when_quiet(storm.process_id(), Duration::from_millis(50))?;
            looks.push((edit, Memory::of(storm.process_id())?));
        }
    }
    let mut body = format!(
        "Two small documents that refer to one another, edited and asked about as fast as the server takes it, at random, \
         with broken texts and cancelled questions: {} edits and {} questions in {:.0} s. At each look the diagnostics are \
         those of a fresh `orm check`.\n\n| Edits | MiB | at the peak |\n|---|---|---|\n",
        storm.edits,
        storm.questions,
        start.elapsed().as_secs_f64()
    );
    for (edits, memory) in &looks {
        writeln!(body, "| {edits} | {:.1} | {:.1} |", memory.now, memory.peak)?;
    }
    storm.end()?;
    let highest = |looks: &[(u64, Memory)]| looks.iter().map(|(_, memory)| memory.now).fold(0.0, f64::max);
    let (early, late) = looks.split_at(looks.len() / 2);
    if highest(late) > highest(early) + MOST {
        bail!("the server's memory grows:\n{body}");
    }
    Ok(body)
}
