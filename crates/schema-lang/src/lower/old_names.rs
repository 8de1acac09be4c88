//! The old names that `@was(…)` claims for tables and enums, over all files.

use std::sync::Arc;

use super::words::was;
use crate::{
    database::{AnalysisDatabase, Declaration, File, Project, chunk, chunks},
    item::DeclarationKind,
};

/// A declaration that had another name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Claim {
    old: String,
    declaration: Declaration,
}

#[salsa::tracked(returns(ref))]
fn file_claims(db: &dyn AnalysisDatabase, file: File) -> Vec<Claim> {
    chunks(db, file).flat_map(|chunk| chunk_claims(db, file, chunk)).cloned().collect()
}

#[salsa::tracked(returns(ref))]
fn chunk_claims(db: &dyn AnalysisDatabase, file: File, number: usize) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (_, declaration) in chunk(db, file, number) {
        let may_be_renamed = matches!(declaration.kind(db), DeclarationKind::Table | DeclarationKind::Enum);
        if may_be_renamed && let Some(old) = was(&declaration.item(db).attributes) {
            claims.push(Claim { old, declaration });
        }
    }
    claims
}

#[salsa::tracked(returns(ref))]
fn closed_claims(db: &dyn AnalysisDatabase, project: Project) -> Vec<Claim> {
    project.closed_files(db).iter().flat_map(|file| file_claims(db, *file)).cloned().collect()
}

/// The first declaration of the same kind that says it had the name `old`, if `declaration` is another one.
pub(crate) fn other_claim(
    db: &dyn AnalysisDatabase,
    project: Project,
    declaration: Declaration,
    old: &str,
) -> Option<Declaration> {
    let open = project.open_files(db).iter().flat_map(|file| file_claims(db, *file));
    let claims = closed_claims(db, project).iter().chain(open);
    let claims =
        claims.filter(|it| it.old == old && it.declaration.kind(db) == declaration.kind(db)).map(|it| it.declaration);
    let order = |it: &Declaration| (Arc::clone(it.file(db).path(db)), it.name(db).clone(), it.duplicate(db));
    claims.min_by_key(order).filter(|first| *first != declaration)
}
