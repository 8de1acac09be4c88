//! Formatting of a range does to the lines that it touches what formatting of the whole file does to them, and does it once.

use orm_ide::{AnalysisHost, Severities};
use orm_model::Targets;
use orm_schema_lang::{
    diagnostics::rules,
    format::{TextEdit, format_text},
};
use orm_testkit::generator::query::rng;
use proptest::prelude::Rng;

const PATH: &str = "schema.orm";

/// So many ranges of each text.
const RANGES: usize = 5;

#[test]
fn a_range_is_formatted_as_the_file_would_be() {
    let mut random = rng(1);
    let mut checked = 0;
    for text in texts(&mut random) {
        let whole = edits(&text, 0..text.len());
        assert_eq!(applied(&text, &whole), format_text(&text), "all of the text is a range:\n{text}");
        for _ in 0..RANGES {
            let mut place = || {
                let at = (random.next_u64() % (text.len() as u64 + 1)) as usize;
                (at..=text.len()).find(|it| text.is_char_boundary(*it)).unwrap_or(text.len())
            };
            let (one, two) = (place(), place());
            let range = one.min(two)..one.max(two);
            let some = edits(&text, range.clone());
            // What is edited is edited as in the whole file.
            for edit in &some {
                assert!(whole.contains(edit), "{edit:?} at {range:?} is none of {whole:#?} in\n{text}");
            }
            // What stays changes nothing: the rest of the file gets to the same text.
            let after = applied(&text, &some);
            assert_eq!(format_text(&after), format_text(&text), "{range:?}\n{text}");
            // Nothing is left to be done in the whole of a text that was formatted.
            let done = format_text(&text);
            assert_eq!(edits(&done, 0..done.len()), [], "{done}");
            checked += 1;
        }
    }
    assert!(checked > 1000, "{checked}");
}

/// The examples of all rules: as they are, with blanks taken out and put in, and several in one file.
fn texts(random: &mut impl Rng) -> Vec<String> {
    let examples = rules::all().into_iter().flat_map(|rule| rule.examples().collect::<Vec<_>>());
    let examples: Vec<_> = examples.map(|it| it.text).collect();
    let mut texts: Vec<_> = examples.iter().map(|it| squeezed(it, random)).collect();
    texts.extend(examples.chunks(4).map(|it| it.iter().map(|it| squeezed(it, random)).collect::<Vec<_>>().join("\n")));
    texts
}

/// With other blanks between the words of lines that hold no text.
fn squeezed(text: &str, random: &mut impl Rng) -> String {
    let line = |line: &str, random: &mut dyn FnMut() -> u64| {
        if line.contains(['"', '\'', '`']) || line.trim_start().starts_with("//") {
            return format!("{line}\n");
        }
        let words: Vec<_> = line.split_whitespace().collect();
        let blanks = " ".repeat(1 + (random() % 3) as usize);
        let indent = " ".repeat((random() % 4) as usize);
        let is_inner = line.starts_with(' ');
        format!("{}{}\n", if is_inner { indent } else { String::new() }, words.join(&blanks))
    };
    text.lines().map(|it| line(it, &mut || random.next_u64())).collect()
}

fn edits(text: &str, range: std::ops::Range<usize>) -> Vec<TextEdit> {
    let mut host = AnalysisHost::new(Targets::default(), Severities::new());
    host.workspace_mut().open(PATH, text);
    host.analysis().format_range(PATH, range).expect("nobody edits")
}

fn applied(text: &str, edits: &[TextEdit]) -> String {
    let mut text = text.to_owned();
    edits.iter().rev().for_each(|it| text.replace_range(it.range.clone(), &it.replacement));
    text
}
