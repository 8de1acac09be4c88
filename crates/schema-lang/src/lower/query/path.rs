//! Paths by way of relations that lead to one row: `author.name`, `author.company.name`.
//!
//! In a query that reads, each relation becomes an outer join, one for all paths that begin with it. It finds one row at
//! most, so the number of rows stays. Where nothing can be joined (a mutation, the condition of a join), the path becomes a
//! sub-query.

use std::sync::Arc;

use orm_model::{
    BinaryOperator, ColumnType, Expression, ValueKind, ValueType,
    query::{Filter, Join, JoinKind, Output, OutputValue, Relation, Select, Source},
};

use super::{
    names::{QueryNames, SourceColumn, SourceNames},
    relation::{RelationKind, TableRelation, only_key, relations},
    uses,
};
use crate::{
    database::Declaration,
    diagnostics::rules::{ambiguous_relation, relation_path, unknown_column, unknown_relation},
    item::Name,
    lower::{Scope, shape::signature},
};

/// A relation that paths lead through.
pub(crate) struct Followed {
    /// The name of the source that has it.
    of: String,
    /// What the text calls it.
    relation: Arc<str>,
    /// What it leads to.
    target: SourceNames,
    /// How that is joined; `None` once the query has it.
    join: Option<Join>,
}

/// A value at the end of relations, and the rest of the path; `None` where a finding says what is wrong. The path begins with
/// a relation of the sources, which `names` reads.
pub(super) fn follow<'p>(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    sources: &[&SourceNames],
    path: &'p [Name],
) -> Option<(Expression, &'p [Name])> {
    let mut source = only(scope, sources, path.first()?)?.clone();
    let mut joins = Vec::new();
    let mut rest = path;
    loop {
        let (name, behind) = rest.split_first()?;
        let relation = one(scope, &source, name)?;
        let Some(next) = behind.first() else {
            scope.report(relation_path::no_column(scope.at(name.anchor), &name.text, only_key(scope, relation)));
            return None;
        };
        let target = step(scope, names, &source, relation, name, &mut joins)?;
        if let Some(column) = value(scope, &target, behind) {
            uses::column(scope, next.anchor, &target.written, column);
            let value = if joins.is_empty() { target.field(column)? } else { sub_query(joins, &target, column)? };
            return Some((value, &behind[1..]));
        }
        if named(scope, &target, &next.text).is_empty() {
            let known = target.columns.iter().map(|it| it.declared_name.as_str());
            let title = format!("`{}`", target.written);
            scope.report(unknown_column::report(scope.at(next.anchor), &next.text, &title, known));
            return None;
        }
        (source, rest) = (target, behind);
    }
}

/// A source at the end of relations that lead to one row, and a relation of it: `author.posts`.
pub(super) struct Led<'db> {
    pub(super) source: SourceNames,
    pub(super) relation: &'db TableRelation,
    /// How its row is found, where it is not joined.
    joins: Vec<Join>,
}

/// Follows a path that ends with a relation; `None` inside where it does not begin with one that leads there, `None` of it
/// all where a finding says what is wrong.
pub(super) fn lead<'db>(scope: &mut Scope<'db>, names: &QueryNames<'_>, path: &[Name]) -> Option<Option<Led<'db>>> {
    let Some((names, sources, parts)) = names.relation_in(scope, path) else { return Some(None) };
    let Some(([first, ways @ ..], last)) = path[parts..].split_last().map(|(last, ways)| (ways, last)) else {
        return Some(None);
    };
    let mut source = only(scope, &sources, first)?.clone();
    let mut joins = Vec::new();
    for name in std::iter::once(first).chain(ways) {
        let relation = known(scope, &source, name).and_then(|()| one(scope, &source, name))?;
        source = step(scope, names, &source, relation, name, &mut joins)?;
    }
    known(scope, &source, last)?;
    match named(scope, &source, &last.text).as_slice() {
        [relation] => Some(Some(Led { source, relation, joins })),
        several => {
            scope.report(ambiguous_relation::report(scope, last, &of(&source, several)));
            None
        }
    }
}

impl Led<'_> {
    /// A column of the source, as the query around it can read it.
    pub(super) fn physical(&self, column: &str) -> Option<Expression> {
        if self.joins.is_empty() {
            return self.source.physical(column);
        }
        let column = self.source.columns.iter().find(|it| it.name == column)?;
        sub_query(self.joins.clone(), &self.source, column)
    }
}

/// The source that a relation is of.
fn only<'s>(scope: &mut Scope<'_>, sources: &[&'s SourceNames], name: &Name) -> Option<&'s SourceNames> {
    if let [source] = sources {
        return Some(source);
    }
    let relations: Vec<_> = sources.iter().flat_map(|it| of(it, &named(scope, it, &name.text))).collect();
    scope.report(ambiguous_relation::report(scope, name, &relations));
    None
}

/// Says so where a source has no such relation.
fn known(scope: &mut Scope<'_>, source: &SourceNames, name: &Name) -> Option<()> {
    if named(scope, source, &name.text).is_empty() {
        scope.report(unknown_relation::of_tables(scope, source.table, name));
        return None;
    }
    Some(())
}

/// What a relation leads to: joined, or put to the joins of a sub-query.
fn step(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    source: &SourceNames,
    relation: &TableRelation,
    name: &Name,
    joins: &mut Vec<Join>,
) -> Option<SourceNames> {
    if names.can_join.get() {
        return joined(scope, names, source, relation, name);
    }
    let (target, join) = join(scope, names, source, relation, name)?;
    joins.push(join);
    Some(target)
}

/// The type of the column at the end of relations, if the path ends with one.
pub(super) fn column_type(scope: &Scope<'_>, source: &SourceNames, path: &[Name]) -> Option<ColumnType> {
    let (name, behind) = path.split_first()?;
    if let Some(column) = value(scope, source, path) {
        return column.column_type.clone().filter(|_| behind.is_empty());
    }
    let relation = *named(scope, source, &name.text).first()?;
    column_type(scope, &reached(scope, relation, name), behind)
}

/// Whether a path ends with a relation.
pub(super) fn ends_with_relation(scope: &Scope<'_>, source: &SourceNames, path: &[Name]) -> bool {
    let Some((name, behind)) = path.split_first() else { return false };
    named(scope, source, &name.text)
        .first()
        .is_some_and(|relation| behind.is_empty() || ends_with_relation(scope, &reached(scope, relation, name), behind))
}

/// What a relation leads to, to look at what it has.
fn reached(scope: &Scope<'_>, relation: &TableRelation, name: &Name) -> SourceNames {
    SourceNames::of_table(&name.text, relation.target, signature(scope.db, scope.project, relation.target))
}

/// The relations of a source with this name.
pub(super) fn named<'db>(scope: &Scope<'db>, source: &SourceNames, name: &str) -> Vec<&'db TableRelation> {
    let Some(table) = source.table else { return Vec::new() };
    relations(scope.db, scope.project, table).iter().filter(|it| *it.name == *name).collect()
}

