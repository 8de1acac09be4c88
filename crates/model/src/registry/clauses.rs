//! What a query says: its clauses, and what makes one value of many rows.

use super::{
    ArgumentValue, Positional, WordInfo,
    arguments::named,
    effect::{Effect, each, same},
};
use crate::PerDialect;

/// Every clause, in the order in which SQL has them.
pub const CLAUSES: &[WordInfo] = &[
    word(
        "with",
        "A query with a name, which those below it may read. `recursive` lets it read itself.",
        "with recent { from posts order_by created_at desc limit 10 select id, user_id }",
        same("`WITH … AS (…)`"),
    ),
    word(
        "from",
        "What is read: a table, a view, a `with`, or a query in braces; `as` gives it another name.",
        "from users as u",
        same("`FROM`"),
    ),
    word(
        "join",
        "Rows beside rows, where the condition holds; rows without a partner are left out.",
        "join users on users.id = posts.user_id",
        same("`JOIN … ON`"),
    ),
    word(
        "left_join",
        "Rows beside rows. A row of the left side without a partner stays, with NULL on the other side.",
        "left_join posts on posts.user_id = users.id",
        same("`LEFT JOIN … ON`"),
    ),
    word(
        "right_join",
        "Rows beside rows. A row of the right side without a partner stays, with NULL on the other side.",
        "right_join users on users.id = posts.user_id",
        same("`RIGHT JOIN … ON`"),
    ),
    word(
        "full_join",
        "Rows beside rows. A row of each side without a partner stays, with NULL on the other side.",
        "full_join users on users.id = posts.user_id",
        same("`FULL JOIN … ON`"),
    ),
    word("cross_join", "Each row beside each other row.", "cross_join sizes", same("`CROSS JOIN`")),
    word(
        "where",
        "Which rows: those for which the condition is true. Several lines must all hold. `where?` is left out while a \
         parameter in it is absent.",
        "where country = $country and created_at > $since",
        same("`WHERE`"),
    ),
    word(
        "group_by",
        "Puts rows together that have the same values. Beside them only what makes one value of many rows may be selected.",
        "group_by users.id, email",
        same("`GROUP BY`"),
    ),
    word("having", "Which groups: those for which the condition is true.", "having count() > 3", same("`HAVING`")),
    word(
        "order_by",
        "The order of the rows. NULL is less than everything, where `nulls first` and `nulls last` do not say otherwise; \
         texts are ordered by their code points.",
        "order_by created_at desc nulls last, id",
        each(
            Effect::does(
                "`ORDER BY`, with `NULLS FIRST` or `NULLS LAST` where PostgreSQL's own order is another one, texts with `COLLATE \"C\"`",
            ),
            Effect::does("`ORDER BY`"),
        ),
    ),
    word("limit", "At most so many rows: a whole number or a parameter.", "limit 10", same("`LIMIT`")),
    word("offset", "So many rows are left out first: a whole number or a parameter.", "offset $skip", same("`OFFSET`")),
    word(
        "select",
        "What the rows give: columns, relations with what of them is read, and values, which get a name before a colon. \
         `distinct` gives each row once.",
        "select id, shown: coalesce(name, email), posts(limit: 3) { title }",
        same("`SELECT`; a relation is a sub-query that gives JSON"),
    ),
    word(
        "union",
        "The rows of this query and of the one in braces, each once. Order and limits are those of all.",
        "union { from guests select email }",
        same("`UNION DISTINCT`"),
    ),
    word(
        "union_all",
        "The rows of this query and of the one in braces.",
        "union_all { from guests select email }",
        same("`UNION ALL`"),
    ),
    word(
        "intersect",
        "The rows that this query and the one in braces both give, each once.",
        "intersect { from guests select email }",
        same("`INTERSECT DISTINCT`"),
    ),
    word(
        "except",
        "The rows that the query in braces does not give, each once.",
        "except { from guests select email }",
        same("`EXCEPT DISTINCT`"),
    ),
    word(
        "for",
        "Keeps the rows from others until the transaction ends: `for update`, or `for share`, which lets others read with \
         a lock as well. `skip_locked` leaves out what somebody else has locked, `nowait` fails there.",
        "for update skip_locked",
        each(Effect::does("`FOR UPDATE`, `FOR SHARE`"), Effect::partly("`FOR UPDATE`", "QRY023")),
    ),
    word(
        "insert",
        "The table that rows are inserted into: `values`, or a query whose outputs are called like the columns.",
        "insert into users",
        same("`INSERT INTO`"),
    ),
    word(
        "values",
        "The rows that are inserted: `$email` alone is the column `email`. `$rows` are those that the caller gives.",
        "values { $email, name: \"somebody\" }",
        same("`VALUES`; what nobody names and the application computes is written out"),
    ),
    WordInfo {
        positional: Positional::Columns { sorted: false },
        ..word(
            "on_conflict",
            "What becomes of a row whose key is taken: `do nothing`, or `do update set …`, where `excluded` is the row that was \
         to be inserted.",
            "on_conflict(email) do update set name = excluded.name",
            each(
                Effect::does("`ON CONFLICT (…) DO`"),
                Effect::does("an `UPDATE` and an `INSERT` of what is not there, in one transaction"),
            ),
        )
    },
    word("update", "The table whose rows are changed.", "update users", same("`UPDATE`")),
    word(
        "set",
        "The new values of columns; `default` gives one its default again.",
        "set name = $name, views = views + 1",
        same("`SET`"),
    ),
    word("delete", "The table whose rows are deleted.", "delete from users", same("`DELETE FROM`")),
    word(
        "returning",
        "What a mutation gives of the rows that it wrote.",
        "returning id, created_at",
        each(Effect::does("`RETURNING`"), Effect::does("`THEN RETURN`")),
    ),
];

