//! The server, driven over a pipe by a client that speaks bare JSON-RPC.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a helper fails the test that calls it")]

mod client;
mod diagnostics;
mod edits;
mod features;
mod folder;
mod lifecycle;
mod migrations;
mod navigation;
mod projects;
mod pull;
mod reading;
mod refresh;
mod settings;
mod unreadable;
mod workspace;