/// The column that a path means, if it means one: not where it goes on, the column has no members, and a relation has the
/// name as well.
pub(super) fn value<'s>(scope: &Scope<'_>, source: &'s SourceNames, path: &[Name]) -> Option<&'s SourceColumn> {
    let (name, behind) = path.split_first()?;
    let column = source.column(&name.text)?;
    let kind = column.column_type.clone().map(|it| ValueType::Known(it).kind());
    let has_members = kind.is_none_or(|it| matches!(it, ValueKind::Json | ValueKind::Unknown));
    (behind.is_empty() || has_members || named(scope, source, &name.text).is_empty()).then_some(column)
}

/// Relations, each with the table that it leads away from.
fn of<'db>(source: &SourceNames, relations: &[&'db TableRelation]) -> Vec<(Option<Declaration>, &'db TableRelation)> {
    relations.iter().map(|it| (source.table, *it)).collect()
}

/// The relation with this name, which must lead to one row.
fn one<'db>(scope: &mut Scope<'db>, source: &SourceNames, name: &Name) -> Option<&'db TableRelation> {
    match named(scope, source, &name.text).as_slice() {
        [] => None,
        [relation] if relation.kind == RelationKind::Many => {
            scope.report(relation_path::many_rows(scope.at(name.anchor), &name.text));
            None
        }
        [relation] => Some(relation),
        several => {
            scope.report(ambiguous_relation::report(scope, name, &of(source, several)));
            None
        }
    }
}

/// What a relation leads to, joined once for all paths through it.
fn joined(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    source: &SourceNames,
    relation: &TableRelation,
    name: &Name,
) -> Option<SourceNames> {
    let known = names.followed.borrow();
    if let Some(known) = known.iter().find(|it| it.of == source.name && it.relation == relation.name) {
        return Some(known.target.clone());
    }
    drop(known);
    let (target, join) = join(scope, names, source, relation, name)?;
    names.followed.borrow_mut().push(Followed {
        of: source.name.clone(),
        relation: relation.name.clone(),
        target: target.clone(),
        join: Some(join),
    });
    Some(target)
}

/// The other table, and how its row is joined.
fn join(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    source: &SourceNames,
    relation: &TableRelation,
    name: &Name,
) -> Option<(SourceNames, Join)> {
    let signature = signature(scope.db, scope.project, relation.target);
    uses::table(scope, name.anchor, signature);
    let mut target = SourceNames::of_relation(&name.text, relation.target, signature, names.whole);
    names.whole.place(&target, name.anchor);
    let condition = same_row(&target, |it| source.physical(it), relation)?.into_iter().reduce(|left, right| {
        Expression::Binary { operator: BinaryOperator::And, left: Box::new(left), right: Box::new(right) }
    });
    target.is_optional = source.is_optional || relation.kind != RelationKind::One { nullable: false };
    let read = Source { name: target.name.clone(), relation: Relation::Table(signature.name.clone()) };
    Some((target, Join { kind: JoinKind::Left, source: read, condition }))
}

/// The conditions that rows of a relation meet, one for each column of its key.
pub(super) fn same_row(
    target: &SourceNames,
    source: impl Fn(&str) -> Option<Expression>,
    relation: &TableRelation,
) -> Option<Vec<Expression>> {
    let same = |(own, other): &(String, String)| {
        let (left, right) = (Box::new(target.physical(other)?), Box::new(source(own)?));
        Some(Expression::Binary { operator: BinaryOperator::Equal, left, right })
    };
    relation.columns.iter().map(same).collect()
}

/// A column of the last of several sources, the first of which is found by a row outside of the query.
fn sub_query(joins: Vec<Join>, last: &SourceNames, column: &SourceColumn) -> Option<Expression> {
    let mut joins = joins.into_iter();
    let first = joins.next()?;
    let filters = first.condition.into_iter().map(|condition| Filter { condition, when: Vec::new() });
    Some(Expression::Subquery(Box::new(Select {
        from: Some(first.source),
        filters: filters.collect(),
        joins: joins.collect(),
        outputs: vec![Output { name: column.name.clone(), value: OutputValue::Expression(last.field(column)?) }],
        finds_a_row: !last.is_optional,
        ..Select::default()
    })))
}

impl QueryNames<'_> {
    /// The joins of relations that paths led through since this was asked last.
    pub(super) fn take_joins(&self) -> Vec<Join> {
        self.followed.borrow_mut().iter_mut().filter_map(|it| it.join.take()).collect()
    }
}
