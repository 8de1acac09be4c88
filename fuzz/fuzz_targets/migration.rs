//! Any bytes are a migration file or a list of what is wrong.

#![no_main]

use libfuzzer_sys::fuzz_target;
use orm_testkit::laws;

fuzz_target!(|bytes: &[u8]| {
    laws::migration(bytes);
});
