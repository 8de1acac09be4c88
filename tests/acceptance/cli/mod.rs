//! The program itself, as processes: what happens when there are two of them, when one is killed, when nothing answers.

mod examples;
mod project;
mod refusals;
mod runs;

pub(crate) use project::program;
