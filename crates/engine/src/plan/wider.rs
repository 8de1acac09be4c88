//! Checks that every row keeps because it kept the check before: of more values, or of a wider range.

use crate::catalog::Check;

/// Whether each row that keeps `before` keeps `after`. Of the checks that the values of an enum and the range of an
/// integer make, and of those that are written the same way. Of any other one nothing is known, not even where both are the
/// same: a column of another type may have rounded its values in between.
pub(super) fn is_wider(before: &Check, after: &Check) -> bool {
    let (old, new) = (before.condition.as_str(), after.condition.as_str());
    before.enforced && (has_more_values(old, new) || has_wider_range(old, new))
}

fn has_more_values(before: &str, after: &str) -> bool {
    const LISTS: [(&str, &str); 3] = [(" IN (", ")"), (" <@ ARRAY[", "]"), ("ARRAY_INCLUDES_ALL([", "]")];
    let has_more = |open: &str, close: &str| {
        let parts = |text| values_of(text, open, close);
        let ((subject, values, rest), (new_subject, new_values, new_rest)) = (parts(before)?, parts(after)?);
        let is_same = (subject, rest) == (new_subject, new_rest) && (is_name(subject) || subject.is_empty());
        Some(is_same && values.iter().all(|it| new_values.contains(it)))
    };
    LISTS.into_iter().any(|(open, close)| has_more(open, close).unwrap_or(false))
}

/// What stands before a list, its texts, and what stands behind it; `None` where anything else is in it than plain texts.
fn values_of<'t>(condition: &'t str, open: &str, close: &str) -> Option<(&'t str, Vec<&'t str>, &'t str)> {
    let (subject, rest) = condition.split_once(open)?;
    let end = rest.rfind(&format!("'{close}"))? + 1;
    let is_plain = |it: &&str| {
        let inner = it.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
        inner.is_some_and(|it| !it.contains(['\'', '\\']))
    };
    let values: Vec<_> = rest[..end].split(", ").collect();
    values.iter().all(is_plain).then_some((subject, values, &rest[end..]))
}

fn has_wider_range(before: &str, after: &str) -> bool {
    let wider = || {
        let ((subject, least, most), (new_subject, new_least, new_most)) = (range_of(before)?, range_of(after)?);
        Some(subject == new_subject && new_least <= least && most <= new_most)
    };
    wider().unwrap_or(false)
}

fn range_of(condition: &str) -> Option<(&str, i64, i64)> {
    let (subject, range) = condition.split_once(" BETWEEN ").filter(|(subject, _)| is_name(subject))?;
    let (least, most) = range.split_once(" AND ")?;
    Some((subject, least.parse().ok()?, most.parse().ok()?))
}

/// Whether a text is the name of a column, quoted or not, and no expression: `NOT` is none of its words.
fn is_name(text: &str) -> bool {
    let unquoted = text.trim_matches(['"', '`']);
    !unquoted.is_empty() && unquoted.chars().all(|it| it.is_alphanumeric() || it == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_wider(before: &str, after: &str) -> bool {
        let check = |condition: &str| Check { condition: condition.to_owned(), enforced: true };
        super::is_wider(&check(before), &check(after))
    }

    #[test]
    fn more_values_are_wider() {
        assert!(is_wider("\"c\" IN ('a', 'b')", "\"c\" IN ('a', 'x', 'b')"));
        assert!(is_wider("\"c\" <@ ARRAY['a']::TEXT[]", "\"c\" <@ ARRAY['b', 'a']::TEXT[]"));
        assert!(is_wider("ARRAY_INCLUDES_ALL(['a'], c)", "ARRAY_INCLUDES_ALL(['a', 'b'], c)"));
        assert!(is_wider("c BETWEEN -32768 AND 32767", "c BETWEEN -2147483648 AND 2147483647"));
    }

    #[test]
    fn others_are_not() {
        for (before, after) in [
            ("c IN ('a', 'b')", "c IN ('a')"),
            ("c IN ('a')", "d IN ('a', 'b')"),
            ("c NOT IN ('a')", "c NOT IN ('a', 'b')"),
            ("c IN ('a')", "c IN ('a', 'b') AND d > 1"),
            ("c IN ('a', ''', ''')", "c IN ('a', ''', ''', 'b')"),
            ("ARRAY_INCLUDES_ALL(['a'], c)", "ARRAY_INCLUDES_ALL(['a', 'b'], d)"),
            ("c BETWEEN -2147483648 AND 2147483647", "c BETWEEN -32768 AND 32767"),
            ("NOT c BETWEEN 1 AND 2", "NOT c BETWEEN 0 AND 3"),
            ("c > 1", "c > 1"),
        ] {
            assert!(!is_wider(before, after), "{before} → {after}");
        }
        let check = |enforced| Check { condition: "c IN ('a')".to_owned(), enforced };
        assert!(super::is_wider(&check(true), &check(true)) && !super::is_wider(&check(false), &check(true)));
    }
}
