//! Attributes and table items against the registry, and the values of their arguments.

use orm_model::{
    Dialect, ReferentialAction,
    registry::{self, ArgumentValue, NamedArgument, Place, Positional, WordInfo},
};

use super::Scope;
use crate::{
    diagnostics::{
        Diagnostic, Location,
        rules::{bad_argument, misplaced_attribute, unknown_argument, unknown_attribute, unknown_item},
    },
    item::{
        Anchor, Argument, Attribute, ExpressionItem, ExpressionKind, Name, TableItem, argument, attribute, positional,
    },
};

/// Reports attributes that do not exist, do not belong here, stand twice, or have wrong arguments.
pub(crate) fn check_attributes(scope: &mut Scope<'_>, attributes: &[Attribute], place: Place) {
    for (index, attribute) in attributes.iter().enumerate() {
        let Some(name) = &attribute.name else { continue };
        let Some(info) = registry::find_attribute(&name.text) else {
            scope.report(unknown_attribute::report(scope.at(name.anchor), &name.text));
            continue;
        };
        if !info.places.contains(&place) {
            scope.report(misplaced_attribute::place(scope.at(attribute.anchor), info, place));
        } else {
            let is_twin = |it: &Attribute| it.name.as_ref().is_some_and(|other| other.text == name.text);
            if info.name != "check"
                && let Some(twin) = attributes[..index].iter().find(|it| is_twin(it))
            {
                let is_same = !attribute.has_parentheses && !twin.has_parentheses;
                scope.report(misplaced_attribute::twice(scope.at(attribute.anchor), info.name, is_same));
            }
            check_arguments(scope, info, &attribute.arguments, attribute.anchor);
        }
    }
}

