//! The declarations, columns and values of a project whose names are like a word.

use std::{ops::Range, sync::Arc};

use orm_schema_lang::{Database, Project};

use crate::document_symbols::{DocumentSymbol, SymbolKind, document_symbols};

/// As many symbols are found.
const MOST_SYMBOLS: usize = 128;

/// A declaration or a member of one, somewhere in the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceSymbol {
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// The declaration that it is a member of.
    pub container: Option<String>,
    /// The file.
    pub path: Arc<str>,
    /// The bytes of the name.
    pub name_range: Range<usize>,
}

/// The symbols in whose names the letters of `query` stand in their order, the likeliest first. `users.em` looks for members of
/// what is called like `users`. Without letters it is every declaration.
pub(crate) fn workspace_symbols(db: &Database, query: &str) -> Vec<WorkspaceSymbol> {
    let (container, query) = query.rsplit_once('.').map_or((None, query), |(container, name)| (Some(container), name));
    let mut found = Vec::new();
    for file in Project::get(db).files(db) {
        for symbol in document_symbols(db, file) {
            let mut add = |it: &DocumentSymbol, container: Option<&str>, worth: u32| {
                let symbol = WorkspaceSymbol {
                    name: it.name.clone(),
                    kind: it.kind,
                    container: container.map(str::to_owned),
                    path: file.path(db).clone(),
                    name_range: it.name_range.clone(),
                };
                found.push((worth, symbol));
            };
            let is_container = |wanted: &str| likeness(&symbol.name, wanted).is_some();
            // `auth.users`
            let is_inside = |schema: &str| symbol.name.strip_prefix(schema).is_some_and(|it| it.starts_with('.'));
            if let Some(worth) = likeness(&symbol.name, query).filter(|_| container.is_none_or(is_inside)) {
                add(&symbol, None, worth);
            }
            let looks_inside = container.map_or(!query.is_empty(), is_container);
            for child in symbol.children.iter().filter(|it| looks_inside && is_named(it.kind)) {
                // Of things that are alike, the one that stands by itself comes first.
                likeness(&child.name, query).into_iter().for_each(|worth| add(child, Some(&symbol.name), worth + 1));
            }
        }
    }
    found.sort_by(|(a, left), (b, right)| (a, left.name.len(), &left.name).cmp(&(b, right.name.len(), &right.name)));
    found.into_iter().map(|(_, symbol)| symbol).take(MOST_SYMBOLS).collect()
}

const fn is_named(kind: SymbolKind) -> bool {
    matches!(kind, SymbolKind::Column | SymbolKind::EnumValue)
}

/// How unlike a name is to what is looked for: 0 where it is the same; `None` where a letter is missing.
fn likeness(name: &str, wanted: &str) -> Option<u32> {
    let (name, wanted) = (name.to_lowercase(), wanted.to_lowercase());
    if name == wanted {
        return Some(0);
    }
    if name.starts_with(&wanted) {
        return Some(10);
    }
    if let Some(place) = name.find(&wanted) {
        // At the beginning of a word.
        return Some(if name[..place].ends_with(['_', '.']) { 20 } else { 30 });
    }
    let mut letters = name.chars();
    wanted.chars().all(|wanted| letters.any(|it| it == wanted)).then_some(40)
}

#[cfg(test)]
mod tests {
    use crate::testing::analysis;

    fn symbols(query: &str) -> Vec<String> {
        let (analysis, _) = analysis(
            "//- a.orm\nenum State { open, done }\ntable users {\n  id uuid @primary_key\n  email text\n}\n//- b.orm\ntable \
             auth.user_names {\n  id uuid @primary_key\n  user_id uuid\n}\nquery all_users {\n  from users\n  select id\n}\n",
        );
        let found = analysis.workspace_symbols(query).unwrap();
        let name = |it: super::WorkspaceSymbol| match it.container {
            Some(container) => format!("{container}.{}", it.name),
            None => it.name,
        };
        found.into_iter().map(name).collect()
    }

    #[test]
    fn what_begins_so_comes_first() {
        assert_eq!(symbols("user"), ["users", "auth.user_names.user_id", "all_users", "auth.user_names"]);
        assert_eq!(symbols("users"), ["users", "all_users", "auth.user_names"]);
    }

    #[test]
    fn letters_may_be_left_out() {
        assert_eq!(symbols("unm"), ["auth.user_names"]);
        assert_eq!(symbols("xyz"), Vec::<String>::new());
    }

    #[test]
    fn members_are_found_by_their_declaration() {
        assert_eq!(symbols("users.em"), ["users.email"]);
        assert_eq!(symbols("State."), ["State.done", "State.open"]);
    }

    #[test]
    fn without_letters_every_declaration_is_found() {
        assert_eq!(symbols(""), ["State", "users", "all_users", "auth.user_names"]);
    }
}
