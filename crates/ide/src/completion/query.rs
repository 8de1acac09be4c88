//! Clauses of queries and mutations, and the names in them.

use orm_model::registry;
use orm_schema_lang::{
    database::{Declaration, resolve},
    item::{
        DeclarationKind, Name,
        query::{ClauseKind, ParameterItem, SelectionItem},
    },
    lower::query::relation::{RelationKind, relations},
};

use super::{
    Completer, CompletionKind, MARKER,
    context::{CLAUSES, Frame, FrameKind, Item, MUTATION_CLAUSES},
    declaration,
    expression::{self, Expected},
};
use crate::{
    names::{Columns, Names, Read, Scope, Wanted},
    symbol::{Symbol, columns},
};

/// `$`: the parameters of the query.
pub(super) fn parameters(completer: &mut Completer<'_, '_>) {
    let Some(marked) = completer.marked.take() else { return };
    let parameters = marked.item().query.as_ref().map(|it| it.parameters.as_slice()).unwrap_or_default();
    let text = marked.source.text();
    for (rank, parameter) in (0..).zip(parameters) {
        let span = |it: &orm_schema_lang::item::TypeExpression| text[marked.declaration().span(it.anchor)].to_owned();
        let written = parameter.value_type.as_ref().map(span);
        if let Some(item) = completer.offer(rank, CompletionKind::Parameter, &parameter.name.text) {
            item.detail = written;
        }
    }
}

/// In a body or sub-query.
pub(super) fn clause(completer: &mut Completer<'_, '_>, inner: &Frame<'_>) {
    let tokens = inner.tokens.as_slice();
    // Behind a comma a list goes on in the next line.
    let goes_on = tokens.is_empty() && inner.index > 0;
    if inner.clause.is_empty() || inner.is_line_start && !goes_on {
        clause_words(completer, inner);
        if inner.clause.is_empty() || tokens.last().is_some_and(|it| it.is_operand()) {
            if !tokens.is_empty() && matches!(inner.clause, "where" | "having" | "join" | "left_join") {
                completer.keywords(600, &["and", "or"]);
            }
            return;
        }
    }
    match inner.clause {
        "from" | "join" | "left_join" | "right_join" | "full_join" | "cross_join" => {
            source(completer, inner.clause, tokens)
        }
        "update" if tokens.is_empty() => completer.declarations(0, DeclarationKind::Table),
        "update" => source(completer, "update", tokens),
        "insert" => match tokens {
            [] => completer.keywords(0, &["into"]),
            [Item::Word("into")] => completer.declarations(0, DeclarationKind::Table),
            _ => {}
        },
        "delete" => match tokens {
            [] => completer.keywords(0, &["from"]),
            _ => source(completer, "delete", &tokens[1..]),
        },
        "where" | "having" => expression::in_query(completer, without_mark(tokens), Some(Expected::truth())),
        "order_by" => match tokens.last() {
            Some(it) if it.is_operand() => sort_words(completer, tokens),
            _ => expression::in_query(completer, tokens, None),
        },
        "select" | "returning" | "group_by" => {
            if inner.clause == "select" && tokens.is_empty() && inner.index == 0 {
                completer.keywords(3800, &["distinct"]);
            }
            match tokens {
                [Item::Word("distinct"), rest @ ..] if inner.clause == "select" => {
                    expression::in_query(completer, rest, None);
                }
                _ => expression::in_query(completer, tokens, None),
            }
        }
        "limit" | "offset" if tokens.is_empty() => number_parameters(completer),
        "set" => match tokens {
            [] => target_columns(completer),
            _ => {
                if tokens.last().is_some_and(|it| matches!(it, Item::Sign("="))) {
                    completer.keywords(3900, &["default"]);
                }
                names(completer, tokens, None);
            }
        },
        "on_conflict" => match tokens.last() {
            Some(Item::Word("do")) => completer.keywords(0, &["nothing", "update set"]),
            Some(Item::Word("update")) => completer.keywords(0, &["set"]),
            Some(Item::Closed) => completer.keywords(0, &["do nothing", "do update set"]),
            _ => {}
        },
        "for" if tokens.is_empty() => completer.keywords(0, &["update", "share"]),
        "for" => completer.keywords(0, &["skip_locked", "nowait"]),
        "values" if tokens.is_empty() => row_parameters(completer),
        _ => {}
    }
}

