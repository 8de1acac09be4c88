//! Whatever stands in the examples is offered where it stands, and near the top.

use crate::{host, is_part, projects, words};

/// The first word of what an item types.
fn typed(item: &orm_ide::CompletionItem) -> &str {
    let word = item.insert.trim_start_matches(|it| !is_part(it));
    word.split(|it| !is_part(it)).next().unwrap_or_default()
}

#[test]
fn every_word_is_offered_after_its_first_letter() {
    let (mut missing, mut ranks) = (Vec::new(), Vec::new());
    for files in projects() {
        let mut host = host(&files);
        let whole = host.analysis();
        let mut wanted = Vec::new();
        for (path, text) in &files {
            for (at, word) in words(text) {
                // A name that is made up here is nobody's to offer, nor is one of the application.
                let places = whole.references(path, at).expect("nobody edits");
                let is_made_up =
                    places.iter().any(|it| it.is_declaration && *it.path == **path && it.range.start == at)
                        || text[..at].ends_with("app.");
                if whole.hover(path, at).expect("nobody edits").is_some() && !is_made_up {
                    wanted.push((path, text, at, word));
                }
            }
        }
        drop(whole);
        for (path, text, at, word) in wanted {
            let first = word.chars().next().map_or(0, char::len_utf8);
            let line_end = at + text[at..].find('\n').unwrap_or(text.len() - at);
            // The line is half typed, and nothing stands behind the cursor.
            let half = format!("{}{}", &text[..at + first], &text[line_end..]);
            host.workspace_mut().open(path, half);
            let found = host.analysis().completion(path, at + first, None).expect("nobody edits");
            match found.items.iter().position(|it| typed(it) == word) {
                Some(rank) => ranks.push(rank),
                None => missing.push(format!("{path}: {}«{word}»", text[..at].lines().last().unwrap_or_default())),
            }
            host.workspace_mut().open(path, text.as_str());
        }
    }
    assert_eq!(missing, [] as [String; 0]);
    let share = |rank: usize| ranks.iter().filter(|it| **it < rank).count() as f64 / ranks.len() as f64;
    let shares = [1, 2, 5].map(share);
    println!(
        "{} words: first {:.2}, one of two {:.2}, one of five {:.2}",
        ranks.len(),
        shares[0],
        shares[1],
        shares[2]
    );
    assert!(ranks.len() > 1000, "{}", ranks.len());
    assert!(shares[0] > 0.75 && shares[1] > 0.9 && shares[2] > 0.98, "{shares:?}");
}
