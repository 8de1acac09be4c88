//! In the parentheses of an attribute, a table item, a default, a function or a relation.

use orm_model::{
    Dialect,
    registry::{self, ArgumentValue, Positional, WordInfo},
};
use orm_schema_lang::{
    Project,
    database::Declaration,
    format::TextEdit,
    item::{DeclarationKind, Member},
    lower::shape::signature,
};

use super::{
    Completer, CompletionKind,
    context::{Frame, Item},
    expression, query,
};
use crate::symbol::columns;

/// `word`: what stands before the parentheses.
pub(super) fn complete(completer: &mut Completer<'_, '_>, inner: &Frame<'_>, word: &str, is_attribute: bool) {
    let in_query = completer.context.frames.iter().any(|it| it.kind == super::FrameKind::Query);
    if word == "on_conflict" && in_query {
        return query::target_columns(completer);
    }
    let known = match (is_attribute, in_query) {
        (true, _) => registry::find_attribute(word),
        (false, true) => None,
        (false, false) => registry::find_declaration(word)
            .or_else(|| registry::find_default(word).filter(|_| in_default(completer)))
            .or_else(|| registry::find_item(word)),
    };
    let Some(known) = known else {
        return expression::in_call(completer, inner, word, in_query);
    };
    match inner.tokens.as_slice() {
        [Item::Word(name), Item::Sign(":"), rest @ ..] => {
            if let Some(argument) = known.named.iter().find(|it| it.name == *name) {
                named_value(completer, argument.value, rest, word);
            }
        }
        tokens => {
            match known.name {
                "on_update" => expression::default_value(completer, tokens),
                _ => positional(completer, known.positional, tokens, inner.index),
            }
            if tokens.is_empty() {
                names(completer, known, inner.index);
            }
        }
    }
}

/// Whether the parentheses belong to the default of a column, not to a table item of the same name.
fn in_default(completer: &Completer<'_, '_>) -> bool {
    let around = completer.context.around();
    around.is_some_and(|it| it.tokens.len() > 1)
}

fn names(completer: &mut Completer<'_, '_>, word: &WordInfo, index: usize) {
    // What stands without a name comes first.
    let base = if index == 0 && word.positional != Positional::None { 500 } else { 100 };
    for (rank, argument) in (base..).zip(word.named) {
        let (insert, has_value) = (completer.named(argument.name), completer.has_colon);
        let Some(item) = completer.offer(rank, CompletionKind::Argument, &format!("{}:", argument.name)) else {
            continue;
        };
        item.insert = insert;
        item.detail = Some(argument.docs.to_owned());
        item.key = Some(format!("argument:{}.{}", word.name, argument.name));
        item.snippet = match argument.value {
            _ if has_value => None,
            ArgumentValue::Text => Some(format!("{}: \"$1\"$0", argument.name)),
            ArgumentValue::Columns | ArgumentValue::Range => Some(format!("{}: [$1]$0", argument.name)),
            _ => None,
        };
    }
}