/// Behind a value that rows are ordered by.
pub(super) fn sort_words(completer: &mut Completer<'_, '_>, tokens: &[Item<'_>]) {
    match tokens.last() {
        Some(Item::Word("nulls")) => completer.keywords(0, &["first", "last"]),
        Some(Item::Word("first" | "last")) if tokens.iter().rev().nth(1) == Some(&Item::Word("nulls")) => {}
        Some(Item::Word("desc" | "asc")) if tokens.len() > 1 => completer.keywords(0, &["nulls first", "nulls last"]),
        _ => {
            completer.keywords(0, &["desc", "asc", "nulls first", "nulls last"]);
        }
    }
}

/// `where?`
fn without_mark<'a, 't>(tokens: &'a [Item<'t>]) -> &'a [Item<'t>] {
    match tokens {
        [Item::Sign("?"), rest @ ..] => rest,
        _ => tokens,
    }
}

/// The words that clauses begin with; first what usually comes next.
fn clause_words(completer: &mut Completer<'_, '_>, inner: &Frame<'_>) {
    let is_outermost = completer.context.frames.iter().filter(|it| it.kind == FrameKind::Query).count() == 1;
    let is_mutation = completer.context.keyword == "mutation" && is_outermost;
    let words = if is_mutation { MUTATION_CLAUSES } else { CLAUSES };
    let following: &[&str] = match inner.clause {
        "" | "with" if is_mutation => &["insert", "update", "delete"],
        "" | "with" => &["from", "with"],
        "from" | "join" | "left_join" => &["where", "join", "select"],
        "where" if is_mutation => &["returning", "where"],
        "where" => &["select", "where", "order_by"],
        "insert" => &["values"],
        "update" => &["set"],
        "set" | "delete" => &["where"],
        "values" => &["on_conflict", "returning"],
        "order_by" => &["limit", "select"],
        "group_by" => &["having", "select"],
        _ => &[],
    };
    for (rank, word) in (100..).zip(words) {
        let rank = (0..).zip(following).find(|(_, it)| *it == word).map_or(rank, |(rank, _)| rank);
        let Some(item) = completer.offer(rank, CompletionKind::Keyword, word) else { continue };
        let (plain, snippet) = match *word {
            "insert" => ("insert into ", None),
            "delete" => ("delete from ", None),
            "union" | "union_all" | "intersect" | "except" => (*word, Some(format!("{word} {{\n  from $0\n}}"))),
            "with" => ("with", Some("with ${1:name} {\n  from $0\n}".to_owned())),
            "values" => ("values", Some("values { $0 }".to_owned())),
            "on_conflict" => ("on_conflict", Some("on_conflict($1) do ${0:nothing}".to_owned())),
            "for" => ("for update", None),
            word => (word, None),
        };
        item.insert = plain.to_owned();
        item.snippet = snippet;
        item.key = Some(format!("clause:{word}"));
    }
}

