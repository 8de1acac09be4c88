//! Relations: from a table to those that refer to it, and to which it refers.
//!
//! A foreign key gives two. The one to the table that it refers to is called by `as:`, or by its column without `_id`, or,
//! where it has several columns, by that table. The one back is called by `back:`, or by the table that has the key.

use std::sync::Arc;

use orm_model::{
    Expression, Only, Table,
    query::{Filter, Output, OutputValue, Relation, Select, SortKey, Source},
};

use super::{
    names::{Aggregates, Around, QueryNames, SourceNames},
    output, path, select, uses,
};
use crate::{
    database::{AnalysisDatabase, Declaration, LookupName, Project},
    diagnostics::{
        reference_graph::target,
        rules::{ambiguous_relation, bad_argument, unknown_relation},
        written_name,
    },
    item::{Anchor, Argument, ExpressionKind, Name, argument, query::SelectionItem},
    lower::{
        Scope,
        expression::{self, Names},
        shape::{Place, signature},
        table::lower_table,
        words::text_argument,
    },
    usages::declarations_referring,
};

/// A way from a row of a table to rows of another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRelation {
    /// What the text calls it.
    pub name: Arc<str>,
    /// The other table.
    pub target: Declaration,
    /// The columns that are equal: of the table itself, and of the other one, by their physical names.
    pub columns: Vec<(String, String)>,
    /// How many rows it leads to.
    pub kind: RelationKind,
}

/// How many rows a relation leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// The row that the foreign key refers to; there may be none where a column of the key may be NULL, or where a
    /// database does not enforce the key.
    One {
        /// Whether there may be none.
        nullable: bool,
    },
    /// The rows that refer to this one.
    Many,
}

/// The relations of a table, those that it has by its own foreign keys first.
#[salsa::tracked(returns(ref))]
pub fn relations(db: &dyn AnalysisDatabase, project: Project, table: Declaration) -> Vec<TableRelation> {
    project.settled(db);
    let mut relations: Vec<_> = keys(db, project, table).into_iter().map(|it| it.forward(db)).collect();
    for other in declarations_referring(db, project, LookupName::new(db, table.name(db).clone())) {
        let keys = keys(db, project, *other).into_iter().filter(|it| it.target == table);
        relations.extend(keys.map(|it| it.backward(db, project)));
    }
    relations
}

/// The foreign key that makes a relation, and where it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelationKey {
    /// The table or mixin.
    pub written_in: Declaration,
    /// The attribute or table item there.
    pub anchor: Anchor,
    /// Whether the relation leads to the table that has the key.
    pub is_back: bool,
}

/// The foreign key that makes a relation of the table `from`. It is found anew each time: relations themselves hold no
/// places, so that a line that moves changes nothing in the queries that follow them.
pub fn relation_key(
    db: &dyn AnalysisDatabase,
    project: Project,
    from: Declaration,
    relation: &TableRelation,
) -> Option<RelationKey> {
    let found = |key: &Key<'_>, is_back| {
        let Place { origin, anchor } = key.place;
        RelationKey { written_in: origin.declaration, anchor: *anchor, is_back }
    };
    if let Some(key) = keys(db, project, from).iter().find(|it| it.forward(db) == *relation) {
        return Some(found(key, false));
    }
    let back = keys(db, project, relation.target);
    let mut back = back.iter().filter(|it| it.target == from);
    back.find(|it| it.backward(db, project) == *relation).map(|it| found(it, true))
}

/// The column by which a row that a relation leads to is found, as the text calls it; `None` where there are several.
pub(super) fn only_key<'db>(scope: &Scope<'db>, relation: &TableRelation) -> Option<&'db str> {
    let signature = signature(scope.db, scope.project, relation.target);
    let [key] = signature.primary_key.as_slice() else { return None };
    signature.columns.iter().find(|it| it.name == key.name).map(|it| it.declared_name.as_str())
}

/// A name of its own for a relation that shares one: `sender` of `sender_id`, `messages_by_sender` for the way back.
pub fn own_name(db: &dyn AnalysisDatabase, project: Project, from: Declaration, relation: &TableRelation) -> String {
    let is_back = relation_key(db, project, from, relation).is_some_and(|it| it.is_back);
    let owner = if is_back { relation.target } else { from };
    let physical = relation.columns.iter().map(|(own, other)| if is_back { other } else { own });
    let declared = physical.map(|name| {
        let found = signature(db, project, owner).columns.iter().find(|it| it.name == *name);
        found.map_or(name.as_str(), |it| it.declared_name.as_str())
    });
    let columns = declared.map(|it| it.strip_suffix("_id").filter(|it| !it.is_empty()).unwrap_or(it));
    let columns = columns.collect::<Vec<_>>().join("_");
    let base = match is_back {
        true => format!("{}_by_{columns}", last_part(owner.name(db))),
        false => columns,
    };
    let is_free = |name: &String| {
        let is_column = signature(db, project, from).columns.iter().any(|it| it.declared_name == *name);
        !is_column && relations(db, project, from).iter().all(|it| it == relation || *it.name != **name)
    };
    let row = if is_back { String::new() } else { format!("{base}_row") };
    let numbered = (2_u32..).map(|number| format!("{base}_{number}"));
    let names = [base.clone(), row].into_iter().filter(|it| !it.is_empty()).chain(numbered);
    { names }.find(is_free).unwrap_or(base)
}

