//! Any text is checked; what has no error becomes SQL.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orm_testkit::laws;

fuzz_target!(|bytes: &[u8]| {
    let _diagnostics = laws::check(&laws::text(bytes));
});
