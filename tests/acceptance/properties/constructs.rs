//! Which words of the language a text uses, as the registry has them.

use std::collections::BTreeSet;

use orm_model::Dialect;
use orm_model::registry::{self, ATTRIBUTES, DECLARATIONS, FunctionPlace, ITEMS, TYPES};
use orm_schema_lang::{
    Source,
    item::{Argument, Attribute, DeclarationKind, ExpressionItem, ExpressionKind, Item, Member, TypeExpression},
};

/// Words and functions that random schemas must not have, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("query", "random queries are a test of their own"),
    ("mutation", "random queries are a test of their own"),
    ("@only", "it makes one schema two; golden cases have it"),
    ("@type", "it is for stubs alone"),
    ("@deprecated", "it is for stubs and readers alone"),
];

/// The constructs of a text: `index(where:)`, `@generated`, `lower() in a check`, `type date`, `view`.
pub(super) fn constructs(text: &str) -> BTreeSet<String> {
    let mut found = Found(BTreeSet::new());
    for declaration in Source::parse(text).declarations() {
        found.declaration(declaration.item());
    }
    found.0
}

/// All that random schemas have to have: the words of the registry, and each function that a schema may call.
pub(super) fn needed() -> BTreeSet<String> {
    let mut needed = all();
    needed.retain(|it| !it.contains("() in "));
    needed
}

/// The same, and each function at each place where a target takes it.
pub(super) fn all() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (sign, words) in [("@", ATTRIBUTES), ("", ITEMS), ("", DECLARATIONS)] {
        for word in words {
            let name = format!("{sign}{}", word.name);
            all.extend(word.named.iter().map(|it| format!("{name}({}:)", it.name)));
            all.insert(name);
        }
    }
    all.extend(TYPES.iter().map(|it| format!("type {}", it.name)));
    all.extend(
        ["table", "mixin", "enum", "view", "extension", "raw", "type []", "type ?", "...", "///"].map(str::to_owned),
    );
    for info in registry::functions() {
        for place in FunctionPlace::ALL {
            if Dialect::ALL.iter().any(|dialect| info.may_stand(place, *dialect)) {
                all.extend([in_place(info.name, place), format!("{}()", info.name)]);
            }
        }
    }
    all.retain(|it| !LEFT_OUT.iter().any(|(word, _)| it.starts_with(word)));
    all
}

fn in_place(function: &str, place: FunctionPlace) -> String {
    format!("{function}() in {}", place.title())
}

struct Found(BTreeSet<String>);

impl Found {
    fn add(&mut self, construct: impl Into<String>) {
        self.0.insert(construct.into());
    }

    fn declaration(&mut self, item: &Item) {
        self.add(item.kind.keyword());
        self.attributes(&item.attributes);
        self.arguments(item.kind.keyword(), &item.arguments, FunctionPlace::Default);
        if item.doc.is_some() {
            self.add("///");
        }
        if item.kind == DeclarationKind::Enum {
            item.values.iter().for_each(|it| self.attributes(&it.attributes));
        }
        item.members.iter().for_each(|it| self.member(it));
    }

    fn member(&mut self, member: &Member) {
        match member {
            Member::Spread(_) => self.add("..."),
            Member::Item(item) => {
                let place = match &*item.name.text {
                    "check" => FunctionPlace::Check,
                    _ => FunctionPlace::Index,
                };
                self.add(&*item.name.text);
                self.arguments(&item.name.text, &item.arguments, place);
                self.attributes(&item.attributes);
            }
            Member::Column(column) => {
                if let Some(column_type) = &column.column_type {
                    self.column_type(column_type);
                }
                if let Some(default) = &column.default {
                    self.expression(default, FunctionPlace::Default);
                }
                self.attributes(&column.attributes);
            }
        }
    }

    fn column_type(&mut self, it: &TypeExpression) {
        self.add(format!("type {}", it.name.text));
        if it.array {
            self.add("type []");
        }
        if it.nullable {
            self.add("type ?");
        }
    }

    fn attributes(&mut self, attributes: &[Attribute]) {
        for attribute in attributes {
            let Some(name) = &attribute.name else { continue };
            let place = match &*name.text {
                "check" => FunctionPlace::Check,
                "generated" => FunctionPlace::Generated,
                _ => FunctionPlace::Default,
            };
            let word = format!("@{}", name.text);
            self.arguments(&word, &attribute.arguments, place);
            self.add(word);
        }
    }

    fn arguments(&mut self, word: &str, arguments: &[Argument], place: FunctionPlace) {
        for argument in arguments {
            if let Some(name) = &argument.name {
                self.add(format!("{word}({}:)", name.text));
            }
            self.expression(&argument.value, place);
        }
    }

    fn expression(&mut self, it: &ExpressionItem, place: FunctionPlace) {
        match &it.kind {
            ExpressionKind::Call { function, arguments } => {
                if let [name] = function.as_slice() {
                    self.add(in_place(&name.text, place));
                    self.add(format!("{}()", name.text));
                }
                arguments.iter().for_each(|it| self.expression(&it.value, place));
            }
            ExpressionKind::Unary { operand, .. }
            | ExpressionKind::IsNull { operand, .. }
            | ExpressionKind::Cast { operand, .. } => self.expression(operand, place),
            ExpressionKind::Like { operand, pattern, .. } => {
                [operand, pattern].into_iter().for_each(|it| self.expression(it, place));
            }
            ExpressionKind::Binary { left, right, .. } => {
                [left, right].into_iter().for_each(|it| self.expression(it, place));
            }
            ExpressionKind::Between { operand, low, high, .. } => {
                [operand, low, high].into_iter().for_each(|it| self.expression(it, place));
            }
            ExpressionKind::In { operand, list, .. } => {
                self.expression(operand, place);
                list.iter().for_each(|it| self.expression(it, place));
            }
            ExpressionKind::Case { subject, branches, otherwise } => {
                let branches = branches.iter().flat_map(|(one, other)| [one, other]);
                let all = branches.chain(subject.as_deref()).chain(otherwise.as_deref());
                all.for_each(|it| self.expression(it, place));
            }
            ExpressionKind::List(items) => items.iter().for_each(|it| self.expression(it, place)),
            ExpressionKind::Missing
            | ExpressionKind::Default
            | ExpressionKind::Path(_)
            | ExpressionKind::Number(_)
            | ExpressionKind::String(_)
            | ExpressionKind::Boolean(_)
            | ExpressionKind::Null
            | ExpressionKind::Object(_)
            | ExpressionKind::InSet { .. }
            | ExpressionKind::Parameter(_)
            | ExpressionKind::Tuple(_)
            | ExpressionKind::Query(_)
            | ExpressionKind::Exists(_)
            | ExpressionKind::ExistsRelation(_)
            | ExpressionKind::Subscript { .. } => {}
        }
    }
}
