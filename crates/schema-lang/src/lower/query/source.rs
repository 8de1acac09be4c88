//! What `from` and the joins read.

use orm_model::query::{Join, JoinKind, Relation, Source};

use super::{
    clauses::{Clauses, JoinClause},
    names::{Aggregates, Around, QueryNames, SourceColumn, SourceNames, Whole, columns_of},
    relation, select, uses,
};
use crate::{
    database::{Declaration, resolve},
    diagnostics::rules::{bad_clause, duplicate_source, unknown_column, unknown_table, view_columns},
    item::{
        DeclarationKind, Name,
        query::{RelationItem, SourceItem},
    },
    lower::{
        Scope,
        expression::{self, Names},
        object_name::written_name,
        objects::lower_view,
        shape::{Signature, SignatureColumn, signature},
    },
};

/// `from` and the joins: their names go into `names`.
pub(super) fn lower(
    scope: &mut Scope<'_>,
    clauses: &Clauses<'_>,
    names: &mut QueryNames<'_>,
) -> Option<(Option<Source>, Vec<Join>)> {
    if clauses.is_half_typed {
        return None;
    }
    let from = match clauses.from {
        Some(item) => Some(source(scope, item, names)?),
        None => None,
    };
    let mut joins = Vec::new();
    let mut is_complete = true;
    for clause in &clauses.joins {
        if clauses.from.is_none() {
            scope.report(bad_clause::join_without_from(scope.at(clause.anchor)));
            return None;
        }
        match join(scope, clause, names) {
            Some(it) => joins.push(it),
            None => is_complete = false,
        }
    }
    is_complete.then_some((from, joins))
}

fn join(scope: &mut Scope<'_>, clause: &JoinClause<'_>, names: &mut QueryNames<'_>) -> Option<Join> {
    let source = source(scope, clause.source, names)?;
    // The condition is about rows that are there on both sides.
    names.aggregates.set(Aggregates::Refused("the condition of a join"));
    let condition = match (clause.kind, clause.condition) {
        (JoinKind::Cross, Some(condition)) => {
            scope.report(bad_clause::cross_join_condition(scope.at(condition.anchor), &scope.at(clause.anchor)));
            return None;
        }
        (JoinKind::Cross, None) => None,
        (_, None) => {
            let conditions = relation::conditions(scope, &names.sources);
            let is_inner = clause.kind == JoinKind::Inner;
            scope.report(bad_clause::join_without_condition(scope.at(clause.anchor), &conditions, is_inner));
            return None;
        }
        (_, Some(condition)) => Some(expression::condition(scope, Names::query(names), condition)?),
    };
    let last = names.sources.len().saturating_sub(1);
    for (index, it) in names.sources.iter_mut().enumerate() {
        it.is_optional |= match clause.kind {
            JoinKind::Left => index == last,
            JoinKind::Right => index < last,
            JoinKind::Full => true,
            JoinKind::Inner | JoinKind::Cross => false,
        };
    }
    Some(Join { kind: clause.kind, source, condition })
}

fn source(scope: &mut Scope<'_>, item: &SourceItem, names: &mut QueryNames<'_>) -> Option<Source> {
    let (relation, mut found) = match &item.relation {
        RelationItem::Name(name) => named(scope, name, names)?,
        RelationItem::Query(clauses) => {
            let Some(alias) = &item.alias else {
                scope.report(bad_clause::source_without_name(scope.at(item.anchor)));
                return None;
            };
            let query = select::lower(scope, clauses, item.anchor, &Around::inside(names))?;
            let columns = columns_of(&query);
            select::refuse_relations(scope, clauses, &query)?;
            (Relation::Query(Box::new(query)), SourceNames::of_query(&alias.text, columns))
        }
        RelationItem::Function { function, .. } => {
            scope.report(bad_clause::table_function(scope.at(function.anchor), &function.text));
            return None;
        }
    };
    if let Some(alias) = &item.alias {
        found.written = alias.text.to_string();
        found.qualified = None;
    }
    if names.sources.iter().any(|it| it.written == found.written) {
        let is_plain = item.alias.is_none();
        scope.report(duplicate_source::report(scope.at(item.anchor), &found.written, is_plain));
        return None;
    }
    found.name = names.whole.source_name(&found.written);
    let source = Source { name: found.name.clone(), relation };
    names.whole.place(&found, item.anchor);
    names.sources.push(found);
    Some(source)
}

