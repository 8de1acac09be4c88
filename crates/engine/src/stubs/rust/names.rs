//! Names of the schema as Rust identifiers.

use std::collections::HashMap;

use super::StubError;

/// Strict and reserved keywords of all editions. All but [`NEVER_RAW`] can be written `r#name`.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "Self", "static", "struct", "super", "trait",
    "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

const NEVER_RAW: &[&str] = &["crate", "self", "Self", "super"];

/// What no file of a module can be called: the folder's own module, and devices of Windows.
const NEVER_FILES: &[&str] = &[
    "mod", "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
    "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "clock",
];

/// The identifiers of one scope.
pub(super) struct Names {
    scope: String,
    /// The schema's name by identifier.
    taken: HashMap<String, String>,
}

impl Names {
    /// `scope` says where the names stand, for messages.
    pub(super) fn new(scope: impl Into<String>) -> Names {
        Names { scope: scope.into(), taken: HashMap::new() }
    }

    /// `user_name`
    pub(super) fn snake(&mut self, name: &str) -> Result<String, StubError> {
        let words = self.words(name)?;
        self.take(name, words.join("_"))
    }

    /// `user_name`, as the name of a file too.
    pub(super) fn module(&mut self, name: &str) -> Result<String, StubError> {
        let module = self.words(name)?.join("_");
        let is_free = !NEVER_FILES.contains(&module.as_str());
        self.take(name, if is_free { module } else { format!("{module}_") })
    }

    /// `UserName`
    pub(super) fn camel(&mut self, name: &str) -> Result<String, StubError> {
        let words = self.words(name)?;
        let capitalized = words.iter().map(|word| word[..1].to_ascii_uppercase() + &word[1..]);
        self.take(name, capitalized.collect())
    }

    fn words(&self, name: &str) -> Result<Vec<String>, StubError> {
        let words = words(name);
        if words.is_empty() {
            return Err(StubError::Unnameable { scope: self.scope.clone(), name: name.to_owned() });
        }
        Ok(words)
    }

    fn take(&mut self, name: &str, text: String) -> Result<String, StubError> {
        let identifier = identifier(text);
        match self.taken.insert(identifier.clone(), name.to_owned()) {
            Some(first) => {
                let (scope, second) = (self.scope.clone(), name.to_owned());
                Err(StubError::Collision { scope, first, second, identifier })
            }
            None => Ok(identifier),
        }
    }
}

/// `USER_NAME`, of an identifier that `snake` gave.
pub(super) fn constant(snake: &str) -> String {
    snake.trim_start_matches("r#").to_ascii_uppercase()
}

/// Splits a name at everything that is no letter or digit, and where its case says that a word begins: `userName`,
/// `HTTPServer`. The words are in lower case.
fn words(name: &str) -> Vec<String> {
    let characters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut begins = true;
    for (index, character) in characters.iter().enumerate() {
        if !character.is_ascii_alphanumeric() {
            begins = true;
            continue;
        }
        let before = index.checked_sub(1).map(|index| characters[index]);
        let is_after_lower = before.is_some_and(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        let is_before_lower = characters.get(index + 1).is_some_and(char::is_ascii_lowercase);
        let is_after_upper = before.is_some_and(|it| it.is_ascii_uppercase());
        begins |= character.is_ascii_uppercase() && (is_after_lower || is_after_upper && is_before_lower);
        if begins {
            words.push(String::new());
        }
        begins = false;
        words.last_mut().into_iter().for_each(|word| word.push(character.to_ascii_lowercase()));
    }
    words
}

fn identifier(text: String) -> String {
    if text.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{text}")
    } else if NEVER_RAW.contains(&text.as_str()) {
        format!("{text}_")
    } else if KEYWORDS.contains(&text.as_str()) {
        format!("r#{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_words() {
        for (name, expected) in [
            ("user_name", "user_name"),
            ("userName", "user_name"),
            ("HTTPServer2Go", "http_server2_go"),
            ("Weird  Name!", "weird_name"),
            ("__x__", "x"),
            ("2fa", "_2fa"),
            ("type", "r#type"),
            ("self", "self_"),
        ] {
            assert_eq!(Names::new("t").snake(name), Ok(expected.to_owned()));
        }
        assert_eq!(Names::new("t").camel("in_progress2"), Ok("InProgress2".to_owned()));
        assert_eq!(Names::new("t").camel("self"), Ok("Self_".to_owned()));
        assert_eq!(Names::new("t").module("mod"), Ok("mod_".to_owned()));
        assert_eq!(constant("r#type"), "TYPE");
    }

    #[test]
    fn clashes_and_names_without_letters_are_errors() {
        let mut names = Names::new("table `t`");
        assert!(names.snake("user_id").is_ok());
        let clash = names.snake("userId").expect_err("the same name in Rust").to_string();
        assert_eq!(clash, "table `t`: `user_id` and `userId` are both `user_id` in Rust; rename one of them");
        let unnameable = names.snake("__").expect_err("no name").to_string();
        assert_eq!(
            unnameable,
            "table `t`: `__` has no letter or digit from which a Rust name could be made; rename it"
        );
    }
}
