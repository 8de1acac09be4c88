//! A query that writes.

use std::collections::BTreeSet;

use orm_model::{
    Column, Default, Expression, Only,
    query::{
        Assignment, ConflictAction, Delete, EXCLUDED, Insert, InsertRows, OnConflict, Output, Parameter,
        ParameterValue, QueryBody, Relation, Source, Update,
    },
};

use super::{
    mutation_fix::{is_shorthand, leave_out, with_parameters, without_value, written_key},
    names::{Aggregates, Around, QueryNames, SourceNames, Whole},
    output, select, source, value,
};
use crate::{
    diagnostics::{
        Fix,
        rules::{
            bad_clause, bad_parameter, bad_returning, bad_value, conflict_target, key_update, missing_value,
            missing_where, unknown_column, unknown_parameter, unwritable_column,
        },
    },
    item::{
        self, Anchor, Argument, ExpressionItem, ExpressionKind, Name,
        query::{AssignmentItem, Clause, ClauseKind, RelationItem, SelectionItem, SourceItem},
    },
    lower::{
        Scope,
        shape::{ColumnShape, Signature, UniqueKey, shape, signature},
    },
};

/// What a mutation does; `None` where findings say why it is nothing. `anchor` is where a missing clause is told.
pub(super) fn lower(scope: &mut Scope<'_>, clauses: &[Clause], anchor: Anchor, whole: &Whole<'_>) -> Option<QueryBody> {
    let first = clauses.iter().find(|it| it.kind.is_verb());
    match first.map(|it| &it.kind) {
        Some(ClauseKind::Insert(target)) => insert(scope, clauses, target.as_ref()?, whole),
        Some(ClauseKind::Update(target)) => update(scope, clauses, target.as_ref()?, anchor, whole),
        Some(ClauseKind::Delete(target)) => delete(scope, clauses, target.as_ref()?, anchor, whole),
        _ => {
            scope.report(bad_clause::no_mutation(scope.at(anchor)));
            None
        }
    }
}

/// The table that is written, and what is known of it.
struct Target<'s, 'w> {
    source: Source,
    names: QueryNames<'w>,
    signature: &'s Signature,
    columns: &'s [ColumnShape],
    rows: SourceNames,
}

impl<'s, 'w> Target<'s, 'w> {
    fn new(scope: &mut Scope<'s>, name: &Name, alias: Option<&Name>, whole: &'w Whole<'w>) -> Option<Self> {
        let (declaration, mut rows) = source::table(scope, name)?;
        if let Some(alias) = alias {
            rows.written = alias.text.to_string();
            rows.qualified = None;
        }
        rows.name = whole.source_name(&rows.written);
        whole.place(&rows, name.anchor);
        let signature = signature(scope.db, scope.project, declaration);
        let source = Source { name: rows.name.clone(), relation: Relation::Table(signature.name.clone()) };
        let mut names = QueryNames::new(&Around::nothing(whole));
        names.sources.push(rows.clone());
        let columns = &shape(scope.db, scope.project, declaration).columns;
        Some(Target { source, names, signature, columns, rows })
    }

    /// A column that a mutation may write; `fix` takes out what it would get.
    fn column(
        &self,
        scope: &mut Scope<'_>,
        name: &str,
        (naming, anchor): (Naming, Anchor),
        fix: Option<Fix>,
    ) -> Option<&'s Column> {
        if naming != Naming::Name && self.rows.column(name).is_none() && self.rows.is_complete {
            let known = self.rows.columns.iter().map(|it| it.declared_name.as_str());
            scope.report(match naming {
                Naming::Value => unknown_column::of_value(scope.at(anchor), name, &self.rows.written, known),
                _ => unknown_column::in_text(scope.at(anchor), name, &self.rows.written, known),
            });
            return None;
        }
        let written = Name { text: name.into(), anchor };
        let physical = &source::column(scope, &self.rows, &written)?.name;
        let shape = self.columns.iter().find(|it| it.column.name == *physical)?;
        if is_generated(shape) {
            scope.report(unwritable_column::generated(scope.at(anchor), name, fix));
            return None;
        }
        Some(&shape.column)
    }

    /// What the columns that nobody names get on an update: `@on_update(…)`.
    fn updated(&self, assignments: &mut Vec<Assignment>) {
        for column in self.columns.iter().map(|it| &it.column) {
            if let Some(default) = &column.on_update
                && !assignments.iter().any(|it| it.column == column.name)
                && let Some(value) = written_by_client(column, default, 0)
            {
                assignments.push(Assignment { column: column.name.clone(), value: Some(value) });
            }
        }
    }
}

