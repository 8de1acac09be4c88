//! SQL texts of functions and conversions, as data: a table for each dialect, a template for each function.
//!
//! In a template `@0` is the first argument and `@*` all of them, separated by commas. `@[TEXT@;SEPARATOR@]` is TEXT for
//! each argument, which `#` stands for in it, and `@+[…@]` the same without the first one. An argument gets parentheses
//! unless it stands alone between parentheses and commas. A template is one call, one `CASE` or in parentheses, so that
//! it can stand anywhere.

use orm_model::{Expression, Literal, ValueKind};

use super::expression::Strength;

/// The SQL of a function in one dialect.
#[derive(Debug, Clone, Copy)]
pub struct FunctionText {
    /// The function of the registry.
    pub name: &'static str,
    /// Its texts; the first one that applies is taken.
    pub variants: &'static [Variant],
}

/// One text of a function.
#[derive(Debug, Clone, Copy)]
pub struct Variant {
    /// When it applies.
    pub when: When,
    /// The template.
    pub text: &'static str,
}

/// When a text of a function applies.
#[derive(Debug, Clone, Copy)]
pub enum When {
    /// Always.
    Always,
    /// With so many arguments.
    Count(usize),
    /// With values of this kind: those of one type where there are such, else the first argument.
    Kind(ValueKind),
    /// Where these arguments are whole numbers that are written out and lie within a range.
    Within(&'static [(usize, i64, i64)]),
}

/// The SQL of conversions that `CAST` does not do like the other database.
pub type CastText = (ValueKind, ValueKind, &'static str);

/// An argument as it was printed.
pub(crate) type Printed = (String, Strength);

/// What a call gives to its template.
pub(crate) struct Arguments<'a> {
    pub(crate) expressions: &'a [Expression],
    pub(crate) printed: &'a [Printed],
    /// What [`When::Kind`] asks for.
    pub(crate) kind: ValueKind,
}

impl FunctionText {
    /// The text for these arguments.
    pub(crate) fn expand(&self, arguments: &Arguments<'_>) -> Option<String> {
        let variant = self.variants.iter().find(|it| arguments.meet(it.when))?;
        Some(expand(variant.text, arguments.printed))
    }
}

impl Arguments<'_> {
    fn meet(&self, when: When) -> bool {
        match when {
            When::Always => true,
            When::Count(count) => self.printed.len() == count,
            When::Kind(kind) => self.kind == kind,
            When::Within(ranges) => ranges.iter().all(|(index, least, most)| match self.expressions.get(*index) {
                Some(Expression::Literal(Literal::Integer(value))) => (least..=most).contains(&value),
                _ => false,
            }),
        }
    }
}

/// The template with the arguments in it.
pub(crate) fn expand(template: &str, arguments: &[Printed]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('@') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let first = rest.chars().next();
        match first {
            Some('*') => {
                rest = &rest[1..];
                let all = arguments.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>();
                text.push_str(&all.join(", "));
            }
            Some('[') => rest = each(&mut text, &rest[1..], arguments),
            Some('+') => rest = each(&mut text, &rest[2..], arguments.get(1..).unwrap_or_default()),
            Some(digit) if digit.is_ascii_digit() => {
                rest = &rest[1..];
                if let Some(argument) = arguments.get(digit as usize - '0' as usize) {
                    let alone = stands_alone(&text, rest);
                    push(&mut text, argument, alone);
                }
            }
            _ => text.push('@'),
        }
    }
    text + rest
}

/// A text for each argument; what stands behind it.
fn each<'t>(text: &mut String, template: &'t str, arguments: &[Printed]) -> &'t str {
    let (inner, rest) = template.split_once("@]").unwrap_or((template, ""));
    let (each, separator) = inner.split_once("@;").unwrap_or((inner, ""));
    for (index, argument) in arguments.iter().enumerate() {
        if index > 0 {
            text.push_str(separator);
        }
        let mut pieces = each.split('#').peekable();
        while let Some(piece) = pieces.next() {
            text.push_str(piece);
            if let Some(next) = pieces.peek() {
                let alone = stands_alone(text, if next.is_empty() { separator } else { next });
                push(text, argument, alone);
            }
        }
    }
    rest
}

fn stands_alone(before: &str, after: &str) -> bool {
    before.trim_end().ends_with(['(', ',', '[']) && after.starts_with([')', ',', ']'])
}

fn push(text: &mut String, (argument, strength): &Printed, alone: bool) {
    if alone || *strength == Strength::Atom {
        text.push_str(argument);
    } else {
        text.push_str(&format!("({argument})"));
    }
}

/// A text that always applies.
pub(crate) const fn text(name: &'static str, variants: &'static [Variant]) -> FunctionText {
    FunctionText { name, variants }
}

/// A text and when it applies.
pub(crate) const fn when(when: When, text: &'static str) -> Variant {
    Variant { when, text }
}

