//! A UUID that is stored as text.

use orm_model::{Default, Expression, ScalarType};

use crate::diagnostics::{Diagnostic, Fix, RuleContext, rule::rule};

rule! {
    /// A text column gets UUIDs by default.
    ///
    /// As `uuid` a value takes 16 bytes instead of 37 in PostgreSQL, in the table and in each index, and what is no UUID is
    /// refused. In Spanner both are STRING(36).
    ///
    /// ```orm,bad
    /// table users {
    ///   id  text = uuid()  @primary_key
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table users {
    ///   id  uuid = uuid()  @primary_key
    /// }
    /// ```
    UUID_AS_TEXT: "PERF020", "uuid-as-text", Hint, policy
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin) && it.type_is_known) {
        let makes_uuid = match &it.column.default {
            Some(Default::Expression(Expression::Call { function, .. })) => function == "uuid",
            Some(Default::App(name)) => name == "uuid_v4" || name == "uuid_v7",
            _ => false,
        };
        let scalar = &it.column.column_type.scalar;
        let is_text = matches!(scalar, ScalarType::Text | ScalarType::Varchar(_) | ScalarType::Char(_));
        let is_overridden = !it.column.physical_type.is_default();
        if makes_uuid && is_text && !is_overridden {
            let message = format!("`{}` holds UUIDs as `{scalar}`", it.declared_name());
            let finding = context.at(&UUID_AS_TEXT, &it.origin, it.written_type, message);
            let fix = Fix::offer("Make it `uuid`");
            let fix = fix.replace_last(&it.location_of(it.written_type), scalar.to_string(), "uuid");
            diagnostics.push(finding.help("make it `uuid`, and so the columns that refer to it").fix(fix));
        }
    }
}
