//! What a rule means, as Markdown: the page that `orm explain` prints and the documentation has.

use orm_schema_lang::{Rule, diagnostics::rules};

/// What a rule means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Its code.
    pub code: &'static str,
    /// What is wrong, in a line.
    pub title: &'static str,
    /// The page of the documentation.
    pub url: String,
    /// The page.
    pub markdown: String,
}

/// The rule with this code or name; `None` if there is none.
pub fn explain(name: &str) -> Option<Explanation> {
    let rule: &Rule = rules::find(name)?;
    Some(Explanation {
        code: rule.code,
        title: rule.title(),
        url: rule.documentation_url(),
        markdown: rule.markdown(Rule::DOCUMENTATION),
    })
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn a_rule_is_known_by_its_code_and_its_name() {
        let rule = explain("unknown-type").unwrap();
        assert_eq!(explain(rule.code).unwrap(), rule);
        assert!(rule.markdown.starts_with(&format!("# {} unknown-type\n\n{}.\n", rule.code, rule.title)), "{rule:?}");
        assert!(rule.markdown.contains("Wrong:\n\n```orm"), "{}", rule.markdown);
        assert_eq!(explain("ORM999"), None);
    }
}