/// A foreign key, or the interleaving, which is one in PostgreSQL.
struct Key<'db> {
    /// Where it is written.
    place: &'db Place,
    table: Declaration,
    model: &'db Table,
    target: Declaration,
    /// Of the table, and of the one that it refers to.
    columns: Vec<(String, String)>,
    arguments: &'db [Argument],
    /// Whether every database that has the table sees to it that the other row is there.
    is_enforced: bool,
}

fn keys(db: &dyn AnalysisDatabase, project: Project, table: Declaration) -> Vec<Key<'_>> {
    let lowered = lower_table(db, project, table);
    let model = &lowered.table;
    let mut keys = Vec::new();
    for (key, place) in model.foreign_keys.iter().zip(&lowered.foreign_keys) {
        let Some(target) = target(db, project, place) else { continue };
        let columns = key.columns.iter().cloned().zip(key.referenced_columns.iter().cloned()).collect();
        let arguments = place.origin.declaration.item(db).arguments_at(place.anchor).unwrap_or_default();
        let is_enforced = !key.not_enforced && key.only.is_none();
        keys.push(Key { place, table, model, target, columns, arguments, is_enforced });
    }
    if let (Some(interleave), Some(place)) = (&model.interleave, &lowered.interleave)
        && !interleave.placement_only
        && let Some(target) = target(db, project, place)
    {
        let parent = &signature(db, project, target).primary_key;
        let columns = parent.iter().map(|it| (it.name.clone(), it.name.clone())).collect();
        let is_enforced = interleave.only.is_none();
        keys.push(Key { place, table, model, target, columns, arguments: &[], is_enforced });
    }
    keys
}

impl Key<'_> {
    fn forward(&self, db: &dyn AnalysisDatabase) -> TableRelation {
        let declared =
            |physical: &str| self.model.column(physical).map_or(physical, |it| it.declared_name()).to_owned();
        let named = text_or_name(self.arguments, "as");
        let name = named.unwrap_or_else(|| match self.columns.as_slice() {
            [(own, _)] => match declared(own).strip_suffix("_id") {
                Some(stem) if !stem.is_empty() => Arc::from(stem),
                _ => last_part(self.target.name(db)),
            },
            _ => last_part(self.target.name(db)),
        });
        let may_be_null = |(own, _): &(String, String)| {
            !self.model.is_key_column(own) && self.model.column(own).is_none_or(|it| it.nullable)
        };
        let nullable = !self.is_enforced || self.columns.iter().any(may_be_null);
        TableRelation { name, target: self.target, columns: self.columns.clone(), kind: RelationKind::One { nullable } }
    }

    fn backward(&self, db: &dyn AnalysisDatabase, project: Project) -> TableRelation {
        let name = text_or_name(self.arguments, "back").unwrap_or_else(|| last_part(self.table.name(db)));
        let own: Vec<_> = self.columns.iter().map(|(own, _)| own).collect();
        let signature = signature(db, project, self.table);
        let is_key = |key: &[&String]| !key.is_empty() && key.iter().all(|it| own.contains(it));
        let primary: Vec<_> = signature.primary_key.iter().map(|it| &it.name).collect();
        // What one database alone keeps unique is not the same everywhere.
        let dialects = project.targets(db).limited_to(self.model.only);
        let mut uniques =
            signature.unique_keys.iter().filter(|it| dialects.dialects().all(|dialect| it.is_in(dialect)));
        let is_unique = is_key(&primary) || uniques.any(|it| is_key(&it.columns.iter().collect::<Vec<_>>()));
        let kind = if is_unique { RelationKind::One { nullable: true } } else { RelationKind::Many };
        let columns = self.columns.iter().map(|(own, other)| (other.clone(), own.clone())).collect();
        TableRelation { name, target: self.table, columns, kind }
    }
}

/// `as: author`, `as: "author"`
fn text_or_name(arguments: &[Argument], name: &str) -> Option<Arc<str>> {
    let value = &argument(arguments, name)?.value;
    text_argument(arguments, name).map(Arc::from).or_else(|| value.as_name().map(|it| it.text.clone()))
}