/// How it is said into which column a value goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// By a name of its own.
    Name,
    /// By the name of the value: `$email`, `select users.email`.
    Value,
    /// By all that is read: `select *`.
    Wildcard,
}

/// Where the column of an output is named.
fn naming_of(selection: &[SelectionItem], output: &str) -> Option<(Naming, Anchor)> {
    let item = selection.iter().find(|it| it.output_name() == Some(output))?;
    match item {
        SelectionItem::Value { alias: Some(alias), .. } => Some((Naming::Name, alias.anchor)),
        SelectionItem::Value { value, .. } => Some((Naming::Value, value.anchor)),
        SelectionItem::Wildcard(_) => None,
    }
}

/// Whether the database computes a column, right or wrong.
fn is_generated(column: &ColumnShape) -> bool {
    column.generated.is_some()
}

/// What the client writes for a default; `None` where the database does it. The time of the commit is always said: not
/// every Spanner has it as a default.
fn written_by_client(column: &Column, default: &Default, row: usize) -> Option<Expression> {
    match default {
        Default::App(function) => {
            let column_type = column.column_type.clone();
            Some(Expression::Parameter(Parameter::of_app(function, row, column_type, column.nullable)))
        }
        Default::Expression(it) => Some(it.clone()),
        Default::Identity(_) | Default::NextValue(_) => None,
    }
}

/// Clauses that do not belong to the kind of mutation at hand, and those that stand twice.
fn refuse(scope: &mut Scope<'_>, clauses: &[Clause], takes: &[&str]) -> Option<()> {
    let mut seen = BTreeSet::new();
    let mut is_complete = true;
    for clause in clauses {
        let word = clause.kind.word();
        if !takes.contains(&word) {
            scope.report(bad_clause::misplaced(scope.at(clause.anchor), word, takes[0]));
            is_complete = false;
        } else if word != "where" && !seen.insert(word) {
            scope.report(bad_clause::twice(scope.at(clause.anchor), word));
            is_complete = false;
        }
    }
    is_complete.then_some(())
}

fn insert(scope: &mut Scope<'_>, clauses: &[Clause], name: &Name, whole: &Whole<'_>) -> Option<QueryBody> {
    let own = |it: &&Clause| {
        matches!(
            it.kind,
            ClauseKind::Insert(_) | ClauseKind::Values(_) | ClauseKind::OnConflict { .. } | ClauseKind::Returning(_)
        )
    };
    let reading: Vec<Clause> = clauses.iter().filter(|it| !own(it)).cloned().collect();
    let writing: Vec<Clause> = clauses.iter().filter(own).cloned().collect();
    refuse(scope, &writing, &["insert into", "values", "on_conflict", "returning"])?;
    let target = Target::new(scope, name, None, whole)?;
    let values = writing.iter().find_map(|it| match &it.kind {
        ClauseKind::Values(rows) => Some(rows),
        _ => None,
    });
    let (columns, rows) = match (values, reading.first()) {
        (Some(_), Some(other)) => {
            scope.report(bad_clause::misplaced(scope.at(other.anchor), other.kind.word(), "values"));
            return None;
        }
        (None, None) => {
            scope.report(bad_clause::nothing_to_insert(scope.at(name.anchor)));
            return None;
        }
        (Some(rows), None) => values_of(scope, &target, rows)?,
        (None, Some(_)) => rows_of_query(scope, &target, &reading, name.anchor)?,
    };
    let on_conflict = writing.iter().find_map(|it| match &it.kind {
        ClauseKind::OnConflict { target, action } => Some((target.as_deref(), action.as_ref(), it.anchor)),
        _ => None,
    });
    let on_conflict = match on_conflict {
        None => None,
        Some((keys, action, anchor)) => Some(conflict(scope, &target, keys, action?, anchor)?),
    };
    let returning = returning(scope, &writing, &target.names)?;
    Some(QueryBody::Insert(Box::new(Insert { target: target.source, columns, rows, on_conflict, returning })))
}

