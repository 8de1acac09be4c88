//! A query of raw SQL: `query totals : one(total: bigint) = sql("SELECT COUNT(*) AS total FROM ${users}")`.

use orm_model::{
    Dialect, ObjectName, PerDialect,
    query::{Parameter, ParameterValue, QueryParameter, RawPiece, RawQuery, ResultColumn, ResultValue},
};

use crate::{
    database::resolve,
    diagnostics::rules::{
        bad_parameter, bad_view, duplicate_output, raw_row_name, unknown_column, unknown_parameter, unknown_table,
    },
    item::{Anchor, DeclarationKind, ExpressionItem, Name, query::ParameterItem},
    lower::{
        Scope,
        objects::{sql_texts, view_name},
        shape::{Signature, signature},
        types::lower_type,
    },
};

/// The query; `None` where a finding says why there is none.
pub(super) fn lower(
    scope: &mut Scope<'_>,
    written: &ExpressionItem,
    row: &[ParameterItem],
    parameters: &[QueryParameter],
) -> Option<RawQuery> {
    let row = columns(scope, row);
    let Some(texts) = sql_texts(written) else {
        scope.report(bad_view::query_without_sql(scope.at(written.anchor)));
        return None;
    };
    let mut text = PerDialect::default();
    for dialect in Dialect::ALL {
        let Some(sql) = texts.get(dialect) else {
            if scope.targets().includes(dialect) {
                let other = Dialect::ALL.into_iter().find(|it| texts.get(*it).is_some());
                let fix = other.and_then(|it| scope.keep_to(it));
                scope.report(bad_view::no_query_text(scope.at(written.anchor), dialect, fix));
                return None;
            }
            continue;
        };
        let split = split(sql);
        let pieces = split.iter().map(|it| resolved(scope, it, parameters, written.anchor));
        let pieces: Vec<_> = pieces.collect::<Option<_>>()?;
        if dialect == Dialect::Spanner
            && scope.targets().includes(dialect)
            && let Some(finding) = raw_row_name::report(scope.at(written.anchor), sql, &split, &pieces)
        {
            scope.report(finding);
        }
        *text.get_mut(dialect) = Some(pieces);
    }
    Some(RawQuery { text, row: row? })
}

/// The declared columns of a row.
fn columns(scope: &mut Scope<'_>, row: &[ParameterItem]) -> Option<Vec<ResultColumn>> {
    let mut columns: Vec<ResultColumn> = Vec::new();
    let mut is_complete = true;
    for item in row {
        let Some(written) = &item.value_type else { return None };
        if columns.iter().any(|it| it.name == *item.name.text) {
            scope.report(duplicate_output::report(scope.at(item.name.anchor), &item.name.text, None));
            is_complete = false;
        }
        if let Some(default) = &item.default {
            scope.report(bad_parameter::column_default(scope.at(default.anchor)));
            is_complete = false;
        }
        match lower_type(scope, written) {
            Some(column_type) => columns.push(ResultColumn {
                name: item.name.text.to_string(),
                value: ResultValue::Value(Some(column_type)),
                nullable: written.nullable,
            }),
            None => is_complete = false,
        }
    }
    is_complete.then_some(columns)
}