/// A text that applies where no other one did.
pub(crate) const fn always(text: &'static str) -> Variant {
    Variant { when: When::Always, text }
}

#[cfg(test)]
mod tests {
    use orm_model::{Dialect, registry};

    use super::*;
    use crate::dialect::expression::dialect_of;

    #[test]
    fn arguments_get_parentheses_where_they_need_them() {
        let sum = ("a + b".to_owned(), Strength::Sum);
        let name = ("n".to_owned(), Strength::Atom);
        assert_eq!(expand("f(@0, @1)", &[sum.clone(), name.clone()]), "f(a + b, n)");
        assert_eq!(expand("(@0 COLLATE \"C\")", std::slice::from_ref(&sum)), "((a + b) COLLATE \"C\")");
        assert_eq!(expand("g(@*)", &[sum.clone(), name.clone()]), "g(a + b, n)");
        assert_eq!(expand("(@[# IS NULL@; OR @])", &[sum.clone(), name.clone()]), "((a + b) IS NULL OR n IS NULL)");
        assert_eq!(expand("(@0@+[ -> #@;@])", &[sum, name.clone(), name]), "((a + b) -> n -> n)");
        assert_eq!(expand("(a @> b)", &[]), "(a @> b)");
    }

    #[test]
    fn every_function_has_a_text_in_every_dialect() {
        for dialect in Dialect::ALL {
            let texts: Vec<_> = dialect_of(dialect).functions().iter().flat_map(|it| it.iter()).collect();
            for info in registry::functions() {
                let found = texts.iter().filter(|it| it.name == info.name).count();
                assert_eq!(found, 1, "{} in {}", info.name, dialect.title());
            }
            assert_eq!(texts.len(), registry::functions().count(), "a text of {} has no function", dialect.title());
        }
    }

    /// The longest text of a function, and how often each argument stands in one.
    fn text_size(info: &registry::FunctionInfo, dialect: Dialect) -> (usize, Vec<usize>) {
        let mark = |index: usize| char::from_u32(0xE000 + index as u32).unwrap();
        let count = info.parameters.len() + usize::from(info.variadic);
        let arguments: Vec<_> = (0..count).map(|index| (mark(index).to_string(), Strength::Atom)).collect();
        let mut texts = dialect_of(dialect).functions().iter().flat_map(|it| it.iter());
        let variants = texts.find(|it| it.name == info.name).unwrap().variants;
        let texts: Vec<_> = variants.iter().map(|it| expand(it.text, &arguments)).collect();
        let copies = |index| texts.iter().map(move |it| it.chars().filter(|it| *it == mark(index)).count()).max();
        let is_own = |it: &char| !('\u{E000}'..='\u{E0FF}').contains(it);
        let own = texts.iter().map(|it| it.chars().filter(is_own).count()).max();
        (own.unwrap(), (0..count).map(|index| copies(index).unwrap()).collect())
    }

    #[test]
    fn long_texts_of_postgres_are_known() {
        let sizes = registry::functions().map(|info| (info, text_size(info, Dialect::Postgres)));
        let is_long = |(_, (own, copies)): &(_, (usize, Vec<usize>))| {
            *own > registry::TextSize::CALL.own || copies.iter().any(|it| *it > 1)
        };
        let lines: Vec<_> = sizes
            .filter(is_long)
            .map(|(info, (own, copies))| format!("    size(\"{}\", {own}, &{copies:?}),", info.name))
            .collect();
        let known: Vec<_> = registry::POSTGRES_TEXT_SIZES
            .iter()
            .map(|it| format!("    size(\"{}\", {}, &{:?}),", it.name, it.own, it.copies))
            .collect();
        assert!(known == lines, "the table is\n{}", lines.join("\n"));
    }

    /// Whether a text holds together wherever it stands.
    fn is_atom(text: &str) -> bool {
        let text = text.replace("@+[[#]@;@]", "[#]").replace("@[", "").replace("@+[", "").replace("@]", "");
        if text.starts_with("CASE ") && text.ends_with(" END") {
            return true;
        }
        let word = |it: char| it.is_ascii_alphanumeric() || "_@.".contains(it);
        let rest = text.trim_start_matches(word);
        if rest.is_empty() {
            return true;
        }
        let mut depth = 0;
        for (at, character) in rest.char_indices() {
            depth += i32::from("([".contains(character)) - i32::from(")]".contains(character));
            if depth == 0 {
                return at + 1 == rest.len() || rest[at + 1..].starts_with('[') || rest[at + 1..].is_empty();
            }
        }
        false
    }

    #[test]
    fn every_text_holds_together() {
        for dialect in Dialect::ALL {
            let dialect = dialect_of(dialect);
            for it in dialect.functions().iter().flat_map(|it| it.iter()) {
                for variant in it.variants {
                    assert!(is_atom(variant.text), "{}: {}", it.name, variant.text);
                }
            }
            for (_, _, text) in dialect.casts() {
                assert!(is_atom(text), "{text}");
            }
        }
    }
}
