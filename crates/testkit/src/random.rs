//! Which random numbers a test draws.

use std::env;

use proptest::test_runner::{Config, RngSeed};

/// The first seed: given by `ORM_PROPERTY_SEED`, or another one at every run; with `CI=true` always the same, so that the same
/// commit has the same result.
///
/// # Panics
/// If the variable holds no whole number.
pub fn seed() -> u64 {
    let given = env::var("ORM_PROPERTY_SEED").map(|it| it.parse().expect("a whole number"));
    given.unwrap_or_else(|_| if is_ci() { 1 } else { u64::from(std::process::id()) << 32 })
}

/// Whether a commit is judged by what is run.
pub fn is_ci() -> bool {
    env::var("CI").is_ok_and(|it| it == "true")
}

/// The configuration of a random test of so many cases, drawn from [`seed`]. A test that fails shows the seed.
pub fn reproducible(cases: u32) -> Config {
    let seed = seed();
    eprintln!("ORM_PROPERTY_SEED={seed}");
    Config { failure_persistence: None, rng_seed: RngSeed::Fixed(seed), ..Config::with_cases(cases) }
}
