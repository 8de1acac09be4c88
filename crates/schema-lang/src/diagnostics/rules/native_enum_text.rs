//! The text of a native enum where PostgreSQL wants what never changes.

use orm_model::{BinaryOperator, Dialect, Enum, Expression, Literal, ScalarType};

use crate::{
    database::{Declaration, resolve},
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule, rules::native_enum},
    item::{Anchor, DeclarationKind},
    lower::enums::lower_enum,
};

rule! {
    /// An index, its condition or a generated column is computed of the text of a native enum.
    ///
    /// PostgreSQL does not promise that the text of a value stays the same, so it stores nothing that is computed of it:
    /// *functions in index expression must be marked IMMUTABLE*. An enum as such may be a key, and compare with its own
    /// values; any other text it compares with as a text, and so is their order, for which the databases agree
    /// (<https://www.postgresql.org/docs/current/xfunc-volatility.html>).
    ///
    /// ```orm,bad
    /// enum State @postgres(native: true) { done, open }
    /// table tasks {
    ///   id     uuid   @primary_key
    ///   state  State
    ///
    ///   index(lower(state))
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// enum State @postgres(native: true) { done, open }
    /// table tasks {
    ///   id     uuid   @primary_key
    ///   state  State
    ///   label  text   @generated("state: " || state)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// enum State @postgres(native: true) { done, open }
    /// table tasks {
    ///   id     uuid   @primary_key
    ///   state  State
    ///
    ///   index(id, where: state != "waiting")
    /// }
    /// ```
    ///
    /// ```orm,good
    /// enum State @postgres(native: true) { done, open }
    /// table tasks {
    ///   id       uuid     @primary_key
    ///   state    State
    ///   is_open  boolean  @generated(state = open)
    ///
    ///   index(state, where: state != done)
    /// }
    /// ```
    NATIVE_ENUM_TEXT: "PG090", "native-enum-text", Error, oracle(Postgres)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Postgres) {
        return;
    }
    let (table, lowered) = (context.table(), context.lowered);
    let generated = lowered.columns.iter().filter_map(|it| {
        let expression = &it.column.generated.as_ref()?.expression;
        Some((expression, &it.origin, it.generated?))
    });
    let keys = table.indexes.iter().zip(&lowered.indexes);
    let keys = keys.flat_map(|(index, place)| index.expressions().map(|it| (it, &place.origin, place.anchor)));
    for (expression, origin, anchor) in generated.chain(keys).filter(|(_, origin, _)| context.is_own(origin)) {
        if let Some(column) = read_as_text(context, expression) {
            let message = format!("`{column}` is a native enum, and PostgreSQL stores nothing of its text");
            let finding = context.at(&NATIVE_ENUM_TEXT, origin, anchor, message);
            let finding = finding.help("compare it with values of the enum, or leave out `native: true`");
            diagnostics.push(finding.fix_if_any(store_texts(context, column)));
        }
    }
}

/// The first native enum that is read otherwise than as itself: as a whole, tested for NULL, or compared with its values.
fn read_as_text<'a>(context: &RuleContext<'_>, expression: &'a Expression) -> Option<&'a str> {
    use Expression::{Binary, Column, In, IsNull};
    match expression {
        Column(name) => is_native(context, name).then_some(name.as_str()),
        IsNull { operand, .. } if matches!(**operand, Column(_)) => None,
        In { operand, list, .. } if list.iter().all(|it| compare(context, operand, it)) => None,
        Binary { operator: BinaryOperator::Equal | BinaryOperator::NotEqual, left, right }
            if compare(context, left, right) || compare(context, right, left) =>
        {
            None
        }
        other => other.children().into_iter().find_map(|it| read_as_text(context, it)),
    }
}

/// Whether a native enum compares with one of its values, or with another column of it.
fn compare(context: &RuleContext<'_>, column: &Expression, other: &Expression) -> bool {
    let native = |it: &Expression| match it {
        Expression::Column(name) => native_enum(context, name),
        _ => None,
    };
    let Some(declared) = native(column) else { return false };
    match other {
        Expression::Literal(Literal::String(text)) => declared.values.iter().any(|it| it.stored == *text),
        other => native(other) == Some(declared),
    }
}

/// Makes the enum of a column one of texts.
fn store_texts(context: &RuleContext<'_>, column: &str) -> Option<Fix> {
    let declared = declared_enum(context, column)?;
    let whole = Location { declaration: declared, anchor: Anchor::DECLARATION };
    native_enum::store_texts(declared.item(context.db), &whole)
}

pub(crate) fn is_native(context: &RuleContext<'_>, column: &str) -> bool {
    native_enum(context, column).is_some()
}

fn native_enum<'a>(context: &RuleContext<'a>, column: &str) -> Option<&'a Enum> {
    let definition = &lower_enum(context.db, context.project, declared_enum(context, column)?).definition;
    definition.native.is_some().then_some(definition)
}

/// The enum that a column holds.
fn declared_enum(context: &RuleContext<'_>, column: &str) -> Option<Declaration> {
    let column = context.column(column)?;
    let ScalarType::Enum(name) = &column.column_type.scalar else { return None };
    if column.column_type.array || column.physical_type.postgres.is_some() {
        return None;
    }
    resolve(context.db, context.project, name, &[DeclarationKind::Enum])
}