/// `values { … }, { … }`, `values $rows`
fn values_of(
    scope: &mut Scope<'_>,
    target: &Target<'_, '_>,
    rows: &[ExpressionItem],
) -> Option<(Vec<String>, InsertRows)> {
    if let [ExpressionItem { kind: ExpressionKind::Parameter(Some(name)), .. }] = rows {
        return rows_of_parameter(scope, target, name);
    }
    let mut written: Vec<Vec<(&Column, Expression)>> = Vec::new();
    let mut is_complete = true;
    for row in rows {
        let ExpressionKind::Object(pairs) = &row.kind else {
            if row.kind != ExpressionKind::Missing {
                scope.report(bad_value::row(scope.at(row.anchor)));
            }
            return None;
        };
        let mut values: Vec<(&Column, Expression)> = Vec::new();
        let mut named = Vec::new();
        for (name, item) in pairs {
            let fix = (pairs.len() > 1).then(|| without_value(scope, name, item));
            let naming = if is_shorthand(name, item) { Naming::Value } else { Naming::Name };
            let Some(column) = target.column(scope, &name.text, (naming, name.anchor), fix.clone()) else {
                is_complete = false;
                continue;
            };
            if named.contains(&column.name.as_str()) {
                scope.report(unwritable_column::twice(scope.at(name.anchor), &name.text, fix));
                is_complete = false;
                continue;
            }
            named.push(column.name.as_str());
            if is_shorthand(name, item) && !target.names.whole.parameters.iter().any(|it| it.name == *name.text) {
                let known = target.names.whole.parameters.iter().map(|it| it.name.as_str());
                scope.report(unknown_parameter::for_column(scope.at(item.anchor), &name.text, known));
                is_complete = false;
                continue;
            }
            let row_names = QueryNames::new(&Around::nothing(target.names.whole));
            row_names.aggregates.set(Aggregates::Refused("a value"));
            match value::lower(scope, &row_names, &source_column(target, column)?, item) {
                Some(value) => values.push((column, value)),
                None => is_complete = false,
            }
        }
        let behind = pairs.last().map(|(_, value)| value.anchor);
        let is_one = rows.len() == 1;
        is_complete &= missing(scope, target, &named, row.anchor, is_one.then_some(behind)).is_some();
        written.push(values);
    }
    if written.is_empty() || !is_complete {
        return None;
    }
    let is_named = |column: &Column| written.iter().flatten().any(|(it, _)| it.name == column.name);
    let is_computed = |column: &Column| column.default.as_ref().is_some_and(is_the_clients);
    let all = target.columns.iter().map(|it| &it.column);
    let mut columns: Vec<_> = all.filter(|it| is_named(it) || is_computed(it)).collect();
    if columns.is_empty() {
        // SQL has no rows without columns: one of them is said to be its default.
        let first = target.columns.iter().find(|it| !is_generated(it)).map(|it| &it.column);
        columns.push(written_column(scope, target, first, rows.first()?.anchor)?);
    }
    let rows = written.iter().enumerate().map(|(index, row)| {
        let value = |column: &&Column| {
            let said = row.iter().find(|(it, _)| it.name == column.name).map(|(_, value)| value.clone());
            let default = column.default.as_ref().filter(|it| is_the_clients(it));
            said.or_else(|| written_by_client(column, default?, index))
        };
        columns.iter().map(value).collect()
    });
    let rows: Vec<Vec<Option<Expression>>> = rows.collect();
    Some((columns.iter().map(|it| it.name.clone()).collect(), InsertRows::Values(rows)))
}

/// A column that is written, where there is one.
fn written_column<'s>(
    scope: &mut Scope<'_>,
    target: &Target<'s, '_>,
    column: Option<&'s Column>,
    anchor: Anchor,
) -> Option<&'s Column> {
    if column.is_none() && target.signature.is_complete {
        scope.report(unwritable_column::all(scope.at(anchor), &target.rows.written));
    }
    column
}

/// Whether an insert has to say the default.
fn is_the_clients(default: &Default) -> bool {
    !default.is_the_databases() || default.is_commit_timestamp()
}

