//! The binary `orm`, run as people run it: real processes in folders of their own.

mod colors;
mod completions;
mod databases;
mod help;
mod init;
mod settings;
mod support;
