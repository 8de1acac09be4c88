//! A source that was edited is the source that is parsed afresh.

use orm_schema_lang::{Source, source::SourceDeclaration};
use proptest::prelude::*;

const TEXT: &str = "\
// a shop
mixin Base {
  id  uuid = uuid()  @primary_key
}

/// Who buys.
table users {
  ...Base
  /// Where to write to.
  email  text  @unique
}

enum State { open, done }

table orders {
  ...Base
  state    State = open
  user_id  uuid  @references(users.id, on_delete: cascade)

  index(user_id, state desc)
}
";

/// What a source says, with all places.
fn described(source: &Source) -> Vec<String> {
    let describe = |it: &orm_schema_lang::source::SourceDeclaration| {
        let spans: Vec<_> = it.anchors_at(it.range().start + 7).iter().map(|anchor| it.span(*anchor)).collect();
        format!("{:?} {:?} {spans:?}", it.range(), it.item())
    };
    source.declarations().iter().map(describe).collect()
}

fn snippets() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("x".to_owned()),
        Just("\n".to_owned()),
        Just("}".to_owned()),
        Just("{".to_owned()),
        Just("\"".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("/// doc\n".to_owned()),
        Just("// note\n".to_owned()),
        Just("table t {\n  a  text\n}\n".to_owned()),
        Just("ä🙂".to_owned()),
        Just(" @unique".to_owned()),
        Just("(".to_owned()),
    ]
}

#[track_caller]
fn check(edits: &[(usize, usize, &str)]) {
    let mut source = Source::parse(TEXT);
    for (start, length, text) in edits {
        source = source.edit(*start..start + length, text);
        let fresh = Source::parse(source.text().clone());
        assert_eq!(described(&source), described(&fresh), "{edits:?} make:\n{}", source.text());
    }
}

proptest! {
    // `PROPTEST_CASES=100000` runs more.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_end_where_a_fresh_parse_ends(edits in prop::collection::vec((0..600usize, 0..12usize, snippets()), 1..12)) {
        let edits: Vec<_> = edits.iter().map(|(start, length, text)| (*start, *length, text.as_str())).collect();
        check(&edits);
    }

    #[test]
    fn a_part_says_what_the_whole_says(
        edits in prop::collection::vec((0..600usize, 0..12usize, snippets()), 0..6),
        (start, length) in (0..600usize, 0..6usize),
    ) {
        let edit = |source: Source, (start, length, text): &(usize, usize, String)| source.edit(*start..start + length, text);
        let source = edits.iter().fold(Source::parse(TEXT), edit);
        let start = source.text().floor_char_boundary(start);
        let whole = source.edit(start..start + length, "word");
        let (from, part) = source.edited_part(start..start + length, "word");
        let (whole_at, part_at) = (whole.declaration_at(start), part.declaration_at(start - from));
        let described = |it: Option<(usize, &SourceDeclaration)>, from: usize| {
            it.map(|(_, it)| (it.range().start + from, it.range().end + from, it.item().clone()))
        };
        prop_assert_eq!(described(part_at, from), described(whole_at, 0), "of:\n{}", whole.text());
    }
}

/// Recovery from an error used to depend on what the text had been before.
#[test]
fn an_error_is_read_as_if_it_had_always_been_there() {
    check(&[(190, 0, "\"\"\""), (197, 0, "{")]);
}

#[test]
fn declarations_come_and_go_at_the_ends_of_edits() {
    for (start, _) in TEXT.match_indices('\n') {
        for text in ["", "\n", "table", "table x {", "}", "\"\"\"", "// note\n", "  // note\n"] {
            check(&[(start + 1, 0, text), (start + 1, text.len(), ""), (start, 1, text)]);
            check(&[(0, start + 1, text)]);
            check(&[(start, TEXT.len(), text)]);
        }
    }
}

#[test]
fn a_declaration_that_no_edit_touches_keeps_its_item() {
    let source = Source::parse(TEXT);
    let at = TEXT.find("email").expect("the column is there");
    let edited = source.edit(at..at, "work_");
    let same =
        |index: usize| std::sync::Arc::ptr_eq(source.declarations()[index].item(), edited.declarations()[index].item());
    assert_eq!([0, 1, 2, 3].map(same), [true, false, true, true]);
}

#[test]
fn a_doc_comment_belongs_to_its_declaration() {
    let source = Source::parse(TEXT);
    let at = TEXT.find("Who buys").expect("the comment is there");
    let edited = source.edit(at..at + 3, "She");
    assert_eq!(edited.declarations()[1].item().doc.as_deref(), Some("She buys."));
}