/// What a table item is; `None` where a finding says why it is nothing that works.
pub(crate) fn check_item(scope: &mut Scope<'_>, item: &TableItem) -> Option<&'static WordInfo> {
    check_attributes(scope, &item.attributes, Place::Item);
    let Some(info) = registry::find_item(&item.name.text) else {
        scope.report(unknown_item::report(scope.at(item.name.anchor), &item.name.text));
        return None;
    };
    check_arguments(scope, info, &item.arguments, item.anchor);
    Some(info)
}

pub(crate) fn check_arguments(scope: &mut Scope<'_>, info: &'static WordInfo, arguments: &[Argument], whole: Anchor) {
    let given = positional(arguments).count();
    let complaint = match info.positional {
        Positional::None => (given > 0).then_some("takes no argument without a name"),
        Positional::Keys | Positional::Columns { .. } => (given == 0).then_some("needs at least one column"),
        Positional::ColumnOfTable => (given != 1).then_some("needs a column of a table: `users.id`"),
        Positional::Table => (given != 1).then_some("needs a table"),
        Positional::Sequence => (given != 1).then_some("needs a sequence"),
        Positional::Expression => (given != 1).then_some("needs one expression"),
        Positional::Text => (given != 1).then_some("needs one text: `\"…\"`"),
        Positional::Name => (given != 1).then_some("needs one name"),
        Positional::Dialect => (given != 1).then_some("needs one database: `postgres` or `spanner`"),
    };
    if let Some(complaint) = complaint {
        scope.report(bad_argument::count(scope.at(whole), info, complaint));
    }
    if let Some(first) = positional(arguments).next() {
        check_positional(scope, info, first);
    }
    for (index, argument) in arguments.iter().enumerate() {
        check_order(scope, info, argument);
        let Some(name) = &argument.name else { continue };
        let Some(known) = info.named.iter().find(|it| it.name == &*name.text) else {
            scope.report(unknown_argument::report(scope.at(name.anchor), info, &name.text));
            continue;
        };
        if arguments[..index].iter().any(|it| it.name.as_ref().is_some_and(|other| other.text == name.text)) {
            scope.report(bad_argument::twice(scope.at(argument.anchor), known.name));
        }
        check_value(scope, known, &argument.value);
    }
}

/// Texts, names and databases stand by themselves; columns, tables and expressions are looked up elsewhere.
fn check_positional(scope: &mut Scope<'_>, info: &WordInfo, first: &Argument) {
    let value = &first.value;
    let (fits, expected) = match info.positional {
        Positional::Text => (
            matches!(&value.kind, ExpressionKind::String(text) if !text.is_empty()),
            "a text that is not empty: `\"…\"`",
        ),
        Positional::Name => (matches!(value.kind, ExpressionKind::Path(_)), "a name"),
        Positional::Dialect => (value.as_name().and_then(dialect).is_some(), "`postgres` or `spanner`"),
        _ => (true, ""),
    };
    if fits || value.kind == ExpressionKind::Missing {
        return;
    }
    scope.report(match info.positional {
        Positional::Text => not_a_text(scope.at(first.anchor), info.name, value),
        _ => bad_argument::value(scope.at(first.anchor), info.name, expected),
    });
}

fn check_order(scope: &mut Scope<'_>, info: &WordInfo, argument: &Argument) {
    let is_sorted = argument.descending.is_some() || argument.nulls_first.is_some();
    let sorts = matches!(info.positional, Positional::Keys | Positional::Columns { sorted: true });
    if is_sorted && (!sorts || argument.name.is_some()) {
        scope.report(bad_argument::order(scope.at(argument.anchor), info.name));
    }
}

fn check_value(scope: &mut Scope<'_>, known: &NamedArgument, value: &ExpressionItem) {
    if value.kind == ExpressionKind::Missing {
        return;
    }
    let (fits, expected) = match known.value {
        ArgumentValue::Text => (
            matches!(&value.kind, ExpressionKind::String(text) if !text.is_empty()),
            "a text that is not empty: `\"…\"`",
        ),
        ArgumentValue::Boolean => (matches!(value.kind, ExpressionKind::Boolean(_)), "`true` or `false`"),
        ArgumentValue::Integer => {
            (matches!(&value.kind, ExpressionKind::Number(text) if text.parse::<u32>().is_ok()), "a whole number")
        }
        ArgumentValue::Action => (
            value.as_name().and_then(|name| action(&name.text)).is_some(),
            "`no_action`, `restrict`, `cascade`, `set_null` or `set_default`",
        ),
        ArgumentValue::Counter => (counter(value).is_some(), "a whole number from 1"),
        ArgumentValue::Range => (range(value).is_some(), "two whole numbers, the smaller one first: `[1, 1000]`"),
        ArgumentValue::ColumnOfTable => {
            (matches!(&value.kind, ExpressionKind::Path(path) if path.len() > 1), "a column of a table: `orders.id`")
        }
        ArgumentValue::Name => (value.as_name().is_some(), "a name"),
        ArgumentValue::Names => (
            one_or_more(value).iter().all(|it| it.as_name().is_some()),
            "a name, or one for each key in brackets: `[text_pattern_ops, default]`",
        ),
        ArgumentValue::Texts => (
            one_or_more(value).iter().all(|it| matches!(&it.kind, ExpressionKind::String(text) if !text.is_empty())),
            "a text, or one for each key in brackets: `[\"C\", \"default\"]`",
        ),
        ArgumentValue::Table => (matches!(value.kind, ExpressionKind::Path(_)), "a table"),
        ArgumentValue::Columns => (column_names(value).is_some(), "columns in brackets: `[a, b]`"),
        ArgumentValue::TableWithColumns => {
            (matches!(value.kind, ExpressionKind::Call { .. }), "a table and its columns: `orders(tenant_id, id)`")
        }
        ArgumentValue::NullsComparison => {
            (value.as_name().is_some_and(|name| matches!(&*name.text, "equal" | "distinct")), "`equal` or `distinct`")
        }
        ArgumentValue::Expression => (true, "an expression"),
    };
    if !fits && known.value == ArgumentValue::Text {
        scope.report(not_a_text(scope.at(value.anchor), known.name, value));
    } else if !fits {
        scope.report(bad_argument::value(scope.at(value.anchor), known.name, expected));
    }
}

fn not_a_text(location: Location, name: &str, value: &ExpressionItem) -> Diagnostic {
    match value.as_name() {
        Some(written) => bad_argument::unquoted(location, name, &written.text),
        None => bad_argument::value(location, name, "a text that is not empty: `\"…\"`"),
    }
}

/// A whole number from 1.
pub(crate) fn counter(value: &ExpressionItem) -> Option<i64> {
    match &value.kind {
        ExpressionKind::Number(text) => text.parse().ok().filter(|it| *it > 0),
        _ => None,
    }
}

/// `[1, 1000]`
pub(crate) fn range(value: &ExpressionItem) -> Option<(i64, i64)> {
    let ExpressionKind::List(items) = &value.kind else { return None };
    let [first, last] = items.as_slice() else { return None };
    Some((counter(first)?, counter(last)?)).filter(|(first, last)| first <= last)
}

/// The action that a word names.
pub(crate) fn action(word: &str) -> Option<ReferentialAction> {
    ReferentialAction::ALL.into_iter().find(|action| action.name() == word)
}

/// The names in `[a, b]`.
pub(crate) fn column_names(value: &ExpressionItem) -> Option<Vec<&Name>> {
    match &value.kind {
        ExpressionKind::List(items) => items.iter().map(ExpressionItem::as_name).collect(),
        _ => None,
    }
}

/// The dialect that `@only(…)` names; `None` without it, and where it names none.
pub(crate) fn only(attributes: &[Attribute]) -> Option<Dialect> {
    let first = positional(&attribute(attributes, "only")?.arguments).next()?;
    dialect(first.value.as_name()?)
}

fn dialect(name: &Name) -> Option<Dialect> {
    Dialect::ALL.into_iter().find(|it| it.name() == &*name.text)
}

/// The name in `@was(…)`, parts joined by points.
pub(crate) fn was(attributes: &[Attribute]) -> Option<String> {
    let first = positional(&attribute(attributes, "was")?.arguments).next()?;
    match &first.value.kind {
        ExpressionKind::Path(parts) => Some(parts.iter().map(|it| &*it.text).collect::<Vec<_>>().join(".")),
        _ => None,
    }
}

/// The first text in the parentheses of an attribute: `@db("…")`, `@deprecated("…")`.
pub(crate) fn text<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    match &positional(&attribute(attributes, name)?.arguments).next()?.value.kind {
        ExpressionKind::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The text of a named argument, where it is one.
pub(crate) fn text_argument<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a str> {
    match &argument(arguments, name)?.value.kind {
        ExpressionKind::String(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// Whether a named argument is `true`.
pub(crate) fn flag_argument(arguments: &[Argument], name: &str) -> bool {
    argument(arguments, name).is_some_and(|it| it.value.kind == ExpressionKind::Boolean(true))
}

/// Whether the arguments say `enforced: false`.
pub(crate) fn is_not_enforced(arguments: &[Argument]) -> bool {
    argument(arguments, "enforced").is_some_and(|it| it.value.kind == ExpressionKind::Boolean(false))
}

/// The whole number that a named argument is, where it is one.
pub(crate) fn number_argument(arguments: &[Argument], name: &str) -> Option<u32> {
    match &argument(arguments, name)?.value.kind {
        ExpressionKind::Number(text) => text.parse().ok(),
        _ => None,
    }
}

/// The values of a named argument that is one value or a list of them: `collate: "C"`, `collate: ["C", "default"]`.
pub(crate) fn one_or_more(value: &ExpressionItem) -> &[ExpressionItem] {
    match &value.kind {
        ExpressionKind::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

/// The word that a named argument is, where it is one.
pub(crate) fn word_argument<'a>(arguments: &'a [Argument], name: &str) -> Option<&'a str> {
    argument(arguments, name)?.value.as_name().map(|name| &*name.text)
}

/// The action of a named argument, and where it stands.
pub(crate) fn action_argument(arguments: &[Argument], name: &str) -> Option<(ReferentialAction, Anchor)> {
    let it = argument(arguments, name)?;
    Some((action(&it.value.as_name()?.text)?, it.anchor))
}
