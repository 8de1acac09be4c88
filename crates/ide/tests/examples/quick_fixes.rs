//! A fix takes away what it is for: in the examples, of which one word is another one.

use std::collections::BTreeMap;

use crate::{apply, findings, host, projects, words};

/// Every so manieth word is changed.
const STEP: usize = 5;

#[test]
fn what_is_fixed_is_not_found_any_more() {
    let mut fixed = BTreeMap::<&str, usize>::new();
    for files in projects() {
        let mut host = host(&files);
        for (path, text) in &files {
            let all = words(text);
            for (index, (at, word)) in all.iter().enumerate().step_by(STEP) {
                let other = all[(index * 31 + 17) % all.len()].1;
                for replacement in [String::new(), format!("{word}x"), other.to_owned()] {
                    let broken = format!("{}{replacement}{}", &text[..*at], &text[at + word.len()..]);
                    host.workspace_mut().open(path, broken.as_str());
                    let before = findings(&host);
                    // What cannot be read is mended one by one, and says more as it is.
                    if before.iter().any(|(code, _)| *code == "ORM001") {
                        continue;
                    }
                    let analysis = host.analysis();
                    let fixes = analysis.quick_fixes(path, 0..broken.len()).expect("nobody edits");
                    let fixes = fixes.into_iter().map(|it| {
                        let finding = (it.diagnostic.rule().code, it.diagnostic.message().to_owned());
                        (finding, it.fix)
                    });
                    let fixes: Vec<_> = fixes.collect();
                    drop(analysis);
                    for (finding, fix) in fixes {
                        let mut after = files.clone();
                        after.insert(path.clone(), broken.clone());
                        let mut edits: Vec<_> = fix.edits.iter().collect();
                        edits.sort_by_key(|it| (it.path.clone(), it.range.start));
                        let edits =
                            edits.into_iter().map(|it| (it.path.to_string(), it.range.clone(), it.replacement.clone()));
                        apply(&mut after, edits);
                        for (path, text) in &after {
                            host.workspace_mut().open(path, text.as_str());
                        }
                        let found = findings(&host);
                        let count = |all: &[_]| all.iter().filter(|it| **it == finding).count();
                        assert!(count(&found) < count(&before), "{finding:?}: {}: {}", fix.title, after[path]);
                        *fixed.entry(finding.0).or_default() += 1;
                    }
                    for (path, text) in &files {
                        host.workspace_mut().open(path, text.as_str());
                    }
                }
            }
        }
    }
    assert!(fixed.len() > 25, "{fixed:?}");
}