fn last_part(name: &str) -> Arc<str> {
    Arc::from(name.rsplit('.').next().unwrap_or(name))
}

/// The relation that a name is, of one of the sources; nothing is said where it is none.
pub(super) enum Named<'n, 'db> {
    One(&'n SourceNames, &'db TableRelation),
    Several(Vec<(Option<Declaration>, &'db TableRelation)>),
    None,
}

/// Looks for a relation: `posts`, `users.posts`.
pub(super) fn find<'n, 'db>(scope: &Scope<'db>, names: &'n QueryNames<'_>, path: &[Name]) -> Named<'n, 'db> {
    let Some((name, qualifier)) = path.split_last() else { return Named::None };
    for level in names.chain() {
        let mut found = Vec::new();
        for source in &level.sources {
            let is_meant = match qualifier {
                [] => true,
                [written] => source.written == *written.text,
                _ => false,
            };
            let Some(table) = source.table.filter(|_| is_meant) else { continue };
            let relations = relations(scope.db, scope.project, table).iter().filter(|it| it.name == name.text);
            found.extend(relations.map(|it| (source, it)));
        }
        match found.as_slice() {
            [] => {}
            [(source, relation)] => return Named::One(source, relation),
            several => return Named::Several(several.iter().map(|(source, it)| (source.table, *it)).collect()),
        }
    }
    Named::None
}

/// What is said of the rows of a relation: `posts(where: …, order_by: …, limit: 3)`.
const ARGUMENTS: &[&str] = &["where", "order_by", "limit", "offset"];

/// What is said of rows that are counted, or asked for: which ones, but neither their order nor a part of them.
const CONDITIONS: &[&str] = &["where"];

/// A relation and what is said of its rows.
pub(super) struct Called<'i> {
    pub(super) path: &'i [Name],
    pub(super) arguments: &'i [Argument],
}

/// The rows that a relation leads to.
struct Rows<'n> {
    /// The query for them, without outputs.
    query: Select,
    /// How many there are.
    kind: RelationKind,
    /// Whether there may be none although the key says that there is one: the row that has the key may itself be missing,
    /// or what is said of the rows leaves it out.
    is_optional: bool,
    /// The names of what is read there.
    inner: QueryNames<'n>,
}

fn rows<'n>(scope: &mut Scope<'_>, names: &'n QueryNames<'n>, called: &Called<'_>, takes: &[&str]) -> Option<Rows<'n>> {
    let name = called.path.last()?;
    let led;
    let (source, relation) = match find(scope, names, called.path) {
        Named::One(source, relation) => {
            led = None;
            (source, relation)
        }
        Named::Several(several) => {
            scope.report(ambiguous_relation::report(scope, name, &several));
            return None;
        }
        Named::None => {
            led = path::lead(scope, names, called.path)?;
            let Some(led) = &led else {
                let is_source =
                    |name: &Name| names.chain().any(|it| it.sources.iter().any(|it| it.is_called(&name.text)));
                scope.report(match called.path {
                    [first, _, ..] if !is_source(first) => unknown_relation::beginning(scope, names, first),
                    _ => unknown_relation::report(scope, names, name),
                });
                return None;
            };
            (&led.source, led.relation)
        }
    };
    let signature = signature(scope.db, scope.project, relation.target);
    uses::table(scope, name.anchor, signature);
    let mut inner = QueryNames::new(&Around::inside(names));
    let target = SourceNames::of_relation(&name.text, relation.target, signature, names.whole);
    names.whole.place(&target, name.anchor);
    let column = |it: &str| led.as_ref().map_or_else(|| source.physical(it), |led| led.physical(it));
    let conditions = path::same_row(&target, column, relation)?;
    let filters = conditions.into_iter().map(|condition| Filter { condition, when: Vec::new() }).collect();
    let from = Source { name: target.name.clone(), relation: Relation::Table(signature.name.clone()) };
    let key: Vec<_> = signature.primary_key.iter().filter_map(|it| target.physical(&it.name)).collect();
    inner.sources.push(target);
    inner.can_join.set(true);
    let mut query = Select { from: Some(from), filters, ..Select::default() };
    arguments(scope, &inner, called, takes, &mut query)?;
    query.joins = inner.take_joins();
    if query.order_by.is_empty() && relation.kind == RelationKind::Many {
        // The same rows in the same order, each time.
        let by = |value| SortKey { value, descending: false, nulls_first: true };
        query.order_by = key.into_iter().map(by).collect();
    }
    let is_optional = source.is_optional || query.filters.len() > relation.columns.len() || !query.has_every_row();
    Some(Rows { query, kind: relation.kind, is_optional, inner })
}

