//! What is wrong in a file.

pub use orm_schema_lang::diagnostics::Rule;
pub use orm_schema_lang::workspace::{CheckFindings, FileEdit, FileFinding as Diagnostic, FileFix, RelatedPlace};
use orm_schema_lang::{Database, File, workspace::file_findings};

/// What is wrong in a file, ordered by place.
pub(crate) fn diagnostics(db: &Database, file: File) -> Vec<Diagnostic<'_>> {
    file_findings(db, file)
}

/// How an editor shows what a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// Faded: it could be left out, and nothing would change.
    Unnecessary,
    /// Struck through.
    Deprecated,
}

/// What kind of place a rule finds, if an editor shows it otherwise than others.
pub fn tag(rule: &Rule) -> Option<Tag> {
    match rule.slug {
        "deprecated-use" => Some(Tag::Deprecated),
        "unused-enum"
        | "unused-mixin"
        | "unused-parameter"
        | "unused-suppression"
        | "redundant-index"
        | "duplicate-unique"
        | "duplicate-check"
        | "duplicate-foreign-key" => Some(Tag::Unnecessary),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Tag;
    use crate::testing::analysis;

    #[test]
    fn a_finding_has_its_code_and_its_place() {
        let (analysis, fixture) = analysis("table users {\n  id  uid  @primary_key\n}\n");
        let found = analysis.diagnostics("schema.orm").unwrap();
        let [unknown] = found.as_slice() else { panic!("one finding: {found:?}") };
        assert_eq!(unknown.rule().slug, "unknown-type");
        assert_eq!(&fixture.text("schema.orm")[unknown.range.clone()], "uid");
    }

    #[test]
    fn what_is_not_needed_and_what_is_old_is_told_apart() {
        let text = "enum Unused { a }\ntable t {\n  id  uuid  @primary_key  @deprecated(\"old\")\n}\ntable u {\n  id  uuid  \
                    @primary_key  @references(t.id)\n  b  text\n  index(b)\n  index(b, id)\n}\n";
        let (analysis, _) = analysis(text);
        let tagged = analysis.diagnostics("schema.orm").unwrap();
        let tagged = tagged.iter().filter_map(|it| Some((it.rule().slug, super::tag(it.rule())?)));
        let expected = [
            ("unused-enum", Tag::Unnecessary),
            ("deprecated-use", Tag::Deprecated),
            ("redundant-index", Tag::Unnecessary),
        ];
        assert_eq!(tagged.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_tag_is_of_a_rule_that_is_there() {
        let tagged = orm_schema_lang::diagnostics::rules::RULES.iter().filter(|it| super::tag(it).is_some());
        assert_eq!(tagged.count(), 9, "each slug of `tag` is one");
    }

    #[test]
    fn a_finding_names_places_in_other_files() {
        let (analysis, _) = analysis(
            "//- a.orm\ntable users {\n  id  uuid  @primary_key\n}\n//- b.orm\ntable users {\n  id  uuid  @primary_key\n}\n",
        );
        let found = analysis.diagnostics("b.orm").unwrap();
        let [twice] = found.as_slice() else { panic!("one finding: {found:?}") };
        assert_eq!(twice.rule().slug, "duplicate-declaration");
        assert_eq!(twice.related.iter().map(|it| &*it.path).collect::<Vec<_>>(), ["a.orm"]);
    }
}
