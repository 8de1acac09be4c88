//! One spelling for what PostgreSQL and the schema spell differently.
//!
//! PostgreSQL keeps a parsed expression and prints it anew: `v IN ('a', 'b')` comes back as
//! `((v)::text = ANY ((ARRAY['a'::character varying, …])::text[]))`. Both texts are read into one tree, without casts and
//! superfluous parentheses, and printed from it. The printed text is for comparing; it is no SQL to run.

mod parse;
mod token;

use std::fmt;

use super::types;
use crate::catalog::{Catalog, Column, Index, IndexValue, Table};

/// A catalog that compares equal to another one that means the same.
pub(super) fn catalog(mut catalog: Catalog) -> Catalog {
    // The hash in the comment stands for the text, which PostgreSQL does not keep.
    catalog.views.values_mut().for_each(|view| view.query.clear());
    let default_schema = |name: &mut orm_model::ObjectName| {
        name.schema.take_if(|schema| schema == "public");
    };
    catalog.tables = std::mem::take(&mut catalog.tables)
        .into_values()
        .map(|mut table| {
            default_schema(&mut table.name);
            table.foreign_keys.values_mut().for_each(|key| default_schema(&mut key.references));
            self::table(&mut table);
            (table.name.clone(), table)
        })
        .collect();
    catalog
}

fn table(table: &mut Table) {
    table.columns.iter_mut().for_each(column);
    table.checks.values_mut().for_each(|check| check.condition = expression(&check.condition));
    table.indexes.values_mut().for_each(index);
    let derived = super::create::derived_key_name(&table.name.name);
    if let Some(key) = &mut table.primary_key {
        key.name.take_if(|name| *name == derived);
    }
}

fn column(column: &mut Column) {
    column.sql_type = types::parse(&column.sql_type).text();
    column.default.iter_mut().for_each(|text| *text = expression(text));
    column.generated.iter_mut().for_each(|it| it.expression = expression(&it.expression));
}

fn index(index: &mut Index) {
    for key in &mut index.keys {
        if let IndexValue::Expression(text) = &mut key.value {
            *text = expression(text);
            // The collation of an expression that names one is its own: the key says nothing more.
            key.collation.take_if(|name| text.contains(&format!("COLLATE \"{name}\"")));
        }
    }
    index.condition.iter_mut().for_each(|text| *text = expression(text));
}

/// The expression in the one spelling; a text that is not understood only has its blanks evened out.
pub(super) fn expression(text: &str) -> String {
    let tokens = token::tokens(text);
    match parse::parse(&tokens) {
        Some(node) => node.to_string(),
        None => tokens.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    }
}

/// An expression as it is compared.
#[derive(Debug, Clone, PartialEq)]
enum Node {
    /// A name, a number or a quoted text.
    Leaf(String),
    /// `name(arguments)`; also ARRAY and CASE.
    Call(String, Vec<Node>),
    /// Two operands, or more of AND and OR.
    Infix(String, Vec<Node>),
    /// An operator before its operand.
    Prefix(String, Box<Node>),
    /// An operator after its operand.
    Postfix(Box<Node>, String),
}

