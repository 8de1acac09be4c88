//! What the databases do, side by side: a Markdown table with a column for each.

use orm_model::{Dialect, PerDialect, registry::Effect};
use orm_schema_lang::diagnostics::rules;

/// A table of what several databases say to several things.
pub(super) struct Comparison {
    dialects: Vec<Dialect>,
    rows: Vec<(String, Vec<Option<String>>)>,
}

impl Comparison {
    /// Nothing yet, of these databases.
    pub(super) fn new(dialects: impl IntoIterator<Item = Dialect>) -> Self {
        Comparison { dialects: dialects.into_iter().collect(), rows: Vec::new() }
    }

    /// What each says to one thing; a row of which none says anything is left out.
    pub(super) fn row(&mut self, head: impl Into<String>, mut cell: impl FnMut(Dialect) -> Option<String>) {
        let cells: Vec<_> = self.dialects.iter().map(|it| cell(*it)).collect();
        if cells.iter().any(Option::is_some) {
            self.rows.push((head.into(), cells));
        }
    }

    /// What each makes of a word.
    pub(super) fn effect(&mut self, head: impl Into<String>, effect: &PerDialect<Effect>) {
        self.row(head, |dialect| Some(effect_text(*effect.get(dialect), dialect)));
    }

    /// As Markdown; `None` without a row.
    pub(super) fn markdown(&self) -> Option<String> {
        if self.rows.is_empty() {
            return None;
        }
        let titles: Vec<_> = self.dialects.iter().map(|it| it.title()).collect();
        let mut lines = vec![format!("| | {} |", titles.join(" | ")), format!("|---|{}", "---|".repeat(titles.len()))];
        lines.extend(self.rows.iter().map(|(head, cells)| {
            let cells: Vec<_> = cells.iter().map(|it| escaped(it.as_deref().unwrap_or_default())).collect();
            format!("| {} | {} |", escaped(head), cells.join(" | "))
        }));
        Some(lines.join("\n"))
    }
}

/// A text that ends no cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}

fn effect_text(effect: Effect, dialect: Dialect) -> String {
    match effect.rule {
        None => effect.does.to_owned(),
        Some(rule) if effect.does.is_empty() => refused(dialect, rule),
        Some(rule) => format!("{}; see {}", effect.does, link(rule)),
    }
}

/// `not on Spanner: SP104`
pub(super) fn refused(dialect: Dialect, rule: &str) -> String {
    format!("not on {}: {}", dialect.title(), link(rule))
}

/// The code of a rule, with its page.
pub(super) fn link(code: &str) -> String {
    rules::find(code).map_or_else(|| code.to_owned(), |it| format!("[{code}]({})", it.documentation_url()))
}

#[cfg(test)]
mod tests {
    use orm_model::{
        Dialect,
        registry::{AGGREGATES, ATTRIBUTES, CLAUSES, DECLARATIONS, DEFAULTS, ITEMS, WordInfo},
    };
    use orm_schema_lang::diagnostics::{Severity, rules};

    use crate::{hover::tests::hover, testing::host};

    fn words() -> impl Iterator<Item = &'static WordInfo> {
        [ATTRIBUTES, ITEMS, DEFAULTS, DECLARATIONS, CLAUSES, AGGREGATES].into_iter().flatten()
    }

    #[test]
    fn a_word_shows_what_each_database_makes_of_it() {
        let shown = hover("table t {\n  id  uuid  @primary_key\n  a  uuid  @refer$0ences(t.id)\n}\n");
        assert!(
            shown.contains("| | PostgreSQL | Spanner |\n|---|---|---|\n| `@references` | `FOREIGN KEY`, without"),
            "{shown}"
        );
        assert!(
            shown.contains("| `deferrable:` | `DEFERRABLE INITIALLY DEFERRED` | not on Spanner: [SP104](http"),
            "{shown}"
        );
        assert!(shown.contains("`no_action` and `cascade`; see [SP010](http"), "{shown}");
    }

    #[test]
    fn a_type_and_a_function_say_where_they_are_refused() {
        let shown = hover("table t {\n  id  uuid  @primary_key\n  a  ti$0me\n}\n");
        assert!(shown.contains("| `time` | TIME | not on Spanner: [SP020](http"), "{shown}");
        let shown = hover("table t {\n  id  uuid  @primary_key\n  a  timestamptz = no$0w()\n}\n");
        assert!(shown.contains("| In a check | not on PostgreSQL: [ORM083](http"), "{shown}");
        assert!(!shown.contains("| In a default |"), "{shown}");
        let shown = hover("table t {\n  id  uuid = uu$0id()  @primary_key\n}\n");
        assert!(shown.contains("| Since | version 13 ([PG080](http"), "{shown}");
    }

    #[test]
    fn every_rule_that_a_word_names_is_there() {
        for (word, effect) in words().flat_map(|word| word.effects().map(move |(_, effect)| (word, effect))) {
            for effect in [effect.postgres, effect.spanner] {
                assert!(effect.rule.is_none_or(|code| rules::find(code).is_some()), "{}: {effect:?}", word.name);
                assert!(!effect.does.is_empty() || effect.rule.is_some(), "{}: {effect:?}", word.name);
            }
        }
    }

    /// What each refused argument is, by its name.
    const REFUSED: [(&str, &str); 3] = [
        ("deferrable", "a  uuid  @references(t.id, deferrable: true)"),
        ("opclass", "a  text\n  index(a, opclass: text_pattern_ops)"),
        ("collate", "a  text\n  index(a, collate: \"C\")"),
    ];

    #[test]
    fn what_is_said_to_be_refused_is_refused() {
        let arguments = words().flat_map(WordInfo::effects).filter_map(|(argument, effect)| Some((argument?, effect)));
        for (argument, effect) in arguments {
            for dialect in Dialect::ALL {
                let Some(code) = effect.get(dialect).rule.filter(|_| effect.get(dialect).does.is_empty()) else {
                    continue;
                };
                let (_, line) =
                    REFUSED.iter().find(|it| it.0 == argument.name).unwrap_or_else(|| panic!("{argument:?}"));
                let text = format!("table t {{\n  id  uuid  @primary_key\n  {line}\n}}\n");
                let analysis = host(&[("a.orm", &text)]).analysis();
                let findings = analysis.diagnostics("a.orm").unwrap();
                let found = findings.iter().any(|it| it.rule().code == code && it.severity == Severity::Error);
                assert!(found, "{}: {findings:?}", argument.name);
            }
        }
    }
}