/// Columns that a row needs and that nobody gives.
///
/// `behind`: the last value of the only row, where further ones may be given behind it.
fn missing(
    scope: &mut Scope<'_>,
    target: &Target<'_, '_>,
    named: &[&str],
    anchor: Anchor,
    behind: Option<Option<Anchor>>,
) -> Option<()> {
    let is_needed = |it: &&ColumnShape| !it.column.nullable && it.column.default.is_none() && !is_generated(it);
    let needed = target.columns.iter().filter(is_needed).map(|it| &it.column);
    let lacking: Vec<_> = needed.filter(|it| !named.contains(&it.name.as_str())).collect();
    if lacking.is_empty() || !target.signature.is_complete {
        return Some(());
    }
    let names: Vec<_> = lacking.iter().map(|it| it.declared_name()).collect();
    let fix = behind.and_then(|behind| with_parameters(scope, target.names.whole.parameters, &lacking, anchor, behind));
    scope.report(missing_value::report(scope.at(anchor), &names, fix));
    None
}

/// Every column that is no generated one, of rows that the caller gives.
fn rows_of_parameter(scope: &mut Scope<'_>, target: &Target<'_, '_>, name: &Name) -> Option<(Vec<String>, InsertRows)> {
    let parameters = target.names.whole.parameters;
    let Some(found) = parameters.iter().find(|it| it.name == *name.text) else {
        let known = parameters.iter().map(|it| it.name.as_str());
        scope.report(unknown_parameter::report(scope.at(name.anchor), &name.text, known));
        return None;
    };
    if found.value != ParameterValue::Rows(target.signature.name.clone()) {
        scope.report(bad_parameter::no_rows(scope.at(name.anchor), &target.rows.written));
        return None;
    }
    let columns: Vec<_> = target.columns.iter().filter(|it| !is_generated(it)).map(|it| &it.column).collect();
    written_column(scope, target, columns.first().copied(), name.anchor)?;
    let names = columns.iter().map(|it| it.name.clone()).collect();
    Some((names, InsertRows::Parameter(found.name.clone())))
}

/// `insert into t from … select …`: outputs go into the columns that they are called by.
fn rows_of_query(
    scope: &mut Scope<'_>,
    target: &Target<'_, '_>,
    clauses: &[Clause],
    anchor: Anchor,
) -> Option<(Vec<String>, InsertRows)> {
    let query = select::lower(scope, clauses, anchor, &Around::nothing(target.names.whole))?;
    select::refuse_relations(scope, clauses, &query)?;
    let select = clauses.iter().find_map(|it| match &it.kind {
        ClauseKind::Select { selection, .. } => Some((it.anchor, selection.as_slice())),
        _ => None,
    });
    let (at, selection) = select.unwrap_or((anchor, &[]));
    let mut columns = Vec::new();
    for output in &query.outputs {
        let naming = naming_of(selection, &output.name).unwrap_or((Naming::Wildcard, at));
        let column = target.column(scope, &output.name, naming, None)?;
        value::check_output(scope, &source_column(target, column)?, output, at)?;
        columns.push(column.name.clone());
    }
    let named: Vec<_> = columns.iter().map(String::as_str).collect();
    let is_app = |it: &&Column| {
        !named.contains(&it.name.as_str()) && it.default.as_ref().is_some_and(|it| !it.is_the_databases())
    };
    if let Some(column) = target.columns.iter().map(|it| &it.column).find(is_app) {
        scope.report(missing_value::computed(scope.at(at), column.declared_name()));
        return None;
    }
    missing(scope, target, &named, at, None)?;
    Some((columns, InsertRows::Query(Box::new(query))))
}

fn source_column(target: &Target<'_, '_>, column: &Column) -> Option<super::names::SourceColumn> {
    target.rows.columns.iter().find(|it| it.name == column.name).cloned()
}

