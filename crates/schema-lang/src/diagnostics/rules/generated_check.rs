//! A check that only reads what is computed.

use orm_model::{Column, ColumnType, Dialect, ScalarType};

use crate::diagnostics::{Diagnostic, RuleContext, rule::rule};

rule! {
    /// A check reads nothing but generated columns, which Spanner refuses.
    ///
    /// The check may be one that a type implies: the range of `smallint` and `integer`, the length of `char`, the values
    /// of an enum (<https://cloud.google.com/spanner/docs/check-constraint/how-to>).
    ///
    /// ```orm,bad
    /// table rooms {
    ///   id      uuid    @primary_key
    ///   width   bigint
    ///   length  bigint
    ///   area    bigint  @generated(width * length)  @check(area > 0)
    /// }
    /// ```
    ///
    /// ```orm,bad
    /// table rooms {
    ///   id      uuid     @primary_key
    ///   width   bigint
    ///   length  bigint
    ///   area    integer  @generated(width * length)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table rooms {
    ///   id      uuid    @primary_key
    ///   width   bigint
    ///   length  bigint
    ///   area    bigint  @generated(width * length)  @check(width * length > 0)
    /// }
    /// ```
    GENERATED_CHECK: "SP102", "generated-check", Error, oracle(Spanner)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if !context.is_for(Dialect::Spanner) {
        return;
    }
    let table = context.table();
    for (check, place) in table.checks.iter().zip(&context.lowered.checks).filter(|(_, it)| context.is_own(&it.origin))
    {
        let columns = check.expression.columns();
        let mut columns = columns.into_iter().filter_map(|name| context.column(name)).peekable();
        if columns.peek().is_some() && columns.all(|it| it.generated.is_some()) {
            let message = "the check reads nothing but generated columns";
            let finding = context.at(&GENERATED_CHECK, &place.origin, place.anchor, message);
            diagnostics.push(finding.help("write the expressions of the columns in place of their names"));
        }
    }
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        if it.column.generated.is_some() && needs_check(context, &it.column) {
            let message =
                format!("`{}` needs a check in Spanner, which takes none of a generated column", it.column.column_type);
            let finding = context.at(&GENERATED_CHECK, &it.origin, it.written_type, message);
            let is_number =
                matches!(it.column.column_type.scalar, ScalarType::Smallint | ScalarType::Integer | ScalarType::Bigint);
            let scalar = if is_number { ScalarType::Bigint } else { ScalarType::Text };
            let fix = context.retype(it, &ColumnType { scalar, array: it.column.column_type.array });
            diagnostics.push(finding.help("use `bigint` or `text`").fix(fix));
        }
    }
}

fn needs_check(context: &RuleContext<'_>, column: &Column) -> bool {
    let has_range_checks = context.targets().spanner.as_ref().is_some_and(|it| it.range_checks);
    match column.column_type.scalar {
        ScalarType::Enum(_) => true,
        _ if column.column_type.array || column.physical_type.spanner.is_some() => false,
        ScalarType::Smallint | ScalarType::Integer => has_range_checks,
        ScalarType::Char(_) => true,
        _ => false,
    }
}