fn arguments(
    scope: &mut Scope<'_>,
    inner: &QueryNames<'_>,
    called: &Called<'_>,
    takes: &[&str],
    query: &mut Select,
) -> Option<()> {
    let mut is_complete = true;
    for argument in called.arguments {
        let Some(name) = argument.name.as_ref().filter(|it| takes.contains(&&*it.text)) else {
            scope.report(bad_argument::of_relation(scope.at(argument.anchor), takes));
            is_complete = false;
            continue;
        };
        let value = &argument.value;
        inner.aggregates.set(Aggregates::Refused("the rows of a relation"));
        let done = match &*name.text {
            "where" => expression::condition(scope, Names::query(inner), value)
                .map(|condition| query.filters.push(Filter { condition, when: Vec::new() })),
            "order_by" => order_by(scope, inner, argument).map(|keys| query.order_by = keys),
            "limit" => select::count(scope, inner, value, "limit").map(|it| query.limit = Some(it)),
            _ => select::count(scope, inner, value, "offset").map(|it| query.offset = Some(it)),
        };
        is_complete &= done.is_some();
    }
    is_complete.then_some(())
}

/// `order_by: created_at desc`, `order_by: [a, b]`
fn order_by(scope: &mut Scope<'_>, inner: &QueryNames<'_>, argument: &Argument) -> Option<Vec<SortKey>> {
    let items = match &argument.value.kind {
        ExpressionKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(&argument.value),
    };
    let descending = argument.descending == Some(true);
    let keys = items.iter().map(|it| select::sort_key(scope, inner, it, descending, argument.nulls_first));
    keys.collect()
}

/// `posts(…) { title, author { name } }`
pub(super) fn nested(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    called: &Called<'_>,
    selection: &[SelectionItem],
) -> Option<OutputValue> {
    let Rows { mut query, kind, inner, is_optional } = rows(scope, names, called, ARGUMENTS)?;
    inner.aggregates.set(Aggregates::Refused("a column of a relation"));
    query.outputs = output::lower(scope, &inner, selection)?;
    query.joins.extend(inner.take_joins());
    let query = Box::new(query);
    Some(match kind {
        RelationKind::Many => OutputValue::Rows(query),
        RelationKind::One { nullable } => {
            let nullable = nullable || is_optional;
            OutputValue::Row { query, nullable }
        }
    })
}

/// `count(posts, where: …)`: a query of one row with one number.
pub(super) fn counted(scope: &mut Scope<'_>, names: &QueryNames<'_>, called: &Called<'_>) -> Option<Select> {
    let mut query = rows(scope, names, called, CONDITIONS)?.query;
    query.order_by.clear();
    let value = Expression::Aggregate {
        function: orm_model::query::AggregateFunction::Count,
        argument: None,
        distinct: false,
        may_be_empty: true,
    };
    query.outputs = vec![Output { name: "count".to_owned(), value: OutputValue::Expression(value) }];
    Some(query)
}

/// `exists(posts, where: …)`: the rows, of which none is read.
pub(super) fn existing(scope: &mut Scope<'_>, names: &QueryNames<'_>, called: &Called<'_>) -> Option<Select> {
    let mut query = rows(scope, names, called, CONDITIONS)?.query;
    query.order_by.clear();
    query.outputs = vec![output::one()];
    Some(query)
}

/// What foreign keys say of the last of some sources and each one before it: conditions of a join, as they are written.
pub(super) fn conditions(scope: &Scope<'_>, sources: &[SourceNames]) -> Vec<String> {
    let tables = |it: &SourceNames| Some((it.written.clone(), it.table?));
    let Some((last, before)) = sources.split_last() else { return Vec::new() };
    let Some(last) = tables(last) else { return Vec::new() };
    let before = before.iter().filter_map(tables);
    let last = (last.0.as_str(), last.1);
    before.flat_map(|(name, table)| conditions_of(scope.db, scope.project, last, (&name, table))).collect()
}

/// The same of two tables, each with what the text calls it.
pub(crate) fn conditions_of(
    db: &dyn AnalysisDatabase,
    project: Project,
    (name, table): (&str, Declaration),
    (other_name, other): (&str, Declaration),
) -> Vec<String> {
    let written = |source: &str, table: Declaration, physical: &str| {
        let columns = &signature(db, project, table).columns;
        let column = columns.iter().find(|it| it.name == physical).map_or(physical, |it| &it.declared_name);
        format!("{}.{}", written_name(source), written_name(column))
    };
    let condition = |relation: &TableRelation| {
        let pairs = relation.columns.iter();
        let pairs = pairs
            .map(|(own, theirs)| format!("{} = {}", written(name, table, own), written(other_name, other, theirs)));
        pairs.collect::<Vec<_>>().join(" and ")
    };
    relations(db, project, table).iter().filter(|it| it.target == other).map(condition).collect()
}