/// Behind `from` and the like: a source, its name, the condition of a join.
fn source(completer: &mut Completer<'_, '_>, clause: &str, tokens: &[Item<'_>]) {
    if let Some(on) = tokens.iter().position(|it| *it == Item::Word("on")) {
        return expression::in_query(completer, &tokens[on + 1..], Some(Expected::truth()));
    }
    match tokens.last() {
        None | Some(Item::Sign(".")) => declaration::sources(completer),
        Some(Item::Word("as")) => {}
        Some(_) => {
            if clause.ends_with("join") && clause != "cross_join" {
                completer.keywords(0, &["on"]);
            }
            if !tokens.contains(&Item::Word("as")) {
                completer.keywords(1, &["as"]);
            }
        }
    }
}

/// `with`
pub(super) fn common_tables(completer: &mut Completer<'_, '_>, rank: u32) {
    let Some(marked) = completer.marked.take() else { return };
    with_scope(completer, &marked, |completer, _, scope, _| {
        for (_, name, _) in &scope.common_tables {
            if let Some(item) = completer.offer(rank, CompletionKind::Table, name) {
                item.detail = Some("with".to_owned());
            }
        }
    });
    completer.marked = Some(marked);
}

/// What is selected of a relation.
pub(super) fn selection(completer: &mut Completer<'_, '_>, inner: &Frame<'_>) {
    if expression::follows_word(completer, &inner.tokens) {
        return;
    }
    let Some(marked) = completer.marked.take() else { return };
    with_scope(completer, &marked, |completer, names, scope, _| {
        // Only what the relation leads to may stand there by its own name; the rest comes after it.
        for (index, read) in (0..).zip(&scope.reads) {
            read_names(completer, names, read, 1000 * index, &Expected::default());
        }
    });
}

/// In a row of `values`: the columns of the table that are not there yet.
pub(super) fn row(completer: &mut Completer<'_, '_>, inner: &Frame<'_>) {
    match inner.tokens.as_slice() {
        [] => target_columns(completer),
        [Item::Word(column), Item::Sign(":")] => {
            let Some(marked) = completer.marked.take() else { return };
            with_scope(completer, &marked, |completer, _, scope, _| {
                let Some(table) = scope.target else { return };
                let shape = columns(completer.db, table).iter().find(|it| it.declared_name() == *column);
                let expected = Expected::of(completer, shape.and_then(|it| it.column_type()));
                expression::enum_values(completer, expected.values);
                if shape.is_some_and(|it| it.column.nullable) {
                    completer.offer(6, CompletionKind::Value, "null");
                }
                expression::literals(completer, &expected);
                expression::functions(completer, &expected, None);
            });
            completer.marked = Some(marked);
            values_for(completer, column);
        }
        [Item::Word(_), Item::Sign(":"), value @ ..] => expression::in_query(completer, value, None),
        _ => {}
    }
}

/// The columns of the table that a mutation writes.
pub(super) fn target_columns(completer: &mut Completer<'_, '_>) {
    let Some(marked) = completer.marked.take() else { return };
    let is_row = completer.context.inner().kind == FrameKind::Row;
    let is_set = completer.context.inner().clause == "set";
    with_scope(completer, &marked, |completer, _, scope, _| {
        let read = scope.reads.first().map(|it| &it.columns);
        let table = scope.target.or(match read {
            Some(Columns::Table(table)) => Some(*table),
            _ => None,
        });
        let Some(table) = table else { return };
        for (rank, shape) in (0..).zip(columns(completer.db, table)) {
            expression::offer_column(completer, rank, table, shape);
            let name = shape.declared_name();
            let named = completer.named(name);
            if let Some((_, item)) = completer.offers.last_mut().filter(|it| it.1.label == name) {
                match (is_row, is_set) {
                    (true, _) => item.insert = named,
                    (_, true) => item.insert = format!("{} = ", item.insert),
                    _ => {}
                }
            }
        }
    });
}

/// Before a selected value: the columns that it may go into, those that have one left out.
fn columns_to_insert(completer: &mut Completer<'_, '_>, marked: &super::Marked, table: Declaration) {
    let clauses = marked.item().query.iter().flat_map(|it| it.clauses.iter().flatten());
    let selected = clauses.filter_map(|it| match &it.kind {
        ClauseKind::Select { selection, .. } => Some(selection),
        _ => None,
    });
    let named: Vec<&str> = selected.flatten().filter_map(SelectionItem::output_name).collect();
    let db = completer.db;
    for (rank, shape) in (150..).zip(columns(db, table)) {
        let name = shape.declared_name();
        if named.contains(&name) || shape.column.generated.is_some() {
            continue;
        }
        let insert = completer.named(name);
        if let Some(item) = completer.offer(rank, CompletionKind::Argument, &format!("{name}:")) {
            item.insert = insert;
            item.detail = shape.column_type().map(ToString::to_string);
            item.key = Some(format!("column:{}.{name}", table.name(db)));
        }
    }
}

/// The parameters, with their `$`, where one has a rank.
fn parameter_names(completer: &mut Completer<'_, '_>, rank: impl Fn(&ParameterItem) -> Option<u32>) {
    let Some(declaration) = completer.declaration else { return };
    let Some(query) = &declaration.item(completer.db).query else { return };
    for (index, parameter) in (0..).zip(&query.parameters) {
        let Some(rank) = rank(parameter) else { continue };
        let written = parameter.value_type.as_ref().map(|it| &*it.name.text).unwrap_or_default();
        let label = format!("${}", parameter.name.text);
        if let Some(item) = completer.offer(rank + index, CompletionKind::Parameter, &label) {
            item.detail = Some(written.to_owned());
        }
    }
}

/// The parameters that are whole numbers.
fn number_parameters(completer: &mut Completer<'_, '_>) {
    let is_number = |name: &str| matches!(name, "integer" | "bigint" | "smallint");
    parameter_names(completer, |it| it.value_type.as_ref().is_some_and(|it| is_number(&it.name.text)).then_some(0));
}

/// The parameters that are rows to insert.
fn row_parameters(completer: &mut Completer<'_, '_>) {
    let (db, project) = (completer.db, completer.project);
    let is_table = |name: &str| resolve(db, project, name, &[DeclarationKind::Table]).is_some();
    parameter_names(completer, |it| it.value_type.as_ref().is_some_and(|it| is_table(&it.name.text)).then_some(0));
}

/// The parameters where a value for `column` stands: the one that is called like it before the others.
fn values_for(completer: &mut Completer<'_, '_>, column: &str) {
    parameter_names(completer, |it| Some(if *it.name.text == *column { 0 } else { 3 }));
}

/// Columns, relations, sources, parameters and functions.
pub(super) fn names(completer: &mut Completer<'_, '_>, tokens: &[Item<'_>], expected: Option<Expected>) {
    let Some(marked) = completer.marked.take() else { return };
    let left = expression::left_operand(tokens);
    let is_member = tokens.last() == Some(&Item::Sign("."));
    with_scope(completer, &marked, |completer, found, scope, qualifier| {
        let compared = found.column_of(&left, scope);
        let expected = match compared {
            Some(shape) => Expected::of(completer, shape.column_type()),
            None if left.is_empty() => expected.clone().unwrap_or_default(),
            None => Expected::default(),
        };
        if is_member {
            let written = crate::names::joined(qualifier);
            if let Some(read) = scope.reads.iter().find(|it| it.is_called(&written)) {
                read_names(completer, found, read, 0, &expected);
            }
            return;
        }
        if let Some(table) = scope.target.filter(|_| tokens.is_empty() && completer.context.inner().clause == "select")
        {
            columns_to_insert(completer, &marked, table);
        }
        expression::enum_values(completer, expected.values);
        if completer.context.inner().clause == "set" && compared.is_some_and(|it| it.column.nullable) {
            completer.offer(6, CompletionKind::Value, "null");
        }
        for (_, (name, _)) in (0..).zip(&scope.outputs).collect::<Vec<(u32, _)>>() {
            completer.offer(8, CompletionKind::Column, name);
        }
        for (index, read) in (0..).zip(&scope.reads) {
            read_names(completer, found, read, 10 + 200 * index, &expected);
            if let Some(item) = completer.offer(2900, CompletionKind::Table, &read.name) {
                item.insert = orm_schema_lang::diagnostics::written_name(&read.name);
            }
        }
        expression::literals(completer, &expected);
        match left.last() {
            Some(column) => values_for(completer, column),
            // What stands first in a condition is mostly a column.
            None => parameter_names(completer, |_| Some(2000)),
        }
        expression::functions(completer, &expected, None);
        aggregates(completer);
        completer.keywords(3900, &["not", "exists", "case"]);
    });
}

/// What makes one value of many rows, in the clauses that may have such a value.
fn aggregates(completer: &mut Completer<'_, '_>) {
    let query = completer.context.frames.iter().rev().find(|it| it.kind == FrameKind::Query);
    if !query.is_some_and(|it| matches!(it.clause, "select" | "having" | "order_by")) {
        return;
    }
    for word in registry::AGGREGATES {
        if let Some(item) = completer.offer(2950, CompletionKind::Function, word.name) {
            item.detail = Some(word.example.to_owned());
            item.insert = format!("{}()", word.name);
            item.snippet = Some(format!("{}($1)$0", word.name));
            item.key = Some(format!("aggregate:{}", word.name));
        }
    }
}

/// The columns of something that is read, and the relations of a table.
fn read_names(
    completer: &mut Completer<'_, '_>,
    names: &Names<'_, '_>,
    read: &Read<'_>,
    rank: u32,
    expected: &Expected,
) {
    match &read.columns {
        Columns::Table(table) => {
            let db = completer.db;
            for (index, shape) in (0..).zip(columns(db, *table)) {
                let is_fit = expression::fits(expected, shape.column_type());
                expression::offer_column(completer, rank + index + if is_fit { 0 } else { 60 }, *table, shape);
            }
            relation_names(completer, *table, rank + 120);
        }
        Columns::Outputs(_) => {
            for (name, symbol) in names.columns_of(read) {
                if let Some(item) = completer.offer(rank, CompletionKind::Column, &name)
                    && let Symbol::Column(column) = symbol
                {
                    item.detail = column.shape.column_type().map(ToString::to_string);
                }
            }
        }
    }
}

fn relation_names(completer: &mut Completer<'_, '_>, table: Declaration, rank: u32) {
    let (db, project) = (completer.db, completer.project);
    for relation in relations(db, project, table) {
        if let Some(item) = completer.offer(rank, CompletionKind::Relation, &relation.name) {
            let target = relation.target.name(db);
            item.detail = Some(match relation.kind {
                RelationKind::One { .. } => target.to_string(),
                RelationKind::Many => format!("{target}[]"),
            });
            item.snippet = Some(format!("{} {{ $1 }}$0", relation.name));
            item.key = Some(format!("table:{target}"));
        }
    }
}

/// What names may be where the marker stands, and the names before it in the same path. Where the marker stands nowhere in
/// the clauses, those of the declaration.
pub(super) fn with_scope<'db>(
    completer: &mut Completer<'_, 'db>,
    marked: &super::Marked,
    act: impl FnOnce(&mut Completer<'_, 'db>, &Names<'_, '_>, &Scope<'_>, &[Name]),
) {
    let Some(declaration) = completer.declaration else { return };
    let spelled = [MARKER];
    let names = Names::new(completer.db, declaration, marked.declaration(), Wanted::Spelled(&spelled));
    let mut names = names.in_text(marked.source.text());
    let (scope, qualifier) = names.scope_at(MARKER);
    act(completer, &names, &scope, &qualifier);
}