impl Node {
    /// Operands of the same AND or OR inside one another are one list.
    fn infix(operator: &str, left: Node, right: Node) -> Node {
        let associates = matches!(operator, "AND" | "OR");
        let mut operands = Vec::new();
        for operand in [left, right] {
            match operand {
                Node::Infix(inner, nested) if associates && inner == operator => operands.extend(nested),
                other => operands.push(other),
            }
        }
        Node::Infix(operator.to_owned(), operands)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operand = |node: &Node| match node {
            Node::Leaf(_) | Node::Call(..) => node.to_string(),
            _ => format!("({node})"),
        };
        let list = |nodes: &[Node], separator: &str, print: &dyn Fn(&Node) -> String| {
            nodes.iter().map(print).collect::<Vec<_>>().join(separator)
        };
        match self {
            Node::Leaf(text) => f.write_str(text),
            Node::Call(name, arguments) => write!(f, "{name}({})", list(arguments, ", ", &ToString::to_string)),
            Node::Infix(operator, operands) => f.write_str(&list(operands, &format!(" {operator} "), &operand)),
            Node::Prefix(operator, inner) => write!(f, "{operator} {}", operand(inner)),
            Node::Postfix(inner, operator) => write!(f, "{} {operator}", operand(inner)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What PostgreSQL 15 prints for each expression, measured.
    const PRINTED: &[(&str, &str)] = &[
        ("\"v\" IN ('a', 'b')", "((v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"),
        (
            "\"v\" NOT IN ('x', 'y')",
            "((v)::text <> ALL ((ARRAY['x'::character varying, 'y'::character varying])::text[]))",
        ),
        ("\"v\" IN ('a')", "((v)::text = 'a'::text)"),
        ("char_length(\"c\") = 3", "(char_length((c)::text) = 3)"),
        (
            "b between -3 and 5 and not (n > 1.5 or d < -2)",
            "(((b >= '-3'::integer) AND (b <= 5)) AND (NOT ((n > 1.5) OR (d < ('-2'::integer)::double precision))))",
        ),
        ("b not between 1 and 2", "((b < 1) OR (b > 2))"),
        ("tt like 'a\\%b%' or tt not like 'x_'", "((tt ~~ 'a\\%b%'::text) OR (tt !~~ 'x_'::text))"),
        ("case when b > 1 then true else bo end", "\nCASE\n    WHEN (b > 1) THEN true\n    ELSE bo\nEND"),
        (
            "case v when 'a' then b else 2 end = 2",
            "(\nCASE v\n    WHEN 'a'::text THEN b\n    ELSE (2)::bigint\nEND = 2)",
        ),
        (
            "coalesce(b, 0) + 1 * 2 - 3 / 4 % 5 <> -7",
            "(((COALESCE(b, (0)::bigint) + (1 * 2)) - ((3 / 4) % 5)) <> '-7'::integer)",
        ),
        ("CAST(b AS TEXT) || tt = 'x'", "(((b)::text || tt) = 'x'::text)"),
        ("ts is not null or da >= '2020-01-01'", "((ts IS NOT NULL) OR (da >= '2020-01-01'::date))"),
        ("ts > '2020-01-01T00:00:00Z'", "(ts > '2020-01-01 00:00:00+00'::timestamp with time zone)"),
        (
            "\"ta\" <@ ARRAY['a', 'b']::VARCHAR(10)[]",
            "(ta <@ ARRAY['a'::character varying(10), 'b'::character varying(10)])",
        ),
        ("- b < 3", "((- b) < 3)"),
        ("b + - -3", "(b + 3)"),
        ("b + - - -3", "(b + '-3'::integer)"),
        ("b * - -1.5e3", "((b)::numeric * '1500'::numeric)"),
        ("b * - -0", "(b * 0)"),
        ("(b > 1) = (n is null)", "((b > 1) = (n IS NULL))"),
        ("b in (1, -2)", "(b = ANY (ARRAY[(1)::bigint, ('-2'::integer)::bigint]))"),
        (
            "(v = 'a' or v = 'b') and b > 1 and n > 2",
            "((((v)::text = 'a'::text) OR ((v)::text = 'b'::text)) AND (b > 1) AND (n > (2)::numeric))",
        ),
        ("now() + interval '1 day'", "(now() + '1 day'::interval)"),
        ("-1.50", "'-1.50'::numeric"),
        ("037.1", "37.1"),
        ("00", "0"),
        ("-00e-7", "'0.0000000'::numeric"),
        ("- 0.0", "0.0"),
        ("1e3", "'1000'::numeric"),
        ("'{\"theme\":\"light\",\"a\":1}'", "'{\"a\": 1, \"theme\": \"light\"}'::jsonb"),
        ("'{}'", "'{}'::text[]"),
        ("ARRAY[1, -2]::INTEGER[]", "ARRAY[1, '-2'::integer]"),
        ("'10:00'", "'10:00:00'::time without time zone"),
        ("'it''s'", "'it''s'::text"),
        ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
        ("(-9223372036854775808)::bigint", "'-9223372036854775808'::bigint"),
    ];

    #[test]
    fn what_postgres_prints_is_what_was_meant() {
        for (written, printed) in PRINTED {
            assert_eq!(expression(written), expression(printed), "{written}");
            assert!(parse::parse(&token::tokens(printed)).is_some(), "{printed}");
        }
    }

    /// For each function of the registry, an expression as it is written and, indented, as PostgreSQL 15 prints it.
    const FUNCTIONS: &str = include_str!("normalize/printed.txt");

    #[test]
    fn what_postgres_prints_of_a_function_is_what_was_meant() {
        let mut lines = FUNCTIONS.lines().peekable();
        let mut wrong = Vec::new();
        while let Some(written) = lines.next() {
            let printed = lines.next().expect("each text has its print");
            if expression(written) != expression(printed) || parse::parse(&token::tokens(printed)).is_none() {
                wrong.push(format!("{written}\n{printed}\n{}\n{}", expression(written), expression(printed)));
            }
        }
        assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n\n"));
    }

    #[test]
    fn what_differs_stays_different() {
        for (one, other) in [
            ("a AND b OR c", "a AND (b OR c)"),
            ("a - (b - c)", "a - b - c"),
            ("v IN ('a')", "v IN ('b')"),
            ("\"A\" = 1", "a = 1"),
            ("'007'", "7"),
            ("NOT a = b", "(NOT a) = b"),
        ] {
            assert_ne!(expression(one), expression(other));
        }
    }
}