/// What is said of the rows of a relation, in parentheses behind its name.
pub const RELATION: WordInfo = WordInfo {
    named: &[
        named("where", ArgumentValue::Expression, "Only rows for which the condition is true."),
        named("order_by", ArgumentValue::Expression, "Their order; several keys stand in brackets."),
        named("limit", ArgumentValue::Expression, "At most so many of them."),
        named("offset", ArgumentValue::Expression, "So many of them are left out first."),
    ],
    ..word(
        "relation",
        "Which rows of the relation are read, and in which order.",
        "posts(where: state = published, order_by: [views desc, id], limit: 3) { title }",
        same("a sub-query"),
    )
};

/// What makes one value of many rows.
pub const AGGREGATES: &[WordInfo] = &[
    WordInfo {
        named: &[named(
            "where",
            ArgumentValue::Expression,
            "Only rows of the relation for which the condition is true.",
        )],
        ..aggregate(
            "count",
            "How many rows, or in how many the argument is not NULL. `count(posts, where: …)` counts the rows of a relation.",
            "count(), count(name), count(posts, where: state = published)",
            same("`COUNT`"),
        )
    },
    aggregate(
        "count_distinct",
        "How many different values there are, without NULL.",
        "count_distinct(country)",
        same("`COUNT(DISTINCT …)`"),
    ),
    aggregate(
        "sum",
        "The sum of numbers, NULL where there is none. Whole numbers are summed as `bigint`.",
        "sum(views)",
        same("`SUM`"),
    ),
    aggregate(
        "avg",
        "The average of numbers, NULL where there is none. Whole numbers are averaged as `double`.",
        "avg(views)",
        same("`AVG`, or `SUM` by `COUNT` where the two databases would differ"),
    ),
    aggregate("min", "The least value, NULL where there is none.", "min(created_at)", same("`MIN`")),
    aggregate("max", "The greatest value, NULL where there is none.", "max(created_at)", same("`MAX`")),
];

const fn word(
    name: &'static str,
    docs: &'static str,
    example: &'static str,
    databases: PerDialect<Effect>,
) -> WordInfo {
    WordInfo { name, places: &[], positional: Positional::None, named: &[], docs, example, databases }
}

const fn aggregate(
    name: &'static str,
    docs: &'static str,
    example: &'static str,
    databases: PerDialect<Effect>,
) -> WordInfo {
    WordInfo { positional: Positional::Expression, ..word(name, docs, example, databases) }
}

/// The clause that begins with this word.
pub fn find_clause(word: &str) -> Option<&'static WordInfo> {
    CLAUSES.iter().find(|it| it.name == word)
}

/// The aggregate with this name.
pub fn find_aggregate(name: &str) -> Option<&'static WordInfo> {
    AGGREGATES.iter().find(|it| it.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::AggregateFunction;

    #[test]
    fn every_aggregate_is_documented() {
        for function in AggregateFunction::ALL {
            assert!(find_aggregate(function.name()).is_some(), "{}", function.name());
        }
    }
}
