//! A parameter that a query uses and does not have.

use orm_schema_lang::{
    database::check_declaration, diagnostics::rules::unknown_parameter::UNKNOWN_PARAMETER, item::DeclarationKind,
    lower::shape::ColumnShape,
};

use super::{Context, Here, Offers, RefactoringKind};
use crate::{
    completion::{
        context::{self, FrameKind, Item},
        declaration_start,
        expression::left_operand,
    },
    names::{Names, Scope, Wanted},
    symbol::columns,
};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let is_query = |it: &Here<'_>| matches!(it.item.kind, DeclarationKind::Query | DeclarationKind::Mutation);
    let here = context.here.filter(is_query).filter(|it| it.item.errors.is_empty())?;
    let found = check_declaration(context.db, context.project, here.declaration).iter();
    let spans =
        found.filter(|it| it.rule.code == UNKNOWN_PARAMETER.code).map(|it| here.source.span(it.location.anchor));
    let offset = context.range.start;
    let span = spans.into_iter().find(|it| it.start <= offset && offset <= it.end)?;
    // What is wrong in raw SQL stands at the whole text.
    let name = context.text.get(span.clone())?.strip_prefix('$')?;
    let known = &here.item.query.as_ref()?.parameters;
    if known.iter().any(|it| *it.name.text == *name) {
        return None;
    }
    let declared = format!("{name}: {}", type_of(context, &here, name, span.start));
    let place = match known.last() {
        Some(last) => (here.source.span(last.anchor).end, format!(", {declared}")),
        None => {
            let end = here.source.span(here.item.name.as_ref()?.anchor).end;
            match context.text[end..].starts_with('(') {
                true => (end + 1, declared.clone()),
                false => (end, format!("({declared})")),
            }
        }
    };
    offers.add("declare_parameter", RefactoringKind::Fix, format!("Declare parameter `{declared}`"), || {
        vec![context.edit(place.0..place.0, place.1)]
    });
    Some(())
}

/// The type of what the parameter is compared with or written into, or else of the column that is called like it.
fn type_of(context: &Context<'_>, here: &Here<'_>, name: &str, offset: usize) -> String {
    let before = context::Context::new(&context.text[declaration_start(context.text, offset)..offset]);
    let inner = before.inner();
    if matches!(inner.clause, "limit" | "offset") && inner.tokens.is_empty() {
        return "bigint".to_owned();
    }
    let left = match (inner.kind, inner.tokens.as_slice()) {
        (FrameKind::Row, [Item::Word(column), Item::Sign(":")]) => vec![*column],
        (FrameKind::Row, []) => vec![name],
        (_, tokens) => left_operand(tokens),
    };
    let is_list = inner.tokens.last() == Some(&Item::Word("in"));
    let is_optional = inner.clause == "where" && inner.tokens.first() == Some(&Item::Sign("?"));
    let said = left.last().and_then(|it| column_type(context, here, &left, it));
    let of_namesake = || column_type(context, here, &[name], name).filter(|_| !is_list);
    let written = said.or_else(of_namesake).unwrap_or_else(|| "text".to_owned());
    format!("{written}{}{}", if is_list { "[]" } else { "" }, if is_optional { "?" } else { "" })
}

/// The type of the column that a path is where its last name stands first.
fn column_type(context: &Context<'_>, here: &Here<'_>, path: &[&str], last: &str) -> Option<String> {
    let spelled = [last];
    let mut names = Names::new(context.db, here.declaration, here.source, Wanted::Spelled(&spelled));
    let (scope, _) = names.scope_at(last);
    let shape = names.column_of(path, &scope).or_else(|| written_column(context, &scope, path));
    Some(shape?.column_type()?.to_string())
}

/// The column of the table that rows are inserted into.
fn written_column<'a>(context: &Context<'a>, scope: &Scope<'a>, path: &[&str]) -> Option<&'a ColumnShape> {
    let [name] = path else { return None };
    columns(context.db, scope.target?).iter().find(|it| it.declared_name() == *name)
}
