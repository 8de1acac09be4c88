//! The index that a query lacks.

use orm_schema_lang::{database::check_declaration, item::DeclarationKind, workspace::fixes_of};

use super::{Context, Offers, RefactoringKind};

/// The rules that want an index. Whoever accepts what they find may still want it.
const RULES: [&str; 4] = ["full-scan", "unindexed-order", "back-join", "text-order-index"];

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let here = context.here?;
    if !matches!(here.item.kind, DeclarationKind::Query | DeclarationKind::Mutation | DeclarationKind::View) {
        return None;
    }
    let found = check_declaration(context.db, context.project, here.declaration).iter();
    for finding in found.filter(|it| RULES.contains(&it.rule.slug)) {
        for fix in fixes_of(context.db, finding) {
            if offers.found.iter().all(|it| it.title != fix.title) {
                offers.add("index_for_query", RefactoringKind::Rewrite, fix.title, || fix.edits);
            }
        }
    }
    Some(())
}
