//! Benchmarks: what each stage costs. See `pipeline.rs`, and `cargo xtask bench` to run them.
