//! The server, driven over a pipe by a client that speaks bare JSON-RPC.

mod client;
mod diagnostics;
mod features;
mod lifecycle;
mod projects;
