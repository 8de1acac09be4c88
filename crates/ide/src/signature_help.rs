//! What the brackets around the cursor take.

use std::ops::Range;

use orm_model::registry::{self, FunctionInfo, Positional, RELATION, WordInfo};
use orm_schema_lang::{Database, File};

use crate::completion::{
    context::{Context, FrameKind, Item},
    declaration_start,
};

/// A function, attribute or table item, and which of its arguments is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureHelp {
    /// The signature.
    pub label: String,
    /// What it is for, as Markdown.
    pub documentation: String,
    /// The bytes of each parameter in the label, with its documentation.
    pub parameters: Vec<(Range<usize>, Option<String>)>,
    /// Which of them is being typed.
    pub active: Option<usize>,
}

/// The innermost brackets of a known word at `offset`.
pub(crate) fn signature_help(db: &Database, file: File, offset: usize) -> Option<SignatureHelp> {
    let text = file.source(db).text();
    let offset = text.floor_char_boundary(offset);
    let context = Context::new(&text[declaration_start(text, offset)..offset]);
    if context.comment.is_some() || context.keyword.is_empty() {
        return None;
    }
    let is_query = context.frames.iter().any(|it| it.kind == FrameKind::Query);
    context.frames.iter().rev().find_map(|frame| {
        let FrameKind::Arguments { word, attribute } = frame.kind else { return None };
        let named = match frame.tokens.as_slice() {
            [Item::Word(name), Item::Sign(":"), ..] => Some(*name),
            _ => None,
        };
        let known = match (attribute, is_query) {
            (true, _) => registry::find_attribute(word).map(|it| ("@", it)),
            (false, true) if word == "on_conflict" => registry::find_clause(word).map(|it| ("", it)),
            (false, true) => registry::find_aggregate(word).map(|it| ("", it)),
            (false, false) => registry::find_item(word).or_else(|| registry::find_default(word)).map(|it| ("", it)),
        };
        match known {
            // `check(…)` is a table item, and no function is called so.
            Some((sign, info)) => Some(of_word(sign, info.name, info, named)),
            None => registry::find_function(word)
                .map(|info| of_function(info, frame.index))
                .or_else(|| is_query.then(|| of_word("", word, &RELATION, named))),
        }
    })
}

fn of_function(info: &FunctionInfo, index: usize) -> SignatureHelp {
    let label = info.signature();
    let mut parameters = Vec::new();
    let mut from = info.name.len();
    for parameter in info.parameters {
        let written = format!("{}: {}", parameter.name, parameter.value.title());
        let Some(place) = label[from..].find(&written) else { continue };
        let start = from + place;
        from = start + written.len();
        parameters.push((start..from, None));
    }
    let last = parameters.len().checked_sub(1);
    let active = last.and_then(|last| if index <= last || info.variadic { Some(index.min(last)) } else { None });
    SignatureHelp { label, documentation: info.docs.to_owned(), parameters, active }
}

/// `named`: the argument that is being typed, if it has a name.
fn of_word(sign: &str, name: &str, info: &WordInfo, named: Option<&str>) -> SignatureHelp {
    let positional = match info.positional {
        Positional::None => None,
        Positional::Keys => Some("key, …"),
        Positional::Columns { .. } => Some("column, …"),
        Positional::ColumnOfTable => Some("table.column"),
        Positional::Table => Some("table"),
        Positional::Sequence => Some("sequence"),
        Positional::Expression => Some("expression"),
        Positional::Text => Some("\"text\""),
        Positional::Name => Some("name"),
        Positional::Dialect => Some("postgres | spanner"),
    };
    let mut label = format!("{sign}{name}(");
    let mut parameters = Vec::new();
    let named_arguments = info.named.iter().map(|it| (format!("{}:", it.name), Some(it.docs.to_owned())));
    for (text, docs) in positional.map(|it| (it.to_owned(), None)).into_iter().chain(named_arguments) {
        if !parameters.is_empty() {
            label += ", ";
        }
        parameters.push((label.len()..label.len() + text.len(), docs));
        label += &text;
    }
    label += ")";
    let first_named = usize::from(positional.is_some());
    let active = match named {
        Some(name) => info.named.iter().position(|it| it.name == name).map(|it| first_named + it),
        None => positional.map(|_| 0),
    };
    SignatureHelp { label, documentation: info.docs.to_owned(), parameters, active }
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    /// The signature with the active parameter in `«»`.
    fn help(text: &str) -> String {
        let (analysis, fixture) = analysis(text);
        let cursor = fixture.cursor();
        let Some(help) = analysis.signature_help(&cursor.path, cursor.offset).unwrap() else {
            return "none".to_owned();
        };
        assert!(!help.documentation.is_empty());
        let mut label = help.label;
        if let Some((range, _)) = help.active.and_then(|it| help.parameters.get(it)) {
            label.insert(range.end, '»');
            label.insert(range.start, '«');
        }
        label
    }

    #[test]
    fn functions_show_which_argument_is_typed() {
        let text = |call: &str| format!("table t {{\n  a text @check({call})\n}}\n");
        assert_eq!(help(&text("ends_with($0)")), "ends_with(«text: text», part: text): boolean");
        assert_eq!(help(&text("ends_with(lower(a), $0")), "ends_with(text: text, «part: text»): boolean");
        assert_eq!(help(&text("ends_with(lower($0a))")), "lower(«text: text»): text");
        assert!(help("query q {\n  from t\n  where starts_with(a, $0\n}\n").contains("«"));
    }

    #[test]
    fn attributes_and_items_show_their_arguments() {
        let shown = help("table t {\n  a text @references($0)\n}\n");
        assert!(shown.starts_with("@references(«table.column», on_delete:, "), "{shown}");
        let shown = help("table t {\n  a text @references(t.a, on_delete: $0)\n}\n");
        assert!(shown.contains("«on_delete:»"), "{shown}");
        assert!(help("table t {\n  index(a, $0)\n}\n").starts_with("index(«key, …», name:"), "index");
    }

    #[test]
    fn queries_show_what_aggregates_and_relations_take() {
        let text = |selected: &str| format!("query q {{\n  from users\n  select {selected}\n}}\n");
        assert_eq!(help(&text("n: count($0)")), "count(«expression», where:)");
        assert_eq!(help(&text("n: count(posts, where: $0)")), "count(expression, «where:»)");
        assert_eq!(help(&text("n: sum($0)")), "sum(«expression»)");
        assert_eq!(help(&text("posts(where: a, limit: $0)")), "posts(where:, order_by:, «limit:», offset:)");
        assert_eq!(help(&text("posts($0)")), "posts(where:, order_by:, limit:, offset:)");
        assert_eq!(
            help("mutation m {\n  insert into t\n  values { }\n  on_conflict($0)\n}\n"),
            "on_conflict(«column, …»)"
        );
        assert_eq!(help("query q {\n  from t\n  where a in ($0)\n}\n"), "none");
    }

    #[test]
    fn nothing_is_shown_elsewhere() {
        assert_eq!(help("table t {\n  a $0text\n}\n"), "none");
        assert_eq!(help("table t {\n  a text @check(lower(a) = a) $0\n}\n"), "none");
    }
}
