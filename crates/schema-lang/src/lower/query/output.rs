//! What a query gives: the columns of its result.

use orm_model::{
    Expression, Literal,
    query::{Output, OutputValue, Select},
};

use super::{
    names::{QueryNames, SourceNames},
    relation::{self, Called, Named},
    uses,
};
use crate::{
    diagnostics::rules::{bad_clause, duplicate_output, unnamed_output, unordered_value, untyped_output, wide_select},
    item::{Anchor, ExpressionItem, ExpressionKind, Name, query::SelectionItem},
    lower::{
        Scope,
        expression::{self, Names},
    },
};

/// `select a, alias: expression, relation { … }`
pub(super) fn lower(scope: &mut Scope<'_>, names: &QueryNames<'_>, selection: &[SelectionItem]) -> Option<Vec<Output>> {
    let mut outputs: Vec<Output> = Vec::new();
    let mut is_complete = true;
    for item in selection {
        let found = match item {
            SelectionItem::Wildcard(anchor) => everything(scope, names, *anchor),
            SelectionItem::Value { alias, value, nested, anchor } => {
                self::value(scope, names, alias.as_ref(), value, nested.as_deref(), *anchor).map(|it| vec![it])
            }
        };
        is_complete &= found.is_some();
        let mut twice = None;
        for output in found.into_iter().flatten() {
            if outputs.iter().any(|it| it.name == output.name) {
                twice = twice.or(Some(output.name.clone()));
            }
            outputs.push(output);
        }
        if let Some(name) = twice {
            let other = path_name(item).filter(|it| outputs.iter().all(|output| output.name != *it));
            scope.report(duplicate_output::report(scope.at(item.anchor()), &name, other));
            is_complete = false;
        }
    }
    is_complete.then_some(outputs)
}

/// A name of all parts of a path: `posts_id` of `posts.id`.
fn path_name(item: &SelectionItem) -> Option<String> {
    let SelectionItem::Value { alias: None, value, .. } = item else { return None };
    let ExpressionKind::Path(path) = &value.kind else { return None };
    (path.len() > 1).then(|| path.iter().map(|it| &*it.text).collect::<Vec<_>>().join("_"))
}

/// `*`: the columns of everything that is read.
fn everything(scope: &mut Scope<'_>, names: &QueryNames<'_>, anchor: Anchor) -> Option<Vec<Output>> {
    if names.sources.is_empty() {
        scope.report(bad_clause::nothing_to_select(scope.at(anchor)));
        return None;
    }
    let all: Vec<_> = names.sources.iter().flat_map(|it| &it.columns).collect();
    if let Some(finding) = wide_select::report(scope.at(anchor), &all) {
        scope.report(finding);
    }
    for source in names.sources.iter().filter(|it| it.table.is_some()) {
        source.columns.iter().for_each(|it| uses::column(scope, anchor, &source.written, it));
    }
    let column = |source: &SourceNames| {
        let outputs = source.columns.iter().map(|it| {
            let value = OutputValue::Expression(source.field(it)?);
            Some(Output { name: it.declared_name.clone(), value })
        });
        outputs.collect::<Option<Vec<_>>>().filter(|_| source.is_complete)
    };
    let all: Option<Vec<_>> = names.sources.iter().map(column).collect();
    Some(all?.concat())
}

fn value(
    scope: &mut Scope<'_>,
    names: &QueryNames<'_>,
    alias: Option<&Name>,
    value: &ExpressionItem,
    nested: Option<&[SelectionItem]>,
    anchor: Anchor,
) -> Option<Output> {
    let name = output_name(scope, alias, value);
    if let Some(selection) = nested {
        let called = match &value.kind {
            ExpressionKind::Path(path) => Called { path, arguments: &[] },
            ExpressionKind::Call { function, arguments } => Called { path: function, arguments },
            _ => {
                scope.report(bad_clause::no_relation(scope.at(value.anchor)));
                return None;
            }
        };
        let value = relation::nested(scope, names, &called, selection)?;
        return Some(Output { name: name?, value });
    }
    if let Some(path) = relation_alone(scope, names, value) {
        scope.report(bad_clause::bare_relation(scope.at(value.anchor), &path));
        return None;
    }
    let typed = expression::lower(scope, Names::query(names), value)?;
    if typed.value.clone().settled().known().is_none() {
        scope.report(untyped_output::report(scope.at(anchor)));
        return None;
    }
    Some(Output { name: name?, value: OutputValue::Expression(typed.expression) })
}

/// The name of a relation of which nothing is selected, where no column has the name.
fn relation_alone(scope: &Scope<'_>, names: &QueryNames<'_>, value: &ExpressionItem) -> Option<String> {
    let path = match &value.kind {
        ExpressionKind::Path(path) => path,
        ExpressionKind::Call { function, .. }
            if orm_model::registry::find_function(&function.last()?.text).is_none() =>
        {
            function
        }
        _ => return None,
    };
    if names.column_type(scope, path).is_some() {
        return None;
    }
    match relation::find(scope, names, path) {
        Named::None => None,
        _ => path.last().map(|it| it.text.to_string()),
    }
}

/// The alias, or what the value is called anyway: a column by its name, a call by that of its function.
fn output_name(scope: &mut Scope<'_>, alias: Option<&Name>, value: &ExpressionItem) -> Option<String> {
    let name = alias.or_else(|| match &value.kind {
        ExpressionKind::Path(path) => path.last(),
        ExpressionKind::Call { function, .. } => function.last(),
        _ => None,
    });
    match name {
        Some(name) => Some(name.text.to_string()),
        None => {
            if value.kind != ExpressionKind::Missing {
                scope.report(unnamed_output::report(scope.at(value.anchor)));
            }
            None
        }
    }
}

/// Rows with these outputs can be told apart.
pub(super) fn check_distinct(
    scope: &mut Scope<'_>,
    query: &Select,
    selection: &[SelectionItem],
    anchor: Anchor,
) -> Option<()> {
    for (index, output) in query.outputs.iter().enumerate() {
        let title = match output.expression() {
            Some(it) => {
                let kind = orm_model::typing::infer(it, &|_| None).value.kind();
                if kind.is_ordered() {
                    continue;
                }
                kind.title()
            }
            None => "a relation",
        };
        // With `*` outputs and what is written are not one to one.
        let at = selection.get(index).filter(|_| selection.len() == query.outputs.len());
        let at = at.map_or(anchor, SelectionItem::anchor);
        scope.report(unordered_value::report(scope.at(at), "`distinct`", title));
        return None;
    }
    Some(())
}

/// An output that nobody reads: of a query of which it matters only whether it has rows.
pub(super) fn one() -> Output {
    let value = OutputValue::Expression(Expression::Literal(Literal::Integer(1)));
    Output { name: "one".to_owned(), value }
}