/// A piece of raw SQL as it is written.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// SQL.
    Text(&'t str),
    /// `${users}`, `${users.email}`
    Name(&'t str),
    /// `$name`
    Parameter(&'t str),
}

/// Cuts SQL at the names and parameters in it. Quoted texts, quoted names and comments are left alone.
pub fn split(sql: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(character) = sql[at..].chars().next() {
        let rest = &sql[at..];
        if let Some(end) = skipped(rest) {
            at += end;
            continue;
        }
        if character == '$'
            && let Some((piece, length)) = reference(rest)
        {
            if start < at {
                pieces.push(Piece::Text(&sql[start..at]));
            }
            pieces.push(piece);
            at += length;
            start = at;
            continue;
        }
        at += character.len_utf8();
    }
    if start < sql.len() {
        pieces.push(Piece::Text(&sql[start..]));
    }
    pieces
}

/// How much of the text is a quoted text, a quoted name or a comment.
fn skipped(rest: &str) -> Option<usize> {
    let until = |open: usize, close: &str| rest[open..].find(close).map_or(rest.len(), |it| open + it + close.len());
    match rest.as_bytes() {
        [b'-', b'-', ..] => Some(until(2, "\n")),
        [b'/', b'*', ..] => Some(until(2, "*/")),
        [b'\'', ..] => Some(until(1, "'")),
        [b'"', ..] => Some(until(1, "\"")),
        [b'`', ..] => Some(until(1, "`")),
        _ => None,
    }
}

/// What a `$` begins, and how long it is.
fn reference(rest: &str) -> Option<(Piece<'_>, usize)> {
    if let Some(inner) = rest.strip_prefix("${") {
        let end = inner.find('}')?;
        return Some((Piece::Name(inner[..end].trim()), end + 3));
    }
    let name = &rest[1..];
    let is_part = |it: char| it.is_alphanumeric() || it == '_';
    let length = name.find(|it| !is_part(it)).unwrap_or(name.len());
    let begins = name.starts_with(|it: char| it.is_alphabetic() || it == '_');
    begins.then(|| (Piece::Parameter(&name[..length]), length + 1))
}

fn resolved(
    scope: &mut Scope<'_>,
    piece: &Piece<'_>,
    parameters: &[QueryParameter],
    anchor: Anchor,
) -> Option<RawPiece> {
    match piece {
        Piece::Text(text) => Some(RawPiece::Text((*text).to_owned())),
        Piece::Parameter(name) => match parameters.iter().find(|it| it.name == *name) {
            Some(QueryParameter { name, value: ParameterValue::Value(column_type), nullable, .. }) => {
                let (name, column_type) = (name.clone(), column_type.clone());
                Some(RawPiece::Parameter(Parameter { name, column_type, nullable: *nullable }))
            }
            Some(_) => {
                scope.report(unknown_parameter::rows(scope.at(anchor), name));
                None
            }
            None => {
                let known = parameters.iter().map(|it| it.name.as_str());
                scope.report(unknown_parameter::in_text(scope.at(anchor), name, known));
                None
            }
        },
        Piece::Name(path) => named(scope, path, anchor),
    }
}

/// `users`, `auth.users`, `users.email`, `auth.users.email`
fn named(scope: &mut Scope<'_>, path: &str, anchor: Anchor) -> Option<RawPiece> {
    if let Some((name, _)) = table(scope, path) {
        return Some(RawPiece::Table(name));
    }
    let (before, last) = path.rsplit_once('.').unwrap_or((path, ""));
    match table(scope, before) {
        Some((_, Some(signature))) if !last.is_empty() => {
            if let Some(column) = signature.columns.iter().find(|it| it.declared_name == last) {
                return Some(RawPiece::Column(column.name.clone()));
            }
            let known = signature.columns.iter().map(|it| it.declared_name.as_str());
            let written = Name { text: last.into(), anchor };
            scope.report(unknown_column::in_text(scope.at(anchor), &written.text, before, known));
        }
        _ => scope.report(unknown_table::in_text(scope, anchor, path)),
    }
    None
}

/// The table or view that the text calls so; of a table, what is known of it.
fn table<'s>(scope: &Scope<'s>, name: &str) -> Option<(ObjectName, Option<&'s Signature>)> {
    let found = resolve(scope.db, scope.project, name, &[DeclarationKind::Table, DeclarationKind::View])?;
    if found.kind(scope.db) == DeclarationKind::View {
        return Some((view_name(found.item(scope.db)), None));
    }
    let signature = signature(scope.db, scope.project, found);
    Some((signature.name.clone(), Some(signature)))
}

#[cfg(test)]
mod tests {
    use super::{Piece, split};

    #[test]
    fn sql_is_cut_at_names_and_parameters_and_nowhere_else() {
        let sql = "SELECT '$no', \"$no\", $1, a$b -- $no\nFROM ${ users } WHERE x = $id AND y = $id_2";
        let found = split(sql);
        let names: Vec<_> = found.iter().filter(|it| !matches!(it, Piece::Text(_))).collect();
        assert_eq!(
            names,
            [&Piece::Parameter("b"), &Piece::Name("users"), &Piece::Parameter("id"), &Piece::Parameter("id_2")]
        );
        assert_eq!(split("$"), [Piece::Text("$")]);
        assert_eq!(split("${"), [Piece::Text("${")]);
        assert_eq!(split("'it''s $a' || $b"), [Piece::Text("'it''s $a' || "), Piece::Parameter("b")]);
    }
}
