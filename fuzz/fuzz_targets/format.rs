//! Any text is formatted, once and for all.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orm_testkit::laws;

fuzz_target!(|bytes: &[u8]| {
    let _formatted = laws::format(&laws::text(bytes));
});