/// A common table expression, a table or a view.
fn named(scope: &mut Scope<'_>, name: &Name, names: &QueryNames<'_>) -> Option<(Relation, SourceNames)> {
    if let Some(common) = names.common_table(&name.text) {
        let mut found = SourceNames::of_query(&common.written, common.columns.clone());
        found.is_complete = common.is_complete;
        return Some((Relation::CommonTable(common.name.clone()), found));
    }
    let kinds = [DeclarationKind::Table, DeclarationKind::View];
    let Some(declaration) = resolve(scope.db, scope.project, &name.text, &kinds) else {
        scope.report(unknown_table::report(scope, name.anchor, &name.text));
        return None;
    };
    if declaration.kind(scope.db) == DeclarationKind::View {
        return view(scope, name, declaration);
    }
    let signature = signature(scope.db, scope.project, declaration);
    uses::table(scope, name.anchor, signature);
    Some((Relation::Table(signature.name.clone()), SourceNames::of_table(&name.text, declaration, signature)))
}

/// A view of clauses: its columns are its outputs.
fn view(scope: &mut Scope<'_>, name: &Name, declaration: Declaration) -> Option<(Relation, SourceNames)> {
    if declaration.item(scope.db).query.as_ref().is_none_or(|it| it.clauses.is_none()) {
        scope.report(view_columns::report(scope.at(name.anchor), &name.text));
        return None;
    }
    let lowered = lower_view(scope.db, scope.project, declaration);
    // What is wrong with the view is told there.
    let select = lowered.view.select.as_ref()?;
    let found = SourceNames::of_query(&written_name(&name.text).name, columns_of(select));
    Some((Relation::Table(lowered.view.name.clone()), found))
}

/// The table that a mutation writes.
pub(super) fn table(scope: &mut Scope<'_>, name: &Name) -> Option<(Declaration, SourceNames)> {
    let Some(declaration) = resolve(scope.db, scope.project, &name.text, &[DeclarationKind::Table]) else {
        scope.report(unknown_table::report(scope, name.anchor, &name.text));
        return None;
    };
    let signature = signature(scope.db, scope.project, declaration);
    uses::table(scope, name.anchor, signature);
    Some((declaration, SourceNames::of_table(&name.text, declaration, signature)))
}

impl SourceNames {
    /// A table that the text calls `written`.
    pub(super) fn of_table(written: &str, declaration: Declaration, signature: &Signature) -> Self {
        let last = written_name(written).name;
        SourceNames {
            qualified: (last != written).then(|| written.to_owned()),
            name: last.clone(),
            written: last,
            columns: signature.columns.iter().map(SourceColumn::of_table).collect(),
            is_complete: signature.is_complete,
            is_optional: false,
            table: Some(declaration),
        }
    }

    /// What a relation leads to. It is called by the relation's name, not by the table's.
    pub(super) fn of_relation(
        relation: &str,
        declaration: Declaration,
        signature: &Signature,
        whole: &Whole<'_>,
    ) -> Self {
        SourceNames {
            written: relation.to_owned(),
            qualified: None,
            name: whole.source_name(relation),
            ..SourceNames::of_table(relation, declaration, signature)
        }
    }

    fn of_query(written: &str, columns: Vec<SourceColumn>) -> Self {
        SourceNames {
            written: written.to_owned(),
            qualified: None,
            name: written.to_owned(),
            columns,
            is_complete: true,
            is_optional: false,
            table: None,
        }
    }
}

impl SourceColumn {
    fn of_table(column: &SignatureColumn) -> Self {
        SourceColumn {
            declared_name: column.declared_name.clone(),
            name: column.name.clone(),
            column_type: column.column_type.clone(),
            nullable: column.nullable,
            only: column.only,
            deprecated: column.deprecated.clone(),
        }
    }
}

/// A column of a source by its name in the text; a finding where there is none.
pub(super) fn column<'s>(scope: &mut Scope<'_>, source: &'s SourceNames, name: &Name) -> Option<&'s SourceColumn> {
    let found = source.column(&name.text);
    if found.is_none() && source.is_complete {
        let known = source.columns.iter().map(|it| it.declared_name.as_str());
        let table = format!("`{}`", source.written);
        scope.report(unknown_column::report(scope.at(name.anchor), &name.text, &table, known));
    }
    if let Some(found) = found {
        uses::column(scope, name.anchor, &source.written, found);
    }
    found
}
