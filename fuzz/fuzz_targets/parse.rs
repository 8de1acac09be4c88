//! Any text is read, and every place in it is one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orm_testkit::laws;

fuzz_target!(|bytes: &[u8]| {
    let _source = laws::parse(&laws::text(bytes));
});