/// `on_conflict(columns) do …`
fn conflict(
    scope: &mut Scope<'_>,
    target: &Target<'_, '_>,
    keys: Option<&[Argument]>,
    action: &item::query::ConflictAction,
    anchor: Anchor,
) -> Option<OnConflict> {
    let Some(keys) = keys.filter(|it| !it.is_empty()) else {
        let key = written_key(target.signature, target.columns);
        scope.report(conflict_target::missing(scope.at(anchor), key.as_deref(), keys.is_some()));
        return None;
    };
    let mut columns = Vec::new();
    for key in keys {
        let Some(name) = key.value.as_name() else {
            scope.report(conflict_target::no_column(scope.at(key.anchor)));
            return None;
        };
        columns.push(source::column(scope, &target.rows, name)?.name.clone());
    }
    let is_key = |key: &[&str]| key.len() == columns.len() && key.iter().all(|it| columns.iter().any(|c| c == it));
    let primary: Vec<_> = target.signature.primary_key.iter().map(|it| it.name.as_str()).collect();
    let is_primary_key = is_key(&primary);
    let targets = scope.targets();
    let is_everywhere = |it: &&UniqueKey| targets.dialects().all(|dialect| it.is_in(dialect));
    let uniques: Vec<_> = target.signature.unique_keys.iter().filter(is_everywhere).map(|it| &it.columns).collect();
    if !is_primary_key && !uniques.iter().any(|it| is_key(&it.iter().map(String::as_str).collect::<Vec<_>>())) {
        let known: Vec<_> = std::iter::once(primary.join(", ")).chain(uniques.iter().map(|it| it.join(", "))).collect();
        let only = if let [key] = keys { Some(scope.at(key.anchor)) } else { None };
        scope.report(conflict_target::no_key(scope.at(anchor), &known, only));
        return None;
    }
    let action = match action {
        item::query::ConflictAction::Nothing => ConflictAction::Nothing,
        item::query::ConflictAction::Update { assignments, condition } => {
            let mut names = QueryNames::new(&Around::nothing(target.names.whole));
            let mut excluded = target.rows.clone();
            EXCLUDED.clone_into(&mut excluded.written);
            EXCLUDED.clone_into(&mut excluded.name);
            excluded.qualified = None;
            // An unqualified name is the row that is there.
            let mut outer = QueryNames::new(&Around::nothing(target.names.whole));
            outer.sources.push(excluded);
            names.sources.push(target.rows.clone());
            names.outer = Some(&outer);
            let mut assigned = self::assignments(scope, target, &names, assignments)?;
            target.updated(&mut assigned);
            let conditions: Vec<_> = condition.iter().map(|it| (false, it)).collect();
            let filters = select::filters(scope, &conditions, &mut names)?;
            ConflictAction::Update { assignments: assigned, filters }
        }
    };
    Some(OnConflict { columns, is_primary_key, action })
}

fn update(
    scope: &mut Scope<'_>,
    clauses: &[Clause],
    item: &SourceItem,
    anchor: Anchor,
    whole: &Whole<'_>,
) -> Option<QueryBody> {
    refuse(scope, clauses, &["update", "set", "where", "returning"])?;
    let mut target = named_target(scope, item, whole)?;
    let written = clauses.iter().find_map(|it| match &it.kind {
        ClauseKind::Set(assignments) => Some(assignments.as_slice()),
        _ => None,
    });
    let Some(written) = written else {
        scope.report(bad_clause::nothing_to_set(scope.at(anchor)));
        return None;
    };
    let assigned = assignments(scope, &target, &target.names, written);
    let filters = filters(scope, clauses, (anchor, item), &mut target.names);
    let mut assigned = assigned?;
    target.updated(&mut assigned);
    let returning = returning(scope, clauses, &target.names)?;
    Some(QueryBody::Update(Box::new(Update {
        target: target.source,
        assignments: assigned,
        filters: filters?,
        returning,
    })))
}

fn delete(
    scope: &mut Scope<'_>,
    clauses: &[Clause],
    item: &SourceItem,
    anchor: Anchor,
    whole: &Whole<'_>,
) -> Option<QueryBody> {
    refuse(scope, clauses, &["delete from", "where", "returning"])?;
    let mut target = named_target(scope, item, whole)?;
    let filters = filters(scope, clauses, (anchor, item), &mut target.names)?;
    let returning = returning(scope, clauses, &target.names)?;
    Some(QueryBody::Delete(Box::new(Delete { target: target.source, filters, returning })))
}

fn named_target<'s, 'w>(scope: &mut Scope<'s>, item: &SourceItem, whole: &'w Whole<'w>) -> Option<Target<'s, 'w>> {
    match &item.relation {
        RelationItem::Name(name) => Target::new(scope, name, item.alias.as_ref(), whole),
        RelationItem::Query(_) | RelationItem::Function { .. } => {
            scope.report(bad_clause::no_table(scope.at(item.anchor)));
            None
        }
    }
}

