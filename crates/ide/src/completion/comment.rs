//! In a comment: the codes that `orm-allow` takes.

use orm_schema_lang::{Severity, diagnostics::rules};

use super::{Completer, CompletionKind};

/// The word that a suppression begins with.
const WORD: &str = "orm-allow";

/// `comment`: what stands in the comment before the word.
pub(super) fn complete(completer: &mut Completer<'_, '_>, comment: &str) {
    let comment = comment.trim_start();
    if comment.is_empty() || WORD.starts_with(comment) {
        // `orm-` belongs to the word.
        completer.replace.start -= comment.len();
        completer.before.start -= comment.len();
        let item = completer.offer(0, CompletionKind::Keyword, WORD);
        if let Some(item) = item {
            item.detail = Some("accepts what a rule finds in this line".to_owned());
            item.snippet = Some(format!("{WORD} ${{1:CODE}}: ${{2:reason}}"));
        }
        return;
    }
    let Some(rest) = comment.strip_prefix(WORD) else { return };
    if rest.contains([':']) || rest.contains(" until") {
        return;
    }
    // An error can't be accepted.
    for rule in rules::all().into_iter().filter(|it| it.severity != Severity::Error) {
        if let Some(item) = completer.offer(0, CompletionKind::Rule, rule.code) {
            item.detail = Some(rule.slug.to_owned());
            item.key = Some(format!("rule:{}", rule.code));
        }
    }
}
