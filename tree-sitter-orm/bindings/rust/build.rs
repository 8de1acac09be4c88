//! Compiles the generated parser and the external scanner.

use std::path::Path;

fn main() {
    let source = Path::new("src");
    let files = ["parser.c", "scanner.c"].map(|file| source.join(file));
    println!("cargo:rerun-if-changed={}", source.display());
    cc::Build::new()
        .std("c11")
        .include(source)
        .files(files)
        // MSVC takes source files for Latin-1 otherwise.
        .flag_if_supported("/utf-8")
        // Optimized in every profile: an unoptimized parser is what makes a debug build of the tools feel slow.
        .opt_level(2)
        .debug(false)
        .compile("tree-sitter-orm");
}
