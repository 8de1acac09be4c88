//! A text whose values a check lists becomes an enum.

use std::ops::Range;

use orm_schema_lang::{
    diagnostics::written_name,
    item::{
        Attribute, ColumnItem, ExpressionItem, ExpressionKind, Member, TypeExpression, argument, attribute, positional,
    },
    workspace::FileEdit,
};

use super::{Context, Here, Offers, RefactoringKind, text};

pub(super) fn offer(context: &Context<'_>, offers: &mut Offers<'_>) -> Option<()> {
    let (here, Member::Column(column)) = context.member()? else { return None };
    let written = column.column_type.as_ref()?;
    let is_text = matches!(&*written.name.text, "text" | "varchar" | "char") && !written.array;
    let check = checks(&here, column).find_map(|it| Some((it.place, values(it.condition, &column.name.text)?)));
    let (check, values) = check.filter(|_| is_text)?;
    let default = match &column.default {
        None => None,
        Some(it) => match &it.kind {
            ExpressionKind::String(value) if values.contains(value) => Some((it.anchor, value_name(value)?)),
            _ => return None,
        },
    };
    let values = declared_values(&values)?;
    let storage = storage(context, &here, written)?;
    let title = format!("Change `{}` to an enum", column.name.text);
    offers.add("text_to_enum", RefactoringKind::Rewrite, title, || {
        let name = text::free_name(context, &enum_name(here.item.name_text(), &column.name.text));
        let mut edits = vec![context.edit(type_range(&here, written), written_name(&name))];
        edits.extend(default.map(|(anchor, value)| context.edit(here.source.span(anchor), value)));
        edits.push(removed(context, check));
        let start = text::above(context.text, text::line(context.text, here.source.range().start).start);
        let declared = format!("enum {}{storage} {{ {values} }}\n\n", written_name(&name));
        edits.push(context.edit(start..start, declared));
        edits
    });
    Some(())
}

/// A check, and what goes when it goes.
struct Checked<'a> {
    condition: &'a ExpressionItem,
    place: Range<usize>,
}

/// The checks without further arguments or attributes: those of the column, then those of the declaration.
fn checks<'a>(here: &Here<'a>, column: &'a ColumnItem) -> impl Iterator<Item = Checked<'a>> {
    let here = *here;
    let of_column = attribute(&column.attributes, "check").and_then(move |it: &Attribute| {
        let condition = only(&it.arguments)?;
        Some(Checked { condition, place: here.source.span(it.anchor) })
    });
    let of_items = here.item.members.iter().filter_map(move |it| match it {
        Member::Item(item) if &*item.name.text == "check" && item.attributes.is_empty() => {
            Some(Checked { condition: only(&item.arguments)?, place: here.source.span(item.anchor) })
        }
        _ => None,
    });
    of_column.into_iter().chain(of_items)
}

fn only(arguments: &[orm_schema_lang::item::Argument]) -> Option<&ExpressionItem> {
    let is_alone = arguments.len() == 1 && argument(arguments, "name").is_none();
    positional(arguments).next().map(|it| &it.value).filter(|_| is_alone)
}

/// The texts that a check lists for the column; `None` where it says something else.
fn values(condition: &ExpressionItem, column: &str) -> Option<Vec<String>> {
    let ExpressionKind::In { operand, list, negated: false } = &condition.kind else { return None };
    if operand.as_name().is_none_or(|it| &*it.text != column) {
        return None;
    }
    let text = |it: &ExpressionItem| match &it.kind {
        ExpressionKind::String(value) => Some(value.clone()),
        _ => None,
    };
    let mut values: Vec<String> = Vec::new();
    for value in list.iter().map(text) {
        let value = value?;
        // Two values must not get one name.
        if values.iter().any(|it| *it == value || value_name(it) == value_name(&value)) {
            return None;
        }
        value_name(&value)?;
        values.push(value);
    }
    (!values.is_empty()).then_some(values)
}

/// What a text is called as a value of an enum.
fn value_name(value: &str) -> Option<String> {
    let name: String = value.chars().map(|it| if it.is_ascii_alphanumeric() { it } else { '_' }).collect();
    let begins = name.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_');
    let is_word = !matches!(&*name, "true" | "false" | "null");
    (begins && is_word && name.chars().any(char::is_alphanumeric)).then_some(name)
}

/// The type without `?`.
fn type_range(here: &Here<'_>, written: &TypeExpression) -> Range<usize> {
    let span = here.source.span(written.anchor);
    span.start..span.end - usize::from(written.nullable)
}

/// What the enum is stored as, where the header has to say it.
fn storage(context: &Context<'_>, here: &Here<'_>, written: &TypeExpression) -> Option<String> {
    match &*written.name.text {
        "text" => Some(String::new()),
        _ if written.arguments.is_empty() => Some(String::new()),
        _ => Some(format!(" : {}", context.text.get(type_range(here, written))?)),
    }
}

/// The values as the enum declares them.
fn declared_values(values: &[String]) -> Option<String> {
    let value = |it: &String| match value_name(it) {
        Some(name) if name == *it => Some(name),
        Some(name) => Some(format!("{name} = {}", text::quoted(it))),
        None => None,
    };
    Some(values.iter().map(value).collect::<Option<Vec<_>>>()?.join(", "))
}

/// The edit that takes out a check: its line where nothing else stands there, or the blanks before it.
fn removed(context: &Context<'_>, place: Range<usize>) -> FileEdit {
    let (first, last) = (text::line(context.text, place.start), text::line(context.text, place.end));
    if context.text[first.start..place.start].trim().is_empty() && context.text[place.end..last.end].trim().is_empty() {
        return context.edit(first.start..text::next_line(context.text, last.end), "");
    }
    let start = context.text[..place.start].trim_end_matches([' ', '\t']).len();
    context.edit(start..place.end, "")
}

/// `order_items`, `state` as `OrderItemsState`.
fn enum_name(table: &str, column: &str) -> String {
    format!("{}{}", text::in_capitals(crate::names::last_part(table)), text::in_capitals(column))
}
