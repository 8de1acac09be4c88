//! A table, enum or mixin that is named and nowhere declared.

use std::ops::Range;

use orm_schema_lang::{
    database::check_declaration,
    diagnostics::written_name,
    item::{ColumnItem, ExpressionKind, Member, attribute, positional},
};

use super::{Context, Here, Offers, RefactoringKind, text};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let here = context.with_members()?;
    let found = check_declaration(context.db, context.project, here.declaration).iter();
    let offset = context.range.start;
    let place = |anchor| here.source.span(anchor);
    let here_found = found.filter(|it| it.location.declaration == here.declaration);
    let at_cursor = here_found.map(|it| (it.rule.slug, place(it.location.anchor)));
    for (slug, span) in at_cursor.filter(|(_, it)| it.start <= offset && offset <= it.end) {
        match (slug, context.member()) {
            ("unknown-type", Some((_, Member::Column(column)))) => enumeration(context, &here, column, offers),
            ("unknown-mixin", Some((_, Member::Spread(spread)))) => {
                let name = &spread.name.as_ref()?.text;
                add(context, &here, offers, "mixin", name, format!("mixin {} {{}}", written_name(name)));
            }
            ("unknown-table", Some((_, Member::Column(column)))) => table(context, &here, column, &span, offers)?,
            _ => continue,
        }
        return Some(());
    }
    None
}

/// Declares something behind the declaration at hand.
fn add(context: &Context<'_>, here: &Here<'_>, offers: &mut Offers<'_>, kind: &str, name: &str, declared: String) {
    offers.add("declare_unknown", RefactoringKind::Fix, format!("Declare {kind} `{name}`"), || {
        let end = text::line(context.text, here.source.range().end).end;
        vec![context.edit(end..end, format!("\n\n{declared}"))]
    });
}

/// An enum with the value that the column begins with.
fn enumeration(context: &Context<'_>, here: &Here<'_>, column: &ColumnItem, offers: &mut Offers<'_>) {
    let Some(written) = column.column_type.as_ref().filter(|it| it.arguments.is_empty()) else { return };
    let name = &written.name.text;
    let value = match &column.default {
        None => Some("first"),
        Some(it) => it.as_name().map(|it| &*it.text),
    };
    let Some(value) = value.filter(|_| !name.contains('.')) else { return };
    let declared = format!("enum {} {{ {} }}", written_name(name), written_name(value));
    add(context, here, offers, "enum", name, declared);
}

/// A table with the key that the column refers to.
fn table(
    context: &Context<'_>,
    here: &Here<'_>,
    column: &ColumnItem,
    place: &Range<usize>,
    offers: &mut Offers<'_>,
) -> Option<()> {
    let reference = attribute(&column.attributes, "references")?;
    let value = &positional(&reference.arguments).next()?.value;
    let span = here.source.span(value.anchor);
    let ExpressionKind::Path(path) = &value.kind else { return None };
    let (key, table) = path.split_last()?;
    if table.is_empty() || place.end < span.start || span.end < place.start {
        return None;
    }
    let name = crate::names::joined(table);
    let key_type = context.text.get(here.source.span(column.column_type.as_ref()?.anchor))?.trim_end_matches('?');
    let default = if key_type == "uuid" { " = uuid()" } else { "" };
    let key = written_name(&key.text);
    let declared = format!("table {} {{\n  {key}  {key_type}{default}  @primary_key\n}}", written_name(&name));
    add(context, here, offers, "table", &name, declared);
    Some(())
}