/// `where`, without which every row would be written: that is said by `where true`.
fn filters(
    scope: &mut Scope<'_>,
    clauses: &[Clause],
    (anchor, target): (Anchor, &SourceItem),
    names: &mut QueryNames<'_>,
) -> Option<Vec<orm_model::query::Filter>> {
    let written = clauses.iter().filter_map(|it| match &it.kind {
        ClauseKind::Where { dynamic, condition } => Some((*dynamic, condition)),
        _ => None,
    });
    let written: Vec<_> = written.collect();
    if written.iter().all(|(dynamic, _)| *dynamic) {
        scope.report(missing_where::report(scope.at(anchor), written.is_empty(), &scope.at(target.anchor)));
        return None;
    }
    select::filters(scope, &written, names)
}

/// `set a = expression`
fn assignments(
    scope: &mut Scope<'_>,
    target: &Target<'_, '_>,
    names: &QueryNames<'_>,
    written: &[AssignmentItem],
) -> Option<Vec<Assignment>> {
    let mut assignments: Vec<Assignment> = Vec::new();
    let mut is_complete = true;
    for item in written {
        let fix = (written.len() > 1).then(|| leave_out(&item.target.text).remove(&scope.at(item.anchor)));
        let Some(column) = target.column(scope, &item.target.text, (Naming::Name, item.target.anchor), fix.clone())
        else {
            is_complete = false;
            continue;
        };
        if assignments.iter().any(|it| it.column == column.name) {
            scope.report(unwritable_column::twice(scope.at(item.target.anchor), &item.target.text, fix));
            is_complete = false;
            continue;
        }
        if target.signature.primary_key.iter().any(|it| it.name == column.name) {
            let finding = key_update::check(scope, item.target.anchor, &item.target.text);
            is_complete &= finding.is_some();
        }
        let Some(value) = &item.value else {
            is_complete = false;
            continue;
        };
        names.aggregates.set(Aggregates::Refused("a value"));
        let value = match value.kind {
            ExpressionKind::Default => default_of(scope, column, value.anchor),
            _ => value::lower(scope, names, &source_column(target, column)?, value).map(Some),
        };
        match value {
            Some(value) => assignments.push(Assignment { column: column.name.clone(), value }),
            None => is_complete = false,
        }
    }
    is_complete.then_some(assignments)
}

/// What `set column = default` writes: what the client makes of the default, or `None` where the database does it.
fn default_of(scope: &mut Scope<'_>, column: &Column, anchor: Anchor) -> Option<Option<Expression>> {
    match &column.default {
        Some(default) if is_the_clients(default) => Some(written_by_client(column, default, 0)),
        None if !column.nullable => {
            scope.report(bad_value::no_default(scope.at(anchor), column.declared_name()));
            None
        }
        Some(_) | None => Some(None),
    }
}

/// `returning a, b`
fn returning(scope: &mut Scope<'_>, clauses: &[Clause], names: &QueryNames<'_>) -> Option<Vec<Output>> {
    let Some(selection) = selection(clauses) else { return Some(Vec::new()) };
    names.aggregates.set(Aggregates::Refused("what is returned of a row"));
    let outputs = output::lower(scope, names, selection)?;
    for (index, output) in outputs.iter().enumerate() {
        let reads_others = |it: &Expression| {
            let mut found = false;
            it.walk(&mut |it| {
                found |= matches!(it, Expression::Subquery(_) | Expression::Exists(_) | Expression::InQuery { .. });
            });
            found
        };
        if output.expression().is_none_or(reads_others) {
            let at = selection.get(index).or(selection.first()).map_or(Anchor::DECLARATION, SelectionItem::anchor);
            scope.report(bad_returning::report(scope.at(at), &output.name));
            return None;
        }
    }
    Some(outputs)
}

/// What stands after `returning`.
pub(super) fn selection(clauses: &[Clause]) -> Option<&[SelectionItem]> {
    clauses.iter().find_map(|it| match &it.kind {
        ClauseKind::Returning(selection) => Some(selection.as_slice()),
        _ => None,
    })
}
