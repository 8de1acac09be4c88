//! `// orm-allow A B: reason` becomes a comment for each code.

use super::{Context, Offers, RefactoringKind, text};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let found = orm_schema_lang::suppressions::at(context.file.source(context.db), context.range.start)?;
    let [first, .., last] = found.codes.as_slice() else { return None };
    let title = format!("Split into {} comments", found.codes.len());
    offers.add("split_suppression", RefactoringKind::Rewrite, title, || {
        let comment = found.comment.clone();
        let (head, tail) = (&context.text[comment.start..first.start], &context.text[last.end..comment.end]);
        let lines: Vec<_> =
            found.codes.iter().map(|it| format!("{head}{}{}", &context.text[it.clone()], tail.trim_end())).collect();
        let line = text::line(context.text, comment.start);
        let before = &context.text[line.start..comment.start];
        let indentation = text::indentation(before);
        if before.trim().is_empty() {
            return vec![context.edit(comment, lines.join(&format!("\n{indentation}")))];
        }
        // Behind something else stands one comment: the others go above the line.
        let (above, last) = lines.split_at(lines.len() - 1);
        let above: String = above.iter().map(|it| format!("{indentation}{it}\n")).collect();
        vec![context.edit(line.start..line.start, above), context.edit(comment, last.concat())]
    });
    Some(())
}