fn positional(completer: &mut Completer<'_, '_>, positional: Positional, tokens: &[Item<'_>], index: usize) {
    match positional {
        Positional::Expression
        | Positional::ColumnOfTable
        | Positional::Table
        | Positional::Sequence
        | Positional::Dialect
            if index > 0 => {}
        Positional::Columns { .. } if tokens.is_empty() => own_columns(completer, 0),
        Positional::Columns { sorted: true } if tokens.len() == 1 => sort_words(completer),
        Positional::Keys if tokens.last().is_some_and(|it| it.is_operand()) => sort_words(completer),
        Positional::Keys | Positional::Expression => expression::in_table(completer, tokens),
        Positional::ColumnOfTable => references(completer, tokens),
        Positional::Table if tokens.is_empty() => completer.declarations(0, DeclarationKind::Table),
        Positional::Sequence if tokens.is_empty() => completer.declarations(0, DeclarationKind::Sequence),
        Positional::Dialect if tokens.is_empty() => completer.keywords(0, &["postgres", "spanner"]),
        _ => {}
    }
}

fn sort_words(completer: &mut Completer<'_, '_>) {
    completer.keywords(0, &["desc", "asc", "nulls first", "nulls last"]);
}

fn named_value(completer: &mut Completer<'_, '_>, value: ArgumentValue, tokens: &[Item<'_>], word: &str) {
    match value {
        ArgumentValue::Boolean => completer.keywords(0, &["true", "false"]),
        ArgumentValue::Action if word == "interleave" => completer.keywords(0, &["cascade", "no_action"]),
        ArgumentValue::Action => {
            completer.keywords(0, &["cascade", "set_null", "restrict", "no_action", "set_default"]);
        }
        ArgumentValue::NullsComparison => completer.keywords(0, &["equal", "distinct"]),
        ArgumentValue::Name if word == "index" => completer.keywords(0, &["gin", "gist", "hash", "brin"]),
        ArgumentValue::Columns => own_columns(completer, 0),
        ArgumentValue::Expression => expression::in_table(completer, tokens),
        ArgumentValue::Table => completer.declarations(0, DeclarationKind::Table),
        ArgumentValue::TableWithColumns => tables_with_keys(completer),
        ArgumentValue::ColumnOfTable => references(completer, tokens),
        _ => {}
    }
}

/// The columns of the table or mixin itself.
fn own_columns(completer: &mut Completer<'_, '_>, rank: u32) {
    let Some(declaration) = completer.declaration else { return };
    for (index, shape) in (0..).zip(columns(completer.db, declaration)) {
        expression::offer_column(completer, rank + index, declaration, shape);
    }
}

/// `users.id`: what a foreign key may refer to. The table that the column is called after comes first, then those whose
/// key has its type.
fn references(completer: &mut Completer<'_, '_>, tokens: &[Item<'_>]) {
    let (db, project) = (completer.db, completer.project);
    if let [Item::Word(_), .., Item::Sign(".")] = tokens {
        let words = tokens.iter().filter_map(|it| match it {
            Item::Word(word) => Some(*word),
            _ => None,
        });
        let name = words.collect::<Vec<_>>().join(".");
        let table = orm_schema_lang::database::resolve(db, project, &name, &[DeclarationKind::Table]);
        let Some(table) = table else { return completer.declarations(0, DeclarationKind::Table) };
        let keys = key_columns(db, project, table);
        for (index, shape) in (10..).zip(columns(db, table)) {
            let key = (0..).zip(&keys).find(|(_, it)| *it == shape.declared_name());
            expression::offer_column(completer, key.map_or(index, |(rank, _)| rank), table, shape);
        }
        return;
    }
    if !tokens.is_empty() {
        return;
    }
    let around = completer.context.around().and_then(|it| it.tokens.first().copied());
    let column = match around {
        Some(Item::Word(name)) => name.to_owned(),
        _ => String::new(),
    };
    let own_type = completer.declaration.and_then(|it| {
        let shape = columns(db, it).iter().find(|it| it.declared_name() == column)?;
        shape.column_type().cloned()
    });
    let index = missing_index(completer, &column);
    let stem = column.strip_suffix("_id").unwrap_or(&column).to_owned();
    let is_namesake = |table: &Declaration| {
        let name = crate::names::last_part(table.name(db));
        !stem.is_empty()
            && (name == stem || name.strip_suffix('s') == Some(&*stem) || stem.ends_with(name.trim_end_matches('s')))
    };
    let is_wanted = |it: &Declaration| completer.has_letters(it.name(db).chars().chain(['.']));
    // Of thousands of tables each is looked at once.
    let tables = completer.all(DeclarationKind::Table).into_iter().filter(is_wanted);
    let (namesakes, others): (Vec<_>, Vec<_>) = tables.partition(is_namesake);
    let tables = namesakes.iter().map(|it| (*it, true)).chain(others.into_iter().map(|it| (it, false)));
    for (table, is_namesake) in tables.take(super::MOST_ITEMS) {
        for key in key_columns(db, project, table) {
            let Some(shape) = columns(db, table).iter().find(|it| it.declared_name() == key) else { continue };
            let fits = own_type.is_none() || shape.column_type() == own_type.as_ref();
            let rank = u32::from(!is_namesake) + 2 * u32::from(!fits);
            let label = format!("{}.{key}", table.name(db));
            if let Some(item) = completer.offer(rank, CompletionKind::Column, &label) {
                item.insert = format!(
                    "{}.{}",
                    orm_schema_lang::diagnostics::written_name(table.name(db)),
                    orm_schema_lang::diagnostics::written_name(&key)
                );
                item.detail = shape.column_type().map(ToString::to_string);
                item.key = Some(format!("column:{label}"));
                item.index = index.clone();
            }
        }
    }
}

/// The edit that adds an index on the column of a foreign key, where nothing begins with it: PostgreSQL makes none by
/// itself, and reads the whole table for each row that is deleted on the other side.
fn missing_index(completer: &Completer<'_, '_>, column: &str) -> Option<TextEdit> {
    let (db, declaration) = (completer.db, completer.declaration?);
    let targets = completer.project.targets(db);
    if declaration.kind(db) != DeclarationKind::Table || column.is_empty() {
        return None;
    }
    let makes_none = |it: Dialect| !it.capabilities().foreign_key_indexes;
    let table = &orm_schema_lang::lower::table::lower_table(db, completer.project, declaration).table;
    let physical = columns(db, declaration).iter().find(|it| it.declared_name() == column)?.column.name.clone();
    let key = table.primary_key.iter().filter_map(|it| it.columns.first()).map(|it| it.name.as_str());
    let uniques = table.uniques.iter().filter_map(|it| it.columns.first()).map(String::as_str);
    let indexes = table.indexes.iter().filter_map(|it| it.keys.first()?.column_name());
    let mut served = key.chain(uniques).chain(indexes);
    if !targets.dialects().any(makes_none) || served.any(|it| it == physical) {
        return None;
    }
    // The brace that closes the table, which stands at the beginning of a line.
    let source = declaration.file(db).source(db);
    let text: &str = source.text();
    let rest = text.get(completer.replace.end..)?;
    let place = completer.replace.end + rest.find("\n}")? + 1;
    let (index, _) = source.declaration_at(completer.replace.start)?;
    let next = source.declarations().get(index + 1).map_or(text.len(), |it| it.range().start);
    let ends_in_item = matches!(declaration.item(db).members.last(), Some(Member::Item(_)));
    let blank = if ends_in_item { "" } else { "\n" };
    let name = orm_schema_lang::diagnostics::written_name(column);
    (place < next).then(|| TextEdit { range: place..place, replacement: format!("{blank}  index({name})\n") })
}

/// The columns that are a key alone: the primary one, and the unique ones.
fn key_columns(db: &orm_schema_lang::Database, project: Project, table: Declaration) -> Vec<String> {
    let signature = signature(db, project, table);
    let physical = match signature.primary_key.as_slice() {
        [only] => Some(&only.name),
        _ => None,
    };
    let unique = signature.referable_keys().filter_map(|it| match it.columns.as_slice() {
        [only] => Some(only),
        _ => None,
    });
    let mut keys: Vec<String> = Vec::new();
    for name in physical.into_iter().chain(unique) {
        let declared = signature.columns.iter().find(|it| it.name == *name).map(|it| it.declared_name.clone());
        keys.extend(declared.filter(|it| !keys.contains(it)));
    }
    keys
}

/// `orders(tenant_id, id)`
fn tables_with_keys(completer: &mut Completer<'_, '_>) {
    let (db, project) = (completer.db, completer.project);
    let tables = completer.all(DeclarationKind::Table);
    let wanted = tables.into_iter().filter(|it| completer.is_wanted(it.name(db))).take(super::MOST_ITEMS);
    for table in wanted.collect::<Vec<_>>() {
        let keys: Vec<_> = signature(db, project, table).primary_key.iter().map(|it| it.name.clone()).collect();
        let name = table.name(db);
        if let Some(item) = completer.offer(0, CompletionKind::Table, name) {
            item.insert = format!("{}({})", orm_schema_lang::diagnostics::written_name(name), keys.join(", "));
            item.detail = Some(format!("({})", keys.join(", ")));
            item.key = Some(format!("table:{name}"));
        }
    }
}
