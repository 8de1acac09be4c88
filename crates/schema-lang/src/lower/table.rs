//! The whole table: its [`shape`](super::shape) with what it refers to.

use std::sync::Arc;

use orm_model::{ForeignKey, Interleave, Table};

pub use super::expand::Origin;
use super::{
    Scope,
    names::{Claims, table_names},
    references::{column_reference, index_parent, interleave, item_reference, place, placement},
    shape::{ColumnShape, Place, shape},
    words::{only, text, was},
};
use crate::{
    database::{AnalysisDatabase, Declaration, Project},
    diagnostics::Diagnostic,
    item::{DeclarationKind, Member, attribute},
};

/// What a table became, and where each part was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoweredTable {
    /// The table, as far as it could be made; for a mixin, what it would add to a table.
    pub table: Table,
    /// The columns again, with their places: as many as the table has, in the same order.
    pub columns: Arc<[ColumnShape]>,
    /// Where the primary key was written.
    pub primary_key: Option<Place>,
    /// Where each unique constraint was written, in the order of the table.
    pub uniques: Vec<Place>,
    /// Where each index was written, in the order of the table.
    pub indexes: Vec<Place>,
    /// Where each foreign key was written, in the order of the table.
    pub foreign_keys: Vec<Place>,
    /// Where each check was written, in the order of the table.
    pub checks: Vec<Place>,
    /// Where the interleaving was written.
    pub interleave: Option<Place>,
    /// Where `ttl` was written.
    pub ttl: Option<Place>,
    /// Whether every mixin was found. Where one was not, nobody can say what the table lacks.
    pub is_complete: bool,
    /// What it takes of the namespaces of the targets.
    pub claims: Claims,
    /// What was found on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// A table or mixin to the model.
#[salsa::tracked(returns(ref))]
pub fn lower_table(db: &dyn AnalysisDatabase, project: Project, declaration: Declaration) -> LoweredTable {
    project.settled(db);
    let shape = shape(db, project, declaration);
    let mut diagnostics = shape.diagnostics.clone();
    let mut foreign_keys: Vec<(ForeignKey, Place)> = Vec::new();
    let mut parent: Option<(Interleave, Place)> = None;
    let mut indexes = shape.indexes.clone();
    for member in &shape.members {
        let origin = &member.origin;
        let mut scope = Scope {
            db,
            project,
            home: declaration,
            is_complete: shape.is_complete,
            origin,
            only: only(member.member().attributes()).or(shape.only),
            diagnostics: &mut diagnostics,
        };
        match member.member() {
            Member::Column(item) => {
                let mut columns = shape.columns.iter();
                if let Some(reference) = attribute(&item.attributes, "references")
                    && let Some(column) = columns.find(|it| it.name == item.name.anchor && it.origin == *origin)
                    && let Some(key) =
                        column_reference(&mut scope, shape, &column.column.name, reference, &item.attributes)
                {
                    foreign_keys.push((key, place(&scope, reference.anchor)));
                }
            }
            Member::Item(item) if &*item.name.text == "foreign_key" => {
                if let Some(key) = item_reference(&mut scope, shape, item) {
                    foreign_keys.push((key, place(&scope, item.anchor)));
                }
            }
            Member::Item(item) if &*item.name.text == "interleave" => {
                if let Some((_, first)) = &parent {
                    let finding = crate::diagnostics::rules::bad_interleave::twice(scope.at(item.anchor), first);
                    scope.report_in_table(finding);
                } else if let Some(it) = interleave(&mut scope, shape, item) {
                    parent = Some((it, place(&scope, item.anchor)));
                }
            }
            Member::Item(item) if &*item.name.text == "interleave_in" => {
                if let Some((_, first)) = &parent {
                    let finding = crate::diagnostics::rules::bad_interleave::twice(scope.at(item.anchor), first);
                    scope.report_in_table(finding);
                } else if let Some(it) = placement(&mut scope, shape, item) {
                    parent = Some((it, place(&scope, item.anchor)));
                }
            }
            Member::Item(item) if &*item.name.text == "index" => {
                let here = place(&scope, item.anchor);
                if let Some(name) = index_parent(&mut scope, item)
                    && let Some((index, _)) = indexes.iter_mut().find(|(_, place)| *place == here)
                {
                    index.interleave = Some(name);
                }
            }
            Member::Item(_) | Member::Spread(_) => {}
        }
    }

    let (uniques, unique_places) = sorted(shape.uniques.clone(), |it| &it.name);
    let (indexes, index_places) = sorted(indexes, |it| &it.name);
    let (foreign_keys, foreign_key_places) = sorted(foreign_keys, |it| &it.name);
    let (checks, check_places) = sorted(shape.checks.clone(), |it| &it.name);
    let (interleave, interleave_place) = parent.unzip();
    let (ttl, ttl_place) = shape.ttl.clone().unzip();
    let (primary_key, primary_key_place) = shape.primary_key.clone().unzip();
    let item = declaration.item(db);
    let table = Table {
        name: shape.name.clone(),
        declared_name: shape.declared_name.clone(),
        doc: item.doc.clone(),
        columns: shape.columns.iter().map(|it| it.column.clone()).collect(),
        primary_key,
        uniques,
        indexes,
        foreign_keys,
        checks,
        interleave,
        only: only(&item.attributes),
        was: was(&item.attributes),
        deprecated: text(&item.attributes, "deprecated").map(str::to_owned),
        ttl,
    };
    let is_declared = declaration.kind(db) == DeclarationKind::Table && !declaration.name(db).is_empty();
    let names = if is_declared { table_names(&table) } else { Vec::new() };
    LoweredTable {
        claims: Claims::of(&names, project.targets(db)),
        table,
        columns: shape.columns.clone(),
        primary_key: primary_key_place,
        uniques: unique_places,
        indexes: index_places,
        foreign_keys: foreign_key_places,
        checks: check_places,
        interleave: interleave_place,
        ttl: ttl_place,
        is_complete: shape.is_complete,
        diagnostics,
    }
}

fn sorted<T>(mut members: Vec<(T, Place)>, name: impl Fn(&T) -> &String) -> (Vec<T>, Vec<Place>) {
    members.sort_by(|a, b| name(&a.0).cmp(name(&b.0)));
    members.into_iter().unzip()
}
