//! Money in binary fractions.

use orm_model::ScalarType;

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A column that is named like an amount of money is a floating-point number.
    ///
    /// Tenths and hundredths have no exact value in it, so that sums are off by cents.
    ///
    /// ```orm,bad
    /// table orders {
    ///   id     uuid    @primary_key
    ///   price  double
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table orders {
    ///   id     uuid            @primary_key
    ///   price  numeric(12, 2)
    /// }
    /// ```
    MONEY_AS_FLOAT: "ORM202", "money-as-float", Warning, policy
}

/// Words that name money and little else.
const WORDS: &[&str] = &["price", "cost", "balance", "fee", "salary", "revenue", "subtotal", "payout", "refund"];

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin) && it.type_is_known) {
        let scalar = &it.column.column_type.scalar;
        let is_float = matches!(scalar, ScalarType::Real | ScalarType::Double);
        let name = it.declared_name().to_ascii_lowercase();
        if is_float && name.split('_').next_back().is_some_and(|word| WORDS.contains(&word)) {
            let message = format!("`{}` is `{scalar}`, which holds no exact cents", it.declared_name());
            let finding = context.at(&MONEY_AS_FLOAT, &it.origin, it.written_type, message);
            let fix = Fix::offer("Make it `numeric`");
            let fix = fix.replace_last(&it.location_of(it.written_type), scalar.to_string(), "numeric");
            diagnostics.push(finding.help("use `numeric(12, 2)`, or a `bigint` of the smallest unit").fix(fix));
        }
    }
}
