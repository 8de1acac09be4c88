//! A query of clauses as raw SQL: the text that `orm sql` prints, with the names of its parameters.

use orm_engine::query::{Piece, render};
use orm_model::{
    Dialect,
    query::{Cardinality, ResultValue},
};
use orm_schema_lang::{
    item::DeclarationKind,
    lower::{
        query::{lower_query, raw},
        schema::schema_of_query,
    },
};

use super::{Context, Here, Offers, RefactoringKind, text};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let here = context.here.filter(|it| it.item.kind == DeclarationKind::Query && it.item.errors.is_empty())?;
    let name = here.source.span(here.item.name.as_ref()?.anchor);
    if context.range.start < here.source.range().start || name.end < context.range.start {
        return None;
    }
    let written = here.item.query.as_deref().filter(|it| it.clauses.is_some())?;
    let lowered = lower_query(context.db, context.project, here.declaration);
    let query = lowered.query.as_ref()?;
    let is_value = |it: &ResultValue| matches!(it, ResultValue::Value(Some(_)));
    let row = query.body.row();
    if row.is_empty() || !row.iter().all(|it| is_value(&it.value)) {
        return None;
    }
    let start = match (&written.result, here.item.attributes.first()) {
        (Some(result), _) => here.source.span(result.anchor).start,
        (None, Some(attribute)) => here.source.span(attribute.anchor).start,
        (None, None) => {
            let behind = written.parameters.last().map_or(name.end, |it| here.source.span(it.anchor).end);
            let brace = behind + context.text[behind..here.source.range().end].find('{')?;
            context.text[..brace].trim_end().len()
        }
    };
    let body = start..here.source.range().end;
    // A comment in the body has no place in the text of a database.
    if context.text[body.clone()].contains("//") {
        return None;
    }
    let texts = texts(context, &here)?;
    offers.add("query_to_raw", RefactoringKind::Rewrite, "Convert to raw SQL", || {
        let columns: Vec<_> = row
            .iter()
            .map(|it| {
                let ResultValue::Value(Some(column_type)) = &it.value else { return String::new() };
                format!("{}: {column_type}{}", it.name, if it.nullable { "?" } else { "" })
            })
            .collect();
        let word = match query.cardinality {
            Cardinality::One => "one",
            Cardinality::Optional => "optional",
            Cardinality::Many | Cardinality::Exec => "many",
        };
        let head = if context.text[..body.start].ends_with(' ') { "" } else { " " };
        let attributes = text::attributes(context, &here);
        vec![context.edit(body, format!("{head}: {word}({}){attributes} = sql({texts})", columns.join(", ")))]
    });
    Some(())
}

/// What stands in the parentheses of `sql`; `None` where a caller or the server has to do more than run a text.
fn texts(context: &Context<'_>, here: &Here<'_>) -> Option<String> {
    let lowered = lower_query(context.db, context.project, here.declaration);
    let query = lowered.query.as_ref()?;
    let schema = schema_of_query(context.db, context.project, lowered);
    let targets = context.project.targets(context.db);
    let text = |dialect: Dialect| {
        let rendered = render(query, &schema, targets, dialect).ok()?;
        let [statement] = rendered.statements.as_slice() else { return None };
        let piece = |it: &Piece| match it {
            Piece::Text(text) => Some(text.clone()),
            Piece::Parameter(name) => Some(format!("${name}")),
            Piece::Cell(_) | Piece::OrDefault { .. } | Piece::When { .. } | Piece::Each { .. } => None,
        };
        let sql = statement.pieces.iter().map(piece).collect::<Option<String>>()?;
        let is_parameter = |it: &&Piece| matches!(it, Piece::Parameter(_));
        let parameters = statement.pieces.iter().filter(is_parameter).count();
        let read: Vec<_> = raw::split(&sql).into_iter().filter(|it| !matches!(it, raw::Piece::Text(_))).collect();
        let is_same = statement.each.is_none() && read.len() == parameters;
        is_same.then_some(sql)
    };
    let dialects: Vec<_> = targets.dialects().filter(|it| query.only.is_none_or(|only| only == *it)).collect();
    let written = dialects.iter().map(|dialect| Some(format!("{dialect}: {}", literal(&text(*dialect)?))));
    Some(written.collect::<Option<Vec<_>>>()?.join(", "))
}

/// A text over several lines stays one. A quotation mark at its end would be taken for one of the three.
fn literal(sql: &str) -> String {
    if sql.contains(['\n', '"']) && !sql.contains("\"\"\"") {
        let end = if sql.ends_with('"') { "\n" } else { "" };
        return format!("\"\"\"{sql}{end}\"\"\"");
    }
    text::quoted(sql)
}
