//! Indexes and unique constraints: their keys, conditions and options.

use orm_model::{
    Expression, Index, IndexKey, IndexValue, Unique, ValueKind, ValueType, names, registry::FunctionPlace,
    schema::NullsOrder,
};

use super::{
    expand::Origin,
    expression::{self, Names},
    shape::{Builder, Place},
    words::{column_names, flag_argument, one_or_more, only, word_argument},
};
use crate::{
    diagnostics::rules::{bad_argument, index_expression, untyped_key},
    item::{Argument, ExpressionItem, ExpressionKind, TableItem, argument, positional},
};

impl Builder<'_> {
    /// `unique(a, b)`; with a condition it is a unique index, for no database has such a constraint.
    pub(super) fn unique(&mut self, place: Place, item: &TableItem) {
        let keys = self.key_columns(&place.origin, &item.arguments);
        if keys.is_empty() {
            return;
        }
        let columns: Vec<_> = keys.into_iter().map(|it| it.name).collect();
        let derived = || names::unique(self.name, &columns.iter().map(String::as_str).collect::<Vec<_>>());
        let name = self.constraint_name(&item.arguments, derived);
        let nulls_equal = word_argument(&item.arguments, "nulls") == Some("equal");
        let Some(condition) = argument(&item.arguments, "where") else {
            self.uniques.push((Unique { name, columns, nulls_equal, only: only(&item.attributes) }, place));
            return;
        };
        if nulls_equal {
            let mut scope = self.scope(&place.origin);
            scope.report(bad_argument::excluded(scope.at(condition.anchor), "where", "nulls: equal"));
        }
        let Some(condition) = self.condition(&place.origin, &condition.value, FunctionPlace::Index) else { return };
        let keys = columns.into_iter().map(IndexKey::column).collect();
        let index = Index { condition: Some(condition), only: only(&item.attributes), ..plain(name, true, keys) };
        self.indexes.push((index, place));
    }

    /// `index(a, lower(b) desc, where: …)`
    pub(super) fn index(&mut self, place: Place, item: &TableItem) {
        let origin = &place.origin;
        let Some(keys) = self.index_keys(origin, item) else { return };
        let condition = match argument(&item.arguments, "where") {
            Some(it) => match self.condition(origin, &it.value, FunctionPlace::Index) {
                Some(condition) => Some(condition),
                None => return,
            },
            None => None,
        };
        let unique = flag_argument(&item.arguments, "unique");
        let parts: Vec<_> = keys.iter().map(|key| name_of(&key.value)).collect();
        let parts: Vec<_> = parts.iter().map(String::as_str).collect();
        let derived = || if unique { names::unique(self.name, &parts) } else { names::index(self.name, &parts) };
        let name = self.constraint_name(&item.arguments, derived);
        let storing = argument(&item.arguments, "storing").and_then(|it| column_names(&it.value)).unwrap_or_default();
        let index = Index {
            storing: storing.into_iter().filter_map(|name| self.column_named(origin, name)).collect(),
            null_filtered: flag_argument(&item.arguments, "null_filtered"),
            using: word_argument(&item.arguments, "using").map(str::to_owned),
            condition,
            only: only(&item.attributes),
            ..plain(name, unique, keys)
        };
        self.indexes.push((index, place));
    }

    /// The keys, or `None` where one of them is reported.
    fn index_keys(&mut self, origin: &Origin, item: &TableItem) -> Option<Vec<IndexKey>> {
        let mut keys: Vec<IndexKey> = Vec::new();
        let mut types = Vec::new();
        let mut complete = true;
        for argument in positional(&item.arguments) {
            let Some((value, value_type)) = self.index_value(origin, argument) else {
                complete = false;
                continue;
            };
            if keys.iter().any(|key| key.value == value) {
                let mut scope = self.scope(origin);
                scope.report(bad_argument::repeated_column(scope.at(argument.anchor), &name_of(&value)));
                continue;
            }
            let nulls = argument.nulls_first.map(|first| if first { NullsOrder::First } else { NullsOrder::Last });
            let descending = argument.descending == Some(true);
            keys.push(IndexKey { value, descending, nulls, opclass: None, collation: None });
            types.push(value_type);
        }
        self.operator_classes(origin, item, &mut keys);
        self.collations(origin, item, &mut keys, &types);
        Some(keys).filter(|keys| complete && !keys.is_empty())
    }

    /// A column or an expression, with what it gives.
    fn index_value(&mut self, origin: &Origin, argument: &Argument) -> Option<(IndexValue, ValueKind)> {
        if let Some(name) = argument.value.as_name() {
            let column = self.column_named(origin, name)?;
            let found = self.columns.iter().find(|it| it.column.name == column);
            let value_type = found
                .and_then(|it| it.column_type())
                .map_or(ValueKind::Unknown, |it| ValueType::Known(it.clone()).kind());
            return Some((IndexValue::Column(column), value_type));
        }
        let columns = self.columns.clone();
        let mut scope = self.scope(origin);
        let it = expression::lower(&mut scope, Names::table(&columns, FunctionPlace::Index), &argument.value)?;
        let (location, targets) = (scope.at(argument.anchor), scope.targets());
        let finding = index_expression::check(location, &it, &targets);
        if let Some(finding) = finding.or_else(|| untyped_key::check(location, &it, &targets)) {
            scope.report(finding);
            return None;
        }
        Some((IndexValue::Expression(it.expression), it.value.kind()))
    }

    fn operator_classes(&mut self, origin: &Origin, item: &TableItem, keys: &mut [IndexKey]) {
        let Some(argument) = argument(&item.arguments, "opclass") else { return };
        let values = one_or_more(&argument.value);
        if !self.fits_keys(origin, argument, values, keys.len()) {
            return;
        }
        let names = values.iter().map(|it| it.as_name().map(|name| name.text.to_string()));
        for (key, name) in keys.iter_mut().zip(names.cycle()) {
            key.opclass = name.filter(|name| name != "default");
        }
    }

    /// One collation is for the keys that are texts, because nothing else has one; without a text among them it is for all,
    /// which has a finding.
    fn collations(&mut self, origin: &Origin, item: &TableItem, keys: &mut [IndexKey], types: &[ValueKind]) {
        let Some(argument) = argument(&item.arguments, "collate") else { return };
        let values = one_or_more(&argument.value);
        if !self.fits_keys(origin, argument, values, keys.len()) {
            return;
        }
        let is_one = !matches!(argument.value.kind, ExpressionKind::List(_));
        let has_text = types.iter().any(|it| matches!(it, ValueKind::Text | ValueKind::Unknown));
        let texts = values.iter().map(|it| match &it.kind {
            ExpressionKind::String(text) if text != "default" => Some(text.clone()),
            _ => None,
        });
        for ((key, value_type), text) in keys.iter_mut().zip(types).zip(texts.cycle()) {
            key.collation = text.filter(|_| !is_one || !has_text || *value_type == ValueKind::Text);
        }
    }

    /// Whether a list has as many values as the index has keys; one value without brackets is for all of them.
    fn fits_keys(&mut self, origin: &Origin, argument: &Argument, values: &[ExpressionItem], keys: usize) -> bool {
        let is_list = matches!(argument.value.kind, ExpressionKind::List(_));
        if values.is_empty() || (is_list && values.len() != keys) {
            let mut scope = self.scope(origin);
            let name = argument.name.as_ref().map_or("", |name| &*name.text);
            scope.report(bad_argument::one_for_each_key(scope.at(argument.anchor), name, keys));
            return false;
        }
        true
    }
}

fn plain(name: String, unique: bool, keys: Vec<IndexKey>) -> Index {
    let (storing, null_filtered, using) = (Vec::new(), false, None);
    Index { name, unique, keys, storing, null_filtered, using, condition: None, interleave: None, only: None }
}

/// What a key adds to the derived name of its index: its column, or its functions and columns in order.
fn name_of(value: &IndexValue) -> String {
    match value {
        IndexValue::Column(name) => name.clone(),
        IndexValue::Expression(expression) => {
            let mut words: Vec<&str> = Vec::new();
            expression.walk(&mut |it| match it {
                Expression::Call { function, .. } => words.push(function),
                Expression::Column(name) => words.push(name),
                _ => {}
            });
            words.join("_")
        }
    }
}
