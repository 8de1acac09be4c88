//! A number of JSON that is not kept.

use crate::{
    diagnostics::{Fix, rule::rule},
    item::{ExpressionItem, ExpressionKind},
    lower::Scope,
};

rule! {
    /// A number in JSON has more digits than are kept.
    ///
    /// JSON of most programs, Spanner's and that of the stubs have whole numbers of 64 bits and floating-point numbers.
    /// What does not fit them is rounded here; Spanner would refuse it ("cannot round-trip through string
    /// representation").
    ///
    /// ```orm,bad
    /// table users {
    ///   id       uuid                                       @primary_key
    ///   options  jsonb = { ratio: 0.12345678901234567890123 }
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id       uuid                                       @primary_key
    ///   options  jsonb = { ratio: "0.12345678901234567890123" }
    /// }
    /// ```
    JSON_NUMBER: "ORM211", "json-number", Warning, policy
}

pub(crate) fn check(scope: &mut Scope<'_>, item: &ExpressionItem) {
    match &item.kind {
        ExpressionKind::Number(text) => {
            let Ok(kept) = text.parse::<serde_json::Number>() else { return };
            let kept = kept.to_string();
            if digits(&kept) != digits(text) {
                let finding = JSON_NUMBER.at(scope.at(item.anchor), format!("{text} would be stored as {kept}"));
                let here = scope.at(item.anchor);
                let text = Fix::offer("Write it as a text").replace(&here, format!("\"{text}\""));
                let fewer = Fix::offer(format!("Write {kept}")).replace(&here, kept);
                scope.report(finding.help("write it as a text, or with the digits that are kept").fix(text).fix(fewer));
            }
        }
        ExpressionKind::Object(pairs) => pairs.iter().for_each(|(_, it)| check(scope, it)),
        ExpressionKind::List(items) => items.iter().for_each(|it| check(scope, it)),
        _ => {}
    }
}

/// The digits of a number that count: `-1.50e3` has `15`.
fn digits(number: &str) -> String {
    let mantissa = number.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}
