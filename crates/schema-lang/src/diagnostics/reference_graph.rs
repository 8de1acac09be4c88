//! From a table to the tables that it refers to.

use orm_model::{Column, ForeignKey, ReferentialAction, Table};

use super::RuleContext;
use crate::{
    database::{AnalysisDatabase, Declaration, Project, item_tree, resolve},
    item::{DeclarationKind, ExpressionKind, argument, positional},
    lower::{
        shape::Place,
        table::{LoweredTable, lower_table},
    },
};

/// Cycles of more tables than these are not looked for: a table may refer to many.
const LONGEST_CYCLE: usize = 8;

/// A table to a table that it refers to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, salsa::SalsaValue)]
pub(crate) struct Reference {
    /// Which of the table's foreign keys it is; `None`: the table is interleaved.
    pub(crate) index: Option<usize>,
    /// The table that it refers to.
    pub(crate) target: Declaration,
    /// Whether a row cannot be without the row that it refers to.
    pub(crate) is_required: bool,
    /// Whether a delete there goes on here.
    pub(crate) is_cascade: bool,
}

/// What a table refers to. It is little, so that most changes of a table are none for those that look at it.
#[salsa::tracked(returns(ref))]
pub(crate) fn references(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> Vec<Reference> {
    project.settled(db);
    references_of(db, project, lower_table(db, project, declaration))
}

fn references_of(db: &dyn AnalysisDatabase, project: Project, lowered: &LoweredTable) -> Vec<Reference> {
    let table = &lowered.table;
    let mut references = Vec::new();
    for (index, (key, place)) in table.foreign_keys.iter().zip(&lowered.foreign_keys).enumerate() {
        let is_cascade = key.on_delete == ReferentialAction::Cascade;
        references.extend(target(db, project, place).map(|target| Reference {
            index: Some(index),
            target,
            is_required: is_required(table, key),
            is_cascade,
        }));
    }
    if let (Some(interleave), Some(place)) = (&table.interleave, &lowered.interleave) {
        let is_cascade = interleave.on_delete == ReferentialAction::Cascade;
        let (target, is_required) = (target(db, project, place), !interleave.placement_only);
        references.extend(target.map(|target| Reference { index: None, target, is_required, is_cascade }));
    }
    references
}

/// The table that is named by the attribute or item at a place.
pub(crate) fn target(db: &dyn AnalysisDatabase, project: Project, place: &Place) -> Option<Declaration> {
    let arguments = place.origin.declaration.item(db).arguments_at(place.anchor)?;
    let path = match argument(arguments, "references").map(|it| &it.value.kind) {
        Some(ExpressionKind::Call { function, .. }) => function.as_slice(),
        _ => match &positional(arguments).next()?.value.kind {
            ExpressionKind::Path(path) => path,
            _ => return None,
        },
    };
    let named = |path: &[crate::item::Name]| {
        let name = path.iter().map(|it| &*it.text).collect::<Vec<_>>().join(".");
        resolve(db, project, &name, &[DeclarationKind::Table])
    };
    // `@references(users.id)` ends in a column, the others name a table.
    path.split_last().and_then(|(_, table)| named(table)).or_else(|| named(path))
}

/// The tables of the shortest cycle that begins with one of the references of the table at hand, and which reference
/// that is. Each cycle is found at the table whose name comes first.
pub(crate) fn cycle<'db>(
    context: &RuleContext<'db>,
    counts: fn(&Reference) -> bool,
) -> Option<(Option<usize>, Vec<Declaration>)> {
    let home = context.declaration;
    // Its own are not asked of the database: what salsa does not keep it need not look at, and few tables are referred to.
    let own = references_of(context.db, context.project, context.lowered);
    let next =
        |declaration: Declaration| references(context.db, context.project, declaration).iter().filter(|it| counts(it));
    for first in own.iter().filter(|it| counts(it) && it.target != home) {
        // Breadth first; a path is the table and the way that leads to it.
        let mut paths = vec![vec![first.target]];
        let mut seen = vec![home, first.target];
        let mut at = 0;
        while let Some(path) = paths.get(at).cloned() {
            at += 1;
            let comes_later = path.iter().all(|it| it.name(context.db) > home.name(context.db));
            let Some(last) = path.last().copied().filter(|_| comes_later && path.len() < LONGEST_CYCLE) else {
                continue;
            };
            for reference in next(last) {
                if reference.target == home {
                    return Some((first.index, path));
                }
                if !seen.contains(&reference.target) {
                    seen.push(reference.target);
                    paths.push(path.iter().copied().chain([reference.target]).collect());
                }
            }
        }
    }
    None
}

/// Whether a row cannot be without the row that a foreign key refers to.
pub(crate) fn is_required(table: &Table, key: &ForeignKey) -> bool {
    let may_be_null = |column: &Column| column.nullable && !table.is_key_column(&column.name);
    key.columns.iter().all(|name| table.column(name).is_some_and(|it| !may_be_null(it)))
}

/// Whether some table of the project refers to these columns of the table at hand. It reads all tables, so it is for what
/// is rare.
pub(crate) fn is_referenced(context: &RuleContext<'_>, columns: &[&str]) -> bool {
    let (db, project, name) = (context.db, context.project, &context.table().name);
    let refers = |key: &ForeignKey| {
        key.references == *name
            && key.referenced_columns.len() == columns.len()
            && key.referenced_columns.iter().all(|it| columns.contains(&it.as_str()))
    };
    let files = project.files(db);
    let mut tables = files.iter().flat_map(|file| item_tree(db, *file));
    tables.any(|it| {
        it.kind(db) == DeclarationKind::Table && lower_table(db, project, *it).table.foreign_keys.iter().any(refers)
    })
}
