//! After any edit an editor shows what a fresh run shows.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orm_testkit::laws;

fuzz_target!(|bytes: &[u8]| {
    laws::edits_of_bytes(bytes);
});
