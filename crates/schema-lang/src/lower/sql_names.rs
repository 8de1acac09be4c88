//! What a query in SQL reads, as far as its text tells.

/// The names behind `FROM` and `JOIN` that are no names of the query's own (`WITH name AS (…)`), parts joined by points.
pub(crate) fn relations(sql: &str) -> Vec<String> {
    let tokens = tokens(sql);
    let is_word = |at: usize, word: &str| tokens.get(at).is_some_and(|it| it.eq_ignore_ascii_case(word));
    let is_own = |name: &String| {
        let begins = |at: usize| tokens[at].eq_ignore_ascii_case(name) && is_word(at + 1, "as") && is_word(at + 2, "(");
        (0..tokens.len()).any(begins)
    };
    let mut found = Vec::new();
    let mut is_list = false;
    for at in 0..tokens.len() {
        let is_first = is_word(at, "from") || is_word(at, "join");
        if END.iter().any(|word| is_word(at, word)) {
            is_list = false;
        }
        is_list |= is_first;
        if is_first || (is_list && is_word(at, ",")) {
            let mut name = tokens.get(at + 1).cloned().unwrap_or_default();
            let mut next = at + 2;
            while is_word(next, ".") {
                name = format!("{name}.{}", tokens.get(next + 1).map_or("", String::as_str));
                next += 2;
            }
            found.push(name);
        }
    }
    found.retain(|name| !is_own(name));
    found
}

/// Words that end the list behind `FROM`.
const END: &[&str] = &["where", "group", "having", "order", "limit", "union", "except", "intersect", "select", ")"];

/// Words, names without their quotes, and signs; neither texts nor comments.
fn tokens(sql: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = sql.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_name = |it: char| it.is_alphanumeric() || it == '_';
        let (token, length) = match first {
            '"' | '`' | '\'' => {
                let end = rest[1..].find(first).map_or(rest.len(), |end| end + 2);
                ((first != '\'').then(|| rest[1..end].trim_end_matches(first)), end)
            }
            '-' if rest.starts_with("--") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, rest.find("*/").map_or(rest.len(), |end| end + 2)),
            _ if is_name(first) => {
                let end = rest.find(|it| !is_name(it)).unwrap_or(rest.len());
                (Some(&rest[..end]), end)
            }
            _ => (Some(&rest[..first.len_utf8()]), first.len_utf8()),
        };
        tokens.extend(token.map(str::to_owned));
        rest = rest[length..].trim_start();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::relations;

    #[test]
    fn the_names_behind_from_and_join_are_read() {
        let sql = "WITH recent AS (SELECT id FROM \"Orders\" o, auth.users) SELECT 'from nothing' -- from nobody\n\
                   FROM recent AS r LEFT JOIN `lines` l ON l.id = r.id /* from a */ WHERE x IN (1, 2)";
        assert_eq!(relations(sql), ["Orders", "auth.users", "lines"]);
    }
}
