//! Where the text names a page: the codes in `// orm-allow CODE`.

use std::ops::Range;

use memchr::memmem::find_iter;
use orm_schema_lang::{Database, File, diagnostics::rules};

/// The word that a suppression begins with.
const WORD: &str = "orm-allow";

/// A place in the text that leads to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLink {
    /// The bytes of the code.
    pub range: Range<usize>,
    /// The page.
    pub url: String,
    /// What the rule is called.
    pub title: &'static str,
}

/// The links of a file, in the order of the text.
pub(crate) fn document_links(db: &Database, file: File) -> Vec<DocumentLink> {
    let text = file.source(db).text();
    let mut links = Vec::new();
    let mut next = 0;
    for place in find_iter(text.as_bytes(), WORD) {
        // A comment goes to the end of its line, whatever else it says.
        if place < next {
            continue;
        }
        let start = text[next..place].rfind('\n').map_or(next, |it| next + it + 1);
        let from = place + WORD.len();
        next = text[from..].find('\n').map_or(text.len(), |it| from + it);
        if !text[start..place].contains("//") {
            continue;
        }
        let line = &text[from..next];
        let codes = line.split(':').next().unwrap_or_default();
        for word in codes.split([' ', ',', '\t']).filter(|it| !it.is_empty()) {
            if word == "until" {
                break;
            }
            let start = from + (word.as_ptr().addr() - line.as_ptr().addr());
            links.extend(rules::find(word).map(|rule| DocumentLink {
                range: start..start + word.len(),
                url: rule.documentation_url(),
                title: rule.slug,
            }));
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    #[test]
    fn codes_and_slugs_lead_to_their_pages() {
        let text = "table t { // orm-allow PERF003, unused-enum until 2027-01-01: ORM010 is no code here\n}\n// orm-allow NO1: x\n";
        let (analysis, _) = analysis(text);
        let found = analysis.document_links("schema.orm").unwrap();
        let shown: Vec<_> = found.iter().map(|it| (&text[it.range.clone()], it.title)).collect();
        assert_eq!(shown, [("PERF003", "foreign-key-index"), ("unused-enum", "unused-enum")]);
        assert!(found[1].url.ends_with("ORM198.md"), "{}", found[1].url);
    }
}
