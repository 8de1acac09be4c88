//! Compiles the generated parser and the external scanner.

fn main() {
    let source = std::path::Path::new("src");
    for file in ["parser.c", "scanner.c", "tree_sitter/parser.h"] {
        println!("cargo:rerun-if-changed={}", source.join(file).display());
    }
    // Optimized in every profile: an unoptimized parser is what makes a debug build of the tools feel slow.
    cc::Build::new()
        .std("c11")
        .include(source)
        .file(source.join("parser.c"))
        .file(source.join("scanner.c"))
        .opt_level(2)
        .debug(false)
        // The generated tables trip these; scanner.c is checked by a test of its own with all warnings on.
        .flag_if_supported("-Wno-unused-parameter")
        .flag_if_supported("-Wno-unused-but-set-variable")
        .flag_if_supported("-Wno-trigraphs")
        .flag_if_supported("-utf-8")
        .compile("tree-sitter-orm");
}
