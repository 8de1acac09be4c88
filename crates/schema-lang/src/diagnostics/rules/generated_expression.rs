//! A generated column whose value the databases cannot compute.

use orm_model::ColumnType;

use crate::{
    diagnostics::{Diagnostic, Fix, Location, RuleContext, rule::rule},
    lower::shape::ColumnShape,
};

rule! {
    /// `@generated(…)` gives no value of its column, or one that changes by itself.
    ///
    /// A generated column is computed when its row is written, of other columns of that row and nothing else: not of the
    /// time of day, and not of itself, directly or through other generated columns. Numbers convert by themselves only
    /// where nothing is lost: whole numbers to `numeric` and `double`.
    ///
    /// ```orm,bad
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   bigint  @generated(lower(name))
    /// }
    /// ```
    ///
    /// ```sql,postgres
    /// CREATE TABLE people (id uuid PRIMARY KEY, name text, key bigint GENERATED ALWAYS AS (lower(name)) STORED)
    /// ```
    ///
    /// ```sql,spanner
    /// CREATE TABLE people (id STRING(36) NOT NULL, name STRING(MAX), key INT64 AS (LOWER(name)) STORED) PRIMARY KEY (id)
    /// ```
    ///
    /// ```orm,bad
    /// table numbers {
    ///   id  uuid    @primary_key
    ///   a   bigint  @generated(b + 1)
    ///   b   bigint  @generated(a - 1)
    /// }
    /// ```
    ///
    /// ```orm,good
    /// table people {
    ///   id    uuid  @primary_key
    ///   name  text
    ///   key   text  @generated(lower(name))
    /// }
    /// ```
    GENERATED_EXPRESSION: "ORM100", "generated-expression", Error, oracle(Postgres, Spanner)
}

/// `column` is what is computed, and `value` the type of what it is computed of, where that is known.
pub(crate) fn wrong_type(
    location: Location,
    column: &ColumnShape,
    wanted: &ColumnType,
    found: &str,
    value: Option<&ColumnType>,
) -> Diagnostic {
    let nullable = if column.column.nullable { "?" } else { "" };
    let fix = value.map(|it| {
        let fix = Fix::offer(format!("Make `{}` `{it}`", column.declared_name()));
        fix.replace(&column.location_of(column.written_type), format!("{it}{nullable}"))
    });
    GENERATED_EXPRESSION
        .at(location, format!("a column of type `{wanted}` cannot be computed like this: it is {found}"))
        .help("change the type of the column, or convert the value with `as`")
        .fix_if_any(fix)
}

pub(crate) fn check(context: &RuleContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for it in context.lowered.columns.iter().filter(|it| context.is_own(&it.origin)) {
        if let (Some(_), Some(anchor)) = (&it.column.generated, it.generated)
            && reads_itself(context, &it.column.name)
        {
            let finding = context.at(&GENERATED_EXPRESSION, &it.origin, anchor, "the column is computed of itself");
            diagnostics.push(finding.help("compute it of columns that are written"));
        }
    }
}

fn reads_itself(context: &RuleContext<'_>, column: &str) -> bool {
    let inputs = |name: &str| {
        let generated = context.column(name).and_then(|it| it.generated.as_ref());
        generated.map(|it| it.expression.columns()).unwrap_or_default()
    };
    let (mut seen, mut open) = (Vec::new(), inputs(column));
    while let Some(next) = open.pop() {
        if next == column {
            return true;
        }
        if !seen.contains(&next) {
            seen.push(next);
            open.extend(inputs(next));
        }
    }
    false
}
